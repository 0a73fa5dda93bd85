// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func renewalPrice(t *testing.T, ids []string, more tree) attributes {
	t.Helper()

	arguments := tree{"resource_ids": ids, "period_unit": "month", "period": 3}
	for name, value := range more {
		arguments[name] = value
	}

	return configuration(t, "bss_renewal_price", arguments)
}

func TestAccRenewalPrice(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	// The demo customer has an unpaid renewal of its first server.
	w.console("cancel_order", map[string]any{"order_id": "CS2611220000003"})

	w.shows(t, fmt.Sprintf(`
data "bss_renewal_price" "this" {
  resource_ids = [%q, %q]
  period_unit  = "month"
  period       = 3
}
`, demoID(4), demoID(1)), map[string]shown{"data.bss_renewal_price.this": {
		// What is attached to the servers is inside their prices.
		"amount":                  amount("785.4"),
		"official_amount":         amount("785.4"),
		"best_offer_amount":       amount("706.86"),
		"resources":               elements(2),
		"resources.0.resource_id": demoID(1),
		"resources.0.amount":      amount("410.4"),
		"resources.1.resource_id": demoID(4),
		"resources.1.amount":      amount("375"),
		"resources.1.associated":  false,
		"currency":                "USD",
		"failures":                elements(0),
		"discounts.0.best_offer":  true,
		"discounts.0.amount":      amount("706.86"),
	}})

	w.readOnly("get_renewal_price")
}

func TestRenewalPriceShowsEveryField(t *testing.T) {
	t.Parallel()

	const official, discount = "official_website_rating_result.", "optional_discount_rating_results.0."

	fixed := distinct("renew_inquiry_results.0.amount", official+"official_website_amount", official+"installment_official_website_amount",
		discount+"amount", discount+"official_website_amount", discount+"discount_amount", discount+"installment_official_website_amount",
		discount+"installment_official_discount_amount", discount+"installment_amount")
	fixed["renew_inquiry_results.0.resource_id"] = "R"
	fixed[discount+"best_offer"] = 1
	document := newDocument(t, "get_renewal_price", 1000, fixed)

	failed := func(path string) bool { return strings.HasPrefix(path, "fail_resource_infos.") }
	rename := strings.NewReplacer(
		"renew_inquiry_results.", "resources.", "fail_resource_infos.", "failures.", "error_msg", "error_message",
		official, "", discount, "discounts.0.",
		"installment_official_discount_amount", "installment_discount_amount",
		"official_website_amount", "official_amount", "period_type", "period_unit",
	)
	arguments := renewalPrice(t, []string{"R"}, tree{"allow_failures": true})

	w := answering(t, "international", map[string]any{pathRenewalPrice: document.body})
	read := mustRead(t, w, "bss_renewal_price", arguments)
	read.shows(t, document.without(func(path string) bool {
		return !failed(path) && !strings.HasPrefix(path, "renew_inquiry_results.") && path != "currency"
	}), rename)

	// Sums come only where nothing has failed.
	read.want(t, map[string]string{
		"amount":                      "null",
		"official_amount":             "null",
		"best_offer_amount":           "null",
		"installment_official_amount": "null",
		"discounts":                   "0 elements",
	})
	delete(document.body, "fail_resource_infos")

	read = mustRead(t, w, "bss_renewal_price", arguments)
	read.shows(t, document.without(func(path string) bool { return failed(path) || strings.HasSuffix(path, "best_offer") }), rename)
	read.want(t, map[string]string{
		"discounts.0.best_offer": "true",
		"best_offer_amount":      read["discounts.0.amount"],
		"amount":                 read["resources.0.amount"],
		"failures":               "0 elements",
	})
}

// TestRenewalPriceOfMany shows more resources than a call takes, and their
// exact sums.
func TestRenewalPriceOfMany(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"price_discounts": "commercial"}})

	var ids []string
	for i := range 23 {
		ids = append(ids, w.addResource(map[string]any{"monthly_price": fmt.Sprintf("%d.07", i+1)}))
	}

	read := mustRead(t, w, "bss_renewal_price", renewalPrice(t, ids, tree{"period": 1}))
	read.want(t, map[string]string{
		"resources": "23 elements", "amount": "277.61", "official_amount": "277.61", "best_offer_amount": read["discounts.0.amount"],
		"discounts": "1 elements", "discounts.0.official_amount": "277.61", "discounts.0.best_offer": "true",
	})

	// Each call is rounded by the API; its sums agree all the same.
	sum := exact(t, read["discounts.0.amount"])
	if sum.Add(sum, exact(t, read["discounts.0.discount_amount"])).Cmp(exact(t, "277.61")) != 0 {
		t.Errorf("%s and %s are not the official price", read["discounts.0.amount"], read["discounts.0.discount_amount"])
	}

	if calls := w.called("get_renewal_price"); calls != 3 || len(w.calls()) != 3 {
		t.Errorf("calls: %v", w.calls())
	}
}

// TestRenewalPriceAsks shows the requests: each id once, ten at a time.
func TestRenewalPriceAsks(t *testing.T) {
	t.Parallel()

	var ids []string
	for i := range 11 {
		ids = append(ids, fmt.Sprintf("r%02d", 10-i))
	}

	w, bodies := quoting(t, "international", renewalAnswer(t, nil))
	mustRead(t, w, "bss_renewal_price", renewalPrice(t, ids, tree{"period_unit": "year", "period": 2, "include_associated": true}))

	request := func(ids ...any) tree {
		return tree{"resource_ids": ids, "period_type": json.Number("3"), "period_num": json.Number("2"), "include_relative_resources": true}
	}
	want := []tree{request("r00", "r01", "r02", "r03", "r04", "r05", "r06", "r07", "r08", "r09"), request("r10")}

	// They are made at once.
	asked := bodies()
	slices.SortFunc(asked, func(a, b tree) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })

	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
}

// renewalAnswer answers a price of 1 for each resource, changed for the call
// that begins with an id.
func renewalAnswer(t *testing.T, changes map[string]tree) func(tree) (int, any) {
	t.Helper()

	return func(body tree) (int, any) {
		ids, is := body["resource_ids"].([]any)
		if !is || len(ids) == 0 {
			t.Error("a request without ids")

			return http.StatusOK, tree{}
		}

		rows := []any{}
		for _, id := range ids {
			rows = append(rows, tree{"resource_id": id, "amount": "1"})
		}

		answer := tree{
			"renew_inquiry_results":          rows,
			"official_website_rating_result": tree{"official_website_amount": fmt.Sprint(len(ids))},
		}
		for name, value := range changes[fmt.Sprint(ids[0])] {
			answer[name] = value
		}

		return http.StatusOK, answer
	}
}

// TestRenewalPriceSums shows what several calls come to that do not offer the
// same: no sum ever lacks a part.
func TestRenewalPriceSums(t *testing.T) {
	t.Parallel()

	var ids []string
	for i := range 12 {
		ids = append(ids, fmt.Sprintf("r%02d", i))
	}

	discount := func(id string, best int, amount, off string) tree {
		return tree{
			"discount_id":             id,
			"discount_type":           605,
			"best_offer":              best,
			"amount":                  amount,
			"discount_amount":         off,
			"official_website_amount": "10",
		}
	}

	for name, test := range map[string]struct {
		first, second tree
		want          map[string]string
	}{
		"a discount of the first call": {
			tree{"optional_discount_rating_results": []any{discount("A", 1, "9.5", "0.5")}}, nil,
			map[string]string{
				"official_amount": "12", "best_offer_amount": "null", "discounts": "1 elements", "discounts.0.amount": "11.5",
				"discounts.0.discount_amount": "0.5", "discounts.0.official_amount": "12", "discounts.0.best_offer": "false",
			},
		},
		"each call has its best": {
			tree{"optional_discount_rating_results": []any{discount("A", 1, "9", "1"), discount("B", 0, "9.5", "0.5")}},
			tree{
				"optional_discount_rating_results": []any{tree{"discount_id": "B", "best_offer": 1, "amount": "1.25", "discount_amount": "0.75",
					"official_website_amount": "2"}},
			},
			map[string]string{
				"best_offer_amount": "10.25", "discounts": "2 elements", "discounts.0.discount_id": "A", "discounts.0.amount": "11",
				"discounts.1.discount_id": "B", "discounts.1.amount": "10.75", "discounts.1.discount_amount": "1.25", "discounts.1.best_offer": "false",
			},
		},
		"installments of one call": {
			tree{
				"official_website_rating_result": tree{
					"official_website_amount": "10", "installment_official_website_amount": "4", "installment_period_type": 2,
				},
			},
			nil,
			map[string]string{"official_amount": "12", "installment_official_amount": "4", "installment_period_unit": "month"},
		},
		"no official price of one call": {
			nil, tree{"official_website_rating_result": nil},
			map[string]string{"amount": "12", "official_amount": "null", "best_offer_amount": "null", "discounts": "0 elements"},
		},
		"no price of one resource": {
			nil, tree{"renew_inquiry_results": []any{tree{"resource_id": "r10", "amount": ""},
				tree{"resource_id": "r11", "amount": json.Number("1")}}},
			map[string]string{"amount": "null", "resources": "12 elements", "resources.10.amount": "null", "resources.11.amount": "1",
				"official_amount": "12"},
		},
		"a negative amount, and one with an exponent": {
			tree{"official_website_rating_result": tree{"official_website_amount": json.Number("-1.5e-1")}}, nil,
			map[string]string{"official_amount": "1.85"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, _ := quoting(t, "international", renewalAnswer(t, map[string]tree{"r00": test.first, "r10": test.second}))
			mustRead(t, w, "bss_renewal_price", renewalPrice(t, ids, nil)).want(t, test.want)
		})
	}
}

// TestRenewalPriceCurrencies: calls that answer in different currencies have no sum, and
// one that names none does not hide that of the others.
func TestRenewalPriceCurrencies(t *testing.T) {
	t.Parallel()

	var ids []string
	for i := range 12 {
		ids = append(ids, fmt.Sprintf("r%02d", i))
	}

	ask := func(first, second tree) (state, diagnostics) {
		w, _ := quoting(t, "europe", renewalAnswer(t, map[string]tree{"r00": first, "r10": second}))

		return readData(t, w, "bss_renewal_price", nil, renewalPrice(t, ids, nil))
	}

	read, diags := ask(tree{"currency": "EUR"}, tree{"currency": "USD"})
	diags.says(t, "resource_ids", "several currencies", "EUR", "USD")

	if read != nil {
		t.Errorf("a sum of two currencies: %s %s", read["amount"], read["currency"])
	}

	if read, diags = ask(nil, tree{"currency": "EUR"}); diags.failed() {
		t.Fatal(diags)
	}

	read.want(t, map[string]string{"currency": "EUR", "amount": "12"})
}

// TestRenewalPriceFailures shows that resources without a price fail the whole,
// each by its name and reason, unless that is allowed; and that there is no sum
// even then.
func TestRenewalPriceFailures(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	ids := []string{demoID(1), demoID(2), demoID(4), "nobody"}

	for range 10 {
		ids = append(ids, w.addResource(map[string]any{"monthly_price": "1.00"}))
	}

	read, diags := readData(t, w, "bss_renewal_price", nil, renewalPrice(t, ids, nil))
	if read != nil {
		t.Errorf("a state: %v", read)
	}

	// An unpaid order, an attached resource, and one that does not exist.
	diags.says(t, "resource_ids", demoID(1), "CBC.30050010", demoID(2), "CBC.30050007", "nobody", "CBC.30050009")

	if strings.Contains(diags.String(), demoID(4)) {
		t.Errorf("the error names a resource that has a price: %s", diags)
	}

	read = mustRead(t, w, "bss_renewal_price", renewalPrice(t, ids, tree{"allow_failures": true}))
	read.want(t, map[string]string{
		"failures": "3 elements", "failures.0.resource_id": demoID(1), "failures.0.error_code": "CBC.30050010",
		"failures.1.resource_id": demoID(2), "failures.2.resource_id": "nobody", "failures.2.error_code": "CBC.30050009",
		"resources": "11 elements", "currency": "USD",
		"amount": "null", "official_amount": "null", "best_offer_amount": "null", "discounts": "0 elements",
	})

	if read["failures.1.error_message"] == "null" {
		t.Error("a failure without its message")
	}
}

// TestRenewalPriceOfAFailedCall shows that a call that fails among several fails
// the whole.
func TestRenewalPriceOfAFailedCall(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	var ids []string
	for range 11 {
		ids = append(ids, w.addResource(map[string]any{"monthly_price": "1.00"}))
	}

	fault := bsssim.Fault{
		Operation: "get_renewal_price",
		Kind:      bsssim.FaultStatusBefore,
		Status:    http.StatusBadRequest,
		Code:      "CBC.99006055",
		After:     1,
	}
	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}

	read, diags := readData(t, w, "bss_renewal_price", nil, renewalPrice(t, ids, tree{"allow_failures": true}))
	if read != nil {
		t.Errorf("a state: %v", read)
	}

	diags.says(t, "resource_ids", "CBC.99006055")
}

// TestRenewalPriceOfAFailedLookup shows that a look-up that fails is asked for
// again, and is an error only where it goes on failing.
func TestRenewalPriceOfAFailedLookup(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	arguments := renewalPrice(t, []string{w.addResource(map[string]any{"monthly_price": "1.00"})}, nil)
	fault := bsssim.Fault{Operation: "get_renewal_price", Kind: bsssim.FaultStatusBefore, Status: http.StatusBadRequest, Code: "CBC.99006024"}

	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}

	mustRead(t, w, "bss_renewal_price", arguments).want(t, map[string]string{"amount": "3"})

	if calls := len(w.Requests()); calls != 2 {
		t.Errorf("%d calls, want 2", calls)
	}

	fault.Times = -1
	if err := w.AddFault(fault); err != nil {
		t.Fatal(err)
	}

	_, diags := readData(t, w, "bss_renewal_price", attributes{"max_retries": num(t, "0")}, arguments)
	diags.says(t, "resource_ids", "CBC.99006024", "This passes: try again later")
}

func TestRenewalPriceOfNone(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	mustRead(t, w, "bss_renewal_price", renewalPrice(t, []string{}, nil)).want(t, map[string]string{
		"resources":         "0 elements",
		"failures":          "0 elements",
		"amount":            "0",
		"official_amount":   "0",
		"best_offer_amount": "null",
		"currency":          "null",
	})

	if calls := w.calls(); len(calls) > 0 {
		t.Errorf("calls: %v", calls)
	}
}

func TestRenewalPriceOfAssociated(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"discount_permission": "off"}})
	server := w.addResource(map[string]any{"monthly_price": "10.00"})
	address := w.addResource(map[string]any{"monthly_price": "2.00", "associated_with": server})

	mustRead(t, w, "bss_renewal_price", renewalPrice(t, []string{server}, tree{"period": 1})).want(t, map[string]string{
		"resources": "1 elements", "amount": "10", "discounts": "0 elements", "best_offer_amount": "null",
	})

	read := mustRead(t, w, "bss_renewal_price", renewalPrice(t, []string{server}, tree{"period": 1, "include_associated": true}))
	read.want(t, map[string]string{"resources": "2 elements", "amount": "12", "official_amount": "12"})

	for i := range 2 {
		at := fmt.Sprintf("resources.%d.", i)
		if want := fmt.Sprint(read[at+"resource_id"] == address); read[at+"associated"] != want {
			t.Errorf("%s: associated is %s", read[at+"resource_id"], read[at+"associated"])
		}
	}
}

// TestRenewalPriceCountsNothingTwice shows a resource that is asked for, and
// comes with another call as associated, too.
func TestRenewalPriceCountsNothingTwice(t *testing.T) {
	t.Parallel()

	var ids []string
	for i := range 11 {
		ids = append(ids, fmt.Sprintf("r%02d", i))
	}

	w, _ := quoting(t, "international", renewalAnswer(t, map[string]tree{"r10": {
		"renew_inquiry_results": []any{tree{"resource_id": "r10", "amount": "1"}, tree{"resource_id": "r03", "amount": "1"}},
	}}))

	_, diags := readData(t, w, "bss_renewal_price", nil, renewalPrice(t, ids, tree{"include_associated": true}))
	diags.says(t, "resource_ids", "Resource r03 is associated with another one")
}

// TestRenewalPriceWithoutABestOffer shows that what one call leaves open stays
// open.
func TestRenewalPriceWithoutABestOffer(t *testing.T) {
	t.Parallel()

	w, _ := quoting(t, "international", renewalAnswer(t, map[string]tree{"r": {
		"optional_discount_rating_results": []any{tree{"discount_id": "A", "amount": "0.9"}},
	}}))
	mustRead(t, w, "bss_renewal_price", renewalPrice(t, []string{"r"}, nil)).want(t, map[string]string{
		"best_offer_amount": "null", "discounts.0.best_offer": "null", "discounts.0.amount": "0.9", "discounts.0.discount_amount": "null",
	})
}
