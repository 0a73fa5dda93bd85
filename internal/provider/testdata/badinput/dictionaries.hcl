case "part of a name of a service is empty" {
  at      = "service_type_name"
  summary = "Invalid text"
  data "bss_service_types" {
    service_type_name = ""
  }
}

case "part of a name of a service is too long" {
  at      = "service_type_name"
  summary = "Invalid text"
  says    = "128"
  data "bss_service_types" {
    service_type_name = repeat("x", 129)
  }
}

case "part of a name is blank" {
  at      = "name_contains"
  summary = "Invalid text"
  on = [
    "data bss_measure_units",
    "data bss_resource_specs",
    "data bss_resource_types",
    "data bss_service_resources",
    "data bss_usage_types",
  ]
  with {
    name_contains = " "
  }
}

case "service is empty" {
  at      = "service_type_code"
  summary = "Invalid text"
  on = [
    "data bss_resource_specs",
    "data bss_resource_types",
    "data bss_service_resources",
  ]
  with {
    service_type_code = ""
  }
}

case "service is null" {
  at      = "service_type_code"
  summary = "Missing Configuration for Required Attribute"
  on      = ["data bss_resource_specs", "data bss_service_resources"]
  with {
    service_type_code = null
  }
}

case "type of resource is empty" {
  at      = "resource_type_code"
  summary = "Invalid text"
  on      = ["data bss_resource_specs", "data bss_usage_types"]
  with {
    resource_type_code = ""
  }
}

case "what a unit measures is unknown" {
  at      = "measure_type"
  summary = "Invalid value"
  on      = ["data bss_measure_conversions", "data bss_measure_units"]
  with {
    measure_type = "weight"
  }
}

case "specifications of reserved instances" {
  at      = "charge_mode"
  summary = "Invalid value"
  on      = ["data bss_resource_specs"]
  with {
    charge_mode = "reserved_instance"
  }
}

case "specifications of a region that is too long" {
  at      = "region_code"
  summary = "Invalid text"
  says    = "64"
  on      = ["data bss_resource_specs"]
  with {
    region_code = repeat("x", 65)
  }
}

case "specification with a space at its end" {
  at      = "resource_spec_code"
  summary = "Invalid text"
  on      = ["data bss_resource_specs"]
  with {
    resource_spec_code = "SSD "
  }
}

case "specifications whose pages never end" {
  at       = ""
  summary  = "Could not list the specifications of hws.resource.type.volume"
  says     = "comes again"
  when     = "plan"
  settings = { spec_page_size = "1", spec_markers = "stay" }
  on       = ["data bss_resource_specs"]
  with {}
}
