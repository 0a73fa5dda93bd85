// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestUsage95 is about operations that only China has.
func TestUsage95(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	line := tree{
		"bill_cycle": "2026-10", "service_type_code": "hws.service.type.vpc", "resource_type_code": "hws.resource.type.bandwidth",
		"usage_type": "95peak_plus", "offset": 0, "limit": 1000,
	}
	const figures = `"actual_days": "31.00000000000000000000", "band_width": "96.666", "monthly_guaranteed_band_width": "20.000",
		"monthly_peak_band_width": "200.000", "band_width_measure_id": 15`
	expect(t, c.call(t, "list_usage95_summary", line),
		`{"total_count": 1, "summary_usage_info_list": [{"resource_id": "office-line", `+figures+`}]}`)
	line["resource_id"], line["offset"], line["limit"] = "office-line", 144, 1
	expect(t, c.call(t, "list_usage95_details", line), `{"total_count": 8928, `+figures+`, "usage_info_list": [
		{"stat_time": "2026-10-01T04:00:00Z", "guaranteed_band_width": "20.000", "usage": "100.000", "measure_id": 15}]}`)
	line["bill_cycle"] = "2026-11"
	expect(t, c.call(t, "list_usage95_details", line), `{"usage_info_list": [{"stat_time": "2026-11-01T04:00:00Z"}]}`)
}

// TestInvoices is about an operation that China does not have.
func TestInvoices(t *testing.T) {
	t.Parallel()
	for _, site := range []string{bsssim.SiteInternational, bsssim.SiteEurope} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			c := demo(t, site)
			c.sim.Advance(14 * 24 * time.Hour)
			c.console(t, "add_invoice", map[string]any{"fields": map[string]any{
				"requestId": "IR1", "invoiceState": 9, "requestMode": "1", "srcRequestId": "IR0", "invoiceAmount": 136.8,
				"taxList": []any{map[string]any{"taxClass": "GST", "subTaxClass": "SGST", "taxRate": "0.09", "taxAmount": 11.3}},
			}})
			all := tree{"start_time": "2026-09-01T00:00:00Z", "end_time": "2026-12-31T00:00:00Z", "offset": 1, "limit": 100}
			expect(t, c.call(t, "list_invoices", all), `{"count": 3, "invoices": [
				{"requestId": "IR0000000000", "invoiceMethod": 1, "invoiceAmount": 1000},
				{"requestId": "IM2026-11", "invoiceState": 8, "invoiceMethod": 0, "billCycle": "2026-11", "applyTime": "2026-12-05T02:00:00Z",
					"addressInfo": {"recipients": "Demo Clerk"}, "taxList": []},
				{"requestId": "IR1", "invoiceState": 9, "requestMode": "1", "srcRequestId": "IR0", "invoiceAmount": 136.8,
					"taxList": [{"taxClass": "GST", "subTaxClass": "SGST", "taxRate": "0.09", "taxAmount": 11.3}]}]}`)
			all["offset"], all["limit"] = 3, 1
			expect(t, c.call(t, "list_invoices", all), `{"count": 3, "invoices": [{"requestId": "IR1"}]}`)
			all["offset"] = 0
			_, _, err := c.try(t, "list_invoices", all)
			c.refused(t, err, 400, "CBC.0100")
		})
	}
}
