// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccInvoices(t *testing.T) {
	t.Parallel()

	for site, currency := range map[string]any{"international": "USD", "europe": nil} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: site, Settings: map[string]string{"page_most": "2"}})
			issue := func(id string, fields map[string]any) {
				fields["requestId"] = id
				w.console("add_invoice", map[string]any{"apply_time": "-1h", "fields": fields})
			}
			issue("I1", map[string]any{
				"invoiceAmount": "100.01",
				"invoiceState":  8,
				"invoiceMethod": 0,
				"billCycle":     "2026-10",
				"requestMode":   "0",
				"titleType":     0,
				"invoiceType":   0,
				"tradeType":     4,
				"taxList":       []any{map[string]any{"taxClass": "GST", "taxAmount": 9, "taxVisibleFlag": "Y", "taxAccountingFlag": "?"}},
				"email":         "secret@example.com",
			})
			issue(
				"I2",
				map[string]any{
					"invoiceAmount": 0.02,
					"invoiceState":  8,
					"invoiceMethod": 2,
					"billCycle":     "2026-10",
					"requestMode":   "0",
					"taxList":       nil,
				},
			)
			issue("I3", map[string]any{"invoiceAmount": 50, "invoiceState": 9, "invoiceMethod": 2, "requestMode": "2"})
			issue("I4", map[string]any{"invoiceAmount": 50, "invoiceState": 9, "invoiceMethod": 2, "requestMode": "1", "srcRequestId": "I3"})
			issue("I5", map[string]any{"invoiceState": 99, "requestMode": "7", "cancelReason": "Wrong title"})

			w.shows(t, `
data "bss_invoices" "all" {
  start_time = "2026-01-01T00:00:00Z"
  end_time   = "2100-01-01T00:00:00Z"
}
data "bss_invoices" "none" {
  start_time = "2026-01-01T00:00:00+08:00"
  end_time   = "2026-01-01T00:00:00+08:00"
}`, map[string]shown{
				"data.bss_invoices.all": {
					"total_count": 5, "return_count": 1, "currency": currency,
					"by_state.completed.amount": amount("100.03"), "by_state.completed.count": 2, "by_state.returned.count": 1,
					"by_state.returned.amount": amount("50"), "by_state.unknown(99).amount": nil, "by_state.unknown(99).count": 1,
					"by_method.order.amount": amount("50.02"), "by_method.none.count": 1, "by_bill_cycle.2026-10.amount": amount("100.03"),
					"by_bill_cycle.none.count": 2, "by_bill_cycle.none.amount": nil,
					"invoices.0.title_type": "individual", "invoices.0.type": "special_vat", "invoices.0.trade_type": "unsettled_amount",
					"invoices.0.taxes.0.is_visible": true, "invoices.0.taxes.0.is_accounting": nil, "invoices.1.taxes": []string{},
					"invoices.3.request_mode": "return", "invoices.3.src_request_id": "I3", "invoices.4.request_mode": "unknown(7)",
					"invoices.4.cancel_reason": "Wrong title", "invoices.4.invoice_amount": nil, "invoices.4.state": "unknown(99)",
				},
				"data.bss_invoices.none": {"total_count": 0, "invoices": []string{}, "return_count": 0},
			})
			w.readOnly("list_invoices", "list_auth_domains")

			// Terraform read it twice: three pages each, and the account once a run.
			if got := w.called("list_invoices"); got%4 != 0 {
				t.Errorf("%d calls for pages of two", got)
			}
		})
	}
}

// TestInvoicesAccount: the account stands in the address. If domain_id is set, nobody
// has to be asked for it.
func TestInvoicesAccount(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "international"})
	window := attributes{"start_time": str("2026-01-01T00:00:00Z"), "end_time": str("2026-12-31T00:00:00Z")}

	if _, diags := readData(t, w, "bss_invoices", attributes{"domain_id": str(w.World().CustomerID)}, window); diags.failed() {
		t.Error(diags)
	}

	if diff := cmp.Diff([]string{"list_invoices"}, w.calls()); diff != "" {
		t.Error(diff)
	}

	addFault(t, w, bsssim.Fault{Operation: "list_auth_domains", Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151", Times: -1})

	_, diags := readData(t, w, "bss_invoices", nil, window)
	diags.says(t, "", "CBC.0151")

	if got := w.called("list_invoices"); got != 1 {
		t.Errorf("%d calls of list_invoices", got)
	}
}

func TestInvoicesOnChina(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	window := attributes{"start_time": str("2026-01-01T00:00:00Z"), "end_time": str("2026-12-31T00:00:00Z")}
	_, diags := readData(t, w, "bss_invoices", nil, window)
	diags.says(t, "", "only international or europe has it", "`bss_monthly_bills` has what is billed")

	if got := w.called("list_invoices"); got != 0 {
		t.Error(fmt.Sprint(got, " calls"))
	}
}
