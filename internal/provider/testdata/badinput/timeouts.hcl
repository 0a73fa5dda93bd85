# The timeouts of what waits for an apply.
on = [
  "resource bss_autorenew",
  "resource bss_expiry_policy",
  "resource bss_renewal",
  "resource bss_order_payment",
  "resource bss_unsubscription",
  "resource bss_on_demand_conversion",
]

case "timeout in words" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  says    = "30s"
  with {
    timeouts {
      create = "5 minutes"
    }
  }
}

case "timeout below zero" {
  at      = "timeouts.create"
  summary = "Invalid duration"
  with {
    timeouts {
      create = "-3m"
    }
  }
}

case "timeout of an update in words" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  with {
    timeouts {
      update = "soon"
    }
  }
}

case "timeout of an update below zero" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  with {
    timeouts {
      update = "-3m"
    }
  }
}

case "timeout of zero" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  with {
    timeouts {
      update = "0s"
    }
  }
}

case "timeout without a unit" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  with {
    timeouts {
      update = 20
    }
  }
}

case "timeout of a year" {
  at      = "timeouts.update"
  summary = "Invalid duration"
  with {
    timeouts {
      update = "8760h"
    }
  }
}
