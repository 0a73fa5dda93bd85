// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	costsPath     = "/v4/costs/cost-analysed-bills/query"
	breakdownPath = "/v2/costs/cost-analysed-bills/monthly-breakdown?shared_month="
)

var breakdowns = bills{breakdownPath, "", "details"}

const byService = `{"type":"dimension","key":"CLOUD_SERVICE_TYPE"}`

// costQuery is a body of list_costs, but for the page.
func costQuery(measure int, begin, end, cost, more string, groups ...string) string {
	return fmt.Sprintf(`"time_condition":{"time_measure_id":%d,"begin_time":%q,"end_time":%q},"groupby":[%s],"cost_type":%q,`+
		`"amount_type":"PAYMENT_AMOUNT"%s`, measure, begin, end, strings.Join(groups, ","), cost+"_COST", more)
}

// costRows are all rows that answer a query.
func (c *client) costRows(t *testing.T, query string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for {
		body := fmt.Sprintf(`{%s,"offset":%d,"limit":1000}`, query, len(all))
		answer := c.must(t, http.MethodPost, costsPath, body).want(t, http.StatusOK)
		list, _ := answer.body["cost_data"].([]any)
		for _, item := range list {
			row, _ := item.(map[string]any)
			all = append(all, row)
		}
		if answer.text("total_count") == itoa(len(all)) {
			return all
		}
		if len(list) == 0 {
			t.Fatalf("%d rows of %s", len(all), answer.text("total_count"))
		}
	}
}

// costsOf are the sums of rows by period, and of everything.
func costsOf(t *testing.T, rows []map[string]any) (periods map[string]Amount, all Amount) {
	t.Helper()
	sums, total := map[string]*big.Rat{}, new(big.Rat)
	for _, row := range rows {
		own := new(big.Rat)
		costs, _ := row["costs"].([]any)
		for _, item := range costs {
			cost, _ := item.(map[string]any)
			period := fmt.Sprint(cost["time_dimension_value"])
			if sums[period] == nil {
				sums[period] = new(big.Rat)
			}
			addTo(t, sums[period], json.Number(fmt.Sprint(cost["amount"])))
			addTo(t, own, json.Number(fmt.Sprint(cost["amount"])))
		}
		same(t, "amount_by_costs", amountOf(own), Amount(fmt.Sprint(row["amount_by_costs"])).plus("0"))
		total.Add(total, own)
	}
	periods = map[string]Amount{}
	for period, sum := range sums {
		periods[period] = amountOf(sum)
	}

	return periods, amountOf(total)
}

// A world with all that costs, of which every term has ended.
func costly(t *testing.T) *client {
	t.Helper()
	c := start(t, Options{Site: SiteChina, Seed: "demo", Generate: Generate{BillLines: 900}}).rich(t)
	c.act(t, "set_balance", map[string]any{"amount": "100000.00"})
	c.pay(t, "CS2611220000001").want(t, http.StatusNoContent)
	c.pay(t, "CS2611220000002").want(t, http.StatusNoContent)
	// Two renewals of a server, of which one begins only when the other has ended.
	c.renew(t, `"period_type":2,"period_num":3,"is_auto_pay":1`, demoResource(1)).want(t, http.StatusOK)
	c.renew(t, `"period_type":3,"period_num":1,"is_auto_pay":1`, demoResource(1)).want(t, http.StatusOK)
	// A renewal that is given back before it begins, and one of which a part was used.
	c.renew(t, `"period_type":2,"period_num":2,"is_auto_pay":1`, demoResource(6)).want(t, http.StatusOK)
	c.renew(t, `"period_type":2,"period_num":2,"is_auto_pay":1`, demoResource(8)).want(t, http.StatusOK)
	c.unsubscribe(t, 2, demoResource(6)).want(t, http.StatusOK)
	c.Advance(45 * 24 * time.Hour)
	c.act(t, "add_usage", map[string]any{"hourly_price": "0.12345678", "since": "-30h", "until": "-90m", "settlement": "hour"})
	c.unsubscribe(t, 1, demoResource(8)).want(t, http.StatusOK)
	c.disable(t, demoResource(4))
	c.Advance(620 * 24 * time.Hour)

	return c
}

// months are those from one to another, both included.
func months(t *testing.T, from, until string) []string {
	t.Helper()
	begin, err := time.Parse("2006-01", from)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for ; begin.Format("2006-01") <= until; begin = begin.AddDate(0, 1, 0) {
		all = append(all, begin.Format("2006-01"))
	}

	return all
}

// Costs are the bills, to the last digit: the original ones of each month and day,
// and the amortized ones over the life of everything. The breakdown of a month is
// both.
func TestCostsAreTheBills(t *testing.T) {
	t.Parallel()
	c := costly(t)
	const first = "2026-08"
	last := monthOf(c.World().Now)
	billed, days, whole := map[string]Amount{}, map[string]Amount{}, Amount("0.00")
	for _, month := range months(t, first, last) {
		rows := resourceRecords.rows(t, c, month, "statistic_type", "2")
		if len(rows) == 0 {
			continue
		}
		billed[month] = sum(t, rows, "consume_amount")
		whole = whole.plus(billed[month])
		for _, row := range rows {
			day := fmt.Sprint(row["bill_date"])
			days[day] = sum(t, []map[string]any{row}, "consume_amount").plus(Amount("0").plus(days[day]))
		}
	}
	for _, group := range []string{
		byService, `{"type":"dimension","key":"RESOURCE_ID"}`, `{"type":"tag","key":"team"}`, `{"type":"cost_unit","key":"environment"}`,
	} {
		got, all := costsOf(t, c.costRows(t, costQuery(2, first, last, "ORIGINAL", "", group)))
		same(t, "original by month and "+group, got, billed)
		same(t, "original", all, whole)
	}
	got, all := costsOf(t, c.costRows(t, costQuery(1, first+"-01", dateOf(c.World().Now.Unix()), "ORIGINAL", "", byService)))
	same(t, "original by day", got, days)
	same(t, "original of all days", all, whole)
	amortized, all := costsOf(t, c.costRows(t, costQuery(2, first, last, "AMORTIZED", "", byService)))
	same(t, "amortized", all, whole)
	_, all = costsOf(t, c.costRows(t, costQuery(1, first+"-01", dateOf(c.World().Now.Unix()), "AMORTIZED", "", byService)))
	same(t, "amortized by day", all, whole)
	if maps.Equal(amortized, billed) {
		t.Error("nothing is spread")
	}
	for _, month := range months(t, monthOf(c.World().Now.AddDate(0, -17, 0)), last) {
		rows := breakdowns.rows(t, c, month)
		current := sum(t, rows, "current_month_amortized_amount")
		same(t, "current of "+month, current, Amount("0").plus(amortized[month]).plus("0"))
		same(t, "parts of "+month, sum(t, rows, "amortized_cash_amount", "amortized_credit_amount", "amortized_coupon_amount",
			"amortized_flexipurchase_coupon_amount", "amortized_stored_value_card_amount", "amortized_bonus_amount"), current)
		same(t, "charges of "+month, sum(t, rows, "past_months_amortized_amount", "current_month_amortized_amount",
			"future_months_amortized_amount"), sum(t, rows, "consume_amount"))
		own := slices.DeleteFunc(slices.Clone(rows), func(row map[string]any) bool { return row["bill_cycle"] != month })
		same(t, "bill of "+month, sum(t, own, "consume_amount"), Amount("0").plus(billed[month]).plus("0"))
	}
}

// Each day of a term costs the same, and what is given back costs nothing from then
// on.
func TestAmortizedDays(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina}).rich(t)
	expire := time.Date(2026, 12, 1, 0, 0, 0, 0, utc8)
	c.act(t, "add_resource", map[string]any{"resource_id": "server", "expire_time": expire.Format(time.RFC3339), "monthly_price": "31.00"})
	c.renew(t, `"period_type":2,"period_num":1,"is_auto_pay":1`, "server").want(t, http.StatusOK)
	c.Advance(20 * 24 * time.Hour) // It is 12 December, 16:00 (UTC+8).
	query := costQuery(1, "2026-11-22", "2026-12-12", "AMORTIZED", "", byService)
	days, _ := costsOf(t, c.costRows(t, query))
	same(t, "first days", []Amount{days["2026-11-22"], days["2026-12-01"], days["2026-12-12"]}, []Amount{"", "0.90", "0.90"})
	c.unsubscribe(t, 1, "server").want(t, http.StatusOK)
	c.Advance(10 * 24 * time.Hour)
	days, all := costsOf(t, c.costRows(t, costQuery(1, "2026-11-22", "2026-12-22", "AMORTIZED", "", byService)))
	original, billed := costsOf(t, c.costRows(t, costQuery(1, "2026-11-22", "2026-12-22", "ORIGINAL", "", byService)))
	same(t, "whole life", all, billed)
	same(t, "paid", original["2026-11-22"], Amount("27.90"))
	same(t, "after it", []Amount{days["2026-12-11"], days["2026-12-13"]}, []Amount{"0.90", ""})
	same(t, "the rest", days["2026-12-12"], all.minus("9.00").minus("0.90"))
}

// What the description and the vendor's page do not allow is refused by name.
func TestCostsRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{BillLines: 300}})
	tag := func(key string) string { return fmt.Sprintf(`{"type":"tag","key":%q}`, key) }
	const noValues = `,"filters":[{"operator":1,"filter_factor":{"key":"AZ_CODE"}}]`
	for query, parameter := range map[string]string{
		costQuery(1, "2026-10", "2026-10", "ORIGINAL", "", byService):                                             "begin_time",
		costQuery(2, "2026-10", "2026-10-02", "ORIGINAL", "", byService):                                          "end_time",
		costQuery(2, "2026-10", "2026-09", "ORIGINAL", "", byService):                                             "end_time",
		costQuery(2, "2026-10", "2026-12", "ORIGINAL", "", byService):                                             "end_time",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", ""):                                                        "groupby",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", byService, byService):                                  "groupby",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", tag("a"), tag("b")):                                    "groupby",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", byService, tag("a"), `{"type":"cost_unit","key":"u"}`): "groupby",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", `{"type":"dimension","key":"COLOUR"}`):                 "groupby",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", `{"type":"colour","key":"AZ_CODE"}`):                   "type",
		costQuery(3, "2026-10", "2026-10", "ORIGINAL", "", byService):                                             "time_measure_id",
		costQuery(2, "2026-10", "2026-10", "UNBLENDED", "", byService):                                            "cost_type",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", `,"offset":200001`, byService):                             "offset",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", `,"limit":1001`, byService):                                "limit",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", `,"filters":[{"operator":2}]`, byService):                  "operator",
		costQuery(2, "2026-10", "2026-10", "ORIGINAL", noValues, byService):                                       "value",
	} {
		answer := c.must(t, http.MethodPost, costsPath, "{"+query+"}").refused(t, http.StatusBadRequest, "CBC.0100")
		if !strings.Contains(answer.raw, parameter) {
			t.Errorf("%s: %s", query, answer.raw)
		}
	}
	c.Advance(600 * 24 * time.Hour)
	breakdowns.page(t, c, "2026-10", 0, 10).refused(t, http.StatusBadRequest, "CBC.0100")
	c.set(t, "cost_center", "off")
	c.must(t, http.MethodPost, costsPath, "{"+costQuery(2, "2026-10", "2026-10", "ORIGINAL", "", byService)+"}").
		refused(t, http.StatusBadRequest, "CBC.18000014")
	breakdowns.page(t, c, "2027-10", 0, 10).refused(t, http.StatusBadRequest, "CBC.18000014")
}

// Filters leave in or out, and add up to everything.
func TestCostFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{BillLines: 900}})
	total := func(more string) Amount {
		_, all := costsOf(t, c.costRows(t, costQuery(2, "2026-10", "2026-10", "ORIGINAL", more, byService)))

		return all
	}
	all := total("")
	filter := func(key, value string, exclude int) string {
		return fmt.Sprintf(`,"filters":[{"operator":%d,"filter_factor":{"key":%q,"value":[%q]}}]`, exclude, key, value)
	}
	for key, value := range map[string]string{
		"CLOUD_SERVICE_TYPE": "hws.service.type.ec2", "CHARGING_MODE": "3", "BILL_TYPE": "5", "REGION_CODE": "cn-north-4",
		"RESOURCE_ID": "used-000001", "ENTERPRISE_PROJECT_ID": "0", "ASSOCIATED_ACCOUNT": generatedMember, "RESOURCE_TAG": "a",
		"COST_UNIT": "production", "USAGE_TYPE": usageDuration,
	} {
		with, without := total(filter(key, value, 0)), total(filter(key, value, 1))
		if same(t, key, with.plus(without), all); with.cmp("0") == 0 || with.cmp(all) == 0 {
			t.Errorf("%s: %s of %s", key, with, all)
		}
	}
	c.set(t, "cost_tag_form", "equals")
	same(t, "with its key", total(filter("RESOURCE_TAG", "team=a", 0)), func() Amount {
		c.set(t, "cost_tag_form", "value")

		return total(filter("RESOURCE_TAG", "a", 0))
	}())
}

// A page of many rows is not made anew.
func BenchmarkCostPages(b *testing.B) {
	server, err := New(Options{Generate: Generate{BillLines: 250_000}, Now: testStart, Settings: map[string]string{"cost_rows": "period"}})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	values := map[string]any{}
	if err := json.Unmarshal(
		[]byte("{"+costQuery(1, "2026-09-01", "2026-11-22", "ORIGINAL", "", `{"type":"dimension","key":"RESOURCE_ID"}`)+"}"),
		&values,
	); err != nil {
		b.Fatal(err)
	}
	values["limit"], values["offset"] = int64(1000), int64(100_000)
	for b.Loop() {
		result, err := listCosts(server.world, &call{values: values})
		if err != nil {
			b.Fatal(err)
		}
		_ = mustEncode(result.body)
	}
}
