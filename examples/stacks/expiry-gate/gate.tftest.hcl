# Against the demo customer of the simulator: bss-sim -seed demo

run "lapsing_soon_is_red" {
  command = plan

  expect_failures = [data.bss_renewal_forecast.soon]
}

run "meant_to_lapse_is_green" {
  command = plan

  variables {
    days = 1
    # Expired two days ago, and frozen before that.
    may_lapse = ["b5500000-51a0-4000-8000-00000000000a", "b5500000-51a0-4000-8000-00000000000b"]
  }

  assert {
    condition     = [for end in output.ends : end.fate] == ["frozen", "expired"]
    error_message = "What has expired is not seen."
  }

  assert {
    condition     = alltrue([for end in output.ends : end.days_left < 0])
    error_message = "What has expired is in the future."
  }
}
