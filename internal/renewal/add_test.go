// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal

import (
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// TestAdd: of the payments of several orders, the one that is farthest behind speaks
// for all, whatever their order.
func TestAdd(t *testing.T) {
	t.Parallel()

	for statuses, want := range map[string]string{
		"completed": "processing", "processing": "processing", "completed completed": "processing", "unconfirmed": "unconfirmed",
		"completed unconfirmed": "unconfirmed", "unconfirmed completed": "unconfirmed", "awaiting_payer unconfirmed": "awaiting_payer",
		"unconfirmed awaiting_payer": "awaiting_payer", "completed awaiting_payer completed": "awaiting_payer",
	} {
		var receipt Receipt

		for i, status := range strings.Fields(statuses) {
			receipt.add(payment.Receipt{
				OrderID: strings.Repeat("I", i+1), Status: status, Currency: "USD", AccountID: "account",
				AmountPaid: simtest.Decimal(t, "120"), PaymentTime: "2026-12-0" + string(rune('3'-i)),
			})
		}

		receipt.add(payment.Receipt{OrderID: "unpaid", Status: "processing"})

		if receipt.Status != want || receipt.PaymentTime != "2026-12-03" || len(receipt.OrderIDs) != len(strings.Fields(statuses))+1 ||
			!receipt.AmountPaid.Equal(simtest.Decimal(t, map[int]string{1: "120", 2: "240", 3: "360"}[len(strings.Fields(statuses))])) {
			t.Errorf("%s: %+v", statuses, receipt)
		}
	}
}
