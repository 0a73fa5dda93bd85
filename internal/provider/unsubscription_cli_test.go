// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const unsubscriptionAddress = "bss_unsubscription.this"

func unsubscriptionConfig(scope string) string {
	return fmt.Sprintf("resource \"bss_unsubscription\" \"this\" {\n  resource_id = %q\n  scope       = %q\n}\n", renewedServer, scope)
}

// killedCalls are the calls of an apply of a saved plan, in their order, at each
// of which the provider is killed: the two reads of its plan, the look at the
// resource and at orders, the act, the look after it, and what reads the refund
// and the account.
var killedCalls = []string{
	"list_resources",
	"get_renewal_price",
	"list_resources",
	"list_orders",
	"unsubscribe_resources",
	"list_resources",
	"list_orders",
	"get_refund_order",
}

// TestUnsubscriptionKilled ends the provider with SIGKILL at every boundary of
// its calls: after each was carried out, and before its answer came. It applies
// again with a new plan, or the same one: nothing is given back a second time.
func TestUnsubscriptionKilled(t *testing.T) {
	t.Parallel()

	const act = 4

	for _, scope := range []string{scopeAll, scopeRenewals} {
		for call, operation := range killedCalls {
			// Before the act and long after it, both scopes are the same.
			if scope == scopeRenewals && (call < act-1 || call > act+1) {
				continue
			}

			for _, again := range []string{"a new plan", "the same saved plan"} {
				// Killed while it plans again, Terraform calls the saved plan stale.
				if call < 2 && again == "the same saved plan" {
					continue
				}

				t.Run(fmt.Sprintf("%s/%d %s/%s", scope, call, operation, again), func(t *testing.T) {
					t.Parallel()

					w := newRenewedWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
					c := newCLI(t, w, "resource \"terraform_data\" \"other\" {}\n")

					// A state that exists stays as it is when the provider is killed, and
					// so the saved plan stays good.
					c.ok("apply", "-no-color", "-input=false", "-auto-approve")
					c.configure("resource \"terraform_data\" \"other\" {}\n" + unsubscriptionConfig(scope))
					c.ok("plan", "-no-color", "-input=false", "-out=saved")

					w.killAt(c, call, operation, "apply", "-no-color", "-input=false", "saved")

					_, acted := w.unsubscribeCalls()
					if want := map[bool]int{true: 1}[call >= act]; acted != want {
						t.Fatalf("%d calls acted before the kill, want %d: %v", acted, want, w.calls())
					}

					if again == "the same saved plan" {
						code, output := c.run("apply", "-no-color", "-input=false", "saved")

						// The end of the term moved, or there is nothing left to delete, which
						// Terraform itself refuses.
						if moved := acted == 1; (code != 0) != moved {
							t.Fatalf("exit %d:\n%s", code, output)
						} else if moved && !strings.Contains(output, "inconsistent final plan") {
							t.Errorf("want the word of Terraform, got:\n%s", output)
						}
					}

					c.ok("apply", "-no-color", "-input=false", "-auto-approve")
					c.empty()

					if got := w.refunds(renewedServer); len(got) != 1 || len(w.World().Refunds) != 1 {
						t.Errorf("unsubscriptions = %q, refunds = %v, want one", got, w.World().Refunds)
					}

					want := map[string]string{scopeAll: "unsubscribed", scopeRenewals: "completed"}[scope]
					if found := c.resource(unsubscriptionAddress); found == nil || found.Tainted || found.Values["status"] != want {
						t.Errorf("state = %+v", found)
					}

					if _, acted := w.unsubscribeCalls(); acted != 1 {
						t.Errorf("%d unsubscriptions acted, want one", acted)
					}
				})
			}
		}
	}
}

// killAt runs Terraform, and kills the provider while the call of that number,
// counted from 0, is carried out and not answered.
func (w *world) killAt(c *cli, call int, operation string, args ...string) {
	w.t.Helper()

	before := len(w.Requests())
	addFault(c.t, w, bsssim.Fault{Operation: "*", Kind: bsssim.FaultDelayAfter, After: call, Delay: 5 * time.Second})

	run, output := c.command(args...)
	if err := run.Start(); err != nil {
		c.t.Fatal(err)
	}

	until(c.t, fmt.Sprintf("call %d was made", call), func() bool {
		requests := w.Requests()

		return len(requests) > before+call && (!requests[before+call].Mutation || requests[before+call].Acted)
	})
	c.killProvider()

	if err := run.Wait(); err == nil {
		c.t.Fatalf("the run survived its provider:\n%s", output)
	}

	w.ClearFaults()

	if got := w.Requests()[before+call].Operation; got != operation {
		c.t.Fatalf("call %d is %s, want %s", call, got, operation)
	}
}

// TestUnsubscriptionTwoStates: two applies of one configuration at the same
// time, from two states, give back once.
func TestUnsubscriptionTwoStates(t *testing.T) {
	t.Parallel()

	for _, scope := range []string{scopeAll, scopeRenewals} {
		t.Run(scope, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 500 * time.Millisecond}})
			c := newCLI(t, w, unsubscriptionConfig(scope))
			done := make(chan string, 2)

			for _, state := range []string{"one", "two"} {
				apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve", "-state="+filepath.Join(c.dir, state))

				go func() {
					if err := apply.Run(); err != nil {
						done <- output.String()
					} else {
						done <- ""
					}
				}()
			}

			var failed []string

			for range cap(done) {
				if output := <-done; output != "" {
					failed = append(failed, output)
				}
			}

			if len(failed) > 1 {
				t.Errorf("both applies failed:\n%s", strings.Join(failed, "\n"))
			}

			if got := w.refunds(renewedServer); len(got) != 1 || len(w.World().Refunds) != 1 {
				t.Errorf("unsubscriptions = %q, refunds = %v, want one", got, w.World().Refunds)
			}

			if sent, acted := w.unsubscribeCalls(); acted != 1 {
				t.Errorf("%d of %d unsubscriptions acted, want one", acted, sent)
			}
		})
	}
}

// TestUnsubscriptionFaultsCLI is a sample of the matrix of faults through the
// CLI.
func TestUnsubscriptionFaultsCLI(t *testing.T) {
	t.Parallel()

	for _, sample := range []struct{ name, scope string }{
		{"drop after", scopeAll},
		{"gone after", scopeAll},
		{"drop before", scopeRenewals},
		{"429 after", scopeRenewals},
	} {
		t.Run(sample.name+"/"+sample.scope, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
			c := newCLI(t, w, unsubscriptionConfig(sample.scope))

			fault := unsubscribeFaults()[sample.name]
			fault.Operation = "unsubscribe_resources"
			addFault(t, w, fault)

			_, first := c.run("apply", "-no-color", "-input=false", "-auto-approve")
			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			c.empty()

			if got := w.refunds(renewedServer); len(got) != 1 {
				t.Errorf("unsubscriptions = %q, want one\n%s", got, first)
			}

			if found := c.resource(unsubscriptionAddress); found == nil || found.Tainted {
				t.Errorf("state = %+v", found)
			}
		})
	}
}

// TestUnsubscriptionInterrupted presses Ctrl-C while the deletion is waited for:
// state tells the truth, untainted, and the next apply waits for the rest.
func TestUnsubscriptionInterrupted(t *testing.T) {
	t.Parallel()
	needsUnix(t, "processes cannot be interrupted there")

	w := newRenewedWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})
	c := newCLI(t, w, unsubscriptionConfig(scopeAll))

	apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}

	until(t, "the unsubscription is accepted", func() bool {
		_, acted := w.unsubscribeCalls()

		return acted == 1
	})

	if err := apply.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}

	// Terraform itself calls an interrupted run an error.
	_ = apply.Wait()

	found := c.resource(unsubscriptionAddress)
	if found == nil || found.Tainted || found.Values["status"] != "processing" || found.Values["order_id"] != w.refunds(renewedServer)[0] {
		t.Fatalf("state = %+v\n%s", found, output)
	}

	w.Advance(2 * time.Hour)
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	if found := c.resource(unsubscriptionAddress); found.Values["status"] != "unsubscribed" || found.Values["refund_amount"] != 72.0 {
		t.Errorf("state = %+v", found)
	}

	if sent, _ := w.unsubscribeCalls(); sent != 1 {
		t.Errorf("%d unsubscriptions, want one", sent)
	}
}
