// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestPlanOfNothingBinds: a plan that says that something is there or done already, so
// that nothing is sent, sends nothing where the apply sees something else: not by
// Terraform's own plan at the apply, and not by a look after it.
func TestPlanOfNothingBinds(t *testing.T) {
	t.Parallel()

	closed := replace("list_resources", `"status":2`, `"status":3`)
	ending := func(scope string) func(t *testing.T) (*world, attributes) {
		return func(t *testing.T) (*world, attributes) {
			t.Helper()

			return newRenewedWorld(t, bsssim.Options{}), unsubscriptionArguments(renewedServer, scope)
		}
	}

	for name, test := range map[string]struct {
		typeName string
		world    func(t *testing.T) (*world, attributes)
		// before is what was applied before, nil for nothing.
		before attributes
		// seen is what the plan sees, and later what the apply does.
		seen, later func(operation string, body []byte) []byte
		says        string
	}{
		"unsubscribed": {
			typeName: typeUnsubscription, world: ending(scopeAll), seen: closed, says: "Resource is not closed after all",
		},
		"renewals unsubscribed": {
			typeName: typeUnsubscription, world: ending(scopeRenewals), seen: closed, says: "Resource is not closed after all",
		},
		"widened": {
			typeName: typeUnsubscription, world: ending(scopeAll), before: attributes{"scope": str(scopeRenewals)}, seen: closed,
			says: "Resource is not closed after all",
		},
		"member": {
			typeName: typeMember,
			world: func(t *testing.T) (*world, attributes) {
				t.Helper()

				return newMemberWorld(t, bsssim.Options{}), newMember(map[string]tftypes.Value{"name": str("team-b")})
			},
			later: func(operation string, body []byte) []byte {
				if operation == "list_sub_customers" {
					return bytes.ReplaceAll(body, []byte(`"team-b"`), []byte(`"team-x"`))
				}

				return body
			},
			says: "Member is another one",
		},
	} {
		for _, replanned := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, replanned %t", name, replanned), func(t *testing.T) {
				t.Parallel()

				w, arguments := test.world(t)
				c := newCore(w, test.typeName)

				c.runFirst(t, arguments, test.before)

				gate := w.gated()
				gate.answersWith(test.seen)

				saved := c.planOnly(t.Context(), arguments)
				if saved.diagnostics.failed() {
					t.Fatal(saved.diagnostics)
				}

				gate.answersWith(test.later)
				w.ClearRequests()

				p, diags := c.start(t.Context())
				if diags.failed() {
					t.Fatal(diags)
				}

				if replanned {
					diags = c.applyWith(t.Context(), p, saved)
				} else if diags = c.change(t.Context(), p, saved); !diags.refuses(test.says) {
					t.Error(diags)
				}

				if !diags.failed() || w.mutations() != 0 || test.before == nil && !c.absent() {
					t.Errorf("%d calls that change something: %s", w.mutations(), diags)
				}
			})
		}
	}
}

// TestPlanOfAnAccountBinds: what is about the whole account is sent to the account that
// the plan was made for, or not at all.
func TestPlanOfAnAccountBinds(t *testing.T) {
	t.Parallel()

	for typeName, arguments := range map[string]attributes{
		typeRenewalSettings: {"expiry_day": str("15")}, typeProjectAuthority: {},
	} {
		for _, replanned := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, replanned %t", typeName, replanned), func(t *testing.T) {
				t.Parallel()

				c := newCore(newWorld(t, bsssim.Options{}), typeName)

				saved := c.plan(t.Context(), arguments)
				if saved.diagnostics.failed() || show(attributeOf(t, saved.value, recordedDomain)) != ownAccount {
					t.Fatalf("planned %s: %s", show(saved.value), saved.diagnostics)
				}

				other := anotherAccount(t)
				other.serves(typeName)
				c.world = other

				p, diags := c.start(t.Context())
				if diags.failed() {
					t.Fatal(diags)
				}

				if replanned {
					diags = c.applyWith(t.Context(), p, saved)
				} else if diags = c.change(t.Context(), p, saved); !diags.refuses("Credentials belong to another account") {
					t.Error(diags)
				}

				if !diags.failed() || !c.absent() || other.mutations() != 0 {
					t.Errorf("applied to another account: %s", diags)
				}
			})
		}
	}
}

// TestDestroyOfWhatIsClosedBinds: a plan that says that nothing is left to disable, as the
// resource is closed, disables nothing where the apply sees it in use.
func TestDestroyOfWhatIsClosedBinds(t *testing.T) {
	t.Parallel()

	for _, typeName := range []string{typeAutorenew, typeExpiryPolicy} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			arguments := autorenew(w.addResource(nil), true)

			if typeName == typeExpiryPolicy {
				arguments = expiryPolicy(show(arguments["resource_id"]), policyAutoRenew)
			}

			arguments["on_destroy"] = str(onDestroyDisable)

			c := newCore(w, typeName)
			if diags := c.run(t.Context(), arguments); diags.failed() {
				t.Fatal(diags)
			}

			gate := w.gated()
			gate.answersWith(replace("list_resources", `"status":2`, `"status":3`))

			if diags := c.refresh(t.Context()); diags.failed() {
				t.Fatal(diags)
			}

			gate.answersWith(nil)
			w.ClearRequests()

			diags := c.destroy(t.Context())
			says := strings.Contains(diags.String(), "Nothing to disable") && diags.refuses("Resource is not closed after all")

			if !says || w.mutations() != 0 || c.absent() {
				t.Fatalf("%d calls that change something: %s", w.mutations(), diags)
			}

			// A plan that sees it in use says what it does.
			if diags := append(c.refresh(t.Context()), c.destroy(t.Context())...); diags.failed() || w.mutations() != 1 {
				t.Errorf("%d calls that change something: %s", w.mutations(), diags)
			}
		})
	}
}
