# By hand: terraform apply -invoke=action.bss_order_pay.database
action "bss_order_pay" "database" {
  config {
    order_id   = "CS2611220000002"
    max_amount = 60
    currency   = "USD"
    timeout    = "30m"
  }
}
