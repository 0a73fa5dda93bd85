// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// Invoice is one that the console has issued, beside those of the months. Fields are
// those of the answer, and there may be any.
type Invoice struct {
	ApplyTime time.Time      `json:"apply_time"`
	Fields    map[string]any `json:"fields"`
}

// States of an invoice, and what one is of.
const (
	invoicePending   = 1
	invoiceCompleted = 8

	invoiceOfCycle   = 0
	invoiceOfPayment = 1
)

// addInvoice is the act that issues one.
func addInvoice(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ApplyTime instantOrDelay `json:"apply_time"`
		Fields    map[string]any `json:"fields"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	at, err := request.ApplyTime.at(w.clock.now(), w.clock.now())
	if err != nil {
		return nil, err
	}
	fields := map[string]any{"requestId": fmt.Sprintf("IR%010d", w.next("invoice"))}
	maps.Copy(fields, request.Fields)
	w.Invoices = append(w.Invoices, &Invoice{ApplyTime: at.Truncate(time.Second), Fields: fields})

	return map[string]any{"requestId": fields["requestId"]}, nil
}

// invoices are those of the console and of the months whose bills are final, in the
// order of time. That of a month is of all the money that the account was charged or
// owes for it, which is what its monthly bill says; it is negative where more came
// back than was spent. It is asked for at 10:00 (UTC+8) on the fifth of the next month, and completed a
// day later.
func (w *world) invoices() []*Invoice {
	now := w.clock.now()
	all := slices.Clone(w.Invoices)
	books := w.accounts()
	for month := range books.months {
		asked := monthBegin(month).AddDate(0, 1, 4).Add(10 * time.Hour)
		if now.Before(asked) {
			continue
		}
		var total fine
		for _, row := range books.view(viewKey{month: month, grouping: bySum, customer: w.CustomerID}) {
			cut, _ := row.moneys.charged()
			total += cut[moneyCash] + cut[moneyCredit] + cut[moneyDebt]
		}
		if total == 0 {
			continue
		}
		state := invoicePending
		if !now.Before(asked.AddDate(0, 0, 1)) {
			state = invoiceCompleted
		}
		all = append(all, &Invoice{ApplyTime: asked.UTC(), Fields: map[string]any{
			"requestId":     "IM" + month,
			"titleType":     1,
			"channelType":   0,
			"invoiceType":   1,
			"invoiceTitle":  "Demo Ltd",
			"invoiceAmount": total.charge(),
			"invoiceMethod": invoiceOfCycle,
			"invoiceClass":  1,
			"invoiceState":  state,
			"applyOpera":    "demo-clerk",
			"addressInfo":   map[string]any{"address": "1 Demo Road", "recipients": "Demo Clerk", "zipCode": "018956", "mobilePhone": "+6500000000"},
			"invoiceMode":   "0",
			"email":         "clerk@demo.example",
			"requestMode":   "0",
			"salesId":       "2",
			"invoiceNo":     "IN" + month,
			"tradeType":     4,
			"billCycle":     month,
			"taxList":       []any{},
		}})
	}
	slices.SortStableFunc(all, func(a, b *Invoice) int { return a.ApplyTime.Compare(b.ApplyTime) })

	return all
}

// listInvoices is an old call: camel case, and pages by their number.
func listInvoices(w *world, c *call) (answer, error) {
	if err := w.ownDomain(c); err != nil {
		return answer{}, err
	}
	from, until, err := c.window("start_time", "end_time")
	if err != nil {
		return answer{}, err
	}
	found := slices.DeleteFunc(w.invoices(), func(i *Invoice) bool { return !within(i.ApplyTime, from, until) })
	size := c.number("limit", 0)
	c.values["offset"] = int64((c.number("offset", 1) - 1) * size)
	list := []map[string]any{}
	for _, invoice := range page(c, found, size) {
		row := map[string]any{"applyTime": wireInstant(invoice.ApplyTime)}
		maps.Copy(row, invoice.Fields)
		list = append(list, row)
	}

	return answer{status: http.StatusOK, body: map[string]any{"count": len(found), "invoices": list}}, nil
}
