# The members of the enterprise. To bring them under Terraform:
#   terraform query -generate-config-out=members.tf
list "bss_enterprise_member" "teams" {
  provider         = bss
  include_resource = true
  limit            = 1000

  config {
    name_contains = "team"
    status        = ["normal", "creating"]
  }
}
