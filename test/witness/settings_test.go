// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// policy is what happens to a resource at its expiry, as the SDK reads it.
func (c *client) policy(t *testing.T, id string) string {
	t.Helper()
	answer := c.call(t, "list_resources", tree{"body": tree{"resource_ids": []string{id}, "only_main_resource": 1}})
	rows, _ := answer["data"].([]any)
	if len(rows) != 1 {
		t.Fatalf("%s: %d rows", id, len(rows))
	}
	row, _ := rows[0].(tree)

	return fmt.Sprint(row["expire_policy"])
}

func (c *client) policyIs(t *testing.T, id, want string) {
	t.Helper()
	if got := c.policy(t, id); got != want {
		t.Errorf("%s: policy %s, want %s", id, got, want)
	}
}

func TestAutoRenew(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		server, disk := demoResource(1), demoResource(2)
		for _, body := range []tree{nil, {}, {"auto_renew_times": 3, "period_type": "MONTH"}, {"auto_renew_times": 0, "period_type": "YEAR"}} {
			request := tree{"resource_id": disk}
			if body != nil {
				request["body"] = body
			}
			c.call(t, "enable_auto_renew", request)
			c.policyIs(t, server, "3")
		}
		if renewal := c.resource(t, server).AutoRenew; renewal.Times != 0 || renewal.PeriodType != "YEAR" {
			t.Errorf("renewal: %+v", renewal)
		}
		c.call(t, "disable_auto_renew", tree{"resource_id": server})
		c.policyIs(t, disk, "0")
		for _, test := range []struct{ operation, id, code string }{
			{"disable_auto_renew", server, "CBC.99003605"},
			{"disable_auto_renew", "unknown", "CBC.99003012"},
			{"enable_auto_renew", "unknown", "CBC.99003012"},
			{"enable_auto_renew", demoResource(10), "CBC.99003602"},
			{"enable_auto_renew", demoResource(11), "CBC.99003602"},
		} {
			_, entry, err := c.try(t, test.operation, tree{"resource_id": test.id})
			c.refused(t, err, 400, test.code)
			if entry.Acted || len(entry.ResourceIDs) != 1 || entry.ResourceIDs[0] != test.id {
				t.Errorf("%v: the journal says %+v", test, entry)
			}
		}
	})
}

func TestToOnDemandOnExpiry(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		change := func(operation string, ids ...string) tree {
			return tree{"body": tree{"operation": operation, "resource_ids": ids}}
		}
		server, expired := demoResource(1), demoResource(10)
		answer := c.call(t, "set_to_on_demand_on_expiry", change("SET_UP", server, expired))
		expect(t, answer, fmt.Sprintf(`{"error_details": [{"error_code": "CBC.99003610", "id": %q}]}`, expired))
		c.policyIs(t, server, "1")
		c.call(t, "set_to_on_demand_on_expiry", change("CANCEL", server))
		c.policyIs(t, server, "0")
		for id, code := range map[string]string{demoResource(2): "CBC.30010036", "unknown": "CBC.99003012"} {
			_, entry, err := c.try(t, "set_to_on_demand_on_expiry", change("SET_UP", server, id))
			c.refused(t, err, 400, code)
			if entry.Acted {
				t.Errorf("%s: the journal says %+v", id, entry)
			}
		}
		c.policyIs(t, server, "0")
	})
}

// TestToOnDemandNow: the change to pay-per-use at once is of one site.
func TestToOnDemandNow(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	convert := func(ids ...string) tree { return tree{"body": tree{"resource_ids": ids}} }
	server, expired := demoResource(7), demoResource(10)
	answer := c.call(t, "convert_to_on_demand_now", convert(server, expired))
	expect(t, answer, fmt.Sprintf(`{"to_ondemand_service_results": [{"resource_id": %q, "result": "SUCCESS"},
		{"resource_id": %q, "result": "FAIL", "error_code": "CBC.99003610"}]}`, server, expired))
	orders := c.call(t, "list_orders", tree{"order_type": "10"})
	expect(t, orders, `{"total_count": 1, "order_infos": [{"status": 5, "order_type": 10}]}`)
	expect(t, c.call(t, "list_resources", tree{"body": tree{"resource_ids": []string{server}, "only_main_resource": 1}}),
		`{"data": [{"status": 3}]}`)
	_, _, err := c.try(t, "convert_to_on_demand_now", convert())
	c.refused(t, err, 400, "CBC.0100")
	if err := c.sim.Set("conversion_review", "on"); err != nil {
		t.Fatal(err)
	}
	expect(t, c.call(t, "convert_to_on_demand_now", convert(demoResource(6))), `{"to_ondemand_service_results": [{"result": "AUDIT"}]}`)
}
