// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccountBalances(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.console(t, "set_balance", map[string]any{"amount": "123.45", "credit": "67.89"})
		expect(t, c.call(t, "get_account_balances", tree{}), fmt.Sprintf(`{"debt_amount": 0, "measure_id": 1, "currency": %[1]q,
			"account_balances": [
			{"account_id": "BA0000000001", "account_type": 1, "amount": 123.45, "currency": %[1]q, "designated_amount": 0, "measure_id": 1},
			{"account_id": "BA0000000002", "account_type": 2, "amount": 67.89, "credit_amount": 500, "currency": %[1]q, "measure_id": 1}]}`,
			currencyOf(c.sim.Site())))
	})
}

func TestServiceTypes(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		first := c.call(t, "list_service_types", tree{"limit": 1})
		name := "Elastic Cloud Server"
		if c.sim.Site() == bsssim.SiteChina {
			name = "弹性云服务器"
		}
		expect(t, first, fmt.Sprintf(`{"service_types": [
			{"service_type_code": "hws.service.type.ec2", "service_type_name": %q, "abbreviation": "ECS"}]}`, name))
		expect(t, c.call(t, "list_service_types", tree{"X-Language": "en_US", "service_type_name": "relational", "limit": 1000, "offset": 0}),
			`{"total_count": 1, "service_types": [{"service_type_code": "hws.service.type.rds", "abbreviation": "RDS"}]}`)
		expect(t, c.call(t, "list_service_types", tree{"X-Language": "zh_CN", "service_type_name": "云硬盘"}),
			`{"total_count": 1, "service_types": [{"service_type_code": "hws.service.type.ebs", "service_type_name": "云硬盘"}]}`)
	})
}

// TestAccountOfAnotherSite calls the host of a site with the keys of another.
func TestAccountOfAnotherSite(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"CBC.0150", "CBC.0156"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			sim := start(t, bsssim.Options{
				Site: bsssim.SiteInternational, Seed: "demo",
				Settings: map[string]string{"account_site": bsssim.SiteChina, "wrong_site_code": code},
			})
			c := connect(t, sim, permanentKeys(sim))
			for operation := range c.operations {
				if operation == "list_auth_domains" {
					continue
				}
				_, _, err := c.try(t, operation, plainRequests[operation])
				c.refused(t, err, 403, code)
			}
			c.call(t, "list_auth_domains", tree{})
		})
	}
}
