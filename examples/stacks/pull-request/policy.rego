# What needs another look before it is merged. Run it over the report:
#   conftest test --policy policy.rego --namespace bss report.json
package bss

import rego.v1

deny contains sprintf("format %s of the report is not known", [input.format_version]) if {
	not startswith(input.format_version, "1.")
}

deny contains sprintf("not complete: %s", [reason]) if some reason in input.incomplete_reasons

deny contains sprintf("%s deletes %s, and %d more with it", [row.address, object.get(row, "subject_id", null), count(row.with_ids)]) if {
	some row in input.rows
	row.section == "deleted"
}

deny contains sprintf("%s turns pay-per-use at once", [row.address]) if {
	some row in input.rows
	row.section == "converted"
}

warn contains sprintf("%s can charge at once", [row.address]) if {
	some row in input.rows
	row.can_charge_at_once
}
