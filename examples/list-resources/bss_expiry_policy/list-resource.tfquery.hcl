# The servers of a region. To bring them under Terraform:
#   terraform query -generate-config-out=expiry_policy.tf
list "bss_expiry_policy" "servers" {
  provider         = bss
  include_resource = true
  limit            = 1000

  config {
    service_type_code     = "hws.service.type.ec2"
    region_code           = "ap-southeast-3"
    enterprise_project_id = "0"
  }
}
