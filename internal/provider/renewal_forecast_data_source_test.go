// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const typeRenewalForecast = "bss_renewal_forecast"

func TestAccRenewalForecast(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo", Now: time.Date(2026, 11, 29, 4, 0, 0, 0, time.UTC)})
	w.shows(t, `data "bss_renewal_forecast" "soon" { within_days = 60 }`, map[string]shown{"data.bss_renewal_forecast.soon": {
		"events": elements(6),
		// What is most urgent is first, as it is the oldest.
		"events.0.resource_name": "suspended-server",
		"events.0.fate":          "frozen",
		"events.1.resource_name": "old-server",
		"events.1.fate":          "expired",
		"events.1.status":        "expired",
		"events.2.resource_name": "orders-db",
		"events.2.fate":          "lapses",
		"events.2.expire_policy": "grace_period",
		"events.5.resource_name": "web-2",
		"events.5.fate":          "renews",
		"events.5.occurrence":    1,
		"events.5.overdue":       false,
		// The row that the page computes by hand.
		"events.5.expire_time":   "2027-01-13T15:59:59Z",
		"events.5.time":          "2027-01-05T19:00:00Z",
		"events.5.day":           "2027-01-06",
		"events.5.paid_through":  "2027-02-13",
		"events.5.period_unit":   "month",
		"events.5.period_source": "default_period_unit",
		"events.5.amount":        amount("125"),
		"by_fate":                elements(4),
		"by_fate.3.fate":         "renews",
		"by_fate.3.count":        1,
		"by_fate.3.amount":       amount("125"),
		"by_month":               elements(1),
		"by_month.0.month":       "2027-01",
		"by_month.0.amount":      amount("125"),
		"lapsing_ids":            elements(5),
		"total_amount":           amount("125"),
		"known_amount":           amount("125"),
		"currency":               "USD",
		"complete":               true,
		"incomplete_reasons":     elements(0),
		"available_amount":       amount("1500"),
		"covered":                true,
		"shortfall_amount":       amount("0"),
	}})
	w.readOnly("get_account_balances", "get_renewal_price", "list_resources")
}

// forecast reads a forecast of some days.
func forecast(t *testing.T, w *world, days int, more tree) state {
	t.Helper()

	arguments := tree{"within_days": days}
	maps.Copy(arguments, more)

	return mustRead(t, w, typeRenewalForecast, configuration(t, typeRenewalForecast, arguments))
}

func TestRenewalForecastOfNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	nothing := map[string]string{
		"events": "0 elements", "by_fate": "0 elements", "by_month": "0 elements", "lapsing_ids": "0 elements",
		"total_amount": "0", "known_amount": "0", "complete": "true",
		"incomplete_reasons": "0 elements", "covered": "true", "shortfall_amount": "0", "first_short_day": "null",
		// That of what there is to pay with.
		"currency": "USD",
	}
	forecast(t, w, 30, nil).want(t, nothing)
	forecast(t, w, 30, tree{"include_prices": false}).want(t, map[string]string{"currency": "null", "available_amount": "null"})

	if calls := w.called("get_renewal_price"); calls > 0 {
		t.Errorf("nothing is priced by %d calls", calls)
	}

	forecast(t, newWorld(t, bsssim.Options{Seed: "demo"}), 30, tree{"resource_ids": []string{}}).want(t, nothing)
}

// TestRenewalForecastShort: what cannot be paid is said with its first day, and what
// has no price is in the answer with its reason.
func TestRenewalForecastShort(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: time.Date(2026, 11, 29, 4, 0, 0, 0, time.UTC), Generate: bsssim.Generate{Resources: 60}})
	w.console("set_balance", map[string]any{"amount": "5000.00"})

	rich := forecast(t, w, 60, nil)
	total := rational(t, rich["total_amount"])

	if rich["covered"] != "true" || rich["complete"] != "true" || total.Sign() <= 0 {
		t.Fatalf("covered %s, complete %s, total %s", rich["covered"], rich["complete"], rich["total_amount"])
	}

	w.console("set_balance", map[string]any{"amount": "100.00", "credit": "0.00"})

	short := forecast(t, w, 60, nil)
	short.want(t, map[string]string{"covered": "false", "available_amount": "100"})

	// The day is that of the first row which the sum of all before it does not leave
	// enough for.
	left, day := rational(t, "100"), "null"

	for _, row := range eventRows(short) {
		if short[row+"fate"] != "renews" {
			continue
		}

		if left.Sub(left, rational(t, short[row+"amount"])).Sign() < 0 {
			day = short[row+"day"]

			break
		}
	}

	if short["first_short_day"] != day || day == "null" {
		t.Errorf("first_short_day = %s, want %s", short["first_short_day"], day)
	}

	// An unpaid order takes the price away.
	w.console("renew", map[string]any{"resource_id": "res-000002", "unpaid": true})

	held := forecast(t, w, 30, tree{"resource_ids": []string{"res-000002"}})
	held.want(t, map[string]string{
		"complete": "false", "total_amount": "null", "known_amount": "0", "covered": "null",
		"events.0.amount": "null", "events.0.fate": "renews",
		"by_fate.0.amount": "null", "by_month.0.amount": "null", "incomplete_reasons": "1 elements",
	})

	if reason := held["events.0.reason"]; reason == "null" || held["incomplete_reasons.0"] != reason+": res-000002" {
		t.Errorf("no price for %q, and missing is %q", reason, held["incomplete_reasons.0"])
	}
}

func TestRenewalForecastWithoutPrices(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	forecast(t, w, 366, tree{"include_prices": false}).want(t, map[string]string{
		"currency": "null", "available_amount": "null", "covered": "null", "total_amount": "null", "complete": "false",
	})
	w.readOnly("list_resources")

	denied := newWorld(t, bsssim.Options{Seed: "demo"})
	addFault(t, denied, bsssim.Fault{
		Operation: "get_account_balances", Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151", Times: -1,
	})
	forecast(t, denied, 60, nil).want(t, map[string]string{
		"total_amount": "125", "available_amount": "null", "covered": "null", "shortfall_amount": "null", "complete": "true",
	})
}

// TestRenewalForecastCalls: a thousand resources take a call for the prices of each
// ten that renew, and four for the rest.
func TestRenewalForecastCalls(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1000}})
	read := forecast(t, w, 366, nil)

	renewing := map[string]bool{}

	for _, row := range eventRows(read) {
		if read[row+"fate"] == "renews" {
			renewing[read[row+"resource_id"]] = true
		}
	}

	prices, all := w.called("get_renewal_price"), len(w.calls())
	if len(renewing) != 300 || prices != 30 || all != prices+4 || read["complete"] != "true" {
		t.Errorf("%d renew, %d calls for prices, %d in all, complete %s", len(renewing), prices, all, read["complete"])
	}
}

// TestRenewalForecastFromLater holds the renewals of a later month against what is then
// deducted: those before it move those in it, and come off the balance first.
func TestRenewalForecastFromLater(t *testing.T) {
	t.Parallel()
	readsMuch(t)

	w := newWorld(t, bsssim.Options{Now: time.Date(2026, 11, 29, 4, 0, 0, 0, time.UTC), Generate: bsssim.Generate{Resources: 60}})
	w.console("set_balance", map[string]any{"amount": "1000000.00"})

	const before, days = 40, 31

	later := tree{"as_of": w.Now().AddDate(0, 0, before).Format(time.RFC3339)}
	soon, first := forecast(t, w, before, nil), forecastRenewals(t, w, days, later)
	w.console("set_balance", map[string]any{"amount": soon["total_amount"], "credit": "0.00"})

	short := forecast(t, w, days, later)
	short.want(t, map[string]string{"covered": "false", "shortfall_amount": short["total_amount"], "first_short_day": first[0].day})

	for _, row := range eventRows(short) {
		if short[row+"overdue"] == "true" {
			t.Errorf("%s is overdue", short[row+"resource_id"])
		}
	}

	w.console("set_balance", map[string]any{"amount": "1000000.00"})
	passing(t, w, before*24*time.Hour)

	if diff := cmp.Diff(passing(t, w, days*24*time.Hour), first, cmp.AllowUnexported(renewed{})); diff != "" || len(first) < 10 {
		t.Errorf("%d renewals, not those that were deducted: %s", len(first), diff)
	}
}

// TestRenewalForecastOnToTheLastDay: the term after next may be longer, and costs what
// nobody knows.
func TestRenewalForecastOnToTheLastDay(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{
		Now: time.Date(2027, 1, 10, 4, 0, 0, 0, time.UTC), Settings: map[string]string{"unified_expiry_day": "-1"},
	})
	id := w.addResource(map[string]any{"expire_time": (22*24*time.Hour - 12*time.Hour - time.Second).String(), "expire_policy": 3})

	forecast(t, w, 60, tree{"expiry_day": "last", "resource_ids": []string{id}}).want(t, map[string]string{
		"events":                "2 elements",
		"events.0.paid_through": "2027-02-28", "events.0.reason": "null",
		"events.1.paid_through": "2027-03-31", "events.1.amount": "null",
		"total_amount": "null", "complete": "false", "incomplete_reasons": "1 elements",
	})
}

// TestRenewalForecastOfWrongIDs: a resource that is not there is no good news.
func TestRenewalForecastOfWrongIDs(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: time.Date(2026, 11, 29, 4, 0, 0, 0, time.UTC), Generate: bsssim.Generate{Resources: 20, Attached: 1}})

	var later, attached string

	for _, one := range w.World().Resources {
		switch {
		case one.ParentID != "":
			attached = one.ResourceID
		case one.ExpireTime.After(w.Now().AddDate(0, 0, 20)):
			later = one.ResourceID
		}
	}

	const nobody = "a-typing-error"

	read := forecast(t, w, 1, tree{"resource_ids": []string{later, attached, nobody}})
	read.want(t, map[string]string{
		"events": "2 elements", "events.0.resource_id": nobody, "events.0.fate": "unknown", "events.0.day": "null",
		"events.1.resource_id": attached, "events.1.fate": "unknown", "complete": "false", "incomplete_reasons": "1 elements",
	})

	if reason := read["incomplete_reasons.0"]; reason != "no open primary resource of the arguments has this id: "+nobody+", "+attached {
		t.Error(reason)
	}
}

// TestRenewalForecastWithoutACurrency: an answer that has no price may name no currency.
func TestRenewalForecastWithoutACurrency(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Now: time.Date(2026, 11, 29, 4, 0, 0, 0, time.UTC), Generate: bsssim.Generate{Resources: 100}})
	r := &reading{world: w, name: typeRenewalForecast, arguments: configuration(t, typeRenewalForecast, tree{"within_days": 366})}

	var answers atomic.Int32

	read, diags, _ := r.changed(t, edited(t, func(value any) any {
		if answer, _ := value.(map[string]any); answer["renew_inquiry_results"] != nil && answers.Add(1) == 2 {
			delete(answer, "currency")
		}

		return value
	}))
	if diags.failed() || answers.Load() != 3 {
		t.Fatal(diags, answers.Load())
	}

	read.want(t, map[string]string{"currency": "USD", "complete": "true", "covered": "false"})
}

// eventRows are the events in a state, each as what its attributes begin with.
func eventRows(read state) []string {
	var rows []string

	for i := 0; read[fmt.Sprintf("events.%d.fate", i)] != ""; i++ {
		rows = append(rows, fmt.Sprintf("events.%d.", i))
	}

	return rows
}

// renewed is what was deducted for a resource.
type renewed struct{ resource, day, amount string }

// TestRenewalForecastOfAYear lets a year pass, and holds what is forecast on the first
// of each month against what is deducted in it: to the cent if all is stated. With the
// defaults, each difference has its cause.
func TestRenewalForecastOfAYear(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		stated   tree
		// causes says why a resource may differ with the defaults.
		causes func(yearly bool) bool
	}{
		"as it comes": {nil, tree{}, func(yearly bool) bool { return yearly }},
		"deducted two days before": {
			map[string]string{"deduction_days_before": "2"}, tree{"deduction_days_before": 2}, func(bool) bool { return true },
		},
		"on to a day": {map[string]string{"unified_expiry_day": "20"}, tree{"expiry_day": "20"}, func(bool) bool { return true }},
		"on to the last day": {
			map[string]string{"unified_expiry_day": "-1"}, tree{"expiry_day": "last"}, func(bool) bool { return true },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			readsMuch(t)

			w := newWorld(t, bsssim.Options{
				Now: time.Date(2026, 1, 31, 16, 0, 0, 0, time.UTC), Generate: bsssim.Generate{Resources: 40, Attached: 1},
			})
			w.console("set_balance", map[string]any{"amount": "1000000.00"})

			for setting, value := range test.settings {
				if err := w.Set(setting, value); err != nil {
					t.Fatal(err)
				}
			}

			// Ends of months, what is renewed by the year, and what lapses in between.
			units := map[string]any{}

			for _, id := range []string{"res-000005", "res-000012", "res-000030"} {
				units[id] = "year"
				turnOnByYear(t, w, id)
			}

			stated := maps.Clone(test.stated)
			stated["period_units"] = units

			deducted, differ := 0, 0

			for range 12 {
				now := w.Now().In(bssapi.BillingZone)
				days := int(now.AddDate(0, 1, 0).Sub(now).Hours() / 24)
				exact, usual := forecastRenewals(t, w, days, stated), forecastRenewals(t, w, days, nil)
				charged := passing(t, w, time.Duration(days)*24*time.Hour)

				if diff := cmp.Diff(charged, exact, cmp.AllowUnexported(renewed{})); diff != "" {
					t.Errorf("%s: what was stated is not what was deducted: %s", now.Format(time.DateOnly), diff)
				}

				deducted += len(charged)

				for _, one := range differing(charged, usual) {
					differ++

					if _, yearly := units[one.resource]; !test.causes(yearly) {
						t.Errorf("%s: %v differs by the defaults alone", now.Format(time.DateOnly), one)
					}
				}
			}

			if deducted < 60 || differ == 0 {
				t.Errorf("%d renewals, of which %d differ with the defaults: too few to tell", deducted, differ)
			}
		})
	}
}

func turnOnByYear(t *testing.T, w *world, id string) {
	t.Helper()

	c := newCore(w, typeAutorenew)
	if diags := c.run(t.Context(), attributes{
		"resource_id": str(id), "enabled": tftypes.NewValue(tftypes.Bool, true), "times": num(t, "0"), "period_unit": str("year"),
	}); diags.failed() {
		t.Fatal(diags)
	}
}

// forecastRenewals are the renewals of a forecast, in order.
func forecastRenewals(t *testing.T, w *world, days int, stated tree) []renewed {
	t.Helper()

	read := forecast(t, w, days, stated)

	var all []renewed

	for _, row := range eventRows(read) {
		if read[row+"fate"] == "renews" {
			all = append(all, renewed{read[row+"resource_id"], read[row+"day"], rational(t, read[row+"amount"]).FloatString(2)})
		}
	}

	return ordered(all)
}

// passing lets time pass, and is what the platform deducted meanwhile.
func passing(t *testing.T, w *world, duration time.Duration) []renewed {
	t.Helper()

	before := len(w.World().Payments)
	w.Advance(duration)

	after := w.World()

	var all []renewed

	for _, payment := range after.Payments[before:] {
		order := after.Order(payment.OrderID)
		all = append(all, renewed{
			order.ResourceIDs[0], payment.At.In(bssapi.BillingZone).Format(time.DateOnly), rational(t, string(payment.Amount)).FloatString(2),
		})
	}

	return ordered(all)
}

func ordered(all []renewed) []renewed {
	slices.SortFunc(all, func(a, b renewed) int {
		return slices.Compare([]string{a.day, a.resource}, []string{b.day, b.resource})
	})

	return all
}

// differing are those of either that the other does not have.
func differing(a, b []renewed) []renewed {
	var all []renewed

	for _, pair := range [][2][]renewed{{a, b}, {b, a}} {
		for _, one := range pair[0] {
			if !slices.Contains(pair[1], one) {
				all = append(all, one)
			}
		}
	}

	return all
}
