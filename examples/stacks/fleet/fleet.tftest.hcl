# Against the demo customer of the simulator: bss-sim -seed demo

run "the_file_is_applied" {
  assert {
    condition     = bss_expiry_policy.fleet["orders-db"].expire_policy == "pay_per_use"
    error_message = "orders-db does not turn pay-per-use."
  }

  assert {
    condition     = startswith(output.fleet["web-2"], "auto_renew, ")
    error_message = "web-2 is ${output.fleet["web-2"]}."
  }

  # The demo customer has more than the file.
  expect_failures = [check.complete]
}
