// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package outlook

import (
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Quote is what the API says of the price of one period of a resource, now: an
// amount, or why there is none.
type Quote struct {
	Amount bssapi.Decimal
	Reason string
}

// Price puts what renewals cost to the events. The API prices the next term; later
// ones are taken to cost the same, unless Rules.ExpiryDay makes them longer or shorter.
// Quotes are nil if prices were not asked for.
func Price(events []Event, quotes map[string]Quote) {
	for i := range events {
		event := &events[i]

		if event.Fate != Renews {
			continue
		}

		quote, asked := quotes[event.Resource.ResourceID]

		switch {
		case !asked:
			event.Reason = reasonUnpriced
		case event.lengthened != event.lengthenedFirst:
			event.Reason = reasonLength
		default:
			event.Amount, event.Reason = quote.Amount, quote.Reason
		}
	}
}

// Sum adds up the amounts of renewals. It is complete if each has one.
func Sum(events []Event) (sum bssapi.Decimal, complete bool) {
	complete = true
	sum = zero

	for _, event := range events {
		switch {
		case event.Fate != Renews:
		case event.Amount.IsNull():
			complete = false
		default:
			sum = sum.Add(event.Amount)
		}
	}

	return sum, complete
}

var zero, _ = bssapi.ParseDecimal("0")

// mostNamed is how many resources a sentence names.
const mostNamed = 10

// Missing are the reasons why the events do not say all, each once, with the
// resources that it is about.
func Missing(events []Event) []string {
	var reasons []string

	about := map[string][]string{}

	for _, event := range events {
		if event.Fate != Unknown && (event.Fate != Renews || !event.Amount.IsNull()) {
			continue
		}

		ids, seen := about[event.Reason]
		if !seen {
			reasons = append(reasons, event.Reason)
		}

		if !slices.Contains(ids, event.Resource.ResourceID) {
			about[event.Reason] = append(ids, event.Resource.ResourceID)
		}
	}

	for i, reason := range reasons {
		ids := about[reason]
		named := strings.Join(ids[:min(len(ids), mostNamed)], ", ")

		if more := len(ids) - mostNamed; more > 0 {
			named += fmt.Sprintf(" and %d more", more)
		}

		reasons[i] = reason + ": " + named
	}

	return reasons
}
