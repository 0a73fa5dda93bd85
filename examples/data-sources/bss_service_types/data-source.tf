data "bss_service_types" "disks" {
  service_type_name = "Elastic Volume Service"
}

output "disk_service" {
  description = "Code of the only service of this name."
  value       = one(keys(data.bss_service_types.disks.codes))
}
