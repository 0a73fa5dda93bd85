// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	pathAccountChanges = "/v2/accounts/customer-accounts/account-change-records"
	pathCouponChanges  = "/v2/promotions/benefits/account-change-records"
)

// paidWorld has a payment by coupon, cash and credit, and a refund.
func paidWorld(t *testing.T, amounts string) (w *world, order, refund string) {
	t.Helper()

	w = newWorld(t, bsssim.Options{Site: "china", Settings: map[string]string{"change_amounts": amounts}})
	w.console("set_balance", map[string]any{"amount": "100.00", "credit": "50.00"})
	w.console("add_coupon", map[string]any{"id": "CP1", "face_value": "30.00"})
	order = w.placeOrder(map[string]any{"amount": "140.00"})
	w.console("pay_order", map[string]any{"order_id": order, "coupon_ids": []string{"CP1"}})
	w.console("add_resource", map[string]any{"resource_id": "r1", "monthly_price": "30.00"})
	refund = fmt.Sprint(w.console("unsubscribe", map[string]any{"resource_id": "r1", "refund": "20.25"})["order_id"])

	return w, order, refund
}

// TestAccAccountChangeRecords counts what went out by its direction, whether the
// API writes it with a sign or without.
func TestAccAccountChangeRecords(t *testing.T) {
	t.Parallel()

	for amounts, expense := range map[string]amount{"unsigned": "100", "signed": "-100"} {
		t.Run(amounts, func(t *testing.T) {
			t.Parallel()

			w, order, refund := paidWorld(t, amounts)
			day := w.Now().In(bssapi.BillingZone).Format("2006-01-02")

			w.shows(t, `
data "bss_account_change_records" "cash" { account_type = "balance" }
data "bss_account_change_records" "credit" {
  account_type = "credit"
  direction    = "expense"
  trade_type   = "expense"
}
data "bss_coupon_change_records" "all" {}`, map[string]shown{
				"data.bss_account_change_records.cash": {
					"currency": "CNY", "total_count": 3, "income_amount": amount("120.25"), "expense_amount": amount("100"),
					"uncounted_count": 0, "date_end": day, "totals": elements(3),
					"totals.0": shown{
						"trade_detail_type": "period_expense", "record_count": 1, "income_amount": amount("0"), "expense_amount": amount("100"),
					},
					"totals.1.trade_detail_type": "top_up", "totals.2.trade_detail_type": "unsubscription",
					"totals.2.income_amount": amount("20.25"),
					"records.0.trade_id":     refund, "records.0.direction": "income", "records.0.balance_after_change": amount("20.25"),
					"records.1.trade_id": order, "records.1.direction": "expense", "records.1.change_amount": expense,
					"records.1.payment_channel": "none", "records.2.payment_channel": "bank_transfer", "records.2.trade_id": nil,
					"records.1.cloud_service_type_name": "弹性云服务器",
				},
				"data.bss_account_change_records.credit": {"total_count": 1, "expense_amount": amount("10"), "income_amount": amount("0")},
				"data.bss_coupon_change_records.all": {
					"total_count": 2, "income_amount": amount("30"), "expense_amount": amount("30"), "records.0.coupon_id": "CP1",
					"records.0.trade_detail_type": "period_expense", "records.1.trade_detail_type": "activation", "currency": "CNY",
				},
			})
			w.readOnly("list_account_change_records", "list_coupon_change_records")
		})
	}
}

func TestChangeRecordsShowEveryField(t *testing.T) {
	t.Parallel()

	rename := strings.NewReplacer(".revenue_expense_type.", ".direction.", ".payment_channel_id.", ".payment_channel.")

	for typeName, about := range map[string]struct {
		operation, path string
		arguments       attributes
	}{
		"bss_account_change_records": {"list_account_change_records", pathAccountChanges, attributes{"account_type": str("balance")}},
		"bss_coupon_change_records":  {"list_coupon_change_records", pathCouponChanges, nil},
	} {
		document := newDocument(t, about.operation, 100, map[string]any{"total_count": 1})
		read := mustRead(t, answering(t, "china", map[string]any{about.path: document.body}), typeName, about.arguments)
		read.shows(t, document.leaves, rename)
		// A direction that nobody knows yet is in no sum.
		read.want(t, map[string]string{"uncounted_count": "1", "income_amount": "0", "expense_amount": "0", "totals.0.record_count": "1"})
	}
}

// TestChangeRecordsSums shows what is in no sum.
func TestChangeRecordsSums(t *testing.T) {
	t.Parallel()

	row := func(id, direction string, amount any) map[string]any {
		return map[string]any{"account_change_id": id, "revenue_expense_type": direction, "change_amount": amount, "trade_detail_type": "NEW"}
	}

	w := answering(t, "china", map[string]any{pathAccountChanges: map[string]any{"total_count": 6, "records": []any{
		row("1", "REVENUE", "0.10"), row("2", "EXPENSE", "-0.20"), row("3", "EXPENSE", "0.000000000000000000003"),
		row("4", "REVENUE", "-5"), row("5", "", "7"), row("6", "EXPENSE", nil),
	}}})

	mustRead(t, w, "bss_account_change_records", attributes{"account_type": str("balance")}).want(t, map[string]string{
		"income_amount": "0.1", "expense_amount": "0.200000000000000000003", "uncounted_count": "3", "currency": "null",
		"totals": "1 elements", "totals.0.record_count": "6", "totals.0.trade_detail_type": "unknown(NEW)", "records.4.direction": "null",
		"records.5.change_amount": "null", "records.5.trade_time": "null",
	})
}

func TestChangeRecordsOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	mustRead(t, w, "bss_coupon_change_records", nil).want(t, map[string]string{
		"records": "0 elements", "totals": "0 elements", "total_count": "0", "income_amount": "0", "expense_amount": "0",
	})

	if calls := w.calls(); len(calls) != 1 {
		t.Errorf("calls: %v", calls)
	}
}

func TestChangeRecordsOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	for i := range 101 {
		w.console("set_balance", map[string]any{"amount": fmt.Sprintf("%d.01", i+1)})
	}

	mustRead(t, w, "bss_account_change_records", attributes{"account_type": str("balance")}).want(t, map[string]string{
		"total_count": "101", "income_amount": "101.01",
	})

	if calls := w.calls(); len(calls) != 2 {
		t.Errorf("%d calls, want 2", len(calls))
	}
}

func TestChangeRecordsFilters(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})

	mustRead(t, w, "bss_account_change_records", attributes{
		"account_type": str("credit"), "direction": str("expense"), "trade_type": str("expense"), "trade_id": str("CS1"),
		"date_begin": str("2026-01-31"), "date_end": str("2026-02-01"), "payment_channel": str("unionpay"), "payment_channel_no": str("N1"),
	}).want(t, map[string]string{"as_of": "null"})

	// The API spells it so.
	want := url.Values{
		"balance_type": {"BALANCE_TYPE_CREDIT"}, "revenue_expense_type": {"EXPENSE"}, "trade_type": {"DEDEUCT"}, "trade_id": {"CS1"},
		"trade_time_begin": {"2026-01-31"}, "trade_time_end": {"2026-02-01"}, "payment_channel_id": {"317"}, "payment_channel_no": {"N1"},
		"limit": {"100"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, w.query()); diff != "" {
		t.Error(diff)
	}
}

// TestChangeRecordsDays shows the days that are asked for without any, and with
// one of them: today is that of UTC+8.
func TestChangeRecordsDays(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arguments  attributes
		begin, end string
	}{
		"as of":     {attributes{"as_of": str("2026-10-31T16:00:00Z")}, "2025-11-01", "2026-11-01"},
		"begin":     {attributes{"as_of": str("2026-10-31T15:59:59Z"), "date_begin": str("2026-10-01")}, "2026-10-01", "2026-10-31"},
		"end":       {attributes{"date_end": str("2026-03-31")}, "2025-03-31", "2026-03-31"},
		"both days": {attributes{"date_begin": str("2020-01-01"), "date_end": str("2020-01-01")}, "2020-01-01", "2020-01-01"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: "china"})
			mustRead(t, w, "bss_coupon_change_records", test.arguments).want(t, map[string]string{"date_begin": test.begin, "date_end": test.end})

			if got := w.query(); got.Get("trade_time_begin") != test.begin || got.Get("trade_time_end") != test.end {
				t.Errorf("asked %v", got)
			}
		})
	}
}

// TestAccountDataSourcesElsewhere shows what is said on a site that does not have
// a data source, and that no call is made.
func TestAccountDataSourcesElsewhere(t *testing.T) {
	t.Parallel()

	for typeName, test := range map[string]struct {
		site      string
		arguments attributes
		says      []string
	}{
		"bss_account_change_records": {"international", attributes{"account_type": str("balance")}, []string{"only china has it", "`bss_account_balances`"}},
		"bss_coupon_change_records":  {"europe", nil, []string{"only china has it", "`bss_coupons`"}},
		"bss_stored_value_cards":     {"international", nil, []string{"only china has it", "`bss_coupons`"}},
		"bss_enterprise_organizations": {
			"international", nil, []string{"only china has it", "`bss_enterprise_members`"},
		},
		"bss_enterprise_transferable_amounts": {
			"europe", attributes{"account_type": str("credit")}, []string{"only china has it", "`bss_account_balances`"},
		},
		"bss_enterprise_retrievable_amounts": {
			"international", attributes{"account_type": str("balance"), "member_id": str("m")},
			[]string{"only china has it", "`bss_monthly_bills`"},
		},
		"bss_enterprise_transferable_coupons": {"europe", nil, []string{"only china has it", "`bss_coupons`"}},
		"bss_enterprise_retrievable_coupons": {
			"international", attributes{"member_id": str("m")}, []string{"only china has it", "`bss_coupons`"},
		},
		"bss_expenditure_quota": {"china", nil, []string{"only international or europe has it", "`bss_account_balances`"}},
	} {
		w := newWorld(t, bsssim.Options{Site: test.site})
		_, diags := readData(t, w, typeName, nil, test.arguments)
		diags.says(t, "", append(test.says, "does not have this call")...)

		if calls := w.calls(); len(calls) != 0 {
			t.Errorf("%s: calls of what the site does not have: %v", typeName, calls)
		}
	}
}
