// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

const serverID = "server"

// desk is an account with a server, and what sets its policy, under a clock that the
// test drives.
type desk struct {
	*simtest.Account

	t        *testing.T
	clock    *clocktest.Clock
	wire     *simtest.Wire
	policies *expiry.Policies
}

// newDesk has a server that ends in five days, unless values say otherwise.
func newDesk(t *testing.T, options bsssim.Options, values map[string]any, change ...func(*act.Conditions)) *desk {
	t.Helper()

	clock := clocktest.New(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	timing := expiry.DefaultTiming()
	timing.Attempts = 3
	conditions := act.Conditions{Clock: clock, Timing: timing, Locks: &act.Locks{}}

	for _, apply := range change {
		apply(&conditions)
	}

	simulated, wire := simtest.Inside(t, clock, options, bssapi.WithMaxRetries(0))
	d := &desk{Account: simulated, t: t, clock: clock, wire: wire}

	complete := map[string]any{"resource_id": serverID, "expire_time": "120h", "monthly_price": "120.00"}
	for name, value := range values {
		complete[name] = value
	}

	d.console("set_balance", map[string]any{"amount": "100000.00"})
	d.console("add_resource", complete)

	reader := subscription.NewReader(simulated.Client, clock, subscription.DefaultReadTiming())
	d.policies = expiry.New(simulated.Client, reader, conditions)

	return d
}

func (d *desk) console(act string, values map[string]any) {
	d.t.Helper()

	if _, err := d.Console(act, values); err != nil {
		d.t.Fatalf("%s: %v", act, err)
	}
}

func (d *desk) fault(fault bsssim.Fault) {
	d.t.Helper()

	if err := d.AddFault(fault); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) server() *bsssim.Resource { return d.World().Resources[0] }

// calls counts the calls that turn automatic renewal on.
func (d *desk) calls() int {
	count := 0

	for _, request := range d.Requests() {
		if request.Operation == "enable_auto_renew" {
			count++
		}
	}

	return count
}

// does is something that is done to the server at the console.
func does(act string) func(d *desk) {
	return func(d *desk) { d.console(act, map[string]any{"resource_id": serverID}) }
}

func times(count int) *int { return &count }

// TestTurnOn: what comes of turning automatic renewal on, by what its answer says and
// the resource shows. A doubt is told, and never more than one call acts.
func TestTurnOn(t *testing.T) {
	t.Parallel()

	far := map[string]any{"expire_time": "2000h"}
	lags := bsssim.Options{Lag: bsssim.Transition{Duration: 10 * time.Minute}}

	for name, test := range map[string]struct {
		options bsssim.Options
		values  map[string]any
		setting expiry.Setting
		fault   bsssim.Fault
		// arrange is done before the setting.
		arrange func(d *desk)
		doubt   bool
		says    string
		calls   int
		on      bool
		// payments are those of the platform.
		payments int
	}{
		"it shows":           {values: far, calls: 1, on: true},
		"once, and ended":    {setting: expiry.Setting{Times: times(1)}, calls: 1, payments: 1},
		"lost, and shows":    {values: far, fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, calls: 1, on: true},
		"lost, and not made": {values: far, fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, doubt: true, calls: 1},
		"lost, once and ended": {
			setting: expiry.Setting{Times: times(1)}, fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, doubt: true, calls: 1, payments: 1,
		},
		"a server's error": {values: far, fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore}, doubt: true, calls: 1},
		"accepted, unseen": {options: lags, values: far, doubt: true, calls: 1, on: true},
		"throttled, untouched": {
			values: far, fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: 1}, calls: 2, on: true,
		},
		"throttled for ever": {
			values: far, fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: -1},
			says: "was not turned on", calls: 3,
		},
		"throttled after it renewed": {
			setting: expiry.Setting{Times: times(1)}, fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"},
			doubt: true, calls: 1, payments: 1,
		},
		"refused": {
			values: far, fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003602"}, says: "was not turned on", calls: 1,
		},
		"in doubt before, unmoved": {values: far, setting: expiry.Setting{InDoubt: true, Times: times(1)}, calls: 1, on: true},
		"in doubt before, on": {
			values: map[string]any{"expire_time": "2000h", "expire_policy": 3}, setting: expiry.Setting{InDoubt: true, Times: times(1)}, on: true,
		},
		"in doubt before, moved": {
			values: far, setting: expiry.Setting{InDoubt: true, Times: times(1), ExpireTime: "2026-12-01T00:00:00Z"}, doubt: true,
		},
		"terms in doubt, moved": {
			values: map[string]any{"expire_time": "2000h", "expire_policy": 3},
			setting: expiry.Setting{
				InDoubt: true, SendTerms: true, Times: times(1), ExpireTime: "2026-12-01T00:00:00Z",
			},
			on: true,
		},
		"new terms, lost": {
			values: map[string]any{"expire_time": "2000h", "expire_policy": 3}, setting: expiry.Setting{SendTerms: true, Times: times(2)},
			fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, doubt: true, calls: 1, on: true,
		},
		"throttled by another than the API": {
			values: far, fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "PROXY.1"}, doubt: true, calls: 1,
		},
		"new terms, throttled by another than the API": {
			values:  map[string]any{"expire_time": "2000h", "expire_policy": 3},
			setting: expiry.Setting{SendTerms: true, Times: times(2)},
			fault:   bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "PROXY.1"}, doubt: true, calls: 1, on: true,
		},
		"new terms, throttled": {
			values:  map[string]any{"expire_time": "2000h", "expire_policy": 3},
			setting: expiry.Setting{SendTerms: true, Times: times(2)},
			fault:   bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"}, doubt: true, calls: 1, on: true,
		},
		"beside pay-per-use": {
			options: bsssim.Options{Settings: map[string]string{"setup_replaces_autorenew": "off"}},
			values:  map[string]any{"expire_time": "2000h", "expire_policy": 1}, calls: 1, on: true,
		},
		"expired": {values: far, arrange: does("expire"), says: "out of use"},
		"closed":  {values: far, arrange: does("close_resource"), says: "is closed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := newDesk(t, test.options, test.values)
			if test.arrange != nil {
				test.arrange(d)
			}

			if test.options.Lag != (bsssim.Transition{}) {
				d.Advance(time.Hour)
			}

			if test.fault.Kind != "" {
				test.fault.Operation = "enable_auto_renew"
				d.fault(test.fault)
			}

			setting := test.setting
			setting.ResourceID, setting.Want = serverID, expiry.WantAutoRenew

			if setting.InDoubt && setting.ExpireTime == "" {
				setting.ExpireTime = d.server().ExpireTime.UTC().Format(bssapi.TimeLayout)
			}

			outcome, warnings, err := d.policies.Set(t.Context(), setting)

			var refusal *act.Refusal
			if refused := errors.As(err, &refusal); refused != (test.says != "") || refused && !strings.Contains(fmt.Sprint(err), test.says) {
				t.Errorf("error %v, want one that says %q", err, test.says)
			}

			if outcome.InDoubt != test.doubt || test.doubt && (len(warnings) != 1 || !strings.Contains(warnings[0].Summary, serverID)) {
				t.Errorf("in doubt %t, want %t; warnings %v", outcome.InDoubt, test.doubt, warnings)
			}

			payments := len(d.World().Payments)
			if d.calls() != test.calls || d.server().AutoRenew.On != test.on || payments != test.payments {
				t.Errorf("%d calls, on %t, %d payments, want %d, %t, %d",
					d.calls(), d.server().AutoRenew.On, payments, test.calls, test.on, test.payments)
			}
		})
	}
}

// TestTurnOnRemembered: that turning on was accepted is remembered, whatever becomes of
// taking pay-per-use off after it. It is not sent again once the term has moved.
func TestTurnOnRemembered(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]bsssim.Fault{
		"lost":           {Kind: bsssim.FaultDropBefore},
		"a server error": {Kind: bsssim.FaultStatusBefore},
		"throttled":      {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: -1},
		"refused":        {Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d := newDesk(t, bsssim.Options{Settings: map[string]string{"setup_replaces_autorenew": "off"}},
				map[string]any{"expire_time": "2000h", "expire_policy": 1})
			fault.Operation = "set_to_on_demand_on_expiry"
			d.fault(fault)

			// Pay-per-use shows until it is taken off.
			d.wire.On("/suscriptions/resources/query", func(_ int, deliver func() simtest.Reply) simtest.Reply {
				return simtest.Edited(t, deliver(), func(answer map[string]any) {
					for _, row := range simtest.Rows(answer, "data") {
						if d.server().OnDemand {
							row["expire_policy"] = 1
						}
					}
				})
			})

			setting := expiry.Setting{ResourceID: serverID, Want: expiry.WantAutoRenew, Times: times(1)}
			before := d.server().ExpireTime.UTC().Format(bssapi.TimeLayout)

			ctx, cancel := d.clock.Within(t.Context(), 5*time.Minute)
			defer cancel()

			outcome, warnings, err := d.policies.Set(ctx, setting)
			if err != nil || !outcome.InDoubt || len(warnings) != 1 || d.calls() != 1 || !d.server().AutoRenew.On {
				t.Fatalf("%+v, %v, %v; %d calls", outcome, warnings, err, d.calls())
			}

			d.ClearFaults()
			d.console("renew", map[string]any{"resource_id": serverID, "period_type": 2, "period_num": 1})

			setting.InDoubt, setting.ExpireTime = true, before

			outcome, _, err = d.policies.Set(t.Context(), setting)
			if err != nil || !outcome.InDoubt || d.calls() != 1 {
				t.Errorf("%+v, %v; %d calls", outcome, err, d.calls())
			}
		})
	}
}

// TestTurnOnNotAllowed: without the account, or where spending is denied, nothing is
// turned on; turning off spends nothing.
func TestTurnOnNotAllowed(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		change   func(*act.Conditions)
		says     string
		turnsOff bool
	}{
		"account": {func(c *act.Conditions) {
			c.Account = func(context.Context, string) error { return errors.New("another account") }
		},
			"Another account.", false},
		"spending": {func(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) }, "Spending is denied", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			for _, want := range []expiry.Want{expiry.WantAutoRenew, expiry.WantNoAutoRenew} {
				on := want == expiry.WantNoAutoRenew
				d := newDesk(t, bsssim.Options{}, map[string]any{"expire_policy": map[bool]int{true: 3, false: 0}[on]}, test.change)

				_, _, err := d.policies.Set(t.Context(), expiry.Setting{ResourceID: serverID, Want: want})

				if refused := err != nil && strings.Contains(fmt.Sprint(err), test.says); refused == (on && test.turnsOff) {
					t.Errorf("want %d: %v", want, err)
				}

				if changed := changes(d.Account) > 0; changed != (on && test.turnsOff) {
					t.Errorf("want %d: %d calls", want, changes(d.Account))
				}
			}
		})
	}
}

// TestReleasedAndTurnedOn: what a destruction of this run has turned off is turned on
// again without the number of renewals, also where nothing may be spent.
func TestReleasedAndTurnedOn(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		change func(*act.Conditions)
		times  int
		left   int
	}{
		"the same times":     {func(*act.Conditions) {}, 3, 3},
		"other times":        {func(*act.Conditions) {}, 5, 5},
		"denied":             {func(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) }, 3, 3},
		"denied, other ones": {func(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) }, 5, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			guard := spending.New(spending.Policy{})
			d := newDesk(t, bsssim.Options{}, map[string]any{"expire_time": "2000h"}, func(c *act.Conditions) { c.Spending = guard })
			on := expiry.Setting{ResourceID: serverID, Want: expiry.WantAutoRenew, Times: times(3)}

			if _, _, err := d.policies.Set(t.Context(), on); err != nil {
				t.Fatal(err)
			}

			// The same account in the next run.
			conditions := act.Conditions{Clock: d.clock, Timing: expiry.DefaultTiming(), Locks: &act.Locks{}}
			test.change(&conditions)

			reader := subscription.NewReader(d.Client, d.clock, subscription.DefaultReadTiming())
			policies := expiry.New(d.Client, reader, conditions)

			off := expiry.Setting{ResourceID: serverID, Want: expiry.WantNoAutoRenew, Times: times(3)}
			if released, _, err := policies.Release(t.Context(), off, &expiry.Claims{}); err != nil || !released || !policies.Released(serverID) {
				t.Fatalf("released %t, %v", released, err)
			}

			on.Times = times(test.times)

			if _, _, err := policies.Set(t.Context(), on); err != nil {
				t.Fatal(err)
			}

			if renewal := d.server().AutoRenew; !renewal.On || renewal.Left != test.left {
				t.Errorf("%+v, want %d left", renewal, test.left)
			}
		})
	}
}

// TestSettles: a doubt can be settled while the term stands where it stood, or once
// automatic renewal shows.
func TestSettles(t *testing.T) {
	t.Parallel()

	const before, after = "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"

	for _, test := range []struct {
		policy  int
		expires string
		status  bssapi.ResourceStatus
		want    bool
	}{
		{0, before, bssapi.ResourceStatusInUse, true},
		{3, after, bssapi.ResourceStatusInUse, true},
		{0, after, bssapi.ResourceStatusInUse, false},
		{0, before, bssapi.ResourceStatusExpired, false},
	} {
		resource := bssapi.Resource{ExpirePolicy: &test.policy, ExpireTime: test.expires, Status: test.status}
		if got := expiry.Settles(resource, before); got != test.want {
			t.Errorf("%+v: %t", test, got)
		}
	}
}

// TestTurnOnInterrupted: who is interrupted once the call is sent still finds out.
func TestTurnOnInterrupted(t *testing.T) {
	t.Parallel()

	d := newDesk(t, bsssim.Options{}, map[string]any{"expire_time": "2000h"})
	ctx, interrupt := context.WithCancel(t.Context())

	d.wire.On("/autorenew/", func(_ int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		reply.Read = interrupt

		return reply
	})

	outcome, warnings, err := d.policies.Set(ctx, expiry.Setting{ResourceID: serverID, Want: expiry.WantAutoRenew})
	if err != nil || len(warnings) > 0 || outcome.InDoubt || !expiry.WantAutoRenew.Met(outcome.Resource) {
		t.Errorf("%+v, %v, %v", outcome, warnings, err)
	}
}

// TestClosedIsOff: a closed resource has nothing to turn off.
func TestClosedIsOff(t *testing.T) {
	t.Parallel()

	d := newDesk(t, bsssim.Options{}, map[string]any{"expire_policy": int(bssapi.ExpirePolicyAutoRenew)})
	d.console("close_resource", map[string]any{"resource_id": serverID})

	if _, warnings, err := d.policies.Set(t.Context(), expiry.Setting{ResourceID: serverID, Want: expiry.WantNoAutoRenew}); err != nil {
		t.Errorf("%v, %v", warnings, err)
	}

	// It still shows as on, and takes no terms.
	setting := expiry.Setting{ResourceID: serverID, Want: expiry.WantAutoRenew, Times: times(2), SendTerms: true}
	if _, warnings, err := d.policies.Set(t.Context(), setting); err != nil {
		t.Errorf("%v, %v", warnings, err)
	}

	for _, request := range d.Requests() {
		if request.Mutation {
			t.Errorf("%s was sent", request.Operation)
		}
	}
}

// TestOnAlready: what is on, for example since a run that was killed, and cannot be
// turned on again, is refused with the ways out.
func TestOnAlready(t *testing.T) {
	t.Parallel()

	d := newDesk(t, bsssim.Options{Settings: map[string]string{"enable_twice": "error"}}, map[string]any{"expire_time": "2000h"})
	setting := expiry.Setting{ResourceID: serverID, Want: expiry.WantAutoRenew, Times: times(2), SendTerms: true}

	if _, _, err := d.policies.Set(t.Context(), setting); err != nil {
		t.Error(err)
	}

	_, _, err := d.policies.Set(t.Context(), setting)
	simtest.Refused(t, err, act.FieldResourceID, "is on already", "import it", "turn it off")
}
