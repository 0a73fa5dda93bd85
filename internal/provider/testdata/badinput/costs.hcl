on = ["data bss_costs"]

case "no such granularity" {
  at      = "granularity"
  summary = "Invalid value"
  with {
    granularity = "hour"
  }
}

case "month of a granularity of days" {
  at      = "begin"
  summary = "Invalid period"
  says    = "YYYY-MM-DD"
  with {
    granularity = "day"
  }
}

case "day of a granularity of months" {
  at      = "end"
  summary = "Invalid period"
  says    = "YYYY-MM"
  with {
    end = "2026-02-01"
  }
}

case "no period" {
  at      = "begin"
  summary = "Invalid period"
  with {
    begin = "January"
  }
}

case "ends before it begins" {
  at      = "end"
  summary = "Range ends before it begins"
  with {
    end = "2025-12"
  }
}

case "far in the future" {
  at      = "begin"
  summary = "Period is in the future"
  when    = "plan"
  with {
    begin = "2999-01"
  }
}

case "no such group" {
  at      = "group_by[\"colour\"]"
  summary = "Invalid group"
  says    = "service_type"
  with {
    group_by = ["colour"]
  }
}

case "tag without a key" {
  at      = "group_by[\"tag:\"]"
  summary = "Invalid key"
  with {
    group_by = ["tag:"]
  }
}

case "cost unit with a blank" {
  at      = "group_by[\"cost_unit: dept\"]"
  summary = "Invalid key"
  with {
    group_by = ["cost_unit: dept"]
  }
}

case "key of a tag that is too long" {
  at      = "group_by[\"tag:xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"]"
  summary = "Invalid key"
  with {
    group_by = ["tag:${repeat("x", 65)}"]
  }
}

case "three groups" {
  at      = "group_by"
  summary = "Too many groups"
  says    = "by 2 at most"
  with {
    group_by = ["region", "service_type", "resource"]
  }
}

case "two tags" {
  at      = "group_by"
  summary = "Too many groups"
  says    = "one tag"
  with {
    group_by = ["tag:a", "tag:b"]
  }
}

case "two cost units" {
  at      = "group_by"
  summary = "Too many groups"
  says    = "one cost unit"
  with {
    group_by = ["cost_unit:a", "cost_unit:b"]
  }
}

case "filter by a second tag" {
  at      = "filter"
  summary = "Too many groups"
  says    = "filter by count"
  with {
    group_by = ["tag:a"]
    filter {
      by     = "tag:b"
      values = ["x"]
    }
  }
}

case "filter by a third group" {
  at      = "filter"
  summary = "Too many groups"
  with {
    group_by = ["region", "service_type"]
    filter {
      by     = "tag:b"
      values = ["x"]
    }
  }
}

case "filter by nothing" {
  at      = "filter[0].by"
  summary = "Invalid group"
  with {
    filter {
      by     = "colour"
      values = ["x"]
    }
  }
}

case "filter without values" {
  at      = "filter[0].values"
  summary = "Invalid Attribute Value"
  with {
    filter {
      by     = "region"
      values = []
    }
  }
}

case "no such charge mode" {
  at      = "filter[0].values"
  summary = "Invalid value of a filter"
  says    = "pay_per_use"
  with {
    filter {
      by     = "charge_mode"
      values = ["3"]
    }
  }
}

case "no such bill type" {
  at      = "filter[0].values"
  summary = "Invalid value of a filter"
  with {
    filter {
      by     = "bill_type"
      values = ["gift"]
    }
  }
}

case "no enterprise project" {
  at      = "filter[0].values"
  summary = "Invalid value of a filter"
  says    = "group by"
  with {
    filter {
      by     = "enterprise_project"
      values = ["not_allocated"]
    }
  }
}

case "no such type of cost" {
  at      = "cost_type"
  summary = "Invalid value"
  with {
    cost_type = "unblended"
  }
}

case "no such type of amount" {
  at      = "amount_type"
  summary = "Invalid value"
  with {
    amount_type = "net"
  }
}

case "as of a day" {
  at      = "as_of"
  summary = "Invalid time"
  with {
    as_of = "2026-11-01"
  }
}
