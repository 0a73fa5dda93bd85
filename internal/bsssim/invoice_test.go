// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

const (
	invoiceWindow = "/payments/intl-invoices?start_time=2024-01-01T00:00:00Z&end_time=2027-06-01T00:00:00Z"
	invoicesPath  = "/v1.0/" + domainID + invoiceWindow
)

// Each month has one invoice, of the cash, credit and debt of its monthly bill.
func TestInvoicesEqualTheBills(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteInternational, Generate: Generate{BillLines: 900}}).rich(t)
	c.pay(t, c.placeID(t, map[string]any{"amount": "136.80"})).want(t, http.StatusNoContent)
	c.Advance(time.Date(2026, 12, 5, 2, 0, 0, 0, time.UTC).Sub(testStart) - time.Minute)
	same(t, "before the fifth", c.get(t, invoicesPath+"&limit=100&offset=1").column("invoices", "billCycle"), []string{"2026-09", "2026-10"})
	c.Advance(time.Minute)
	answer := c.get(t, invoicesPath+"&limit=100&offset=1")
	same(t, "months", answer.column("invoices", "billCycle"), []string{"2026-09", "2026-10", "2026-11"})
	for i, month := range answer.column("invoices", "billCycle") {
		bill := c.get(t, sumPath+month+"&method=oneself&limit=1")
		var money Amount = "0.00"
		for _, kind := range []string{"cash_amount", "credit_amount", "debt_amount"} {
			money = money.plus(Amount(bill.text(kind)))
		}
		same(t, month, answer.text("invoices", i, "invoiceAmount"), string(money))
		same(t, month, answer.text("invoices", i, "applyTime")[8:], "05T02:00:00Z")
	}
	same(t, "states", fmt.Sprint(answer.column("invoices", "invoiceState")), "[8 8 1]")
	c.Advance(24 * time.Hour)
	same(t, "completed", c.get(t, invoicesPath+"&limit=100&offset=1").text("invoices", 2, "invoiceState"), "8")
}

func TestInvoicePages(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteEurope})
	for i := range 5 {
		c.act(
			t,
			"add_invoice",
			map[string]any{"apply_time": fmt.Sprintf("-%dh", 10-i), "fields": map[string]any{"invoiceAmount": i, "requestMode": "1"}},
		)
	}
	same(t, "all", c.get(t, invoicesPath+"&limit=100&offset=1").text("count"), "5")
	same(t, "second page", c.get(t, invoicesPath+"&limit=2&offset=2").column("invoices", "invoiceAmount"), []string{"2", "3"})
	same(t, "last page", c.get(t, invoicesPath+"&limit=2&offset=3").column("invoices", "requestId"), []string{"IR0000000005"})
	same(t, "behind it", len(c.get(t, invoicesPath+"&limit=2&offset=4").column("invoices", "requestId")), 0)
	for _, query := range []string{"", "&limit=2", "&limit=2&offset=0", "&limit=101&offset=1", "&limit=1&offset=1&billCycle=2026-10"} {
		c.must(t, http.MethodGet, invoicesPath+query, "").refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c.must(t, http.MethodGet, "/v1.0/0123"+invoiceWindow+"&limit=1&offset=1", "").
		refused(t, http.StatusForbidden, "CBC.0155")
	start(t, Options{Site: SiteChina}).must(t, http.MethodGet, invoicesPath+"&limit=1&offset=1", "").want(t, http.StatusNotFound)
}
