case "agency without its account" {
  at      = "assume_role[0].domain_name"
  summary = "Account of the agency is missing"
  says    = "assume_role[0] must name the account of the agency: set domain_name or domain_id."
  provider {
    assume_role {
      agency_name = "billing"
    }
  }
}

case "HW_ASSUME_ROLE_DOMAIN_NAME without an agency" {
  at      = ""
  summary = "No usable credentials"
  says    = "HW_ASSUME_ROLE_AGENCY_NAME is missing"
  when    = "configure"
  env     = { HW_ASSUME_ROLE_DOMAIN_NAME = "customer" }
}

case "token of no identity provider" {
  at      = ""
  summary = "No usable credentials"
  says    = "HW_ASSUME_ROLE_IDP_ID is missing"
  when    = "configure"
  env     = { HW_ASSUME_ROLE_ID_TOKEN = "T" }
}

case "agency is blank" {
  at      = "assume_role[0].agency_name"
  summary = "Invalid Attribute Value Match"
  provider {
    assume_role {
      agency_name = " "
      domain_id   = "0a"
    }
  }
}

case "account of the second agency is no id" {
  at      = "assume_role[1].domain_id"
  summary = "Invalid id"
  provider {
    assume_role {
      agency_name = "relay"
      domain_id   = "0a"
    }
    assume_role {
      agency_name = "billing"
      domain_id   = "a/b"
    }
  }
}

case "keys of an agency for a minute" {
  at      = "assume_role[0].duration"
  summary = "Invalid Attribute Value"
  says    = "900"
  provider {
    assume_role {
      agency_name = "billing"
      domain_id   = "0a"
      duration    = 60
    }
  }
}

case "HW_ASSUME_ROLE_AGENCY_NAME without an account" {
  at      = ""
  summary = "No usable credentials"
  says    = "HW_ASSUME_ROLE_DOMAIN_NAME"
  when    = "configure"
  env     = { HW_ASSUME_ROLE_AGENCY_NAME = "billing" }
}

case "HW_ASSUME_ROLE_DURATION in words" {
  at      = ""
  summary = "No usable credentials"
  says    = "from 900 to 86400"
  when    = "configure"
  env     = { HW_ASSUME_ROLE_AGENCY_NAME = "billing", HW_ASSUME_ROLE_DOMAIN_ID = "0a", HW_ASSUME_ROLE_DURATION = "1h" }
}

case "identity provider beside keys" {
  at      = "assume_role_with_oidc"
  summary = "Invalid Attribute Combination"
  says    = "access_key"
  provider {
    access_key = "AK"
    assume_role_with_oidc {
      idp_id   = "pipeline"
      id_token = "T"
    }
  }
}

case "two tokens of an identity provider" {
  at      = "assume_role_with_oidc.id_token"
  summary = "Invalid Attribute Combination"
  provider {
    assume_role_with_oidc {
      idp_id        = "pipeline"
      id_token      = "T"
      id_token_file = "F"
    }
  }
}

case "agency of an identity provider without its account" {
  at      = "assume_role_with_oidc.agency_name"
  summary = "Invalid Attribute Combination"
  says    = "domain_id"
  provider {
    assume_role_with_oidc {
      idp_id      = "pipeline"
      id_token    = "T"
      agency_name = "billing"
    }
  }
}

case "identity provider without an id" {
  at      = "assume_role_with_oidc.idp_id"
  summary = "No usable credentials"
  says    = "HW_ASSUME_ROLE_IDP_ID"
  when    = "configure"
  provider {
    assume_role_with_oidc {
      id_token = "T"
    }
  }
}

case "file of a token that is not there" {
  at      = "assume_role_with_oidc.id_token_file"
  summary = "No usable credentials"
  says    = "/does/not/exist"
  when    = "configure"
  provider {
    assume_role_with_oidc {
      idp_id        = "pipeline"
      id_token_file = "/does/not/exist"
    }
  }
}

case "user without a password" {
  at      = "user_name"
  summary = "Invalid Attribute Combination"
  says    = "password"
  provider {
    user_name = "finance"
  }
}

case "password without a user" {
  at      = "password"
  summary = "Invalid Attribute Combination"
  says    = "user_name"
  provider {
    password = "P"
  }
}

case "user of no account" {
  at      = "domain_name"
  summary = "No usable credentials"
  when    = "configure"
  provider {
    user_name = "finance"
    password  = "P"
  }
}

case "account of a user is blank" {
  at      = "domain_name"
  summary = "Invalid Attribute Value Match"
  provider {
    domain_name = " "
  }
}

case "HW_DOMAIN_ID is a name" {
  at      = ""
  summary = "No usable credentials"
  says    = "the id of the account, and not its name"
  when    = "configure"
  env     = { HW_DOMAIN_ID = "my account" }
}
