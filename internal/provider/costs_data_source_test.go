// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	typeCosts         = "bss_costs"
	typeCostBreakdown = "bss_monthly_cost_breakdown"

	pathCosts         = "/v4/costs/cost-analysed-bills/query"
	pathCostBreakdown = "/v2/costs/cost-analysed-bills/monthly-breakdown"
)

// costsIn are the arguments of the costs of three months, with more.
func costsIn(more attributes) attributes {
	arguments := attributes{"granularity": str("month"), "begin": str("2026-08"), "end": str("2026-10")}
	maps.Copy(arguments, more)

	return arguments
}

// costFilters are filter blocks: each is what to filter by, whether to exclude, and
// values.
func costFilters(filters ...tftypes.Value) tftypes.Value {
	return tftypes.NewValue(tftypes.List{ElementType: filters[0].Type()}, filters)
}

func costFilter(by string, exclude bool, values ...string) tftypes.Value {
	typ := tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"by": tftypes.String, "values": tftypes.Set{ElementType: tftypes.String}, "exclude": tftypes.Bool,
	}}

	return tftypes.NewValue(typ, map[string]tftypes.Value{"by": str(by), "values": strs(values...), "exclude": boolean(exclude)})
}

// costGroups are the amounts of groups by one of the values that they have.
func costGroups(t *testing.T, read state, word string) map[string]string {
	t.Helper()

	groups := map[string]string{}

	for i := range 100_000 {
		amount, there := read[fmt.Sprintf("groups.%d.amount", i)]
		if !there {
			break
		}

		key := read[fmt.Sprintf("groups.%d.dimensions.%s", i, word)]
		if other, twice := groups[key]; twice {
			t.Errorf("the group %s is there twice: %s and %s", key, other, amount)
		}

		groups[key] = plainAmount(t, amount)
	}

	return groups
}

// TestCostsEqualTheLedger compares original costs with the bills, to the last digit.
func TestCostsEqualTheLedger(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"china", "international", "europe"} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: site, Now: billNow, Generate: bsssim.Generate{BillLines: 3001}})

			for word, test := range map[string]struct {
				ledger string
				key    func(bsssim.LedgerEntry) string
			}{
				"service_type": {"service_type", func(e bsssim.LedgerEntry) string { return e.ServiceType }},
				"resource":     {"resource", func(e bsssim.LedgerEntry) string { return e.ResourceID }},
				"account":      {"customer", func(e bsssim.LedgerEntry) string { return e.CustomerID }},
				"charge_mode":  {"charge_mode", func(e bsssim.LedgerEntry) string { return bssapi.ChargeModes[bssapi.ChargeMode(e.ChargeMode)] }},
				"bill_type":    {"bill_type", func(e bsssim.LedgerEntry) string { return bssapi.BillTypes[bssapi.BillType(e.BillType)] }},
				"tag:team":     {"tag:team", func(e bsssim.LedgerEntry) string { return e.Tag }},
				"enterprise_project": {"enterprise_project", func(e bsssim.LedgerEntry) string {
					return strings.TrimPrefix(e.EnterpriseProject, "null")
				}},
			} {
				entries, err := w.Ledger(test.ledger)
				if err != nil {
					t.Fatal(err)
				}

				want, total := map[string]string{}, new(big.Rat)

				for _, entry := range entries {
					key := test.key(entry)
					if key == "" {
						key = "null"
					}

					want[key] = plainAmount(t, string(entry.Consume))
					part, _ := new(big.Rat).SetString(string(entry.Consume))
					total.Add(total, part)
				}

				read := mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs(word), "include_rows": boolean(false)}))
				if diff := cmp.Diff(want, costGroups(t, read, word)); diff != "" {
					t.Errorf("%s: %s", word, diff)
				}

				if got := plainAmount(t, read["total_amount"]); got != total.RatString() {
					t.Errorf("%s: total %s, ledger has %s", word, got, total.RatString())
				}

				read.want(t, map[string]string{
					"rows": "null", "cost_type": "original", "amount_type": "payable", "end": "2026-10", "periods": "3 elements",
					"currency": map[string]string{"china": "CNY", "international": "USD", "europe": "EUR"}[site],
				})
			}

			w.readOnly("list_costs")
		})
	}
}

// TestAccCosts reads costs with real Terraform: by day and tag, and of everything.
func TestAccCosts(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: billNow})
	for id, tags := range map[string]map[string]string{"r1": {"team": "a"}, "r2": {"team": "b"}, "r3": nil, "r4": {"team": "a"}} {
		w.console("add_usage", map[string]any{"resource_id": id, "hourly_price": "1.50", "since": "-3h", "until": "-1h", "tags": tags})
	}

	w.shows(t, `
data "bss_costs" "by_team" {
  granularity = "day"
  begin       = "2026-10-18"
  end         = "2026-10-20"
  group_by    = ["tag:team", "charge_mode"]
}
data "bss_costs" "all" {
  granularity  = "month"
  begin        = "2026-10"
  include_rows = false
  as_of        = "2026-11-04T12:00:00+08:00"
}
data "bss_costs" "some" {
  granularity = "month"
  begin       = "2026-10"
  amount_type = "paid"
  cost_type   = "amortized"
  filter {
    by     = "tag:team"
    values = ["b", "c"]
  }
  filter {
    by      = "resource"
    values  = ["r3"]
    exclude = true
  }
}
data "bss_costs" "nothing" {
  granularity = "month"
  begin       = "2026-01"
  group_by    = ["cost_unit:environment"]
}`, map[string]shown{
		"data.bss_costs.by_team": {
			"total_amount": amount("12"), "total_official_amount": amount("12"), "untagged_amount": amount("3"), "unreadable_count": 0,
			"total_count": 3, "final": false, "currency": "USD", "periods": elements(1), "periods.0.period": "2026-10-20",
			"periods.0.amount": amount("12"), "periods.0.share": amount("1"), "groups": elements(3), "rows": elements(3),
			"groups.0.dimensions.tag:team": "a", "groups.0.dimensions.charge_mode": "pay_per_use", "groups.0.amount": amount("6"),
			"groups.0.share": amount("0.5"), "groups.0.untagged": false, "groups.1.dimensions.tag:team": nil, "groups.1.untagged": true,
			"groups.1.share": amount("0.25"), "rows.0.period": "2026-10-20", "rows.0.dimensions.tag:team": nil, "rows.1.dimensions.tag:team": "a",
			"rows.1.amount": amount("6"), "rows.1.official_amount": amount("6"), "rows.1.share": amount("0.5"),
		},
		"data.bss_costs.all": {
			"total_amount": amount("12"), "untagged_amount": nil, "unreadable_count": nil, "rows": nil, "groups": elements(1),
			"groups.0.amount": amount("12"), "groups.0.untagged": nil, "groups.0.share": amount("1"), "final": true, "end": "2026-10",
		},
		"data.bss_costs.some": {
			"total_amount": amount("3"), "groups": elements(1), "rows": elements(1), "untagged_amount": nil, "amount_type": "paid",
		},
		"data.bss_costs.nothing": {
			"total_amount": amount("0"), "untagged_amount": amount("0"), "groups": elements(0), "rows": elements(0), "periods": elements(0),
			"currency": nil, "total_count": 0,
		},
	})
	w.readOnly("list_costs")
}

// TestCostsOfTagsInEveryForm reads the same from every form that an answer may have.
func TestCostsOfTagsInEveryForm(t *testing.T) {
	t.Parallel()

	arguments := costsIn(attributes{"group_by": strs("tag:team", "service_type")})
	plain := mustRead(t, newWorld(t, bsssim.Options{Now: billNow, Generate: bsssim.Generate{BillLines: 600}}), typeCosts, arguments)
	delete(plain, "as_of")

	for _, form := range []string{"value", "colon", "equals"} {
		for _, untagged := range []string{"empty", "null", "absent"} {
			t.Run(form+" "+untagged, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{Now: billNow, Generate: bsssim.Generate{BillLines: 600}, Settings: map[string]string{
					"cost_tag_form": form, "cost_untagged": untagged, "cost_tag_key": map[bool]string{true: "own", false: "dimension"}[form == "equals"],
					"cost_rows": map[bool]string{true: "period", false: "group"}[untagged == "null"],
				}})
				read := mustRead(t, w, typeCosts, arguments)

				delete(read, "as_of")

				if diff := cmp.Diff(plain, read); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// TestCostsOfTagsThatCannotBeRead: what could be read in two ways is null, counted,
// and neither tagged nor untagged.
func TestCostsOfTagsThatCannotBeRead(t *testing.T) {
	t.Parallel()

	for name, settings := range map[string]map[string]string{
		"some with the key": {"cost_tag_form": "opaque"}, "null": {"cost_untagged": "text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Now: billNow, Settings: settings})
			for id, team := range map[string]string{"r1": "a", "r2": "bb", "r3": ""} {
				w.console("add_usage", map[string]any{
					"resource_id": id, "hourly_price": "1", "since": "-3h", "until": "-1h", "tags": map[string]string{"team": team},
				})
			}

			read := mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs("tag:team")}))
			want := map[string]string{"unreadable_count": "1", "untagged_amount": "2", "total_amount": "6"}

			if name == "null" {
				want["untagged_amount"] = "0"
			}

			read.want(t, want)

			_, diags := readData(t, w, typeCosts, nil, costsIn(attributes{"filter": costFilters(costFilter("tag:team", false, "bb"))}))
			diags.says(t, "", "could be read in two ways")
		})
	}
}

// costLabelRow is a row of an answer with values of tags or cost units.
func costLabelRow(amount string, labels ...[2]string) map[string]any {
	row, values := costRow("", amount), []any{}
	for _, label := range labels {
		values = append(values, map[string]any{"key": label[0], "value": label[1]})
	}

	row["dimensions"] = values

	return row
}

// TestCostsOfSeveralTags: of several values in one row, nothing tells which counts.
func TestCostsOfSeveralTags(t *testing.T) {
	t.Parallel()

	rows := []any{
		costLabelRow("1", [2]string{"RESOURCE_TAG", "a"}, [2]string{"RESOURCE_TAG", "b"}),
		costLabelRow("2", [2]string{"RESOURCE_TAG", "c"}, [2]string{"team", "c"}),
		costLabelRow("4", [2]string{"RESOURCE_TAG", "team:d"}),
		costLabelRow("8", [2]string{"RESOURCE_TAG", ""}),
	}

	for name, test := range map[string]struct {
		rows []any
		want map[string]string
	}{
		"alone": {rows[:2], map[string]string{
			"groups": "2 elements", "groups.0.dimensions.tag:team": "c", "groups.1.dimensions.tag:team": "null", "groups.1.untagged": "false",
			"unreadable_count": "1", "untagged_amount": "0", "total_amount": "3",
		}},
		// They do not make values with the key unreadable.
		"with the key": {[]any{rows[0], rows[2], rows[3]}, map[string]string{
			"groups.1.dimensions.tag:team": "d", "unreadable_count": "1", "untagged_amount": "8", "total_amount": "13",
		}},
	} {
		w := answering(t, "international", map[string]any{pathCosts: map[string]any{
			"total_count": len(test.rows), "currency": "USD", "cost_data": test.rows,
		}})
		read := mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs("tag:team")}))
		t.Log(name)
		read.want(t, test.want)

		_, diags := readData(t, w, typeCosts, nil, costsIn(attributes{"filter": costFilters(costFilter("tag:team", false, "b"))}))
		diags.says(t, "", "could be read in two ways")
	}
}

// TestCostsOfTagAndCostUnitOfOneKey: the names of the vendor tell them apart, and
// where an answer has the key alone, neither is guessed.
func TestCostsOfTagAndCostUnitOfOneKey(t *testing.T) {
	t.Parallel()

	arguments := costsIn(attributes{"group_by": strs("cost_unit:team", "tag:team")})
	answer := func(tag, unit string) *world {
		return answering(t, "international", map[string]any{pathCosts: map[string]any{
			"total_count": 1, "currency": "USD", "cost_data": []any{costLabelRow("1", [2]string{unit, "u"}, [2]string{tag, "t"})},
		}})
	}

	mustRead(t, answer("RESOURCE_TAG", "COST_UNIT"), typeCosts, arguments).want(t, map[string]string{
		"groups.0.dimensions.tag:team": "t", "groups.0.dimensions.cost_unit:team": "u", "unreadable_count": "0",
	})
	mustRead(t, answer("team", "team"), typeCosts, arguments).want(t, map[string]string{
		"groups.0.dimensions.tag:team": "null", "groups.0.dimensions.cost_unit:team": "null", "unreadable_count": "1", "untagged_amount": "0",
	})
}

// TestCostsUnreadableAmongFiltered: what does not pass the filters is not counted as
// unreadable, as it is in no total.
func TestCostsUnreadableAmongFiltered(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathCosts: map[string]any{"total_count": 2, "currency": "USD", "cost_data": []any{
		costLabelRow("1", [2]string{"RESOURCE_TAG", "null"}, [2]string{"COST_UNIT", "x"}),
		costLabelRow("2", [2]string{"RESOURCE_TAG", "b"}, [2]string{"COST_UNIT", "y"}),
	}}})
	mustRead(t, w, typeCosts, costsIn(attributes{
		"group_by": strs("tag:team"), "filter": costFilters(costFilter("cost_unit:env", false, "y")),
	})).want(t, map[string]string{"unreadable_count": "0", "total_amount": "2", "groups": "1 elements"})
}

// TestCostsFiltered: filters by tags are applied here, all others by the API, and
// what passes and what does not is everything.
func TestCostsFiltered(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Generate: bsssim.Generate{BillLines: 900}})
	all := mustRead(t, w, typeCosts, costsIn(nil))

	for by, value := range map[string]string{
		"tag:team": "a", "cost_unit:environment": "production", "service_type": "hws.service.type.ec2", "charge_mode": "pay_per_use",
		"bill_type": "use", "enterprise_project": "0", "resource": "used-000001",
	} {
		for _, group := range []string{"region", "tag:team", "cost_unit:environment"} {
			if strings.HasPrefix(group, "tag:") && strings.HasPrefix(by, "tag:") {
				continue
			}

			sum := new(big.Rat)

			for _, exclude := range []bool{false, true} {
				read := mustRead(t, w, typeCosts, costsIn(attributes{
					"group_by": strs(group), "filter": costFilters(costFilter(by, exclude, value)),
				}))
				part, _ := new(big.Rat).SetString(plainAmount(t, read["total_amount"]))
				sum.Add(sum, part)

				if part.Sign() == 0 || read["groups.0.dimensions."+group] == "" {
					t.Errorf("%s, %s, %t: %s", by, group, exclude, part.RatString())
				}

				for key := range read {
					if strings.HasPrefix(key, "groups.0.dimensions.") && key != "groups.0.dimensions."+group {
						t.Errorf("%s shows, which was not asked for", key)
					}
				}
			}

			if want := plainAmount(t, all["total_amount"]); sum.RatString() != want {
				t.Errorf("%s by %s: %s, want %s", group, by, sum.RatString(), want)
			}
		}
	}
}

func TestCostsAsk(t *testing.T) {
	t.Parallel()

	w, asked := recording(t, pathCosts, map[string]any{"total_count": 0})
	mustRead(t, w, typeCosts, attributes{"granularity": str("day"), "begin": str("2026-10-02")})

	if diff := cmp.Diff(map[string]string{
		"time_condition": `{"time_measure_id":1,"begin_time":"2026-10-02","end_time":"2026-10-02"}`,
		"groupby":        `[{"type":"dimension","key":"CLOUD_SERVICE_TYPE"}]`,
		"cost_type":      "ORIGINAL_COST", "amount_type": "PAYMENT_AMOUNT", "offset": "0", "limit": "1000",
	}, asked()); diff != "" {
		t.Error(diff)
	}

	mustRead(t, w, typeCosts, costsIn(attributes{
		"group_by": strs("cost_unit:dept"), "cost_type": str("amortized"), "amount_type": str("paid"),
		"filter": costFilters(costFilter("tag:team", false, "a"), costFilter("charge_mode", true, "savings_plan", "yearly_monthly")),
	}))

	if diff := cmp.Diff(map[string]string{
		"time_condition": `{"time_measure_id":2,"begin_time":"2026-08","end_time":"2026-10"}`,
		"groupby":        `[{"type":"cost_unit","key":"dept"},{"type":"tag","key":"team"}]`,
		"cost_type":      "AMORTIZED_COST", "amount_type": "NET_AMOUNT", "offset": "0", "limit": "1000",
		"filters": `[{"operator":1,"filter_factor":{"key":"CHARGING_MODE","value":["11","1"]}}]`,
	}, asked()); diff != "" {
		t.Error(diff)
	}
}

// costRow is a row of an answer.
func costRow(value, amount string) map[string]any {
	return map[string]any{
		"dimensions": []any{map[string]any{"key": "BILL_TYPE", "value": value}},
		"costs":      []any{map[string]any{"time_dimension_value": "2026-10", "amount": amount, "official_amount": nil}},
	}
}

// TestCostsShow has codes that nobody knows, absent values, and a total of 0.
func TestCostsShow(t *testing.T) {
	t.Parallel()

	row := costRow("99", "1.5")
	w := answering(t, "international", map[string]any{pathCosts: map[string]any{
		"total_count": 3, "currency": "USD", "cost_data": []any{row, costRow("4", "-1.5"), costRow("", "0")},
	}})
	mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs("bill_type")})).want(t, map[string]string{
		"groups.0.dimensions.bill_type": "unknown(99)", "groups.0.amount": "1.5", "groups.0.official_amount": "null",
		"groups.1.dimensions.bill_type": "null", "groups.2.dimensions.bill_type": "unsubscription", "groups.2.amount": "-1.5",
		"groups.0.share": "null", "periods.0.share": "null", "rows.0.share": "null", "total_amount": "0", "total_official_amount": "null",
		"groups.0.untagged": "null",
	})

	w = answering(t, "international", map[string]any{pathCosts: map[string]any{
		"total_count": 2, "currency": "USD", "cost_data": []any{row, costRow("4", "-1")},
	}})
	mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs("bill_type")})).want(t, map[string]string{
		"groups.0.share": "3", "groups.1.share": "-2", "total_amount": "0.5",
	})

	// Of refunds, a refund is a part, too.
	w = answering(t, "international", map[string]any{pathCosts: map[string]any{
		"total_count": 2, "currency": "USD", "cost_data": []any{costRow("5", "1"), costRow("4", "-5")},
	}})
	mustRead(t, w, typeCosts, costsIn(attributes{"group_by": strs("bill_type")})).want(t, map[string]string{
		"groups.0.share": "-0.25", "groups.1.share": "1.25", "total_amount": "-4",
	})
}

// TestCostsAreWhole refuses what would pass for the whole.
func TestCostsAreWhole(t *testing.T) {
	t.Parallel()

	row := costRow("5", "1")
	row["amount_by_costs"] = "1.01"

	for name, test := range map[string]struct {
		answer map[string]any
		says   []string
	}{
		"a row of less": {
			map[string]any{"total_count": 1, "cost_data": []any{row}},
			[]string{"Incomplete answer", "add up to 1, and the row says 1.01", "Try again"},
		},
		"too many": {
			map[string]any{"total_count": 5_000_000, "cost_data": []any{costRow("5", "1")}},
			[]string{"5000000 rows", "200001", "a shorter time", `granularity = "month"`, "fewer groups", "a filter"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			read, diags := readData(t, answering(t, "china", map[string]any{pathCosts: test.answer}), typeCosts, nil, costsIn(nil))
			diags.says(t, "", test.says...)

			if read != nil {
				t.Error("a part passes for the whole")
			}
		})
	}
}

func TestCostsInPages(t *testing.T) {
	t.Parallel()

	arguments := attributes{
		"granularity": str(
			"day",
		),
		"begin":        str("2026-08-01"),
		"end":          str("2026-10-20"),
		"group_by":     strs("resource"),
		"include_rows": boolean(false),
	}
	options := bsssim.Options{Now: billNow, Generate: bsssim.Generate{BillLines: 6000}, Settings: map[string]string{"cost_rows": "period"}}
	w := newWorld(t, options)
	read := mustRead(t, w, typeCosts, arguments)

	if w.called("list_costs") < 4 {
		t.Errorf("%d calls", w.called("list_costs"))
	}

	options.Settings["page_most"] = "300"
	few := newWorld(t, options)
	again := mustRead(t, few, typeCosts, arguments)

	if read["total_amount"] != again["total_amount"] || read["groups"] != again["groups"] || read["total_count"] != again["total_count"] {
		t.Errorf("%s of %s, in other pages %s of %s", read["total_amount"], read["groups"], again["total_amount"], again["groups"])
	}

	fault := bsssim.Fault{
		Operation: "list_costs", Kind: bsssim.FaultStatusBefore, Status: http.StatusBadRequest, Code: "CBC.0100", After: 2, Times: -1,
	}
	if err := few.AddFault(fault); err != nil {
		t.Fatal(err)
	}

	if part, diags := readData(t, few, typeCosts, nil, arguments); part != nil || !diags.failed() {
		t.Error("a part passes for the whole")
	}
}

func TestCostsBeforeTheBill(t *testing.T) {
	t.Parallel()

	options := bsssim.Options{Now: billNow.AddDate(0, 0, -18), Generate: bsssim.Generate{BillLines: 300}}
	arguments := attributes{"granularity": str("month"), "begin": str("2026-09")}
	mustRead(t, newWorld(t, options), typeCosts, arguments).want(t, map[string]string{"final": "false", "periods": "1 elements"})

	options.Settings = map[string]string{"costs_before_billing": "absent"}
	mustRead(t, newWorld(t, options), typeCosts, arguments).want(t, map[string]string{"final": "null", "periods": "0 elements"})
}

func TestCostCenterIsOff(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Settings: map[string]string{"cost_center": "off"}})

	for name, arguments := range map[string]attributes{typeCosts: costsIn(nil), typeCostBreakdown: {"month_begin": str("2026-10")}} {
		_, diags := readData(t, w, name, nil, arguments)
		diags.says(t, "", "CBC.18000014", "Enable Cost Center", bssapi.CostCenterPage)
	}
}

// TestCostsByTheClockOfTheAPI: what has not begun is an error, by UTC+8.
func TestCostsByTheClockOfTheAPI(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: billNow.AddDate(0, 0, 11).Add(14 * 3_600_000_000_000)}) // 1 November, 02:00
	mustRead(t, w, typeCosts, attributes{"granularity": str("day"), "begin": str("2026-11-01")})
	mustRead(t, w, typeCosts, attributes{"granularity": str("month"), "begin": str("2026-11")})

	_, diags := readData(t, w, typeCosts, nil, attributes{"granularity": str("day"), "begin": str("2026-10-01"), "end": str("2026-11-02")})
	diags.says(t, "end", "2026-11-02 has not begun", "2026-11-01 now")

	_, diags = readData(t, w, typeCosts, nil, attributes{"granularity": str("month"), "begin": str("2026-12")})
	diags.says(t, "begin", "2026-12 has not begun")
}

// TestCostBreakdownEqualsTheCosts compares the breakdown with amortized costs, and
// its parts with each other.
func TestCostBreakdownEqualsTheCosts(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow, Generate: bsssim.Generate{BillLines: 2000}})

	for group, column := range map[string]string{
		"service_type": "service_type_code", "resource": "resource_id", "charge_mode": "charge_mode", "tag:team": "tags.team",
		"cost_unit:environment": "cost_units.environment", "region": "region_code", "enterprise_project": "enterprise_project_id",
		"bill_type": "bill_type", "account": "customer_id",
	} {
		costs := mustRead(t, w, typeCosts, costsIn(attributes{"cost_type": str("amortized"), "group_by": strs(group)}))
		read := mustRead(t, w, typeCostBreakdown, attributes{
			"month_begin": str("2026-08"), "month_end": str("2026-10"), "group_by": strs(group), "include_rows": boolean(false),
		})
		got := map[string]string{}

		for i := range 100_000 {
			prefix := fmt.Sprintf("grouped_totals.%d.", i)
			if _, there := read[prefix+"consume_amount"]; !there {
				break
			}

			if amount := plainAmount(
				t,
				read[prefix+"current_month_amortized_amount"],
			); amount != "0" ||
				costGroups(t, costs, group)[read[prefix+column]] != "" {
				got[read[prefix+column]] = amount
			}
		}

		if diff := cmp.Diff(costGroups(t, costs, group), got); diff != "" {
			t.Errorf("%s: %s", group, diff)
		}

		read.want(t, map[string]string{"currency": "CNY", "records": "null", "months": "3 elements", "final": "false"})

		if plainAmount(t, read["total.current_month_amortized_amount"]) != plainAmount(t, costs["total_amount"]) {
			t.Errorf("%s: %s, costs %s", group, read["total.current_month_amortized_amount"], costs["total_amount"])
		}
	}

	read := mustRead(t, w, typeCostBreakdown, attributes{"month_begin": str("2026-09")})
	sumOf := func(names ...string) string {
		sum := new(big.Rat)

		for _, name := range names {
			part, _ := new(big.Rat).SetString(plainAmount(t, read["total."+name]))
			sum.Add(sum, part)
		}

		return sum.RatString()
	}

	if sumOf("consume_amount") != sumOf("past_months_amortized_amount", "current_month_amortized_amount", "future_months_amortized_amount") ||
		sumOf("current_month_amortized_amount") != sumOf("amortized_cash_amount", "amortized_credit_amount", "amortized_coupon_amount",
			"amortized_flexipurchase_coupon_amount", "amortized_stored_value_card_amount", "amortized_bonus_amount") {
		t.Error("the parts are not the whole")
	}

	read.want(t, map[string]string{"unreadable_tag_count": "null", "grouped_totals": "null", "final": "true"})
	w.readOnly("list_costs", "list_monthly_cost_breakdown")
}

// TestAccCostBreakdown reads a breakdown with real Terraform.
func TestAccCostBreakdown(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})
	w.console("add_usage", map[string]any{
		"resource_id": "r1", "hourly_price": "1.50", "since": "-3h", "until": "-1h", "tags": map[string]string{"team": "a", "env": "prod"},
	})
	w.console("add_usage", map[string]any{"resource_id": "r2", "hourly_price": "1", "since": "-3h", "until": "-1h"})
	w.shows(t, `
data "bss_monthly_cost_breakdown" "this" {
  month_begin = "2026-10"
  group_by    = ["tag:team", "cost_unit:environment"]
}
data "bss_monthly_cost_breakdown" "nothing" {
  month_begin   = "2026-10"
  resource_name = "nobody"
  group_by      = ["month"]
}`, map[string]shown{
		"data.bss_monthly_cost_breakdown.this": {
			"total_count":                                     2,
			"total.consume_amount":                            amount("5"),
			"total.current_month_amortized_amount":            amount("5"),
			"unreadable_tag_count":                            0,
			"grouped_totals":                                  elements(2),
			"grouped_totals.0.tags.team":                      "a",
			"grouped_totals.0.cost_units.environment":         "production",
			"grouped_totals.0.current_month_amortized_amount": amount("3"),
			"grouped_totals.1.tags.team":                      nil,
			"grouped_totals.1.cost_units.environment":         nil,
			"records":                         elements(2),
			"records.0.tags":                  elements(2),
			"records.0.charge_mode":           "pay_per_use",
			"records.0.bill_cycle":            "2026-10",
			"records.1.tags":                  elements(0),
			"records.1.cost_units":            elements(0),
			"records.0.enterprise_project_id": nil,
		},
		"data.bss_monthly_cost_breakdown.nothing": {
			"total_count": 0, "total.consume_amount": amount("0"), "grouped_totals": elements(0), "records": elements(0), "currency": nil,
		},
	})
	w.readOnly("list_monthly_cost_breakdown")
}

// TestCostBreakdownReads has tags that say two things, codes that nobody knows, and
// all filters.
func TestCostBreakdownReads(t *testing.T) {
	t.Parallel()

	pair := func(value string) map[string]any { return map[string]any{"tag_key": "team", "tag_value": value} }
	w, asked := recording(t, pathCostBreakdown, map[string]any{"total_count": 2, "currency": "CNY", "details": []any{
		map[string]any{"effective_tag_pairs": []any{pair("a"), pair("b")}, "charging_mode": 99, "current_month_amortized_amount": 2},
		map[string]any{"effective_tag_pairs": nil, "cost_unit_pairs": nil, "bill_type": 98, "current_month_amortized_amount": 1},
	}})
	mustRead(t, w, typeCostBreakdown, attributes{
		"month_begin": str("2026-10"), "group_by": strs("tag:team", "charge_mode"), "service_type_code": str("s"), "resource_type_code": str("t"),
		"region_code": str("r"), "charge_mode": str("savings_plan"), "bill_type": str("use"), "resource_id": str("i"), "resource_name": str("n"),
		"enterprise_project_id": str(notAllocated), "scope": str("member"), "member_id": str("m"),
	}).want(t, map[string]string{
		"unreadable_tag_count": "1", "grouped_totals": "2 elements", "grouped_totals.0.tags.team": "null",
		"grouped_totals.0.charge_mode": "unknown(99)", "records.1.bill_type": "unknown(98)", "records.1.tags": "0 elements",
	})

	if diff := cmp.Diff(map[string]string{
		"shared_month":          "2026-10",
		"service_type_code":     "s",
		"resource_type_code":    "t",
		"region_code":           "r",
		"charging_mode":         "11",
		"bill_type":             "5",
		"resource_id":           "i",
		"resource_name":         "n",
		"enterprise_project_id": "null",
		"method":                "sub_customer",
		"sub_customer_id":       "m",
		"offset":                "0",
		"limit":                 "1000",
	}, asked()); diff != "" {
		t.Error(diff)
	}
}

// TestCostBreakdownElsewhere: the other sites do not have it, and no call is made.
// Nor is one for a month that is too long ago.
func TestCostBreakdownElsewhere(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"international", "europe"} {
		w := newWorld(t, bsssim.Options{Site: site, Now: billNow})
		_, diags := readData(t, w, typeCostBreakdown, nil, attributes{"month_begin": str("2026-10")})
		diags.says(t, "", "only china has it", "bss_costs", "amortized")

		if len(w.Requests()) > 0 {
			t.Errorf("calls: %v", w.calls())
		}
	}

	w := newWorld(t, bsssim.Options{Site: "china", Now: billNow})
	mustRead(t, w, typeCostBreakdown, attributes{"month_begin": str("2025-04")})

	_, diags := readData(t, w, typeCostBreakdown, nil, attributes{"month_begin": str("2025-03")})
	diags.says(t, "month_begin", "the last 18 months", "2025-04")

	_, diags = readData(t, w, typeCostBreakdown, nil, attributes{"month_begin": str("2024-03"), "month_end": str("2026-03")})
	diags.says(t, "month_end", "18 months")

	if got := slices.Compact(w.calls()); len(got) > 1 {
		t.Errorf("calls: %v", got)
	}
}

// TestCostsWithoutAmount: an exact sum of what is not known is null, never less.
func TestCostsWithoutAmount(t *testing.T) {
	t.Parallel()

	cost := func(amount any) tree {
		return tree{"time_dimension_value": "2026-09", "time_measure_id": 2, "amount": amount, "official_amount": "3"}
	}
	row := func(region string, amount any) tree {
		return tree{"dimensions": []any{tree{"key": "REGION_CODE", "value": region}}, "costs": []any{cost(amount)}}
	}
	w := answering(t, "international", map[string]any{"/v4/costs/cost-analysed-bills/query": tree{
		"currency": "USD", "total_count": 3, "cost_data": []any{row("a", nil), row("b", ""), row("c", "2")},
	}})
	mustRead(
		t,
		w,
		typeCosts,
		attributes{"granularity": str("month"), "begin": str("2026-09"), "group_by": strs("region")},
	).want(t, map[string]string{
		"total_amount": "null", "total_official_amount": "9", "groups": "3 elements", "groups.0.amount": "2", "groups.0.share": "null",
		"groups.1.amount": "null", "periods.0.amount": "null", "total_count": "3",
	})
}
