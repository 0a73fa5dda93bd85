terraform {
  required_providers {
    bss = {
      source  = "bss-community/bss"
      version = "~> 0.0"
    }
  }
}

# Credentials come from the environment, such as HW_ACCESS_KEY and HW_SECRET_KEY.
provider "bss" {}

data "bss_resource" "server" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
}

output "expiry" {
  value = "${data.bss_resource.server.resource_name}: ${data.bss_resource.server.expire_policy} at ${data.bss_resource.server.expire_time}"
}

output "renewed_along" {
  description = "What is attached to the server, and renewed with it."
  value       = data.bss_resource.server.attached[*].resource_name
}
