// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"math/big"
	"net/http"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// simulated is a simulator, and the environment that leads to it.
func simulated(t *testing.T, options bsssim.Options) (*bsssim.Server, func(string) string) {
	t.Helper()
	options.Now = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	sim, err := bsssim.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	keys := sim.Credentials()
	environment := map[string]string{
		"BSS_ENDPOINT": sim.URL(), "HW_ACCESS_KEY": keys.AccessKey, "HW_SECRET_KEY": keys.SecretKey, "HW_DOMAIN_ID": keys.DomainID,
	}

	return sim, func(name string) string { return environment[name] }
}

func TestLines(t *testing.T) {
	t.Parallel()
	sim, getenv := simulated(t, bsssim.Options{Site: bsssim.SiteChina, Generate: bsssim.Generate{BillLines: 4500}})
	ledger, err := sim.Ledger()
	if err != nil || len(ledger) != 1 {
		t.Fatalf("ledger: %v %v", ledger, err)
	}
	// The first page of the second month is refused once, and asked for again.
	fault := bsssim.Fault{
		Operation: "list_resource_records",
		Kind:      bsssim.FaultStatusBefore,
		Status:    http.StatusTooManyRequests,
		Code:      "APIG.0308",
		After:     2,
	}
	if err := sim.AddFault(fault); err != nil {
		t.Fatal(err)
	}
	for _, arguments := range [][]string{{}, {"-keep"}} {
		var printed bytes.Buffer
		if err := run(append(arguments, "lines", "2026-09", "2026-10", "2026-11"), getenv, &printed); err != nil {
			t.Fatal(err)
		}
		var got result
		if err := json.Unmarshal(printed.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		want, _ := new(big.Rat).SetString(string(ledger[0].Consume))
		if sum, ok := new(big.Rat).SetString(got.Sum.String()); !ok || sum.Cmp(want) != 0 || got.Rows != 4500 || got.Calls != 6 {
			t.Errorf("%v: got %s, want %s in 4500 rows", arguments, printed.String(), ledger[0].Consume)
		}
	}
	if calls := len(sim.Requests()); calls != 13 {
		t.Errorf("%d calls, want 6, 6 and a repeat", calls)
	}
}

func TestOrders(t *testing.T) {
	t.Parallel()
	sim, getenv := simulated(t, bsssim.Options{Generate: bsssim.Generate{Orders: 250}})
	var printed bytes.Buffer
	if err := run([]string{"orders", "2025-11-22T00:00:00Z"}, getenv, &printed); err != nil {
		t.Fatal(err)
	}
	var got result
	if err := json.Unmarshal(printed.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Rows != 250 || got.Calls != 3 || len(sim.Requests()) != 3 || got.Sum.Sign() <= 0 {
		t.Errorf("got %s after %d calls", printed.String(), len(sim.Requests()))
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	sim, getenv := simulated(t, bsssim.Options{Site: bsssim.SiteChina, Generate: bsssim.Generate{BillLines: 30}})
	for _, arguments := range [][]string{{}, {"orders"}, {"lines"}, {"others", "2026-11"}, {"-unknown"}, {"lines", "2026-13"}} {
		var printed bytes.Buffer
		if err := run(arguments, getenv, &printed); err == nil || printed.Len() > 0 {
			t.Errorf("%q printed %q, and the error %v", arguments, printed.String(), err)
		}
	}
	if calls := len(sim.Requests()); calls != 1 {
		t.Errorf("%d calls", calls)
	}
}
