data "bss_resource_types" "instances" {
  name_contains = "instance"
}

output "services_with_instances" {
  value = distinct([for row in data.bss_resource_types.instances.resource_types : row.service_type_code])
}
