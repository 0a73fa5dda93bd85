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

# Each invocation sends a message:
#   terraform apply -invoke=action.bss_enterprise_member_code.team_c
# Read the code on the phone, and create the member with it:
#   terraform apply -var password=... -var verification_code=123456
action "bss_enterprise_member_code" "team_c" {
  config {
    name         = "team-c"
    mobile_phone = "13800001234"
    language     = "en_US"
    timeout      = 30
  }
}
