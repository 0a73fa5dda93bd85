// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

const (
	ourProvider = "registry.terraform.io/bss-community/bss"
	made        = "2026-11-22T08:00:00Z"
)

// object is one of JSON.
type object = map[string]any

// with is a copy of an object with other members.
func with(of object, more object) object {
	of = maps.Clone(of)
	maps.Copy(of, more)

	return of
}

// changed is a change as a plan writes it. Of what is nil there is null.
func changed(address string, actions []string, before, after, unknown object) object {
	typeName, _, _ := strings.Cut(address, ".")
	change := object{
		"actions":          actions,
		"before":           nil,
		"after":            nil,
		"after_unknown":    object{},
		"before_sensitive": false,
		"after_sensitive":  object{},
	}

	if before != nil {
		change["before"] = before
	}

	if after != nil {
		change["after"] = after
	}

	if unknown != nil {
		change["after_unknown"] = unknown
	}

	return object{"address": address, "mode": "managed", "type": typeName, "provider_name": ourProvider, "change": change}
}

func created(address string, after object) object {
	return changed(address, []string{"create"}, nil, after, object{"status": true})
}

// marked marks attributes of a change as sensitive.
func marked(change object, attributes ...string) object {
	marks := object{}
	for _, attribute := range attributes {
		marks[attribute] = true
	}

	return changing(change, object{"after_sensitive": marks, "before_sensitive": marks})
}

// changing has a change say more.
func changing(change, more object) object {
	if inner, is := change["change"].(object); is {
		change["change"] = with(inner, more)
	}

	return change
}

// planOf is a plan with these changes.
func planOf(more object, changes ...object) string {
	plan := with(object{
		"format_version": "1.2", "terraform_version": "1.14.0", "timestamp": made, "applyable": true, "complete": true, "errored": false,
		"planned_values": object{"root_module": object{}}, "configuration": object{"root_module": object{}}, "resource_changes": changes,
	}, more)

	text, err := json.Marshal(plan)
	if err != nil {
		panic(err)
	}

	return string(text)
}

// reported is the report of a plan, and its JSON.
func reported(t *testing.T, plan string) (Report, string) {
	t.Helper()

	report, err := Read(strings.NewReader(plan))
	if err != nil {
		t.Fatal(err)
	}

	text, err := report.JSON()
	if err != nil {
		t.Fatal(err)
	}

	return report, text
}

var (
	payment = object{"order_id": "CS1", "max_amount": 60, "amount_due": 58.2, "currency": "USD"}
	renewal = object{
		"resource_id":    "r1",
		"paid_through":   "2027-01-31",
		"period_unit":    "month",
		"quoted_periods": 2,
		"quoted_amount":  83,
		"max_amount":     100,
		"currency":       "USD",
	}
	setting     = object{"resource_id": "r1", "enabled": true, "expires_at_enabling": "2026-12-31T15:59:59Z"}
	policy      = object{"resource_id": "r1", "policy": "manual"}
	unsubscribe = object{"resource_id": "r1", "scope": "resource_and_renewals", "deletes": []string{"disk", "r1"}}
	transfer    = object{"member_id": "m1", "direction": "transfer", "account_type": "balance", "amount": 100, "currency": "CNY"}
)
