# Against the demo customer of the simulator: bss-sim -seed demo

run "the_account_can_pay" {
  command = plan

  variables {
    days = 60
  }

  assert {
    condition     = output.funds.needed == "125.00" && output.funds.covered
    error_message = "The renewal of web-2 is not seen, or not covered."
  }

  assert {
    condition     = length(csvdecode(output.csv)) == 6
    error_message = "The file does not have a line for each event."
  }
}

run "by_the_year" {
  command = plan

  variables {
    days   = 60
    yearly = ["b5500000-51a0-4000-8000-000000000004"]
  }

  # Twelve months of web-2 and its disks.
  assert {
    condition     = output.funds.needed == "1,500.00"
    error_message = "A year of web-2 is ${output.funds.needed}."
  }
}
