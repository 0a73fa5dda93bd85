// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// ledgerOf adds the ledger up by keys, as text.
func ledgerOf(t *testing.T, c *client, field func(LedgerEntry) Amount, keys ...string) map[string]Amount {
	t.Helper()
	entries, err := c.Ledger(keys...)
	if err != nil {
		t.Fatal(err)
	}
	totals := map[string]Amount{}
	for _, e := range entries {
		mode, kind := itoa(e.ChargeMode), itoa(e.BillType)
		totals[strings.Join([]string{e.Month, e.CustomerID, e.ServiceType, e.ResourceType, e.Region, e.EnterpriseProject, e.ResourceID, mode,
			kind}, " ")] = field(
			e,
		)
	}

	return totals
}

// A hundred thousand lines agree with the ledger to the last digit, however
// they are read.
func TestGeneratedBills(t *testing.T) {
	t.Parallel()
	for _, site := range []string{SiteChina, SiteInternational, SiteEurope} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			lines := 3000
			if site == SiteEurope {
				lines = 100_000
			}
			c := start(t, Options{Site: site, Generate: Generate{BillLines: lines}})
			want := ledgerOf(t, c, func(e LedgerEntry) Amount { return e.Consume }, usualKeys...)
			got := map[string]*big.Rat{}
			count := 0
			for _, month := range []string{"2026-09", "2026-10", "2026-11"} {
				rows := resourceFeeRecords.rows(t, c, month)
				count += len(rows)
				for _, row := range rows {
					key := strings.Join([]string{
						month, fmt.Sprint(row["customer_id"]), fmt.Sprint(row["cloud_service_type"]), fmt.Sprint(row["resource_type"]),
						fmt.Sprint(row["region"]), fmt.Sprint(row["enterprise_project_id"]), "", fmt.Sprint(row["charge_mode"]), fmt.Sprint(row["bill_type"]),
					}, " ")
					if got[key] == nil {
						got[key] = new(big.Rat)
					}
					addTo(t, got[key], row["amount"])
				}
				total := sum(t, rows, "amount")
				if site == SiteEurope {
					continue // Large, and read once.
				}
				same(t, "lines", sum(t, resourceRecords.rows(t, c, month, "statistic_type", "3"), "consume_amount"), total)
				cycle := resourceRecords.rows(t, c, month)
				same(t, "cycle", sum(t, cycle, "consume_amount"), total)
				same(t, "parts", sum(t, cycle, "cash_amount", "credit_amount", "coupon_amount", "flexipurchase_coupon_amount",
					"stored_card_amount", "bonus_amount", "debt_amount", "adjustment_amount"), total)
				same(t, "official", sum(t, cycle, "official_amount").minus(sum(t, cycle, "discount_amount")), total)
				same(t, "days", sum(t, resourceRecords.rows(t, c, month, "statistic_type", "2"), "consume_amount"), total)
				same(t, "sums", sum(t, monthlySums.rows(t, c, month), "consume_amount", "truncated_amount"), total)
				if site == SiteChina {
					same(t, "charges", sum(t, feeRecords.rows(t, c, month), "consume_amount", "erase_amount"), total)
				}
				if 10*len(cycle) > 2*len(rows) {
					t.Errorf("%d lines of %d resources", len(rows), len(cycle))
				}
			}
			same(t, "count", count, lines)
			texts := map[string]Amount{}
			for key, total := range got {
				texts[key] = amountOf(total)
			}
			same(t, "consumed", texts, want)
		})
	}
}

// The same numbers and the same time make the same world, and its file keeps it
// without the lines.
func TestGeneratedBillsAgain(t *testing.T) {
	t.Parallel()
	options := Options{Generate: Generate{BillLines: 3000}, StateFile: t.TempDir() + "/state.json", Now: testStart}
	c, again := start(t, options), start(t, options)
	twin := start(t, Options{Generate: Generate{BillLines: 3000}})
	first := resourceFeeRecords.page(t, c, "2026-10", 500, 400).raw
	same(t, "from the file", resourceFeeRecords.page(t, again, "2026-10", 500, 400).raw, first)
	same(t, "from the numbers", resourceFeeRecords.page(t, twin, "2026-10", 500, 400).raw, first)
	raw := c.sim(t, http.MethodGet, "world", "").raw
	if len(raw) > 250_000 {
		t.Errorf("the world has %d bytes", len(raw))
	}
	var count int
	for _, e := range c.World().Ledger {
		count += e.Count
	}
	same(t, "ledger in the world", count, 3000)
	whole, err := c.Ledger()
	if err != nil || len(whole) != 1 || whole[0].Count != 3000 || whole[0].ZeroCount != 60 {
		t.Errorf("ledger: %+v %v", whole, err)
	}
	if _, err := c.Ledger("moon"); err == nil {
		t.Error("an unknown key is taken")
	}
	empty, err := start(t, Options{}).Ledger()
	same(t, "empty", []any{len(empty), err}, []any{0, error(nil)})
}

// Every filter leaves what it says, of the generated lines.
func TestBillFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{BillLines: 3000}})
	own, month := c.World().CustomerID, "2026-10"
	all := len(resourceFeeRecords.rows(t, c, month))
	for _, test := range []struct {
		bills   bills
		filters []string
		field   string
		want    []string
	}{
		{resourceFeeRecords, []string{"cloud_service_type", "hws.service.type.rds"}, "cloud_service_type", []string{"hws.service.type.rds"}},
		{resourceFeeRecords, []string{"region", "cn-east-3"}, "region", []string{"cn-east-3"}},
		{resourceFeeRecords, []string{"charge_mode", "10"}, "charge_mode", []string{"10"}},
		{resourceFeeRecords, []string{"bill_type", "4"}, "bill_type", []string{"4"}},
		{resourceFeeRecords, []string{"resource_id", "used-000007"}, "resource_id", []string{"used-000007"}},
		{resourceFeeRecords, []string{"enterprise_project_id", "null"}, "enterprise_project_id", []string{"null"}},
		{resourceFeeRecords, []string{"enterprise_project_id", generatedProject}, "enterprise_project_id", []string{generatedProject}},
		{resourceFeeRecords, []string{"method", "oneself"}, "customer_id", []string{own}},
		{resourceFeeRecords, []string{"method", "oneself", "sub_customer_id", "x"}, "customer_id", []string{own}},
		{resourceFeeRecords, []string{"method", "sub_customer", "sub_customer_id", generatedMember}, "customer_id", []string{generatedMember}},
		{resourceFeeRecords, []string{"method", "sub_customer", "sub_customer_id", "x"}, "customer_id", []string{}},
		{resourceFeeRecords, []string{"method", "all"}, "customer_id", []string{own, generatedMember}},
		{
			resourceFeeRecords, []string{"bill_date_begin", "2026-10-30", "bill_date_end", "2026-10-31"}, "bill_date",
			[]string{"2026-10-30", "2026-10-31"},
		},
		{resourceFeeRecords, []string{"cloud_service_type", ""}, "region", []string{}},
		{resourceRecords, []string{"resource_type", `"hws.resource.type.vm"`}, "resource_Type_code", []string{"hws.resource.type.vm"}},
		{resourceRecords, []string{"cloud_service_type", `"hws.service.type.obs"`}, "cloud_service_type", []string{}},
		{resourceRecords, []string{"region", `"cn-south-1"`, "bill_type", "5", "charge_mode", "3"}, "region", []string{"cn-south-1"}},
		{resourceRecords, []string{"payer_account_id", `"` + generatedMember + `"`}, "payer_account_id", []string{generatedMember}},
		{resourceRecords, []string{"statistic_type", "2", "query_type", `"DAILY"`, "bill_cycle_begin", `"2026-10-05"`, "bill_cycle_end", `"2026-10-06"`}, "bill_date", []string{"2026-10-05", "2026-10-06"}},
		{resourceRecords, []string{"region", `""`, "charge_mode", "10"}, "charge_mode", []string{"10"}},
		{
			feeRecords, []string{"service_type_code", "hws.service.type.vpc", "resource_type_code", "hws.resource.type.ip"}, "resource_type_code",
			[]string{"hws.resource.type.ip"},
		},
		{feeRecords, []string{"region_code", "cn-north-4", "charging_mode", "1"}, "charging_mode", []string{"1"}},
		{feeRecords, []string{"provider_type", "1"}, "provider_type", []string{"1"}},
		{feeRecords, []string{"provider_type", "2"}, "provider_type", []string{}},
		{monthlySums, []string{"service_type_code", "hws.service.type.dcs"}, "service_type_code", []string{"hws.service.type.dcs"}},
		{monthlySums, []string{"method", "oneself"}, "customer_id", []string{own}},
	} {
		rows := test.bills.rows(t, c, month, test.filters...)
		values := map[string]bool{}
		for _, row := range rows {
			values[fmt.Sprint(row[test.field])] = true
		}
		same(t, fmt.Sprint(test.filters), append([]string{}, slices.Sorted(maps.Keys(values))...), test.want)
	}
	trade := fmt.Sprint(resourceFeeRecords.rows(t, c, month, "charge_mode", "1")[0]["trade_id"])
	same(t, "trade", columns(resourceFeeRecords.rows(t, c, month, "trade_id", trade), "trade_id", "order_id"), []string{trade + " " + trade})
	same(t, "trade of charges", len(feeRecords.rows(t, c, month, "trade_id", trade)), 1)
	without := resourceFeeRecords.rows(t, c, month, "include_zero_record", "false")
	with := resourceFeeRecords.rows(t, c, month, "include_zero_record", "true")
	same(t, "zero", []int{len(with), len(with) - len(without)}, []int{all, 20})
	owed := feeRecords.rows(t, c, "2026-11", "status", "2")
	paid := feeRecords.rows(t, c, "2026-11", "status", "1")
	same(t, "states", len(owed)+len(paid), len(feeRecords.rows(t, c, "2026-11")))
	if len(owed) == 0 || len(paid) == 0 {
		t.Errorf("%d owed, %d paid", len(owed), len(paid))
	}
}

// Notions that are numbers in one call are text in another, and names follow
// the language.
func TestWireOfBills(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{BillLines: 600}})
	fee := resourceFeeRecords.page(t, c, "2026-10", 0, 1).raw
	record := resourceRecords.page(t, c, "2026-10", 0, 1).raw
	for raw, wants := range map[string][]string{
		fee:    {`"charge_mode":"`, `"period_type":"`, `"bill_type":`, `"unit_price":`, `"formula":"`, `"id":"`},
		record: {`"charge_mode":3`, `"period_type":25`, `"resource_Type_code":"`, `"bill_date":null`},
	} {
		for _, want := range wants {
			if !strings.Contains(raw, want) {
				t.Errorf("%s is missing from %s", want, raw)
			}
		}
	}
	cycle := resourceFeeRecords.page(t, c, "2026-10", 0, 10, "statistic_type", "1").raw
	for _, absent := range []string{`"id"`, `"unit_price"`, `"formula"`, `"trade_id"`, `"bill_date"`} {
		if strings.Contains(cycle, absent) {
			t.Errorf("%s in %s", absent, cycle)
		}
	}
	name := func(language ...string) string {
		return c.must(t, http.MethodPost, recordsPath, `{"cycle":"2026-10","cloud_service_type":"hws.service.type.ec2","limit":1}`, language...).
			text("monthly_records", 0, "cloud_service_type_name")
	}
	same(
		t,
		"names",
		[]string{name(), name("X-Language", "zh_cn"), name("X-Language", "en_us")},
		[]string{"弹性云服务器", "弹性云服务器", "Elastic Cloud Server"},
	)
}

func BenchmarkBillPages(b *testing.B) {
	server, err := New(Options{Generate: Generate{BillLines: 100_000}, Now: testStart})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	w := server.world
	for b.Loop() {
		result, err := listResourceRecords(
			w,
			&call{values: map[string]any{"cycle": "2026-10", "limit": int64(1000), "offset": int64(5000), "statistic_type": int64(3)}},
		)
		if err != nil {
			b.Fatal(err)
		}
		_ = mustEncode(result.body)
	}
}
