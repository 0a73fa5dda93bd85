data "bss_measure_units" "capacity" {
  measure_type = "capacity"
}

output "gigabyte" {
  description = "Id of the unit of the size of a disk."
  value       = one([for unit in data.bss_measure_units.capacity.measure_units : unit.measure_id if unit.abbreviation == "GB"])
}
