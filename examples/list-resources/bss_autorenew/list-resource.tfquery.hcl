# What ends within 90 days and does not renew. To bring it under Terraform:
#   terraform query -generate-config-out=autorenew.tf
list "bss_autorenew" "lapsing" {
  provider         = bss
  include_resource = true
  limit            = 1000

  config {
    expires_before = timeadd(plantimestamp(), "2160h")
    expire_policy  = ["grace_period", "freeze", "delete", "delete_after_retention"]
  }
}
