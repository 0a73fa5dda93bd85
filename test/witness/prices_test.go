// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"maps"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

var (
	pricedServer = tree{
		"id": "server", "cloud_service_type": "hws.service.type.ec2", "resource_type": "hws.resource.type.vm",
		"resource_spec": "s6.large.2.linux", "region": "ap-southeast-3", "subscription_num": 1,
	}
	onDemandServer = with(pricedServer, tree{"usage_factor": "Duration", "usage_value": 1, "usage_measure_id": 4})
	periodServer   = with(pricedServer, tree{"period_type": 2, "period_num": 1})
	pricedDisk     = tree{
		"id": "disk", "cloud_service_type": "hws.service.type.ebs", "resource_type": "hws.resource.type.volume",
		"resource_spec": "SSD", "resource_size": 100, "size_measure_id": 17,
	}
)

func with(fields, change tree) tree {
	changed := maps.Clone(fields)
	maps.Copy(changed, change)

	return changed
}

func rating(products ...tree) tree {
	return tree{"project_id": "any", "product_infos": products}
}

func TestOnDemandPrice(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		body := rating(onDemandServer, with(onDemandServer, pricedDisk))
		body["inquiry_precision"] = 1
		// 0.0610 an hour and 100 times 0.000212, less ten percent.
		amounts := map[string][3]string{
			bsssim.SiteChina:         {"0.5754", "0.05754", "0.51786"},
			bsssim.SiteInternational: {"0.0822", "0.00822", "0.07398"},
			bsssim.SiteEurope:        {"0.075624", "0.0075624", "0.0680616"},
		}[c.sim.Site()]
		expect(t, c.call(t, "get_on_demand_price", tree{"body": body}), fmt.Sprintf(`{"official_website_amount": %s, "discount_amount": %s,
			"amount": %s, "measure_id": 1, "currency": %q, "product_rating_results": [
			{"id": "server", "measure_id": 1, "discount_rating_results": [{"discount_type": 605, "measure_id": 1}]}, {"id": "disk"}]}`,
			amounts[0], amounts[1], amounts[2], currencyOf(c.sim.Site())))
		unknown := with(onDemandServer, tree{"resource_spec": "s6.large.2"})
		_, _, err := c.try(t, "get_on_demand_price", tree{"body": rating(unknown)})
		c.refused(t, err, 400, "CBC.99006006")
		_, _, err = c.try(t, "get_on_demand_price", tree{"body": rating(with(onDemandServer, tree{"usage_factor": "upflow"}))})
		c.refused(t, err, 400, "CBC.99006074")
		_, _, err = c.try(t, "get_on_demand_price", tree{"body": rating(with(onDemandServer, tree{"usage_measure_id": 10}))})
		c.refused(t, err, 400, "CBC.99006050")
	})
}

func TestPeriodPrice(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		amounts := map[string][3]string{
			bsssim.SiteChina:         {"3028.20", "302.82", "2725.38"},
			bsssim.SiteInternational: {"432.60", "43.26", "389.34"},
			bsssim.SiteEurope:        {"397.99", "39.80", "358.19"},
		}[c.sim.Site()]
		// Ten months make a year: 304.00 and 128.60.
		year := tree{"period_type": 3}
		answer := c.call(t, "get_period_price", tree{"body": rating(with(periodServer, year), with(with(periodServer, pricedDisk), year))})
		expect(t, answer, fmt.Sprintf(`{"currency": %q,
			"official_website_rating_result": {"official_website_amount": %[2]s, "measure_id": 1, "product_rating_results": [{"id": "server"}, {"id": "disk"}]},
			"optional_discount_rating_results": [
			{"discount_type": 605, "best_offer": 1, "official_website_amount": %[2]s, "discount_amount": %[3]s, "amount": %[4]s},
			{"discount_type": 606, "best_offer": 0, "official_website_amount": %[2]s}]}`,
			currencyOf(c.sim.Site()), amounts[0], amounts[1], amounts[2]))
		_, _, err := c.try(t, "get_period_price", tree{"body": rating(with(periodServer, tree{"region": "nowhere"}))})
		c.refused(t, err, 400, "CBC.99006006")
	})
}

func TestInstallments(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	rack := with(periodServer, tree{
		"cloud_service_type": "hws.service.type.ies", "resource_type": "hws.resource.type.ies.rack",
		"resource_spec": "cloudpond.compute.1", "period_type": 3, "fee_installment_mode": "HALF_PAY",
	})
	expect(t, c.call(t, "get_period_price", tree{"body": rating(rack)}), `{"official_website_rating_result": {
		"official_website_amount": 147000, "installment_official_website_amount": "12250.00", "installment_period_type": 2}}`)
}

func TestRenewalPrice(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		answer := c.call(t, "get_renewal_price", tree{"body": tree{
			"resource_ids": []string{demoResource(4), demoResource(1), demoResource(2)}, "period_type": 3, "period_num": 1,
			"include_relative_resources": true,
		}})
		expect(t, answer, fmt.Sprintf(`{"currency": %q, "renew_inquiry_results": [{"resource_id": %q, "amount": "1500.00"}],
			"official_website_rating_result": {"official_website_amount": "1500.00"},
			"optional_discount_rating_results": [{"amount": "1350.00", "discount_amount": "150.00", "best_offer": 1}, {"discount_type": 606}],
			"fail_resource_infos": [{"resource_id": %q, "error_code": "CBC.30050010"}, {"resource_id": %q, "error_code": "CBC.30050007"}]}`,
			currencyOf(c.sim.Site()), demoResource(4), demoResource(1), demoResource(2)))
		_, _, err := c.try(t, "get_renewal_price", tree{"body": tree{
			"resource_ids": []string{demoResource(4), demoResource(4)}, "period_type": 2, "period_num": 1,
		}})
		c.refused(t, err, 400, "CBC.30050012")
	})
}
