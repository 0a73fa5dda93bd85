// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestStrictness(t *testing.T) {
	t.Parallel()
	const query = "/v2/orders/suscriptions/resources/query"
	long := strings.Repeat("x", 65)
	ids := `"` + strings.Repeat(`a","`, 50) + `a"`
	for _, test := range []struct {
		name, method, path, body, parameter string
	}{
		{"unknown query", "GET", ordersPath + "?colour=red", "", "colour"},
		{"query twice", "GET", ordersPath + "?limit=1&limit=2", "", "limit"},
		{"not a number", "GET", ordersPath + "?limit=ten", "", "limit"},
		{"a fraction", "GET", ordersPath + "?limit=1.5", "", "limit"},
		{"empty number", "GET", ordersPath + "?limit=", "", "limit"},
		{"limit 0", "GET", ordersPath + "?limit=0", "", "limit"},
		{"limit 101", "GET", ordersPath + "?limit=101", "", "limit"},
		{"negative offset", "GET", ordersPath + "?offset=-1", "", "offset"},
		{"status not filtered by", "GET", ordersPath + "?status=2", "", "status"},
		{"order_by", "GET", ordersPath + "?order_by=price", "", "order_by"},
		{"time without zone", "GET", ordersPath + "?create_time_begin=" + url.QueryEscape("2026-01-01 00:00:00"), "", "create_time_begin"},
		{
			"window upside down",
			"GET", ordersPath + "?create_time_begin=2026-02-01T00:00:00Z&create_time_end=2026-01-01T00:00:00Z", "", "create_time_end",
		},
		{
			"window of two years",
			"GET", ordersPath + "?payment_time_begin=2024-01-01T00:00:00Z&payment_time_end=2026-01-01T00:00:00Z", "", "payment_time_end",
		},
		{"partners only", "GET", ordersPath + "?customer_id=x", "", "customer_id"},
		{"missing query", "GET", ordersPath + "/order-discounts", "", "order_id"},
		{"body of a GET", "GET", ordersPath, `{}`, "body"},
		{"no body", "POST", payPath, "", "order_id"},
		{"not JSON", "POST", payPath, `order`, "body"},
		{"an array", "POST", payPath, `[]`, "body"},
		{"two values", "POST", payPath, `{} {}`, "body"},
		{"unknown field", "POST", payPath, `{"order_id":"a","use_coupon":"NO","use_discount":"NO","amount":1}`, "amount"},
		{"wrong type", "POST", payPath, `{"order_id":1,"use_coupon":"NO","use_discount":"NO"}`, "order_id"},
		{"empty id", "POST", payPath, `{"order_id":"","use_coupon":"NO","use_discount":"NO"}`, "order_id"},
		{"long id", "POST", payPath, `{"order_id":"` + long + `","use_coupon":"NO","use_discount":"NO"}`, "order_id"},
		{"lower case", "POST", payPath, `{"order_id":"a","use_coupon":"no","use_discount":"NO"}`, "use_coupon"},
		{"four coupons", "POST", payPath, `{"order_id":"a","use_coupon":"YES","use_discount":"NO","coupon_infos":[{"id":"1","type":301},{"id":"2","type":301},{"id":"3","type":301},{"id":"4","type":301}]}`, "coupon_infos"},
		{"two discounts", "POST", payPath, `{"order_id":"a","use_coupon":"NO","use_discount":"YES","discount_infos":[{"id":"1","type":0},{"id":"2","type":0}]}`, "discount_infos"},
		{"list type of a coupon", "POST", payPath, `{"order_id":"a","use_coupon":"YES","use_discount":"NO","coupon_infos":[{"id":"1","type":1}]}`, "coupon_infos[0].type"},
		{"contract discount", "POST", payPath, `{"order_id":"a","use_coupon":"NO","use_discount":"YES","discount_infos":[{"id":"1","type":1}]}`, "discount_infos[0].type"},
		{"field of an item", "POST", payPath, `{"order_id":"a","use_coupon":"YES","use_discount":"NO","coupon_infos":[{"id":"1","type":301,"n":1}]}`, "coupon_infos[0].n"},
		{"item without id", "POST", payPath, `{"order_id":"a","use_coupon":"YES","use_discount":"NO","coupon_infos":[{"type":301}]}`, "coupon_infos[0].id"},
		{"null", "POST", payPath, `{"order_id":null,"use_coupon":"NO","use_discount":"NO"}`, "order_id"},
		{"51 ids", "POST", query, `{"resource_ids":[` + ids + `]}`, "resource_ids"},
		{"id of another type", "POST", query, `{"resource_ids":[1]}`, "resource_ids[0]"},
		{"status", "POST", query, `{"status_list":[1]}`, "status_list[0]"},
		{"text for a number", "POST", query, `{"limit":"10"}`, "limit"},
		{"empty service type", "POST", query, `{"service_type_code":""}`, "service_type_code"},
		{"coupon status", "GET", "/v2/promotions/benefits/coupons?status=6", "", "status"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Site: SiteInternational})
			answer := c.must(t, test.method, test.path, test.body).refused(t, http.StatusBadRequest, "CBC.0100")
			if want := "Invalid parameter " + test.parameter + ":"; !strings.HasPrefix(answer.text("error_msg"), want) {
				t.Errorf("message %q does not start with %q", answer.text("error_msg"), want)
			}
			entries := c.Requests()
			if len(entries) != 1 || entries[0].Status != http.StatusBadRequest || entries[0].Acted {
				t.Errorf("journal: %+v", entries)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	path := "/v2/products/service-types?limit=1"
	same(t, "default on china", c.get(t, path).text("service_types", 0, "service_type_name"), "弹性云服务器")
	english := c.must(t, http.MethodGet, path, "", "X-Language", "en_US").want(t, http.StatusOK)
	same(t, "english", english.text("service_types", 0, "service_type_name"), "Elastic Cloud Server")
	c.must(t, http.MethodGet, path, "", "X-Language", "de_DE").refused(t, http.StatusBadRequest, "CBC.0100")
}

func TestNullBySite(t *testing.T) {
	t.Parallel()
	const query, body = "/v2/orders/suscriptions/resources/query", `{"resource_ids":null}`
	start(t, Options{Site: SiteChina}).must(t, http.MethodPost, query, body).refused(t, http.StatusBadRequest, "CBC.0100")
	start(t, Options{}).must(t, http.MethodPost, query, body).want(t, http.StatusOK)
}

func TestContentType(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	c.must(t, http.MethodPost, payPath, plainPayment("a"), "Content-Type", "text/plain").refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodPost, payPath, plainPayment("a"), "Content-Type", "application/json;charset=UTF-8").
		refused(t, http.StatusBadRequest, "CBC.30000010")
}

func TestSites(t *testing.T) {
	t.Parallel()
	const coupons = ordersPath + "/order-coupons?order_id=a"
	china, europe, international := start(t, Options{Site: SiteChina}), start(t, Options{Site: SiteEurope}), start(t, Options{})
	china.get(t, coupons)
	international.must(t, http.MethodGet, coupons, "").refused(t, http.StatusNotFound, "APIG.0101")
	europe.must(t, http.MethodGet, coupons, "").refused(t, http.StatusNotFound, "APIG.0101")
	europe.set(t, "order_coupons_on_europe", "on")
	europe.get(t, coupons)
	china.payV1(t, "a").refused(t, http.StatusNotFound, "APIG.0101")
	europe.payV1(t, "a").refused(t, http.StatusNotFound, "APIG.0101")
	europe.set(t, "pay_v1_on_europe", "on")
	europe.payV1(t, "a").refused(t, http.StatusInternalServerError, "CBC.30000010")
	for c, currency := range map[*client]string{china: "CNY", international: "USD", europe: "EUR"} {
		same(t, "currency", c.get(t, "/v2/accounts/customer-accounts/balances").text("currency"), currency)
	}
	international.must(t, http.MethodGet, "/v2/nothing", "").refused(t, http.StatusNotFound, "APIG.0101")
	international.must(t, http.MethodDelete, ordersPath, "").refused(t, http.StatusNotFound, "APIG.0101")
}

func TestWrongSite(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Settings: map[string]string{"account_site": SiteChina}})
	path := "/v2/products/service-types?limit=1"
	c.must(t, http.MethodGet, path, "").refused(t, http.StatusForbidden, "CBC.0156")
	c.set(t, "wrong_site_code", "CBC.0150")
	c.must(t, http.MethodGet, path, "").refused(t, http.StatusForbidden, "CBC.0150")
	c.set(t, "account_site", SiteInternational)
	c.get(t, path)
}

// All calls are checked, those that are not simulated too.
func TestStrictnessBeyondTheChapters(t *testing.T) {
	t.Parallel()
	const (
		renew = "/v2/orders/subscriptions/resources/renew"
		fees  = "/v2/bills/customer-bills/res-fee-records?cycle=2026-10&include_zero_record="
		sums  = "/v2/bills/customer-bills/monthly-sum?bill_cycle="
		costs = "/v4/costs/cost-analysed-bills/query"
	)
	c := start(t, Options{})
	for _, test := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", renew, `{"resource_ids":["a"],"period_type":2,"period_num":11}`, http.StatusOK},
		{"POST", renew, `{"resource_ids":["a"],"period_type":3,"period_num":4}`, http.StatusBadRequest},
		{"POST", renew, `{"resource_ids":[],"period_type":3,"period_num":1}`, http.StatusBadRequest},
		{"GET", fees + "true", "", http.StatusOK},
		{"GET", fees + "yes", "", http.StatusBadRequest},
		{"GET", sums + "2026-10", "", http.StatusOK},
		{"GET", sums + "2026-13", "", http.StatusBadRequest},
		{"POST", costs, `{"time_condition":7}`, http.StatusBadRequest},
		{"POST", costs, `{"time_condition":{"moon":1}}`, http.StatusBadRequest},
	} {
		if answer := c.must(t, test.method, test.path, test.body); answer.status != test.status {
			t.Errorf("%s %s: %d %s", test.path, test.body, answer.status, answer.raw)
		}
	}
	same(t, "in the journal", c.Requests()[0].ResourceIDs, []string{"a"})
}
