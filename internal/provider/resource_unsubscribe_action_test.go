// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typeResourceUnsubscribe = "bss_resource_unsubscribe"

// unsubscribeAction gives the server of renewalWorld back.
func unsubscribeAction(more attributes) invocation {
	config := attributes{"resource_id": str(renewedID), "scope": str("resource_and_renewals")}
	for name, value := range more {
		config[name] = value
	}

	return invocation{typeName: typeResourceUnsubscribe, config: config}
}

// TestResourceUnsubscribeTwice: invoked twice, the action unsubscribes once.
func TestResourceUnsubscribeTwice(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Settings: map[string]string{"server_locks": "off"}})
	unsubscribe := unsubscribeAction(nil)

	if planned := unsubscribe.plan(t, w); planned.failed() || !planned.warns("Resource will be deleted") || w.mutations() != 0 {
		t.Errorf("%d calls that change something: %s", w.mutations(), planned)
	}

	first := unsubscribe.run(t, w)
	if first.diagnostics.failed() || !first.said("unsubscribes resource server-1 (resource_and_renewals): unsubscribed.") {
		t.Errorf("%q\n%s", first.progress, first.diagnostics)
	}

	second := unsubscribe.run(t, w)
	if second.diagnostics.failed() || !second.diagnostics.warns("Resource is closed already") {
		t.Errorf("%q\n%s", second.progress, second.diagnostics)
	}

	if sent := w.sent("unsubscribe_resources"); sent != 1 {
		t.Errorf("sent %d times, want once", sent)
	}
}

// TestResourceUnsubscribeFaults: a lost answer is found out about; a doubt that
// stays is an error. Nothing is sent twice by one invocation.
func TestResourceUnsubscribeFaults(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		says  []string
	}{
		"lost answer": {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}},
		"lost call":   {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, says: []string{"Unsubscription is in doubt", "was sent once"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			test.fault.Operation = "unsubscribe_resources"
			addFault(t, w, test.fault)

			result := unsubscribeAction(nil).run(t, w)
			if test.says == nil && result.diagnostics.failed() {
				t.Error(result.diagnostics)
			}

			if test.says != nil {
				result.diagnostics.says(t, "resource_id", test.says...)
			}

			if sent := w.sent("unsubscribe_resources"); sent != 1 {
				t.Errorf("sent %d times, want once", sent)
			}
		})
	}
}

// TestResourceUnsubscribeRenewals: with renewals_only, a renewal that somebody
// makes after the first invocation is not given back by the second.
func TestResourceUnsubscribeRenewals(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{})
	renew := map[string]any{"resource_id": renewedID, "period_type": 2, "period_num": 2}

	w.console("renew", renew)

	give := unsubscribeAction(attributes{"scope": str("renewals_only"), "expire_time": str(w.serverEnds())})

	if result := give.run(t, w); result.diagnostics.failed() || w.serverEnds() != "2027-01-31T15:59:59Z" {
		t.Errorf("ends at %s: %s", w.serverEnds(), result.diagnostics)
	}

	renew["period_num"] = 3
	w.console("renew", renew)

	later := w.serverEnds()
	give.run(t, w).diagnostics.says(t, "resource_id", "Expiry moved since the plan")

	if sent := w.sent("unsubscribe_resources"); sent != 1 || w.serverEnds() != later {
		t.Errorf("sent %d times; ends at %s, not at %s", sent, w.serverEnds(), later)
	}
}

// TestResourceUnsubscribeRefusals: wrong and unknown arguments act on nothing.
func TestResourceUnsubscribeRefusals(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		config, provider attributes
		at, says         string
	}{
		"renewals without an expiry": {config: attributes{"scope": str("renewals_only")}, at: "expire_time", says: "remembers nothing"},
		"unknown resource": {
			config: attributes{"resource_id": str("nothing")}, at: "resource_id", says: "Billing does not know the resource",
		},
		"no such scope":   {config: attributes{"scope": str("all")}, at: "scope", says: "renewals_only"},
		"no time":         {config: attributes{"expire_time": str("2027-01-31")}, at: "expire_time", says: "must be a time in UTC"},
		"another account": {provider: attributes{"allowed_domain_ids": strs("another")}, says: "allowed_domain_ids"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			unsubscribe := unsubscribeAction(test.config)
			unsubscribe.provider = test.provider
			unsubscribe.plan(t, w).says(t, test.at, test.says)

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}

	for _, name := range []string{"resource_id", "scope", "expire_time", "reason", "timeout"} {
		t.Run("unknown "+name, func(t *testing.T) {
			t.Parallel()

			w := renewalWorld(t, bsssim.Options{})
			unsubscribe := unsubscribeAction(attributes{name: unknown(tftypes.String)})

			planned := unsubscribe.plan(t, w)

			if name == "resource_id" || name == "scope" {
				planned.says(t, name, "has to name it")
			} else if planned.failed() {
				t.Error(planned)
			}

			unsubscribe.invoke(t.Context(), t, w).diagnostics.says(t, "", "before all of its arguments were known")

			if w.mutations() != 0 {
				t.Errorf("calls that change something: %v", w.calls())
			}
		})
	}
}

// TestResourceUnsubscribeTimeout: what is accepted and not carried out in time is
// a warning.
func TestResourceUnsubscribeTimeout(t *testing.T) {
	t.Parallel()

	w := renewalWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})

	result := unsubscribeAction(attributes{"timeout": str("5s")}).run(t, w)
	if result.diagnostics.failed() || !result.diagnostics.warns("Unsubscription is accepted, but not carried out yet") ||
		!result.said("is still processing") {
		t.Errorf("%q\n%s", result.progress, result.diagnostics)
	}
}
