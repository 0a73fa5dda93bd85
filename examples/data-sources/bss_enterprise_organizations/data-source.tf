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

# Only on the china site, with the credentials of the master account.
data "bss_enterprise_organizations" "all" {}

output "tree" {
  description = "Each organization on a line, the further below the root, the further to the right."
  value = join("\n", [
    for organization in data.bss_enterprise_organizations.all.organizations :
    format("%s%s", join("", [for _ in range(organization.depth - 1) : "  "]), organization.name)
  ])
}

# The members of an organization, by its path.
data "bss_enterprise_members" "platform" {
  organization_id = data.bss_enterprise_organizations.all.ids_by_path["Simulated Group/Engineering/Platform"]
}

output "members_of_platform" {
  value = keys(data.bss_enterprise_members.platform.ids_by_name)
}
