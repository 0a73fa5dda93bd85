// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"path/filepath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// costs adds up the costs of resources by day, without their rows.
func (b *bench) costs(ctx context.Context) ([]row, error) {
	lines := 201 * b.n // As many rows at most, of which 201,000 can be read; some are of a resource and a day that another has.
	a, err := newAccount(ctx, b.limited(bsssim.Options{
		Generate: bsssim.Generate{BillLines: lines}, Settings: map[string]string{"cost_rows": "period"},
	}))
	if err != nil {
		return nil, err
	}
	days, err := a.Ledger("resource", "day")
	if err != nil {
		return nil, err
	}
	// Going through the ledger made the bills; the rows of costs are made by the first call.
	calls := pages(len(days), billPage)
	w, err := b.newWorkspace(fmt.Sprintf(`data "bss_costs" "all" {
  granularity  = "day"
  begin        = "%s-01"
  end          = %q
  group_by     = ["resource"]
  include_rows = false
}


output "periods" {
  value = data.bss_costs.all.periods
}

output "count" {
  value = data.bss_costs.all.total_count
}
`, generated.AddDate(0, 1-billMonths, 0).Format("2006-01"), generated.Format("2006-01-02")))
	if err != nil {
		return nil, err
	}
	work := fmt.Sprintf("read %d costs, include_rows = false", len(days))
	r, err := b.reading(ctx, a, w, work, floor("list_costs", calls), "apply", "-auto-approve")
	if err != nil {
		return nil, err
	}
	r.budgets = []budget{
		{"calls", float64(r.calls["list_costs"]), float64(calls)},
		{"429s", float64(r.throttled), 0},
		{"first to last call / floor", r.ratio, 1.3},
		{"MiB of memory", float64(r.memory) / (1 << 20), mostMemory},
	}

	return []row{r}, w.checkCosts(days)
}

// checkCosts compares the costs of all days in the state with the ledger, to the
// last digit.
func (w workspace) checkCosts(ledger []bsssim.LedgerEntry) error {
	text, err := os.ReadFile(filepath.Join(w.path, "terraform.tfstate"))
	if err != nil {
		return err
	}
	var state struct {
		Outputs struct {
			Periods struct {
				Value []struct {
					Period string      `json:"period"`
					Amount json.Number `json:"amount"`
				} `json:"value"`
			} `json:"periods"`
			Count struct {
				Value int `json:"value"`
			} `json:"count"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	want := map[string]*big.Rat{}
	for _, entry := range ledger {
		if want[entry.Day] == nil {
			want[entry.Day] = new(big.Rat)
		}
		amount, _ := new(big.Rat).SetString(string(entry.Consume))
		want[entry.Day].Add(want[entry.Day], amount)
	}
	if got := state.Outputs.Count.Value; got != len(ledger) {
		return fmt.Errorf("%d costs were read, want %d", got, len(ledger))
	}
	if got := len(state.Outputs.Periods.Value); got != len(want) {
		return fmt.Errorf("there are costs of %d days, want %d", got, len(want))
	}
	for _, day := range state.Outputs.Periods.Value {
		got, ok := new(big.Rat).SetString(day.Amount.String())
		if !ok || want[day.Period] == nil || got.Cmp(want[day.Period]) != 0 {
			return fmt.Errorf("the costs of %s are %s, want %s", day.Period, day.Amount, want[day.Period])
		}
	}

	return nil
}
