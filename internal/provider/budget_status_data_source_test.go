// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

const typeBudgetStatus = "bss_budget_status"

// budget reads the status of a budget.
func budget(t *testing.T, w *world, arguments tree) state {
	t.Helper()

	all := tree{"budget": 1000}
	maps.Copy(all, arguments)

	return mustRead(t, w, typeBudgetStatus, configuration(t, typeBudgetStatus, all))
}

// utc8 is a time of the calendar of bills.
func utc8(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, bssapi.BillingZone)
}

func TestAccBudgetStatus(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo", Now: utc8(11, 1, 0)})
	// A dollar an hour, by day: 24 dollars for each whole day.
	w.console("add_usage", map[string]any{"hourly_price": "1.00", "settlement": "hour"})
	w.Advance(10 * 24 * time.Hour)
	w.ClearRequests()

	w.shows(t, `data "bss_budget_status" "month" { budget = 600 }`, map[string]shown{"data.bss_budget_status.month": {
		"month": "2026-11", "currency": "USD", "scope": "all", "days_counted": 9, "days_left": 21, "counted_until": "2026-11-09",
		"pay_per_use_amount": amount("224"), "counted_amount": amount("216"), "run_amount": amount("504"),
		"over_budget": false, "final": false, "complete": true, "incomplete_reasons": elements(0), "passed_thresholds": knownvalue.NotNull(),
	}})
	w.readOnly("list_resource_records", "list_resources", "get_renewal_price")
}

func TestBudgetStatusOfNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: utc8(11, 15, 10)})
	nothing := map[string]string{
		"actual_amount": "0", "booked_amount": "0", "pay_per_use_amount": "0", "counted_amount": "0", "run_amount": "0", "renewals_amount": "0",
		"expected_amount": "0", "known_expected_amount": "0", "used_percent": "0", "expected_percent": "0", "left_amount": "1000",
		"passed_thresholds": "0 elements", "expected_thresholds": "0 elements", "over_budget": "false", "expected_over_budget": "false",
		"complete": "true", "incomplete_reasons": "0 elements", "currency": "USD", "unreadable_tag_count": "null", "final": "false",
		"days_counted": "13", "days_left": "17", "counted_until": "2026-11-13", "month": "2026-11",
	}
	budget(t, w, nil).want(t, nothing)

	// With a budget of nothing, there is no share, and nothing is not more.
	budget(t, w, tree{"budget": 0, "currency": "USD"}).want(t, map[string]string{
		"used_percent":        "null",
		"expected_percent":    "null",
		"over_budget":         "false",
		"passed_thresholds":   "0 elements",
		"expected_thresholds": "0 elements",
	})

	// A month that is over needs no resources.
	w.ClearRequests()
	budget(t, w, tree{"month": "2026-10"}).want(t, map[string]string{
		"days_counted": "31", "days_left": "0", "counted_until": "2026-10-31", "final": "true", "run_amount": "0", "renewals_amount": "0",
	})
	w.readOnly("list_resource_records")
}

func TestBudgetStatusThresholds(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: utc8(11, 1, 0)})
	w.console("add_usage", map[string]any{"hourly_price": "1.00", "settlement": "hour"})
	w.Advance(11*24*time.Hour - 4*time.Hour) // 260 dollars, and 20 days without the last that counts

	spent := budget(t, w, nil)
	spent.want(t, map[string]string{"actual_amount": "260", "days_counted": "9", "expected_amount": "720", "expected_percent": "72"})

	for name, test := range map[string]struct {
		budget, passed, expected    string
		over, expectedOver, percent string
	}{
		"just at a threshold":   {"325", "50", "50 80 100", "false", "true", "80"},
		"a cent less":           {"324.99", "50 80", "50 80 100", "false", "true", "80"},
		"all of it":             {"260", "50 80", "50 80 100", "false", "true", "100"},
		"more than all":         {"259.99", "50 80 100", "50 80 100", "true", "true", "100"},
		"what is expected":      {"720", "", "50 80", "false", "false", "36.11"},
		"less than is expected": {"719.99", "", "50 80 100", "false", "true", "36.11"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			read := mustRead(t, w, typeBudgetStatus, attributes{"budget": num(t, test.budget)})
			read.want(t, map[string]string{"over_budget": test.over, "expected_over_budget": test.expectedOver, "used_percent": test.percent})

			for list, want := range map[string]string{"passed_thresholds": test.passed, "expected_thresholds": test.expected} {
				var got []string
				for i := 0; read[fmt.Sprintf("%s.%d", list, i)] != ""; i++ {
					got = append(got, read[fmt.Sprintf("%s.%d", list, i)])
				}

				if strings.Join(got, " ") != want {
					t.Errorf("%s: %v, want %s", list, got, want)
				}
			}
		})
	}
}

// TestBudgetStatusAsOf repeats a day: lines of later days do not count, and what renews
// is not known of it.
func TestBudgetStatusAsOf(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: utc8(11, 1, 0)})
	w.console("add_usage", map[string]any{"hourly_price": "1.00", "settlement": "hour"})
	w.Advance(20 * 24 * time.Hour)

	past := budget(t, w, tree{"as_of": "2026-11-08T12:00:00+08:00"})
	past.want(t, map[string]string{
		"as_of": "2026-11-08T12:00:00+08:00", "actual_amount": "192", "counted_amount": "144", "days_counted": "6", "run_amount": "576",
		"renewals_amount": "null", "expected_amount": "null", "known_expected_amount": "720", "incomplete_reasons": "1 elements",
	})

	if reason := past["incomplete_reasons.0"]; !strings.Contains(reason, "as_of is not today") {
		t.Error(reason)
	}

	// As of another month, it is that month unless one is said; this one had not begun.
	budget(
		t,
		w,
		tree{"as_of": "2026-10-08T12:00:00+08:00"},
	).want(t, map[string]string{"month": "2026-10", "days_counted": "6", "final": "false"})
	budget(t, w, tree{"as_of": "2026-10-31T16:00:00Z"}).want(t, map[string]string{"month": "2026-11", "days_counted": "0"})

	_, diags := readData(t, w, typeBudgetStatus, nil, configuration(t, typeBudgetStatus, tree{
		"budget": 1, "month": "2026-11", "as_of": "2026-10-31T15:59:59Z",
	}))
	diags.says(t, "month", "Month is in the future", "it is 2026-10 now")

	// Days that are not over would be counted as days without any use.
	_, diags = readData(t, w, typeBudgetStatus, nil, configuration(t, typeBudgetStatus, tree{
		"budget": 1, "as_of": "2026-11-25T12:00:00+08:00",
	}))
	diags.says(t, "as_of", "Time is in the future", "as_of is 2026-11-25T04:00:00Z, and it is 2026-11-20T16:0")
	w.readOnly("list_resource_records")
}

// TestBudgetStatusOfAnUnknownPolicy: what the API does not say enough about may renew.
func TestBudgetStatusOfAnUnknownPolicy(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: utc8(11, 15, 10), Seed: "demo"})
	id := w.addResource(map[string]any{"expire_time": "48h"})
	r := &reading{world: w, name: typeBudgetStatus, arguments: configuration(t, typeBudgetStatus, tree{"budget": 1000})}

	read, diags, _ := r.changed(t, edited(t, func(value any) any {
		answer, _ := value.(map[string]any)
		for _, row := range simtest.Rows(answer, "data") {
			if row["resource_id"] == id {
				row["expire_policy"] = 9
			}
		}

		return value
	}))
	if diags.failed() {
		t.Fatal(diags)
	}

	read.want(t, map[string]string{"renewals_amount": "null", "expected_amount": "null", "complete": "false"})

	if reason := read["incomplete_reasons.0"]; !strings.Contains(reason, "does not say what happens") || !strings.Contains(reason, id) {
		t.Error(reason)
	}
}

// TestBudgetStatusOfAMonth lets a month pass, and holds what each day says against the
// ledger: what is spent exactly, and what is expected by the rule that the page states.
// What renews is held against what was then charged.
func TestBudgetStatusOfAMonth(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	w := newWorld(t, bsssim.Options{
		Now: utc8(10, 31, 23), Generate: bsssim.Generate{Resources: 40, Attached: 1, BillLines: 2000},
	})
	w.console("set_balance", map[string]any{"amount": "1000000.00"})
	w.console("add_usage", map[string]any{"hourly_price": "0.12345678", "settlement": "hour", "service_type_code": "hws.service.type.nat"})
	w.console(
		"add_usage",
		map[string]any{"hourly_price": "2.5", "settlement": "day", "service_type_code": "hws.service.type.cce", "until": "250h"},
	)

	// All read at 01:30, before the deductions of the day.
	w.Advance(150 * time.Minute)

	const days = 30

	promised, complete := map[int]*big.Rat{}, 0

	for day := 1; day <= days; day++ {
		read := budget(t, w, nil)
		want := budgetByHand(t, w, "2026-11", days, max(0, day-2))
		want.holds(t, day, read)

		if read["renewals_amount"] == "null" {
			t.Fatalf("day %d: %v", day, read)
		}

		promised[day] = new(big.Rat).Add(rational(t, read["renewals_amount"]), want.booked)

		if read["complete"] == "true" {
			complete++
		}

		read.want(t, map[string]string{"days_counted": fmt.Sprint(max(0, day-2)), "month": "2026-11", "final": "false"})

		w.Advance(24 * time.Hour)
	}

	if complete != days-2 {
		t.Errorf("%d days are complete", complete)
	}

	// The month is over, and what was said of renewals was charged: on each day, all
	// that was to be booked is in the end.
	over := budget(t, w, tree{"month": "2026-11"})
	want := budgetByHand(t, w, "2026-11", days, days)
	want.holds(t, days+1, over)
	over.want(t, map[string]string{"expected_amount": over["actual_amount"], "days_counted": "30", "renewals_amount": "0", "complete": "true"})

	for day, amount := range promised {
		if amount.Cmp(want.booked) != 0 {
			t.Errorf("day %d: %s was booked or to be, and %s is in the end", day, amount.FloatString(2), want.booked.FloatString(2))
		}
	}

	if first := budget(t, w, nil); first["month"] != "2026-12" || first["expected_amount"] != "null" {
		t.Errorf("on the first of December: %v", first)
	}
}

// byHand is what the rule of the page makes of the ledger.
type byHand struct {
	booked, counted, later, run *big.Rat
}

func budgetByHand(t *testing.T, w *world, month string, days, counted int) byHand {
	t.Helper()

	entries, err := w.Ledger("month", "day", "charge_mode")
	if err != nil {
		t.Fatal(err)
	}

	sums := byHand{new(big.Rat), new(big.Rat), new(big.Rat), nil}

	for _, entry := range entries {
		if entry.Month != month {
			continue
		}

		sum := sums.booked

		switch {
		case entry.ChargeMode != int(bssapi.ChargeModeOnDemand):
		case entry.Day <= fmt.Sprintf("%s-%02d", month, counted):
			sum = sums.counted
		default:
			sum = sums.later
		}

		sum.Add(sum, rational(t, string(entry.Consume)))
	}

	if counted > 0 {
		sums.run = new(big.Rat).Mul(sums.counted, big.NewRat(int64(days-counted), int64(counted)))
	}

	return sums
}

func (h byHand) holds(t *testing.T, day int, read state) {
	t.Helper()

	same := func(name string, want *big.Rat) {
		t.Helper()

		if got := rational(t, read[name]); got.FloatString(8) != want.FloatString(8) {
			t.Errorf("day %d: %s is %s, want %s", day, name, got.FloatString(8), want.FloatString(8))
		}
	}

	use := new(big.Rat).Add(h.counted, h.later)
	same("booked_amount", h.booked)
	same("counted_amount", h.counted)
	same("pay_per_use_amount", use)
	same("actual_amount", new(big.Rat).Add(h.booked, use))
	same("left_amount", new(big.Rat).Sub(big.NewRat(1000, 1), rational(t, read["actual_amount"])))

	if h.run == nil {
		read.want(t, map[string]string{"run_amount": "null", "expected_amount": "null", "expected_percent": "null", "complete": "false"})
		same("known_expected_amount", new(big.Rat).Add(rational(t, read["actual_amount"]), rational(t, read["renewals_amount"])))

		return
	}

	same("run_amount", h.run)

	left := rational(t, h.run.FloatString(8))
	if left.Cmp(h.later) < 0 {
		left = h.later
	}

	expected := new(big.Rat).Add(h.booked, h.counted)
	expected.Add(expected, rational(t, read["renewals_amount"]))
	same("expected_amount", expected.Add(expected, left))
	same("known_expected_amount", rational(t, read["expected_amount"]))
}

// TestBudgetStatusScopes reads each scope, and says where it cannot tell what renews.
func TestBudgetStatusScopes(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{
		Site: "china", Seed: "demo", Now: utc8(11, 20, 1), Generate: bsssim.Generate{Members: 3, BillLines: 3000},
	})

	spent := func(keys []string, is func(bsssim.LedgerEntry) bool) *big.Rat {
		entries, err := w.Ledger(append([]string{"month"}, keys...)...)
		if err != nil {
			t.Fatal(err)
		}

		sum := new(big.Rat)

		for _, entry := range entries {
			if entry.Month == "2026-11" && is(entry) {
				sum.Add(sum, rational(t, string(entry.Consume)))
			}
		}

		return sum
	}

	customers, err := w.Ledger("customer")
	if err != nil || len(customers) < 2 {
		t.Fatal(customers, err)
	}

	own, member := w.World().CustomerID, ""

	for _, entry := range customers {
		if entry.CustomerID != own {
			member = entry.CustomerID
		}
	}

	service := "hws.service.type.ec2"

	for name, test := range map[string]struct {
		arguments tree
		keys      []string
		is        func(bsssim.LedgerEntry) bool
		reason    string
	}{
		"all": {nil, nil, func(bsssim.LedgerEntry) bool { return true }, "several accounts"},
		"own": {tree{"scope": "own"}, []string{"customer"}, func(e bsssim.LedgerEntry) bool { return e.CustomerID == own }, ""},
		"member": {
			tree{"scope": "member", "member_id": member}, []string{"customer"},
			func(e bsssim.LedgerEntry) bool { return e.CustomerID == member }, "member account",
		},
		"project": {
			tree{"scope": "own", "enterprise_project_id": "0"}, []string{"customer", "enterprise_project"},
			func(e bsssim.LedgerEntry) bool { return e.CustomerID == own && e.EnterpriseProject == "0" }, "",
		},
		"no project": {
			tree{"enterprise_project_id": "not_allocated"}, []string{"enterprise_project"},
			func(e bsssim.LedgerEntry) bool { return e.EnterpriseProject == "null" }, "no enterprise project",
		},
		"service": {
			tree{"scope": "own", "service_type_code": service}, []string{"customer", "service_type"},
			func(e bsssim.LedgerEntry) bool { return e.CustomerID == own && e.ServiceType == service }, "",
		},
		"tag": {
			tree{"tag": tree{"key": "team", "value": "a"}}, []string{"tag:team"},
			func(e bsssim.LedgerEntry) bool { return e.Tag == "a" }, "tags of resources",
		},
		"no renewals": {
			tree{"scope": "own", "include_renewals": false}, []string{"customer"},
			func(e bsssim.LedgerEntry) bool { return e.CustomerID == own }, "not asked for",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			read := budget(t, w, test.arguments)
			if got, want := rational(t, read["actual_amount"]), spent(test.keys, test.is); got.Cmp(want) != 0 || want.Sign() == 0 {
				t.Errorf("%s is spent, want %s", got.FloatString(8), want.FloatString(8))
			}

			if test.reason == "" {
				read.want(
					t,
					map[string]string{"complete": "true", "incomplete_reasons": "0 elements", "expected_amount": read["known_expected_amount"]},
				)

				return
			}

			read.want(t, map[string]string{"complete": "false", "renewals_amount": "null", "expected_amount": "null", "expected_percent": "null"})

			if !strings.Contains(read["incomplete_reasons.0"], test.reason) {
				t.Errorf("the reason is %q, want %q", read["incomplete_reasons.0"], test.reason)
			}
		})
	}
}
