// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import "encoding/json"

// What other providers call the way in which a resource is paid for.
const (
	chargingModeAttribute = "charging_mode"
	prepaid               = "prePaid"
)

// chargingMode is the only attribute of others that is looked at.
func chargingMode(object json.RawMessage) map[string]json.RawMessage {
	var read struct {
		Mode json.RawMessage `json:"charging_mode"`
	}

	if json.Unmarshal(object, &read) != nil || read.Mode == nil {
		return nil
	}

	return map[string]json.RawMessage{chargingModeAttribute: read.Mode}
}

// prepaid keeps the change of a resource that is paid for by the month or year, before
// or after it. Whether it is cannot be told of one that is sensitive.
func (c change) prepaid() (kept change, hidden bool) {
	if c.creates || c.updates || c.deletes {
		hidden = c.before.state(chargingModeAttribute) == sensitive || c.after.state(chargingModeAttribute) == sensitive
	}

	if c.wasPrepaid() || c.isPrepaid() {
		return c, hidden
	}

	return change{}, hidden
}

func (c change) wasPrepaid() bool { return c.before.text(chargingModeAttribute) == prepaid }

func (c change) isPrepaid() bool { return c.after.text(chargingModeAttribute) == prepaid }

// otherRow says what may be charged for a resource of another provider: its price is in
// no plan.
func otherRow(c change) (Row, bool) {
	row := c.row()

	switch {
	case c.creates && c.isPrepaid():
		row.Section, row.Does = sectionUnpriced, "buys"
		row.says = "Bought by the month or year"

		if c.deletes {
			row.Does, row.says = "replaces", "Replaced: bought anew by the month or year"
		}
	case c.updates && c.isPrepaid() && !c.wasPrepaid():
		row.Section, row.Does = sectionUnpriced, "turns_prepaid"
		row.says = "Turned from pay-per-use to paid by the month or year"
	case c.updates && c.isPrepaid():
		row.Section, row.Does = sectionUnpriced, "changes_prepaid"
		row.says = "Changed while it is paid by the month or year: can be charged"
	case c.updates && c.wasPrepaid():
		row.Section, row.Does = sectionConverted, "turns_pay_per_use"
		row.says = "No longer paid by the month or year"
	case c.deletes && c.wasPrepaid():
		row.Section, row.Does = sectionDeleted, "deletes"
		row.says = "Deleted, though it is paid by the month or year"
	default:
		return row, false
	}

	return row, true
}
