# Pays a pending order, once, and never more than the cap.
resource "bss_order_payment" "server" {
  order_id   = "CS2611220000001"
  max_amount = 150
  currency   = "USD"

  timeouts {
    create = "30m"
  }
}

# With a discount that the order offers: the price falls to what it leaves, and
# the cap covers the price without it.
data "bss_order_discounts" "cluster" {
  order_id = "CS2611220000012"
}

resource "bss_order_payment" "cluster" {
  order_id   = "CS2611220000012"
  max_amount = 200
  currency   = "USD"

  discount_id = one([
    for discount in data.bss_order_discounts.cluster.discounts : discount.discount_id
    if discount.discount_type == "promotion"
  ])
}
