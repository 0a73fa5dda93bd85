// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	onDemandPricePath = "/v2/bills/ratings/on-demand-resources"
	periodPricePath   = "/v2/bills/ratings/period-resources/subscribe-rate"
	renewalPricePath  = "/v2/bills/ratings/period-resources/renew-rate"
)

// products are requests for products, with the fields that all of them share.
func products(shared string, list ...string) string {
	items := make([]string, len(list))
	for i, fields := range list {
		items[i] = fmt.Sprintf(`{"id":"%d",%s,%s}`, i+1, fields, shared)
	}

	return strings.Join(items, ",")
}

const (
	linuxServer = `"cloud_service_type":"hws.service.type.ec2","resource_type":"hws.resource.type.vm","resource_spec":"s6.large.2.linux","region":"ap-southeast-3"`
	someDisk    = `"cloud_service_type":"hws.service.type.ebs","resource_type":"hws.resource.type.volume","resource_spec":"GPSSD","region":"ap-southeast-1"`
	sizedDisk   = someDisk + `,"resource_size":40,"size_measure_id":17`
	anAddress   = `"cloud_service_type":"hws.service.type.vpc","resource_type":"hws.resource.type.ip","resource_spec":"5_bgp","region":"ap-southeast-3"`
	someTraffic = `"cloud_service_type":"hws.service.type.vpc","resource_type":"hws.resource.type.bandwidth","resource_spec":"12_bgp","region":"ap-southeast-3"`
	someMbps    = `"cloud_service_type":"hws.service.type.vpc","resource_type":"hws.resource.type.bandwidth","resource_spec":"19_bgp","region":"ap-southeast-3"`
	anHour      = `"usage_factor":"Duration","usage_value":1,"usage_measure_id":4,"subscription_num":1`
	aMonth      = `"period_type":2,"period_num":1,"subscription_num":1`
	aYear       = `"period_type":3,"period_num":1,"subscription_num":1`
)

func rating(products string) string {
	return `{"project_id":"any","product_infos":[` + products + `]}`
}

// amounts are the fields of a price.
func (r reply) amounts(steps ...any) string {
	var all []string
	for _, name := range []string{"amount", "discount_amount", "official_website_amount"} {
		all = append(all, r.text(append(slices.Clone(steps), name)...))
	}

	return strings.Join(all, " ")
}

func TestOnDemandPrice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	answer := c.must(t, http.MethodPost, onDemandPricePath, rating(
		products(`"usage_factor":"Duration","usage_value":2.5,"usage_measure_id":4,"subscription_num":2`, linuxServer, sizedDisk, anAddress)+","+
			`{"id":"t",`+someTraffic+`,"usage_factor":"upflow","usage_value":0.5,"usage_measure_id":10,"subscription_num":1}`)).want(t, http.StatusOK)
	same(t, "server", answer.amounts("product_rating_results", 0), "0.2745 0.0305 0.305")
	same(t, "disk", answer.amounts("product_rating_results", 1), "0.033165 0.003685 0.03685")
	same(t, "address", answer.amounts("product_rating_results", 2), "0.0225 0.0025 0.025")
	same(t, "traffic", answer.amounts("product_rating_results", 3), "0.0513 0.0057 0.057")
	same(t, "sum", answer.amounts(), "0.381465 0.042385 0.42385")
	same(t, "ids", answer.column("product_rating_results", "id"), []string{"1", "2", "3", "t"})
	same(t, "currency and unit", answer.text("currency")+answer.text("measure_id"), "USD1")
	same(t, "discount", answer.text("product_rating_results", 0, "discount_rating_results", 0),
		"map[amount:0.0305 discount_id:DP0000000001 discount_name:Commercial discount discount_type:605 measure_id:1]")
	c.set(t, "discount_permission", "off")
	answer = c.must(t, http.MethodPost, onDemandPricePath, rating(products(anHour, linuxServer)))
	same(t, "hidden discounts", answer.amounts()+answer.text("product_rating_results", 0, "discount_rating_results"), "0.061 0.00 0.061")
}

func TestPrecisionOfPrices(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Settings: map[string]string{"price_discounts": "partner"}})
	disk := someDisk + `,"resource_size":1,"size_measure_id":17`
	for precision, want := range map[string]string{
		`0`: "0.000175 0.000009 0.000184", `1`: "0.0001750375 0.0000092125 0.00018425",
	} {
		answer := c.must(t, http.MethodPost, onDemandPricePath,
			`{"project_id":"any","inquiry_precision":`+precision+`,"product_infos":[`+products(anHour, disk)+`]}`).want(t, http.StatusOK)
		same(t, precision, answer.amounts(), want)
	}
}

func TestPriceRefused(t *testing.T) {
	t.Parallel()
	china := start(t, Options{Site: SiteChina})
	international := start(t, Options{})
	change := func(product, old, replacement string) string { return strings.ReplaceAll(product, old, replacement) }
	for _, test := range []struct{ product, code, names string }{
		{linuxServer, "", ""},
		{linuxServer + `,"resource_size":7,"size_measure_id":17`, "", ""},
		{linuxServer + `,"available_zone":"AP-Southeast-3a"`, "", ""},
		{linuxServer + `,"available_zone":"ap-southeast-1a"`, "CBC.99006006", ""},
		{change(linuxServer, ".linux", ""), "CBC.99006006", ""},
		{change(linuxServer, "s6", "S6"), "CBC.99006006", ""},
		{change(linuxServer, "ec2", "ebs"), "CBC.99006006", ""},
		{change(linuxServer, "type.vm", "type.volume"), "CBC.99006006", ""},
		{change(linuxServer, "ap-southeast-3", "ap-southeast-9"), "CBC.99006006", ""},
		{someDisk, "CBC.0100", "product_infos[0].resource_size"},
		{someDisk + `,"resource_size":10`, "CBC.0100", "product_infos[0].size_measure_id"},
		{someDisk + `,"resource_size":10,"size_measure_id":15`, "CBC.0100", "product_infos[0].size_measure_id"},
		{someDisk + `,"resource_size":0,"size_measure_id":17`, "CBC.0100", "product_infos[0].resource_size"},
		{someDisk + `,"resource_size":214783647,"size_measure_id":17,"colour":"red"`, "CBC.0100", "product_infos[0].colour"},
	} {
		for _, c := range []*client{china, international} {
			for path, shared := range map[string]string{onDemandPricePath: anHour, periodPricePath: aMonth} {
				answer := c.must(t, http.MethodPost, path, rating(products(shared, test.product)))
				if test.code == "" {
					answer.want(t, http.StatusOK)

					continue
				}
				answer.refused(t, http.StatusBadRequest, test.code)
				if !strings.Contains(answer.text("error_msg"), test.names) {
					t.Errorf("%s does not name %s", answer.raw, test.names)
				}
			}
		}
	}
	for usage, code := range map[string]string{
		`"usage_factor":"upflow","usage_value":1,"usage_measure_id":4`:                      "CBC.99006074",
		`"usage_factor":"duration","usage_value":1,"usage_measure_id":4`:                    "CBC.99006074",
		`"usage_factor":"Duration","usage_value":1,"usage_measure_id":10`:                   "CBC.99006050",
		`"usage_factor":"Duration","usage_value":1,"usage_measure_id":5`:                    "CBC.0100",
		`"usage_factor":"Duration","usage_value":-1,"usage_measure_id":4`:                   "CBC.0100",
		`"usage_factor":"Duration","usage_value":99999999999999999999,"usage_measure_id":4`: "CBC.99006055",
	} {
		international.must(t, http.MethodPost, onDemandPricePath,
			rating(products(usage+`,"subscription_num":1`, linuxServer))).refused(t, http.StatusBadRequest, code)
	}
	for _, kind := range []string{"0", "4"} {
		international.must(
			t,
			http.MethodPost,
			periodPricePath,
			rating(
				products(`"period_num":1,"subscription_num":1,"period_type":`+kind, linuxServer),
			),
		).refused(t, http.StatusBadRequest, "CBC.99006006")
	}
	international.must(t, http.MethodPost, periodPricePath, rating(products(aMonth, someTraffic))).
		refused(t, http.StatusBadRequest, "CBC.99006006")
	double := `{"id":"x",` + linuxServer + `,` + aMonth + `}`
	for _, list := range []string{double + "," + double, ""} {
		international.must(t, http.MethodPost, periodPricePath, rating(list)).refused(t, http.StatusBadRequest, "CBC.0100")
	}
	international.must(t, http.MethodPost, periodPricePath, `{"product_infos":[`+double+`]}`).refused(t, http.StatusBadRequest, "CBC.0100")
}

func TestPeriodPrice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	answer := c.must(t, http.MethodPost, periodPricePath, rating(
		products(`"period_type":2,"period_num":3,"subscription_num":2`, linuxServer, sizedDisk))).want(t, http.StatusOK)
	same(t, "official", answer.column("optional_discount_rating_results", "official_website_amount"), []string{"208.80", "208.80"})
	same(t, "rows", answer.text("official_website_rating_result"), "map[measure_id:1 official_website_amount:208.80 product_rating_results:["+
		"map[id:1 measure_id:1 official_website_amount:182.40 product_id:00301-110003-0--0] "+
		"map[id:2 measure_id:1 official_website_amount:26.40 product_id:00301-110013-0--0]]]")
	same(t, "commercial", answer.amounts("optional_discount_rating_results", 0), "187.92 20.88 208.80")
	same(t, "its disk", answer.amounts("optional_discount_rating_results", 0, "product_rating_results", 1), "23.76 2.64 26.40")
	same(t, "partner", answer.amounts("optional_discount_rating_results", 1), "198.36 10.44 208.80")
	same(t, "types", answer.column("optional_discount_rating_results", "discount_type"), []string{"605", "606"})
	same(t, "best", answer.column("optional_discount_rating_results", "best_offer"), []string{"1", "0"})
	same(t, "no installments", strings.Contains(answer.raw, "installment"), false)

	answer = c.must(
		t,
		http.MethodPost,
		periodPricePath,
		rating(products(aYear, linuxServer, someMbps+`,"resource_size":5,"size_measure_id":15`)),
	)
	same(t, "a year", answer.text("official_website_rating_result", "official_website_amount"), "794.00")
	c.set(t, "price_discounts", "none")
	answer = c.must(t, http.MethodPost, periodPricePath, rating(products(aYear, linuxServer)))
	same(t, "none", answer.text("optional_discount_rating_results"), "")
}

// Prices are in the currency of the site.
func TestCurrencyOfPrices(t *testing.T) {
	t.Parallel()
	for site, want := range map[string]string{SiteChina: "212.80 CNY", SiteInternational: "30.40 USD", SiteEurope: "27.97 EUR"} {
		c := start(t, Options{Site: site})
		answer := c.must(t, http.MethodPost, periodPricePath, rating(products(aMonth, linuxServer))).want(t, http.StatusOK)
		same(t, site, answer.text("official_website_rating_result", "official_website_amount")+" "+answer.text("currency"), want)
	}
}

func TestInstallments(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	rack := `"cloud_service_type":"hws.service.type.ies","resource_type":"hws.resource.type.ies.rack","resource_spec":"cloudpond.compute.1","region":"cn-north-4"`
	for mode, want := range map[string]string{
		"NA": "294000.00  ", "HALF_PAY": "147000.00 12250.00 2", "ZERO_PAY": "0.00 24500.00 2",
	} {
		answer := c.must(t, http.MethodPost, periodPricePath, rating(products(aYear+`,"fee_installment_mode":"`+mode+`"`, rack))).
			want(t, http.StatusOK)
		official := answer.text("official_website_rating_result", "official_website_amount") + " " +
			answer.text("official_website_rating_result", "product_rating_results", 0, "installment_official_website_amount") + " " +
			answer.text("official_website_rating_result", "installment_period_type")
		same(t, mode, official, want)
		if mode == "HALF_PAY" {
			same(t, "discounted", answer.text("optional_discount_rating_results", 0, "installment_amount"), "11025.00")
		}
	}
	c.must(t, http.MethodPost, periodPricePath, rating(products(aYear+`,"fee_installment_mode":"HALF_PAY"`, linuxServer))).
		refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodPost, periodPricePath, rating(products(aYear+`,"fee_installment_mode":null,"available_zone":null`, rack))).
		want(t, http.StatusOK)
	start(
		t,
		Options{},
	).must(t, http.MethodPost, periodPricePath, rating(products(aYear, rack))).
		refused(t, http.StatusBadRequest, "CBC.99006006")
}

func (c *client) renewalPrice(t *testing.T, fields string, ids ...string) reply {
	t.Helper()
	for i, id := range ids {
		ids[i] = strconv.Quote(id)
	}

	return c.must(t, http.MethodPost, renewalPricePath, `{"resource_ids":[`+strings.Join(ids, ",")+`],`+fields+`}`)
}

func TestRenewalPrice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	c.act(
		t,
		"add_resource",
		map[string]any{
			"resource_id":       "later-disk",
			"associated_with":   demoResource(4),
			"monthly_price":     "7.10",
			"service_type_code": "hws.service.type.ebs",
		},
	)
	answer := c.renewalPrice(t, `"period_type":2,"period_num":3`, demoResource(4), demoResource(6)).want(t, http.StatusOK)
	same(t, "with what is attached", answer.column("renew_inquiry_results", "amount"), []string{"375.00", "174.60"})
	same(
		t,
		"strings",
		strings.Contains(answer.raw, `"amount":"375.00"`) && strings.Contains(answer.raw, `"official_website_amount":"549.60"`),
		true,
	)
	same(t, "best", answer.amounts("optional_discount_rating_results", 0), "494.64 54.96 549.60")
	same(t, "no failures", answer.text("fail_resource_infos"), "[]")
	answer = c.renewalPrice(t, `"period_type":3,"period_num":1,"include_relative_resources":true`, demoResource(4)).want(t, http.StatusOK)
	same(t, "associated ids", answer.column("renew_inquiry_results", "resource_id"), []string{demoResource(4), "later-disk"})
	same(t, "associated amounts", answer.column("renew_inquiry_results", "amount"), []string{"1500.00", "85.20"})

	quoted := c.renewalPrice(t, `"period_type":2,"period_num":2`, demoResource(4)).text("renew_inquiry_results", 0, "amount")
	order := c.act(t, "renew", map[string]any{"resource_id": demoResource(4), "period_num": 2})["order_id"]
	same(t, "the order costs what was quoted", c.charged(), []string{fmt.Sprint(order) + " " + quoted + " 0.00 console"})
	same(t, "journal", c.Requests()[0].ResourceIDs, []string{demoResource(4), demoResource(6)})
}

func TestRenewalPriceFailures(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.act(t, "add_resource", map[string]any{"resource_id": "new", "known_after": "duration=1h"})
	c.act(t, "add_resource", map[string]any{"resource_id": "usage", "expire_policy": 1})
	c.act(t, "expire", map[string]any{"resource_id": "usage"})
	c.act(t, "refuse", map[string]any{"resource_id": demoResource(7), "operation": "get_renewal_price", "code": "CBC.30050008"})
	c.place(t, map[string]any{"order_type": 3, "status": 3, "amount": "1", "resource_ids": []string{demoResource(8)}})
	answer := c.renewalPrice(t, `"period_type":2,"period_num":1`, demoResource(1), demoResource(2), demoResource(6), demoResource(7),
		demoResource(8), demoResource(12), "unknown", "new", "usage").want(t, http.StatusOK)
	got := map[string]string{}
	ids, codes := answer.column("fail_resource_infos", "resource_id"), answer.column("fail_resource_infos", "error_code")
	for i, id := range ids {
		got[id] = codes[i]
	}
	want := map[string]string{
		demoResource(1): "CBC.30050010", demoResource(2): "CBC.30050007", demoResource(7): "CBC.30050008", demoResource(8): "CBC.30050011",
		demoResource(12): "CBC.30050009", "unknown": "CBC.30050009", "new": "CBC.30050009", "usage": "CBC.30050013",
	}
	same(t, "failures", got, want)
	same(t, "the rest is priced", answer.column("renew_inquiry_results", "resource_id"), []string{demoResource(6)})
	answer = c.renewalPrice(t, `"period_type":2,"period_num":1`, slices.Sorted(maps.Keys(want))...).want(t, http.StatusOK)
	same(t, "nothing to price", answer.text("renew_inquiry_results")+answer.text("official_website_rating_result"), "[]")

	c.renewalPrice(t, `"period_type":2,"period_num":1`, "a", "a").refused(t, http.StatusBadRequest, "CBC.30050012")
	for _, fields := range []string{`"period_type":2,"period_num":12`, `"period_type":3,"period_num":4`, `"period_type":1,"period_num":1`, `"period_type":2`} {
		c.renewalPrice(t, fields, "a").refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c.renewalPrice(t, `"period_type":2,"period_num":1`).refused(t, http.StatusBadRequest, "CBC.0100")
	if _, err := c.Console(
		"refuse",
		map[string]any{"resource_id": demoResource(7), "operation": "get_renewal_price", "code": "CBC.1", "whole": true},
	); err == nil {
		t.Error("a refusal of all renewal prices is taken")
	}
}
