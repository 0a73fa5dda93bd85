# By hand: terraform apply -invoke=action.bss_order_cancel.unwanted
action "bss_order_cancel" "unwanted" {
  config {
    order_id = "CS2611220000003"
  }
}
