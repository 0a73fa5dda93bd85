// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// payment is a request to pay an order as it is.
func payment(order string) tree {
	return tree{"body": tree{"order_id": order, "use_coupon": "NO", "use_discount": "NO"}}
}

// paymentWith is a request to pay an order with these coupons and discounts.
func paymentWith(order string, coupons, discounts []any) tree {
	body := tree{"order_id": order, "use_coupon": "NO", "use_discount": "NO"}
	if coupons != nil {
		body["use_coupon"], body["coupon_infos"] = "YES", coupons
	}
	if discounts != nil {
		body["use_discount"], body["discount_infos"] = "YES", discounts
	}

	return tree{"body": body}
}

func choice(id string, kind int) any { return tree{"id": id, "type": kind} }

// charges are the payments that the simulator has booked.
func (c *client) charges() []string {
	list := []string{}
	for _, p := range c.sim.World().Payments {
		list = append(list, fmt.Sprintf("%s %s+%s %s by %s", p.OrderID, p.Amount, p.CouponAmount, p.Currency, p.By))
	}

	return list
}

func (c *client) charged(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, c.charges()); diff != "" {
		t.Errorf("payments (-want +got):\n%s", diff)
	}
}

func TestPayment(t *testing.T) {
	t.Parallel()
	onEachSiteWith(t, bsssim.Options{Seed: "demo", Processing: bsssim.Transition{Reads: 1}}, func(t *testing.T, c *client) {
		_, entry, err := c.try(t, "pay_order", payment("CS2611220000001"))
		if err != nil {
			t.Fatal(err)
		}
		if c.wire.status != http.StatusNoContent || len(c.wire.answer) != 0 || entry.Status != http.StatusNoContent {
			t.Errorf("answered with %d %q, want 204 without a body", c.wire.status, c.wire.answer)
		}
		if !entry.Acted || !entry.Mutation || entry.OrderID != "CS2611220000001" {
			t.Errorf("the journal says %+v", entry)
		}
		paid := c.order(t, "CS2611220000001").PaymentTime.Format(wireTime)
		for _, status := range []int{3, 5} {
			expect(t, c.call(t, "get_order", tree{"order_id": "CS2611220000001"}),
				fmt.Sprintf(`{"order_info": {"status": %d, "payment_time": %q, "amount_after_discount": 136.8}}`, status, paid))
		}
		resources := c.call(t, "list_resources", tree{"body": tree{"order_id": "CS2611220000001"}})
		expect(t, resources, `{"total_count": 1, "data": [{"status": 2, "is_main_resource": 1, "service_type_code": "hws.service.type.ec2"}]}`)
		c.charged(t, "CS2611220000001 136.80+0.00 "+currencyOf(c.sim.Site())+" by api")
	})
}

func TestPaymentWithCouponAndDiscount(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.call(t, "pay_order", paymentWith("CS2611220000012",
			[]any{choice("CP2611220000001", 301), choice("CP2611220000002", 301)}, []any{choice("DC0000000002", 0)}))
		expect(t, c.call(t, "get_order", tree{"order_id": "CS2611220000012"}), `{"order_info": {"status": 5,
			"official_amount": 200, "amount_after_discount": 170, "amount_info": {"coupon_amount": 60, "flexipurchase_coupon_amount": 0,
			"stored_card_amount": 0, "discounts": [{"discount_amount": 30}]}}}`)
		c.charged(t, "CS2611220000012 110.00+60.00 "+currencyOf(c.sim.Site())+" by api")
		expect(t, c.call(t, "list_coupons", tree{"coupon_id": "CP2611220000001"}),
			`{"count": 1, "user_coupons": [{"status": 3, "order_id": "CS2611220000012"}]}`)
		expect(t, c.call(t, "get_account_balances", tree{}), `{"account_balances": [{"amount": 890}, {"amount": 500}]}`)
	})
}

func TestPaymentRefused(t *testing.T) {
	t.Parallel()
	pay := func(values map[string]any) func(*testing.T, *client) tree {
		return func(t *testing.T, c *client) tree {
			id, ok := c.console(t, "place_order", values)["order_id"].(string)
			if !ok {
				t.Fatal("no order id")
			}

			return payment(id)
		}
	}
	demoOrder := func(request tree) func(*testing.T, *client) tree {
		return func(*testing.T, *client) tree { return request }
	}
	tests := map[string]struct {
		request func(*testing.T, *client) tree
		code    string
	}{
		"unknown order":        {demoOrder(payment("CS0000000000000")), "CBC.30000010"},
		"sub-order":            {demoOrder(payment("CS2611220000009")), "CBC.99000089"},
		"completed":            {demoOrder(payment("CS2611220000004")), "CBC.99003106"},
		"canceled":             {demoOrder(payment("CS2611220000005")), "CBC.99003106"},
		"balance":              {pay(map[string]any{"amount": "1500.01"}), "CBC.99005003"},
		"quota":                {pay(map[string]any{"amount": "1", "quota_short": true}), "CBC.99003141"},
		"project funds":        {pay(map[string]any{"amount": "1", "project_funds_short": true}), "CBC.99003155"},
		"unknown discount":     {demoOrder(paymentWith("CS2611220000012", nil, []any{choice("DC9", 2)})), "CBC.99003108"},
		"discount of no offer": {demoOrder(paymentWith("CS2611220000012", nil, []any{choice("DC0000000001", 3)})), "CBC.99003108"},
		"excluded coupon": {
			demoOrder(paymentWith("CS2611220000012", []any{choice("CP2611220000002", 301)}, []any{choice("DC0000000001", 2)})),
			"CBC.99003116",
		},
		"two kinds of coupons": {
			demoOrder(paymentWith("CS2611220000012", []any{choice("CP2611220000001", 301), choice("CP2611220000003", 300)}, nil)),
			"CBC.99003147",
		},
		"wrong type of coupon": {demoOrder(paymentWith("CS2611220000012", []any{choice("CP2611220000001", 300)}, nil)), "CBC.0100"},
		"coupons without a YES": {
			demoOrder(
				tree{
					"body": tree{
						"order_id":     "CS2611220000001",
						"use_coupon":   "NO",
						"use_discount": "NO",
						"coupon_infos": []any{choice("CP2611220000001", 301)},
					},
				},
			),
			"CBC.0100",
		},
		"YES without a coupon": {
			demoOrder(tree{"body": tree{"order_id": "CS2611220000001", "use_coupon": "YES", "use_discount": "NO"}}),
			"CBC.0100",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, site := range sites {
				c := demo(t, site)
				_, entry, err := c.try(t, "pay_order", test.request(t, c))
				c.refused(t, err, 400, test.code)
				if entry.Status != 400 || entry.Acted {
					t.Errorf("the journal says %+v", entry)
				}
				if charges := c.charges(); len(charges) != 0 {
					t.Errorf("payments: %s", charges)
				}
			}
		})
	}
}

func TestPaidTwice(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.call(t, "pay_order", payment("CS2611220000001"))
		_, entry, err := c.try(t, "pay_order", payment("CS2611220000001"))
		c.refused(t, err, 400, "CBC.99003106")
		if entry.Acted {
			t.Errorf("the journal says %+v", entry)
		}
		c.charged(t, "CS2611220000001 136.80+0.00 "+currencyOf(c.sim.Site())+" by api")
	})
}

func TestPaymentPastTheDeadline(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.console(t, "expire_order", map[string]any{"order_id": "CS2611220000001"})
		_, _, err := c.try(t, "pay_order", payment("CS2611220000001"))
		c.refused(t, err, 400, "CBC.99003110")
		expect(t, c.call(t, "list_orders", tree{"order_id": "CS2611220000001"}), `{"order_infos": [{"status": 4}]}`)
	})
}

func TestOldPayment(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteInternational)
	request := tree{"body": tree{"orderId": "CS2611220000001", "payAccountType": 1}}
	expect(t, c.call(t, "pay_order_v1", request), `{"error_code": "CBC.0000", "error_msg": "success", "tradeNo": "TR0000000001",
		"quotaInfos": [], "enterpriseProjectAuthResult": []}`)
	// A repeat is refused with HTTP 200, in which the SDK sees no error.
	answer, entry, err := c.try(t, "pay_order_v1", request)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, answer, `{"error_code": "CBC.3106"}`)
	if entry.Status != 200 || entry.Acted {
		t.Errorf("the journal says %+v", entry)
	}
	c.charged(t, "CS2611220000001 136.80+0.00 USD by api")
}

func TestCancellation(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		request := tree{"body": tree{"order_id": "CS2611220000002"}}
		_, entry, err := c.try(t, "cancel_order", request)
		if err != nil {
			t.Fatal(err)
		}
		if c.wire.status != http.StatusNoContent || len(c.wire.answer) != 0 || !entry.Acted {
			t.Errorf("answered with %d %q, the journal says %+v", c.wire.status, c.wire.answer, entry)
		}
		expect(t, c.call(t, "list_orders", tree{"order_id": "CS2611220000002"}), `{"order_infos": [{"status": 4}]}`)
		_, entry, err = c.try(t, "cancel_order", request)
		c.refused(t, err, 400, "CBC.99005010")
		if entry.Acted {
			t.Errorf("the journal says %+v", entry)
		}
	})
}
