// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Quote is what a plan can know of a renewal.
type Quote struct {
	// Reached says that the resource is paid through the day, and that nothing is
	// bought. The rest but the warnings is empty then.
	Reached bool
	// StartsAt is the present expiry, where the new term starts.
	StartsAt string
	Periods  int
	// EstimatedEnd is where the new term ends by the calendar. A unified expiry
	// day, which cannot be read, lengthens it.
	EstimatedEnd time.Time
	Amount       bssapi.Decimal
	// Bound is the most that paying it can charge, as far as a plan can know.
	Bound bssapi.Decimal
	// Currency is empty where the API leaves it out.
	Currency string
	// OrderID is an unpaid order that reaches the day already and will be paid
	// instead of a new one, empty for none.
	OrderID  string
	Warnings []act.Warning
}

// Quote looks and says what Renew would do, or why it would refuse.
func (m *Machine) Quote(ctx context.Context, goal Goal) (Quote, error) {
	s, err := m.look(ctx, goal)
	if errors.Is(err, subscription.ErrUnknown) {
		return Quote{}, unknownResource(goal)
	}

	if err != nil {
		return Quote{}, atArgument(err)
	}

	if s.reached {
		return Quote{Reached: true, Warnings: endEarlier(s.tree, goal, 0)}, nil
	}

	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return Quote{}, err
	}

	quote := Quote{
		StartsAt: s.resource().ExpireTime, Periods: s.periods, EstimatedEnd: s.end(goal),
		Amount: s.price, Bound: s.bound, Currency: s.currency, OrderID: s.open, Warnings: s.warnings(goal),
	}

	if s.open != "" {
		quote.Warnings = append(quote.Warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "An unpaid order renews the resource already",
			Detail: fmt.Sprintf("Order %s renews resource %s for %s. Applying pays that order instead of placing another.",
				s.open, goal.ResourceID, goal.Unit.count(s.periods)),
		})
	}

	return quote, nil
}

// warnings are what a price does not say.
func (s *sight) warnings(goal Goal) []act.Warning {
	var warnings []act.Warning

	if s.expires.Before(s.begun) {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldPaidThrough,
			Summary: "A part of the term is over already",
			Detail: fmt.Sprintf("Resource %s ended on %s, and the new term starts there: the time since then is paid too.",
				goal.ResourceID, dateOf(s.expires)),
		})
	}

	if expiry.WantAutoRenew.Met(s.resource()) {
		warnings = append(warnings, act.Warning{
			Field:   act.FieldResourceID,
			Summary: "Resource renews automatically too",
			Detail: fmt.Sprintf(
				"Automatic renewal of resource %s stays on. From seven days before the end of the new term on, it buys the next one "+
					"by itself.",
				goal.ResourceID,
			),
		})
	}

	return append(warnings, endEarlier(s.tree, goal, s.periods)...)
}

// endEarlier warns of what is attached and ends before the day, once it is
// renewed for these periods along with its primary resource.
func endEarlier(tree subscription.Tree, goal Goal, periods int) []act.Warning {
	var warnings []act.Warning

	for _, attached := range tree.Attached {
		expires, err := bssapi.ParseTime(attached.ExpireTime)
		if err != nil || subscription.Closed(attached) {
			continue
		}

		end := after(expires, goal.Unit, periods)
		if goal.PaidThrough.reachedBy(end) {
			continue
		}

		warnings = append(warnings, act.Warning{
			Field:   act.FieldPaidThrough,
			Summary: "An attached resource ends earlier",
			Detail: fmt.Sprintf("Resource %s, which is attached to %s and renewed with it, will be paid through %s only. "+
				"The day is held against %s alone.", attached.ResourceID, goal.ResourceID, dateOf(end), goal.ResourceID),
		})
	}

	return warnings
}
