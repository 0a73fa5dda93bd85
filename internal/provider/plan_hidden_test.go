// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestPlanStatesWhateverIsHidden: a plan by credentials that may not make one of its calls
// is refused, or states all that a plan by others does. What an apply by others does is
// bound by it either way.
func TestPlanStatesWhateverIsHidden(t *testing.T) {
	t.Parallel()

	for name, test := range unknownCases(t) {
		if test.imported || test.between != nil || test.before != nil && test.then == nil {
			continue
		}

		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, test.hides)
		})
	}
}

// hides plans with each of the calls of a plan refused in turn.
func (u unknownCase) hides(t *testing.T) {
	all, calls := u.plansHidden(t, "")
	if all == nil {
		t.Fatal("no plan with all permissions")
	}

	for _, operation := range slices.Compact(slices.Sorted(slices.Values(calls))) {
		// The account is known only where it can be found out.
		if operation == "list_auth_domains" {
			continue
		}

		if stated, _ := u.plansHidden(t, operation); stated != nil && broken(*all, *stated) != "" {
			t.Errorf("without %s, the plan states something else: %s", operation, broken(*all, *stated))
		}
	}
}

// plansHidden is a plan without the permission for an operation, nil if it is refused, and
// the calls that it made.
func (u unknownCase) plansHidden(t *testing.T, operation string) (*tftypes.Value, []string) {
	t.Helper()

	w, arguments := u.world(t)
	c := newCore(w, u.typeName)

	c.runFirst(t, arguments, u.before)

	if operation != "" {
		addFault(t, w, bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})
	}

	maps.Copy(arguments, u.then)
	w.ClearRequests()

	plan := c.plan(t.Context(), arguments)
	if plan.diagnostics.failed() {
		return nil, nil
	}

	return &plan.value, w.calls()
}
