// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// TestPlanned: what a look shows is held against each thing that the plan stated,
// and against nothing that it did not state.
func TestPlanned(t *testing.T) {
	t.Parallel()

	const start = "2027-01-31T15:59:59Z"

	for name, test := range map[string]struct {
		goal    Goal
		open    string
		reached bool
		price   string
		field   act.Field
		says    []string
	}{
		"nothing stated":     {price: "120"},
		"all as stated":      {goal: Goal{StartsAt: start, Quoted: simtest.Decimal(t, "120")}, price: "120"},
		"cheaper":            {goal: Goal{StartsAt: start, Quoted: simtest.Decimal(t, "120")}, price: "119.99"},
		"the order stated":   {goal: Goal{OrderID: "CS1", StartsAt: start}, open: "CS1", price: "120"},
		"reached, as stated": {goal: Goal{Nothing: true}, reached: true},
		"reached meanwhile":  {goal: Goal{StartsAt: "2026-12-31T15:59:59Z", Quoted: simtest.Decimal(t, "1")}, reached: true},
		"the order is gone": {
			Goal{OrderID: "CS1"}, "", false, "120", act.FieldResourceID, []string{"The open order changed", "CS1"},
		},
		"another order": {
			Goal{OrderID: "CS1"}, "CS2", false, "120", act.FieldResourceID, []string{"The open order changed", "order CS1"},
		},
		"the order was paid": {Goal{OrderID: "CS1"}, "", true, "", act.FieldResourceID, []string{"The open order changed", "CS1"}},
		"an order appeared": {
			Goal{}, "CS2", false, "120", act.FieldResourceID, []string{"An unpaid order renews", "Order CS2", "120 USD"},
		},
		"nothing planned": {
			Goal{Nothing: true}, "", false, "120", act.FieldPaidThrough, []string{"not reached any more", start},
		},
		"nothing planned, an order": {Goal{Nothing: true}, "CS2", false, "120", act.FieldResourceID, []string{"Order CS2"}},
		"another start": {
			Goal{StartsAt: "2026-12-31T15:59:59Z"}, "", false, "120", act.FieldResourceID, []string{"renewed meanwhile", start},
		},
		"another start, and no price": {Goal{StartsAt: "2026-12-31T15:59:59Z"}, "", false, "0", act.FieldResourceID, []string{"2026-12-31"}},
		"dearer": {
			Goal{StartsAt: start, Quoted: simtest.Decimal(t, "120")}, "", false, "120.01", act.FieldResourceID,
			[]string{"Price rose since the plan", "120.01 USD now", "stated 120"},
		},
		"the order is dearer": {
			Goal{OrderID: "CS1", Quoted: simtest.Decimal(t, "120")}, "CS1", false, "120.01", act.FieldResourceID, []string{"Price rose"},
		},
	} {
		test.goal.ResourceID, test.goal.Unit, test.goal.PaidThrough = "server", Month, day(t, "2027-03-31")
		s := &sight{
			tree:    subscription.Tree{Resource: bssapi.Resource{ResourceID: "server", ExpireTime: start}},
			reached: test.reached, periods: 2, open: test.open, currency: "USD",
		}

		if test.price != "" {
			s.price = simtest.Decimal(t, test.price)
		}

		err := s.planned(test.goal)

		var refusal *act.Refusal
		if len(test.says) == 0 && err != nil || len(test.says) > 0 && (!errors.As(err, &refusal) || refusal.Field != test.field) {
			t.Errorf("%s: %v", name, err)
		}

		for _, words := range test.says {
			if !strings.Contains(fmt.Sprint(err), words) {
				t.Errorf("%s does not say %q: %v", name, words, err)
			}
		}
	}
}
