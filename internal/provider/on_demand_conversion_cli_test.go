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

// convertKilledCalls are the calls of an apply of a saved plan, in their order, at each
// of which the provider is killed: the two reads of its plan, the look at the resource
// and at orders, the act, and the look at its order.
var convertKilledCalls = []string{
	"list_resources", "list_orders", "list_resources", "list_orders", "convert_to_on_demand_now", "get_order",
}

// TestOnDemandConversionKilled ends the provider with SIGKILL at every boundary of its
// calls: after each was carried out, and before its answer came. It applies again with a
// new plan, or the same one: nothing is converted a second time.
func TestOnDemandConversionKilled(t *testing.T) {
	t.Parallel()

	const act = 4

	for call, operation := range convertKilledCalls {
		for _, again := range []string{"a new plan", "the same saved plan"} {
			// Killed while it plans again, Terraform calls the saved plan stale.
			if call < 2 && again == "the same saved plan" {
				continue
			}

			t.Run(fmt.Sprintf("%d %s/%s", call, operation, again), func(t *testing.T) {
				t.Parallel()

				w := periodWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
				c := newCLI(t, w, "resource \"terraform_data\" \"other\" {}\n")

				// A state that exists stays as it is when the provider is killed, and so the
				// saved plan stays good.
				c.ok("apply", "-no-color", "-input=false", "-auto-approve")
				c.configure("resource \"terraform_data\" \"other\" {}\n" + conversionConfig(periodServer))
				c.ok("plan", "-no-color", "-input=false", "-out=saved")

				w.killAt(c, call, operation, "apply", "-no-color", "-input=false", "saved")

				_, acted := w.convertCalls()
				if want := map[bool]int{true: 1}[call >= act]; acted != want {
					t.Fatalf("%d calls acted before the kill, want %d: %v", acted, want, w.calls())
				}

				if again == "the same saved plan" {
					code, output := c.run("apply", "-no-color", "-input=false", "saved")

					// There is nothing left to convert, which Terraform itself refuses.
					if moved := acted == 1; (code != 0) != moved {
						t.Fatalf("exit %d:\n%s", code, output)
					} else if moved && !strings.Contains(output, "inconsistent final plan") {
						t.Errorf("want the word of Terraform, got:\n%s", output)
					}
				}

				c.ok("apply", "-no-color", "-input=false", "-auto-approve")
				c.empty()

				if got := w.conversions(); len(got) != 1 {
					t.Errorf("conversions = %q, want one", got)
				}

				if found := c.resource(conversionAddress); found == nil || found.Tainted || found.Values["status"] != "converted" {
					t.Errorf("state = %+v", found)
				}

				if _, acted := w.convertCalls(); acted != 1 {
					t.Errorf("%d conversions acted, want one", acted)
				}
			})
		}
	}
}

// TestOnDemandConversionTwoStates: two applies of one configuration at the same time,
// from two states, convert once.
func TestOnDemandConversionTwoStates(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: 500 * time.Millisecond}})
	c := newCLI(t, w, conversionConfig(periodServer))
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

	if sent, acted := w.convertCalls(); acted != 1 || len(w.conversions()) != 1 {
		t.Errorf("%d of %d conversions acted, want one", acted, sent)
	}
}

// TestOnDemandConversionInterrupted presses Ctrl-C while a review is waited for: state
// tells the truth, untainted, and the next apply waits for the rest.
func TestOnDemandConversionInterrupted(t *testing.T) {
	t.Parallel()
	needsUnix(t, "processes cannot be interrupted there")

	w := periodWorld(t, bsssim.Options{Settings: map[string]string{"conversion_review": "on"}})
	c := newCLI(t, w, conversionConfig(periodServer))

	apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}

	until(t, "the conversion is accepted", func() bool {
		_, acted := w.convertCalls()

		return acted == 1
	})

	if err := apply.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}

	// Terraform itself calls an interrupted run an error.
	_ = apply.Wait()

	found := c.resource(conversionAddress)
	if found == nil || found.Tainted || found.Values["status"] != "under_review" || found.Values["order_id"] != w.conversions()[0] {
		t.Fatalf("state = %+v\n%s", found, output)
	}

	w.console("approve_order", map[string]any{"order_id": w.conversions()[0]})
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	if found := c.resource(conversionAddress); found.Values["status"] != "converted" {
		t.Errorf("state = %+v", found)
	}
}

// TestOnDemandConversionRenamed: a rename without a moved block converts nothing again.
func TestOnDemandConversionRenamed(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{})
	c := newCLI(t, w, conversionConfig(periodServer))
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")

	c.configure(strings.Replace(conversionConfig(periodServer), `"this"`, `"that"`, 1))
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	// Taint, too.
	c.ok("taint", typeOnDemandConversion+".that")
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	if sent, _ := w.convertCalls(); sent != 1 {
		t.Errorf("%d conversions, want one", sent)
	}

	if found := c.resource(typeOnDemandConversion + ".that"); found == nil || found.Values["status"] != "converted" {
		t.Errorf("state = %+v", found)
	}
}

// TestOnDemandConversionReplaced: -replace and taint convert nothing again, whatever
// billing shows of what is converted.
func TestOnDemandConversionReplaced(t *testing.T) {
	t.Parallel()

	for _, rows := range []string{"closed", "gone", "in_use"} {
		t.Run(rows, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{Settings: map[string]string{"converted_resources": rows}})
			c := newCLI(t, w, conversionConfig(periodServer))
			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-replace="+conversionAddress)
			c.empty()
			c.ok("taint", conversionAddress)
			c.ok("apply", "-no-color", "-input=false", "-auto-approve")
			c.empty()

			if sent, _ := w.convertCalls(); sent != 1 {
				t.Errorf("%d conversions, want one", sent)
			}

			if found := c.resource(conversionAddress); found == nil || found.Values["status"] != "converted" {
				t.Errorf("state = %+v", found)
			}
		})
	}
}
