// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"
)

// Usage is a pay-per-use resource: from Since until Until, which is zero while
// it goes on. Settlement says how often it is billed: hour, for each full hour
// of the clock, or day, at the end of each day of UTC+8. What it costs is owed;
// no account is charged.
type Usage struct {
	Resource    Resource  `json:"resource"`
	HourlyPrice Amount    `json:"hourly_price"`
	Settlement  string    `json:"settlement"`
	Since       time.Time `json:"since"`
	Until       time.Time `json:"until,omitzero"`
}

// hoursOfMonth turn the price of a month into that of an hour.
const hoursOfMonth = 720

const (
	settleHour = "hour"
	settleDay  = "day"
)

// becomePayPerUse lets a resource go on as pay-per-use from a time on.
func (w *world) becomePayPerUse(r *Resource, since time.Time) {
	used := *r
	used.Status, used.OrderIDs, used.Refusals, used.KnownAfter = resourceInUse, nil, nil, nil
	hourly := new(big.Rat).Quo(r.price(periodMonth).rat(), big.NewRat(hoursOfMonth, 1))
	price, _ := parseAmount(hourly.FloatString(fineDecimals))
	w.use(&Usage{Resource: used, HourlyPrice: price, Settlement: settleHour, Since: since})
}

func (w *world) use(u *Usage) {
	w.Usage = append(w.Usage, u)
	w.books, w.dirty = nil, true
}

// endUsage ends the use of a resource now.
func (w *world) endUsage(id string) {
	for _, u := range w.Usage {
		if u.Resource.ResourceID == id && u.Until.IsZero() {
			u.Until = w.clock.now()
			w.books, w.dirty = nil, true
		}
	}
}

// addUsage is the act that starts pay-per-use.
func addUsage(w *world, data []byte) (map[string]any, error) {
	var request struct {
		resourceSpec

		HourlyPrice Amount         `json:"hourly_price"`
		Settlement  string         `json:"settlement"`
		Since       instantOrDelay `json:"since"`
		Until       instantOrDelay `json:"until"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	now := w.clock.now().Truncate(time.Second)
	u := &Usage{HourlyPrice: request.HourlyPrice, Settlement: request.Settlement}
	var err error
	if u.Since, err = request.Since.at(now, now); err != nil {
		return nil, err
	}
	if u.Until, err = request.Until.at(now, time.Time{}); err != nil {
		return nil, err
	}
	if price, ok := fineOf(u.HourlyPrice); !ok || price <= 0 {
		return nil, errors.New("hourly_price: required, with 8 decimals at most")
	}
	switch u.Settlement {
	case "":
		u.Settlement = settleHour
	case settleHour, settleDay:
	default:
		return nil, fmt.Errorf("settlement: %q is neither hour nor day", u.Settlement)
	}
	u.Resource = request.resource(u.Since)
	u.Resource.Status = resourceInUse
	u.Resource.complete(w)
	w.use(u)

	return map[string]any{"resource_id": u.Resource.ResourceID}, nil
}

// endUsageNow is the act that ends it.
func endUsageNow(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID string `json:"resource_id"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(w.Usage, func(u *Usage) bool { return u.Resource.ResourceID == request.ResourceID && u.Until.IsZero() }) {
		return nil, fmt.Errorf("resource %q is not used", request.ResourceID)
	}
	w.endUsage(request.ResourceID)

	return map[string]any{"resource_id": request.ResourceID}, nil
}

// billUsage makes the lines of what was used and is billed by now.
func (w *world) billUsage(b *bookkeeper, now time.Time) {
	for _, u := range w.Usage {
		about := b.about(w.describe(&u.Resource))
		price, _ := fineOf(u.HourlyPrice)
		for from := u.Since; ; {
			next := u.settledAt(from)
			if next.After(now) && (u.Until.IsZero() || u.Until.After(now)) || !u.Until.IsZero() && !from.Before(u.Until) {
				break
			}
			until := next
			if !u.Until.IsZero() && u.Until.Before(until) {
				until = u.Until
			}
			b.lines = append(b.lines, u.line(about, price, from, until, next))
			from = next
		}
	}
}

// settledAt is the end of the settlement that a time belongs to.
func (u *Usage) settledAt(from time.Time) time.Time {
	if u.Settlement == settleHour {
		return from.Truncate(time.Hour).Add(time.Hour)
	}
	year, month, date := from.In(utc8).Date()

	return time.Date(year, month, date+1, 0, 0, 0, 0, utc8).UTC()
}

// line is the line of one settlement. All charges of a resource on one day are
// one trade.
func (u *Usage) line(about *billed, price fine, from, until, settled time.Time) *billLine {
	seconds := until.Unix() - from.Unix()
	amount := price.times(seconds, 3600)
	line := &billLine{
		billed: about, id: fmt.Sprintf("%s-%d", u.Resource.ResourceID, from.Unix()),
		trade: "TU" + dateOf(from.Unix()) + "-" + u.Resource.ResourceID, kind: billUse, mode: modePayPerUse,
		period: billHour, number: 1, consume: from.Unix(), traded: settled.Unix(), effective: from.Unix(), expire: until.Unix(),
		usage: fineUnit.times(seconds, 3600), unitPrice: price,
	}
	if u.Settlement == settleDay {
		line.period = billDay
	}
	line.moneys[moneyOfficial], line.moneys[moneyDebt] = amount, amount

	return line
}
