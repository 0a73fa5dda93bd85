on = ["data bss_renewal_price"]

case "id is empty" {
  at      = "resource_ids[\"\"]"
  summary = "Invalid id"
  with {
    resource_ids = [""]
  }
}

case "id is null" {
  at      = "resource_ids"
  summary = "Null Set Value"
  with {
    resource_ids = [null]
  }
}

case "ids are missing" {
  at      = "resource_ids"
  summary = "Missing Configuration for Required Attribute"
  with {
    resource_ids = null
  }
}

case "id with a line break" {
  at      = "resource_ids[\"a\\nb\"]"
  summary = "Invalid id"
  with {
    resource_ids = ["a\nb"]
  }
}

case "unit is a day" {
  at      = "period_unit"
  summary = "Invalid value"
  with {
    period_unit = "day"
  }
}

case "no period" {
  at      = "period"
  summary = "Invalid Attribute Value"
  with {
    period = 0
  }
}

case "twelve months" {
  at      = "period"
  summary = "Renewal is too long"
  says    = "at most 11 months. With period_unit = \"year\" it is for up to 3 years"
  with {
    period = 12
  }
}

case "four years" {
  at      = "period"
  summary = "Renewal is too long"
  says    = "3"
  with {
    period_unit = "year"
    period      = 4
  }
}

case "resource is attached to another" {
  at      = "resource_ids"
  summary = "Could not price the renewal of every resource"
  when    = "plan"
  with {
    resource_ids = ["b5500000-51a0-4000-8000-000000000002"]
  }
}

case "resource does not exist" {
  at      = "resource_ids"
  summary = "Could not price the renewal of every resource"
  when    = "plan"
  with {
    resource_ids = ["b5500000-51a0-4000-8000-00000000ffff"]
  }
}
