// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestOrderPaymentKilled ends the provider with SIGKILL right after the
// payment was taken, and applies again: nothing is paid a second time.
func TestOrderPaymentKilled(t *testing.T) {
	t.Parallel()

	for _, locks := range []string{"on", "off"} {
		for _, again := range []string{"a new plan", "the same saved plan"} {
			t.Run("locks "+locks+"/"+again, func(t *testing.T) {
				t.Parallel()

				w := newRichWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": locks}})

				order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})
				other := "resource \"terraform_data\" \"other\" {}\n"

				// A state that exists stays as it is when the provider is killed, and
				// so the saved plan stays good.
				c := newCLI(t, w, other)
				c.ok("apply", "-no-color", "-input=false", "-auto-approve")
				c.configure(other + paymentConfig(order, "  max_amount = 50"))

				c.ok("plan", "-no-color", "-input=false", "-out=saved")
				addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDelayAfter, Delay: 3 * time.Second})

				apply, output := c.command("apply", "-no-color", "-input=false", "saved")
				if err := apply.Start(); err != nil {
					t.Fatal(err)
				}

				until(t, "the payment is taken", func() bool { return len(w.payments(order)) == 1 })
				c.killProvider()

				if err := apply.Wait(); err == nil {
					t.Fatalf("the apply survived its provider:\n%s", output)
				}

				if again == "a new plan" {
					c.ok("plan", "-no-color", "-input=false", "-out=saved")
				}

				c.ok("apply", "-no-color", "-input=false", "saved")
				c.empty()

				if got := w.payments(order); len(got) != 1 {
					t.Errorf("payments = %q, want one", got)
				}

				if sent, _ := w.payCalls(); sent != 1 {
					t.Errorf("%d paying calls, want one", sent)
				}

				if found := c.resource(paymentAddress); found == nil || found.Values["status"] != "completed" {
					t.Errorf("state = %v", found)
				}
			})
		}
	}
}

// TestOrderPaymentKilledAtEveryCall ends the provider with SIGKILL before each
// of its calls and after the one that pays, where the server refuses no second
// payment, and applies again. The order is paid by one call that arrives.
func TestOrderPaymentKilledAtEveryCall(t *testing.T) {
	t.Parallel()

	save := func(t *testing.T) (*killable, string) {
		t.Helper()

		w := newRichWorld(t, bsssim.Options{
			Processing: bsssim.Transition{Reads: 2}, Settings: map[string]string{"server_locks": "off"},
		})

		order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})

		return planToKill(t, w, paymentConfig(order, "  max_amount = 50")), order
	}

	undisturbed, _ := save(t)

	for _, boundary := range boundaries(t, undisturbed, "pay_order") {
		t.Run(boundary.String(), func(t *testing.T) {
			t.Parallel()

			k, order := save(t)
			k.kill(t, boundary)
			k.applyAgain(t, boundary)

			if sent, _ := k.world.payCalls(); sent != 1 || len(k.world.payments(order)) != 1 {
				t.Errorf("%d paying calls arrived, payments %q", sent, k.world.payments(order))
			}

			found := k.resource(paymentAddress)
			if found == nil || found.Tainted || found.Values["status"] != "completed" || found.Values["amount_paid"] != 42.5 {
				t.Errorf("state = %v", found)
			}
		})
	}
}

// TestOrderPaymentInterrupted presses Ctrl-C while the payment is under way,
// and while it is waited for: state tells the truth, untainted.
func TestOrderPaymentInterrupted(t *testing.T) {
	t.Parallel()
	needsUnix(t, "processes cannot be interrupted there")

	for name, fault := range map[string]*bsssim.Fault{
		"while paying":  {Operation: "pay_order", Kind: bsssim.FaultDelayAfter, Delay: time.Second},
		"while waiting": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})

			order := w.placeOrder(map[string]any{"amount": "42.50", "resources": 1})
			c := newCLI(t, w, paymentConfig(order, "  max_amount = 50"))

			if fault != nil {
				addFault(t, w, *fault)
			}

			apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve")
			if err := apply.Start(); err != nil {
				t.Fatal(err)
			}

			until(t, "the payment is taken", func() bool { return len(w.payments(order)) == 1 })

			if fault == nil {
				paid := len(w.Requests())
				until(t, "the order is waited for", func() bool { return len(w.Requests()) > paid+2 })
			}

			if err := apply.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}

			// Terraform itself calls an interrupted run an error.
			_ = apply.Wait()

			if !strings.Contains(output.String(), "Payment is made, but not carried out yet") {
				t.Errorf("no word about what is unfinished:\n%s", output)
			}

			found := c.resource(paymentAddress)
			if found == nil || found.Tainted || found.Values["status"] != "processing" || found.Values["amount_due"] != 42.5 {
				t.Fatalf("state = %+v\n%s", found, output)
			}

			code, plan := c.run("plan", "-no-color", "-input=false", "-detailed-exitcode")
			if code != 2 || !strings.Contains(plan, "updated in-place") {
				t.Errorf("the next plan (exit %d) does not show what is left:\n%s", code, plan)
			}

			w.Advance(2 * time.Hour)
			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			c.empty()

			if got := w.payments(order); len(got) != 1 {
				t.Errorf("payments = %q, want one", got)
			}
		})
	}
}

// TestOrderPaymentPaidAtConsole pays at the console between plan and apply.
func TestOrderPaymentPaidAtConsole(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	order := w.placeOrder(map[string]any{"amount": "42.50"})
	c := newCLI(t, w, paymentConfig(order, "  max_amount = 50"))

	plan := c.ok("plan", "-no-color", "-input=false", "-out=saved")
	for _, want := range []string{"amount_due", "42.5", `"USD"`} {
		if !strings.Contains(plan, want) {
			t.Errorf("the plan does not state %s:\n%s", want, plan)
		}
	}

	w.console("pay_order", map[string]any{"order_id": order})
	c.ok("apply", "-no-color", "-input=false", "saved")
	c.empty()

	if got := w.payments(order); len(got) != 1 || got[0] != "42.50 USD by console" {
		t.Errorf("payments = %q", got)
	}

	if sent, _ := w.payCalls(); sent != 0 {
		t.Errorf("%d paying calls for an order that was paid", sent)
	}
}

// TestOrderPaymentRepriced: a price that moved between plan and apply is
// refused before any paying call, by the cap or by the plan's own promise.
func TestOrderPaymentRepriced(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct{ price, want string }{
		"above the cap": {"60.00", "Price is above max_amount"},
		"below the cap": {"45.00", "inconsistent final plan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newRichWorld(t, bsssim.Options{})

			order := w.placeOrder(map[string]any{"amount": "42.50"})
			c := newCLI(t, w, paymentConfig(order, "  max_amount = 50"))

			c.ok("plan", "-no-color", "-input=false", "-out=saved")
			w.console("reprice_order", map[string]any{"order_id": order, "amount": test.price})

			code, output := c.run("apply", "-no-color", "-input=false", "saved")
			if code == 0 || !strings.Contains(output, test.want) {
				t.Errorf("exit %d, want an error with %q:\n%s", code, test.want, output)
			}

			if sent, _ := w.payCalls(); sent != 0 {
				t.Errorf("%d paying calls", sent)
			}
		})
	}
}

// TestOrderPaymentTwoStates: two applies of one configuration at the same
// time, from two states, pay once.
func TestOrderPaymentTwoStates(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	order := w.placeOrder(map[string]any{"amount": "42.50"})
	c := newCLI(t, w, paymentConfig(order, "  max_amount = 50"))

	done := make(chan error, 2)

	for _, state := range []string{"one", "two"} {
		apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve", "-state="+filepath.Join(c.dir, state))

		go func() {
			err := apply.Run()
			if err != nil {
				t.Log(output.String())
			}
			done <- err
		}()
	}

	failed := 0

	for range cap(done) {
		if err := <-done; err != nil {
			failed++
		}
	}

	if failed > 1 {
		t.Error("both applies failed")
	}

	if got := w.payments(order); len(got) != 1 {
		t.Errorf("payments = %q, want one", got)
	}

	if sent, acted := w.payCalls(); acted != 1 {
		t.Errorf("%d of %d paying calls acted, want one", acted, sent)
	}
}
