case "member of two names" {
  at      = "name"
  summary = "Invalid Attribute Combination"
  data "bss_enterprise_members" {
    name          = "team-a"
    name_contains = "team"
  }
}

case "member of two display names" {
  at      = "display_name"
  summary = "Invalid Attribute Combination"
  data "bss_enterprise_members" {
    display_name          = "Team A"
    display_name_contains = "Team"
  }
}

case "members with an empty name" {
  at      = "name_contains"
  summary = "Invalid text"
  data "bss_enterprise_members" {
    name_contains = ""
  }
}

case "members of an organization with a slash" {
  at      = "organization_id"
  summary = "Invalid id"
  data "bss_enterprise_members" {
    organization_id = "Group/Sales"
  }
}

case "members in an unknown status" {
  at      = "status[\"happy\"]"
  summary = "Invalid value"
  data "bss_enterprise_members" {
    status = ["happy"]
  }
}

case "organizations in a path" {
  at      = "parent_id"
  summary = "Invalid id"
  data "bss_enterprise_organizations" {
    parent_id = "Group/Sales"
  }
}

case "organizations in one that does not exist" {
  when    = "plan"
  site    = "china"
  at      = "parent_id"
  summary = "No such organization"
  data "bss_enterprise_organizations" {
    parent_id = "ou-nowhere"
  }
}

case "what can be transferred of a bonus" {
  at      = "account_type"
  summary = "Invalid value"
  data "bss_enterprise_transferable_amounts" {
    account_type = "bonus"
  }
}

case "what can be transferred by the API's word" {
  at      = "account_type"
  summary = "Invalid value"
  data "bss_enterprise_transferable_amounts" {
    account_type = "BALANCE_TYPE_DEBIT"
  }
}

case "what can be retrieved of nobody" {
  at      = "member_id"
  summary = "Invalid id"
  data "bss_enterprise_retrievable_amounts" {
    account_type = "balance"
    member_id    = ""
  }
}

case "coupons of a member with a space" {
  at      = "member_id"
  summary = "Invalid id"
  data "bss_enterprise_retrievable_coupons" {
    member_id = "team a"
  }
}
