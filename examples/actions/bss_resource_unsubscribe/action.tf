# By hand: terraform apply -invoke=action.bss_resource_unsubscribe.retired
action "bss_resource_unsubscribe" "retired" {
  config {
    resource_id = "b5500000-51a0-4000-8000-000000000006"
    scope       = "resource_and_renewals"
    reason      = "Replaced by a larger database"
  }
}
