terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

locals {
  costs = [
    { service = "Elastic Cloud Server", amount = 1234.5, project = "shop" },
    { service = "Object Storage", amount = -0.25, project = null },
  ]
}

# A line of names, and a line for each row. Write it to a file:
#
#   terraform output -raw csv > costs.csv
output "csv" {
  value = provider::bss::csvencode(local.costs, "service", "project", "amount")
}
