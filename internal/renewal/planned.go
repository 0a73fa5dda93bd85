// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
)

// planned refuses what a look shows that is not what the plan stated: another open
// order, another start, a price, or a higher one. Nobody has agreed to that.
func (s *sight) planned(goal Goal) error {
	switch {
	case goal.OrderID != "" && goal.OrderID != s.open:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "The open order changed",
			Detail: fmt.Sprintf("The plan said that order %s, which was unpaid, would be paid for resource %s. It does not hold the resource any "+
				"more: it was paid or canceled meanwhile. Nothing was ordered or paid. Plan again.", goal.OrderID, goal.ResourceID),
		}
	case s.open != goal.OrderID:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "An unpaid order renews the resource",
			Detail: fmt.Sprintf("Order %s renews resource %s for %s, at %s %s, and waits for its payment. Nothing has stated that it would be "+
				"paid from here, so it was neither paid nor canceled. A plan of bss_renewal states it, and its apply pays it. Or pay it "+
				"with bss_order_payment, or cancel it with bss_order_cancellation.",
				s.open, goal.ResourceID, goal.Unit.count(s.periods), s.price, s.currency),
		}
	case s.reached:
		return nil
	case goal.Nothing:
		return &act.Refusal{
			Field:   act.FieldPaidThrough,
			Summary: "Day is not reached any more",
			Detail: fmt.Sprintf("The plan said that resource %s is paid through %s, but it ends at %s now. Nothing was ordered or paid, "+
				"as the plan shows no price. Plan again.", goal.ResourceID, goal.PaidThrough, s.resource().ExpireTime),
		}
	case goal.StartsAt != "" && goal.StartsAt != s.resource().ExpireTime:
		return movedOn(goal, goal.StartsAt, s.resource().ExpireTime)
	case !goal.Quoted.IsNull() && s.price.Cmp(goal.Quoted) > 0:
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Price rose since the plan",
			Detail: fmt.Sprintf("Renewing resource %s for %s costs %s %s now, and the plan stated %s. Nothing was ordered or paid. Plan again: "+
				"the plan states the new price.", goal.ResourceID, goal.Unit.count(s.periods), s.price, s.currency, goal.Quoted),
		}
	default:
		return nil
	}
}
