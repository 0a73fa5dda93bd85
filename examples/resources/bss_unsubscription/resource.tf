# Deletes a cache that was replaced. The plan says what goes, and the order's
# refund stands in state after the apply.
resource "bss_unsubscription" "old_cache" {
  resource_id = "b5500000-51a0-4000-8000-000000000007"
  scope       = "resource_and_renewals"
  reason      = "Replaced by a larger one"
}

# Gives back what was renewed ahead, and keeps the database until its present
# term ends.
resource "bss_unsubscription" "database_renewals" {
  resource_id = "b5500000-51a0-4000-8000-000000000006"
  scope       = "renewals_only"

  timeouts {
    create = "30m"
  }
}

output "refund" {
  value = bss_unsubscription.old_cache.refund_amount
}
