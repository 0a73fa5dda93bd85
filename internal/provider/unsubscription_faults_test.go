// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// unsubscribeFaults is every way in which the call can go wrong, among them the
// refusals that say that nothing was done, and those that the call itself can
// bring about.
func unsubscribeFaults() map[string]bsssim.Fault {
	faults := callFaults(lateDelay)
	maps.Copy(faults, map[string]bsssim.Fault{
		"transaction before":       {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003651"},
		"transaction after":        {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003651"},
		"order before":             {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003144"},
		"order after":              {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003144"},
		"gone before":              {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.30000067"},
		"gone after":               {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.30000067"},
		"unknown after":            {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003012"},
		"released after":           {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003631"},
		"unsubscribed after":       {Kind: bsssim.FaultStatusAfter, Status: 200, Code: "CBC.3124"},
		"unpaid order before":      {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003100"},
		"unpaid order after":       {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003100"},
		"no renewed term after":    {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003128"},
		"frozen after":             {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003656"},
		"look-up of bill, nothing": {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99006066"},
	})

	return faults
}

// TestUnsubscriptionFaults lets the call go wrong in every way, applies twice,
// and holds the world against the promise: at most one call that acted, one
// refund, nothing tainted, an empty plan.
func TestUnsubscriptionFaults(t *testing.T) {
	t.Parallel()

	operations := map[string]string{scopeAll: "unsubscribe_resources", scopeRenewals: "unsubscribe_resources"}
	throughFaults(t, unsubscribeFaults(), operations, "an unsubscription", unsubscribeThroughFault)
}

func unsubscribeThroughFault(t *testing.T, cell faultCell) {
	t.Helper()

	w := newRenewedWorld(t, cell.options())
	arguments := unsubscriptionArguments(renewedServer, cell.variant)

	c := newCore(w, typeUnsubscription)
	firstRun := cell.firstRun(t, c, arguments)

	sent, acted := w.unsubscribeCalls()

	// What is refused for certain may be sent again after a look; what is in
	// doubt is not.
	if most := map[bool]int{true: 5, false: 1 + cell.earlier}[cell.fault.Status == 429]; sent > most {
		t.Errorf("%d unsubscriptions were sent by one run, want %d at most", sent, most)
	}

	// What was done is found out at once, however wrong its answer was; what arrives
	// later cannot be.
	if acted == 1 && firstRun.failed() && cell.fault.Delay <= time.Second {
		t.Errorf("the first apply unsubscribed, and failed:\n%s", firstRun)
	}

	cell.secondRun(t, c, arguments, firstRun)
	wantUnsubscribed(t, w, c, cell.variant)

	c.plansNothing(t.Context(), arguments)
}

// TestUnsubscriptionLookFails: a look that fails refuses, and nothing is sent.
func TestUnsubscriptionLookFails(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"list_resources", "list_orders"} {
		for name, fault := range lookFaults() {
			t.Run(operation+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := newRenewedWorld(t, bsssim.Options{})
				arguments := unsubscriptionArguments(renewedServer, scopeAll)

				c := newCore(w, typeUnsubscription)
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				// The plan at apply may read the resource; the look after it fails.
				fault.Operation, fault.Times = operation, -1
				fault.After = map[string]int{"list_resources": 1}[operation]
				addFault(t, w, fault)

				if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() {
					t.Errorf("applied without a look: %s", diags)
				}

				if sent, _ := w.unsubscribeCalls(); sent != 0 {
					t.Errorf("%d unsubscriptions after a look that failed", sent)
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Errorf("the next apply failed: %s", diags)
				}

				wantUnsubscribed(t, w, c, scopeAll)
			})
		}
	}
}

// TestUnsubscriptionLookAfterFails: what was done is not known where the look
// after the call fails; the next apply finds out.
func TestUnsubscriptionLookAfterFails(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]*bsssim.Fault{
		"accepted": nil,
		"lost":     {Operation: "unsubscribe_resources", Kind: bsssim.FaultDropAfter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newRenewedWorld(t, bsssim.Options{})
				arguments := unsubscriptionArguments(renewedServer, scopeAll)
				arguments["timeouts"] = timeoutsOf("1500ms", "5s")

				c := newCore(w, typeUnsubscription)
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}

				plan := c.plan(t.Context(), arguments)

				if fault != nil {
					addFault(t, w, *fault)
				}

				addFault(t, w, bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, After: 2, Times: -1})

				diags := c.apply(t.Context(), plan)
				if diags.failed() != (fault != nil) || c.tainted || c.absent() != (fault != nil) {
					t.Fatalf("failed: %t, tainted: %t, absent: %t\n%s", diags.failed(), c.tainted, c.absent(), diags)
				}

				if fault != nil && (!diags.errorAt("resource_id") || !strings.Contains(diags.String(), "Unsubscription is in doubt")) {
					t.Errorf("want a doubt at resource_id, got %s", diags)
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}

				wantUnsubscribed(t, w, c, scopeAll)

				if sent, _ := w.unsubscribeCalls(); sent != 1 {
					t.Errorf("%d unsubscriptions, want one", sent)
				}
			})
		})
	}
}

// TestUnsubscriptionLag: reads that show a change late bring no second call, and
// no word that is not so.
func TestUnsubscriptionLag(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]*bsssim.Fault{
		"accepted":   nil,
		"lost":       {Operation: "unsubscribe_resources", Kind: bsssim.FaultDropAfter},
		"429, acted": {Operation: "unsubscribe_resources", Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"},
	} {
		for _, gone := range []string{"CBC.30000067", "CBC.99003012"} {
			for _, scope := range []string{scopeAll, scopeRenewals} {
				t.Run(name+"/"+gone+"/"+scope, func(t *testing.T) {
					t.Parallel()
					synctest.Test(t, func(t *testing.T) {
						w := newRenewedWorld(t, bsssim.Options{
							Lag: bsssim.Transition{Reads: 4}, Settings: map[string]string{"gone_code": gone, "server_locks": "off"},
						})

						// The renewal before lags too.
						c := newCore(w, typeUnsubscription)
						for range 5 {
							c.plan(t.Context(), unsubscriptionArguments(renewedServer, scope))
						}

						if fault != nil {
							addFault(t, w, *fault)
						}

						arguments := unsubscriptionArguments(renewedServer, scope)
						for range 3 {
							if diags := c.run(t.Context(), arguments); c.tainted {
								t.Fatal(diags)
							}
						}

						for range 5 {
							if diags := c.refresh(t.Context()); diags.failed() {
								t.Fatal(diags)
							}
						}

						wantUnsubscribed(t, w, c, scope)

						if plan := c.plan(t.Context(), arguments); !plan.empty() {
							t.Errorf("the plan after is not empty: %s", plan.value)
						}
					})
				})
			}
		}
	}
}

// eachUnfinished runs a test for each scope, and for each status that an order
// has for an hour, until it is carried out.
func eachUnfinished(
	t *testing.T, locks string, test func(t *testing.T, w *world, scope string, arguments map[string]tftypes.Value),
) {
	t.Helper()

	for _, status := range []string{"3", "2"} {
		for _, scope := range []string{scopeAll, scopeRenewals} {
			t.Run(scope+"/order in status "+status, func(t *testing.T) {
				t.Parallel()

				w := newRenewedWorld(t, bsssim.Options{
					Processing: bsssim.Transition{Duration: time.Hour},
					Settings:   map[string]string{"server_locks": locks, "unsubscription_status": status},
				})
				arguments := unsubscriptionArguments(renewedServer, scope)
				arguments["timeouts"] = timeoutsOf("1500ms", "1500ms")

				test(t, w, scope, arguments)
			})
		}
	}
}

// TestUnsubscriptionUnderWay: an unsubscription that was cut off is waited for,
// with the server's locks off too, and never sent again.
func TestUnsubscriptionUnderWay(t *testing.T) {
	t.Parallel()

	eachUnfinished(t, "off", func(t *testing.T, w *world, scope string, arguments map[string]tftypes.Value) {
		// Its state is lost.
		if diags := newCore(w, typeUnsubscription).run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		c := newCore(w, typeUnsubscription)

		diags := c.run(t.Context(), arguments)
		if !diags.errorAt("resource_id") || !strings.Contains(diags.String(), "An unsubscription may be under way") ||
			!strings.Contains(diags.String(), w.refunds(renewedServer)[0]) || !c.absent() {
			t.Errorf("want an error that names the order, got %s", diags)
		}

		w.Advance(2 * time.Hour)

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		wantUnsubscribed(t, w, c, scope)
	})
}

// TestUnsubscriptionTwins: two resources of one product are unsubscribed in one
// run, and a lost answer of one takes nothing from the other.
func TestUnsubscriptionTwins(t *testing.T) {
	t.Parallel()

	const twins = 6

	w := newWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 4}, Settings: map[string]string{"server_locks": "off"}})
	for i := range twins {
		w.console(
			"add_resource",
			map[string]any{"resource_id": fmt.Sprintf("twin-%d", i), "expire_time": "720h", "monthly_price": fmt.Sprintf("%d.00", 30+i)},
		)
	}

	addFault(t, w, bsssim.Fault{Operation: "unsubscribe_resources", Kind: bsssim.FaultDropAfter, After: 1})

	base := newCore(w, typeUnsubscription)

	p, diags := base.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	cores := make([]*core, twins)
	done := make(chan diagnostics, twins)

	for i := range twins {
		cores[i] = newCore(w, typeUnsubscription)
		plan := cores[i].plan(t.Context(), unsubscriptionArguments(fmt.Sprintf("twin-%d", i), scopeAll))

		go func() { done <- cores[i].applyWith(context.WithoutCancel(t.Context()), p, plan) }()
	}

	for range twins {
		if diags := <-done; diags.failed() {
			t.Error(diags)
		}
	}

	for i, c := range cores {
		id := fmt.Sprintf("twin-%d", i)

		if got := w.refunds(id); len(got) != 1 || show(c.attribute("status")) != "unsubscribed" {
			t.Errorf("%s: unsubscriptions = %q, state %s", id, got, c.state)
		} else if order := show(c.attribute("order_id")); order != "null" && order != got[0] {
			t.Errorf("%s: order_id = %s, want %s", id, order, got[0])
		}
	}

	if sent, _ := w.unsubscribeCalls(); sent != twins {
		t.Errorf("%d unsubscriptions, want %d", sent, twins)
	}
}

// TestUnsubscriptionParallel: two resources of one id in one process send one
// call.
func TestUnsubscriptionParallel(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]*bsssim.Fault{
		"accepted": nil,
		"in doubt": {Operation: "unsubscribe_resources", Kind: bsssim.FaultDropBefore},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{
				Processing: bsssim.Transition{Reads: 6}, Settings: map[string]string{"server_locks": "off"},
			})
			base := newCore(w, typeUnsubscription)

			p, diags := base.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			saved := base.plan(t.Context(), unsubscriptionArguments(renewedServer, scopeAll))

			if fault != nil {
				addFault(t, w, *fault)
			}

			cores := make([]*core, 5)
			done := make(chan diagnostics, len(cores))

			for i := range cores {
				cores[i] = newCore(w, typeUnsubscription)

				go func() { done <- cores[i].change(context.WithoutCancel(t.Context()), p, saved) }()
			}

			for range cores {
				if diags := <-done; diags.failed() != (fault != nil) {
					t.Error(diags)
				}
			}

			// All of them know what one has done.
			for _, c := range cores {
				if fault == nil && show(c.attribute("order_id")) != w.refunds(renewedServer)[0] {
					t.Errorf("state = %s", c.state)
				}
			}

			if sent, _ := w.unsubscribeCalls(); sent != 1 {
				t.Errorf("%d unsubscriptions in one process, want one", sent)
			}
		})
	}
}
