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

# Opens enterprise projects for the account, for good. There is nothing to set.
resource "bss_enterprise_project_authority" "account" {}

output "enterprise_projects_of" {
  value = bss_enterprise_project_authority.account.domain_id
}
