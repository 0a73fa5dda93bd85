data "bss_resource" "server" {
  resource_id = "b5500000-51a0-4000-8000-000000000001"
}

output "expiry" {
  value = "${data.bss_resource.server.resource_name}: ${data.bss_resource.server.expire_policy} at ${data.bss_resource.server.expire_time}"
}

output "renewed_along" {
  description = "What is attached to the server, and renewed with it."
  value       = data.bss_resource.server.attached[*].resource_name
}
