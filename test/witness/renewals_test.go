// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func renewal(months int, ids ...string) tree {
	return tree{"body": tree{"resource_ids": ids, "period_type": 2, "period_num": months}}
}

func unsubscription(scope int, ids ...string) tree {
	return tree{"body": tree{"resource_ids": ids, "unsubscribe_type": scope}}
}

// placed are the orders that a call placed.
func placed(t *testing.T, answer tree) []string {
	t.Helper()
	list, _ := answer["order_ids"].([]any)
	ids := make([]string, len(list))
	for i, id := range list {
		ids[i] = fmt.Sprint(id)
	}

	return ids
}

func (c *client) expires(t *testing.T, id, want string) {
	t.Helper()
	answer := c.call(t, "list_resources", tree{"body": tree{"resource_ids": []string{id}, "only_main_resource": 1}})
	expect(t, answer, fmt.Sprintf(`{"data": [{"status": 2, "expire_time": %q}]}`, want))
}

// TestRenewalAndBack renews a database without paying, reads the order, pays it,
// gives the renewed period back, and then the database.
func TestRenewalAndBack(t *testing.T) {
	t.Parallel()
	onEachSiteWith(t, bsssim.Options{Seed: "demo", Processing: bsssim.Transition{Reads: 1}}, func(t *testing.T, c *client) {
		database := demoResource(6)
		before := c.resource(t, database).ExpireTime
		after := before.AddDate(0, 2, 0).Format(wireTime)
		answer := c.call(t, "renew_resources", renewal(2, database, demoResource(2)))
		expect(t, answer, fmt.Sprintf(`{"fail_resource_infos": [{"resource_id": %q, "error_code": "CBC.30010036"}]}`, demoResource(2)))
		orders := placed(t, answer)
		if len(orders) != 1 {
			t.Fatalf("orders: %s", orders)
		}
		order := tree{"order_id": orders[0]}
		expect(t, c.call(t, "get_order", order), fmt.Sprintf(`{"total_count": 1, "order_info": {"status": 6, "order_type": 2,
			"amount_after_discount": 116.4, "official_amount": 116.4, "currency": %q}, "order_line_items": [{"period_type": 2, "period_num": 2,
			"effective_time": %q, "expire_time": %q, "service_type_code": "hws.service.type.rds"}]}`,
			currencyOf(c.sim.Site()), before.Format(wireTime), after))
		expect(
			t,
			c.call(t, "list_order_discounts", order),
			`{"discounts": [{"discount_type": 2, "discount_value": "0.90"}, {"discount_type": 3}]}`,
		)
		if charges := c.charges(); len(charges) != 0 {
			t.Errorf("payments: %s", charges)
		}
		c.expires(t, database, before.Format(wireTime))
		expect(t, c.call(t, "renew_resources", renewal(1, database)), fmt.Sprintf(`{"order_ids": [], "fail_resource_infos": [
			{"resource_id": %q, "error_code": "CBC.99003100"}]}`, database))

		c.call(t, "pay_order", payment(orders[0]))
		for _, status := range []int{3, 5} {
			expect(t, c.call(t, "get_order", order), fmt.Sprintf(`{"order_info": {"status": %d}}`, status))
		}
		c.expires(t, database, after)
		c.charged(t, orders[0]+" 116.40+0.00 "+currencyOf(c.sim.Site())+" by api")

		back := placed(t, c.call(t, "unsubscribe_resources", unsubscription(2, database)))
		for _, status := range []int{3, 5} {
			expect(
				t,
				c.call(t, "get_order", tree{"order_id": back[0]}),
				fmt.Sprintf(`{"order_info": {"status": %d, "order_type": 4, "amount_after_discount": -116.4}}`, status),
			)
		}
		expect(t, c.call(t, "get_refund_order", tree{"order_id": back[0]}), fmt.Sprintf(`{"total_count": 1, "refund_infos": [{"amount": -116.4,
			"measure_id": "1", "base_order_id": %q, "service_type_code": "hws.service.type.rds"}]}`, orders[0]))
		c.expires(t, database, before.Format(wireTime))
		_, _, err := c.try(t, "unsubscribe_resources", unsubscription(2, database))
		c.refused(t, err, 400, "CBC.99003128")

		all := placed(t, c.call(t, "unsubscribe_resources", unsubscription(1, database)))
		c.expires(t, database, before.Format(wireTime)) // In use while the order is processed.
		expect(t, c.call(t, "list_resources", tree{"body": tree{"resource_ids": []string{database}}}), `{"data": [{"status": 3}]}`)
		_, _, err = c.try(t, "unsubscribe_resources", unsubscription(1, database))
		c.refused(t, err, 400, "CBC.30000067")
		var refunded []string
		for _, refund := range c.sim.World().Refunds {
			refunded = append(refunded, refund.OrderID)
		}
		if diff := cmp.Diff([]string{back[0], all[0]}, refunded); diff != "" {
			t.Errorf("refunds (-want +got):\n%s", diff)
		}
	})
}
