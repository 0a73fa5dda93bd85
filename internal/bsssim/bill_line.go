// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "time"

// billed is what a line is about. It is comparable, and lines about the same
// share it.
type billed struct {
	customer, account           string
	payer                       string
	resource, parent, name, tag string
	service, resourceType       string
	region                      string
	product, spec, specDesc     string
	size                        fine
	sizeMeasure                 int
	project, projectName        string
	allocated                   bool // to an enterprise project
}

// The parts of an amount, in the order of moneys.
const (
	moneyOfficial = iota
	moneyDiscount
	moneyCash
	moneyCredit
	moneyCoupon
	moneyFlexi
	moneyStored
	moneyBonus
	moneyDebt
	moneyAdjustment
	moneyKinds
)

// moneys are the amounts of a line. What is consumed is the official amount
// less the discount, and the sum of all parts from the cash on.
type moneys [moneyKinds]fine

func (m *moneys) consumed() fine {
	var sum fine
	for _, part := range m[moneyCash:] {
		sum += part
	}

	return sum
}

func (m *moneys) add(other *moneys) {
	for i, part := range other {
		m[i] += part
	}
}

// charged are the amounts that an account is charged: each part cut to cents.
// The rest is what has been cut off.
func (m *moneys) charged() (cut moneys, rest fine) {
	cut = *m
	for i := moneyCash; i < moneyKinds; i++ {
		cut[i] = m[i].cents()
	}

	return cut, m.consumed() - cut.consumed()
}

// Charge modes and period types of bills.
const (
	modePrepaid   = 1
	modePayPerUse = 3
	modeReserved  = 10

	billOnce  = 5
	billYear  = 19
	billMonth = 20
	billDay   = 24
	billHour  = 25
)

// Bill types.
const (
	billPurchase     = 1
	billRenewal      = 2
	billChange       = 3
	billUnsubscribe  = 4
	billUse          = 5
	billAutoRenewal  = 8
	billCompensation = 9
)

// billLine is the finest record of a bill. Times are seconds since 1970, zero
// when there is none.
type billLine struct {
	*billed
	id, trade, order, combined string
	kind, mode, period, number int
	consume, traded            int64
	effective, expire          int64
	usage, free, unitPrice     fine // free is the part of the usage that packages cover
	moneys                     moneys
}

// date is the day of a line.
func (l *billLine) date() string { return dateOf(l.consume) }

// dateOf is the UTC+8 date of a time.
func dateOf(seconds int64) string { return time.Unix(seconds, 0).In(utc8).Format(time.DateOnly) }

// monthOf is the billing month of a time.
func monthOf(t time.Time) string { return t.In(utc8).Format("2006-01") }

// monthBegin is the begin of a billing month, which was checked.
func monthBegin(month string) time.Time {
	begin, err := time.ParseInLocation("2006-01", month, utc8)
	if err != nil {
		panic(err)
	}

	return begin
}

func wireSeconds(seconds int64) string {
	if seconds == 0 {
		return ""
	}

	return wireInstant(time.Unix(seconds, 0))
}

// Coarse bill types of monthly sums.
const (
	sumExpenditure = 1
	sumRefund      = 2
	sumAdjustment  = 3
)

func coarse(kind int) int {
	switch kind {
	case billUnsubscribe, 20, 24, 100:
		return sumRefund
	case billCompensation, 16, 101, 102:
		return sumAdjustment
	default:
		return sumExpenditure
	}
}

// Payment states of charges.
const (
	statusPaid      = 1
	statusUnsettled = 2
)

func (l *billLine) status() int {
	if l.moneys[moneyDebt] != 0 {
		return statusUnsettled
	}

	return statusPaid
}
