# A file says what renews and what lapses, and Terraform keeps it so.

terraform {
  required_version = ">= 1.8"

  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# The credentials come from HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

variable "file" {
  description = "The YAML file. Default: fleet.yaml beside this configuration."
  type        = string
  default     = null
}

locals {
  fleet = yamldecode(file(coalesce(var.file, "${path.module}/fleet.yaml"))).resources
}

# The plan names each resource, what happens to it now, and what will.
resource "bss_expiry_policy" "fleet" {
  for_each = { for name, resource in local.fleet : name => resource }

  resource_id = each.value.id
  policy      = each.value.policy
}

data "bss_resources" "all" {
  primary_only = true
}

# Warns of what the file does not have.
check "complete" {
  assert {
    condition     = length(local.unlisted) == 0
    error_message = "Nobody said what happens to: ${join(", ", local.unlisted)}."
  }
}

locals {
  listed = [for resource in local.fleet : resource.id]
  unlisted = [
    for resource in data.bss_resources.all.resources : "${coalesce(resource.resource_name, "no name")} (${resource.resource_id})"
    if !contains(local.listed, resource.resource_id)
  ]
}

output "fleet" {
  description = "What happens to each resource, and when."
  value       = { for name, resource in bss_expiry_policy.fleet : name => "${resource.policy}, ${provider::bss::billing_day(resource.expire_time)}" }
}
