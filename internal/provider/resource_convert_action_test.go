// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typeResourceConvert = "bss_resource_convert"

// convertAction converts the server of periodWorld.
func convertAction(more attributes) invocation {
	config := attributes{"resource_id": str(periodServer)}
	for name, value := range more {
		config[name] = value
	}

	return invocation{typeName: typeResourceConvert, config: config}
}

// TestResourceConvertTwice: invoked twice, the action converts once.
func TestResourceConvertTwice(t *testing.T) {
	t.Parallel()

	w := periodWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
	convert := convertAction(nil)

	if planned := convert.plan(t, w); planned.failed() || !planned.warns("Resource will be charged by use") || w.mutations() != 0 {
		t.Errorf("%d calls that change something: %s", w.mutations(), planned)
	}

	first := convert.run(t, w)
	if first.diagnostics.failed() || !first.said("converts resource convert-server to pay-per-use: converted.") {
		t.Errorf("%q\n%s", first.progress, first.diagnostics)
	}

	second := convert.run(t, w)
	if second.diagnostics.failed() || !second.diagnostics.warns("Resource "+periodServer+" is pay-per-use already") {
		t.Errorf("%q\n%s", second.progress, second.diagnostics)
	}

	if sent, _ := w.convertCalls(); sent != 1 {
		t.Errorf("sent %d times, want once", sent)
	}
}

// TestResourceConvertFaults: a lost answer is found out about; a doubt that stays is
// an error. Nothing is sent twice by one invocation.
func TestResourceConvertFaults(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		says  []string
	}{
		"lost answer": {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}},
		"lost call":   {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, says: []string{"Conversion is in doubt", "was sent once"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{})
			test.fault.Operation = "convert_to_on_demand_now"
			addFault(t, w, test.fault)

			result := convertAction(nil).run(t, w)
			if test.says == nil && result.diagnostics.failed() {
				t.Error(result.diagnostics)
			}

			if test.says != nil {
				result.diagnostics.says(t, "resource_id", test.says...)
			}

			if sent, _ := w.convertCalls(); sent != 1 {
				t.Errorf("sent %d times, want once", sent)
			}
		})
	}
}

// TestResourceConvertRefusals: wrong and unknown arguments act on nothing.
func TestResourceConvertRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		config, provider attributes
		at, says         string
	}{
		"unknown resource": {
			config: attributes{"resource_id": str("nothing")}, at: "resource_id", says: "Billing does not know the resource",
		},
		"no time":            {config: attributes{"expire_time": str("2027-01-31")}, at: "expire_time", says: "must be a time in UTC"},
		"spending is denied": {provider: deny(), at: "resource_id", says: "Spending is denied"},
		"another account":    {provider: attributes{"allowed_domain_ids": strs("another")}, says: "allowed_domain_ids"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{})
			convert := convertAction(test.config)
			convert.provider = test.provider
			convert.plan(t, w).says(t, test.at, test.says)

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}

	t.Run("another term", func(t *testing.T) {
		t.Parallel()

		w := periodWorld(t, bsssim.Options{})
		convertAction(
			attributes{"expire_time": str("2027-02-28T15:59:59Z")},
		).run(t, w).
			diagnostics.says(
			t,
			"resource_id",
			"Expiry moved since the plan",
		)

		if w.mutations() != 0 {
			t.Errorf("calls that change something: %v", w.calls())
		}
	})

	for _, name := range []string{"resource_id", "expire_time", "timeout"} {
		t.Run("unknown "+name, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{})
			convert := convertAction(attributes{name: unknown(tftypes.String)})

			planned := convert.plan(t, w)

			if name == "resource_id" {
				planned.says(t, name, "has to name it")
			} else if planned.failed() {
				t.Error(planned)
			}

			convert.invoke(t.Context(), t, w).diagnostics.says(t, "", "before all of its arguments were known")

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}
}

// TestResourceConvertElsewhere: another site says so in the plan, and no call is made.
func TestResourceConvertElsewhere(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})
	convertAction(nil).plan(t, w).says(t, "", "only china has it", "bss_expiry_policy")

	if calls := w.calls(); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}

// TestResourceConvertTimeout: what is accepted and not carried out in time is a
// warning, and invoking the action again sends nothing.
func TestResourceConvertTimeout(t *testing.T) {
	t.Parallel()

	for review, words := range map[string]string{"off": "is still processing", "on": "is still under_review"} {
		t.Run("review "+review, func(t *testing.T) {
			t.Parallel()

			w := periodWorld(t, bsssim.Options{
				Processing: bsssim.Transition{Duration: time.Hour},
				Settings:   map[string]string{"conversion_review": review, "server_locks": "off"},
			})

			result := convertAction(attributes{"timeout": str("5s")}).run(t, w)
			if result.diagnostics.failed() || !result.diagnostics.warns("Conversion is accepted, but not carried out yet") || !result.said(words) {
				t.Errorf("%q\n%s", result.progress, result.diagnostics)
			}

			convertAction(attributes{"timeout": str("1s")}).run(t, w).diagnostics.says(t, "resource_id", "A conversion may be under way")

			if sent, _ := w.convertCalls(); sent != 1 {
				t.Errorf("sent %d times, want once", sent)
			}
		})
	}
}
