// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"testing"
)

// field is a part of an answer as operations.json describes it.
type field struct {
	Name   string   `json:"name"`
	Sites  []string `json:"sites"`
	Fields []field  `json:"fields"`
	Items  *field   `json:"items"`
}

// collect gathers the paths of described fields.
func collect(into map[string]bool, prefix, site string, fields []field) {
	for _, f := range fields {
		if !slices.Contains(f.Sites, site) {
			continue
		}
		into[prefix+f.Name] = true
		collect(into, prefix+f.Name+".", site, f.Fields)
		if f.Items != nil {
			collect(into, prefix+f.Name+".", site, f.Items.Fields)
		}
	}
}

// gather gathers the paths of the fields of an answer.
func gather(into map[string]bool, prefix string, value any) {
	switch value := value.(type) {
	case map[string]any:
		for name, inner := range value {
			into[prefix+name] = true
			gather(into, prefix+name+".", inner)
		}
	case []any:
		for _, inner := range value {
			gather(into, prefix, inner)
		}
	}
}

// The answers about products, prices, bills and accounts have all described fields and no others.
func TestFieldsOfAnswers(t *testing.T) {
	t.Parallel()
	var described []struct {
		Name     string  `json:"name"`
		Response []field `json:"response"`
	}
	if err := json.Unmarshal(operationsJSON, &described); err != nil {
		t.Fatal(err)
	}
	// Renewals of what has installments are not simulated, nor is a unit of the values
	// of a limit.
	absent := map[string][]string{"list_transferable_coupons": {
		"avail_transfer_coupons.use_limits.value_unit",
	}, "list_retrievable_coupons": {
		"avail_retrieve_coupons.use_limits.value_unit",
	}, "get_renewal_price": {
		"official_website_rating_result.installment_official_website_amount",
		"official_website_rating_result.installment_period_type",
		"optional_discount_rating_results.installment_official_website_amount",
		"optional_discount_rating_results.installment_official_discount_amount",
		"optional_discount_rating_results.installment_amount",
		"optional_discount_rating_results.installment_period_type",
	}}
	for _, site := range []string{SiteChina, SiteInternational} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Site: site, Seed: "demo", Generate: Generate{BillLines: 900}}).rich(t)
			c.act(t, "renew", map[string]any{"resource_id": demoResource(4)})
			c.act(t, "add_resource", map[string]any{"resource_id": "disk", "parent_resource_id": demoResource(4)})
			c.act(t, "unsubscribe", map[string]any{"resource_id": demoResource(8)})
			order := c.placeID(t, map[string]any{"amount": "1", "order_type": 2, "resource_ids": []string{"disk"}})
			c.pay(t, order).want(t, http.StatusNoContent)
			period := products(aYear, linuxServer)
			if site == SiteChina {
				period = products(
					aYear+`,"fee_installment_mode":"HALF_PAY"`,
					`"cloud_service_type":"hws.service.type.ies","resource_type":"hws.resource.type.ies.rack","resource_spec":"cloudpond.compute.1","region":"cn-north-4"`,
				)
			}
			answers := map[string][]reply{
				"get_on_demand_price":   {c.must(t, http.MethodPost, onDemandPricePath, rating(products(anHour, linuxServer)))},
				"get_period_price":      {c.must(t, http.MethodPost, periodPricePath, rating(period))},
				"get_refund_order":      {c.refund(t, c.unsubscribed(t, 1, demoResource(10)))},
				"renew_resources":       {c.renew(t, month, demoResource(7), "unknown")},
				"unsubscribe_resources": {c.unsubscribe(t, 1, demoResource(11), "unknown")},
				"get_renewal_price":     {c.renewalPrice(t, `"period_type":2,"period_num":1`, demoResource(4), "unknown")},
				"get_monthly_sum_bill":  {monthlySums.page(t, c, "2026-11", 0, 1000)},
				"list_resource_records": {
					resourceRecords.page(
						t,
						c,
						"2026-11",
						0,
						1000,
						"statistic_type",
						"2",
					),
					resourceRecords.page(t, c, "2026-11", 0, 1000, "statistic_type", "3"),
				},
				"list_service_types":         {c.get(t, "/v2/products/service-types")},
				"list_resource_types":        {c.get(t, "/v2/products/resource-types")},
				"list_service_resources":     {c.get(t, "/v2/products/service-resources?service_type_code=hws.service.type.vpc")},
				"list_usage_types":           {c.get(t, "/v2/products/usage-types")},
				"list_measure_units":         {c.get(t, "/v2/bases/measurements")},
				"list_conversions":           {c.get(t, "/v2/bases/conversions")},
				"list_resource_specs":        {c.specs(t, "hws.service.type.ec2", "hws.resource.type.vm", "cn-north-4", "1", "")},
				"list_packages":              {c.packages(t, "")},
				"list_package_usages":        {c.must(t, http.MethodPost, packageUsagesPath, `{"free_resource_ids":["FR00000000001-1"]}`)},
				"list_package_usage_records": {c.packageRecords(t, "2026-11-01", "2026-11-30", "")},
				"list_costs": {c.must(t, http.MethodPost, costsPath,
					"{"+costQuery(2, "2026-11", "2026-11", "ORIGINAL", "", byService)+"}")},
				"list_resource_fee_records": {resourceFeeRecords.page(t, c, "2026-11", 0, 1000)},
			}
			if site == SiteInternational {
				answers["get_expenditure_quota"] = []reply{c.must(t, http.MethodGet, quotaPath, "")}
				c.act(t, "add_invoice", map[string]any{"fields": map[string]any{
					"cancelReason": "no", "srcRequestId": "IR0", "taxList": []any{map[string]any{
						"taxClass": "GST", "taxRate": "0.09", "subTaxClass": "SGST", "taxAmount": 1, "taxVisibleFlag": "Y", "taxAccountingFlag": "N",
					}},
				}})
				answers["list_invoices"] = []reply{c.must(t, http.MethodGet, invoicesPath+"&limit=100&offset=1", "")}
			}
			if site == SiteChina {
				c.act(t, "measure_bandwidth", map[string]any{"resource_id": "cdn-1", "mbit": 100, "usage_type": enhanced95, "since": "-2400h"})
				answers["list_usage95_summary"] = []reply{c.must(t, http.MethodGet, summary95Path+enhanced95+"&bill_cycle=2026-10", "")}
				answers["list_usage95_details"] = []reply{
					c.must(t, http.MethodGet, details95Path+enhanced95+"&bill_cycle=2026-10&resource_id=cdn-1", ""),
				}
				answers["list_account_change_records"] = []reply{c.must(t, http.MethodGet, accountChangesPath+"?balance_type="+changesOfBalance, "")}
				answers["list_coupon_change_records"] = []reply{c.must(t, http.MethodGet, couponChangesPath+"?balance_type="+changesOfCoupons, "")}
				answers["list_stored_value_cards"] = []reply{c.must(t, http.MethodGet, cardsPath+"?status=1", "")}
				answers["list_monthly_cost_breakdown"] = []reply{breakdowns.page(t, c, "2026-11", 0, 1000)}
				answers["list_fee_records"] = []reply{feeRecords.page(t, c, "2026-11", 0, 1000)}
			}
			answers["list_sub_customers"] = []reply{c.must(t, http.MethodGet, membersPath, "")}
			if site == SiteChina {
				c.act(t, "add_credit", map[string]any{"amount": "1.00"})
				c.act(t, "add_credit", map[string]any{"amount": "1.00", "member_id": demoMember(1)})
				c.act(t, "add_coupon", map[string]any{
					"face_value": "1.00", "use_limits": []UseLimit{{Key: "serviceType", Value1: "a", Value2: "b"}},
				})
				c.act(t, "add_coupon", map[string]any{
					"face_value": "1.00", "use_limits": []UseLimit{{Key: "serviceType", Value1: "a", Value2: "b"}},
					"member_id": demoMember(1), "sub_coupon_id": "part",
				})
				member := "&sub_customer_id=" + demoMember(1)
				for name, path := range map[string]string{
					"list_organizations":        organizationsPath + "?recursive_query=1",
					"get_transferable_amount":   transferablePath + changesOfCredit,
					"get_retrievable_amount":    retrievablePath + changesOfCredit + member,
					"list_transferable_coupons": transferableCouponPath,
					"list_retrievable_coupons":  retrievableCouponPath + demoMember(1),
				} {
					answers[name] = []reply{c.must(t, http.MethodGet, path, "")}
				}
			}
			for _, op := range described {
				if answers[op.Name] == nil {
					continue
				}
				want, got := map[string]bool{}, map[string]bool{}
				collect(want, "", siteKey(site), op.Response)
				for _, name := range absent[op.Name] {
					delete(want, name)
				}
				for _, answer := range answers[op.Name] {
					gather(got, "", answer.want(t, http.StatusOK).body)
				}
				same(t, op.Name, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
		})
	}
}

// Prices and bills fail, and are throttled, as any other call.
func TestFaultsOfBills(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Quota: "published", Generate: Generate{BillLines: 300}})
	c.fault(
		t,
		Fault{Operation: "list_resource_records", Kind: FaultStatusBefore, After: 1, Status: http.StatusInternalServerError, Code: "CBC.0999"},
	)
	resourceRecords.page(t, c, "2026-10", 0, 10).want(t, http.StatusOK)
	resourceRecords.page(t, c, "2026-10", 10, 10).refused(t, http.StatusInternalServerError, "CBC.0999")
	resourceRecords.page(t, c, "2026-10", 10, 10).want(t, http.StatusOK)
	same(t, "journal", len(c.Requests()), 3)
	for range 100 {
		answer := monthlySums.page(t, c, "2026-10", 0, 10)
		if answer.status == http.StatusTooManyRequests {
			answer.refused(t, http.StatusTooManyRequests, "APIG.0308")

			return
		}
	}
	t.Error("no call is refused")
}
