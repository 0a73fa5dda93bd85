on = ["data bss_budget_status"]

case "no budget" {
  at      = "budget"
  summary = "Missing Configuration for Required Attribute"
  with {
    budget = null
  }
}

case "negative budget" {
  at      = "budget"
  summary = "Invalid amount"
  with {
    budget = -1
  }
}

case "month of one digit" {
  at      = "month"
  summary = "Invalid date"
  says    = "YYYY-MM"
  with {
    month = "2026-1"
  }
}

case "month that has not begun" {
  at      = "month"
  summary = "Month is in the future"
  says    = "UTC+8"
  when    = "plan"
  with {
    month = "2090-01"
  }
}

case "month that was long ago" {
  at      = "month"
  summary = "Month is too long ago"
  says    = "three years"
  when    = "plan"
  with {
    month = "2019-01"
  }
}

case "time without its zone" {
  at      = "as_of"
  summary = "Invalid time"
  with {
    as_of = "2026-11-29"
  }
}

case "currency of another site" {
  at      = "currency"
  summary = "Budget in another currency"
  says    = "The budget is in JPY"
  when    = "plan"
  with {
    currency = "JPY"
  }
}

case "currency of blanks" {
  at      = "currency"
  summary = "Invalid text"
  with {
    currency = " "
  }
}

case "threshold of nothing" {
  at      = "thresholds[\"0\"]"
  summary = "Invalid Attribute Value"
  with {
    thresholds = [0]
  }
}

case "threshold that is null" {
  at      = "thresholds"
  summary = "Null Set Value"
  with {
    thresholds = [null]
  }
}

case "member without its scope" {
  at      = "member_id"
  summary = "Member account without effect"
  with {
    member_id = "m1"
  }
}

case "scope without its member" {
  at      = "member_id"
  summary = "Member account is missing"
  with {
    scope = "member"
  }
}

case "unknown scope" {
  at      = "scope"
  summary = "Invalid value"
  with {
    scope = "everybody"
  }
}

case "project is empty" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  with {
    enterprise_project_id = ""
  }
}

case "service is blank" {
  at      = "service_type_code"
  summary = "Invalid text"
  with {
    service_type_code = " "
  }
}

case "tag without a value" {
  at      = "tag.value"
  summary = "Missing Configuration for Required Attribute"
  with {
    tag = { key = "team" }
  }
}

case "tag with an empty value" {
  at      = "tag.value"
  summary = "Invalid Attribute Value Length"
  with {
    tag = { key = "team", value = "" }
  }
}

case "tag with an empty key" {
  at      = "tag.key"
  summary = "Invalid text"
  with {
    tag = { key = "", value = "a" }
  }
}
