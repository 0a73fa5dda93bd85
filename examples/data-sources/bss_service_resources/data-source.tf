data "bss_service_resources" "network" {
  service_type_code = "hws.service.type.vpc"
}

output "network_resources" {
  description = "Names of the types of resources, by their codes."
  value       = data.bss_service_resources.network.codes
}
