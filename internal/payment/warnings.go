// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

func awaiting(orderID string) act.Warning {
	return act.Warning{
		Field:   act.FieldOrderID,
		Summary: "A master account has to pay this order",
		Detail: fmt.Sprintf("Order %s is unpaid: the account that pays for this one has to pay it, "+
			"before its deadline. No further payment is sent from here. Applying again finds out what became of it.", orderID),
	}
}

func unreadable(orderID string, err error) act.Warning {
	return act.Warning{
		Summary: "Payment is made, but could not be read back",
		Detail:  fmt.Sprintf("Order %s is paid. Applying again reads what is missing here. Reading it failed: %v", orderID, err),
	}
}

// unseen warns of an accepted payment whose order could not be read.
func unseen(orderID string, err error) act.Warning {
	return act.Warning{
		Summary: "Payment was accepted, but could not be read back",
		Detail: fmt.Sprintf("The API accepted the payment of order %s. Reading the order failed: %v. Applying again looks for the payment, "+
			"and sends none.", orderID, err),
	}
}

// Outcome warns of an end that is not the ordinary one.
func Outcome(receipt Receipt) []act.Warning {
	if receipt.Status != bssapi.OrderStatuses.Word(bssapi.OrderStatusCanceled) {
		return nil
	}

	if receipt.PaymentTime == "" && receipt.AmountPaid.IsNull() {
		return []act.Warning{{
			Field:   act.FieldOrderID,
			Summary: "Order was canceled, and nobody paid it",
			Detail: fmt.Sprintf("Order %s is canceled, and shows no payment: nothing was charged, and what it ordered does not come. "+
				"Place a new order and use its id.", receipt.OrderID),
		}}
	}

	return []act.Warning{{
		Field:   act.FieldOrderID,
		Summary: "Order was canceled after it was paid",
		Detail: fmt.Sprintf("Order %s is canceled: what it ordered was not delivered. Look at its refund in the console.",
			receipt.OrderID),
	}}
}

func unfinished(receipt Receipt, err error) act.Warning {
	if receipt.Status == StatusAwaitingPayer {
		return awaiting(receipt.OrderID)
	}

	warning := act.Warning{
		Summary: "Payment is made, but not carried out yet",
		Detail: fmt.Sprintf("Order %s is paid and still %s. Nothing is paid again: applying again waits for "+
			"what is left.", receipt.OrderID, receipt.Status),
	}

	if receipt.Status == StatusUnconfirmed {
		warning.Summary = "Payment was accepted, but does not show"
		warning.Detail = fmt.Sprintf("The API accepted the payment of order %s, and the order shows no payment. It is recorded as %s. "+
			"Applying again looks for the payment, and sends none. Do not replace the resource before the order is paid or canceled: "+
			"that would pay again, with nothing but the lock of the server against a second charge.", receipt.OrderID, receipt.Status)
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last look failed: %v", err)
	}

	return warning
}
