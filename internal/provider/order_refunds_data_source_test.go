// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const pathRefunds = "/v2/orders/customer-orders/refund-orders"

func TestAccOrderRefunds(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"china", "international", "europe"} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: site})
			w.console("add_resource", map[string]any{"resource_id": "r1", "monthly_price": "30.00"})
			id := fmt.Sprint(w.console("unsubscribe", map[string]any{"resource_id": "r1", "refund": "20.25"})["order_id"])
			w.shows(t, fmt.Sprintf(`data "bss_order_refunds" "this" { order_id = %q }`, id), map[string]shown{"data.bss_order_refunds.this": {
				"total_count": 1, "refunds.0.amount": amount("-20.25"), "refunds.0.service_type_code": "hws.service.type.ec2",
				"total":  shown{"net_refund_amount": amount("20.25"), "refunded_amount": amount("20.25"), "retained_amount": amount("0")},
				"totals": elements(1), "totals.0.net_refund_amount": amount("20.25"),
			}})
			w.readOnly("get_refund_order")
		})
	}
}

func TestOrderRefundsShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "get_refund_order", 100, map[string]any{"total_count": 1, "refund_infos.0.measure_id": "1"})
	read := mustRead(
		t,
		answering(t, "international", map[string]any{pathRefunds: document.body}),
		"bss_order_refunds",
		attributes{"order_id": str("CS1")},
	)
	read.shows(t, document.leaves, strings.NewReplacer(".refund_infos.", ".refunds.", ".id.", ".refund_id."))
}

// TestOrderRefundsSums adds up by the order that was paid, and by the sign.
func TestOrderRefundsSums(t *testing.T) {
	t.Parallel()

	row := func(order string, amount any) map[string]any {
		return map[string]any{"base_order_id": order, "amount": amount}
	}
	rows := []any{row("CS2", "-10.01"), row("CS1", "-5"), row("CS2", "1.001"), row("CS1", "7"), row("", "-0.1")}
	read := func(rows []any) state {
		return mustRead(t, answering(t, "china", map[string]any{pathRefunds: map[string]any{"total_count": len(rows), "refund_infos": rows}}),
			"bss_order_refunds", attributes{"order_id": str("CS9")})
	}

	read(rows).want(t, map[string]string{
		"total.net_refund_amount": "7.109", "total.refunded_amount": "15.11", "total.retained_amount": "8.001", "totals": "3 elements",
		"totals.0.base_order_id": "null", "totals.0.net_refund_amount": "0.1",
		"totals.1.base_order_id": "CS1", "totals.1.net_refund_amount": "-2", "totals.1.retained_amount": "7",
		"totals.2.base_order_id": "CS2", "totals.2.net_refund_amount": "9.009", "total_count": "5",
	})
	// A sum without one of its amounts is none.
	read(append(rows, row("CS1", nil))).want(t, map[string]string{
		"total.net_refund_amount":    "null",
		"total.refunded_amount":      "null",
		"totals.1.net_refund_amount": "null",
		"totals.2.net_refund_amount": "9.009",
		"refunds.5.amount":           "null",
	})
	read(nil).want(t, map[string]string{"refunds": "0 elements", "totals": "0 elements", "total.net_refund_amount": "0", "total_count": "0"})
}

// TestOrderRefundsOfAnotherOrder is refused at the order.
func TestOrderRefundsOfAnotherOrder(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	_, diags := readData(t, w, "bss_order_refunds", nil, attributes{"order_id": str("CS2611220000001")})
	diags.says(t, "order_id", "CBC.99005026", "Only the order of an unsubscription or of a downgrade has refunds")
}
