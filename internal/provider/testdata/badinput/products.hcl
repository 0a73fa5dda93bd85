# Products that have a price.
on = ["data bss_on_demand_price", "data bss_period_price", "data bss_price_comparison"]

case "project is blank" {
  at      = "project_id"
  summary = "Invalid text"
  with {
    project_id = " "
  }
}

case "region is empty" {
  at      = "region"
  summary = "Invalid text"
  with {
    region = ""
  }
}

case "region with a space" {
  at      = "region"
  summary = "Invalid text"
  with {
    region = "ap-southeast-3 "
  }
}

case "no products" {
  at      = "products"
  summary = "Invalid Attribute Value"
  with {
    products = {}
  }
}

case "product without a name" {
  at      = "products[\"\"]"
  summary = "Invalid text"
  with {
    products = { "" = { ecs = { flavor = "s6.large.2", os = "linux" } } }
  }
}

case "product with a name of 65 characters" {
  at      = "products[\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"]"
  summary = "Invalid text"
  with {
    products = { (repeat("x", 65)) = { ecs = { flavor = "s6.large.2", os = "linux" } } }
  }
}

case "product without a region" {
  at      = "products[\"web\"]"
  summary = "Product has no region"
  with {
    region = null
  }
}

case "product is null" {
  at      = "products[\"x\"]"
  summary = "Product is null"
  with {
    products = { x = null }
  }
}

case "product of no kind" {
  at      = "products[\"x\"]"
  summary = "Product is not of one kind"
  says    = "none is"
  with {
    products = { x = {} }
  }
}

case "product of two kinds" {
  at      = "products[\"x\"]"
  summary = "Product is not of one kind"
  says    = "ecs and eip"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, eip = { type = "5_bgp" } } }
  }
}

case "no piece" {
  at      = "products[\"x\"].quantity"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, quantity = 0 } }
  }
}

case "too many pieces" {
  at      = "products[\"x\"].quantity"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, quantity = 10001 } }
  }
}

case "zone is blank" {
  at      = "products[\"x\"].availability_zone"
  summary = "Invalid text"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "linux" }, availability_zone = " " } }
  }
}

case "flavor is empty" {
  at      = "products[\"x\"].ecs.flavor"
  summary = "Invalid text"
  with {
    products = { x = { ecs = { flavor = "", os = "linux" } } }
  }
}

case "operating system is unknown" {
  at      = "products[\"x\"].ecs.os"
  summary = "Invalid value"
  says    = "Did you mean \"linux\"?"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = "Linux" } } }
  }
}

case "operating system is missing" {
  at      = "products[\"x\"].ecs.os"
  summary = "Missing Configuration for Required Attribute"
  with {
    products = { x = { ecs = { flavor = "s6.large.2", os = null } } }
  }
}

case "disk of no size" {
  at      = "products[\"x\"].evs.size_gb"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { evs = { volume_type = "SSD", size_gb = 0 } } }
  }
}

case "disk below zero" {
  at      = "products[\"x\"].evs.size_gb"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { evs = { volume_type = "SSD", size_gb = -40 } } }
  }
}

case "disk without a size" {
  at      = "products[\"x\"].evs.size_gb"
  summary = "Missing Configuration for Required Attribute"
  with {
    products = { x = { evs = { volume_type = "SSD" } } }
  }
}

case "disk of a type that is blank" {
  at      = "products[\"x\"].evs.volume_type"
  summary = "Invalid text"
  with {
    products = { x = { evs = { volume_type = " ", size_gb = 40 } } }
  }
}

case "address of no line" {
  at      = "products[\"x\"].eip.type"
  summary = "Invalid Attribute Value Match"
  says    = "5_bgp"
  with {
    products = { x = { eip = { type = "bgp" } } }
  }
}

case "bandwidth of a code" {
  at      = "products[\"x\"].bandwidth.type"
  summary = "Invalid Attribute Value Match"
  with {
    products = { x = { bandwidth = { type = "19_bgp", size_mbit = 5 } } }
  }
}

case "bandwidth of no size" {
  at      = "products[\"x\"].bandwidth.size_mbit"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { bandwidth = { type = "share", size_mbit = 0 } } }
  }
}

case "codes of a disk without a size" {
  at      = "products[\"x\"]"
  summary = "Product has no size"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.ebs", resource_type_code = "hws.resource.type.volume", resource_spec_code = "SSD" } } }
  }
}

case "codes of bandwidth without a size" {
  at      = "products[\"x\"]"
  summary = "Product has no size"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.vpc", resource_type_code = "hws.resource.type.bandwidth", resource_spec_code = "19_bgp" } } }
  }
}

case "codes of a server with a size" {
  at      = "products[\"x\"]"
  summary = "Product has a size"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.ec2", resource_type_code = "hws.resource.type.vm", resource_spec_code = "s6.large.2.linux", size = 40, size_measure_id = 17 } } }
  }
}

case "size without its unit" {
  at      = "products[\"x\"].codes.size"
  summary = "Invalid Attribute Combination"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.ebs", resource_type_code = "hws.resource.type.volume", resource_spec_code = "SSD", size = 40 } } }
  }
}

case "unit without a size" {
  at      = "products[\"x\"].codes.size_measure_id"
  summary = "Invalid Attribute Combination"
  with {
    products = { x = { codes = { service_type_code = "s", resource_type_code = "t", resource_spec_code = "u", size_measure_id = 17 } } }
  }
}

case "disk in Mbit/s" {
  at      = "products[\"x\"]"
  summary = "Size is in a wrong unit"
  says    = "17"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.ebs", resource_type_code = "hws.resource.type.volume", resource_spec_code = "SSD", size = 40, size_measure_id = 15 } } }
  }
}

case "unit below zero" {
  at      = "products[\"x\"].codes.size_measure_id"
  summary = "Invalid Attribute Value"
  with {
    products = { x = { codes = { service_type_code = "hws.service.type.ebs", resource_type_code = "hws.resource.type.volume", resource_spec_code = "SSD", size = 40, size_measure_id = -1 } } }
  }
}

case "specification is blank" {
  at      = "products[\"x\"].codes.resource_spec_code"
  summary = "Invalid text"
  with {
    products = { x = { codes = { service_type_code = "s", resource_type_code = "t", resource_spec_code = " " } } }
  }
}

case "product that the price list does not hold" {
  on      = ["data bss_on_demand_price", "data bss_period_price"]
  at      = "products[\"x\"]"
  summary = "Could not price product \"x\""
  says    = "s9.huge.9.linux"
  when    = "plan"
  with {
    products = { x = { ecs = { flavor = "s9.huge.9", os = "linux" } } }
  }
}
