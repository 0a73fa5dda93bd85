# Against the demo customer of the simulator: bss-sim -seed demo. It has bought
# something ten days ago, and something today.

run "over_budget_is_red" {
  command = plan

  variables {
    budget = 1
  }

  expect_failures = [data.bss_budget_status.month]
}

run "past_the_threshold_warns" {
  command = plan

  variables {
    budget  = 2400
    warn_at = 1
  }

  expect_failures = [check.budget]
}

run "within_budget_is_green" {
  command = plan

  variables {
    budget = 1000000
  }

  assert {
    condition     = output.status.budget == "1,000,000.00" && output.status.spent != "0.00"
    error_message = "Amounts are not as people read them, or nothing is spent."
  }
}

run "of_one_tag_nothing_is_spent" {
  command = plan

  variables {
    budget = 1
    scope  = { tag = { key = "team", value = "nobody" } }
  }

  assert {
    condition     = output.status.spent == "0.00"
    error_message = "What has no tag is counted."
  }
}
