// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"encoding/json"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const forecastType = "bss_renewal_forecast"

// forecast is what a data source of the plan says of later renewals.
type forecast struct {
	Address   string         `json:"address"`
	AsOf      *string        `json:"as_of"`
	Days      *int           `json:"within_days"`
	Complete  *bool          `json:"complete"`
	Currency  *string        `json:"currency"`
	Total     bssapi.Decimal `json:"total_amount"`
	Known     bssapi.Decimal `json:"known_amount"`
	Available bssapi.Decimal `json:"available_amount"`
	Covered   *bool          `json:"covered"`
	Shortfall bssapi.Decimal `json:"shortfall_amount"`
	ShortDay  *string        `json:"first_short_day"`
	Lapsing   *int           `json:"lapsing_count"`
	Events    []event        `json:"events"`
	Withheld  []string       `json:"sensitive_attributes"`
}

// event is what happens to a resource, and when.
type event struct {
	Day      *string        `json:"day"`
	Fate     string         `json:"fate"`
	ID       string         `json:"resource_id"`
	Name     *string        `json:"resource_name"`
	Amount   bssapi.Decimal `json:"amount"`
	Through  *string        `json:"paid_through"`
	Overdue  *bool          `json:"overdue"`
	Currency *string        `json:"currency"`
}

// module is a module of a state.
type module struct {
	Resources []struct {
		origin

		Values    json.RawMessage `json:"values"`
		Sensitive marks           `json:"sensitive_values"`
	} `json:"resources"`
	Children []module `json:"child_modules"`
}

func (r *reader) priorState() error {
	var read struct {
		Values struct {
			Root module `json:"root_module"`
		} `json:"values"`
	}

	if err := r.value("prior_state", &read); err != nil {
		return err
	}

	return r.plan.forecastsOf(read.Values.Root)
}

func (p *plan) forecastsOf(within module) error {
	for _, one := range within.Resources {
		if one.Mode != "data" || one.Type != forecastType || !one.ours() {
			continue
		}

		shown := values{sensitive: one.Sensitive}
		if len(one.Values) > 0 && json.Unmarshal(one.Values, &shown.attributes) != nil {
			return otherType(one.origin)
		}

		p.forecasts = append(p.forecasts, forecastOf(one.Address, shown))
	}

	for _, child := range within.Children {
		if err := p.forecastsOf(child); err != nil {
			return err
		}
	}

	return nil
}

func forecastOf(address string, v values) forecast {
	found := forecast{
		Address: address, AsOf: optional(v.text("as_of")), Currency: optional(v.text("currency")), ShortDay: optional(v.text("first_short_day")),
		Total: v.amount("total_amount"), Known: v.amount("known_amount"), Available: v.amount("available_amount"),
		Shortfall: v.amount("shortfall_amount"), Events: []event{},
		Withheld: v.mentions("as_of", "within_days", "complete", "currency", "total_amount", "known_amount", "available_amount", "covered",
			"shortfall_amount", "first_short_day", "lapsing_ids", "events"),
	}

	v.read("within_days", &found.Days)
	v.read("complete", &found.Complete)
	v.read("covered", &found.Covered)
	v.read("events", &found.Events)

	if lapsing := v.texts("lapsing_ids"); v.state("lapsing_ids") == known {
		found.Lapsing = new(int)
		*found.Lapsing = len(lapsing)
	}

	for i := range found.Events {
		found.Events[i].Currency = found.Currency
	}

	return found
}
