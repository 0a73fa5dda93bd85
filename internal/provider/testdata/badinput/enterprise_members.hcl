# Members of an enterprise, and their codes.
on = ["resource bss_enterprise_member"]

case "member without a name" {
  at      = "name"
  summary = "Invalid text"
  with {
    name = ""
  }
}

case "member with a long name" {
  at      = "name"
  summary = "Invalid text"
  with {
    name = repeat("n", 33)
  }
}

case "member with a long display name" {
  at      = "display_name"
  summary = "Invalid text"
  with {
    display_name = repeat("n", 65)
  }
}

case "member of two organizations" {
  at      = "organization_id"
  summary = "Invalid Attribute Combination"
  with {
    organization_path = "Simulated Group/Sales"
  }
}

case "member of no organization" {
  at      = "organization_id"
  summary = "Invalid Attribute Combination"
  with {
    organization_id = null
  }
}

case "member of an organization with a slash" {
  at      = "organization_id"
  summary = "Invalid id"
  with {
    organization_id = "Group/Sales"
  }
}

case "member of a path that does not exist" {
  at      = "organization_path"
  summary = "No such organization"
  when    = "plan"
  site    = "china"
  with {
    organization_id   = null
    organization_path = "Simulated Group/Nowhere"
  }
}

case "member with an empty path" {
  at      = "organization_path"
  summary = "Invalid Attribute Value Length"
  with {
    organization_id   = null
    organization_path = ""
  }
}

case "member with a short password" {
  at      = "password_wo"
  summary = "Invalid Attribute Value Length"
  with {
    password_wo = "seven77"
  }
}

case "member with a long password" {
  at      = "password_wo"
  summary = "Invalid Attribute Value Length"
  with {
    password_wo = repeat("p", 33)
  }
}

case "member with a long code" {
  at      = "verification_code_wo"
  summary = "Invalid Attribute Value Length"
  with {
    use_primary_phone    = null
    mobile_phone         = "13800001234"
    verification_code_wo = "1234567"
  }
}

case "member with two phones" {
  at      = "mobile_phone"
  summary = "Two phones"
  with {
    mobile_phone = "13800001234"
  }
}

case "member with a code and no phone" {
  at      = "verification_code_wo"
  summary = "Code without a phone"
  with {
    verification_code_wo = "123456"
  }
}

case "member with a long phone" {
  at      = "mobile_phone"
  summary = "Invalid text"
  with {
    use_primary_phone = null
    mobile_phone      = repeat("1", 21)
  }
}

case "member with a permission that is unknown" {
  at      = "permission_ids[\"READ_CONSUME_BILL\"]"
  summary = "Invalid value"
  with {
    permission_ids = ["READ_CONSUME_BILL"]
  }
}

case "member without permissions" {
  at      = "permission_ids"
  summary = "Invalid Attribute Value"
  with {
    permission_ids = []
  }
}

case "member with permissions under custody" {
  at      = "permission_ids"
  summary = "Permissions under financial custody"
  with {
    permission_ids    = ["view_bills"]
    financial_custody = true
  }
}

case "member without a password" {
  at      = "password_wo"
  summary = "Password is missing"
  when    = "plan"
  site    = "china"
  with {
    password_wo = null
  }
}

case "member without a phone" {
  at      = "mobile_phone"
  summary = "Phone is missing"
  when    = "plan"
  site    = "china"
  with {
    use_primary_phone = null
  }
}

case "member without a code" {
  at      = "verification_code_wo"
  summary = "Verification code is missing"
  when    = "plan"
  site    = "china"
  with {
    use_primary_phone = null
    mobile_phone      = "13800001234"
  }
}

case "member with the name of a closed one" {
  at      = "name"
  summary = "Name of a member is taken"
  when    = "plan"
  site    = "china"
  with {
    name            = "old-team"
    organization_id = "ou-sales"
  }
}

case "member on another site" {
  at      = ""
  summary = "Could not plan the creation of a member"
  says    = "only china has it"
  when    = "plan"
  with {
    name = "team-c"
  }
}

case "import of a member with a long name" {
  at      = "name"
  summary = "Invalid text"
  when    = "plan"
  import "bss_enterprise_member" {
    id = repeat("n", 33)
  }
}

case "import of a member by an empty name" {
  at      = "name"
  summary = "Invalid text"
  when    = "plan"
  import "bss_enterprise_member" {
    identity = { name = "" }
  }
}

case "import of a member that does not exist" {
  at      = ""
  summary = "No such member"
  when    = "plan"
  import "bss_enterprise_member" {
    id = "team-z"
  }
}

case "import of enterprise projects" {
  at      = ""
  summary = "bss_enterprise_project_authority cannot be imported"
  when    = "plan"
  import "bss_enterprise_project_authority" {
    id = "any"
  }
}

case "code for nobody" {
  at      = "name"
  summary = "Invalid text"
  on      = ["action bss_enterprise_member_code"]
  with {
    name = " "
  }
}

case "code for a long phone" {
  at      = "mobile_phone"
  summary = "Invalid text"
  on      = ["action bss_enterprise_member_code"]
  with {
    mobile_phone = repeat("1", 21)
  }
}

case "code in another language" {
  at      = "language"
  summary = "Invalid value"
  on      = ["action bss_enterprise_member_code"]
  with {
    language = "de_DE"
  }
}

case "code that lives longer than the API means" {
  at      = "timeout"
  summary = "Invalid Attribute Value"
  on      = ["action bss_enterprise_member_code"]
  with {
    timeout = 61
  }
}

case "code that lives for less than nothing" {
  at      = "timeout"
  summary = "Invalid Attribute Value"
  on      = ["action bss_enterprise_member_code"]
  with {
    timeout = -1
  }
}

case "code on another site" {
  at      = ""
  summary = "Could not plan to send a code"
  says    = "only china has it"
  when    = "plan"
  on      = ["action bss_enterprise_member_code"]
  with {
    name = "team-c"
  }
}
