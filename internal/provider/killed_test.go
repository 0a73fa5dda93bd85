// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// killable is a saved plan that is applied through a gate, where the provider
// can be killed at any of its calls.
type killable struct {
	*cli

	world *world
	gate  *gate
}

// planToKill plans the configuration in a folder whose state exists, so that the
// plan stays good when the provider is killed.
func planToKill(t *testing.T, w *world, config string) *killable {
	t.Helper()
	needsUnix(t, "nothing says there which process is the provider")

	k := &killable{world: w, gate: w.gated()}
	other := "resource \"terraform_data\" \"other\" {}\n"

	k.cli = newCLI(t, w, other)
	k.ok("apply", "-no-color", "-input=false", "-auto-approve")
	k.configure(other + config)
	k.ok("plan", "-no-color", "-input=false", "-out=saved")
	k.gate.on(nil, nil)

	return k
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
func boundaries(t *testing.T, k *killable, acting ...string) (all []boundary) {
	t.Helper()

	k.ok("apply", "-no-color", "-input=false", "saved")
	leaveTurn(t)

	for _, operation := range acting {
		if k.world.sent(operation) != 1 {
			t.Fatalf("the undisturbed apply calls %v", k.gate.passed())
		}
	}

	for i, operation := range k.gate.passed() {
		// After a call that reads nothing is different from before the next one.
		all = append(all, boundary{call: i + 1, operation: operation, saved: i%2 == 1})

		if slices.Contains(acting, operation) {
			all = append(all,
				boundary{call: i + 1, operation: operation, saved: i%2 == 0},
				boundary{call: i + 1, operation: operation, after: true},
				boundary{call: i + 1, operation: operation, after: true, saved: true})
		}
	}

	return all
}

// kill applies the saved plan and ends the provider at a boundary.
func (k *killable) kill(t *testing.T, at boundary) {
	t.Helper()

	// The sender dies while its call is held up; before the call means that it
	// does not arrive.
	kill := func(call int, _ string) {
		if call != at.call {
			return
		}

		k.killProvider()

		if !at.after {
			panic(http.ErrAbortHandler)
		}
	}

	if at.after {
		k.gate.on(nil, kill)
	} else {
		k.gate.on(kill, nil)
	}

	if code, output := k.run("apply", "-no-color", "-input=false", "saved"); code == 0 {
		t.Fatalf("the apply survived its provider:\n%s", output)
	}

	k.gate.on(nil, nil)
	k.world.Advance(time.Minute)
}

// applyAgain applies after the kill, as the boundary says, until a plan is empty.
func (k *killable) applyAgain(t *testing.T, at boundary) {
	t.Helper()

	if !at.saved {
		k.ok("plan", "-no-color", "-input=false", "-out=saved")
	}

	// A provider that dies while the plan is repeated leaves its plan stale.
	if code, output := k.run("apply", "-no-color", "-input=false", "saved"); code != 0 {
		if !strings.Contains(output, "Saved plan is stale") {
			t.Fatal(output)
		}

		k.ok("apply", "-no-color", "-input=false", "-auto-approve")
	}

	k.empty()
}
