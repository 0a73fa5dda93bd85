// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The simulated customer, and another one.
const (
	ownAccount   = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	otherAccount = "ffffffffffffffffffffffffffffffff"
)

// anotherAccount is an empty world of another customer.
func anotherAccount(t *testing.T) *world {
	t.Helper()

	seed := filepath.Join(t.TempDir(), "another.json")
	if err := os.WriteFile(seed, []byte(`{"site": "international", "customer_id": "`+otherAccount+`"}`), 0o600); err != nil {
		t.Fatal(err)
	}

	return newWorld(t, bsssim.Options{Seed: seed})
}

// managedObject brings an object of a type into state, one of each type.
type managedObject struct {
	typeName string
	// forgotten says that the state is rid of it once billing knows it no more.
	forgotten bool
	create    func(t *testing.T) (*core, map[string]tftypes.Value)
}

func managedObjects() []managedObject {
	created := func(t *testing.T, w *world, typeName string, arguments map[string]tftypes.Value) (*core, map[string]tftypes.Value) {
		t.Helper()

		c := newCore(w, typeName)
		if diags := c.run(t.Context(), arguments); diags.failed() {
			t.Fatal(diags)
		}

		return c, arguments
	}

	return []managedObject{
		{typeAutorenew, true, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()
			w := newWorld(t, bsssim.Options{})

			return created(t, w, typeAutorenew, autorenew(w.addResource(nil), true))
		}},
		{typeExpiryPolicy, true, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()
			w := newWorld(t, bsssim.Options{})
			arguments := expiryPolicy(w.addResource(nil), policyAutoRenew)
			arguments["on_destroy"] = str(onDestroyDisable)

			return created(t, w, typeExpiryPolicy, arguments)
		}},
		{typeRenewal, false, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()

			return created(t, renewalWorld(t, bsssim.Options{}), typeRenewal, renewalTo(t, "2027-02-28", "120"))
		}},
		{typeUnsubscription, false, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()

			return created(t, newRenewedWorld(t, bsssim.Options{}), typeUnsubscription, unsubscriptionArguments(renewedServer, scopeAll))
		}},
		{typeOrderPayment, false, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()
			w, c, arguments := plain(t, bsssim.Options{}, map[string]any{"amount": "42.50", "order_type": 3})

			return created(t, w, c.typeName, arguments)
		}},
		{typeOrderCancellation, false, func(t *testing.T) (*core, map[string]tftypes.Value) {
			t.Helper()
			w, c, arguments := unpaidOrder(t, bsssim.Options{}, nil)

			return created(t, w, c.typeName, arguments)
		}},
	}
}

// TestGone: what billing does not show any more leaves the state, or stays in it
// with a warning, only if the credentials are certainly those of its account.
// With others it stays, by an error if its account is known. A state has an
// account by its identity, by its private data, or by neither.
func TestGone(t *testing.T) {
	t.Parallel()

	states := map[string]struct {
		known bool
		make  func(c *core)
	}{
		"identity and private data": {true, func(*core) {}},
		"no identity":               {true, func(c *core) { c.identity = nil }},
		"no private data":           {true, func(c *core) { c.private = nil }},
		"neither":                   {false, func(c *core) { c.identity, c.private = nil, nil }},
		"an identity without account": {false, func(c *core) {
			c.private = nil

			key := "resource_id"
			if c.typeName == typeOrderPayment || c.typeName == typeOrderCancellation {
				key = "order_id"
			}

			c.identity.IdentityData = identityBy(c, key, show(c.attribute(key)), tftypes.NewValue(tftypes.String, nil))
		}},
	}

	const (
		leaves = "leaves, or is warned of"
		stays  = "stays with a warning"
		refuse = "stays by an error"
	)

	callers := map[string]struct {
		world   func(t *testing.T) *world
		allowed string
		// known and unknown are what happens to a state with an account, and to
		// one without.
		known, unknown string
	}{
		"the same":                          {emptyAccount, "", leaves, stays},
		"the same, allowed":                 {emptyAccount, ownAccount, leaves, leaves},
		"another":                           {anotherAccount, "", refuse, stays},
		"another, of which this is allowed": {anotherAccount, ownAccount, refuse, refuse},
		"nobody knows":                      {unknownAccount, "", refuse, stays},
		"nobody knows, allowed":             {unknownAccount, ownAccount, refuse, refuse},
	}

	for _, object := range managedObjects() {
		for stateName, state := range states {
			for callerName, caller := range callers {
				t.Run(strings.Join([]string{object.typeName, stateName, callerName}, "/"), func(t *testing.T) {
					t.Parallel()
					oneOfMany(t)

					c, arguments := object.create(t)
					state.make(c)
					c.world = caller.world(t)

					if caller.allowed != "" {
						c.provider = map[string]tftypes.Value{"allowed_domain_ids": strs(caller.allowed)}
					}

					want := caller.unknown
					if state.known {
						want = caller.known
					}

					before := c.state
					diags := c.refresh(t.Context())

					switch want {
					case leaves:
						if diags.failed() || c.absent() != object.forgotten || !object.forgotten && !diags.warnsOf("is not known any more") {
							t.Errorf("state %s\n%s", c.state, diags)
						}
					case stays:
						if diags.failed() || !c.state.Equal(before) || !diags.warnsOf("was not found") {
							t.Errorf("state %s\n%s", c.state, diags)
						}
					case refuse:
						if !diags.failed() || !c.state.Equal(before) {
							t.Errorf("state %s\n%s", c.state, diags)
						}
					}

					if want == refuse || c.absent() {
						return
					}

					// What stays can be planned and destroyed.
					if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() {
						t.Errorf("a plan of what stays: %s\n%s", plan.value, plan.diagnostics)
					}

					if diags := c.destroy(t.Context()); diags.failed() || !c.absent() {
						t.Errorf("destroyed: %s", diags)
					}

					if count := c.world.mutations(); count != 0 {
						t.Errorf("%d calls that change something", count)
					}
				})
			}
		}
	}
}

// TestDestroyUnseen: what is to be turned off at its destruction stays if the
// credentials are another account's, though nothing was read before.
func TestDestroyUnseen(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		world func(t *testing.T) *world
		fails bool
	}{
		"the same": {emptyAccount, false}, "another": {anotherAccount, true}, "nobody knows": {unknownAccount, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			c := newCore(w, typeAutorenew)
			arguments := autorenew(w.addResource(nil), true)
			arguments["on_destroy"] = str(onDestroyDisable)

			if diags := c.run(t.Context(), arguments); diags.failed() {
				t.Fatal(diags)
			}

			c.world = test.world(t)

			if diags := c.destroy(t.Context()); diags.failed() != test.fails || c.absent() == test.fails {
				t.Errorf("destroyed: %s", diags)
			}
		})
	}
}

// TestAccountAsked: whose the credentials are is asked once for a run, and only
// if something is absent; an answer that failed is not asked for again at once.
func TestAccountAsked(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		world func(t *testing.T) *world
		want  int
	}{
		"found": {nil, 0}, "absent": {emptyAccount, 1}, "absent, and nobody knows": {unknownAccount, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			objects := make([]*core, 5)

			for i := range objects {
				objects[i] = newCore(w, typeAutorenew)
				if diags := objects[i].run(t.Context(), autorenew(w.addResource(nil), true)); diags.failed() {
					t.Fatal(diags)
				}
			}

			if test.world != nil {
				w = test.world(t)
			}

			w.ClearRequests()

			first := objects[0]
			first.world = w

			p, diags := first.start(t.Context())
			if diags.failed() {
				t.Fatal(diags)
			}

			for _, c := range objects {
				c.refreshWith(t.Context(), p)
			}

			if got := w.called("list_auth_domains"); got != test.want {
				t.Errorf("asked %d times, want %d", got, test.want)
			}
		})
	}
}

// TestReadKeepsPrivateData: a read that changes nothing writes no private data
// either: a refresh alone would show a change.
func TestReadKeepsPrivateData(t *testing.T) {
	t.Parallel()

	for _, object := range managedObjects() {
		t.Run(object.typeName, func(t *testing.T) {
			t.Parallel()

			c, _ := object.create(t)
			c.identity, c.private = nil, nil

			if diags := c.refresh(t.Context()); diags.failed() || c.private != nil {
				t.Errorf("private data %s\n%s", c.private, diags)
			}
		})
	}
}

// TestMovedKeepsAccount: what moves to the other type keeps its account and its
// mark, from the identity or from the private data.
func TestMovedKeepsAccount(t *testing.T) {
	t.Parallel()

	types := map[string]string{typeAutorenew: typeExpiryPolicy, typeExpiryPolicy: typeAutorenew}

	for _, object := range managedObjects()[:2] {
		for _, with := range []string{"identity and private data", "no identity", "no private data"} {
			t.Run(object.typeName+"/"+with, func(t *testing.T) {
				t.Parallel()

				c, _ := object.create(t)

				if with == "no identity" {
					c.identity = nil
				}

				if with == "no private data" {
					c.private = nil
				}

				mark := markOf(t, c)
				c.moveTo(t.Context(), types[object.typeName])

				if mark != "" && markOf(t, c) != mark {
					t.Error("another mark after the move")
				}

				c.world = anotherAccount(t)

				if diags := c.refresh(t.Context()); !diags.failed() || c.absent() {
					t.Errorf("forgotten after a move with another account's credentials: %s", diags)
				}
			})
		}
	}
}

func emptyAccount(t *testing.T) *world {
	t.Helper()

	return newWorld(t, bsssim.Options{})
}

// unknownAccount is an empty world whose identity service answers nobody.
func unknownAccount(t *testing.T) *world {
	t.Helper()

	w := emptyAccount(t)
	addFault(t, w, bsssim.Fault{Operation: "list_auth_domains", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})

	return w
}

// warnsOf says whether the summary of a warning has the words.
func (d diagnostics) warnsOf(words string) bool {
	for _, diagnostic := range d {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityWarning && strings.Contains(diagnostic.Summary, words) {
			return true
		}
	}

	return false
}

// markOf is the mark in the private data of an object, empty without one.
func markOf(t *testing.T, c *core) string {
	t.Helper()

	if c.private == nil {
		return ""
	}

	// The framework encodes each value in base 64.
	var private map[string][]byte
	if err := json.Unmarshal(c.private, &private); err != nil {
		t.Fatal(err)
	}

	return string(private[privateMark])
}

// moveTo moves the object to another type, as a moved block does.
func (c *core) moveTo(ctx context.Context, typeName string) {
	c.t.Helper()

	p, diags := c.start(ctx)
	if diags.failed() {
		c.t.Fatal(diags)
	}

	raw, err := json.Marshal(plainValues(c.t, c.state))
	c.must(err)

	request := &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.terraform.io/bss-community/bss", SourceTypeName: c.typeName, TargetTypeName: typeName,
		SourceState: &tfprotov6.RawState{JSON: raw}, SourcePrivate: c.private,
	}

	if c.identity != nil {
		typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"resource_id": tftypes.String, "account_id": tftypes.String}}

		identity, err := c.identity.IdentityData.Unmarshal(typ)
		c.must(err)

		raw, err := json.Marshal(plainValues(c.t, identity))
		c.must(err)

		request.SourceIdentity = &tfprotov6.RawState{JSON: raw}
	}

	moved, err := p.server.MoveResourceState(ctx, request)
	c.must(err)

	if diags := diagnostics(moved.Diagnostics); diags.failed() {
		c.t.Fatal(diags)
	}

	c.typeName = typeName

	if p, diags = c.start(ctx); diags.failed() {
		c.t.Fatal(diags)
	}

	c.state, c.private, c.identity = c.decode(p, moved.TargetState), moved.TargetPrivate, moved.TargetIdentity
}

// plainValues is an object of primitive values and objects as JSON has it.
func plainValues(t tester, object tftypes.Value) map[string]any {
	t.Helper()

	values := map[string]any{}

	for name, value := range attributesOf(t, object) {
		var (
			text  string
			truth bool
		)

		switch {
		case value.IsNull():
			values[name] = nil
		case value.Type().Is(tftypes.Object{}):
			values[name] = plainValues(t, value)
		case value.As(&text) == nil:
			values[name] = text
		case value.As(&truth) == nil:
			values[name] = truth
		default:
			t.Fatalf("%s is a %s", name, value.Type())
		}
	}

	return values
}
