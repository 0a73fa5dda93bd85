// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// usabilityArguments say when something has to be usable, and what of it ends
// soon.
type usabilityArguments struct {
	AsOf               types.String `tfsdk:"as_of"`
	ExpiringWithinDays types.Int64  `tfsdk:"expiring_within_days"`
}

const defaultExpiringDays = 30

func usabilityArgumentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"as_of": asOfArgument("The time at which something is usable, and from which on it expires."),
		"expiring_within_days": schema.Int64Attribute{
			Optional: true, Computed: true,
			MarkdownDescription: "A resource is expiring if it ends within this many days from `as_of` on: 1 to 36500. It filters nothing. " +
				"Default: 30.",
			Validators: []validator.Int64{int64validator.Between(1, mostDaysAhead)},
		},
	}
}

// span is the time from as_of until what is expiring has ended.
type span struct{ from, until time.Time }

// span fills in the defaults. It comes after the calls, which tell the clock of
// the API.
func (a *usabilityArguments) span(client *bssapi.Client) (span, diag.Diagnostics) {
	if a.ExpiringWithinDays.IsNull() {
		a.ExpiringWithinDays = types.Int64Value(defaultExpiringDays)
	}

	from, diags := asOf(&a.AsOf, client)

	return span{from, from.AddDate(0, 0, int(a.ExpiringWithinDays.ValueInt64()))}, diags
}

// validity is whether something can be used at the beginning of the span, and
// whether it then ends inside of it. known is false if the times do not tell it.
type validity struct{ known, usable, expiring bool }

// isUsable is null where it is not known.
func (v validity) isUsable() *bool {
	if !v.known {
		return nil
	}

	return &v.usable
}

// validity goes by the times that the API gives. Without a beginning it has
// begun; when something without an end ends is not known.
func (s span) validity(begin, end string) validity {
	ends, err := bssapi.ParseTime(end)
	if err != nil {
		return validity{}
	}

	if begin != "" {
		begins, err := bssapi.ParseTime(begin)
		if err != nil {
			return validity{}
		}

		if begins.After(s.from) {
			return validity{known: true}
		}
	}

	usable := ends.After(s.from)

	return validity{known: true, usable: usable, expiring: usable && !ends.After(s.until)}
}

// usableSum adds up what is left of usable things. One whose remainder is not
// known makes the sum unknown, which is null.
type usableSum struct {
	count   int64
	amount  bssapi.Decimal
	unknown bool
}

func (s *usableSum) add(remaining bssapi.Decimal) {
	s.count++
	s.amount = s.amount.Add(remaining)
	s.unknown = s.unknown || remaining.IsNull()
}

// value is the sum, 0 of nothing.
func (s *usableSum) value() types.Number {
	if s.unknown {
		return types.NumberNull()
	}

	return types.NumberValue(amountOrZero(s.amount))
}
