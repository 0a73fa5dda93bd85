on = ["resource bss_expiry_policy"]

case "policy is null" {
  at      = "policy"
  summary = "Missing Configuration for Required Attribute"
  with {
    policy = null
  }
}

case "policy is empty" {
  at      = "policy"
  summary = "Invalid value"
  with {
    policy = ""
  }
}

case "policy in the word of the API" {
  at      = "policy"
  summary = "Invalid value"
  says    = "Did you mean \"manual\"?"
  with {
    policy = "grace_period"
  }
}

case "policy in capital letters" {
  at      = "policy"
  summary = "Invalid value"
  says    = "Did you mean \"auto_renew\"?"
  with {
    policy = "AUTO_RENEW"
  }
}

case "pay per use of what is expired" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000000a"
    policy      = "pay_per_use"
  }
}

case "renewal of what is frozen" {
  at      = "resource_id"
  summary = "Resource is out of use"
  when    = "plan"
  with {
    resource_id = "b5500000-51a0-4000-8000-00000000000b"
  }
}
