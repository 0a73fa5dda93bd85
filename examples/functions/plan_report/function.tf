terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}

# A folder of its own reads the plan of another one. It needs no credentials:
#   terraform plan -out=tfplan && terraform show -json tfplan > plan.json
locals {
  report = provider::bss::plan_report(file("${path.module}/plan.json"))
  totals = jsondecode(local.report.json).totals
}

# For people: terraform output -raw comment
output "comment" {
  value = local.report.markdown
}

# For machines: what is charged, by currency.
output "charged" {
  value = jsonencode({ for total in local.totals : coalesce(total.currency, "unknown") => total.amount if total.section == "charged" })
}
