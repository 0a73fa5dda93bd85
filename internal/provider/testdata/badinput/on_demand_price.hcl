on = ["data bss_on_demand_price"]

case "hours below zero" {
  at      = "hours"
  summary = "Invalid amount"
  with {
    hours = -1
  }
}

case "hours without end" {
  at      = "hours"
  summary = "Invalid amount"
  with {
    hours = 1e400
  }
}

case "no hours at all" {
  at      = "products[\"web\"]"
  summary = "Product has no hours of use"
  with {
    hours = null
  }
}

case "hours of the product below zero" {
  at      = "products[\"x\"].hours"
  summary = "Invalid amount"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, hours = -730 } }
  }
}

case "hours of traffic" {
  at      = "products[\"x\"].hours"
  summary = "Product is not paid by the hour"
  with {
    products = { x = { traffic = { type = "5_bgp", gb = 1 }, hours = 1 } }
  }
}

case "usage of a server" {
  at      = "products[\"x\"].usage"
  summary = "Product has usage of its own"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, usage = { factor = "Duration", value = 1, measure_id = 4 } } }
  }
}

case "traffic below zero" {
  at      = "products[\"x\"].traffic.gb"
  summary = "Invalid amount"
  with {
    products = { x = { traffic = { type = "5_bgp", gb = -1 } } }
  }
}

case "traffic of a code" {
  at      = "products[\"x\"].traffic.type"
  summary = "Invalid Attribute Value Match"
  with {
    products = { x = { traffic = { type = "12_bgp", gb = 1 } } }
  }
}

case "usage below zero" {
  at      = "products[\"x\"].usage.value"
  summary = "Invalid amount"
  with {
    products = { x = { codes = { service_type_code = "s", resource_type_code = "t", resource_spec_code = "u" }, usage = { factor = "f", value = -1, measure_id = 4 } } }
  }
}

case "usage of nothing" {
  at      = "products[\"x\"].usage.factor"
  summary = "Invalid text"
  with {
    products = { x = { codes = { service_type_code = "s", resource_type_code = "t", resource_spec_code = "u" }, usage = { factor = "", value = 1, measure_id = 4 } } }
  }
}

case "usage in a unit that is none" {
  at      = "products[\"x\"].usage.measure_id"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { codes = { service_type_code = "s", resource_type_code = "t", resource_spec_code = "u" }, usage = { factor = "f", value = 1, measure_id = 10000 } } }
  }
}
