// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// lateAct is a call that arrives after its client gave up.
const lateAct = "delay before, gave up"

// lateDelay is how long a late call takes, where its client waits a second.
const lateDelay = 1600 * time.Millisecond

// callFaults is every way in which a call that acts can go wrong, whatever it
// does. A late call is this late.
func callFaults(late time.Duration) map[string]bsssim.Fault {
	return map[string]bsssim.Fault{
		"status before":        {Kind: bsssim.FaultStatusBefore},
		"status after":         {Kind: bsssim.FaultStatusAfter},
		"503 before":           {Kind: bsssim.FaultStatusBefore, Status: 503},
		"drop before":          {Kind: bsssim.FaultDropBefore},
		"drop after":           {Kind: bsssim.FaultDropAfter},
		"delay before":         {Kind: bsssim.FaultDelayBefore, Delay: 200 * time.Millisecond},
		lateAct:                {Kind: bsssim.FaultDelayBefore, Delay: late},
		"delay after":          {Kind: bsssim.FaultDelayAfter, Delay: 200 * time.Millisecond},
		"delay after, gave up": {Kind: bsssim.FaultDelayAfter, Delay: late},
		"garbage":              {Kind: bsssim.FaultGarbage},
		"truncate":             {Kind: bsssim.FaultTruncate},
		"429 gateway":          {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"},
		"429 service":          {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "CBC.0250"},
		"429 after":            {Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"},
		"429 without end":      {Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: 4},
		"429 unknown":          {Kind: bsssim.FaultStatusAfter, Status: 429, Code: "CBC.0999"},
		"too often":            {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99008040"},
		"too often after":      {Kind: bsssim.FaultStatusAfter, Status: 400, Code: "CBC.99008040"},
		"tax unavailable":      {Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99006093"},
	}
}

// lookFaults is every way in which a look can fail.
func lookFaults() map[string]bsssim.Fault {
	return map[string]bsssim.Fault{
		"500":      {Kind: bsssim.FaultStatusBefore},
		"403":      {Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0155"},
		"garbage":  {Kind: bsssim.FaultGarbage},
		"truncate": {Kind: bsssim.FaultTruncate},
		"drop":     {Kind: bsssim.FaultDropAfter},
	}
}

// faultCell is a fault in the way of an act.
type faultCell struct {
	fault bsssim.Fault
	// variant is the way to act.
	variant string
	locks   string
	// earlier counts the attempts before, which were throttled before they did
	// anything.
	earlier int
}

// throughFaults runs a test for every fault of an act that can be done in
// several ways, each by an operation. What arrives after its client gave up
// cannot be fenced where the server itself does not refuse the second; what
// names such a thing.
func throughFaults(
	t *testing.T, faults map[string]bsssim.Fault, operations map[string]string, what string, test func(t *testing.T, cell faultCell),
) {
	t.Helper()

	cells := 0

	for name, fault := range faults {
		for variant, operation := range operations {
			for _, locks := range []string{"on", "off"} {
				for earlier, suffix := range []string{"", "/second attempt"} {
					if name == lateAct && locks == "off" {
						continue
					}

					cells++

					cell := faultCell{fault: fault, variant: variant, locks: locks, earlier: earlier}
					cell.fault.Operation = operation

					t.Run(name+"/"+variant+"/locks "+locks+suffix, func(t *testing.T) {
						t.Parallel()
						oneOfMany(t)
						synctest.Test(t, func(t *testing.T) { test(t, cell) })
					})
				}
			}
		}
	}

	t.Logf("%d cells; left out: %s that arrives after its client gave up, with the server's locks off", cells, what)
}

// options are those of the world of a cell.
func (cell faultCell) options() bsssim.Options {
	return bsssim.Options{Processing: bsssim.Transition{Reads: 1}, Settings: map[string]string{"server_locks": cell.locks}}
}

// firstRun applies with the fault in the way. It taints nothing.
func (cell faultCell) firstRun(t *testing.T, c *core, arguments map[string]tftypes.Value) diagnostics {
	t.Helper()

	c.provider = map[string]tftypes.Value{"request_timeout": str("1s")}

	for range cell.earlier {
		addFault(t, c.world, bsssim.Fault{Operation: cell.fault.Operation, Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"})
	}

	addFault(t, c.world, cell.fault)

	diags := c.run(t.Context(), arguments)
	if c.tainted {
		t.Fatalf("the first apply left a tainted resource:\n%s", diags)
	}

	return diags
}

// secondRun applies again, which has to succeed, and waits for what is late. What
// arrives between its plan and its apply is refused by Terraform itself.
func (cell faultCell) secondRun(t *testing.T, c *core, arguments map[string]tftypes.Value, first diagnostics) {
	t.Helper()

	diags := c.run(t.Context(), arguments)
	if cell.fault.Delay > time.Second && diags.refuses("inconsistent final plan") {
		until(t, "the delayed call was answered", func() bool { return settledCalls(c.world) })

		diags = c.run(t.Context(), arguments)
	}

	if diags.failed() || c.tainted {
		t.Fatalf("the second apply failed (tainted: %t):\n%s\nafter the first:\n%s", c.tainted, diags, first)
	}

	// What was delayed has to have arrived before anything is counted.
	if cell.fault.Delay > time.Second {
		until(t, "the delayed call was answered", func() bool { return settledCalls(c.world) })
	}
}

func addFault(t tester, w *world, fault bsssim.Fault) {
	t.Helper()

	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}
}

// settledCalls says whether every call was answered.
func settledCalls(w *world) bool {
	for _, request := range w.Requests() {
		if request.Status == 0 && !request.Acted && request.Mutation {
			return false
		}
	}

	return true
}
