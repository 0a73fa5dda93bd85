// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	sumPath      = "/v2/bills/customer-bills/monthly-sum?bill_cycle="
	recordsPath  = "/v2/bills/customer-bills/res-records/query"
	resourceFees = "/v2/bills/customer-bills/res-fee-records?cycle="
	feesPath     = "/v2/bills/customer-bills/fee-records?bill_cycle="
)

// bills reads whole bills, a thousand rows a page.
type bills struct {
	path, month, list string
}

var (
	monthlySums        = bills{sumPath, "", "bill_sums"}
	resourceRecords    = bills{recordsPath, "", "monthly_records"}
	resourceFeeRecords = bills{resourceFees, "", "fee_records"}
	feeRecords         = bills{feesPath, "", "records"}
)

// rows are all rows of a month; filters are pairs of names and JSON values.
func (b bills) rows(t *testing.T, c *client, month string, filters ...string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for {
		answer := b.page(t, c, month, len(all), 1000, filters...).want(t, http.StatusOK)
		list, _ := answer.body[b.list].([]any)
		for _, item := range list {
			row, _ := item.(map[string]any)
			all = append(all, row)
		}
		if answer.text("total_count") == itoa(len(all)) {
			return all
		}
		if len(list) == 0 {
			t.Fatalf("%s: %d rows of %s", b.path, len(all), answer.text("total_count"))
		}
	}
}

func (b bills) page(t *testing.T, c *client, month string, offset, limit int, filters ...string) reply {
	t.Helper()
	if b.path == recordsPath {
		fields := []string{fmt.Sprintf(`"cycle":%q,"offset":%d,"limit":%d`, month, offset, limit)}
		for ; len(filters) > 1; filters = filters[2:] {
			fields = append(fields, fmt.Sprintf(`%q:%s`, filters[0], filters[1]))
		}

		return c.must(t, http.MethodPost, b.path, "{"+strings.Join(fields, ",")+"}")
	}
	query := fmt.Sprintf("%s%s&offset=%d&limit=%d", b.path, month, offset, limit)
	for ; len(filters) > 1; filters = filters[2:] {
		query += "&" + filters[0] + "=" + strings.Trim(filters[1], `"`)
	}

	return c.must(t, http.MethodGet, query, "")
}

// sum adds fields of rows up.
func sum(t *testing.T, rows []map[string]any, fields ...string) Amount {
	t.Helper()
	total := new(big.Rat)
	for _, row := range rows {
		for _, field := range fields {
			addTo(t, total, row[field])
		}
	}

	return amountOf(total)
}

func addTo(t *testing.T, total *big.Rat, value any) {
	t.Helper()
	number, ok := value.(json.Number)
	if !ok {
		t.Fatalf("%v is not a number", value)
	}
	amount, ok := new(big.Rat).SetString(number.String())
	if !ok {
		t.Fatalf("%s is not a number", number)
	}
	total.Add(total, amount)
}

// columns are fields of each row, with spaces between them.
func columns(rows []map[string]any, fields ...string) []string {
	all := []string{}
	for _, row := range rows {
		values := make([]string, len(fields))
		for i, field := range fields {
			values[i] = fmt.Sprint(row[field])
		}
		all = append(all, strings.Join(values, " "))
	}

	return all
}

// Everything that is paid shows in all bills, and they agree.
func TestBillsOfPayments(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Settings: map[string]string{"deadline_cancels": "on"}})
	c.act(t, "set_balance", map[string]any{"amount": "100.00", "credit": "200.00"})
	c.act(
		t,
		"add_resource",
		map[string]any{
			"resource_id":           "server",
			"monthly_price":         "50.00",
			"name":                  "web",
			"enterprise_project_id": "0",
			"region_code":           "cn-north-4",
		},
	)
	c.act(
		t,
		"add_resource",
		map[string]any{
			"resource_id":        "disk",
			"parent_resource_id": "server",
			"service_type_code":  "hws.service.type.ebs",
			"monthly_price":      "5.00",
			"spec_size":          "40",
		},
	)
	first := c.place(t, map[string]any{
		"amount":          "120.01",
		"official_amount": "130.01",
		"resources":       3,
		"coupons":         []map[string]any{{"face_value": "15.00"}},
		"lines": []map[string]any{
			{"amount": "100.01", "official_amount": "110.01"},
			{"amount": "20.00", "service_type_code": "hws.service.type.rds"},
		},
	})
	c.act(t, "pay_order", map[string]any{"order_id": first["order_id"], "coupon_ids": first["coupon_ids"]})
	renewal := c.act(t, "renew", map[string]any{"resource_id": "server"})["order_id"]
	c.act(t, "unsubscribe", map[string]any{"resource_id": "server", "refund": "33.33"})
	unpaid := c.placeID(t, map[string]any{"amount": "9.99"})

	same(
		t,
		"payments",
		c.charged(),
		[]string{fmt.Sprintf("%s 105.01 15.00 console", first["order_id"]), fmt.Sprintf("%s 55.00 0.00 console", renewal)},
	)
	same(t, "credit", string(c.World().Payments[0].CreditAmount+" "+c.World().Payments[1].CreditAmount), "5.01 55.00")
	lines := resourceFeeRecords.rows(t, c, "2026-11")
	same(
		t,
		"lines",
		columns(
			lines,
			"bill_type",
			"charge_mode",
			"trade_id",
			"official_amount",
			"discount_amount",
			"amount",
			"cash_amount",
			"credit_amount",
			"coupon_amount",
		),
		[]string{
			fmt.Sprintf("1 1 %s 55.00500000 5.00000000 50.00500000 41.66000000 2.09000000 6.25500000", first["order_id"]),
			fmt.Sprintf("1 1 %s 55.00500000 5.00000000 50.00500000 41.66000000 2.09000000 6.25500000", first["order_id"]),
			fmt.Sprintf("1 1 %s 20.00000000 0.00000000 20.00000000 16.68000000 0.83000000 2.49000000", first["order_id"]),
			fmt.Sprintf("2 1 %s 50.00000000 0.00000000 50.00000000 0.00000000 50.00000000 0.00000000", renewal),
			fmt.Sprintf("2 1 %s 5.00000000 0.00000000 5.00000000 0.00000000 5.00000000 0.00000000", renewal),
			"4 1 CS2611220000003 -33.33000000 0.00000000 -33.33000000 -33.33000000 0.00000000 0.00000000",
		},
	)
	if strings.Contains(fmt.Sprint(lines), unpaid) {
		t.Error("an unpaid order is billed")
	}
	for _, b := range []bills{resourceFeeRecords, resourceRecords, monthlySums, feeRecords} {
		field := "consume_amount"
		if b == resourceFeeRecords {
			field = "amount"
		}
		same(t, b.path, sum(t, b.rows(t, c, "2026-11"), field), Amount("141.68"))
	}
	answer := monthlySums.page(t, c, "2026-11", 0, 10)
	same(
		t,
		"sums",
		[]string{
			answer.text("consume_amount"),
			answer.text("cash_amount"),
			answer.text("credit_amount"),
			answer.text("coupon_amount"),
			answer.text("currency"),
		},
		[]string{"141.68", "66.67", "60.01", "15.00", "CNY"},
	)
	same(
		t,
		"coarse types",
		columns(monthlySums.rows(t, c, "2026-11"), "service_type_code", "charging_mode", "bill_type", "consume_amount"),
		[]string{
			"hws.service.type.ec2 1 1 150.01", "hws.service.type.rds 1 1 20.00", "hws.service.type.ebs 1 1 5.00", "hws.service.type.ec2 1 2 -33.33",
		},
	)
	same(t, "last month", len(resourceFeeRecords.rows(t, c, "2026-10")), 0)
}

// Automatic renewals name each resource, and each part of a combined order its
// own.
func TestBillsOfOrders(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	c.set(t, "monthly_settlement", "on")
	c.pay(t, "CS2611220000002").want(t, http.StatusNoContent)
	c.set(t, "monthly_settlement", "off")
	c.pay(t, "CS2611220000008").want(t, http.StatusNoContent)
	c.Advance(40 * 24 * time.Hour)
	lines := resourceFeeRecords.rows(t, c, "2026-11", "charge_mode", "1")
	same(t, "november", columns(lines, "trade_id", "order_id", "relative_order_id", "bill_type", "amount", "debt_amount"), []string{
		"CS2611220000004 CS2611220000004  1 24.90000000 0.00000000",
		"CS2611220000007 CS2611220000007  1 75.00000000 0.00000000",
		"CS2611220000002 CS2611220000002  1 58.20000000 58.20000000",
		"CS2611220000008 CS2611220000009 CS2611220000008 1 40.00000000 0.00000000",
		"CS2611220000008 CS2611220000010 CS2611220000008 1 60.00000000 0.00000000",
	})
	same(t, "december", columns(resourceFeeRecords.rows(t, c, "2026-12", "charge_mode", "1"), "bill_type", "resource_id", "amount"), []string{
		"8 " + demoResource(4) + " 120.30000000", "8 " + demoResource(5) + " 4.70000000",
	})
	records := resourceRecords.rows(t, c, "2026-12", "res_instance_id", `"`+demoResource(5)+`"`)
	same(t, "attached", columns(records, "root_resource_id", "parent_resource_id", "resource_Type_code", "charge_mode"),
		[]string{demoResource(4) + " " + demoResource(4) + " hws.resource.type.volume 1"})
}

// Usage shows when it is settled, by the days of UTC+8, and is owed.
func TestBillsOfUsage(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Now: time.Date(2026, 10, 31, 14, 30, 0, 0, time.UTC)})
	c.act(
		t,
		"add_usage",
		map[string]any{"resource_id": "hourly", "hourly_price": "0.12345678", "region_code": "cn-east-3", "since": "2026-10-31T14:30:00Z"},
	)
	c.act(
		t,
		"add_usage",
		map[string]any{
			"resource_id":           "daily",
			"hourly_price":          "0.1",
			"settlement":            "day",
			"enterprise_project_id": "0",
			"since":                 "2026-10-31T14:30:00Z",
			"until":                 "2026-10-31T17:30:00Z",
		},
	)
	same(t, "nothing yet", len(resourceFeeRecords.rows(t, c, "2026-10")), 0)
	c.Advance(3 * time.Hour) // 01:30 of the first of November, UTC+8
	lines := func(month string) []string {
		return columns(
			resourceFeeRecords.rows(t, c, month),
			"resource_id",
			"bill_date",
			"usage",
			"amount",
			"debt_amount",
			"effective_time",
			"expire_time",
		)
	}
	same(t, "october", lines("2026-10"), []string{
		"hourly 2026-10-31 0.50000000 0.06172839 0.06172839 2026-10-31T14:30:00Z 2026-10-31T15:00:00Z",
		"daily 2026-10-31 1.50000000 0.15000000 0.15000000 2026-10-31T14:30:00Z 2026-10-31T16:00:00Z",
		"hourly 2026-10-31 1.00000000 0.12345678 0.12345678 2026-10-31T15:00:00Z 2026-10-31T16:00:00Z",
	})
	same(t, "november", lines("2026-11"), []string{
		"hourly 2026-11-01 1.00000000 0.12345678 0.12345678 2026-10-31T16:00:00Z 2026-10-31T17:00:00Z",
		"daily 2026-11-01 1.50000000 0.15000000 0.15000000 2026-10-31T16:00:00Z 2026-10-31T17:30:00Z",
	})
	c.act(
		t,
		"add_usage",
		map[string]any{"resource_id": "short", "hourly_price": "1", "since": "2026-10-31T17:30:00Z", "until": "2026-10-31T17:45:00Z"},
	)
	short := func() []string {
		return columns(resourceFeeRecords.rows(t, c, "2026-11", "resource_id", "short"), "usage", "amount")
	}
	same(t, "not over", short(), []string{})
	c.Advance(20 * time.Minute)
	same(t, "over before the hour", short(), []string{"0.25000000 0.25000000"})
	c.Advance(48 * time.Hour)
	c.act(t, "end_usage", map[string]any{"resource_id": "hourly"})
	count := len(resourceFeeRecords.rows(t, c, "2026-11"))
	c.Advance(48 * time.Hour)
	same(t, "no more", len(resourceFeeRecords.rows(t, c, "2026-11")), count)
	same(
		t,
		"ended",
		columns(resourceFeeRecords.rows(t, c, "2026-11", "resource_id", "daily"), "usage", "amount"),
		[]string{"1.50000000 0.15000000"},
	)

	rows := feeRecords.rows(t, c, "2026-10", "status", "2")
	same(t, "charges of a day", columns(rows, "trade_id", "status", "consume_amount", "erase_amount", "debt_amount"), []string{
		"TU2026-10-31-hourly 2 0.18 0.00518517 0.18", "TU2026-10-31-daily 2 0.15 0.00000000 0.15",
	})
	same(t, "paid", len(feeRecords.rows(t, c, "2026-10", "status", "1")), 0)
	rows = monthlySums.rows(t, c, "2026-10", "enterprise_project_id", "-1")
	same(
		t,
		"not allocated",
		columns(rows, "charging_mode", "official_amount", "truncated_amount", "consume_amount"),
		[]string{"3 0.18518517 0.00518517 0.18"},
	)
	same(t, "default", len(monthlySums.rows(t, c, "2026-10", "enterprise_project_id", "0")), 1)
	same(t, "no such project", len(monthlySums.rows(t, c, "2026-10", "enterprise_project_id", "null")), 0)
	rows = resourceRecords.rows(t, c, "2026-10", "enterprise_project_id", `"null"`)
	same(
		t,
		"cycle",
		columns(rows, "enterprise_project_id", "consume_amount", "bill_date", "effective_time"),
		[]string{"null 0.18518517 <nil> <nil>"},
	)
	c.set(t, "unallocated_project", "json")
	same(t, "as JSON", columns(resourceRecords.rows(t, c, "2026-10"), "enterprise_project_id"), []string{"<nil>", "0"})
}

// What becomes pay-per-use at its expiry is used from then on.
func TestUsageAfterExpiry(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	c.act(t, "set_expire_policy", map[string]any{"resource_id": demoResource(6), "policy": 1})
	c.Advance(8 * 24 * time.Hour) // It ended on 27 November.
	own := `"` + demoResource(6) + `"`
	rows := resourceRecords.rows(t, c, "2026-11", "res_instance_id", own, "charge_mode", "3", "statistic_type", "2")
	same(t, "days", columns(rows, "bill_date", "res_instance_id", "period_type", "consume_amount"), []string{
		"2026-11-27 " + demoResource(6) + " 25 0.00002245", "2026-11-28 " + demoResource(6) + " 25 1.93999992",
		"2026-11-29 " + demoResource(6) + " 25 1.93999992", "2026-11-30 " + demoResource(6) + " 25 1.29333328",
	})
	c.act(t, "close_resource", map[string]any{"resource_id": demoResource(6)})
	before := len(resourceFeeRecords.rows(t, c, "2026-11", "resource_id", own))
	c.Advance(10 * 24 * time.Hour)
	same(t, "closed", len(resourceFeeRecords.rows(t, c, "2026-11", "resource_id", own)), before)
	used := c.World().Usage[1]
	same(t, "usage", []string{string(used.HourlyPrice), used.Settlement}, []string{"0.08083333", "hour"})
	for _, values := range []map[string]any{
		{"hourly_price": "0"}, {"hourly_price": "1", "settlement": "week"}, {"hourly_price": "1", "since": "soon"}, {},
	} {
		if _, err := c.Console("add_usage", values); err == nil {
			t.Errorf("%v is taken", values)
		}
	}
	if _, err := c.Console("end_usage", map[string]any{"resource_id": demoResource(6)}); err == nil {
		t.Error("usage that has ended ends again")
	}
}

func TestBillsRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina})
	for _, test := range []struct {
		bills   bills
		month   string
		filters []string
		names   string // empty: not refused
	}{
		{monthlySums, "2026-12", nil, "bill_cycle"},
		{monthlySums, "2026-11", nil, ""},
		{monthlySums, "2023-11", nil, ""},
		{monthlySums, "2023-10", nil, "bill_cycle"},
		{monthlySums, "2026-1", nil, "bill_cycle"},
		{monthlySums, "2026-11-01", nil, "bill_cycle"},
		{monthlySums, "2026-11", []string{"method", "sub_customer"}, "sub_customer_id"},
		{monthlySums, "2026-11", []string{"method", "sub_customer", "sub_customer_id", "m"}, ""},
		{monthlySums, "2026-11", []string{"method", "everybody"}, "method"},
		{monthlySums, "2026-11", []string{"enterprise_project_id", ""}, "enterprise_project_id"},
		{monthlySums, "2026-11", []string{"region", "r"}, "region"},
		{resourceFeeRecords, "2026-12", nil, "cycle"},
		{resourceFeeRecords, "2026-11", []string{"charge_mode", "2"}, "charge_mode"},
		{resourceFeeRecords, "2026-11", []string{"statistic_type", "2"}, "statistic_type"},
		{resourceFeeRecords, "2026-11", []string{"bill_date_begin", "2026-10-31", "bill_date_end", "2026-11-02"}, "bill_date_begin"},
		{resourceFeeRecords, "2026-11", []string{"bill_date_begin", "2026-11-01", "bill_date_end", "2026-12-01"}, "bill_date_end"},
		{resourceFeeRecords, "2026-11", []string{"bill_date_begin", "2026-11-03", "bill_date_end", "2026-11-02"}, "bill_date_end"},
		{resourceFeeRecords, "2026-11", []string{"bill_date_begin", "2026-11-31", "bill_date_end", "2026-11-02"}, "bill_date_begin"},
		{resourceFeeRecords, "2026-11", []string{"bill_date_begin", "2026-10-31"}, ""},
		{resourceFeeRecords, "2026-11", []string{"statistic_type", "1", "bill_date_begin", "2026-10-31", "bill_date_end", "2026-11-02"}, ""},
		{resourceFeeRecords, "2026-11", []string{"method", "sub_customer", "sub_customer_id", ""}, "sub_customer_id"},
		{feeRecords, "2026-12", nil, "bill_cycle"},
		{feeRecords, "2026-11", []string{"status", "4"}, "status"},
		{feeRecords, "2026-11", []string{"provider_type", "3"}, "provider_type"},
		{feeRecords, "2026-11", []string{"bill_date_begin", "2026-10-31", "bill_date_end", "2026-11-02"}, "bill_date_begin"},
		{resourceRecords, "2026-12", nil, "cycle"},
		{resourceRecords, "2026-11", []string{"charge_mode", `"1"`}, "charge_mode"},
		{resourceRecords, "2026-11", []string{"region", "null"}, ""},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`}, "query_type"},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`, "statistic_type", "2"}, "bill_cycle_begin"},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`, "statistic_type", "3", "bill_cycle_begin", `"2026-11-01"`}, "bill_cycle_end"},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`, "statistic_type", "1", "bill_cycle_begin", `"2026-11-01"`, "bill_cycle_end", `"2026-11-02"`}, "query_type"},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`, "statistic_type", "2", "bill_cycle_begin", `"2026-11-01"`, "bill_cycle_end", `"2026-12-02"`}, "bill_cycle_end"},
		{resourceRecords, "2026-11", []string{"query_type", `"DAILY"`, "statistic_type", "2", "bill_cycle_begin", `"2026-11-01"`, "bill_cycle_end", `"2026-11-02"`}, ""},
		{resourceRecords, "2026-11", []string{"bill_cycle_begin", `"2026-10-01"`}, ""},
		{resourceRecords, "2026-11", []string{"method", `"sub_customer"`}, "sub_customer_id"},
	} {
		answer := test.bills.page(t, c, test.month, 0, 10, test.filters...)
		if test.names == "" {
			answer.want(t, http.StatusOK)

			continue
		}
		answer.refused(t, http.StatusBadRequest, "CBC.0100")
		if !strings.HasPrefix(answer.text("error_msg"), "Invalid parameter "+test.names+":") {
			t.Errorf("%s %s %v: %s", test.bills.path, test.month, test.filters, answer.raw)
		}
	}
	same(
		t,
		"past midnight of UTC+8",
		start(t, Options{Now: time.Date(2026, 11, 30, 16, 0, 0, 0, time.UTC)}).get(t, sumPath+"2026-12").text("total_count"),
		"0",
	)
	start(t, Options{}).must(t, http.MethodGet, feesPath+"2026-11", "").refused(t, http.StatusNotFound, "APIG.0101")
}
