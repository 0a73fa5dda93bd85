// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// ledgerRow is an amount of the simulator's ledger, with what it is grouped by.
type ledgerRow struct {
	month, customer, service, mode, kind, resource, project, tag string
	amount, list, discount, rounding                             *big.Rat
}

// billedRows are the bills as they have to be, from the ledger: each way of paying is cut
// to cents, by month, account, service, type of resource, charge mode and kind of bill.
func billedRows(t *testing.T, w *world) []ledgerRow {
	t.Helper()

	entries, err := w.Ledger("month", "customer", "service_type", "resource_type", "charge_mode", "bill_type")
	if err != nil {
		t.Fatal(err)
	}

	type key struct{ month, customer, service, resourceType, mode, kind string }

	kinds := map[int]string{4: "refund", 9: "adjustment"}
	modes := map[int]string{1: "yearly_monthly", 3: "pay_per_use", 10: "reserved_instance"}
	sums := map[key][10]*big.Rat{}

	for _, entry := range entries {
		of := key{
			entry.Month, entry.CustomerID, entry.ServiceType, entry.ResourceType, modes[entry.ChargeMode],
			cmp.Or(kinds[entry.BillType], "expenditure"),
		}
		sum := sums[of]

		for i, part := range []bsssim.Amount{
			entry.Official, entry.Discount, entry.Cash, entry.Credit, entry.Coupon, entry.Flexi, entry.Stored, entry.Bonus, entry.Debt,
			entry.Adjustment,
		} {
			if sum[i] == nil {
				sum[i] = new(big.Rat)
			}

			sum[i].Add(sum[i], rational(t, string(part)))
		}

		sums[of] = sum
	}

	var rows []ledgerRow

	for of, sum := range sums {
		row := ledgerRow{
			month: of.month, customer: of.customer, service: of.service, mode: of.mode, kind: of.kind,
			list: sum[0], discount: sum[1], amount: new(big.Rat), rounding: new(big.Rat),
		}

		for _, part := range sum[2:] {
			cents := new(big.Rat).Mul(part, big.NewRat(100, 1))
			cut := new(big.Rat).SetFrac(new(big.Int).Quo(cents.Num(), cents.Denom()), big.NewInt(100))
			row.amount.Add(row.amount, cut)
			row.rounding.Add(row.rounding, new(big.Rat).Sub(part, cut))
		}

		rows = append(rows, row)
	}

	return rows
}

// lineRows are the lines of the bills of some months, with all their decimals.
func lineRows(t *testing.T, w *world, months []string) []ledgerRow {
	t.Helper()

	entries, err := w.Ledger("month", "resource", "service_type", "enterprise_project", "bill_type", "tag:team")
	if err != nil {
		t.Fatal(err)
	}

	var rows []ledgerRow

	for _, entry := range entries {
		if slices.Contains(months, entry.Month) {
			rows = append(rows, ledgerRow{
				service: entry.ServiceType, resource: entry.ResourceID, project: entry.EnterpriseProject, tag: entry.Tag,
				kind: big.NewInt(int64(entry.BillType)).String(), amount: rational(t, string(entry.Consume)),
			})
		}
	}

	return rows
}

// reportSum is what belongs together, with charges and refunds apart.
type reportSum struct {
	key                                             string
	charges, refunds, net, list, discount, rounding *big.Rat
}

func newReportSum(key string) *reportSum {
	return &reportSum{key, new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)}
}

// weight is what the rows of a table are sorted by.
func (s *reportSum) weight() *big.Rat {
	refunds := new(big.Rat).Neg(s.refunds)
	if s.charges.Cmp(refunds) > 0 {
		return s.charges
	}

	return refunds
}

// sumsBy adds rows up by a key, the largest first. What agrees in netted is one amount,
// which is a charge or a refund.
func sumsBy(rows []ledgerRow, key, netted func(ledgerRow) string) []*reportSum {
	amounts := map[[2]string]*big.Rat{}
	sums := map[string]*reportSum{}

	for _, row := range rows {
		of := key(row)
		if sums[of] == nil {
			sums[of] = newReportSum(of)
		}

		group := [2]string{of, netted(row)}
		if amounts[group] == nil {
			amounts[group] = new(big.Rat)
		}

		amounts[group].Add(amounts[group], row.amount)

		if row.list != nil {
			sums[of].list.Add(sums[of].list, row.list)
			sums[of].discount.Sub(sums[of].discount, row.discount)
			sums[of].rounding.Sub(sums[of].rounding, row.rounding)
		}
	}

	for group, amount := range amounts {
		sum := sums[group[0]]
		sum.net.Add(sum.net, amount)

		if amount.Sign() > 0 {
			sum.charges.Add(sum.charges, amount)
		} else {
			sum.refunds.Add(sum.refunds, amount)
		}
	}

	var sorted []*reportSum
	for _, sum := range sums {
		sorted = append(sorted, sum)
	}

	slices.SortFunc(sorted, func(a, b *reportSum) int { return cmp.Or(b.weight().Cmp(a.weight()), strings.Compare(b.key, a.key)) })

	return sorted
}

// totalOf adds sums up.
func totalOf(sums []*reportSum) *reportSum {
	total := newReportSum("total")

	for _, sum := range sums {
		total.charges.Add(total.charges, sum.charges)
		total.refunds.Add(total.refunds, sum.refunds)
		total.net.Add(total.net, sum.net)
		total.list.Add(total.list, sum.list)
		total.discount.Add(total.discount, sum.discount)
		total.rounding.Add(total.rounding, sum.rounding)
	}

	return total
}

// shownAmount is an amount as the page shows it.
func shownAmount(t *testing.T, amount *big.Rat) string {
	t.Helper()

	return paged(t, amount.FloatString(2))
}

// percent is a part of a whole as the page shows it.
func percent(part, whole *big.Rat) string {
	share := new(big.Rat).Quo(part, whole)

	return share.Mul(share, big.NewRat(100, 1)).FloatString(1) + "\u00a0%"
}

// change is the difference of an amount to the one before it, as the page shows it.
func change(t *testing.T, before, now *big.Rat) string {
	t.Helper()

	difference := new(big.Rat).Sub(now, before)
	text := shownAmount(t, difference)

	if difference.Cmp(big.NewRat(1, 200)) >= 0 {
		text = "+" + text
	}

	tenfold := new(big.Rat).Mul(before, big.NewRat(10, 1))
	if before.Sign() <= 0 || new(big.Rat).Abs(now).Cmp(tenfold) >= 0 {
		return text + " (from\u00a0" + shownAmount(t, before) + ")"
	}

	relative := percent(difference, before)
	if difference.Sign() >= 0 {
		relative = "+" + relative
	}

	return text + " (" + relative + ")"
}
