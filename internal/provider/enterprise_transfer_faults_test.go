// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// transferFaults is every way in which a transferring call can go wrong, among them
// codes of transfers.
func transferFaults(late time.Duration) map[string]bsssim.Fault {
	faults := callFaults(late)
	maps.Copy(faults, map[string]bsssim.Fault{
		"another runs":         {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99007461", Times: 3},
		"another runs, 500":    {Kind: bsssim.FaultStatusBefore, Status: 500, Code: "CBC.99007461", Times: 3},
		"failed":               {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99000043"},
		"failed after":         {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99000043"},
		"another runs, after":  {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99007461"},
		"used, and it was not": {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99007009"},
	})

	return faults
}

// TestTransferFaults lets each transferring call go wrong in every way, and applies
// twice: one transfer, nothing tainted, an empty plan, whatever records show.
func TestTransferFaults(t *testing.T) {
	t.Parallel()

	variants := transferVariants(t)
	operations := map[string]string{}

	for name, variant := range variants {
		operations[name] = variant.operation
	}

	throughFaults(t, transferFaults(lateDelay), operations, "a transfer", func(t *testing.T, cell faultCell) {
		t.Helper()

		// No lock of the server has to do with it, so that the records vary instead.
		options := cell.options()
		options.Settings["transfer_records"] = map[string]string{"on": "own_id", "off": "trans_id"}[cell.locks]
		w, variant := enterpriseWorld(t, options), variants[cell.variant]
		c := newCore(w, variant.typeName)

		first := cell.firstRun(t, c, variant.arguments)
		if len(w.transfers()) == 1 && first.failed() && cell.fault.Delay <= time.Second {
			t.Errorf("the first apply moved it, and failed:\n%s", first)
		}

		// What the API says was used is recorded as that, and nothing is sent under
		// another id.
		if cell.fault.Code == "CBC.99007009" {
			want := []string{"used_before", "unconfirmed"}[cell.earlier]
			if got := show(c.attribute("status")); got != want {
				t.Errorf("status %s:\n%s", got, first)
			}

			w.wantMoved(t, 0)

			return
		}

		cell.secondRun(t, c, variant.arguments, first)
		w.wantMoved(t, 1)

		// An answer that says that another transfer runs, and is not true, is the
		// only one that hides whose the transfer was.
		want := []string{variant.status}
		if cell.fault.Code == "CBC.99007461" {
			want = append(want, "used_before")
		}

		if got := show(c.attribute("status")); !slices.Contains(want, got) {
			t.Errorf("status %s:\n%s", got, first)
		}

		c.plansNothing(t.Context(), variant.arguments)
	})
}

// TestTransferLookFails: a look that fails refuses, and nothing is sent; the next apply
// moves it.
func TestTransferLookFails(t *testing.T) {
	t.Parallel()

	looks := map[string][]string{
		typeTransfer:       {"get_transferable_amount", "get_retrievable_amount", "list_account_change_records"},
		typeCouponTransfer: {"list_transferable_coupons", "list_retrievable_coupons", "list_coupon_change_records"},
	}

	for variantName, variant := range transferVariants(t) {
		for _, operation := range looks[variant.typeName] {
			for name, fault := range lookFaults() {
				// Who may not read the records of changes may still transfer.
				if strings.HasSuffix(operation, "change_records") && name == "403" {
					continue
				}

				t.Run(variantName+"/"+operation+"/"+name, func(t *testing.T) {
					t.Parallel()

					w := enterpriseWorld(t, bsssim.Options{})
					c := newCore(w, variant.typeName)
					c.provider = attributes{"max_retries": num(t, "0")}

					plan := c.plan(t.Context(), variant.arguments)
					if plan.diagnostics.failed() {
						t.Fatal(plan.diagnostics)
					}

					// The plan at apply may read; the look before the transfer fails.
					fault.Operation, fault.Times, fault.After = operation, -1, 1
					addFault(t, w, fault)

					if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() || w.transferCalls() != 0 {
						t.Errorf("applied without a look, %d calls: %s", w.transferCalls(), diags)
					}

					w.ClearFaults()

					if diags := c.run(t.Context(), variant.arguments); diags.failed() {
						t.Errorf("the next apply failed: %s", diags)
					}

					w.wantMoved(t, 1)
				})
			}
		}
	}
}

// TestTransferWithoutRecords: without the permission to read changes, and for accounts
// that have none to read, a transfer goes by what both accounts hold.
func TestTransferWithoutRecords(t *testing.T) {
	t.Parallel()

	for name, code := range map[string]string{"no permission": "CBC.0151", "of a partner": "CBC.99000084"} {
		for _, variant := range []string{"cash", "coupon"} {
			t.Run(name+"/"+variant, func(t *testing.T) {
				t.Parallel()

				w, variant := enterpriseWorld(t, bsssim.Options{}), transferVariants(t)[variant]
				c := newCore(w, variant.typeName)

				for _, records := range []string{"list_account_change_records", "list_coupon_change_records"} {
					addFault(t, w, bsssim.Fault{Operation: records, Kind: bsssim.FaultStatusBefore, Status: 400, Code: code, Times: -1})
				}

				addFault(t, w, bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultDropAfter})

				if diags := c.run(t.Context(), variant.arguments); diags.failed() || show(c.attribute("status")) != "transferred" {
					t.Error(diags)
				}

				w.wantMoved(t, 1)
			})
		}
	}
}

// TestTransferDoubt: a doubt that nothing clears is an error without state, and says
// under which id it was sent, and to apply again.
func TestTransferDoubt(t *testing.T) {
	t.Parallel()

	w, variant := enterpriseWorld(t, bsssim.Options{}), transferVariants(t)["cash"]
	c := newCore(w, variant.typeName)

	addFault(t, w, bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultDropBefore, Times: -1})

	plan := c.plan(t.Context(), variant.arguments)
	id := show(attributeOf(t, plan.value, "trans_id"))

	diags := c.apply(t.Context(), plan)
	diags.says(t, "", "Transfer is in doubt", id, "Apply again", "30 of the balance to member "+demoMemberID(1))

	if !c.absent() || w.transferCalls() != testTiming().Attempts {
		t.Errorf("absent %t after %d calls", c.absent(), w.transferCalls())
	}
}

// TestTransferRunning: while another transfer runs, this one waits, and is an error
// once it waited long.
func TestTransferRunning(t *testing.T) {
	t.Parallel()
	synctest.Test(t, transferRunning)
}

func transferRunning(t *testing.T) {
	t.Helper()

	w, variant := enterpriseWorld(t, bsssim.Options{}), transferVariants(t)["cash"]
	c := newCore(w, variant.typeName)
	w.console("hold_transfer", map[string]any{"for": "2s"})

	if diags := c.run(t.Context(), variant.arguments); diags.failed() {
		t.Fatal(diags)
	}

	if calls := w.transferCalls(); calls <= testTiming().Attempts {
		t.Errorf("only %d calls", calls)
	}

	w.wantMoved(t, 1)
}

// TestTransferUnconfirmed: an answer that is lost, an id that is used then, and nothing
// that shows it: recorded as that, with a warning, and never sent under another id.
func TestTransferUnconfirmed(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{Lag: bsssim.Transition{Duration: time.Hour}})
			c := newCore(w, variant.typeName)

			addFault(t, w, bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultDropAfter})

			diags := c.run(t.Context(), variant.arguments)
			if got := show(c.attribute("status")); got != "unconfirmed" || !strings.Contains(diags.String(), "does not show: key november") {
				t.Errorf("status %s\n%s", got, diags)
			}

			w.wantMoved(t, 1)
			c.plansNothing(t.Context(), variant.arguments)
		})
	}
}

// TestTransferOtherAmount: a record of the id with another amount is an error in the
// plan and in the apply, and nothing is sent.
func TestTransferOtherAmount(t *testing.T) {
	t.Parallel()

	for _, name := range []string{"cash", "credit", "coupon"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, variant := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"transfer_records": "trans_id"}}), transferVariants(t)[name]
			early, late := newCore(w, variant.typeName), newCore(w, variant.typeName)

			other := maps.Clone(variant.arguments)
			other["amount"] = num(t, "1.25")

			plan := late.plan(t.Context(), other)
			if plan.diagnostics.failed() {
				t.Fatal(plan.diagnostics)
			}

			if diags := early.run(t.Context(), variant.arguments); diags.failed() {
				t.Fatal(diags)
			}

			late.apply(t.Context(), plan).says(t, "amount", "Another amount was moved with this key")
			late.plan(t.Context(), other).diagnostics.says(t, "amount", "Another amount was moved with this key")
			late.change(t.Context(), late.running(t.Context()), plan).says(t, "amount", "Another amount was moved with this key")
			w.wantMoved(t, 1)

			if calls := w.transferCalls(); calls != 1 {
				t.Errorf("%d calls", calls)
			}
		})
	}
}

// TestTransferLostCoupon: where the answer is lost, the part is the one that came
// since, and null where that cannot be told.
func TestTransferLostCoupon(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		lag   time.Duration
		wants string
	}{"it shows": {0, reusableCoupon + "-T1"}, "it does not": {time.Hour, "null"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, variant := enterpriseWorld(t, bsssim.Options{Lag: bsssim.Transition{Duration: test.lag}}), transferVariants(t)["coupon"]
			c := newCore(w, variant.typeName)
			addFault(t, w, bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultTruncate})

			diags := c.run(t.Context(), variant.arguments)
			if got := show(c.attribute("sub_coupon_id")); diags.failed() || got != test.wants {
				t.Errorf("%s\n%s", got, diags)
			}

			if test.wants == "null" && !strings.Contains(diags.String(), "Part of the coupon is not known") {
				t.Error(diags)
			}

			c.plansNothing(t.Context(), variant.arguments)
		})
	}
}

// TestTransferForgetfulServer: where the server forgets ids, what shows keeps a
// transfer from being made twice: in a run what both accounts hold, in the next run a
// record of the id. Without such a record, the next run moves it again: that is what
// the page says.
func TestTransferForgetfulServer(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		if variant.status == "retrieved" {
			continue
		}

		for _, records := range []string{"own_id", "trans_id", "none"} {
			t.Run(name+"/"+records, func(t *testing.T) {
				t.Parallel()

				w := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"trans_id_kept_for": "1ns", "transfer_records": records}})
				c := newCore(w, variant.typeName)

				addFault(t, w, bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultDropAfter})

				if diags := c.run(t.Context(), variant.arguments); diags.failed() || show(c.attribute("status")) != "transferred" {
					t.Fatal(diags)
				}

				w.wantMoved(t, 1)

				forgotten, times := newCore(w, variant.typeName), 2
				if records == "trans_id" {
					times = 1
				}

				if diags := forgotten.run(t.Context(), variant.arguments); diags.failed() {
					t.Fatal(diags)
				}

				w.wantMoved(t, times)
			})
		}
	}
}

// TestTransferBurntID: where a refusal uses an id up, the next apply says that the key
// was used, and nothing is sent under another one.
func TestTransferBurntID(t *testing.T) {
	t.Parallel()

	w := enterpriseWorld(t, bsssim.Options{Settings: map[string]string{"trans_id_burnt_by_refusal": "on"}})
	variant := transferVariants(t)["cash"]
	variant.arguments["member_id"] = str(demoMemberID(2))
	c := newCore(w, variant.typeName)

	w.console("set_member", map[string]any{"member_id": demoMemberID(2), "status": 3})
	c.run(t.Context(), variant.arguments).says(t, "", "Transfer was refused", "CBC.99007004", "refused request uses it up")
	w.console("set_member", map[string]any{"member_id": demoMemberID(2), "status": 1})

	diags := c.run(t.Context(), variant.arguments)
	if got := show(c.attribute("status")); got != "used_before" || diags.failed() {
		t.Errorf("status %s\n%s", got, diags)
	}

	if moved := w.transfers(); len(moved) != 0 {
		t.Error(moved)
	}
}

// TestTransferParallel: many applies of one key at once, in one process and in several,
// move it once; transfers of several keys take turns.
func TestTransferParallel(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			c := newCore(w, variant.typeName)
			saved, p := c.plan(t.Context(), variant.arguments), c.running(t.Context())
			done := make(chan diagnostics, 6)

			for i := range cap(done) {
				go func() {
					other, process := newCore(w, variant.typeName), p
					if i%2 == 0 {
						process = other.running(t.Context())
					}

					done <- other.change(context.WithoutCancel(t.Context()), process, saved)
				}()
			}

			failed := 0

			for range cap(done) {
				if diags := <-done; diags.failed() {
					failed++
				}
			}

			// What is taken back whole is not there for the next one.
			if failed > 0 && variant.status != "retrieved" || failed == cap(done) {
				t.Errorf("%d of %d failed", failed, cap(done))
			}

			w.wantMoved(t, 1)
		})
	}
}

// TestTransferInterrupted: who is interrupted before the call moves nothing.
func TestTransferInterrupted(t *testing.T) {
	t.Parallel()

	w, variant := enterpriseWorld(t, bsssim.Options{}), transferVariants(t)["cash"]
	c := newCore(w, variant.typeName)
	saved := c.plan(t.Context(), variant.arguments)

	ctx, cancel := context.WithCancel(t.Context())
	p := c.running(t.Context())

	cancel()

	if diags := c.change(ctx, p, saved); !diags.failed() || w.transferCalls() != 0 {
		t.Errorf("%d calls\n%s", w.transferCalls(), diags)
	}
}

// TestTransferSpending: what goes out is counted and can be denied; what comes back is
// not spending.
func TestTransferSpending(t *testing.T) {
	t.Parallel()

	known := spendingValue(attributes{"require_known_price": tftypes.NewValue(tftypes.Bool, true)})

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			goesOut := variant.status == "transferred"

			for words, block := range map[string]attributes{"Spending is denied": deny(), "Spending is above max_per_apply": atMost(t, "12.49")} {
				c := newCore(w, variant.typeName)
				allowed := c.plan(t.Context(), variant.arguments)
				c.provider = block

				if goesOut {
					c.plan(t.Context(), variant.arguments).diagnostics.says(t, "amount", words)
					c.change(t.Context(), c.running(t.Context()), allowed).says(t, "amount", words, "Nothing was transferred")
				} else if plan := c.plan(t.Context(), variant.arguments); plan.diagnostics.failed() {
					t.Error(plan.diagnostics)
				}
			}

			if w.mutations() != 0 {
				t.Error(w.calls())
			}

			unknownAmount := maps.Clone(variant.arguments)
			unknownAmount["amount"] = unknown(tftypes.Number)

			if goesOut {
				c := newCore(w, variant.typeName)
				c.provider = known
				c.plan(t.Context(), unknownAmount).diagnostics.says(t, "amount", "Price is not known")

				c.provider = deny()
				c.plan(t.Context(), unknownAmount).diagnostics.says(t, "amount", "Spending is denied")
			}

			// Enough for one of them, planned and applied; a replacement counts once.
			c := newCore(w, variant.typeName)
			c.provider = atMost(t, "31")

			if diags := c.run(t.Context(), variant.arguments); diags.failed() {
				t.Fatal(diags)
			}

			if goesOut {
				c.tainted = true
				if diags := c.run(t.Context(), variant.arguments); diags.failed() {
					t.Error(diags)
				}
			}

			w.wantMoved(t, 1)
		})
	}
}

// TestTransferSpendingSum: two transfers of one run count together, in the plan and in
// the apply; what was refused for certain does not.
func TestTransferSpendingSum(t *testing.T) {
	t.Parallel()

	w, variant := enterpriseWorld(t, bsssim.Options{}), transferVariants(t)["cash"]
	one, two := newCore(w, variant.typeName), newCore(w, variant.typeName)

	other := maps.Clone(variant.arguments)
	other["transfer_key"] = str("other")

	first, second := one.plan(t.Context(), variant.arguments), two.plan(t.Context(), other)

	one.provider = atMost(t, "59.99")
	p := one.running(t.Context())

	if plan := one.planWith(t.Context(), p, variant.arguments); plan.diagnostics.failed() {
		t.Fatal(plan.diagnostics)
	}

	two.planWith(t.Context(), two.within(p), other).diagnostics.says(t, "amount", "max_per_apply")

	p = one.running(t.Context())
	refused := bsssim.Fault{Operation: variant.operation, Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99005003"}
	addFault(t, w, refused)

	one.change(t.Context(), p, first).says(t, "", "Transfer was refused")

	if diags := one.change(t.Context(), p, first); diags.failed() {
		t.Fatal(diags)
	}

	two.change(t.Context(), two.within(p), second).says(t, "amount", "max_per_apply")
	w.wantMoved(t, 1)
}

// TestTransferAccount: another account than an allowed one is refused, in the plan and
// in the apply.
func TestTransferAccount(t *testing.T) {
	t.Parallel()

	for name, variant := range transferVariants(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := enterpriseWorld(t, bsssim.Options{})
			c := newCore(w, variant.typeName)
			allowed := c.plan(t.Context(), variant.arguments)
			c.provider = attributes{"allowed_domain_ids": strs("another")}

			c.plan(t.Context(), variant.arguments).diagnostics.says(t, "", "allowed_domain_ids")
			c.change(t.Context(), c.running(t.Context()), allowed).says(t, "", "allowed_domain_ids")

			if w.mutations() != 0 {
				t.Error(w.calls())
			}
		})
	}
}

// TestTransferKilled ends the provider with SIGKILL before each of its calls and after
// the one that moves money, and applies again with a new plan or the same one.
func TestTransferKilled(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct{ config, address, operation string }{
		"cash": {
			transferConfig("direction = \"transfer\"\ntransfer_key = \"november\"\namount = 30.5"), transferAddress, "transfer_amount",
		},
		"coupon": {
			`resource "bss_enterprise_coupon_transfer" "this" {
  member_id    = "` + demoMemberID(1) + `"
  direction    = "transfer"
  coupon_id    = "` + reusableCoupon + `"
  amount       = 12.5
  transfer_key = "november"
}
`, typeCouponTransfer + ".this", "transfer_coupon",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			save := func(t *testing.T) *killable {
				t.Helper()

				return planToKill(t, enterpriseWorld(t, bsssim.Options{}), test.config)
			}

			for _, boundary := range boundaries(t, save(t), test.operation) {
				t.Run(boundary.String(), func(t *testing.T) {
					t.Parallel()

					k := save(t)
					k.kill(t, boundary)
					k.applyAgain(t, boundary)
					k.world.wantMoved(t, 1)

					want := "transferred"
					if boundary.operation == test.operation && boundary.after || k.world.transferCalls() > 1 {
						want = "used_before"
					}

					if found := k.resource(test.address); found == nil || found.Tainted || found.Values["status"] != want {
						t.Errorf("state = %v, want %s", found, want)
					}
				})
			}
		})
	}
}
