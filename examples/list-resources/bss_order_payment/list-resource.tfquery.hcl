# What was paid in the last 30 days. To bring it under Terraform:
#   terraform query -generate-config-out=payments.tf
list "bss_order_payment" "paid" {
  provider         = bss
  include_resource = true
  limit            = 1000

  config {
    paid_after = timeadd(plantimestamp(), "-720h")
  }
}
