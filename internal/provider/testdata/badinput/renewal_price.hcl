case "id is empty" {
  at      = "resource_ids[\"\"]"
  summary = "Invalid id"
  data "bss_renewal_price" {
    resource_ids = [""]
    period_unit  = "month"
    period       = 1
  }
}

case "id is null" {
  at      = "resource_ids"
  summary = "Null Set Value"
  data "bss_renewal_price" {
    resource_ids = [null]
    period_unit  = "month"
    period       = 1
  }
}

case "ids are missing" {
  at      = "resource_ids"
  summary = "Missing Configuration for Required Attribute"
  data "bss_renewal_price" {
    resource_ids = null
    period_unit  = "month"
    period       = 1
  }
}

case "id with a line break" {
  at      = "resource_ids[\"a\\nb\"]"
  summary = "Invalid id"
  data "bss_renewal_price" {
    resource_ids = ["a\nb"]
    period_unit  = "month"
    period       = 1
  }
}

case "unit is a day" {
  at      = "period_unit"
  summary = "Invalid Attribute Value Match"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001"]
    period_unit  = "day"
    period       = 1
  }
}

case "no period" {
  at      = "period"
  summary = "Invalid Attribute Value"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001"]
    period_unit  = "month"
    period       = 0
  }
}

case "twelve months" {
  at      = "period"
  summary = "Renewal is too long"
  says    = "11"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001"]
    period_unit  = "month"
    period       = 12
  }
}

case "four years" {
  at      = "period"
  summary = "Renewal is too long"
  says    = "3"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000001"]
    period_unit  = "year"
    period       = 4
  }
}

case "resource is attached to another" {
  at      = "resource_ids"
  summary = "Could not price the renewal of every resource"
  when    = "plan"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-000000000002"]
    period_unit  = "month"
    period       = 1
  }
}

case "resource does not exist" {
  at      = "resource_ids"
  summary = "Could not price the renewal of every resource"
  when    = "plan"
  data "bss_renewal_price" {
    resource_ids = ["b5500000-51a0-4000-8000-00000000ffff"]
    period_unit  = "month"
    period       = 1
  }
}
