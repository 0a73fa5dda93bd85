// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The commands of a person, without questions and colors.
var (
	planCommand    = []string{"plan", "-no-color", "-input=false", "-detailed-exitcode"}
	refreshCommand = []string{"plan", "-refresh-only", "-no-color", "-input=false", "-detailed-exitcode"}
	applyCommand   = []string{"apply", "-no-color", "-input=false", "-auto-approve"}
	destroyCommand = []string{"destroy", "-no-color", "-input=false", "-auto-approve"}
)

// reach has the next commands talk to another world.
func (c *cli) reach(w *world) {
	w.serves(byTerraform)

	c.env = slices.DeleteFunc(c.env, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		_, of := w.env[name]

		return of
	})

	for name, value := range w.env {
		c.env = append(c.env, name+"="+value)
	}
}

// forgetRecords makes the state one that a provider wrote before it recorded
// accounts, under a CLI that knows no identities. It returns the exit code of
// the first refresh that changes nothing: CLIs that know identities call it a
// change that an object gets one, and the framework refuses a Read without.
func (c *cli) forgetRecords() int {
	c.t.Helper()

	refreshed := 0

	path := filepath.Join(c.dir, "terraform.tfstate")

	content, err := os.ReadFile(path)
	if err != nil {
		c.t.Fatal(err)
	}

	var state map[string]any
	if err := json.Unmarshal(content, &state); err != nil {
		c.t.Fatal(err)
	}

	for _, resource := range objectsIn(state["resources"]) {
		for _, instance := range objectsIn(resource["instances"]) {
			if instance["identity"] != nil {
				refreshed = 2
			}

			delete(instance, "private")
			delete(instance, "identity")
			delete(instance, "identity_schema_version")
		}
	}

	if content, err = json.Marshal(state); err != nil {
		c.t.Fatal(err)
	}

	c.write(path, string(content), 0o600)

	return refreshed
}

func objectsIn(value any) []map[string]any {
	var objects []map[string]any

	elements, _ := value.([]any)
	for _, element := range elements {
		if object, ok := element.(map[string]any); ok {
			objects = append(objects, object)
		}
	}

	return objects
}

// stack is a configuration of one resource of each type that is read back, and
// its world.
func stack(t *testing.T) (*world, *cli) {
	t.Helper()

	w := renewalWorld(t, bsssim.Options{})
	order := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})

	return w, newCLI(t, w, fmt.Sprintf(`
resource "bss_autorenew" "this" {
  resource_id = %q
  enabled     = true
  on_destroy  = "disable"
}

resource "bss_expiry_policy" "this" {
  resource_id = %q
  policy      = "pay_per_use"
}

resource "bss_renewal" "this" {
  resource_id  = %q
  paid_through = "2027-02-28"
  period_unit  = "month"
  max_amount   = 100
}

resource "bss_order_payment" "this" {
  order_id   = %q
  max_amount = 100
}
`, w.addResource(nil), w.addResource(nil), renewedID, order))
}

// TestStackOld: a state that was written before accounts were recorded has
// nothing to do: no plan and no refresh shows a change.
func TestStackOld(t *testing.T) {
	t.Parallel()

	w, c := stack(t)
	c.ok(applyCommand...)

	want := c.forgetRecords()
	w.ClearRequests()

	c.empty()

	// Some CLIs call a state with numbers changed that is not: the settings have
	// none.
	refresh := append(refreshCommand, "-target=bss_autorenew.this", "-target=bss_expiry_policy.this")

	if code, output := c.run(refresh...); code != want || !strings.Contains(output, "No changes.") {
		t.Errorf("exit %d, want %d:\n%s", code, want, output)
	}

	c.ok(applyCommand...)
	c.ok(refresh...)

	if w.called("list_auth_domains") != 0 || w.mutations() != 0 {
		t.Errorf("asked for the account %d times, %d calls that change something", w.called("list_auth_domains"), w.mutations())
	}

	c.ok(destroyCommand...)
}

// TestStackGone: everything that Terraform does goes on with what billing knows
// no more. With other credentials nothing is forgotten.
func TestStackGone(t *testing.T) {
	t.Parallel()

	const (
		goes    = "goes on, and forgets settings"
		stays   = "goes on, and keeps everything"
		refuses = "refuses"
	)

	for name, test := range map[string]struct {
		world func(t *testing.T) *world
		old   bool
		want  string
	}{
		"of the same account":                        {emptyAccount, false, goes},
		"of the same account, old state":             {emptyAccount, true, stays},
		"of another account":                         {anotherAccount, false, refuses},
		"of another account, old state":              {anotherAccount, true, stays},
		"of an account that nobody knows":            {unknownAccount, false, refuses},
		"of an account that nobody knows, old state": {unknownAccount, true, stays},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			_, c := stack(t)
			c.ok(applyCommand...)

			refreshed := 0
			if test.old {
				refreshed = c.forgetRecords()
			}

			w := test.world(t)
			c.reach(w)

			refresh := append(refreshCommand, "-target=bss_autorenew.this", "-target=bss_expiry_policy.this")

			for i, command := range [][]string{refresh, planCommand} {
				// A setting of what is not known is planned anew, with a warning.
				want := map[string]int{goes: 2, stays: 0, refuses: 1}[test.want]
				if i == 0 {
					want = max(want, refreshed)
				}

				if code, output := c.run(command...); code != want {
					t.Errorf("%s: exit %d, want %d:\n%s", command[:2], code, want, output)
				}
			}

			if code, output := c.run(append(applyCommand, "-refresh-only")...); (code != 0) != (test.want == refuses) {
				t.Errorf("refresh: exit %d\n%s", code, output)
			}

			for address, kept := range map[string]bool{
				"bss_autorenew.this": test.want != goes, "bss_expiry_policy.this": test.want != goes,
				"bss_renewal.this": true, "bss_order_payment.this": true,
			} {
				if got := c.resource(address) != nil; got != kept {
					t.Errorf("%s is in state: %t, want %t", address, got, kept)
				}
			}

			if code, output := c.run(destroyCommand...); (code != 0) != (test.want == refuses) {
				t.Errorf("destroy: exit %d\n%s", code, output)
			}

			if count := w.mutations(); count != 0 {
				t.Errorf("%d calls that change something", count)
			}
		})
	}
}

// TestMovedGone: a move to the other type takes the account along, before and
// after it is applied: other credentials make the run forget nothing.
func TestMovedGone(t *testing.T) {
	t.Parallel()

	for _, applied := range []bool{false, true} {
		t.Run(fmt.Sprintf("applied %t", applied), func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			id := w.addResource(nil)
			c := newCLI(t, w, fmt.Sprintf("resource \"bss_autorenew\" \"a\" {\n  resource_id = %q\n  enabled     = true\n}\n", id))

			c.ok(applyCommand...)
			c.configure(fmt.Sprintf("resource \"bss_expiry_policy\" \"a\" {\n  resource_id = %q\n  policy      = \"auto_renew\"\n}\n", id) +
				"moved {\n  from = bss_autorenew.a\n  to   = bss_expiry_policy.a\n}\n")

			if applied {
				c.ok(applyCommand...)
				c.empty()
			}

			c.reach(anotherAccount(t))

			for _, command := range [][]string{planCommand, applyCommand, destroyCommand} {
				if code, output := c.run(command...); code != 1 || !strings.Contains(output, "Credentials belong to another account") {
					t.Errorf("%s: exit %d\n%s", command[0], code, output)
				}
			}

			c.reach(w)
			c.ok(applyCommand...)
			c.empty()
		})
	}
}

// TestImportsOneWrong: of two hundred imports, the one with a wrong id is named.
func TestImportsOneWrong(t *testing.T) {
	t.Parallel()

	const wrong = "res-999999"

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 200}})

	for _, typeName := range []string{typeExpiryPolicy, typeAutorenew} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			argument := map[string]string{typeExpiryPolicy: `policy = "manual"`, typeAutorenew: "enabled = true"}[typeName]
			c := newCLI(t, w, fmt.Sprintf(`
locals {
  ids = { for n in range(1, 201) : n => n == 77 ? %q : format("res-%%06d", n) }
}

import {
  for_each = local.ids
  to       = %s.this[each.key]
  id       = each.value
}

resource "%s" "this" {
  for_each    = local.ids
  resource_id = each.value
  %s
}
`, wrong, typeName, typeName, argument))

			code, output := c.run(planCommand...)
			if code != 1 || strings.Count(output, "Error: ") != 1 || !strings.Contains(output, "Billing does not know resource "+wrong) {
				t.Errorf("exit %d:\n%s", code, output)
			}
		})
	}

	t.Cleanup(func() {
		if count := w.called("list_resources"); count > 60 {
			t.Errorf("%d queries for two runs of 200 imports", count)
		}
	})
}
