// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// Every work on a small scale, without a quota: how many calls it makes does
// not depend on how fast the machine is, but for how many meet in a batch.
func TestCalls(t *testing.T) {
	t.Parallel()
	tools, err := buildTools(t.Context(), t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	const n = 30
	tests := map[string][]struct {
		operation   string
		least, most int
	}{
		// By id until it is worth a snapshot: two batches, a count and a page.
		"refresh":       {{"list_resources", 2, n / 3}, {"enable_auto_renew", 0, 0}},
		"few":           {{"list_resources", 1, 3}},
		"singly":        {{"list_resources", n, n}},
		"autorenew":     {{"enable_auto_renew", n, n}, {"list_resources", 1, 3 * n}},
		"expiry_policy": {{"set_to_on_demand_on_expiry", 1, n - 1}, {"list_resources", 1, 3 * n}},
		"orders":        {{"list_orders", 10 * n / 100, 10 * n / 100}},
		"members":       {{"list_sub_customers", 1, 1}},
		// Three months, of one full page each: whether a total that is that of a full
		// page is that of all of them takes one call more, which the vendor's SDK leaves out.
		"bills":       {{"list_resource_records", 3, 6}},
		"bill_growth": {{"list_resource_records", 0, 6}},
		"rows":        {{"list_resource_records", 3, 3}},
		// As many rows as lines at most: some lines are of one resource on one day.
		"costs": {{"list_costs", 6, 7}},
		// A count and a page; everything renews, and has its price in batches of ten.
		"forecast": {{"get_account_balances", 1, 1}, {"list_resources", 2, 2}, {"get_renewal_price", n / 10, n / 10}},
		"start":    {},
	}
	for _, w := range works {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			bounds, ok := tests[w.name]
			if !ok {
				t.Fatal("nothing is expected of this work")
			}
			b := &bench{tools: tools, n: n, latency: 20 * time.Millisecond, quota: "off", repeat: 1}
			rows, err := b.measure(t.Context(), []string{w.name}, io.Discard)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) == 0 {
				t.Error("the work measured nothing")
			}
			for _, r := range rows {
				for _, bound := range bounds {
					if got := r.calls[bound.operation]; got < bound.least || got > bound.most {
						t.Errorf("%s: %d calls of %s, want %d to %d", r.work, got, bound.operation, bound.least, bound.most)
					}
				}
				if r.throttled > 0 {
					t.Errorf("%s: %d times 429 without a quota", r.work, r.throttled)
				}
			}
		})
	}
}

func TestTable(t *testing.T) {
	t.Parallel()
	rows := []row{
		{
			work: "kept", traffic: traffic{calls: map[string]int{"list_orders": 3, "get_order": 1}, throttled: 2},
			floor: 150 * time.Millisecond, wall: 2 * time.Second, memory: 40<<20 + 1, ratio: 1.25, ratioOf: "of floor",
			budgets: []budget{{"calls", 5, 5}},
		},
		{work: "missed", budgets: []budget{{"calls", 5, 5}, {"ratio", 1.6, 1.5}}},
	}
	var text bytes.Buffer
	if err := printTable(&text, rows); err != nil {
		t.Fatal(err)
	}
	want := `
| work   | calls | 429s | floor  | base | wall  | memory | ratio         | budget                                   | calls by operation         |
| ------ | ----- | ---- | ------ | ---- | ----- | ------ | ------------- | ---------------------------------------- | -------------------------- |
| kept   | 4     | 2    | 150 ms |      | 2.0 s | 40 MiB | 1.25 of floor | calls <= 5                               | get_order 1, list_orders 3 |
| missed | 0     | 0    |        |      |       |        |               | calls <= 5; ratio <= 1.5 MISSED with 1.6 |                            |
`
	if got := "\n" + text.String(); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if !rows[0].met() || rows[1].met() {
		t.Error("only the first row keeps its budgets")
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string][]string{
		"unknown work":   {"-work", "refresh,unknown"},
		"no resources":   {"-n", "0"},
		"never measured": {"-repeat", "0"},
		"too many":       {"refresh"},
		"unknown flag":   {"-unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout bytes.Buffer
			if err := run(t.Context(), arguments, &stdout, io.Discard); err == nil || stdout.Len() > 0 {
				t.Errorf("run answered %v and printed %q", err, stdout.String())
			}
		})
	}
	var help bytes.Buffer
	if err := run(t.Context(), []string{"-h"}, io.Discard, &help); !errors.Is(err, flag.ErrHelp) {
		t.Error(err)
	}
	for _, w := range works {
		if !strings.Contains(help.String(), w.name) {
			t.Errorf("-h does not name %s", w.name)
		}
	}
}

// The check of the totals has to see a last digit.
func TestBillTotal(t *testing.T) {
	t.Parallel()
	entry := bsssim.LedgerEntry{
		Count: 2, Official: "12345678901234567890.12345678", Discount: "0.10", Consume: "1.00", Cash: "0.00", Credit: "-1.00",
		Coupon: "0.00", Flexi: "0.00", Stored: "0.00", Bonus: "0.00", Debt: "0.00", Adjustment: "0.00",
	}
	good := billTotal{
		RowCount: 2, Official: "12345678901234567890.12345678", Discount: "0.1", Consume: "1", Cash: "0", Credit: "-1",
		Coupon: "0", Flexi: "0", Stored: "0", Bonus: "0", Debt: "0", Adjustment: "0",
	}
	if err := good.check(entry); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*billTotal){
		"last digit": func(b *billTotal) { b.Official = "12345678901234567890.12345679" },
		"sign":       func(b *billTotal) { b.Credit = "1" },
		"null":       func(b *billTotal) { b.Adjustment = "" },
		"count":      func(b *billTotal) { b.RowCount = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spoiled := good
			spoil(&spoiled)
			if err := spoiled.check(entry); err == nil {
				t.Error("the difference went unnoticed")
			}
		})
	}
}

func TestReadReattach(t *testing.T) {
	t.Parallel()
	const printed = "Provider started.\n\n\tTF_REATTACH_PROVIDERS='{\"registry.terraform.io/bss-community/bss\":{\"Pid\":7}}'\n"
	got, err := readReattach(strings.NewReader(printed))
	if want := `{"bss-community/bss":{"Pid":7}}`; err != nil || got != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	for _, text := range []string{"", "Provider started.\n", "TF_REATTACH_PROVIDERS='{}'\n", "TF_REATTACH_PROVIDERS='{'\n"} {
		if got, err := readReattach(strings.NewReader(text)); err == nil {
			t.Errorf("%q gave %s", text, got)
		}
	}
}
