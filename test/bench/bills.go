// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	// billMonths is how many months bills are generated for, in equal parts.
	billMonths = 3
	// billPage is how many lines a page can have.
	billPage = 1000
	// mostMemory is what the provider may need for the totals of however many
	// lines, in MiB.
	mostMemory = 200
)

// bills adds up the lines of bills, without their rows. The fastest reading
// counts, and the most memory. The vendor's SDK does it once.
func (b *bench) bills(ctx context.Context) ([]row, error) {
	var fastest row
	most := int64(0)
	for i := range b.repeat {
		r, err := b.readBills(ctx, 100*b.n, false)
		if err != nil {
			return nil, err
		}
		most = max(most, r.memory)
		// One with too many calls, or a 429, counts before all others.
		if i == 0 || !r.met() || fastest.met() && r.ratio < fastest.ratio {
			fastest = r
		}
	}
	fastest.memory = most
	fastest.budgets = append(fastest.budgets,
		budget{"first to last call / floor", fastest.ratio, 1.3},
		budget{"MiB of memory", float64(most) / (1 << 20), mostMemory})
	beside, err := b.readBillsPagewise(ctx, 100*b.n, false)

	return []row{fastest, beside}, err
}

// billGrowth compares the totals of ten times as many lines.
func (b *bench) billGrowth(ctx context.Context) ([]row, error) {
	few, err := b.readBills(ctx, 10*b.n, false)
	if err != nil {
		return nil, err
	}
	many, err := b.readBills(ctx, 100*b.n, false)
	if err != nil {
		return nil, err
	}
	grown := row{work: "growth of time, ten times the lines", ratio: many.wall.Seconds() / few.wall.Seconds(), ratioOf: "of the wall"}
	grown.budgets = []budget{{"ratio", grown.ratio, 10}}
	rows := []row{few, many, grown}
	if few.memory > 0 {
		memory := row{work: "growth of memory, ten times the lines", ratio: float64(many.memory) / float64(few.memory), ratioOf: "of the memory"}
		memory.budgets = []budget{{"ratio", memory.ratio, 2}}
		rows = append(rows, memory)
	}

	return rows, nil
}

// rows brings lines of bills into state.
func (b *bench) rows(ctx context.Context) ([]row, error) {
	n := 10 * b.n
	totals, err := b.readBills(ctx, n, false)
	if err != nil {
		return nil, err
	}
	whole, err := b.readBills(ctx, n, true)
	if err != nil {
		return nil, err
	}
	// What Terraform takes for the state is most of it.
	whole.base = totals.wall
	whole.ratio, whole.ratioOf = whole.wall.Seconds()/totals.wall.Seconds(), "of base"
	beside, err := b.readBillsPagewise(ctx, n, true)

	return []row{totals, whole, beside}, err
}

// billed is an account with lines of three months of bills, and what they add
// up to by the simulator's ledger, and in how many calls they can be read.
func (b *bench) billed(ctx context.Context, lines int) (account, []bsssim.LedgerEntry, int, error) {
	a, err := newAccount(ctx, b.limited(bsssim.Options{Site: bsssim.SiteChina, Generate: bsssim.Generate{BillLines: lines}}))
	if err != nil {
		return account{}, nil, 0, err
	}
	// Going through the ledger makes the bills, too, which is no call's work.
	ledger, err := a.Ledger("month")
	calls := 0
	for _, month := range ledger {
		calls += pages(month.Count, billPage)
	}

	return a, ledger, calls, err
}

// readBillsPagewise adds up the same lines with the vendor's SDK, which keeps
// them in memory or lets go of them, and fails unless their sum is that of the
// ledger.
func (b *bench) readBillsPagewise(ctx context.Context, lines int, keep bool) (row, error) {
	a, ledger, calls, err := b.billed(ctx, lines)
	if err != nil {
		return row{}, err
	}
	arguments, work := []string{"lines"}, fmt.Sprintf("add up %d bill lines", lines)
	if keep {
		arguments, work = []string{"-keep", "lines"}, fmt.Sprintf("read %d bill lines and keep them", lines)
	}
	want := new(big.Rat)
	for _, month := range ledger {
		arguments = append(arguments, month.Month)
		if amount, ok := new(big.Rat).SetString(string(month.Consume)); ok {
			want.Add(want, amount)
		}
	}
	r, read, err := b.readPagewise(ctx, a, work, "list_resource_records", calls, arguments...)
	if err != nil {
		return row{}, err
	}
	if sum, ok := new(big.Rat).SetString(read.Sum.String()); read.Rows != lines || !ok || sum.Cmp(want) != 0 {
		return row{}, fmt.Errorf("the SDK read %d lines of %s, want %d of %s", read.Rows, read.Sum, lines, want.FloatString(8))
	}

	return r, nil
}

// readBills applies a configuration with the lines of three months of bills, and
// fails unless their totals are those of the simulator's ledger.
func (b *bench) readBills(ctx context.Context, lines int, include bool) (row, error) {
	a, ledger, calls, err := b.billed(ctx, lines)
	if err != nil {
		return row{}, err
	}
	w, err := b.newWorkspace(fmt.Sprintf(`provider "bss" {
  site = "china"
}

data "bss_resource_records" "all" {
  month_begin          = %q
  month_end            = %q
  statistic_type       = "detail"
  include_zero_records = true
  include_rows         = %t
  group_by             = ["month"]
}

output "totals" {
  value = data.bss_resource_records.all.grouped_totals
}

output "rows" {
  value = try(length(data.bss_resource_records.all.records), 0)
}
`, generated.AddDate(0, 1-billMonths, 0).Format("2006-01"), generated.Format("2006-01"), include))
	if err != nil {
		return row{}, err
	}
	work := fmt.Sprintf("read %d bill lines, include_rows = %t", lines, include)
	r, err := b.reading(ctx, a, w, work, floor("list_resource_records", calls), "apply", "-auto-approve")
	if err != nil {
		return row{}, err
	}
	r.budgets = []budget{
		{"calls", float64(r.calls["list_resource_records"]), float64(calls)},
		{"429s", float64(r.throttled), 0},
	}
	wanted := 0
	if include {
		wanted = lines
	}

	return r, w.checkBills(ledger, wanted)
}

// billTotal is a total as the state has it.
type billTotal struct {
	Month      string      `json:"month"`
	RowCount   int         `json:"row_count"`
	Official   json.Number `json:"official_amount"`
	Discount   json.Number `json:"discount_amount"`
	Consume    json.Number `json:"consume_amount"`
	Cash       json.Number `json:"cash_amount"`
	Credit     json.Number `json:"credit_amount"`
	Coupon     json.Number `json:"coupon_amount"`
	Flexi      json.Number `json:"flexipurchase_coupon_amount"`
	Stored     json.Number `json:"stored_value_card_amount"`
	Bonus      json.Number `json:"bonus_amount"`
	Debt       json.Number `json:"debt_amount"`
	Adjustment json.Number `json:"writeoff_amount"`
}

// checkBills compares the outputs in the state with the ledger, to the last
// digit.
func (w workspace) checkBills(ledger []bsssim.LedgerEntry, rows int) error {
	text, err := os.ReadFile(filepath.Join(w.path, "terraform.tfstate"))
	if err != nil {
		return err
	}
	var state struct {
		Outputs struct {
			Totals struct {
				Value []billTotal `json:"value"`
			} `json:"totals"`
			Rows struct {
				Value int `json:"value"`
			} `json:"rows"`
		} `json:"outputs"`
	}
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	if got := state.Outputs.Rows.Value; got != rows {
		return fmt.Errorf("%d rows are in state, want %d", got, rows)
	}
	totals := map[string]billTotal{}
	for _, total := range state.Outputs.Totals.Value {
		totals[total.Month] = total
	}
	if len(totals) != len(ledger) || len(state.Outputs.Totals.Value) != len(ledger) {
		return fmt.Errorf("there are totals of %d months, want %d", len(state.Outputs.Totals.Value), len(ledger))
	}
	for _, want := range ledger {
		if err := totals[want.Month].check(want); err != nil {
			return fmt.Errorf("the total of %s is not that of the ledger: %w", want.Month, err)
		}
	}

	return nil
}

func (t billTotal) check(want bsssim.LedgerEntry) error {
	var errs []error
	if t.RowCount != want.Count {
		errs = append(errs, fmt.Errorf("%d rows, want %d", t.RowCount, want.Count))
	}
	for _, amount := range []struct {
		name string
		got  json.Number
		want bsssim.Amount
	}{
		{"official", t.Official, want.Official},
		{"discount", t.Discount, want.Discount},
		{"consume", t.Consume, want.Consume},
		{"cash", t.Cash, want.Cash},
		{"credit", t.Credit, want.Credit},
		{"coupon", t.Coupon, want.Coupon},
		{"flexipurchase coupon", t.Flexi, want.Flexi},
		{"stored-value card", t.Stored, want.Stored},
		{"bonus", t.Bonus, want.Bonus},
		{"debt", t.Debt, want.Debt},
		{"write-off", t.Adjustment, want.Adjustment},
	} {
		got, known := new(big.Rat).SetString(amount.got.String())
		exact, ok := new(big.Rat).SetString(string(amount.want))
		if !known || !ok || got.Cmp(exact) != 0 {
			errs = append(errs, fmt.Errorf("%s amount %q, want %s", amount.name, amount.got, amount.want))
		}
	}

	return errors.Join(errs...)
}
