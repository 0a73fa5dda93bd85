// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
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

	save := func(t *testing.T) *killable {
		t.Helper()

		w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 30 * time.Millisecond}})

		return planToKill(t, w, renewalConfig("2027-03-31", "120"))
	}

	for _, boundary := range boundaries(t, save(t), "renew_resources", "pay_order") {
		t.Run(boundary.String(), func(t *testing.T) {
			t.Parallel()

			k := save(t)
			k.kill(t, boundary)

			// The saved plan either finishes, or says that the world has moved on; a
			// new one does the rest.
			if boundary.saved {
				if code, output := k.run("apply", "-no-color", "-input=false", "saved"); code != 0 {
					allNamed(t, k.world, output)
				}
			}

			settleCLI(t, k.world, k.cli)
		})
	}
}
