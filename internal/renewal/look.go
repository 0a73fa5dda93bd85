// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"context"
	"fmt"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// sight is what a look at a resource and its price shows.
type sight struct {
	tree    subscription.Tree
	expires time.Time
	// begun is a time by the server's clock, before the price was asked for.
	begun   time.Time
	reached bool
	// The rest is of a goal that is not reached.
	periods int
	price   bssapi.Decimal
	// bound is the most that paying it can charge, as far as the look shows.
	bound    bssapi.Decimal
	currency string
	// open is the unpaid order that reaches the goal already, empty for none.
	open string
}

func (s *sight) resource() bssapi.Resource { return s.tree.Resource }

// end is where the term will end that reaches the goal, by the calendar.
func (s *sight) end(goal Goal) time.Time { return after(s.expires, goal.Unit, s.periods) }

// look reads the resource freshly, and, where the goal is not reached, its
// price. It refuses what cannot be renewed as asked.
func (m *Machine) look(ctx context.Context, goal Goal) (*sight, error) {
	tree, err := m.reader.Tree(ctx, goal.ResourceID)
	if err != nil {
		return nil, fmt.Errorf("reading resource %s: %w", goal.ResourceID, err)
	}

	// An answer tells the server's time; the price is asked for after this.
	s := &sight{tree: tree, begun: m.client.Now()}

	if subscription.Attached(tree.Resource) {
		return nil, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is attached to another",
			Detail: fmt.Sprintf("Resource %s belongs to %s and is renewed with it. Set resource_id = %q.",
				goal.ResourceID, tree.Resource.ParentResourceID, tree.Resource.ParentResourceID),
		}
	}

	s.expires, err = bssapi.ParseTime(tree.Resource.ExpireTime)
	if err != nil {
		return nil, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource has no expiry",
			Detail: fmt.Sprintf(
				"The API answered resource %s with the expiry %q, from which nothing can be counted.",
				goal.ResourceID,
				tree.Resource.ExpireTime,
			),
		}
	}

	// Of a closed resource, the term that was paid is worth nothing any more.
	s.reached = goal.PaidThrough.reachedBy(s.expires) && !subscription.Closed(tree.Resource)
	if s.reached {
		return s, nil
	}

	if err := m.renewable(goal, s); err != nil {
		return nil, err
	}

	s.periods, err = goal.Unit.periods(s.expires, goal.PaidThrough)
	if err != nil {
		return nil, outOfReach(goal, s.expires)
	}

	return s, m.priced(ctx, goal, s)
}

// renewable refuses a resource, or a day, for which no term can be bought.
func (m *Machine) renewable(goal Goal, s *sight) error {
	switch s.resource().Status {
	case bssapi.ResourceStatusInUse, bssapi.ResourceStatusExpired, bssapi.ResourceStatusFrozen:
	case bssapi.ResourceStatusClosed:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is closed",
			Detail: fmt.Sprintf("Resource %s is closed: it was unsubscribed, or its term, which was paid through %s, is over. It cannot be renewed.",
				goal.ResourceID, dateOf(s.expires)),
		}
	default:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource has an unknown status",
			Detail: fmt.Sprintf("Resource %s is in status %s, of which it is not known whether it can be renewed. Look at it in the console.",
				goal.ResourceID, bssapi.ResourceStatuses.Word(s.resource().Status)),
		}
	}

	if today := dateOf(s.begun); goal.PaidThrough.Before(today) {
		return &act.Refusal{
			Field:   act.FieldPaidThrough,
			Summary: "Day is in the past",
			Detail: fmt.Sprintf("Resource %s ended on %s. Renewing it through %s would buy a term that is over: a term starts where the "+
				"one before it ended. Set paid_through to a day to come.", goal.ResourceID, dateOf(s.expires), goal.PaidThrough),
		}
	}

	return nil
}

// priced fills in the price of reaching the goal: that of a new order, or of the
// one that is open.
func (m *Machine) priced(ctx context.Context, goal Goal, s *sight) error {
	answer, err := m.client.GetRenewalPrice(ctx, bssapi.GetRenewalPriceRequest{
		ResourceIDs: []string{goal.ResourceID}, PeriodType: goal.Unit.periodType(), PeriodNum: s.periods,
	})
	if err != nil {
		return fmt.Errorf("reading the price of renewing resource %s for %s: %w", goal.ResourceID, goal.Unit.count(s.periods), err)
	}

	for _, failed := range answer.FailResourceInfos {
		if failed.ResourceID != goal.ResourceID {
			continue
		}

		if failed.ErrorCode == bssapi.CodePriceOrderUnpaid {
			return m.continues(ctx, goal, s)
		}

		return unpriced(goal, s, failed)
	}

	for _, row := range answer.RenewInquiryResults {
		if row.ResourceID == goal.ResourceID {
			s.price = row.Amount
		}
	}

	s.currency = answer.Currency

	if goal.Discount == DiscountBest {
		// One id was asked for, so what is said of all of them is said of it.
		for _, offered := range answer.OptionalDiscountRatingResults {
			if !offered.Amount.IsNull() && offered.Amount.Cmp(s.price) < 0 {
				s.price = offered.Amount
			}
		}
	}

	s.bound = s.price

	return s.affordable(goal)
}

// affordable holds the price against the cap and its currency.
func (s *sight) affordable(goal Goal) error {
	switch {
	case s.price.IsNull():
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Renewal has no price",
			Detail: fmt.Sprintf(
				"The API answered the price of renewing resource %s without an amount, so no cap can be held against it.",
				goal.ResourceID,
			),
		}
	case s.price.Sign() < 0:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Renewal has a negative price",
			Detail: fmt.Sprintf("The API answered the price %s for renewing resource %s, which no cap can be held against.",
				s.price, goal.ResourceID),
		}
	case goal.Currency != "" && s.currency != "" && goal.Currency != s.currency:
		return &act.Refusal{
			Field:   act.FieldCurrency,
			Summary: "Currency differs from the price's",
			Detail: fmt.Sprintf("Renewing resource %s is priced in %s, but currency says %s. max_amount is a figure in the currency of the price.",
				goal.ResourceID, s.currency, goal.Currency),
		}
	case !goal.MaxAmount.IsNull() && s.price.Cmp(goal.MaxAmount) > 0:
		return &act.Refusal{
			Field:   act.FieldMaxAmount,
			Summary: "Price is above max_amount",
			Detail: fmt.Sprintf("Renewing resource %s for %s costs %s %s, which is more than max_amount = %s. Nothing was ordered or paid. "+
				"Raise max_amount if that price is wanted.", goal.ResourceID, goal.Unit.count(s.periods), s.price, s.currency, goal.MaxAmount),
		}
	default:
		return nil
	}
}

// unpriced words why a resource has no renewal price.
func unpriced(goal Goal, s *sight, failed bssapi.FailedResource) error {
	refusal := &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Resource cannot be renewed",
		Err:     &bssapi.Error{Operation: "get_renewal_price", Code: failed.ErrorCode, Message: failed.ErrorMessage},
	}

	switch failed.ErrorCode {
	case bssapi.CodePriceResourceChanging:
		refusal.Summary = "Resource is being changed"
		refusal.Detail = fmt.Sprintf(
			"An order for resource %s is being carried out: a renewal, a change or an unsubscription. Nothing was ordered. "+
				"Plan and apply again once it is done.",
			goal.ResourceID,
		)
	case bssapi.CodePricePeriodNotOffered:
		refusal.Field = act.FieldPeriodUnit
		refusal.Detail = fmt.Sprintf(
			"Resource %s is not renewed for %s. Set another period_unit or another day.",
			goal.ResourceID,
			goal.Unit.count(s.periods),
		)
	default:
		refusal.Detail = fmt.Sprintf("Resource %s has no renewal price. Nothing was ordered.", goal.ResourceID)
	}

	return refusal
}

func unknownResource(goal Goal) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Billing does not know the resource",
		Detail: fmt.Sprintf("No yearly/monthly resource %s was found. Check that the id is the cloud service's own, and that the resource is "+
			"not pay-per-use. A new resource may take a moment to be known: apply again.", goal.ResourceID),
	}
}
