// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func newReader(a *simtest.Account) *subscription.Reader {
	return subscription.NewReader(a.Client, bssapi.SystemClock(), subscription.DefaultReadTiming())
}

func newPolicies(a *simtest.Account) *expiry.Policies {
	return expiry.New(a.Client, newReader(a), act.Conditions{
		Clock: bssapi.SystemClock(),
		Timing: act.Timing{
			Act: 10 * time.Second, Settle: 200 * time.Millisecond, PollMin: 10 * time.Millisecond, PollMax: 50 * time.Millisecond,
		},
		Locks: &act.Locks{},
	})
}

// changes counts the calls that change something.
func changes(a *simtest.Account) int {
	count := 0

	for _, request := range a.Requests() {
		if request.Mutation {
			count++
		}
	}

	return count
}

// TestPoliciesFence: automatic renewal is agreed to for one expiry, and not
// turned on for another.
func TestPoliciesFence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1}})

		_, _, err := newPolicies(
			a,
		).Set(t.Context(), expiry.Setting{ResourceID: "res-000001", Want: expiry.WantAutoRenew, ExpireTime: "2000-01-01T00:00:00Z"})

		var refusal *act.Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("err = %v, want a refusal", err)
		}

		if count := changes(a); count != 0 {
			t.Errorf("%d calls that change something", count)
		}
	})
}

// TestPoliciesInterrupted: who is interrupted before the call makes none; who
// is interrupted during it still learns what became of it.
func TestPoliciesInterrupted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1}})
		policies := newPolicies(a)

		ctx, cancel := context.WithCancel(t.Context())
		cancel()

		if _, _, err := policies.Set(ctx, expiry.Setting{ResourceID: "res-000001", Want: expiry.WantPayPerUse}); err == nil {
			t.Error("set although interrupted")
		}

		if count := changes(a); count != 0 {
			t.Errorf("%d calls that change something", count)
		}

		if err := a.AddFault(
			bsssim.Fault{Operation: "set_to_on_demand_on_expiry", Kind: bsssim.FaultDelayAfter, Delay: 300 * time.Millisecond},
		); err != nil {
			t.Fatal(err)
		}

		ctx, cancel = context.WithCancel(t.Context())
		defer cancel()

		go func() {
			for changes(a) == 0 {
				if bssapi.SystemClock().Sleep(t.Context(), 5*time.Millisecond) != nil {
					return
				}
			}

			cancel()
		}()

		outcome, warnings, err := policies.Set(ctx, expiry.Setting{ResourceID: "res-000001", Want: expiry.WantPayPerUse})
		if err != nil || len(warnings) > 0 || expiry.PolicyWord(outcome.Resource) != "pay_per_use" {
			t.Errorf("policy %s, warnings %v, error %v", expiry.PolicyWord(outcome.Resource), warnings, err)
		}
	})
}

// TestPoliciesOffAlready: who turns off what is off already has what is
// wanted, also where that shows late.
func TestPoliciesOffAlready(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 2}, Lag: bsssim.Transition{Reads: 3}})
		policies := newPolicies(a)

		if _, err := a.Console("set_expire_policy", map[string]any{"resource_id": "res-000002", "policy": 0}); err != nil {
			t.Fatal(err)
		}

		outcome, warnings, err := policies.Set(t.Context(), expiry.Setting{ResourceID: "res-000002", Want: expiry.WantManual})
		if err != nil || len(warnings) > 0 || expiry.PolicyWord(outcome.Resource) != "grace_period" {
			t.Errorf("policy %s, warnings %v, error %v", expiry.PolicyWord(outcome.Resource), warnings, err)
		}
	})
}

// TestPoliciesForget: what was read before a setting is not answered after it.
func TestPoliciesForget(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 40}})
		reader := newReader(a)
		policies := expiry.New(a.Client, reader, act.Conditions{Clock: bssapi.SystemClock(), Timing: expiry.DefaultTiming(), Locks: &act.Locks{}})

		simtest.ReadAll(t, reader.Get, a.IDs)

		if _, _, err := policies.Set(t.Context(), expiry.Setting{ResourceID: "res-000001", Want: expiry.WantAutoRenew}); err != nil {
			t.Fatal(err)
		}

		resource, err := reader.Get(t.Context(), "res-000001")
		if err != nil || expiry.PolicyWord(resource) != "auto_renew" {
			t.Errorf("read %s after it was set, error %v", expiry.PolicyWord(resource), err)
		}
	})
}

// TestPoliciesReleaseIsOvertaken: who sets a resource while another gives it
// up sees what the other did, and has the last word.
func TestPoliciesReleaseIsOvertaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 2}})
		policies := newPolicies(a)

		fault := bsssim.Fault{Operation: "disable_auto_renew", Kind: bsssim.FaultDelayBefore, Delay: 500 * time.Millisecond}
		if err := a.AddFault(fault); err != nil {
			t.Fatal(err)
		}

		released := make(chan error)

		go func() {
			_, _, err := policies.Release(
				t.Context(),
				expiry.Setting{ResourceID: "res-000002", Want: expiry.WantNoAutoRenew},
				&expiry.Claims{},
			)
			released <- err
		}()

		// The call is on its way, and has done nothing yet.
		for changes(a) == 0 {
			if err := bssapi.SystemClock().Sleep(t.Context(), 5*time.Millisecond); err != nil {
				t.Fatal(err)
			}
		}

		outcome, _, err := policies.Set(t.Context(), expiry.Setting{ResourceID: "res-000002", Want: expiry.WantAutoRenew})
		if err != nil {
			t.Error(err)
		}

		if err := <-released; err != nil {
			t.Error(err)
		}

		if got := a.World().Resources[1].ExpirePolicy; got != int(bssapi.ExpirePolicyAutoRenew) {
			t.Errorf("the policy is %d at last, and %s as set", got, expiry.PolicyWord(outcome.Resource))
		}
	})
}

// TestPoliciesRelease: a resource that this run manages elsewhere is left
// alone.
func TestPoliciesRelease(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		// The second generated resource renews automatically.
		a := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 2}})
		policies := newPolicies(a)

		var claims expiry.Claims

		claims.Claim(expiry.Claim{ID: "res-000002", Aspect: expiry.AspectExpiry, Type: "bss_autorenew", Mark: "a"})

		setting := expiry.Setting{ResourceID: "res-000002", Want: expiry.WantNoAutoRenew}

		if released, _, err := policies.Release(t.Context(), setting, &claims); released || err != nil || changes(a) != 0 {
			t.Errorf("released %t, %d calls, error %v", released, changes(a), err)
		}

		if released, _, err := policies.Release(t.Context(), setting, &expiry.Claims{}); !released || err != nil || changes(a) != 1 {
			t.Errorf("released %t, %d calls, error %v", released, changes(a), err)
		}
	})
}

// TestPoliciesReleaseUnknown: what billing does not know has nothing to take
// off, and is not waited for.
func TestPoliciesReleaseUnknown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := simtest.InBubble(t, bsssim.Options{})
		setting := expiry.Setting{ResourceID: "res-000002", Want: expiry.WantNoAutoRenew}

		released, _, err := newPolicies(a).Release(t.Context(), setting, &expiry.Claims{})
		if released || !errors.Is(err, subscription.ErrUnknown) || changes(a) != 0 {
			t.Errorf("released %t, %d calls, error %v", released, changes(a), err)
		}
	})
}

// TestCheck: what can be set of which resource. What charges can always be turned off.
func TestCheck(t *testing.T) {
	t.Parallel()

	none, one := 0, 1
	on, payPerUse := int(bssapi.ExpirePolicyAutoRenew), int(bssapi.ExpirePolicyPayPerUse)

	for name, test := range map[string]struct {
		resource bssapi.Resource
		wants    map[expiry.Want]string
	}{
		"in use": {resource: bssapi.Resource{Status: bssapi.ResourceStatusInUse, IsMainResource: &one, ExpirePolicy: &on}},
		"attached": {
			resource: bssapi.Resource{Status: bssapi.ResourceStatusInUse, IsMainResource: &none, ParentResourceID: "parent", ExpirePolicy: &on},
			wants: map[expiry.Want]string{
				expiry.WantAutoRenew: "parent", expiry.WantPayPerUse: "parent", expiry.WantManual: "parent", expiry.WantNoAutoRenew: "parent",
			},
		},
		"frozen, on": {
			resource: bssapi.Resource{Status: bssapi.ResourceStatusFrozen, IsMainResource: &one, ExpirePolicy: &on},
			wants:    map[expiry.Want]string{expiry.WantPayPerUse: "out of use"},
		},
		"expired, pay-per-use": {
			resource: bssapi.Resource{Status: bssapi.ResourceStatusExpired, IsMainResource: &one, ExpirePolicy: &payPerUse},
			wants:    map[expiry.Want]string{expiry.WantAutoRenew: "out of use"},
		},
		"closed": {
			resource: bssapi.Resource{Status: bssapi.ResourceStatusClosed, IsMainResource: &one, ExpirePolicy: &on},
			wants:    map[expiry.Want]string{expiry.WantPayPerUse: "closed"},
		},
		"in a status that nobody knows": {
			resource: bssapi.Resource{Status: 77, IsMainResource: &one, ExpirePolicy: &payPerUse},
			wants:    map[expiry.Want]string{expiry.WantAutoRenew: "unknown(77)"},
		},
	} {
		for _, want := range []expiry.Want{expiry.WantAutoRenew, expiry.WantPayPerUse, expiry.WantManual, expiry.WantNoAutoRenew} {
			if err := expiry.Check(test.resource, want); test.wants[want] == "" && err != nil {
				t.Errorf("%s, %v: %v", name, want, err)
			} else if test.wants[want] != "" {
				simtest.Refused(t, err, act.FieldResourceID, test.wants[want])
			}
		}
	}
}
