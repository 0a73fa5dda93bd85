# Invoices.
on = ["data bss_invoices"]

case "start without a zone" {
  at      = "start_time"
  summary = "Invalid time"
  with {
    start_time = "2026-01-31T00:00:00"
  }
}

case "end that is a day" {
  at      = "end_time"
  summary = "Invalid time"
  with {
    end_time = "2026-01-31"
  }
}

case "window turned around" {
  at      = "end_time"
  summary = "Window ends before it begins"
  with {
    start_time = "2026-02-01T00:00:00Z"
    end_time   = "2026-01-31T23:59:59Z"
  }
}
