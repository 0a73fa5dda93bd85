# What holds money, and when it can be used.
on = ["data bss_coupons", "data bss_stored_value_cards"]

case "usable at no time" {
  at      = "as_of"
  summary = "Invalid time"
  with {
    as_of = "2026-01-31"
  }
}

case "expiring within no day" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Value"
  with {
    expiring_within_days = 0
  }
}

case "expiring within centuries" {
  at      = "expiring_within_days"
  summary = "Invalid Attribute Value"
  with {
    expiring_within_days = 36501
  }
}

case "card with a slash" {
  at      = "card_id"
  summary = "Invalid id"
  data "bss_stored_value_cards" {
    card_id = "SC/1"
  }
}

case "cards in an unknown status" {
  at      = "status"
  summary = "Invalid value"
  data "bss_stored_value_cards" {
    status = 1
  }
}

case "cards on a site that has none" {
  at      = ""
  summary = "Could not list stored-value cards"
  says    = "only china has it"
  when    = "plan"
  data "bss_stored_value_cards" {}
}
