# Reads the plan of another configuration, and says what it does to money. It needs
# no credentials, and calls nothing.

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}

variable "plan" {
  description = "Path of the text that \"terraform show -json PLANFILE\" prints."
  type        = string
}

locals {
  report = provider::bss::plan_report(file(var.plan))
}

output "comment" {
  description = "One comment. Its first line is hidden, and tells it from others when it is updated."
  value       = "<!-- bss-plan-report -->\n${local.report.markdown}"
}

output "json" {
  description = "The same for gates."
  value       = local.report.json
}
