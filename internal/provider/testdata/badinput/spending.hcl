case "mode is unknown" {
  at      = "spending.mode"
  summary = "Invalid value"
  says    = "deny"
  provider {
    spending {
      mode = "forbid"
    }
  }
}

case "mode in capital letters" {
  at      = "spending.mode"
  summary = "Invalid value"
  says    = "Did you mean \"deny\"?"
  provider {
    spending {
      mode = "DENY"
    }
  }
}

case "mode is empty" {
  at      = "spending.mode"
  summary = "Invalid value"
  provider {
    spending {
      mode = ""
    }
  }
}

case "mode is blank" {
  at      = "spending.mode"
  summary = "Invalid value"
  says    = "Did you mean \"deny\"?"
  provider {
    spending {
      mode = " deny"
    }
  }
}

case "bound below zero" {
  at      = "spending.max_per_apply"
  summary = "Invalid amount"
  provider {
    spending {
      max_per_apply = -1
    }
  }
}

case "bound of a thousand digits" {
  at      = "spending.max_per_apply"
  summary = "Invalid amount"
  provider {
    spending {
      max_per_apply = 1e999
    }
  }
}

case "bound with more digits than can be held" {
  at      = "spending.max_per_apply"
  summary = "Invalid amount"
  says    = "more digits"
  provider {
    spending {
      max_per_apply = 1e-600
    }
  }
}

case "payment in spite of deny" {
  at      = "order_id"
  summary = "Spending is denied"
  when    = "plan"
  provider {
    spending {
      mode = "deny"
    }
  }
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
  }
}

case "automatic renewal in spite of deny" {
  at      = "enabled"
  summary = "Spending is denied"
  when    = "plan"
  provider {
    spending {
      mode = "deny"
    }
  }
  resource "bss_autorenew" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    enabled     = true
  }
}

case "policy of renewal in spite of deny" {
  at      = "policy"
  summary = "Spending is denied"
  when    = "plan"
  provider {
    spending {
      mode = "deny"
    }
  }
  resource "bss_expiry_policy" {
    resource_id = "b5500000-51a0-4000-8000-000000000001"
    policy      = "auto_renew"
  }
}

case "renewal in spite of deny" {
  at      = "resource_id"
  summary = "Spending is denied"
  when    = "plan"
  provider {
    spending {
      mode = "deny"
    }
  }
  resource "bss_renewal" {
    resource_id  = "b5500000-51a0-4000-8000-000000000004"
    paid_through = day(60)
    period_unit  = "month"
    max_amount   = 1000
  }
}

case "payment above the bound" {
  at      = "order_id"
  summary = "Spending is above max_per_apply"
  when    = "plan"
  provider {
    spending {
      max_per_apply = 136.79
    }
  }
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
  }
}

case "payment with a bound of zero" {
  at      = "order_id"
  summary = "Spending is above max_per_apply"
  when    = "plan"
  provider {
    spending {
      max_per_apply = 0
    }
  }
  resource "bss_order_payment" {
    order_id   = "CS2611220000001"
    max_amount = 150
  }
}

case "price that is not known" {
  at      = "order_id"
  summary = "Price is not known"
  when    = "plan"
  provider {
    spending {
      require_known_price = true
    }
  }
  resource "bss_order_payment" {
    order_id   = unknown
    max_amount = 150
  }
}
