// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestOnDestroyDisableCLI: what a run replaces, renames or hands to another type is
// on at its end, whatever ran first, and also where nothing may be spent. What
// really goes is turned off. BSS_ON_DESTROY_APPLIES repeats each flow.
func TestOnDestroyDisableCLI(t *testing.T) {
	t.Parallel()

	applies := 1
	if times, err := strconv.Atoi(os.Getenv("BSS_ON_DESTROY_APPLIES")); err == nil {
		applies = times
	}

	renews := func(name, id string) string {
		return fmt.Sprintf(
			"resource \"bss_autorenew\" %q {\n  resource_id = %q\n  enabled     = true\n  on_destroy  = \"disable\"\n}\n",
			name,
			id,
		)
	}
	policy := func(name, id string) string {
		return fmt.Sprintf(
			"resource \"bss_expiry_policy\" %q {\n  resource_id = %q\n  policy      = \"auto_renew\"\n  on_destroy  = \"disable\"\n}\n",
			name,
			id,
		)
	}

	for name, test := range map[string]struct {
		first, then func(id string) string
		args        []string
		before      []string
		// off says that the resource is off at the end.
		off bool
	}{
		"rename":         {first: func(id string) string { return renews("a", id) }, then: func(id string) string { return renews("b", id) }},
		"rename back":    {first: func(id string) string { return renews("b", id) }, then: func(id string) string { return renews("a", id) }},
		"another type":   {first: func(id string) string { return renews("a", id) }, then: func(id string) string { return policy("a", id) }},
		"the other type": {first: func(id string) string { return policy("a", id) }, then: func(id string) string { return renews("a", id) }},
		"replace": {
			first: func(id string) string { return renews("a", id) }, then: func(id string) string { return renews("a", id) },
			args: []string{"-replace=bss_autorenew.a"},
		},
		"taint": {
			first: func(id string) string { return policy("a", id) }, then: func(id string) string { return policy("a", id) },
			before: []string{"taint", "bss_expiry_policy.a"},
		},
		"replace, created before": {
			first: func(id string) string { return createdBefore(renews("a", id)) },
			then:  func(id string) string { return createdBefore(renews("a", id)) },
			args:  []string{"-replace=bss_autorenew.a"},
		},
		"removed": {first: func(id string) string { return renews("a", id) }, then: func(string) string { return "" }, off: true},
	} {
		for _, mode := range []string{"allow", "deny"} {
			t.Run(name+"/"+mode, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{})
				// Ten other settings make the calls overlap.
				others := ""
				for i := range 10 {
					others += renews(fmt.Sprintf("other%d", i), w.addResource(map[string]any{"expire_policy": apiAutoRenew}))
				}

				id := w.addResource(nil)
				provider := fmt.Sprintf("provider \"bss\" {\n  spending {\n    mode = %q\n  }\n}\n", mode)
				c := newCLI(t, w, test.first(id)+others)
				c.ok(applyCommand...)

				for i := range applies {
					config := test.then(id)
					if i%2 == 1 {
						config = test.first(id)
					}

					if test.before != nil {
						c.ok(test.before...)
					}

					c.configure(provider + config + others)
					c.ok(append(applyCommand, test.args...)...)

					if on := w.policy(id) == apiAutoRenew; on == test.off {
						t.Fatalf("apply %d: the policy is %s", i+1, apiWord(w.policy(id)))
					}

					if test.off {
						return
					}
				}

				c.empty()
			})
		}
	}
}

func createdBefore(block string) string {
	return strings.TrimSuffix(block, "}\n") + "\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n"
}
