// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	typeMonthlyBills       = "bss_monthly_bills"
	typeResourceRecords    = "bss_resource_records"
	typeResourceFeeRecords = "bss_resource_fee_records"
	typeFeeRecords         = "bss_fee_records"

	pathMonthlySum         = "/v2/bills/customer-bills/monthly-sum"
	pathResourceRecords    = "/v2/bills/customer-bills/res-records/query"
	pathResourceFeeRecords = "/v2/bills/customer-bills/res-fee-records"
	pathFeeRecords         = "/v2/bills/customer-bills/fee-records"
)

// billNow is when the bills of the tests are read.
var billNow = time.Date(2026, 10, 20, 4, 0, 0, 0, time.UTC)

// billOf are the arguments that every bill of the type has to have.
func billOf(typeName string, more attributes) attributes {
	arguments := attributes{"month_begin": str("2026-10")}

	if typeName == typeResourceRecords || typeName == typeResourceFeeRecords {
		arguments["statistic_type"] = str("detail")
	}

	for name, value := range more {
		arguments[name] = value
	}

	return arguments
}

// renames are pairs of a field's path and an attribute's, for a list of rows.
func renames(rows, shown string, pairs ...string) *strings.Replacer {
	var all []string

	// Fields and attributes take turns.
	for i, name := range pairs {
		from := rows
		if i%2 == 1 {
			from = shown
		}

		all = append(all, "."+from+".0."+name+".")
	}

	return strings.NewReplacer(append(all, "."+rows+".", "."+shown+".")...)
}

// monthlyRenames are those of the monthly sums, whose answer has sums of its own.
func monthlyRenames() *strings.Replacer {
	pairs := []string{
		".bill_sums.0.bill_cycle.", ".bills.0.month.", ".bill_sums.0.charging_mode.", ".bills.0.charge_mode.",
		".bill_sums.0.official_discount_amount.", ".bills.0.discount_amount.",
	}

	for _, amount := range []string{
		"consume", "debt", "coupon", "flexipurchase_coupon", "stored_value_card", "cash", "credit", "writeoff",
	} {
		amount += "_amount."
		pairs = append(pairs, ".bill_sums.0."+amount, ".bills.0."+amount, "."+amount, ".reported_totals.0."+amount)
	}

	return strings.NewReplacer(append(pairs, ".bill_sums.", ".bills.")...)
}

func TestBillsShowEveryField(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		operation, path, rows string
		shown                 *strings.Replacer
	}{
		typeMonthlyBills: {"get_monthly_sum_bill", pathMonthlySum, "bill_sums", monthlyRenames()},
		typeResourceRecords: {"list_resource_records", pathResourceRecords, "monthly_records", renames("monthly_records", "records",
			"cycle", "month", "region", "region_code", "cloud_service_type", "service_type_code", "cloud_service_type_name", "service_type_name",
			"resource_Type_code", "resource_type_code", "res_instance_id", "resource_id", "stored_card_amount", "stored_value_card_amount",
			"adjustment_amount", "writeoff_amount", "id", "record_id", "az_code_infos.0.az_code", "az_codes.0",
			"extend_params.self_resource_id", "self_resource_id", "extend_params.relation_infos.0.relative_resource_id", "relations.0.resource_id",
			"extend_params.relation_infos.0.relative_type", "relations.0.type",
		)},
		typeResourceFeeRecords: {"list_resource_fee_records", pathResourceFeeRecords, "fee_records", renames("fee_records", "records",
			"region", "region_code", "cloud_service_type", "service_type_code", "cloud_service_type_name", "service_type_name",
			"resource_type", "resource_type_code", "amount", "consume_amount", "stored_card_amount", "stored_value_card_amount",
			"adjustment_amount", "writeoff_amount", "id", "record_id",
		)},
		typeFeeRecords: {"list_fee_records", pathFeeRecords, "records", renames("records", "records",
			"bill_cycle", "month", "charging_mode", "charge_mode", "official_discount_amount", "discount_amount", "erase_amount", "truncated_amount",
			"id", "record_id",
		)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			document := newDocument(t, test.operation, 1000, map[string]any{"total_count": 1})
			w := answering(t, "china", map[string]any{test.path: document.body})
			read := mustRead(t, w, name, billOf(name, attributes{"group_by": strs(groupByServiceType, groupByChargeMode, groupByBillType)}))

			read.shows(t, document.leaves, test.shown)
			read.want(t, map[string]string{"total_count": "1", "months.0": "2026-10", "scope": "all"})

			rows := "records.0."
			if name == typeMonthlyBills {
				rows = "bills.0."
			}

			// The totals of one row are the row.
			for path, value := range read {
				if amount, isTotal := strings.CutPrefix(path, "total."); isTotal && strings.HasSuffix(path, "_amount") {
					if there, has := read[rows+amount]; has && there != value || !has && value != "null" {
						t.Errorf("%s = %s, row has %s", path, value, there)
					}

					if grouped := read["grouped_totals.0."+amount]; grouped != value {
						t.Errorf("%s = %s, group has %s", path, value, grouped)
					}
				}
			}

			for _, key := range []string{"service_type_code", "service_type_name", "charge_mode", "bill_type"} {
				if read["grouped_totals.0."+key] != read[rows+key] {
					t.Errorf("%s = %s in the group, %s in the row", key, read["grouped_totals.0."+key], read[rows+key])
				}
			}
		})
	}
}

// ledgerText are the keys of an entry, as groupText writes those of a group.
func ledgerText(entry bsssim.LedgerEntry) string {
	project := entry.EnterpriseProject
	if project == "null" {
		project = ""
	}

	mode, kind := bssapi.ChargeModes[bssapi.ChargeMode(entry.ChargeMode)], bssapi.BillTypes[bssapi.BillType(entry.BillType)]

	return fmt.Sprint([]string{entry.Month, entry.ServiceType, entry.Region, project, entry.ResourceID, mode, kind})
}

func groupText(read state, i int) string {
	var parts []string

	for _, name := range []string{"month", "service_type_code", "region_code", "enterprise_project_id", "resource_id", "charge_mode",
		"bill_type"} {
		part := read[fmt.Sprintf("grouped_totals.%d.%s", i, name)]
		if part == "null" {
			part = ""
		}

		parts = append(parts, part)
	}

	return fmt.Sprint(parts)
}

// plainAmount is an amount in one form for comparison.
func plainAmount(t *testing.T, text string) string {
	t.Helper()

	number, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no amount", text)
	}

	return number.RatString()
}

func (s state) wantLedger(t *testing.T, prefix string, entry bsssim.LedgerEntry) {
	t.Helper()

	for name, amount := range map[string]bsssim.Amount{
		"official_amount": entry.Official, "discount_amount": entry.Discount, "consume_amount": entry.Consume, "cash_amount": entry.Cash,
		"credit_amount": entry.Credit, "coupon_amount": entry.Coupon, "flexipurchase_coupon_amount": entry.Flexi,
		"stored_value_card_amount": entry.Stored, "bonus_amount": entry.Bonus, "debt_amount": entry.Debt, "writeoff_amount": entry.Adjustment,
	} {
		if actual, want := plainAmount(t, s[prefix+name]), plainAmount(t, string(amount)); actual != want {
			t.Errorf("%s%s = %s, ledger has %s", prefix, name, actual, want)
		}
	}
}

// TestBillsEqualTheLedger reads the lines of three months, and compares every
// sum to the last digit.
func TestBillsEqualTheLedger(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	w := newWorld(t, bsssim.Options{Now: billNow, Generate: bsssim.Generate{BillLines: 7001}})
	keys := []string{
		groupByMonth,
		groupByServiceType,
		groupByRegion,
		groupByEnterpriseProject,
		groupByResource,
		groupByChargeMode,
		groupByBillType,
	}

	entries, err := w.Ledger(keys...)
	if err != nil {
		t.Fatal(err)
	}

	all, err := w.Ledger()
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}

	for _, name := range []string{typeResourceRecords, typeResourceFeeRecords} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			read := mustRead(t, w, name, billOf(name, attributes{
				"month_begin": str("2026-08"), "month_end": str("2026-10"), "group_by": strs(keys...), "include_rows": boolean(false),
				"include_zero_records": boolean(true),
			}))

			read.want(
				t,
				map[string]string{"total_count": "7001", "total.row_count": "7001", "months": "3 elements", "records": "null", "currency": "USD"},
			)
			read.wantLedger(t, "total.", all[0])

			want := map[string]bsssim.LedgerEntry{}
			for _, entry := range entries {
				want[ledgerText(entry)] = entry
			}

			if read["grouped_totals"] != fmt.Sprintf("%d elements", len(entries)) {
				t.Errorf("%s, ledger has %d", read["grouped_totals"], len(entries))
			}

			for i := range entries {
				prefix := fmt.Sprintf("grouped_totals.%d.", i)

				entry, there := want[groupText(read, i)]
				if !there {
					t.Fatalf("the ledger has no %s", groupText(read, i))
				}

				if read[prefix+"row_count"] != fmt.Sprint(entry.Count) {
					t.Errorf("%s: %s rows, want %d", groupText(read, i), read[prefix+"row_count"], entry.Count)
				}

				read.wantLedger(t, prefix, entry)

				if i > 0 && exact(t, read[prefix+"consume_amount"]).Cmp(exact(t, read[fmt.Sprintf("grouped_totals.%d.consume_amount", i-1)])) > 0 {
					t.Fatalf("group %d costs more than the one before it", i)
				}
			}
		})
	}
}

// TestBillsAgree holds that all bills of payments and usage are the same money:
// what the coarser ones leave out is what they say was truncated.
func TestBillsAgree(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Generate: bsssim.Generate{BillLines: 3000}})

	ledger, err := w.Ledger()
	if err != nil || len(ledger) != 1 {
		t.Fatal(len(ledger), err)
	}

	for _, name := range []string{typeMonthlyBills, typeFeeRecords} {
		more := attributes{"month_begin": str("2026-08"), "month_end": str("2026-10"), "include_rows": boolean(false)}
		if name == typeFeeRecords {
			more["include_zero_records"] = boolean(true)
		}

		read := mustRead(t, w, name, billOf(name, more))
		sum := new(big.Rat)

		for _, part := range []string{"consume_amount", "truncated_amount"} {
			term, ok := new(big.Rat).SetString(read["total."+part])
			if !ok {
				t.Fatalf("%s is %s", part, read["total."+part])
			}

			sum.Add(sum, term)
		}

		if want := plainAmount(t, string(ledger[0].Consume)); sum.RatString() != want {
			t.Errorf("%s: %s with what was truncated, ledger has %s", name, sum.RatString(), want)
		}
	}
}

func TestBillsOfNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})

	for _, name := range []string{typeMonthlyBills, typeResourceRecords, typeResourceFeeRecords, typeFeeRecords} {
		read := mustRead(t, w, name, billOf(name, attributes{"group_by": strs(groupByMonth)}))
		read.want(t, map[string]string{
			"total_count": "0", "total.row_count": "0", "total.consume_amount": "0", "grouped_totals": "0 elements", "currency": "null",
		})
	}
}

// TestBillsAreFinal: the bills of a month change until noon of the fourth day of the
// next, in UTC+8.
func TestBillsAreFinal(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})

	for _, name := range []string{typeMonthlyBills, typeResourceRecords, typeResourceFeeRecords, typeFeeRecords} {
		for month, times := range map[string]map[string]string{
			"2026-09": {"2026-10-04T11:59:59+08:00": "false", "2026-10-04T12:00:00+08:00": "true", "2026-10-04T04:00:00Z": "true"},
			"2025-12": {"2026-01-04T03:59:59Z": "false", "2026-01-04T04:00:00Z": "true"},
		} {
			for at, want := range times {
				mustRead(t, w, name, billOf(name, attributes{"month_begin": str(month), "as_of": str(at)})).want(t, map[string]string{
					"final": want, "as_of": at,
				})
			}
		}

		// The last month counts, and the clock is that of the API.
		for begin, want := range map[string]string{"2026-08": "true", "2026-09": "true", "2026-10": "false"} {
			read := mustRead(t, w, name, billOf(name, attributes{"month_begin": str("2026-08"), "month_end": str(begin)}))
			read.want(t, map[string]string{"final": want})

			if !strings.HasPrefix(read["as_of"], "2026-10-20T04:0") {
				t.Errorf("as_of = %s, want the clock of the API", read["as_of"])
			}
		}
	}

	refusesArguments(t, typeMonthlyBills, map[string]badArguments{
		"as of a day": {billOf(typeMonthlyBills, attributes{"as_of": str("2026-11-01")}), "as_of", "write 2026-11-01T00:00:00+08:00"},
	})
}

// TestBillsGroupedByNothing: an empty set groups by nothing.
func TestBillsGroupedByNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})
	mustRead(
		t,
		w,
		typeResourceRecords,
		billOf(typeResourceRecords, attributes{"group_by": strs()}),
	).want(t, map[string]string{"grouped_totals": "null"})
}

// TestBillsRefuseBadInput names the attribute, and makes no call.
func TestBillsRefuseBadInput(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		typeName  string
		arguments attributes
		attribute string
	}{
		"malformed month":       {typeMonthlyBills, attributes{"month_begin": str("2026-13")}, "month_begin"},
		"month with a day":      {typeFeeRecords, attributes{"month_begin": str("2026-10-01")}, "month_begin"},
		"malformed end":         {typeMonthlyBills, attributes{"month_end": str("10/2026")}, "month_end"},
		"future month":          {typeMonthlyBills, attributes{"month_begin": str("2999-01")}, "month_begin"},
		"future end":            {typeResourceRecords, attributes{"month_begin": str("2996-01"), "month_end": str("2996-02")}, "month_begin"},
		"end before begin":      {typeMonthlyBills, attributes{"month_end": str("2026-09")}, "month_end"},
		"more than three years": {typeMonthlyBills, attributes{"month_begin": str("2023-09"), "month_end": str("2026-09")}, "month_end"},
		"too long ago":          {typeMonthlyBills, attributes{"month_begin": str("2001-01")}, "month_begin"},
		"unknown key":           {typeResourceRecords, attributes{"group_by": strs("colour")}, "group_by"},
		"key of other bills":    {typeMonthlyBills, attributes{"group_by": strs(groupByResource)}, "group_by"},
		"day of another month": {
			typeResourceRecords, attributes{"bill_date_begin": str("2026-10-31"), "bill_date_end": str("2026-11-01")}, "bill_date_end",
		},
		"first day elsewhere": {
			typeFeeRecords, attributes{"bill_date_begin": str("2026-09-30"), "bill_date_end": str("2026-10-01")}, "bill_date_begin",
		},
		"malformed day": {
			typeFeeRecords, attributes{"bill_date_begin": str("2026-10-32"), "bill_date_end": str("2026-10-01")}, "bill_date_begin",
		},
		"one day alone":  {typeFeeRecords, attributes{"bill_date_begin": str("2026-10-02")}, "bill_date_end"},
		"last day alone": {typeFeeRecords, attributes{"bill_date_end": str("2026-10-02")}, "bill_date_begin"},
		"days reversed": {
			typeFeeRecords, attributes{"bill_date_begin": str("2026-10-02"), "bill_date_end": str("2026-10-01")}, "bill_date_end",
		},
		"days of months": {typeFeeRecords, attributes{
			"month_begin": str("2026-09"), "month_end": str("2026-10"), "bill_date_begin": str("2026-09-02"), "bill_date_end": str("2026-10-01"),
		}, "bill_date_begin"},
		"days by cycle": {typeResourceFeeRecords, attributes{
			"statistic_type": str("cycle"), "bill_date_begin": str("2026-10-01"), "bill_date_end": str("2026-10-01"),
		}, "bill_date_begin"},
		"days as statistic":      {typeResourceFeeRecords, attributes{"statistic_type": str("day")}, "statistic_type"},
		"unknown charge mode":    {typeFeeRecords, attributes{"charge_mode": str("3")}, "charge_mode"},
		"unknown bill type":      {typeFeeRecords, attributes{"bill_type": str("gift")}, "bill_type"},
		"member without id":      {typeFeeRecords, attributes{"scope": str("member")}, "member_id"},
		"id without member":      {typeFeeRecords, attributes{"member_id": str("abc")}, "member_id"},
		"null is no project":     {typeFeeRecords, attributes{"enterprise_project_id": str("null")}, "enterprise_project_id"},
		"minus is no project":    {typeMonthlyBills, attributes{"enterprise_project_id": str("-1")}, "enterprise_project_id"},
		"service without a name": {typeMonthlyBills, attributes{"service_type_code": str("")}, "service_type_code"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})

			read, diags := readData(t, w, test.typeName, nil, billOf(test.typeName, test.arguments))
			if read != nil || !diags.failed() {
				t.Error("it was read")
			}

			if !diags.errorAt(test.attribute) {
				t.Errorf("no error at %s:\n%s", test.attribute, diags)
			}

			if len(w.Requests()) > 0 {
				t.Errorf("calls: %v", w.calls())
			}
		})
	}
}

// TestBillsByTheClockOfTheAPI holds that the time of the API decides what is in
// the future, where this machine's is another.
func TestBillsByTheClockOfTheAPI(t *testing.T) {
	t.Parallel()

	// By the clock of bills, UTC+8, the new month began two hours ago.
	begun := time.Date(2026, 10, 31, 18, 0, 0, 0, time.UTC)
	w := newWorld(t, bsssim.Options{Now: begun})
	mustRead(t, w, typeMonthlyBills, attributes{"month_begin": str("2026-11")}).want(t, map[string]string{"total_count": "0"})

	for _, month := range []string{"2026-12", "2027-01"} {
		_, diags := readData(t, w, typeMonthlyBills, nil, attributes{"month_begin": str(month)})
		diags.says(t, "month_begin", "2026-11")
	}

	_, diags := readData(t, w, typeMonthlyBills, nil, attributes{"month_begin": str("2026-10"), "month_end": str("2026-12")})
	diags.says(t, "month_end", "2026-11")
	mustRead(t, w, typeMonthlyBills, attributes{"month_begin": str("2023-11")})

	_, diags = readData(t, w, typeMonthlyBills, nil, attributes{"month_begin": str("2023-10")})
	diags.says(t, "month_begin", "2023-11")
}

// recording is a world that answers one document for a path, and keeps the
// arguments of what was asked.
func recording(t *testing.T, path string, document any) (*world, func() map[string]string) {
	t.Helper()

	var (
		mu    sync.Mutex
		asked map[string]string
	)

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()

		asked = map[string]string{}
		for name, values := range r.URL.Query() {
			asked[name] = strings.Join(values, ",")
		}

		body, err := io.ReadAll(r.Body)
		if err != nil || r.URL.Path != path {
			t.Error(r.URL, err)
		}

		var fields map[string]json.RawMessage
		if len(body) > 0 && json.Unmarshal(body, &fields) != nil {
			t.Errorf("body: %s", body)
		}

		for name, value := range fields {
			asked[name] = strings.Trim(string(value), `"`)
		}

		if err := json.NewEncoder(w).Encode(document); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)

	w := answering(t, "china", nil)
	w.env["BSS_ENDPOINT"] = server.URL

	return w, func() map[string]string {
		mu.Lock()
		defer mu.Unlock()

		return asked
	}
}

func TestBillsSendEveryFilter(t *testing.T) {
	t.Parallel()

	common := attributes{
		"service_type_code": str("service"), "enterprise_project_id": str(notAllocated), "scope": str("member"), "member_id": str("member"),
	}
	lines := attributes{
		"region_code": str(
			"region",
		),
		"charge_mode":          str("savings_plan"),
		"bill_type":            str("yearly_payment"),
		"include_zero_records": boolean(false),
		"bill_date_begin":      str("2026-10-02"),
		"bill_date_end":        str("2026-10-03"),
	}
	method := map[string]string{"method": "sub_customer", "sub_customer_id": "member", "offset": "0", "limit": "1000"}
	charges := map[string]string{"bill_type": "103", "enterprise_project_id": "null", "include_zero_record": "false"}

	for name, test := range map[string]struct {
		path  string
		more  []attributes
		asked []map[string]string
	}{
		typeMonthlyBills: {pathMonthlySum, []attributes{common}, []map[string]string{method, {
			"bill_cycle": "2026-10", "service_type_code": "service", "enterprise_project_id": "-1",
		}}},
		typeResourceRecords: {pathResourceRecords, []attributes{common, lines, {
			"resource_type_code": str("type"), "resource_id": str("resource"), "payer_account_id": str("payer"), "statistic_type": str("day"),
		}}, []map[string]string{method, charges, {
			"cycle": "2026-10", "cloud_service_type": "service", "resource_type": "type", "region": "region", "res_instance_id": "resource",
			"charge_mode": "11", "statistic_type": "2", "query_type": "DAILY", "bill_cycle_begin": "2026-10-02", "bill_cycle_end": "2026-10-03",
			"payer_account_id": "payer",
		}}},
		typeResourceFeeRecords: {pathResourceFeeRecords, []attributes{common, lines, {
			"resource_id": str("resource"), "trade_id": str("trade"), "statistic_type": str("detail"),
		}}, []map[string]string{method, charges, {
			"cycle": "2026-10", "cloud_service_type": "service", "region": "region", "resource_id": "resource", "charge_mode": "11",
			"statistic_type": "3", "trade_id": "trade", "bill_date_begin": "2026-10-02", "bill_date_end": "2026-10-03",
		}}},
		typeFeeRecords: {pathFeeRecords, []attributes{common, lines, {
			"provider_type": str("marketplace"), "resource_type_code": str("type"), "trade_id": str("trade"), "status": str("unsettled"),
		}}, []map[string]string{method, charges, {
			"bill_cycle": "2026-10", "provider_type": "2", "service_type_code": "service", "resource_type_code": "type", "region_code": "region",
			"charging_mode": "11", "trade_id": "trade", "status": "2", "bill_date_begin": "2026-10-02", "bill_date_end": "2026-10-03",
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, asked := recording(t, test.path, map[string]any{"total_count": 0})

			// Whatever is left out, the facts that must not be mixed are sent.
			plain := mustRead(t, w, name, billOf(name, attributes{"month_end": str("2026-10")}))
			plain.want(t, map[string]string{"scope": "all"})

			if asked()["method"] != "all" || strings.HasPrefix(name, "bss_resource_") && asked()["statistic_type"] != "3" {
				t.Errorf("asked for %v", asked())
			}

			arguments := billOf(name, nil)
			for _, more := range test.more {
				for name, value := range more {
					arguments[name] = value
				}
			}

			want := map[string]string{}
			for _, more := range test.asked {
				for name, value := range more {
					want[name] = value
				}
			}

			mustRead(t, w, name, arguments).want(t, map[string]string{"scope": "member"})

			if diff := cmp.Diff(want, asked()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestBillsAddUpExactly(t *testing.T) {
	t.Parallel()

	row := func(amount string, project any) map[string]any {
		return map[string]any{
			"consume_amount":          json.RawMessage(amount),
			"enterprise_project_id":   project,
			"enterprise_project_name": "name",
			"measure_id":              1,
		}
	}

	w := answering(t, "international", map[string]any{pathResourceRecords: map[string]any{
		"total_count": 5, "currency": "USD",
		"monthly_records": []any{
			row("0.12345678901234567890", "null"), row("-12345678901234567890.5", nil), row(`"1e2"`, ""), row("9.0e-3", "0"),
			row("92233720368.54775807", "0"),
		},
	}})

	read := mustRead(t, w, typeResourceRecords, billOf(typeResourceRecords, attributes{"group_by": strs(groupByEnterpriseProject)}))
	read.want(t, map[string]string{
		"total.consume_amount": show(num(t, "-12345678809000847421.8197851409876543211")), "total.cash_amount": "null", "total_count": "5",
		"grouped_totals": "2 elements", "grouped_totals.0.enterprise_project_id": "0", "grouped_totals.0.enterprise_project_name": "name",
		"grouped_totals.1.enterprise_project_id": "null", "grouped_totals.1.enterprise_project_name": "null",
		"grouped_totals.0.consume_amount": show(num(t, "92233720368.55675807")), "grouped_totals.0.row_count": "2",
		"records.0.enterprise_project_id": "null", "records.1.enterprise_project_id": "null", "records.3.enterprise_project_id": "0",
		"records.0.consume_amount": show(num(t, "0.1234567890123456789")),
	})
}

// TestBillsAddUpMuch adds up amounts that are together more than an integer of
// 64 bits holds, on either side of zero.
func TestBillsAddUpMuch(t *testing.T) {
	t.Parallel()

	for sign, want := range map[string]string{"": "219999999999.99999978", "-": "-219999999999.99999978"} {
		rows := []any{}
		for range 22 {
			rows = append(rows, map[string]any{"consume_amount": json.RawMessage(sign + "9999999999.99999999")})
		}

		w := answering(t, "international", map[string]any{pathMonthlySum: map[string]any{
			"total_count": len(rows), "currency": "USD", "bill_sums": rows,
		}})
		mustRead(t, w, typeMonthlyBills, billOf(typeMonthlyBills, nil)).want(t, map[string]string{
			"total_count": "22", "total.consume_amount": show(num(t, want)),
		})
	}
}

// TestBillsOfDifferentMoney holds that nothing is added up that has no sum.
func TestBillsOfDifferentMoney(t *testing.T) {
	t.Parallel()

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		currency := map[string]string{"2026-09": "USD", "2026-10": "EUR"}[r.URL.Query().Get("bill_cycle")]
		_, _ = fmt.Fprintf(w, `{"total_count":1,"currency":%q,"bill_sums":[{"consume_amount":1,"measure_id":1}]}`, currency)
	}))
	t.Cleanup(server.Close)

	w := answering(t, "europe", nil)
	w.env["BSS_ENDPOINT"] = server.URL

	read, diags := readData(t, w, typeMonthlyBills, nil, attributes{"month_begin": str("2026-09"), "month_end": str("2026-10")})
	diags.says(t, "", "EUR", "USD", "2026-10")

	if read != nil {
		t.Error("a sum of different currencies")
	}

	w = answering(t, "international", map[string]any{pathMonthlySum: map[string]any{
		"total_count": 1, "bill_sums": []any{map[string]any{"consume_amount": 100, "measure_id": 3}},
	}})

	read, diags = readData(t, w, typeMonthlyBills, nil, billOf(typeMonthlyBills, nil))
	diags.says(t, "", "unit 3")

	if read != nil {
		t.Error("amounts in an unknown unit")
	}
}

// TestBillsAreWhole fails the second page of the second month.
func TestBillsAreWhole(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: billNow, Generate: bsssim.Generate{BillLines: 9000}})
	fault := bsssim.Fault{
		Operation: "list_resource_records", Kind: bsssim.FaultStatusBefore, Status: http.StatusBadRequest, Code: "CBC.0100", After: 4, Times: -1,
	}

	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}

	read, diags := readData(t, w, typeResourceRecords, nil, billOf(typeResourceRecords, attributes{
		"month_begin": str("2026-08"), "month_end": str("2026-10"), "include_rows": boolean(false), "include_zero_records": boolean(true),
	}))
	diags.says(t, "", "CBC.0100", "2026-09")

	if read != nil {
		t.Error("a part passes for the whole")
	}
}

func TestFeeRecordsElsewhere(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: billNow})
	_, diags := readData(t, w, typeFeeRecords, nil, billOf(typeFeeRecords, nil))
	diags.says(t, "", "does not have this call")

	if len(w.Requests()) > 0 {
		t.Errorf("calls: %v", w.calls())
	}
}
