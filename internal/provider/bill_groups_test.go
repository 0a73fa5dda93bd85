// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestReadTags reads what says by itself what is a key and what is a value, and
// nothing else.
func TestReadTags(t *testing.T) {
	t.Parallel()

	two := map[string]string{"team": "a", "env": "prod"}

	for text, want := range map[string]map[string]string{
		"":                          nil,
		"  ":                        nil,
		"team=a;env=prod":           two,
		"team=a,env=prod":           two,
		"team=a; env=prod;":         two,
		"team:a|env:prod":           two,
		"team=a\nenv=prod":          two,
		`{"team":"a","env":"prod"}`: two,
		`[{"key":"team","value":"a"},{"value":"prod","key":"env"}]`: two,
		`{}`:      {},
		`[]`:      {},
		"team=":   {"team": ""},
		"größe=ß": {"größe": "ß"},
	} {
		got := readTags(text)
		if !got.readable || cmp.Diff(want, got.values) != "" && len(want)+len(got.values) > 0 {
			t.Errorf("%q: %+v, want %v", text, got, want)
		}
	}

	for _, text := range []string{
		"a text", "team", "=a", "team=a=b", "team=a:b", "team:a=b", "team=a;env:prod", "team=a;team=b", "team=a;other", `{"team":1}`, `{"team":"a"} x`,
		`{"team":{"a":"b"}}`, `["team"]`, `[{"key":"team"}]`, `[{"key":"team","value":"a","more":1}]`, `[{"key":"t","value":"a"},{"key":"t","value":"b"}]`,
		`{"team":"a"`, "[", "{",
	} {
		if got := readTags(text); got.readable || len(got.values) > 0 {
			t.Errorf("%q is read as %+v", text, got)
		}
	}
}

// TestAccBillsByTag groups by tags, in every form that the bill may have.
func TestAccBillsByTag(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	for _, form := range []string{"equals", "colons", "json", "json_list", "opaque"} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Settings: map[string]string{"resource_tag_form": form}})

			for id, tags := range map[string]map[string]string{
				"r1": {"team": "a", "env": "prod"}, "r2": {"team": "a"}, "r3": {"team": "b", "env": ""}, "r4": nil,
			} {
				w.console("add_usage", map[string]any{"resource_id": id, "hourly_price": "1.00", "since": "-3h", "until": "-1h", "tags": tags})
			}

			want := shown{"unreadable_tag_count": 0, "grouped_totals": elements(4), "grouped_totals.0.consume_amount": amount("2")}
			if form == "opaque" {
				want = shown{"unreadable_tag_count": 3, "grouped_totals": elements(1), "grouped_totals.0.row_count": 4,
					"grouped_totals.0.consume_amount": amount("8"), "grouped_totals.0.tags.team": nil, "grouped_totals.0.tags.env": nil}
			}

			byTeam := shown{"grouped_totals": elements(3)}
			if form == "opaque" {
				byTeam = shown{"grouped_totals": elements(1)}
			} else {
				byTeam["grouped_totals.0.tags.team"], byTeam["grouped_totals.0.consume_amount"] = "a", amount("4")
				byTeam["grouped_totals.1.tags.team"], byTeam["grouped_totals.2.tags.team"] = nil, "b"
			}

			month := billNow.In(bssapi.BillingZone).Format(bssapi.MonthLayout)
			w.shows(t, fmt.Sprintf(`
data "bss_resource_records" "both" {
  month_begin    = %[1]q
  statistic_type = "cycle"
  group_by       = ["tag:team", "tag:env"]
}
data "bss_resource_fee_records" "team" {
  month_begin    = %[1]q
  statistic_type = "detail"
  group_by       = ["tag:team"]
}
data "bss_resource_records" "none" {
  month_begin    = %[1]q
  statistic_type = "cycle"
  group_by       = ["month"]
}`, month), map[string]shown{
				"data.bss_resource_records.both": want, "data.bss_resource_fee_records.team": byTeam,
				"data.bss_resource_records.none": {"unreadable_tag_count": nil, "grouped_totals": elements(1)},
			})
			w.readOnly("list_resource_records", "list_resource_fee_records")
		})
	}
}

// TestBillsByTagAndDayEqualTheLedger compares every sum to the last digit.
func TestBillsByTagAndDayEqualTheLedger(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Generate: bsssim.Generate{BillLines: 3001}})

	for name, statistic := range map[string]string{typeResourceRecords: "day", typeResourceFeeRecords: "detail"} {
		for key, about := range map[string]struct {
			ledger string
			field  func(bsssim.LedgerEntry) string
			shown  string
		}{
			"day":      {"day", func(e bsssim.LedgerEntry) string { return e.Day }, "day"},
			"account":  {"customer", func(e bsssim.LedgerEntry) string { return e.CustomerID }, "customer_id"},
			"tag:team": {"tag:team", func(e bsssim.LedgerEntry) string { return e.Tag }, "tags.team"},
			"tag:env":  {"tag:env", func(e bsssim.LedgerEntry) string { return e.Tag }, "tags.env"},
			"tag:none": {"tag:none", func(e bsssim.LedgerEntry) string { return e.Tag }, "tags.none"},
		} {
			t.Run(name+" by "+key, func(t *testing.T) {
				t.Parallel()

				entries, err := w.Ledger(about.ledger)
				if err != nil {
					t.Fatal(err)
				}

				read := mustRead(t, w, name, attributes{
					"month_begin": str("2026-08"), "month_end": str("2026-10"), "group_by": strs(key), "include_rows": boolean(false),
					"include_zero_records": boolean(true), "statistic_type": str(statistic),
				})

				if read["grouped_totals"] != fmt.Sprintf("%d elements", len(entries)) {
					t.Fatalf("%s, ledger has %d", read["grouped_totals"], len(entries))
				}

				want := map[string]bsssim.LedgerEntry{}
				for _, entry := range entries {
					want[about.field(entry)] = entry
				}

				for i := range entries {
					prefix := fmt.Sprintf("grouped_totals.%d.", i)
					value := strings.ReplaceAll(read[prefix+about.shown], "null", "")

					entry, there := want[value]
					if !there {
						t.Fatalf("the ledger has no %q", value)
					}

					delete(want, value)
					read.wantLedger(t, prefix, entry)
				}
			})
		}
	}
}

// TestAccOtherBillsByAccountAndDay groups the bills without tags.
func TestAccOtherBillsByAccountAndDay(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Generate: bsssim.Generate{BillLines: 900}})
	accounts := elements(2)

	w.shows(t, `
data "bss_monthly_bills" "account" {
  month_begin = "2026-08"
  group_by    = ["account"]
}
data "bss_fee_records" "account" {
  month_begin = "2026-08"
  group_by    = ["account"]
}
data "bss_fee_records" "day" {
  month_begin     = "2026-08"
  bill_date_begin = "2026-08-03"
  bill_date_end   = "2026-08-04"
  group_by        = ["day", "account"]
}`, map[string]shown{
		"data.bss_monthly_bills.account": {
			"grouped_totals": accounts, "grouped_totals.0.account_name": "demo-user", "grouped_totals.0.customer_id": w.Credentials().DomainID,
			"grouped_totals.1.account_name": "member-000001", "grouped_totals.1.day": nil,
		},
		"data.bss_fee_records.account": {"grouped_totals": accounts, "grouped_totals.1.account_name": "member-000001"},
		"data.bss_fee_records.day":     {"grouped_totals": elements(daysAndAccounts(t, w, "2026-08-03", "2026-08-04"))},
	})
	w.readOnly("get_monthly_sum_bill", "list_fee_records")
}

// daysAndAccounts counts the pairs that have lines.
func daysAndAccounts(t *testing.T, w *world, days ...string) int {
	t.Helper()

	entries, err := w.Ledger("day", "customer")
	if err != nil {
		t.Fatal(err)
	}

	count := 0

	for _, entry := range entries {
		for _, day := range days {
			if entry.Day == day {
				count++
			}
		}
	}

	return count
}

// TestBillsOfNoDay shows lines without a time as of no day.
func TestBillsOfNoDay(t *testing.T) {
	t.Parallel()

	row := func(values map[string]any) map[string]any {
		values["consume_amount"] = 1

		return values
	}
	w := answering(t, "china", map[string]any{"/v2/bills/customer-bills/res-records/query": map[string]any{
		"total_count": 4, "currency": "CNY", "monthly_records": []any{
			row(map[string]any{"bill_date": "2026-10-01"}), row(map[string]any{"consume_time": "2026-09-30T16:00:00Z"}),
			row(map[string]any{"consume_time": "yesterday"}), row(map[string]any{"consume_time": nil}),
		},
	}})
	mustRead(t, w, typeResourceRecords, attributes{
		"month_begin": str("2026-10"), "statistic_type": str("detail"), "group_by": strs("day", "tag:team"),
	}).want(t, map[string]string{
		"grouped_totals": "2 elements", "grouped_totals.0.day": "null", "grouped_totals.0.row_count": "2", "grouped_totals.1.day": "2026-10-01",
		"grouped_totals.1.row_count": "2", "grouped_totals.1.tags.team": "null", "unreadable_tag_count": "0",
	})
}
