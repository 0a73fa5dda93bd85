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

data "bss_account" "me" {}

# Stops a plan that runs with the keys of another account.
check "account" {
  assert {
    condition     = data.bss_account.me.site == "international"
    error_message = "The credentials are of account ${data.bss_account.me.name}, on the site ${data.bss_account.me.site}."
  }
}

output "account" {
  description = "Whose credentials these are."
  value       = "${data.bss_account.me.name} (${data.bss_account.me.domain_id}) on ${data.bss_account.me.site}"
}
