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

# Only on the china site, with the credentials of the master account. Needed once, to
# create the member:
#   terraform apply -var password=...
variable "password" {
  type      = string
  ephemeral = true
  sensitive = true
  default   = null
}

resource "bss_enterprise_member" "team_c" {
  name              = "team-c"
  display_name      = "Team C"
  organization_path = "Simulated Group/Engineering/Data"

  use_primary_phone = true
  password_wo       = var.password
  permission_ids    = ["view_bills", "view_finances", "share_discount"]
}

# A member with a phone of its own also takes the code that was sent to it, by the
# action bss_enterprise_member_code or in the console:
#   mobile_phone         = "13800001234"
#   verification_code_wo = var.verification_code

output "member_id" {
  value = bss_enterprise_member.team_c.member_id
}
