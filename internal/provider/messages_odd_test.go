// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// odd is an act among answers that the simulator does not give by itself.
type odd struct {
	t *testing.T
	*world
	gate *gate
}

func oddly(t *testing.T, w *world) *odd {
	t.Helper()

	return &odd{t: t, world: w, gate: w.gated()}
}

// edits changes every object in the answers to an operation.
func (o *odd) edits(operation string, change func(object map[string]any)) {
	o.gate.answersWith(func(called string, body []byte) []byte {
		if !strings.HasPrefix(called, operation) || len(body) == 0 {
			return body
		}

		var answer any

		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()

		if err := decoder.Decode(&answer); err != nil {
			o.t.Error(err)
		}

		editAll(answer, change)

		edited, err := json.Marshal(answer)
		if err != nil {
			o.t.Error(err)
		}

		return edited
	})
}

func editAll(value any, change func(object map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		for _, part := range value {
			editAll(part, change)
		}

		change(value)
	case []any:
		for _, part := range value {
			editAll(part, change)
		}
	}
}

// gives has every object in the answers to an operation that has the field give this.
func (o *odd) gives(operation, field string, value any) {
	o.edits(operation, func(object map[string]any) {
		if _, has := object[field]; has {
			object[field] = value
		}
	})
}

// fails has all further calls of an operation fail.
func (o *odd) fails(operation string) {
	addFault(o.t, o.world, bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, Times: -1})
}

// refuses has the next call of an operation answered with a code.
func (o *odd) refuses(operation, code string) {
	addFault(o.t, o.world, bsssim.Fault{Operation: operation, Kind: bsssim.FaultStatusBefore, Status: 400, Code: code})
}

// once does something after the first answer to an operation.
func (o *odd) once(operation string, do func()) {
	do = once(o.t, do)

	o.gate.on(nil, func(_ int, called string) {
		if strings.HasPrefix(called, operation) {
			do()
		}
	})
}

// later does something while the provider waits.
func (o *odd) later(do func()) {
	go func() {
		if bssapi.SystemClock().Sleep(o.t.Context(), 10*time.Second) == nil {
			do()
		}
	}()
}

func (o *odd) core(typeName string) *core {
	c := newCore(o.world, typeName)
	c.provider = attributes{"max_retries": num(o.t, "0")}

	return c
}

// renewed is automatic renewal that has renewed as often as it may.
func (o *odd) renewed(id string) (*core, map[string]tftypes.Value) {
	once := autorenew(id, true)
	once["times"] = num(o.t, "1")

	c := o.core(typeAutorenew)
	if diags := c.run(o.t.Context(), once); diags.failed() {
		o.t.Fatal(diags)
	}

	if diags := c.refresh(o.t.Context()); diags.failed() {
		o.t.Fatal(diags)
	}

	return c, once
}

// disabling is a policy that turns automatic renewal off when it is destroyed.
func (o *odd) disabling(id string) *core {
	arguments := expiryPolicy(id, policyAutoRenew)
	arguments["on_destroy"] = str(onDestroyDisable)

	c := o.core(typeExpiryPolicy)
	if diags := c.run(o.t.Context(), arguments); diags.failed() {
		o.t.Fatal(diags)
	}

	return c
}

// pays plans the payment of an ordinary order.
func (o *odd) pays(order map[string]any, more attributes) diagnostics {
	arguments := unpaid(order, more)(o.t, o.world)

	return o.core(typeOrderPayment).plan(o.t.Context(), arguments).diagnostics
}

// applies plans, has something happen, and carries the plan out as it stands.
func (o *odd) applies(typeName string, arguments map[string]tftypes.Value, between func()) diagnostics {
	c := o.core(typeName)

	plan := c.plan(o.t.Context(), arguments)
	if plan.diagnostics.failed() {
		return plan.diagnostics
	}

	between()

	return c.change(o.t.Context(), c.running(o.t.Context()), plan)
}

// oddOrders are orders that cannot be understood.
func oddOrders() map[string]func(t *testing.T) diagnostics {
	listed := func(t *testing.T) *odd {
		t.Helper()

		return oddly(t, newRichWorld(t, bsssim.Options{}))
	}
	given := func(field string, value any, more attributes) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			o.gives("", field, value)

			return o.pays(map[string]any{}, more)
		}
	}
	discounted := func(amount string, change func(object map[string]any)) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			o.edits("", change)

			return o.pays(discount(2, map[string]any{"amount": amount}), attributes{"discount_id": str("D1")})
		}
	}

	return map[string]func(t *testing.T) diagnostics{
		"Order is in an unknown unit":        given("measure_id", 2, nil),
		"Order names no amount":              given("amount_after_discount", nil, nil),
		"Order has a negative amount":        given("amount_after_discount", json.Number("-42.5"), nil),
		"Currency of the order is not known": given("currency", "", attributes{"currency": str("USD")}),
		"Discount is not the order's": discounted("4.25", func(object map[string]any) {
			if object["order_line_items"] != nil && object["order_info"] == nil {
				object["order_id"] = "CS0"
			}
		}),
		"Discount makes no price": discounted("4.25", func(object map[string]any) {
			if _, has := object["discount_amount"]; has {
				object["discount_amount"] = json.Number("99")
			}
		}),
		"Order is in several currencies": func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			o.gives("get_order", "currency", "EUR")

			return o.pays(map[string]any{}, nil)
		},
		"Order names no official price": func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			o.gives("", "official_amount", nil)

			return o.pays(discount(2, nil), nil)
		},
		"Price cannot be held against max_per_apply": func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			o.gives("", "currency", "")

			c := o.core(typeOrderPayment)
			c.provider = atMost(t, "100")

			return c.plan(t.Context(), unpaid(map[string]any{}, nil)(t, o.world)).diagnostics
		},
		"Currency differs from the rest of the run": func(t *testing.T) diagnostics {
			t.Helper()

			o := listed(t)
			c := o.core(typeOrderPayment)
			c.provider = atMost(t, "100")
			p := c.running(t.Context())

			if plan := c.planWith(t.Context(), p, unpaid(map[string]any{}, nil)(t, o.world)); plan.diagnostics.failed() {
				return plan.diagnostics
			}

			o.gives("", "currency", "EUR")

			return o.core(typeOrderPayment).planWith(t.Context(), p, unpaid(map[string]any{}, nil)(t, o.world)).diagnostics
		},
	}
}

// oddPayments are payments whose end is not the ordinary one.
func oddPayments() map[string]func(t *testing.T) diagnostics {
	paid := func(options bsssim.Options, arrange func(o *odd, orderID string)) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newRichWorld(t, options))
			arguments := unpaid(map[string]any{}, nil)(t, o.world)
			briefly(arguments)
			arrange(o, orderOf(t, arguments))

			return o.core(typeOrderPayment).run(t.Context(), arguments)
		}
	}

	return map[string]func(t *testing.T) diagnostics{
		"Payment deadline has passed": paid(bsssim.Options{}, func(o *odd, _ string) { o.refuses("pay_order", "CBC.99003110") }),
		"Payment is made, but could not be read back": paid(bsssim.Options{}, func(o *odd, orderID string) {
			o.console("pay_order", map[string]any{"order_id": orderID})
			o.fails("list_resources")
		}),
		"Payment was accepted, but could not be read back": paid(bsssim.Options{}, func(o *odd, _ string) {
			o.once("pay_order", func() { o.fails("list_orders"); o.fails("get_order") })
		}),
		"Order was canceled after it was paid": paid(bsssim.Options{Processing: bsssim.Transition{Reads: 1000}}, func(o *odd, orderID string) {
			o.once("pay_order", func() { o.console("set_status", map[string]any{"order_id": orderID, "status": 4}) })
		}),
	}
}

// oddRenewals are renewals of a server of which something cannot be understood.
func oddRenewals() map[string]func(t *testing.T) diagnostics {
	server := func(t *testing.T, options bsssim.Options) *odd {
		t.Helper()

		w := newRichWorld(t, options)
		w.console("add_resource", map[string]any{"resource_id": renewedID, "name": "web", "expire_time": "720h", "monthly_price": "60.00"})

		return oddly(t, w)
	}
	// through is a day in the third month of the server.
	through := func(t *testing.T) attributes {
		t.Helper()

		arguments := attributes(renewalTo(t, "2000-03-30", "200"))
		arguments["timeouts"] = timeoutsOf("3s", "3s")

		return arguments
	}
	planned := func(operation, field string, value any) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, bsssim.Options{})
			o.gives(operation, field, value)

			return o.core(typeRenewal).plan(t.Context(), through(t)).diagnostics
		}
	}
	unending := bsssim.Options{Processing: bsssim.Transition{Duration: 1000 * time.Hour}}
	cancels := func(o *odd) func() {
		return func() {
			for _, order := range o.World().Orders {
				o.console("set_status", map[string]any{"order_id": order.OrderID, "status": 4})
			}
		}
	}
	invoked := func(t *testing.T, o *odd) diagnostics {
		t.Helper()

		config := attributes(renewalTo(t, "2000-03-30", "200"))
		config["timeout"] = str("3s")

		return invocation{typeName: typeResourceRenew, config: config}.run(t, o.world).diagnostics
	}

	return map[string]func(t *testing.T) diagnostics{
		"Resource has no expiry":         planned("list_resources", "expire_time", ""),
		"Resource has an unknown status": planned("list_resources", "status", 9),
		"Renewal has no price":           planned("get_renewal_price", "amount", nil),
		"Renewal has a negative price":   planned("get_renewal_price", "amount", -1),
		"Resource was closed meanwhile": func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, bsssim.Options{})
			o.once("renew_resources", func() { o.console("close_resource", map[string]any{"resource_id": renewedID}) })

			return o.core(typeRenewal).run(t.Context(), through(t))
		},
		"Order was canceled": func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, unending)
			o.once("pay_order", cancels(o))

			return o.core(typeRenewal).run(t.Context(), through(t))
		},
		"Order was canceled, of an action": func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, unending)
			o.once("pay_order", cancels(o))

			return invoked(t, o)
		},
		"Resource ends before the day": func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, bsssim.Options{})
			o.once("pay_order", func() { o.gives("list_resources", "expire_time", "2000-02-10T00:00:00Z") })

			return invoked(t, o)
		},
		"Renewal is paid, but not carried out yet": func(t *testing.T) diagnostics {
			t.Helper()

			return invoked(t, server(t, unending))
		},
		"An earlier renewal is not carried out yet": func(t *testing.T) diagnostics {
			t.Helper()

			c := server(t, unending).core(typeRenewal)
			if diags := c.run(t.Context(), through(t)); diags.failed() {
				return diags
			}

			later := through(t)
			later["paid_through"] = str("2000-05-30")

			return c.plan(t.Context(), later).diagnostics
		},
		"Unpaid renewals were not looked for": func(t *testing.T) diagnostics {
			t.Helper()

			o := server(t, bsssim.Options{})

			c := o.core(typeRenewal)
			if diags := c.run(t.Context(), through(t)); diags.failed() {
				return diags
			}

			o.fails("list_orders")

			return c.plan(t.Context(), through(t)).diagnostics
		},
		"Renewals are priced in several currencies": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newWorld(t, bsssim.Options{}))
			for range 11 {
				o.addResource(map[string]any{"expire_policy": apiAutoRenew, "monthly_price": "1.00"})
			}

			prices := 0

			o.edits("get_renewal_price", func(object map[string]any) {
				if object["renew_inquiry_results"] == nil {
					return
				}

				if prices++; prices > 1 {
					object["currency"] = "EUR"
				}
			})

			_, diags := readData(t, o.world, typeRenewalForecast, nil, attributes{"within_days": num(t, "60")})

			return diags
		},
	}
}

// oddSettings are settings that meet something unexpected.
func oddSettings() map[string]func(t *testing.T) diagnostics {
	of := func(resource map[string]any, act func(o *odd, id string) diagnostics) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newRichWorld(t, bsssim.Options{}))

			return act(o, o.addResource(resource))
		}
	}

	return map[string]func(t *testing.T) diagnostics{
		"Resource has an unknown status": of(map[string]any{"status": 9}, func(o *odd, id string) diagnostics {
			return o.core(typeExpiryPolicy).plan(o.t.Context(), expiryPolicy(id, policyAutoRenew)).diagnostics
		}),
		"Resource is closed": of(nil, func(o *odd, id string) diagnostics {
			o.console("close_resource", map[string]any{"resource_id": id})

			return o.core(typeExpiryPolicy).plan(o.t.Context(), expiryPolicy(id, policyAutoRenew)).diagnostics
		}),
		"Setting could not be read back": of(map[string]any{"expire_policy": apiAutoRenew}, func(o *odd, id string) diagnostics {
			o.once("/v2/orders/subscriptions/resources/autorenew", func() { o.fails("list_resources") })

			return o.core(typeExpiryPolicy).run(o.t.Context(), expiryPolicy(id, policyManual))
		}),
		"Resource was renewed meanwhile": of(nil, func(o *odd, id string) diagnostics {
			return o.applies(typeAutorenew, autorenew(id, true), func() { o.console("renew", map[string]any{"resource_id": id}) })
		}),
		"Automatic renewal is on already": of(map[string]any{"expire_policy": apiAutoRenew}, func(o *odd, id string) diagnostics {
			arguments := autorenew(id, true)
			arguments["times"] = num(o.t, "2")
			o.refuses("enable_auto_renew", "CBC.99003609")

			return o.core(typeAutorenew).run(o.t.Context(), arguments)
		}),
		"stays off": of(map[string]any{"expire_time": "120h"}, func(o *odd, id string) diagnostics {
			c, once := o.renewed(id)
			p := c.running(o.t.Context())
			plan := c.planWith(o.t.Context(), p, once)
			c.replace(o.t.Context(), p, plan)

			return plan.diagnostics
		}),
		"would start again": of(map[string]any{"expire_time": "120h"}, func(o *odd, id string) diagnostics {
			c, once := o.renewed(id)
			p := c.running(o.t.Context())

			ends := c.planEnd(o.t.Context(), p).Diagnostics

			return append(diagnostics(ends), o.core(typeAutorenew).planWith(o.t.Context(), p, once).diagnostics...)
		}),
		"would be turned off": of(nil, func(o *odd, id string) diagnostics {
			c := o.disabling(id)
			p := c.running(o.t.Context())

			other := o.core(typeAutorenew)
			if diags := other.run(o.t.Context(), autorenew(id, true)); diags.failed() {
				return diags
			}

			ends := c.planEnd(o.t.Context(), p).Diagnostics

			return append(diagnostics(ends), other.planWith(o.t.Context(), other.within(p), autorenew(id, true)).diagnostics...)
		}),
		"is kept": of(nil, func(o *odd, id string) diagnostics {
			c := o.disabling(id)
			private := c.planEnd(o.t.Context(), c.running(o.t.Context())).PlannedPrivate
			p := c.running(o.t.Context())
			other := o.core(typeAutorenew)

			if plan := other.planWith(o.t.Context(), other.within(p), autorenew(id, true)); plan.diagnostics.failed() {
				return plan.diagnostics
			}

			return c.end(o.t.Context(), p, private)
		}),
		"Setting of renewals was refused": of(nil, func(o *odd, _ string) diagnostics {
			o.refuses("set_renew_config", "CBC.0151")

			return o.core(typeRenewalSettings).run(o.t.Context(), attributes{"expiry_day": str("20")})
		}),
		"State cannot be moved": of(map[string]any{"expire_policy": apiAutoRenew}, func(o *odd, _ string) diagnostics {
			p := o.core(typeExpiryPolicy).running(o.t.Context())

			moved, err := p.server.MoveResourceState(o.t.Context(), &tfprotov6.MoveResourceStateRequest{
				SourceProviderAddress: "registry.terraform.io/bss-community/bss", SourceTypeName: typeAutorenew,
				TargetTypeName: typeExpiryPolicy, SourceState: &tfprotov6.RawState{JSON: []byte(`{"resource_id": {}}`)},
			})
			if err != nil {
				o.t.Fatal(err)
			}

			return moved.Diagnostics
		}),
	}
}

// oddEnds are conversions and unsubscriptions whose end is not the ordinary one.
func oddEnds() map[string]func(t *testing.T) diagnostics {
	answers := func(list string, more any) func(object map[string]any) {
		return func(object map[string]any) {
			if all, has := object[list].([]any); has {
				object[list] = append(all, more)
			}
		}
	}
	converts := func(options bsssim.Options, arrange func(o *odd)) func(t *testing.T) (*core, diagnostics) {
		return func(t *testing.T) (*core, diagnostics) {
			t.Helper()

			o := oddly(t, periodWorld(t, options))
			arrange(o)

			arguments := conversionArguments(periodServer)
			arguments["timeouts"] = timeoutsOf("30s", "30s")
			c := o.core(typeOnDemandConversion)

			return c, c.run(t.Context(), arguments)
		}
	}
	refused := converts(bsssim.Options{Settings: map[string]string{"conversion_review": "on"}}, func(o *odd) {
		o.once("convert_to_on_demand_now", func() {
			o.later(func() { o.console("refuse_order", map[string]any{"order_id": o.conversions()[0]}) })
		})
	})
	another := converts(bsssim.Options{}, func(o *odd) {
		o.edits("convert_to_on_demand_now", answers("to_ondemand_service_results", map[string]any{
			"resource_id": "another", "result": "SUCCESS",
		}))
	})
	attached := converts(bsssim.Options{}, func(o *odd) { o.refuses("convert_to_on_demand_now", "CBC.30010036") })
	unsubscribes := func(options bsssim.Options, arrange func(o *odd)) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newRenewedWorld(t, options))
			arrange(o)

			arguments := unsubscriptionArguments(renewedServer, scopeAll)
			arguments["timeouts"] = timeoutsOf("30s", "30s")

			return o.core(typeUnsubscription).run(t.Context(), arguments)
		}
	}
	refusal := func(code string) func(t *testing.T) diagnostics {
		return unsubscribes(bsssim.Options{}, func(o *odd) { o.refuses("unsubscribe_resources", code) })
	}
	only := func(run func(t *testing.T) (*core, diagnostics)) func(t *testing.T) diagnostics {
		return func(t *testing.T) diagnostics {
			t.Helper()

			_, diags := run(t)

			return diags
		}
	}

	return map[string]func(t *testing.T) diagnostics{
		"What goes along changed since the plan": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, periodWorld(t, bsssim.Options{}))

			return o.applies(typeOnDemandConversion, conversionArguments(periodServer), func() {
				o.console("add_resource", map[string]any{"resource_id": "late", "parent_resource_id": periodServer, "expire_time": periodEnd})
			})
		},
		"Conversion was canceled":                  only(refused),
		"Another resource is in the answer":        only(another),
		"Resource is attached to another":          only(attached),
		"Resource is attached to another, in part": refusal("CBC.30010036"),
		"Resource is part of an unpaid order":      refusal("CBC.99003100"),
		"Resource or account is frozen":            refusal("CBC.30000052"),
		"Conversion was canceled, and goes": func(t *testing.T) diagnostics {
			t.Helper()

			c, _ := refused(t)

			return c.destroy(t.Context())
		},
		"Unsubscription was canceled": unsubscribes(bsssim.Options{Processing: bsssim.Transition{Duration: time.Hour}}, func(o *odd) {
			o.once("unsubscribe_resources", func() {
				o.later(func() {
					orders := o.World().Orders
					o.console("set_status", map[string]any{"order_id": orders[len(orders)-1].OrderID, "status": 4})
				})
			})
		}),
		"Another resource was not unsubscribed": unsubscribes(bsssim.Options{}, func(o *odd) {
			o.edits("unsubscribe_resources", func(object map[string]any) {
				if object["order_ids"] != nil {
					object["fail_resource_infos"] = []any{map[string]any{
						"resource_id": "another", "error_code": "CBC.99003611", "error_msg": "The resource is frozen.",
					}}
				}
			})
		}),
		"Unsubscription has several orders": unsubscribes(bsssim.Options{}, func(o *odd) {
			o.edits("unsubscribe_resources", answers("order_ids", "CS0"))
		}),
		"Refund cannot be read yet": unsubscribes(bsssim.Options{}, func(o *odd) { o.fails("get_refund_order") }),
		"Order of the unsubscription is not known": unsubscribes(bsssim.Options{Processing: bsssim.Transition{Reads: 1}}, func(o *odd) {
			o.console("add_resource", map[string]any{"resource_id": "twin", "expire_time": "720h", "monthly_price": "30.00"})
			addFault(o.t, o.world, bsssim.Fault{Operation: "unsubscribe_resources", Kind: bsssim.FaultDropAfter})
			o.gate.on(func(_ int, called string) {
				if called == "unsubscribe_resources" {
					o.console("unsubscribe", map[string]any{"resource_id": "twin"})
				}
			}, nil)
		}),
	}
}

// oddMembers are acts of an enterprise that meet something unexpected.
func oddMembers() map[string]func(t *testing.T) diagnostics {
	teamB := func(t *testing.T) attributes {
		t.Helper()

		arguments := newMember(map[string]tftypes.Value{"name": str("team-b")})
		delete(arguments, "password_wo")

		return arguments
	}
	november := func(t *testing.T) attributes {
		t.Helper()

		return transferVariants(t)["cash"].arguments
	}

	return map[string]func(t *testing.T) diagnostics{
		"Member is another one": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newMemberWorld(t, bsssim.Options{}))

			return o.applies(typeMember, teamB(t), func() {
				o.edits("list_sub_customers", func(object map[string]any) {
					if object["sub_customer_infos"] != nil {
						object["sub_customer_infos"], object["total_count"] = []any{}, 0
					}
				})
			})
		},
		"Several members have one name": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newMemberWorld(t, bsssim.Options{}))
			o.edits("list_sub_customers", func(object map[string]any) {
				all, _ := object["sub_customer_infos"].([]any)
				for _, one := range all {
					if member, is := one.(map[string]any); is {
						twin := maps.Clone(member)
						twin["id"] = "twin"
						object["sub_customer_infos"], object["total_count"] = append(all, twin), len(all)+1
					}
				}
			})

			return o.core(typeMember).importBy(t.Context(), "id", "team-b", "name")
		},
		"Several organizations have this path": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, newMemberWorld(t, bsssim.Options{}))
			o.edits("/v2/enterprises/multi-accounts/enterprise-organizations", func(object map[string]any) {
				if object["id"] != nil {
					object["name"] = "Data"
				}
			})

			arguments := newMember(nil)
			delete(arguments, "organization_id")
			arguments["organization_path"] = str("Simulated Group/Data")

			return o.core(typeMember).plan(t.Context(), arguments).diagnostics
		},
		"Account could not be found out": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, enterpriseWorld(t, bsssim.Options{}))
			o.fails("list_auth_domains")

			return o.core(typeTransfer).plan(t.Context(), november(t)).diagnostics
		},
		"Credentials belong to another account, of a transfer": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, enterpriseWorld(t, bsssim.Options{}))

			return o.applies(typeTransfer, november(t), func() { o.gives("/v3/auth/domains", "id", "another") })
		},
		"Another transfer is running": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, enterpriseWorld(t, bsssim.Options{}))
			addFault(t, o.world, bsssim.Fault{
				Operation: "transfer_amount", Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99007461", Times: -1,
			})

			return o.core(typeTransfer).run(t.Context(), november(t))
		},
		"Retrieved amount is not known": func(t *testing.T) diagnostics {
			t.Helper()

			o := oddly(t, enterpriseWorld(t, bsssim.Options{}))
			o.gives("/v2/enterprises/multi-accounts/retrieve-coupon", "real_retrieve_amout", nil)

			return o.core(typeCouponTransfer).run(t.Context(), transferVariants(t)["coupon back"].arguments)
		},
	}
}

// TestOddAnswers: what the API should never answer is refused or warned of, at the
// place that understands it, and by a message of its own. Behind a comma is what tells
// apart two ways to a message.
func TestOddAnswers(t *testing.T) {
	t.Parallel()

	for kind, rows := range map[string]map[string]func(t *testing.T) diagnostics{
		"orders": oddOrders(), "payments": oddPayments(), "renewals": oddRenewals(), "settings": oddSettings(), "ends": oddEnds(),
		"members": oddMembers(),
	} {
		for name, act := range rows {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					summary, _, _ := strings.Cut(name, ", of")
					summary, _, _ = strings.Cut(summary, ", in")
					summary, _, _ = strings.Cut(summary, ", and")

					diags := act(t)
					if !slices.ContainsFunc(diags, func(one *tfprotov6.Diagnostic) bool { return strings.Contains(one.Summary, summary) }) {
						t.Errorf("nobody says %q:\n%s", summary, fmt.Sprint(diags))
					}
				})
			})
		}
	}
}
