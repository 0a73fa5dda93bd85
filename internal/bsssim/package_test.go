// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	packagesPath       = "/v3/payments/free-resources/query"
	packageUsagesPath  = "/v2/payments/free-resources/usages/details/query"
	packageRecordsPath = "/v2/bills/customer-bills/free-resources-usage-records"
)

// packages asks for packages, with the fields of a body.
func (c *client) packages(t *testing.T, fields string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, packagesPath, `{`+fields+`}`)
}

func (c *client) packageRecords(t *testing.T, begin, end, more string) reply {
	t.Helper()

	return c.must(
		t,
		http.MethodGet,
		fmt.Sprintf("%s?limit=1000&deduct_time_begin=%s&deduct_time_end=%s%s", packageRecordsPath, begin, end, more),
		"",
	)
}

// left is what a resource of a package has left.
func (c *client) left(t *testing.T, id string) string {
	t.Helper()

	return c.must(t, http.MethodPost, packageUsagesPath, fmt.Sprintf(`{"free_resource_ids":[%q]}`, id)).want(t, http.StatusOK).
		text("free_resources", 0, "amount")
}

func TestDemoPackages(t *testing.T) {
	t.Parallel()
	for _, site := range allSites {
		c := start(t, Options{Site: site, Seed: "demo"})
		all := c.packages(t, "").want(t, http.StatusOK)
		same(
			t,
			"packages",
			columns(
				rowsOf(all, "free_resource_packages"),
				"order_instance_id",
				"status",
				"order_id",
				"source_type",
				"quota_reuse_mode",
				"bundle_type",
			),
			[]string{
				"PK2611220000001 1 CSP0000000001 0 1 BUNDLE_PKG", "PK2611220000002 2 CSP0000000002 0 2 ATOMIC_PKG",
				"PK2611220000003 1  1 2 ATOMIC_PKG", "PK2611220000004 0 CSP0000000004 0 2 ATOMIC_PKG",
				"PK2611220000005 3 CSP0000000005 0 2 ATOMIC_PKG", "PK2611220000006 4 CSP0000000006 0 2 ATOMIC_PKG",
			},
		)
		same(t, "total", all.text("total_count"), "6")
		same(t, "second page", c.packages(t, `"limit":2,"offset":4`).column("free_resource_packages", "order_instance_id"),
			[]string{"PK2611220000005", "PK2611220000006"})
		// Twelve days of use, of which the package that expires first has a hundred
		// hours.
		same(t, "left", all.text("free_resource_packages", 0, "free_resources", 0, "amount"), "540.00")
	}
}

func TestPackageFilters(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	for fields, want := range map[string]int{
		`"status":0`: 1, `"status":1`: 2, `"status":4`: 1, `"region_code":"ap-southeast-3"`: 1, `"order_id":"CSP0000000002"`: 1,
		`"product_name":"ECS 500 hours"`: 2, `"enterprise_project_id":"0"`: 1, `"product_id":"00302-120001-0--0"`: 1,
		`"service_type_code_list":["hws.service.type.ec2","hws.service.type.obs"]`: 3, `"order_id":"x"`: 0,
	} {
		same(t, fields, len(c.packages(t, fields).want(t, http.StatusOK).column("free_resource_packages", "status")), want)
	}
	c.packages(t, `"status":5`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.packages(t, `"offset":1000000`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.packages(t, `"limit":1001`).refused(t, http.StatusBadRequest, "CBC.0100")
}

// What a package covers costs nothing, to the second; the rest is owed, and all
// three calls and the bills agree.
func TestPackagesCoverUsage(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	pack := c.act(t, "add_package", map[string]any{"amount": "2.5"})
	ids, _ := pack["free_resource_ids"].([]string)
	c.act(t, "add_usage", map[string]any{"hourly_price": "0.10", "service_type_code": "hws.service.type.vpc", "resource_id": "ip"})
	c.act(t, "add_usage", map[string]any{"hourly_price": "0.10", "resource_id": "server"})
	c.Advance(4 * time.Hour)
	same(t, "left", c.left(t, ids[0]), "0.00")
	same(t, "status", c.packages(t, "").column("free_resource_packages", "status"), []string{"2"})
	records := c.packageRecords(t, "2026-11-22", "2026-11-22", "").want(t, http.StatusOK)
	same(
		t,
		"records",
		columns(rowsOf(records, "free_resource_records"), "deduct_time", "resource_id", "available_amount", "used_amount", "remaining_amount"),
		[]string{
			"2026-11-22T11:00:00Z ip 0.50 0.50 0.00", "2026-11-22T10:00:00Z ip 1.50 1.00 0.50", "2026-11-22T09:00:00Z ip 2.50 1.00 1.50",
		},
	)
	lines := resourceFeeRecords.rows(t, c, "2026-11", "resource_id", "ip")
	same(t, "bill", columns(lines, "usage", "free_resource_usage", "amount", "debt_amount", "formula"), []string{
		"1.00000000 1.00000000 0.00000000 0.00000000 {0.00}*{0.10000000}-{0.00000000}-{0.00000000}",
		"1.00000000 1.00000000 0.00000000 0.00000000 {0.00}*{0.10000000}-{0.00000000}-{0.00000000}",
		"1.00000000 0.50000000 0.05000000 0.05000000 {0.50}*{0.10000000}-{0.00000000}-{0.00000000}",
		"1.00000000 0.00000000 0.10000000 0.10000000 {1.00}*{0.10000000}-{0.00000000}-{0.00000000}",
	})
	same(t, "not covered", len(resourceFeeRecords.rows(t, c, "2026-11", "resource_id", "server")), 4)
	same(t, "another day", c.packageRecords(t, "2026-11-23", "2027-02-21", "").text("total_count"), "0")
	for more, want := range map[string]string{
		"&free_resource_id=" + ids[0]: "3", "&free_resource_id=x": "0", "&product_id=00302-120001-0--0": "3",
		"&resource_type_code=hws.resource.type.vm": "0",
	} {
		same(t, more, c.packageRecords(t, "2026-11-22", "2026-11-22", more).text("total_count"), want)
	}
	c.packageRecords(t, "2026-11-22", "2027-02-21", "").refused(t, http.StatusBadRequest, "CBC.0100")
	c.packageRecords(t, "2026-11-22", "2026-11-21", "").refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodGet, packageRecordsPath, "").refused(t, http.StatusBadRequest, "CBC.0100")
}

// Cycles of the calendar are those of UTC+8; others begin with the package.
func TestPackageCycles(t *testing.T) {
	t.Parallel()
	const zone = 8 * time.Hour
	at := time.Date(2026, 11, 25, 20, 30, 0, 0, time.UTC) // Thursday the 26th in UTC+8
	begin := time.Date(2026, 1, 31, 10, 15, 0, 0, time.UTC)
	day := func(month time.Month, date int) time.Time {
		return time.Date(2026, month, date, 0, 0, 0, 0, time.UTC).Add(-zone)
	}
	for _, test := range []struct {
		cycle, kind int
		start, end  time.Time
	}{
		{cycleHour, cyclesOfCalendar, at.Truncate(time.Hour), at.Truncate(time.Hour).Add(time.Hour)},
		{cycleDay, cyclesOfCalendar, day(11, 26), day(11, 27)},
		{cycleWeek, cyclesOfCalendar, day(11, 23), day(11, 30)},
		{cycleMonth, cyclesOfCalendar, day(11, 1), day(12, 1)},
		{cycleYear, cyclesOfCalendar, day(1, 1), day(13, 1)},
		{cycleDay, cyclesOfOrder, time.Date(2026, 11, 25, 10, 15, 0, 0, time.UTC), time.Date(2026, 11, 26, 10, 15, 0, 0, time.UTC)},
		{cycleMonth, cyclesOfOrder, time.Date(2026, 10, 31, 10, 15, 0, 0, time.UTC), time.Date(2026, 11, 30, 10, 15, 0, 0, time.UTC)},
		{cycleYear, cyclesOfOrder, begin, begin.AddDate(1, 0, 0)},
		{0, 0, begin, begin.AddDate(2, 0, 0)},
	} {
		p := &Package{EffectiveTime: begin, ExpireTime: begin.AddDate(2, 0, 0), Cycle: test.cycle, CycleType: test.kind}
		start, end := p.cycleAt(at)
		same(
			t,
			fmt.Sprint("cycle ", test.cycle, test.kind),
			[]string{wireInstant(start), wireInstant(end)},
			[]string{wireInstant(test.start), wireInstant(test.end)},
		)
	}
}

// A package that is filled up covers anew in each cycle.
func TestPackagesAreFilledUp(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	pack := c.act(t, "add_package", map[string]any{"amount": "5", "quota_reuse_cycle": cycleDay, "product_name": "daily"})
	ids, _ := pack["free_resource_ids"].([]string)
	c.act(t, "add_usage", map[string]any{"hourly_price": "1", "service_type_code": "hws.service.type.vpc", "resource_id": "ip"})
	c.Advance(8 * time.Hour) // 16:00 is midnight in UTC+8.
	same(t, "status", c.packages(t, "").column("free_resource_packages", "status"), []string{"1"})
	same(t, "filled up", c.left(t, ids[0]), "5.00")
	c.Advance(6 * time.Hour)
	same(t, "left", c.left(t, ids[0]), "0.00")
	c.set(t, "resettable_used_up", "used_up")
	same(t, "used up", c.packages(t, "").column("free_resource_packages", "status"), []string{"2"})
	same(t, "owed", len(resourceFeeRecords.rows(t, c, "2026-11", "include_zero_record", "false")), 4)
	usage := c.must(t, http.MethodPost, packageUsagesPath, fmt.Sprintf(`{"free_resource_ids":[%q]}`, ids[0]))
	same(t, "cycle", []string{
		usage.text("free_resources", 0, "quota_reuse_cycle"), usage.text("free_resources", 0, "quota_reuse_cycle_type"),
		usage.text("free_resources", 0, "start_time"), usage.text("free_resources", 0, "end_time"),
	}, []string{"2", "1", "2026-11-22T16:00:00Z", "2026-11-23T16:00:00Z"})
}

// What ends is not deducted from, and is answered for 18 months.
func TestPackagesEnd(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	first := c.act(t, "add_package", map[string]any{"amount": "100", "expire_time": "48h"})
	second := c.act(t, "add_package", map[string]any{"amount": "100", "effective_time": "24h", "gift": true})
	c.act(t, "add_usage", map[string]any{"hourly_price": "1", "service_type_code": "hws.service.type.vpc", "resource_id": "ip"})
	same(t, "waits", c.packages(t, "").column("free_resource_packages", "status"), []string{"1", "0"})
	c.Advance(50*time.Hour + 30*time.Minute)
	same(t, "expired", c.packages(t, "").column("free_resource_packages", "status"), []string{"3", "1"})
	c.act(t, "unsubscribe_package", map[string]any{"order_instance_id": second["order_instance_id"]})
	c.Advance(10 * time.Hour)
	same(t, "unsubscribed", c.packages(t, "").column("free_resource_packages", "status"), []string{"3", "4"})
	ids, _ := first["free_resource_ids"].([]string)
	more, _ := second["free_resource_ids"].([]string)
	same(t, "left", c.left(t, ids[0])+" "+c.left(t, more[0]), "52.00 97.00")
	c.Advance(19 * 31 * 24 * time.Hour)
	same(t, "too old", c.packages(t, "").column("free_resource_packages", "status"), []string{"4"})
	same(t, "usage of what is too old", c.left(t, ids[0]), "")
	for _, wrong := range []map[string]any{
		{"amount": "0"}, {"amount": "1", "expire_time": "-1h"}, {"amount": "1", "quota_reuse_cycle": 6},
		{"amount": "1", "quota_reuse_cycle": 1, "quota_reuse_cycle_type": 3}, {"amount": "1", "effective_time": "x"},
		{"amount": "1", "expire_time": "x"},
	} {
		if _, err := c.Console("add_package", wrong); err == nil {
			t.Errorf("%v: no error", wrong)
		}
	}
	if _, err := c.Console("unsubscribe_package", map[string]any{"order_instance_id": "x"}); err == nil {
		t.Error("a package that does not exist was unsubscribed")
	}
}

// In a generated world, all that packages lack is in the bills, and what costs is
// what they do not cover. It is the same when it is opened again.
func TestGeneratedPackages(t *testing.T) {
	t.Parallel()
	options := Options{Generate: Generate{Packages: 60}}
	c := start(t, options)
	same(t, "total", c.packages(t, `"limit":1`).text("total_count"), "60")
	statuses := map[string]int{}
	for _, status := range c.packages(t, `"limit":1000`).column("free_resource_packages", "status") {
		statuses[status]++
	}
	for status := range 5 {
		if statuses[itoa(status)] == 0 {
			t.Errorf("no package in status %d: %v", status, statuses)
		}
	}
	covered, billed := new(big.Rat), new(big.Rat)
	add := func(to *big.Rat, text string) {
		value, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%q is no number", text)
		}
		to.Add(to, value)
	}
	begin, end := testStart.AddDate(0, 0, -60).Format(time.DateOnly), testStart.AddDate(0, 0, 1).Format(time.DateOnly)
	records := c.packageRecords(t, begin, end, "").want(t, http.StatusOK)
	for _, used := range records.column("free_resource_records", "used_amount") {
		add(covered, used)
	}
	for _, month := range []string{"2026-10", "2026-11"} {
		for _, row := range resourceFeeRecords.rows(t, c, month) {
			add(billed, fmt.Sprint(row["free_resource_usage"]))
		}
	}
	same(t, "covered", covered.FloatString(8), billed.FloatString(8))
	if covered.Sign() <= 0 {
		t.Error("nothing is covered")
	}
	same(t, "again", start(t, options).packages(t, `"limit":1000`).raw, c.packages(t, `"limit":1000`).raw)
	data := strings.Count(c.packages(t, `"limit":1000`).raw, "FRG")
	same(t, "resources", data, 60)
}

// rowsOf are the rows of a list of an answer.
func rowsOf(r reply, list string) []map[string]any {
	items, _ := r.body[list].([]any)
	rows := make([]map[string]any, 0, len(items))
	for _, item := range items {
		row, _ := item.(map[string]any)
		rows = append(rows, row)
	}

	return rows
}
