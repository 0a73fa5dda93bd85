// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const renewalAddress = "bss_renewal.this"

// renewalConfig reaches a day by months.
func renewalConfig(day, most string) string {
	return fmt.Sprintf(`
provider "bss" {
  request_timeout = "1s"
}

resource "bss_renewal" "this" {
  resource_id  = %q
  paid_through = %q
  period_unit  = "month"
  max_amount   = %s
}
`, renewedID, day, most)
}

// TestRenewalFaultsCLI is a sample of the matrix of faults through the CLI.
func TestRenewalFaultsCLI(t *testing.T) {
	t.Parallel()

	faults := renewalFaults()

	for _, sample := range []struct{ operation, name, locks string }{
		{"renew_resources", "drop after", "on"},
		{"renew_resources", "order in progress in 200", "off"},
		{"renew_resources", "deleted after", "on"},
		{"pay_order", "drop before", "off"},
		{"pay_order", "status after", "off"},
		{"cancel_order", "drop after", "on"},
	} {
		t.Run(sample.operation+"/"+sample.name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{
				Processing: bsssim.Transition{Duration: 30 * time.Millisecond}, Settings: map[string]string{"server_locks": sample.locks},
			})

			if sample.operation == "cancel_order" {
				repriceOrders(w, 1)
			}

			fault := faults[sample.operation][sample.name]
			fault.Operation = sample.operation
			addFault(t, w, fault)

			settleCLI(t, w, newCLI(t, w, renewalConfig("2027-03-31", "120")))
		})
	}
}

// settleCLI applies until the day is reached, as settle does over the protocol.
func settleCLI(t *testing.T, w *world, c *cli) {
	t.Helper()

	said, code := "", 1

	for range 4 {
		var output string

		code, output = c.run("apply", "-no-color", "-input=false", "-auto-approve")
		said += output

		if found := c.resource(renewalAddress); found != nil && found.Tainted {
			t.Fatalf("an apply left a tainted resource:\n%s", output)
		}

		if code == 0 {
			break
		}

		w.Advance(time.Minute)
	}

	if code != 0 {
		t.Fatalf("the day is not reached:\n%s", said)
	}

	c.empty()
	allNamed(t, w, said)
	paidOneOrder(t, w, "120")

	found := c.resource(renewalAddress)
	if found == nil || found.Values["status"] != "reached" || found.Values["expire_time"] != w.serverEnds() {
		t.Fatalf("state = %v", found)
	}

	if paid := found.Values["amount_paid"]; paid != nil && paid != 120.0 {
		t.Errorf("amount_paid = %v", paid)
	}
}

// TestRenewalKilled ends the provider with SIGKILL before and after each of its
// calls, and applies again: with a new plan, or with the same saved one. The
// term is paid once.
func TestRenewalKilled(t *testing.T) {
	t.Parallel()

	for _, boundary := range boundaries(t) {
		t.Run(boundary.String(), func(t *testing.T) {
			t.Parallel()
			renewKilled(t, boundary)
		})
	}
}

// boundary is the moment before or after a call of an apply.
type boundary struct {
	call      int
	after     bool
	operation string
	// saved applies the same saved plan again, rather than a new one.
	saved bool
}

func (b boundary) String() string {
	return fmt.Sprintf("%s call %d, %s, then %s", map[bool]string{false: "before", true: "after"}[b.after], b.call, b.operation,
		map[bool]string{false: "a new plan", true: "the saved plan"}[b.saved])
}

// boundaries are those of the calls that an undisturbed apply makes. What acts
// is met by both ways to apply again, what reads by one of them in turn.
func boundaries(t *testing.T) (all []boundary) {
	t.Helper()

	w, c, g := killable(t)
	c.ok("apply", "-no-color", "-input=false", "saved")

	if w.sent("renew_resources") != 1 || w.sent("pay_order") != 1 {
		t.Fatalf("the undisturbed apply calls %v", g.passed())
	}

	for i, operation := range g.passed() {
		acts := operation == "renew_resources" || operation == "pay_order"

		// After a call that reads nothing is different from before the next one.
		all = append(all, boundary{call: i + 1, operation: operation, saved: i%2 == 1})

		if acts {
			all = append(all,
				boundary{call: i + 1, operation: operation, saved: i%2 == 0},
				boundary{call: i + 1, operation: operation, after: true},
				boundary{call: i + 1, operation: operation, after: true, saved: true})
		}
	}

	return all
}

// killable is a saved plan that renews, in a folder whose state exists, so that
// the plan stays good when the provider is killed.
func killable(t *testing.T) (*world, *cli, *gate) {
	t.Helper()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Millisecond}})
	g := w.gated()
	other := "resource \"terraform_data\" \"other\" {}\n"

	c := newCLI(t, w, other)
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.configure(other + renewalConfig("2027-03-31", "120"))
	c.ok("plan", "-no-color", "-input=false", "-out=saved")
	g.on(nil, nil)

	return w, c, g
}

func renewKilled(t *testing.T, at boundary) {
	t.Helper()

	w, c, g := killable(t)

	// The sender dies while its call is held up; before the call means that it
	// does not arrive.
	kill := func(call int, _ string) {
		if call != at.call {
			return
		}

		c.killProvider()

		if !at.after {
			panic(http.ErrAbortHandler)
		}
	}

	if at.after {
		g.on(nil, kill)
	} else {
		g.on(kill, nil)
	}

	if code, output := c.run("apply", "-no-color", "-input=false", "saved"); code == 0 {
		t.Fatalf("the apply survived its provider:\n%s", output)
	}

	g.on(nil, nil)
	w.Advance(time.Minute)

	if !at.saved {
		settleCLI(t, w, c)

		return
	}

	// The saved plan either finishes, or says that the world has moved on; a new
	// one does the rest.
	if code, output := c.run("apply", "-no-color", "-input=false", "saved"); code != 0 {
		allNamed(t, w, output)
	}

	settleCLI(t, w, c)
}
