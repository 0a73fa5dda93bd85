// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// LedgerEntry is the exact total of lines of bills that agree in the fields
// before Count; fields that were not asked for are empty. It is added up from
// the lines themselves, by other code than the answers of the API. The
// enterprise project of unallocated lines is null.
type LedgerEntry struct {
	Month             string `json:"month,omitempty"`
	CustomerID        string `json:"customer_id,omitempty"`
	ServiceType       string `json:"service_type,omitempty"`
	ResourceType      string `json:"resource_type,omitempty"`
	Region            string `json:"region,omitempty"`
	EnterpriseProject string `json:"enterprise_project,omitempty"`
	ResourceID        string `json:"resource_id,omitempty"`
	ChargeMode        int    `json:"charge_mode,omitempty"`
	BillType          int    `json:"bill_type,omitempty"`
	Day               string `json:"day,omitempty"`
	// Tag is the value of the one tag that was asked for, empty where there is none.
	Tag string `json:"tag,omitempty"`

	Count      int    `json:"count"`
	ZeroCount  int    `json:"zero_count"`
	Official   Amount `json:"official_amount"`
	Discount   Amount `json:"discount_amount"`
	Consume    Amount `json:"consume_amount"`
	Cash       Amount `json:"cash_amount"`
	Credit     Amount `json:"credit_amount"`
	Coupon     Amount `json:"coupon_amount"`
	Flexi      Amount `json:"flexipurchase_coupon_amount"`
	Stored     Amount `json:"stored_card_amount"`
	Bonus      Amount `json:"bonus_amount"`
	Debt       Amount `json:"debt_amount"`
	Adjustment Amount `json:"adjustment_amount"`
}

// unallocated is how details show that a line belongs to no enterprise project.
const unallocated = "null"

// ledgerKeys set the fields that lines are grouped by.
var ledgerKeys = map[string]func(*LedgerEntry, string, *billLine){
	"month":              func(e *LedgerEntry, month string, _ *billLine) { e.Month = month },
	"customer":           func(e *LedgerEntry, _ string, l *billLine) { e.CustomerID = l.customer },
	"service_type":       func(e *LedgerEntry, _ string, l *billLine) { e.ServiceType = l.service },
	"resource_type":      func(e *LedgerEntry, _ string, l *billLine) { e.ResourceType = l.resourceType },
	"region":             func(e *LedgerEntry, _ string, l *billLine) { e.Region = l.region },
	"enterprise_project": func(e *LedgerEntry, _ string, l *billLine) { e.EnterpriseProject = l.projectText() },
	"resource":           func(e *LedgerEntry, _ string, l *billLine) { e.ResourceID = l.resource },
	"charge_mode":        func(e *LedgerEntry, _ string, l *billLine) { e.ChargeMode = l.mode },
	"day":                func(e *LedgerEntry, _ string, l *billLine) { e.Day = l.date() },
	"bill_type":          func(e *LedgerEntry, _ string, l *billLine) { e.BillType = l.kind },
}

// usualKeys are the keys of the world's ledger.
var usualKeys = []string{"month", "customer", "service_type", "resource_type", "region", "enterprise_project", "charge_mode", "bill_type"}

// projectText is the id of the enterprise project of a line as text.
func (b *billed) projectText() string {
	if b.allocated {
		return b.project
	}

	return unallocated
}

// ledgerKey sets the field that lines are grouped by; nil for an unknown one.
func ledgerKey(name string) func(*LedgerEntry, string, *billLine) {
	if key, is := strings.CutPrefix(name, "tag:"); is {
		return func(e *LedgerEntry, _ string, l *billLine) { e.Tag = l.tags()[key] }
	}

	return ledgerKeys[name]
}

// Ledger adds up all lines of bills, exactly, by any of month, day, customer,
// service_type, resource_type, region, enterprise_project, resource,
// charge_mode, bill_type and one tag:KEY; without keys, into one entry. An
// unknown key is an error.
func (s *Server) Ledger(keys ...string) ([]LedgerEntry, error) {
	for _, key := range keys {
		if ledgerKey(key) == nil {
			return nil, fmt.Errorf("ledger: unknown key %q", key)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.settle()

	return s.world.accounts().addUp(keys), nil
}

// total adds without overflow.
type total struct {
	entry LedgerEntry
	sums  [moneyKinds]big.Int
}

func (b *books) addUp(keys []string) []LedgerEntry {
	totals := map[LedgerEntry]*total{}
	var part big.Int
	for month, lines := range b.months {
		for _, line := range lines {
			var key LedgerEntry
			for _, name := range keys {
				ledgerKey(name)(&key, month, line)
			}
			t := totals[key]
			if t == nil {
				t = &total{entry: key}
				totals[key] = t
			}
			t.entry.Count++
			if line.moneys.consumed() == 0 {
				t.entry.ZeroCount++
			}
			for kind, amount := range line.moneys {
				t.sums[kind].Add(&t.sums[kind], part.SetInt64(int64(amount)))
			}
		}
	}
	entries := make([]LedgerEntry, 0, len(totals))
	for _, t := range totals {
		entries = append(entries, t.finish())
	}
	slices.SortFunc(entries, compareEntries)

	return entries
}

func (t *total) finish() LedgerEntry {
	amounts := [moneyKinds]Amount{}
	consumed := new(big.Int)
	for kind := range t.sums {
		amounts[kind] = unscaled(&t.sums[kind])
		if kind >= moneyCash {
			consumed.Add(consumed, &t.sums[kind])
		}
	}
	entry := t.entry
	entry.Official, entry.Discount, entry.Consume = amounts[moneyOfficial], amounts[moneyDiscount], unscaled(consumed)
	entry.Cash, entry.Credit, entry.Coupon = amounts[moneyCash], amounts[moneyCredit], amounts[moneyCoupon]
	entry.Flexi, entry.Stored, entry.Bonus = amounts[moneyFlexi], amounts[moneyStored], amounts[moneyBonus]
	entry.Debt, entry.Adjustment = amounts[moneyDebt], amounts[moneyAdjustment]

	return entry
}

func unscaled(units *big.Int) Amount {
	return amountOf(new(big.Rat).SetFrac(units, big.NewInt(int64(fineUnit))))
}

func compareEntries(a, b LedgerEntry) int {
	return cmp.Or(
		cmp.Compare(a.Month, b.Month), cmp.Compare(a.CustomerID, b.CustomerID), cmp.Compare(a.ServiceType, b.ServiceType),
		cmp.Compare(a.ResourceType, b.ResourceType), cmp.Compare(a.Region, b.Region), cmp.Compare(a.EnterpriseProject, b.EnterpriseProject),
		cmp.Compare(a.ResourceID, b.ResourceID), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Tag, b.Tag),
		cmp.Compare(a.ChargeMode, b.ChargeMode), cmp.Compare(a.BillType, b.BillType),
	)
}

// totals is the ledger of the world, added up once.
func (b *books) totals() []LedgerEntry {
	if b.ledger == nil {
		b.ledger = b.addUp(usualKeys)
	}

	return b.ledger
}
