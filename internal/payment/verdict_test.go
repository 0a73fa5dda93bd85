// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

const paidAt = "2026-11-22T11:00:00Z"

// TestVerdicts: what the two calls show of an order decides whether it is paid,
// adopted, left alone or refused, and whether it is canceled.
func TestVerdicts(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		// status is that of the order; listed and detailed replace what one call shows.
		status           int
		listed, detailed map[string]any
		// pays is the status of the receipt, or what the refusal says.
		pays    string
		refused bool
		sends   int
		// cancels is empty where the order can be canceled.
		cancels  string
		canceled bool
	}{
		"unpaid":    {status: 6, pays: "completed", sends: 1},
		"delegated": {status: 6, listed: map[string]any{"agent_pay_info": map[string]any{"is_agent_pay": true}}, pays: "awaiting_payer"},
		"agent named only": {
			status: 6, listed: map[string]any{"agent_pay_info": map[string]any{"is_agent_pay": false}}, pays: "completed", sends: 1,
		},
		"approval":     {status: 1, pays: "waits for approval (status 1)", refused: true, cancels: "pending_approval"},
		"confirmation": {status: 9, pays: "waits for confirmation (status 9)", refused: true, cancels: "pending_confirmation"},
		"canceled":     {status: 4, pays: "is canceled", refused: true, canceled: true},
		"unknown":      {status: 17, pays: "unknown(17)", refused: true, cancels: "unknown(17)"},
		"no status": {
			status: 6, detailed: map[string]any{"status": 0}, refused: true, pays: "says nothing certain", cancels: "says nothing certain",
		},
		"refund":      {status: 2, pays: "pending_refund", cancels: "is paid (pending_refund)"},
		"processing":  {status: 3, pays: "processing", cancels: "is paid (processing)"},
		"completed":   {status: 5, pays: "completed", cancels: "is paid (completed)"},
		"shipment":    {status: 10, pays: "pending_shipment", cancels: "is paid"},
		"receipt":     {status: 11, pays: "pending_receipt", cancels: "is paid"},
		"pickup":      {status: 12, pays: "pending_pickup", cancels: "is paid"},
		"replacement": {status: 13, pays: "replacement_in_progress", cancels: "is paid"},

		"time in the list":       {status: 6, listed: map[string]any{"payment_time": paidAt}, pays: "pending_payment", cancels: "is paid"},
		"time in the details":    {status: 6, detailed: map[string]any{"payment_time": paidAt}, pays: "pending_payment", cancels: "is paid"},
		"paid in the list":       {status: 6, listed: map[string]any{"status": 5}, pays: "completed", cancels: "is paid"},
		"paid in the details":    {status: 6, detailed: map[string]any{"status": 3}, pays: "processing", cancels: "is paid (processing)"},
		"canceled after payment": {status: 4, detailed: map[string]any{"payment_time": paidAt}, pays: "canceled", cancels: "canceled after that"},
		"canceled in the list":   {status: 6, listed: map[string]any{"status": 4}, pays: "completed", sends: 1},
		"canceled in details":    {status: 6, detailed: map[string]any{"status": 4}, pays: "is canceled", refused: true, canceled: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(map[string]any{"status": test.status})

			for part, fields := range map[string]map[string]any{callList: test.listed, callDetails: test.detailed} {
				a.editOrder(part, func(shown map[string]any) {
					// Once it is paid, it shows as it is.
					if sent, _ := a.Calls("pay_order"); sent > 0 {
						return
					}

					for name, value := range fields {
						shown[name] = value
					}
				})
			}

			seen, err := a.payer.Cancelable(t.Context(), order)
			if test.cancels == "" && (err != nil || seen.Waits == test.canceled) {
				t.Errorf("cancelable: %+v, %v", seen, err)
			} else if test.cancels != "" {
				simtest.Refused(t, err, act.FieldOrderID, test.cancels)
			}

			quote, planned := a.payer.Quote(t.Context(), payment.Request{OrderID: order})
			receipt, _, err := a.pay(order, "42.50")

			a.sends(test.sends)

			if test.refused {
				simtest.Refused(t, planned, act.FieldOrderID, test.pays)
				simtest.Refused(t, err, act.FieldOrderID, test.pays)

				return
			}

			if planned != nil || quote.Pays != (test.sends > 0) || (len(quote.Warnings) == 0) != quote.Pays {
				t.Errorf("planned %+v, %v", quote, planned)
			}

			if err != nil || receipt.Status != test.pays || receipt.AmountPaid.IsNull() != (test.pays == payment.StatusAwaitingPayer) {
				t.Errorf("%+v, %v, want %s", receipt, err, test.pays)
			}
		})
	}
}

// TestAdopt: an import takes an order that is paid, and no other.
func TestAdopt(t *testing.T) {
	t.Parallel()

	a := newAccount(t, bsssim.Options{})

	receipt, err := a.payer.Adopt(t.Context(), a.place(map[string]any{"status": 5}))
	if err != nil || receipt.Status != payment.StatusCompleted || !receipt.AmountPaid.Equal(simtest.Decimal(t, "42.50")) {
		t.Errorf("%+v, %v", receipt, err)
	}

	for order, says := range map[string]string{
		a.place(nil): "an import never pays",
		a.place(map[string]any{"agent_pay": true}): "an import never pays",
		a.place(map[string]any{"status": 4}):       "is canceled",
		"CS404":                                    "has no order CS404",
	} {
		_, err := a.payer.Adopt(t.Context(), order)
		simtest.Refused(t, err, act.FieldOrderID, says)
	}

	a.sends(0)
}

// TestOtherRows: an answer with other orders in it, or with another one alone, is
// not taken for the order that was asked for.
func TestOtherRows(t *testing.T) {
	t.Parallel()

	other := func(order map[string]any) map[string]any {
		shown := map[string]any{}
		for name, value := range order {
			shown[name] = value
		}

		shown["order_id"], shown["status"], shown["payment_time"] = "CS1", 5, paidAt

		return shown
	}

	for name, test := range map[string]struct {
		rows  func(order map[string]any) []any
		sends int
	}{
		"before it":  {rows: func(order map[string]any) []any { return []any{other(order), order} }, sends: 1},
		"after it":   {rows: func(order map[string]any) []any { return []any{order, other(order)} }, sends: 1},
		"without it": {rows: func(order map[string]any) []any { return []any{other(order)} }},
		"spelled otherwise": {sends: 1, rows: func(order map[string]any) []any {
			id, _ := order["order_id"].(string)
			order["order_id"] = strings.ToLower(id)

			return []any{order}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			a := newAccount(t, bsssim.Options{})
			order := a.place(nil)

			a.Edit(callList, func(answer map[string]any) {
				list, _ := answer["order_infos"].([]any)
				if len(list) != 1 {
					return
				}

				if shown, ok := list[0].(map[string]any); ok {
					rows := test.rows(shown)
					answer["order_infos"], answer["total_count"] = rows, len(rows)
				}
			})

			_, _, err := a.pay(order, "42.50")
			if test.sends == 0 {
				simtest.Refused(t, err, act.FieldOrderID, "has no order")
			} else if err != nil {
				t.Error(err)
			}

			a.sends(test.sends)
		})
	}
}

// TestParts: a part of a combined order is refused, and the whole is named,
// however the API shows parts.
func TestParts(t *testing.T) {
	t.Parallel()

	for _, shows := range []string{"by_id", "listed", "hidden"} {
		a := newAccount(t, bsssim.Options{Settings: map[string]string{"sub_orders": shows}})
		placed := a.Do("place_order", map[string]any{"sub_orders": []any{"40.00", "60.00"}, "order_type": 3})
		whole, _ := placed["order_id"].(string)
		parts, _ := placed["sub_order_ids"].([]string)

		_, planned := a.payer.Quote(t.Context(), payment.Request{OrderID: parts[0]})
		_, _, err := a.pay(parts[0], "100")
		_, cancelable := a.payer.Cancelable(t.Context(), parts[1])
		canceled := a.payer.Cancel(t.Context(), parts[1])

		for _, err := range []error{planned, err, cancelable, canceled} {
			simtest.Refused(t, err, act.FieldOrderID, whole)
		}

		if seen, err := a.payer.Cancelable(t.Context(), whole); err != nil || !seen.Waits {
			t.Errorf("%s: %+v, %v", shows, seen, err)
		}

		if _, _, err := a.pay(whole, "100"); err != nil {
			t.Errorf("%s: %v", shows, err)
		}

		a.Charges(whole, "100.00")
	}
}
