// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// convertFaults is every way in which the call can go wrong, among them the refusals
// that say that nothing was done, and those that the call itself can bring about.
func convertFaults() map[string]bsssim.Fault {
	faults := callFaults(lateDelay)
	maps.Copy(faults, map[string]bsssim.Fault{
		"transaction before":  {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003623"},
		"order before":        {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003144"},
		"order after":         {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003144"},
		"unknown before":      {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003012"},
		"unpaid order before": {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003100"},
		"unpaid order after":  {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99003100"},
		"grace period":        {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99003610"},
		"an unknown code":     {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99009999"},
	})

	return faults
}

// TestOnDemandConversionFaults lets the call go wrong in every way, applies twice,
// and holds the world against the promise: at most one call that acted, one order,
// nothing tainted, an empty plan.
func TestOnDemandConversionFaults(t *testing.T) {
	t.Parallel()

	operations := map[string]string{"closed": "convert_to_on_demand_now", "in_use": "convert_to_on_demand_now"}
	throughFaults(t, convertFaults(), operations, "a conversion", convertThroughFault)
}

func convertThroughFault(t *testing.T, cell faultCell) {
	t.Helper()

	options := cell.options()
	options.Settings["converted_resources"] = cell.variant
	// Where the row stays as it was, only an order that names it tells what was done.
	options.Settings["order_query_finds_conversions"] = map[string]string{"closed": "off", "in_use": "on"}[cell.variant]

	w := periodWorld(t, options)
	arguments := conversionArguments(periodServer)

	c := newCore(w, typeOnDemandConversion)
	firstRun := cell.firstRun(t, c, arguments)

	sent, acted := w.convertCalls()

	// What is refused for certain may be sent again after a look; what is in doubt is
	// not.
	if most := map[bool]int{true: 5, false: 1 + cell.earlier}[cell.fault.Status == 429]; sent > most {
		t.Errorf("%d conversions were sent by one run, want %d at most", sent, most)
	}

	// What was done is found out at once, however wrong its answer was, where the
	// resource shows it; what arrives later cannot be.
	if cell.variant == "closed" && acted == 1 && firstRun.failed() && cell.fault.Delay <= time.Second {
		t.Errorf("the first apply converted, and failed:\n%s", firstRun)
	}

	cell.secondRun(t, c, arguments, firstRun)
	wantConverted(t, w, c)

	c.plansNothing(t.Context(), arguments)
}

// TestOnDemandConversionLookFails: a look that fails refuses, and nothing is sent.
func TestOnDemandConversionLookFails(t *testing.T) {
	t.Parallel()

	for _, operation := range []string{"list_resources", "list_orders"} {
		for name, fault := range lookFaults() {
			t.Run(operation+"/"+name, func(t *testing.T) {
				t.Parallel()

				w := periodWorld(t, bsssim.Options{})
				arguments := conversionArguments(periodServer)

				c := newCore(w, typeOnDemandConversion)
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}

				plan := c.plan(t.Context(), arguments)
				if plan.diagnostics.failed() {
					t.Fatal(plan.diagnostics)
				}

				// The plan at apply may read; the look after it fails.
				fault.Operation, fault.Times, fault.After = operation, -1, 1
				addFault(t, w, fault)

				if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() {
					t.Errorf("applied without a look: %s", diags)
				}

				if sent, _ := w.convertCalls(); sent != 0 {
					t.Errorf("%d conversions after a look that failed", sent)
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Errorf("the next apply failed: %s", diags)
				}

				wantConverted(t, w, c)
			})
		}
	}
}

// TestOnDemandConversionLookAfterFails: what was done is not known where the look
// after the call fails; the next apply finds out.
func TestOnDemandConversionLookAfterFails(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]*bsssim.Fault{
		"accepted": nil,
		"lost":     {Operation: "convert_to_on_demand_now", Kind: bsssim.FaultDropAfter},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := periodWorld(t, bsssim.Options{})
				arguments := conversionArguments(periodServer)
				arguments["timeouts"] = timeoutsOf("1500ms", "5s")

				c := newCore(w, typeOnDemandConversion)
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}

				plan := c.plan(t.Context(), arguments)

				if fault != nil {
					addFault(t, w, *fault)
				}

				addFault(t, w, bsssim.Fault{Operation: "list_resources", Kind: bsssim.FaultStatusBefore, After: 2, Times: -1})
				addFault(t, w, bsssim.Fault{Operation: "get_order", Kind: bsssim.FaultStatusBefore, Times: -1})

				diags := c.apply(t.Context(), plan)
				if diags.failed() != (fault != nil) || c.tainted || c.absent() != (fault != nil) {
					t.Fatalf("failed: %t, tainted: %t, absent: %t\n%s", diags.failed(), c.tainted, c.absent(), diags)
				}

				if fault != nil && (!diags.errorAt("resource_id") || !strings.Contains(diags.String(), "Conversion is in doubt")) {
					t.Errorf("want a doubt at resource_id, got %s", diags)
				}

				w.ClearFaults()

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}

				wantConverted(t, w, c)

				if sent, _ := w.convertCalls(); sent != 1 {
					t.Errorf("%d conversions, want one", sent)
				}
			})
		})
	}
}

// TestOnDemandConversionReadFails: a receipt that cannot be read stays as it is, by an
// error.
func TestOnDemandConversionReadFails(t *testing.T) {
	t.Parallel()

	for name, fault := range lookFaults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := periodWorld(t, bsssim.Options{Settings: map[string]string{"conversion_review": "on"}})
				c := newCore(w, typeOnDemandConversion)
				c.provider = map[string]tftypes.Value{"max_retries": num(t, "0")}
				arguments := conversionArguments(periodServer)
				arguments["timeouts"] = timeoutsOf("3s", "3s")

				if diags := c.run(t.Context(), arguments); diags.failed() {
					t.Fatal(diags)
				}

				before := c.state
				fault.Operation, fault.Times = "get_order", -1
				addFault(t, w, fault)

				if diags := c.refresh(t.Context()); !diags.failed() || !c.state.Equal(before) {
					t.Errorf("state %s\n%s", c.state, diags)
				}
			})
		})
	}
}

// TestOnDemandConversionLag: reads that show a change late bring no second call that
// acts, and no word that is not so.
func TestOnDemandConversionLag(t *testing.T) {
	t.Parallel()

	for name, fault := range map[string]*bsssim.Fault{
		"accepted":   nil,
		"lost":       {Operation: "convert_to_on_demand_now", Kind: bsssim.FaultDropAfter},
		"429, acted": {Operation: "convert_to_on_demand_now", Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"},
	} {
		for _, rows := range []string{"closed", "gone"} {
			t.Run(name+"/"+rows, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					w := periodWorld(t, bsssim.Options{
						Lag: bsssim.Transition{Reads: 4}, Settings: map[string]string{"converted_resources": rows, "server_locks": "off"},
					})
					arguments := conversionArguments(periodServer)

					c := newCore(w, typeOnDemandConversion)
					for range 5 {
						c.planOnly(t.Context(), arguments)
					}

					if fault != nil {
						addFault(t, w, *fault)
					}

					for range 3 {
						if diags := c.run(t.Context(), arguments); c.tainted {
							t.Fatal(diags)
						}
					}

					if _, acted := w.convertCalls(); acted != 1 {
						t.Errorf("%d conversions acted", acted)
					}

					// What is gone before its order shows names its order to a person.
					if rows == "closed" || !c.absent() {
						wantConverted(t, w, c)
						c.plansNothing(t.Context(), arguments)
					}
				})
			})
		}
	}
}
