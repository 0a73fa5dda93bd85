// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// TestNextStep: what is wanted is set before what stands against it is taken
// off, and nothing is called twice without a reason.
func TestNextStep(t *testing.T) {
	t.Parallel()

	for _, test := range []struct {
		want   Want
		policy bssapi.ExpirePolicy
		made   map[step]int
		next   step
	}{
		{WantAutoRenew, bssapi.ExpirePolicyPayPerUse, nil, stepEnable},
		{WantAutoRenew, bssapi.ExpirePolicyPayPerUse, map[step]int{stepEnable: 1}, stepCancel},
		{WantAutoRenew, bssapi.ExpirePolicyPayPerUse, map[step]int{stepEnable: 1, stepCancel: 1}, stepNone},
		{WantAutoRenew, bssapi.ExpirePolicyFreeze, map[step]int{stepEnable: 1}, stepNone},
		{WantPayPerUse, bssapi.ExpirePolicyAutoRenew, nil, stepSetUp},
		{WantPayPerUse, bssapi.ExpirePolicyAutoRenew, map[step]int{stepSetUp: 1}, stepDisable},
		{WantPayPerUse, bssapi.ExpirePolicyAutoRenew, map[step]int{stepSetUp: 1, stepDisable: 1}, stepNone},
		{WantPayPerUse, bssapi.ExpirePolicyGracePeriod, map[step]int{stepSetUp: 1, stepDisable: 1}, stepSetUp},
		{WantPayPerUse, bssapi.ExpirePolicyGracePeriod, map[step]int{stepSetUp: 2, stepDisable: 1}, stepNone},
		{WantManual, bssapi.ExpirePolicyAutoRenew, nil, stepDisable},
		{WantManual, bssapi.ExpirePolicyPayPerUse, nil, stepCancel},
		{WantManual, bssapi.ExpirePolicyPayPerUse, map[step]int{stepDisable: 1}, stepCancel},
		{WantManual, bssapi.ExpirePolicyAutoRenew, map[step]int{stepDisable: 1}, stepNone},
		{WantManual, 9, nil, stepNone},
		{WantNoAutoRenew, bssapi.ExpirePolicyAutoRenew, nil, stepDisable},
		{WantNoAutoRenew, bssapi.ExpirePolicyPayPerUse, nil, stepNone},
	} {
		if got := nextStep(test.want, test.policy, test.made); got != test.next {
			t.Errorf("want %d, policy %d after %v: %s, want %s", test.want, test.policy, test.made, got, test.next)
		}
	}
}

func TestExhausted(t *testing.T) {
	t.Parallel()

	const before, after = "2026-12-01T15:59:59Z", "2027-01-01T15:59:59Z"

	off, on := 0, 3

	for _, test := range []struct {
		name   string
		policy *int
		expire string
		times  int
		want   bool
	}{
		{"renewed and off", &off, after, 1, true},
		{"renewed and on", &on, after, 1, false},
		{"turned off", &off, before, 1, false},
		{"without end", &off, after, 0, false},
		{"no expiry", &off, "", 1, false},
	} {
		if got := Exhausted(bssapi.Resource{ExpirePolicy: test.policy, ExpireTime: test.expire}, test.times, before); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}
