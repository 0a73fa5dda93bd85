on = ["data bss_resource_packages", "data bss_resource_package_usages"]

case "status of a package is unknown" {
  at      = "status"
  summary = "Invalid value"
  with {
    status = "lost"
  }
}

case "no services" {
  at      = "service_type_codes"
  summary = "Invalid Attribute Value"
  with {
    service_type_codes = []
  }
}

case "empty service" {
  at      = "service_type_codes[\"\"]"
  summary = "Invalid text"
  with {
    service_type_codes = [""]
  }
}

case "null among the services" {
  at      = "service_type_codes"
  summary = "Null Set Value"
  with {
    service_type_codes = [null]
  }
}

case "region is blank" {
  at      = "region_code"
  summary = "Invalid text"
  with {
    region_code = " "
  }
}

case "order with a space" {
  at      = "order_id"
  summary = "Invalid id"
  with {
    order_id = "CS 1"
  }
}

case "product is empty" {
  at      = "product_id"
  summary = "Invalid id"
  with {
    product_id = ""
  }
}

case "name of a product is too long" {
  at      = "product_name"
  summary = "Invalid text"
  says    = "256"
  with {
    product_name = repeat("x", 257)
  }
}

case "enterprise project is empty" {
  at      = "enterprise_project_id"
  summary = "Invalid id"
  with {
    enterprise_project_id = ""
  }
}

case "no free resources" {
  at      = "free_resource_ids"
  summary = "Invalid Attribute Value"
  on      = ["data bss_resource_package_usages"]
  with {
    free_resource_ids = []
  }
}

case "free resource of no package" {
  at      = "free_resource_ids"
  summary = "Free resource is in no package"
  says    = "FR404"
  when    = "plan"
  on      = ["data bss_resource_package_usages"]
  with {
    free_resource_ids = ["FR404", "FR00000000001-1"]
  }
}

case "free resource of a package that is left out" {
  at      = "free_resource_ids"
  summary = "Free resource is in no package"
  when    = "plan"
  on      = ["data bss_resource_package_usages"]
  with {
    status            = "expired"
    free_resource_ids = ["FR00000000001-1"]
  }
}
