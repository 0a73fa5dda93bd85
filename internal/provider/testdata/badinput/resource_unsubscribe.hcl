on = ["action bss_resource_unsubscribe"]

case "renewals without an expiry" {
  at      = "expire_time"
  summary = "Expiry is required with renewals_only"
  with {
    scope = "renewals_only"
  }
}

case "expiry is a day" {
  at      = "expire_time"
  summary = "Invalid date"
  with {
    scope       = "renewals_only"
    expire_time = "2027-01-31"
  }
}

case "expiry of another zone" {
  at      = "expire_time"
  summary = "Invalid date"
  with {
    scope       = "renewals_only"
    expire_time = "2027-01-31T23:59:59+08:00"
  }
}

case "expiry that does not exist" {
  at      = "expire_time"
  summary = "Invalid date"
  with {
    scope       = "renewals_only"
    expire_time = "2027-02-30T15:59:59Z"
  }
}

case "expiry is empty" {
  at      = "expire_time"
  summary = "Invalid date"
  with {
    scope       = "renewals_only"
    expire_time = ""
  }
}
