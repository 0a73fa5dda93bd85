// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestAutorenewCountCLI: what a run replaces or renames does not start its number of
// renewals again, whether some of them are used or all. Where the run cannot see to
// that, it does nothing.
func TestAutorenewCountCLI(t *testing.T) {
	t.Parallel()

	replace := append(append([]string{}, applyCommand...), "-replace=bss_autorenew.a")
	same := func(block string) string { return block }
	renamed := func(block string) string { return strings.ReplaceAll(block, `"a"`, `"b"`) }
	moved := func(block string) string {
		return renamed(block) + "moved {\n  from = bss_autorenew.a\n  to   = bss_autorenew.b\n}\n"
	}
	other := func(block string) string { return strings.ReplaceAll(block, "times       = ", "times       = 1") }

	for name, test := range map[string]struct {
		// before changes the block from the start, after changes it at the end.
		before, after func(block string) string
		between, then []string
		// unused says that nothing is renewed between the two applies.
		unused bool
		// refuses are words of the error.
		refuses string
		// sends says that the number is sent.
		sends bool
	}{
		"-replace":             {then: replace},
		"taint":                {between: []string{"taint", "bss_autorenew.a"}, then: applyCommand},
		"-replace, unused":     {then: replace, unused: true},
		"-replace, other ones": {after: other, then: replace, sends: true},
		// No provider can tell this from a new block at the apply.
		"-replace, created before":         {before: createdBefore, then: replace, refuses: "inconsistent final plan"},
		"-replace, created before, unused": {before: createdBefore, then: replace, unused: true},
		"renamed":                          {after: renamed, then: applyCommand, refuses: "may have renewed"},
		"renamed, moved":                   {after: moved, then: applyCommand},
		"renamed, unused":                  {after: renamed, then: applyCommand, unused: true},
		"renamed, other ones": {
			after: func(block string) string { return other(renamed(block)) }, then: applyCommand, sends: true,
		},
	} {
		if test.before == nil {
			test.before = same
		}

		if test.after == nil {
			test.after = same
		}

		for _, times := range []int{1, 3} {
			for _, onDestroy := range []string{onDestroyKeep, onDestroyDisable} {
				t.Run(fmt.Sprintf("%s/%d/%s", name, times, onDestroy), func(t *testing.T) {
					t.Parallel()

					w := newWorld(t, bsssim.Options{})
					w.console("set_balance", map[string]any{"amount": "100000.00"})

					id := w.addResource(nil)
					block := test.before(fmt.Sprintf("resource \"bss_autorenew\" \"a\" {\n  resource_id = %q\n  enabled     = true\n"+
						"  times       = %d\n  on_destroy  = %q\n}\n", id, times, onDestroy))
					c := newCLI(t, w, block)
					c.ok(applyCommand...)

					if !test.unused {
						w.Advance(29 * 24 * time.Hour)
						c.ok("apply", "-refresh-only", "-no-color", "-input=false", "-auto-approve")
					}

					paid, left := len(w.World().Payments), w.World().Resource(id).AutoRenew

					if test.between != nil {
						c.ok(test.between...)
					}

					c.configure(test.after(block))
					w.ClearRequests()

					code, output := c.run(test.then...)
					if (code != 0) != (test.refuses != "") || !strings.Contains(strings.Join(strings.Fields(output), " "), test.refuses) {
						t.Fatalf("exit %d, want an error that says %q:\n%s", code, test.refuses, output)
					}

					if test.refuses != "" && w.mutations() > 0 {
						t.Errorf("%d calls that change something", w.mutations())
					}

					now := w.World().Resource(id).AutoRenew
					if same := now.On == left.On && now.Left == left.Left; same == test.sends || len(w.World().Payments) != paid {
						t.Errorf("%+v, was %+v; %d payments, were %d:\n%s", now, left, len(w.World().Payments), paid, output)
					}

					if test.refuses == "" {
						c.empty()
					}
				})
			}
		}
	}
}
