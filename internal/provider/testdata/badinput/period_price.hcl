on = ["data bss_period_price"]

case "period of zero" {
  at      = "period"
  summary = "Invalid Attribute Value"
  with {
    period = 0
  }
}

case "period below zero" {
  at      = "period"
  summary = "Invalid Attribute Value"
  with {
    period = -1
  }
}

case "period is missing" {
  at      = "period"
  summary = "Missing Configuration for Required Attribute"
  with {
    period = null
  }
}

case "unit is a week" {
  at      = "period_unit"
  summary = "Invalid value"
  with {
    period_unit = "week"
  }
}

case "unit is a code" {
  at      = "period_unit"
  summary = "Invalid value"
  says    = "month"
  with {
    period_unit = 2
  }
}

case "installments are unknown" {
  at      = "products[\"x\"].installments"
  summary = "Invalid value"
  says    = "Did you mean \"half_upfront\"?"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, installments = "HALF_PAY" } }
  }
}

case "installments on a site that has none" {
  at      = "products[\"x\"].installments"
  summary = "Site has no installments"
  when    = "plan"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, installments = "half_upfront" } }
  }
}
