// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestRenewalTwoStates applies one configuration from two states at the same
// time: the term is paid once, and whatever order is left is named.
func TestRenewalTwoStates(t *testing.T) {
	t.Parallel()

	for _, locks := range []string{"on", "off"} {
		for round := range 10 {
			t.Run(fmt.Sprintf("locks %s/%d", locks, round), func(t *testing.T) {
				t.Parallel()

				w := renewalWorld(t, bsssim.Options{
					Processing: bsssim.Transition{Duration: 30 * time.Millisecond}, Settings: map[string]string{"server_locks": locks},
				})
				arguments := renewalTo(t, "2027-03-31", "120")

				// What each of them meets depends on how far apart they are.
				if round%2 == 1 {
					addFault(
						t,
						w,
						bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDelayAfter, Delay: time.Duration(round*20) * time.Millisecond},
					)
				}

				cores := []*core{newCore(w, "bss_renewal"), newCore(w, "bss_renewal")}
				said := together(cores, func(_ int, c *core) string { return c.run(t.Context(), arguments).String() })

				if sent, acted := w.payCalls(); acted > 1 {
					t.Errorf("%d of %d paying calls acted, want one at most:\n%s", acted, sent, strings.Join(said, "\n"))
				}

				if left := w.unpaid(); len(left) > 1 {
					t.Errorf("orders %v are left unpaid, want one at most", left)
				}

				w.Advance(time.Minute)

				for _, c := range cores {
					if c.tainted {
						t.Fatalf("an apply left a tainted resource:\n%s", strings.Join(said, "\n"))
					}

					plan := c.plan(t.Context(), arguments)
					said = append(said, plan.diagnostics.String())

					if plan.diagnostics.failed() {
						allNamed(t, w, strings.Join(said, "\n"))
						cancelUnpaid(w)
					}

					if diags := c.run(t.Context(), arguments); diags.failed() {
						t.Fatalf("the next apply failed: %s\nafter:\n%s", diags, strings.Join(said, "\n"))
					}

					has(t, c.state, map[string]string{"status": "reached", "expire_time": w.serverEnds()})
				}

				allNamed(t, w, strings.Join(said, "\n"))
				paidOneOrder(t, w, "120")

				if got := w.serverEnds(); got != "2027-03-31T15:59:59Z" {
					t.Errorf("the resource ends at %s", got)
				}
			})
		}
	}
}

// together runs something for several cores at the same time.
func together(cores []*core, run func(i int, c *core) string) []string {
	said := make([]string, len(cores))
	start := make(chan struct{})

	var running sync.WaitGroup

	for i, c := range cores {
		running.Go(func() {
			<-start

			said[i] = run(i, c)
		})
	}

	close(start)
	running.Wait()

	return said
}

// TestRenewalTwoStatesCLI does the same once with two runs of the CLI.
func TestRenewalTwoStatesCLI(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Millisecond}})
	c := newCLI(t, w, renewalConfig("2027-03-31", "120"))
	said := make([]string, 2)

	var running sync.WaitGroup

	for i := range said {
		apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve", "-state="+filepath.Join(c.dir, fmt.Sprint(i)))

		running.Go(func() {
			_ = apply.Run()
			said[i] = output.String()
		})
	}

	running.Wait()
	w.Advance(time.Minute)

	for i := range said {
		c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-state="+filepath.Join(c.dir, fmt.Sprint(i)))
	}

	allNamed(t, w, strings.Join(said, "\n"))
	paidOneOrder(t, w, "120")
}

// TestRenewalTwins renews ten resources of one product and expiry in one
// process, and loses answers: nobody's order is taken for another's.
func TestRenewalTwins(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		// lost is how many answers are lost: so many applies fail at first, since no
		// answer named their orders.
		lost int
		// named says that the next plan can tell which order is whose.
		named bool
	}{
		"none lost":                 {nil, 0, false},
		"one lost":                  {nil, 1, false},
		"two lost":                  {nil, 2, false},
		"one lost, locks off":       {map[string]string{"server_locks": "off"}, 1, false},
		"one lost, found by orders": {map[string]string{"order_query_finds_renewals": "on"}, 1, true},
		"two lost, found by orders": {map[string]string{"order_query_finds_renewals": "on"}, 2, true},
		"none lost, without times":  {map[string]string{"unpaid_line_times": "off"}, 0, false},
		"one lost, without times":   {map[string]string{"unpaid_line_times": "off"}, 1, false},
		"two lost, without times":   {map[string]string{"unpaid_line_times": "off"}, 2, false},
		"one lost, without times, found by orders": {
			map[string]string{"unpaid_line_times": "off", "order_query_finds_renewals": "on"}, 1, true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Millisecond}, Settings: test.settings})
			renewTwins(t, w, test.lost, test.named)
		})
	}
}

func renewTwins(t *testing.T, w *world, lost int, named bool) {
	t.Helper()

	const count = 10

	ids, cores := make([]string, count), make([]*core, count)
	plans := make([]*planned, count)

	for i := range count {
		ids[i], cores[i] = fmt.Sprintf("twin-%d", i), newCore(w, "bss_renewal")
		// One is there already.
		if i == 0 {
			ids[i] = renewedID

			continue
		}

		w.console("add_resource", map[string]any{"resource_id": ids[i], "expire_time": "2027-01-31T15:59:59Z", "monthly_price": "60.00"})
	}

	arguments := func(i int) map[string]tftypes.Value {
		arguments := renewalTo(t, "2027-03-31", "120")
		arguments["resource_id"] = str(ids[i])

		return arguments
	}

	p, diags := cores[0].start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	for i, c := range cores {
		plans[i] = c.planWith(t.Context(), p, arguments(i))
	}

	if lost > 0 {
		addFault(t, w, bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDropAfter, After: 3, Times: lost})
	}

	// The apply is a run of its own.
	if p, diags = cores[0].start(t.Context()); diags.failed() {
		t.Fatal(diags)
	}

	failed := make([]bool, count)
	said := together(cores, func(i int, c *core) string {
		diags := c.applyWith(t.Context(), p, plans[i])
		failed[i] = diags.failed()

		return diags.String()
	})

	all := strings.Join(said, "\n")

	for i := range failed {
		if failed[i] != (w.expiry(ids[i]) == "2027-01-31T15:59:59Z") {
			t.Errorf("%s: failed %t, ends at %s:\n%s", ids[i], failed[i], w.expiry(ids[i]), said[i])
		}

		if cores[i].tainted {
			t.Errorf("%s is tainted", ids[i])
		}
	}

	left := len(w.unpaid())
	if got := count - len(slices.DeleteFunc(slices.Clone(failed), func(failed bool) bool { return failed })); got != lost {
		t.Errorf("%d applies failed, want %d:\n%s", got, lost, all)
	}

	if len(w.World().Payments) != count-lost || left != lost {
		t.Errorf("%d payments and %d unpaid orders, want %d and %d", len(w.World().Payments), left, count-lost, lost)
	}

	allNamed(t, w, all)

	// In a fleet, likeness tells nothing: what is left waits for somebody who can
	// tell which order is whose.
	if !named {
		for i, c := range cores {
			if failed[i] {
				plan := c.plan(t.Context(), arguments(i))
				plan.diagnostics.says(t, "resource_id", w.unpaid()...)
			}
		}

		for _, id := range w.unpaid() {
			w.console("pay_order", map[string]any{"order_id": id})
		}
	}

	w.Advance(time.Minute)

	for i, c := range cores {
		if diags := c.run(t.Context(), arguments(i)); diags.failed() {
			t.Errorf("%s, again: %s", ids[i], diags)
		}

		has(t, c.state, map[string]string{"status": "reached", "expire_time": "2027-03-31T15:59:59Z"})
	}

	if orders := w.World().Orders; len(orders) != len(w.World().Payments) || len(w.unpaid()) != 0 || len(orders) < count {
		t.Errorf("%d orders, %d payments, unpaid %v", len(orders), len(w.World().Payments), w.unpaid())
	}

	for _, order := range w.World().Orders {
		if len(w.payments(order.OrderID)) != 1 {
			t.Errorf("order %s: payments %v", order.OrderID, w.payments(order.OrderID))
		}
	}
}

// TestRenewalOneProcess applies one resource several times at once in one
// process: one of them renews it, and the rest find it done.
func TestRenewalOneProcess(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Millisecond}})
	cores := make([]*core, 5)

	for i := range cores {
		cores[i] = newCore(w, "bss_renewal")
	}

	p, diags := cores[0].start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	plan := cores[0].planWith(t.Context(), p, renewalTo(t, "2027-03-31", "120"))
	said := together(cores, func(_ int, c *core) string { return c.change(t.Context(), p, plan).String() })

	for i, c := range cores {
		// One that comes too late for the plan may fail, but leaves nothing behind.
		if c.tainted {
			t.Errorf("tainted: %s", said[i])
		}
	}

	if w.sent("renew_resources") != 1 || w.sent("pay_order") != 1 {
		t.Errorf("%d renewals and %d paying calls were sent, want one each", w.sent("renew_resources"), w.sent("pay_order"))
	}

	paidOneOrder(t, w, "120")
}
