// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import "encoding/json"

// invocation is a run of an action, which a change or a person sets off.
type invocation struct {
	origin

	config  values
	trigger string
}

// invocationJSON is an invocation as a plan writes it.
type invocationJSON struct {
	origin

	Values    json.RawMessage `json:"config_values"`
	Unknown   marks           `json:"config_unknown"`
	Sensitive marks           `json:"config_sensitive"`
	Lifecycle *struct {
		Address string `json:"triggering_resource_address"`
	} `json:"lifecycle_action_trigger"`
	Invoke *struct {
		Address string `json:"calling_resource_address"`
	} `json:"invoke_action_trigger"`
}

func (i invocationJSON) invocation() (invocation, error) {
	found := invocation{origin: i.origin, config: values{unknown: i.Unknown, sensitive: i.Sensitive}}

	switch {
	case i.Lifecycle != nil:
		found.trigger = i.Lifecycle.Address
	case i.Invoke != nil:
		found.trigger = i.Invoke.Address
	}

	if len(i.Values) > 0 && json.Unmarshal(i.Values, &found.config.attributes) != nil {
		return found, otherType(i.origin)
	}

	return found, nil
}

// actions say what each action of the provider does.
var actions = map[string]func(values, *Row){
	"bss_order_pay":              paying,
	"bss_order_cancel":           canceling,
	"bss_resource_renew":         renewing,
	"bss_resource_convert":       converting,
	"bss_resource_unsubscribe":   unsubscribing,
	"bss_enterprise_member_code": func(_ values, row *Row) { row.becomes(sectionAccounts, "sends_code", "Sends a code to a phone") },
}

// row says what an action does. It states no price: its cap is all that a plan holds.
func (i invocation) row() Row {
	row := Row{By: byAction, Address: i.Address, Type: i.Type, TriggeredBy: optional(i.trigger)}

	if act := actions[i.Type]; act != nil {
		act(i.config, &row)
	} else {
		row.becomes(sectionUnclassified, "unknown", "Not known to this report")
	}

	return row
}
