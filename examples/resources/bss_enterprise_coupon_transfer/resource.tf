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

# Gives a part of a coupon to a team, once for this key.
resource "bss_enterprise_coupon_transfer" "migration" {
  member_id    = data.bss_enterprise_members.all.ids_by_name["team-b"]
  direction    = "transfer"
  coupon_id    = "CP2611220000002"
  amount       = 12.50
  transfer_key = "migration of team-b"
}

# Takes back what another team has left of it.
resource "bss_enterprise_coupon_transfer" "back" {
  member_id     = data.bss_enterprise_members.all.ids_by_name["team-a"]
  direction     = "retrieve"
  coupon_id     = "CP2611220000002"
  sub_coupon_id = "CP2611220000002-1"
  transfer_key  = "migration of team-a is over"
}

data "bss_enterprise_members" "all" {}

output "part" {
  value = bss_enterprise_coupon_transfer.migration.sub_coupon_id
}

output "retrieved" {
  value = bss_enterprise_coupon_transfer.back.retrieved_amount
}
