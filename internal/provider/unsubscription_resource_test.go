// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// renewedServer is a server with a disk in an account, whose term was renewed
// once. Both scopes have something to give back.
const (
	renewedServer = "unsub-server"
	renewedDisk   = "unsub-disk"
)

func newRenewedWorld(t *testing.T, options bsssim.Options) *world {
	t.Helper()

	w := newRichWorld(t, options)
	w.console("add_resource", map[string]any{"resource_id": renewedServer, "name": "web", "expire_time": "720h", "monthly_price": "30.00"})
	w.console("add_resource", map[string]any{
		"resource_id": renewedDisk, "name": "web-data", "parent_resource_id": renewedServer, "expire_time": "720h", "monthly_price": "6.00",
		"service_type_code": "hws.service.type.ebs",
	})
	w.renewServer()

	return w
}

// renewServer renews the server at the console, and waits until that is done.
func (w *world) renewServer() {
	w.t.Helper()

	before := w.ends()
	order := fmt.Sprint(w.console("renew", map[string]any{"resource_id": renewedServer})["order_id"])

	if w.options.Processing != (bsssim.Transition{}) {
		w.console("set_status", map[string]any{"order_id": order, "status": 5})
	}

	if w.ends().Equal(before) {
		w.t.Fatal("the renewal is not carried out")
	}
}

func (w *world) resourceOf(id string) *bsssim.Resource {
	w.t.Helper()

	return w.World().Resource(id)
}

// ends is when the server ends.
func (w *world) ends() time.Time { return w.resourceOf(renewedServer).ExpireTime }

// unsubscribeCalls counts the unsubscriptions of the journal, and those that
// acted.
func (w *world) unsubscribeCalls() (sent, acted int) {
	for _, request := range w.Requests() {
		if request.Operation == "unsubscribe_resources" {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

// refunds are the orders of type 4 of a resource that were carried out or are to
// be.
func (w *world) refunds(id string) []string {
	var found []string

	for _, order := range w.World().Orders {
		if order.OrderType == 4 && slices.Contains(order.ResourceIDs, id) {
			found = append(found, order.OrderID)
		}
	}

	return found
}

func unsubscriptionArguments(id, scope string) map[string]tftypes.Value {
	return map[string]tftypes.Value{"resource_id": str(id), "scope": str(scope)}
}

// wantUnsubscribed fails unless the world and the state agree that the server,
// or its renewed term, was given back once.
func wantUnsubscribed(t *testing.T, w *world, c *core, scope string) {
	t.Helper()

	if got := w.refunds(renewedServer); len(got) != 1 {
		t.Errorf("unsubscriptions = %q, want one", got)
	}

	if got := w.World().Refunds; len(got) != 1 {
		t.Errorf("refunds = %v, want one", got)
	}

	if sent, acted := w.unsubscribeCalls(); acted > 1 {
		t.Errorf("%d of %d unsubscriptions acted, want one at most", acted, sent)
	}

	want, status := "unsubscribed", 3
	if scope == scopeRenewals {
		want, status = "completed", 2
	}

	if got := show(c.attribute("status")); got != want {
		t.Errorf("status = %s, want %s", got, want)
	}

	for _, id := range []string{renewedServer, renewedDisk} {
		if got := w.resourceOf(id).Status; got != status {
			t.Errorf("resource %s is in status %d, want %d", id, got, status)
		}
	}

	if got := show(c.attribute("expire_time")); got != w.ends().UTC().Format(time.RFC3339) {
		t.Errorf("expire_time = %s, want %s", got, w.ends())
	}

	// An order that is not known is null; one that is known is the right one.
	order, refund := show(c.attribute("order_id")), show(c.attribute("refund_amount"))

	switch {
	case order == "null" && refund != "null":
		t.Errorf("refund_amount = %s of no order", refund)
	case order != "null" && !slices.Contains(w.refunds(renewedServer), order):
		t.Errorf("order_id = %s, want one of %q", order, w.refunds(renewedServer))
	case order != "null" && len(w.World().Refunds) == 1:
		given := exact(t, string(w.World().Refunds[0].Amount))
		if refund != given.Text('f', -1) {
			t.Errorf("refund_amount = %s, want %s", refund, given.Text('f', -1))
		}
	}
}

// TestUnsubscription gives both scopes back, and shows the plan, the state, and
// that nothing happens after.
func TestUnsubscription(t *testing.T) {
	t.Parallel()

	for scope, test := range map[string]struct{ summary, refund string }{
		scopeAll:      {"Resource will be deleted", "72"},
		scopeRenewals: {"Renewed terms will be given back", "36"},
	} {
		t.Run(scope, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 3}})
			ends := w.ends().UTC().Format(time.RFC3339)
			c := newCore(w, typeUnsubscription)
			arguments := unsubscriptionArguments(renewedServer, scope)
			arguments["reason"] = str("moved elsewhere")

			plan := c.plan(t.Context(), arguments)
			if plan.diagnostics.failed() || len(plan.diagnostics) != 1 || !plan.diagnostics.warns(test.summary) {
				t.Fatalf("want the warning %q, got %s", test.summary, plan.diagnostics)
			}

			for _, word := range []string{renewedServer, "web", ends, "days"} {
				if !strings.Contains(plan.diagnostics[0].Detail, word) {
					t.Errorf("the warning does not name %s: %s", word, plan.diagnostics[0].Detail)
				}
			}

			if got := strings.Contains(plan.diagnostics[0].Detail, renewedDisk); got != (scope == scopeAll) {
				t.Errorf("the warning names what is attached: %t", got)
			}

			deletes := "null"
			if scope == scopeAll {
				deletes = "[" + renewedDisk + " " + renewedServer + "]"
			}

			shown := map[string]string{}
			for name, value := range attributesOf(t, plan.value) {
				if name != "timeouts" {
					shown[name] = show(value)
				}
			}

			if diff := cmp.Diff(map[string]string{
				"resource_id": renewedServer, "scope": scope, "reason": "moved elsewhere", "planned_expire_time": ends, "status": "unknown",
				"order_id": "unknown", "refund_amount": "unknown", "currency": "unknown", "expire_time": "unknown",
				"deletes": deletes,
			}, shown); diff != "" {
				t.Error(diff)
			}

			if w.mutations() > 0 {
				t.Fatalf("the plan has changed something: %v", w.calls())
			}

			if diags := c.apply(t.Context(), plan); diags.failed() || c.tainted {
				t.Fatal(diags)
			}

			wantUnsubscribed(t, w, c, scope)

			if order, refund := show(c.attribute("order_id")), show(c.attribute("refund_amount")); order == "null" || refund != test.refund {
				t.Errorf("order_id = %s, refund_amount = %s, want %s", order, refund, test.refund)
			}

			if got := show(c.attribute("currency")); got != "USD" {
				t.Errorf("currency = %s", got)
			}

			if got := show(c.attribute("planned_expire_time")); got != ends {
				t.Errorf("planned_expire_time = %s, want %s", got, ends)
			}

			sent, _ := w.unsubscribeCalls()
			if again := c.plan(t.Context(), arguments); again.diagnostics.failed() || len(again.diagnostics) > 0 || !again.empty() {
				t.Errorf("the plan after is not empty: %s\n%s", again.value, again.diagnostics)
			}

			if now, _ := w.unsubscribeCalls(); sent != 1 || now != 1 {
				t.Errorf("%d and then %d unsubscriptions were sent, want one", sent, now)
			}
		})
	}
}

// TestUnsubscriptionRecordedNeverActs: what is recorded is not done again, by
// no change but the one that the plan shows as an act.
func TestUnsubscriptionRecordedNeverActs(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	c := newCore(w, typeUnsubscription)
	arguments := unsubscriptionArguments(renewedServer, scopeRenewals)

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	// Somebody renews later, which has to stay.
	w.renewServer()
	ends := w.ends()

	if plan := c.plan(t.Context(), arguments); !plan.empty() {
		t.Errorf("a renewal at the console makes a plan: %s", plan.value)
	}

	changed := maps.Clone(arguments)
	changed["reason"] = str("another one")

	if diags := c.run(t.Context(), changed); diags.failed() {
		t.Fatal(diags)
	}

	if sent, _ := w.unsubscribeCalls(); sent != 1 || !w.ends().Equal(ends) {
		t.Fatalf("%d unsubscriptions, and the resource ends at %s instead of %s", sent, w.ends(), ends)
	}

	// More than what is recorded is an act, and the plan says so.
	changed["scope"] = str(scopeAll)

	plan := c.plan(t.Context(), changed)
	if plan.replaces || len(plan.diagnostics) != 1 || !plan.diagnostics.warns("Resource will be deleted") ||
		show(attributeOf(t, plan.value, "planned_expire_time")) != ends.UTC().Format(time.RFC3339) {
		t.Fatalf("the plan does not show the act: %s\n%s", plan.value, plan.diagnostics)
	}

	if diags := c.apply(t.Context(), plan); diags.failed() {
		t.Fatal(diags)
	}

	if got := show(c.attribute("status")); got != "unsubscribed" || w.resourceOf(renewedServer).Status != 3 {
		t.Errorf("status = %s, resource %d", got, w.resourceOf(renewedServer).Status)
	}

	// The way back is recorded, with a warning, and so is what comes after it.
	for _, scope := range []string{scopeRenewals, scopeAll} {
		changed["scope"] = str(scope)
		sent, _ := w.unsubscribeCalls()

		plan := c.plan(t.Context(), changed)
		if plan.diagnostics.failed() || len(plan.diagnostics) != 1 {
			t.Errorf("scope %s: want one warning, got %s", scope, plan.diagnostics)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() || show(c.attribute("scope")) != scope {
			t.Error(diags)
		}

		if now, _ := w.unsubscribeCalls(); now != sent || show(c.attribute("status")) != "unsubscribed" {
			t.Errorf("scope %s: %d unsubscriptions, status %s", scope, now, show(c.attribute("status")))
		}
	}
}

// TestUnsubscriptionNarrowed: less than what is recorded is no act, also while
// that is being carried out.
func TestUnsubscriptionNarrowed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newRenewedWorld(
			t,
			bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}, Settings: map[string]string{"server_locks": "off"}},
		)
		c := newCore(w, typeUnsubscription)
		arguments := unsubscriptionArguments(renewedServer, scopeAll)
		arguments["timeouts"] = timeoutsOf("1500ms", "300ms")

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		order := show(c.attribute("order_id"))
		arguments["scope"] = str(scopeRenewals)

		diags := c.run(t.Context(), arguments)
		if diags.failed() || !strings.Contains(diags.String(), "Nothing is brought back") {
			t.Errorf("want a warning, got %s", diags)
		}

		if got := []string{
			show(c.attribute("scope")),
			show(c.attribute("status")),
			show(c.attribute("order_id")),
		}; !slices.Equal(
			got,
			[]string{scopeRenewals, "processing", order},
		) {
			t.Errorf("state = %q", got)
		}

		if len(w.refunds(renewedServer)) != 1 {
			t.Errorf("unsubscriptions = %q, want one", w.refunds(renewedServer))
		}

		// It is still found out what became of it.
		w.Advance(2 * time.Hour)

		if diags := c.run(t.Context(), arguments); diags.failed() || show(c.attribute("status")) != "unsubscribed" {
			t.Errorf("%s\n%s", c.state, diags)
		}

		if sent, _ := w.unsubscribeCalls(); sent != 1 {
			t.Errorf("%d unsubscriptions, want one", sent)
		}
	})
}

// TestUnsubscriptionFence: a resource that was renewed between plan and apply is
// left alone.
func TestUnsubscriptionFence(t *testing.T) {
	t.Parallel()

	for _, scope := range []string{scopeAll, scopeRenewals} {
		t.Run(scope, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{})
			c := newCore(w, typeUnsubscription)
			plan := c.plan(t.Context(), unsubscriptionArguments(renewedServer, scope))

			w.renewServer()

			if diags := c.apply(t.Context(), plan); !diags.failed() || !c.absent() {
				t.Errorf("want an error and no state, got %s", diags)
			}

			if sent, _ := w.unsubscribeCalls(); sent != 0 {
				t.Errorf("%d unsubscriptions of a resource that was renewed", sent)
			}
		})
	}
}

// TestUnsubscriptionOddResources: what the status of a resource means.
func TestUnsubscriptionOddResources(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		// act is done at the console before the plan.
		act    string
		values map[string]any
		id     string
		// at and summary are the error, both empty for success.
		at, summary string
		says        string
		// planned says that the plan knows.
		planned bool
		calls   int
	}{
		"expired":             {act: "expire", id: renewedServer, calls: 1},
		"frozen by vendor":    {act: "freeze", id: renewedServer, at: "resource_id", summary: "Resource or account is frozen", calls: 1},
		"closed":              {act: "close_resource", id: renewedServer},
		"unsubscribed before": {act: "unsubscribe", id: renewedServer},
		"attached": {
			id: renewedDisk, at: "resource_id", summary: "Resource is attached to another", says: renewedServer, planned: true,
		},
		"never seen": {id: "never-seen", at: "resource_id", summary: "Billing does not know the resource", planned: true},
		"unknown status": {
			act: "add_resource", values: map[string]any{"resource_id": "odd", "status": 7}, id: "odd",
			at: "resource_id", summary: "Resource has an unknown status", says: "unknown(7)", planned: true,
		},
		"unpaid order": {
			act: "renew", values: map[string]any{"resource_id": renewedServer, "unpaid": true}, id: renewedServer,
			at: "resource_id", summary: "Resource is part of an unpaid order", calls: 1,
		},
		"not for this product": {
			act: "refuse", values: map[string]any{"resource_id": renewedServer, "operation": "unsubscribe_resources", "code": "CBC.99003649"},
			id: renewedServer, at: "resource_id", summary: "Product cannot be unsubscribed", says: "CBC.99003649", calls: 1,
		},
	} {
		for _, failures := range []string{"inside", "whole"} {
			t.Run(name+"/failures "+failures, func(t *testing.T) {
				t.Parallel()

				w := newRenewedWorld(t, bsssim.Options{Settings: map[string]string{"unsubscribe_failures": failures}})

				if test.act != "" {
					values := test.values
					if values == nil {
						values = map[string]any{"resource_id": renewedServer}
					}

					w.console(test.act, values)
				}

				c := newCore(w, typeUnsubscription)
				arguments := unsubscriptionArguments(test.id, scopeAll)

				diags := c.plan(t.Context(), arguments).diagnostics
				if diags.failed() != test.planned {
					t.Errorf("the plan failed: %t, want %t\n%s", diags.failed(), test.planned, diags)
				}

				if !test.planned {
					diags = c.run(t.Context(), arguments)
				}

				if diags.failed() != (test.summary != "") || c.tainted || diags.failed() && !c.absent() {
					t.Fatalf("failed: %t, tainted: %t, absent: %t\n%s", diags.failed(), c.tainted, c.absent(), diags)
				}

				if test.summary != "" &&
					(!diags.errorAt(test.at) || !strings.Contains(diags.String(), test.summary) || !strings.Contains(diags.String(), test.says)) {
					t.Errorf("want %q at %q, that says %q, got %s", test.summary, test.at, test.says, diags)
				}

				if sent, _ := w.unsubscribeCalls(); sent != test.calls {
					t.Errorf("%d unsubscriptions were sent, want %d", sent, test.calls)
				}

				if test.summary == "" {
					if got := show(c.attribute("status")); got != "unsubscribed" {
						t.Errorf("status = %s", got)
					}

					if plan := c.plan(t.Context(), arguments); !plan.empty() {
						t.Errorf("the plan after is not empty: %s", plan.value)
					}
				}
			})
		}
	}
}

// TestUnsubscriptionNothingRenewed: no renewed term to give back is what was
// wanted, and says so.
func TestUnsubscriptionNothingRenewed(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	arguments := unsubscriptionArguments(renewedServer, scopeRenewals)

	if diags := newCore(w, typeUnsubscription).run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	// The state of the first apply was lost.
	c := newCore(w, typeUnsubscription)

	diags := c.run(t.Context(), arguments)
	if diags.failed() || !strings.Contains(diags.String(), "There was no renewed term to give back") {
		t.Errorf("want a warning, got %s", diags)
	}

	if got := []string{
		show(c.attribute("status")),
		show(c.attribute("order_id")),
		show(c.attribute("refund_amount")),
	}; !slices.Equal(
		got,
		[]string{"completed", "null", "null"},
	) {
		t.Errorf("state = %q", got)
	}

	if got := w.World().Refunds; len(got) != 1 {
		t.Errorf("refunds = %v, want one", got)
	}
}

// TestUnsubscriptionImport: an import records what is closed, and never
// unsubscribes.
func TestUnsubscriptionImport(t *testing.T) {
	t.Parallel()

	for _, by := range []string{"id", "identity"} {
		t.Run(by, func(t *testing.T) {
			t.Parallel()

			w := newRenewedWorld(t, bsssim.Options{})
			c := newCore(w, typeUnsubscription)

			if diags := c.importPolicy(
				t.Context(),
				by,
				renewedServer,
			); !diags.errorAt("resource_id") ||
				!strings.Contains(diags.String(), "an import never unsubscribes") {
				t.Errorf("want an error at resource_id, got %s", diags)
			}

			w.console("unsubscribe", map[string]any{"resource_id": renewedServer})

			if diags := c.importPolicy(t.Context(), by, renewedServer); diags.failed() {
				t.Fatal(diags)
			}

			arguments := unsubscriptionArguments(renewedServer, scopeAll)
			if diags := c.run(
				t.Context(),
				arguments,
			); diags.failed() || show(c.attribute("status")) != "unsubscribed" ||
				show(c.attribute("scope")) != scopeAll {
				t.Errorf("%s\n%s", c.state, diags)
			}

			if plan := c.plan(t.Context(), arguments); !plan.empty() {
				t.Errorf("the plan after is not empty: %s", plan.value)
			}

			if w.mutations() > 0 {
				t.Errorf("the import has changed something: %v", w.calls())
			}
		})
	}
}

// TestUnsubscriptionDestroyed: destroying says that nothing comes back, and
// calls nothing.
func TestUnsubscriptionDestroyed(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	c := newCore(w, typeUnsubscription)

	if diags := c.run(t.Context(), unsubscriptionArguments(renewedServer, scopeAll)); diags.failed() {
		t.Fatal(diags)
	}

	before := len(w.Requests())

	if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "comes back") || !c.absent() {
		t.Errorf("want a warning and no state, got %s", diags)
	}

	if got := len(w.Requests()); got != before {
		t.Errorf("destroying made %d calls", got-before)
	}
}

// TestUnsubscriptionAccount: another account is refused at plan, and again
// before the act.
func TestUnsubscriptionAccount(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	arguments := unsubscriptionArguments(renewedServer, scopeAll)

	c := newCore(w, typeUnsubscription)
	saved := c.plan(t.Context(), arguments)

	c.provider = map[string]tftypes.Value{"allowed_domain_ids": strs("another")}
	if diags := c.plan(t.Context(), arguments).diagnostics; !diags.failed() || !strings.Contains(diags.String(), "Account is not allowed") {
		t.Errorf("planned for another account: %s", diags)
	}

	if diags := c.apply(t.Context(), saved); !diags.failed() || !c.absent() {
		t.Errorf("applied to another account: %s", diags)
	}

	if sent, _ := w.unsubscribeCalls(); sent != 0 {
		t.Errorf("%d unsubscriptions of another account", sent)
	}

	// Who spends nothing is not denied by the guard of what is spent.
	c.provider = map[string]tftypes.Value{"allowed_domain_ids": strs(w.World().CustomerID)}
	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Error(diags)
	}
}

// TestUnsubscriptionGoneStays: a record stays when billing forgets the resource,
// but not for the credentials of another account.
func TestUnsubscriptionGoneStays(t *testing.T) {
	t.Parallel()

	w := newRenewedWorld(t, bsssim.Options{})
	arguments := unsubscriptionArguments(renewedServer, scopeAll)
	c := newCore(w, typeUnsubscription)

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	empty := newWorld(t, bsssim.Options{})
	c.world = empty

	if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() {
		t.Errorf("a resource that is gone makes a plan: %s\n%s", plan.value, plan.diagnostics)
	}

	c.identity = &tfprotov6.ResourceIdentityData{IdentityData: identityBy(c, "resource_id", renewedServer, str("another"))}

	if diags := c.refresh(
		t.Context(),
	); !diags.failed() || !strings.Contains(diags.String(), "Credentials belong to another account") ||
		c.absent() {
		t.Errorf("read with the credentials of another account: %s", diags)
	}
}

// TestUnsubscriptionUnfinished: a wait that ends early is state and a warning,
// and the next plan shows what is left.
func TestUnsubscriptionUnfinished(t *testing.T) {
	t.Parallel()

	eachUnfinished(t, "on", func(t *testing.T, w *world, scope string, arguments map[string]tftypes.Value) {
		c := newCore(w, typeUnsubscription)
		for range 2 {
			diags := c.run(t.Context(), arguments)
			if diags.failed() || c.tainted || !strings.Contains(diags.String(), "accepted, but not carried out yet") {
				t.Fatalf("want a warning, got %s", diags)
			}

			if got := show(c.attribute("status")); got != "processing" {
				t.Errorf("status = %s", got)
			}

			if plan := c.plan(t.Context(), arguments); plan.empty() || plan.replaces || show(attributeOf(t, plan.value, "status")) != "unknown" {
				t.Errorf("the next plan does not show what is left: %s", plan.value)
			}
		}

		w.Advance(2 * time.Hour)

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		wantUnsubscribed(t, w, c, scope)

		if plan := c.plan(t.Context(), arguments); !plan.empty() || show(c.attribute("refund_amount")) == "null" {
			t.Errorf("the plan after is not empty, or the refund not known: %s", plan.value)
		}
	})
}

// TestUnsubscriptionCanceled: an order that is canceled gives nothing back, and
// state says so.
func TestUnsubscriptionCanceled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newRenewedWorld(t, bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}})
		c := newCore(w, typeUnsubscription)
		arguments := unsubscriptionArguments(renewedServer, scopeAll)
		arguments["timeouts"] = timeoutsOf("6s", "15s")

		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		w.console("set_status", map[string]any{"order_id": show(c.attribute("order_id")), "status": 4})

		if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() || show(c.attribute("status")) != "canceled" {
			t.Errorf("state = %s\n%s", c.state, plan.diagnostics)
		}
	})
}

func timeoutsOf(create, update string) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"create": tftypes.String, "update": tftypes.String}},
		map[string]tftypes.Value{"create": str(create), "update": str(update)})
}
