// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

import (
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// verdict is what the state of an order means for its payment.
type verdict int

const (
	payable verdict = iota
	paid
	// delegated: somebody else has to pay, and nothing that we send does.
	delegated
	notYet
	canceled
	unclear
)

// judge reads the state of an order. A payment time speaks louder than a
// status: an order that has one is never paid again.
func judge(o *order) verdict {
	if o.details.PaymentTime != "" || o.listed.PaymentTime != "" {
		return paid
	}

	// Two answers that disagree about the status were given while it moved.
	if o.listed.Status != o.details.Status && IsPaid(o.listed.Status) {
		return paid
	}

	switch status := o.status(); {
	case IsPaid(status):
		return paid
	case status == bssapi.OrderStatusPendingPayment && agentPays(o.listed):
		return delegated
	case status == bssapi.OrderStatusPendingPayment:
		return payable
	case status == bssapi.OrderStatusPendingApproval, status == bssapi.OrderStatusPendingConfirmation:
		return notYet
	case status == bssapi.OrderStatusCanceled:
		return canceled
	default:
		return unclear
	}
}

// IsPaid says whether an order in this state was paid.
func IsPaid(status bssapi.OrderStatus) bool {
	switch status {
	case bssapi.OrderStatusProcessing, bssapi.OrderStatusCompleted, bssapi.OrderStatusPendingRefund,
		bssapi.OrderStatusPendingShipment, bssapi.OrderStatusPendingReceipt, bssapi.OrderStatusPendingPickup,
		bssapi.OrderStatusReplacement:
		return true
	case bssapi.OrderStatusPendingApproval, bssapi.OrderStatusCanceled, bssapi.OrderStatusPendingPayment,
		bssapi.OrderStatusPendingConfirmation:
		return false
	default:
		return false
	}
}

// refuseStatus says why an order in this state is not paid, or returns nil
// for one that can be, or has been.
func refuseStatus(o *order, v verdict) error {
	id := o.details.OrderID

	switch v {
	case payable, paid, delegated:
		return nil
	case notYet:
		waitsFor, who := "approval", "approves it"
		if o.status() == bssapi.OrderStatusPendingConfirmation {
			waitsFor, who = "confirmation", "confirms it"
		}

		return &act.Refusal{
			Field:   act.FieldOrderID,
			Summary: "Order cannot be paid yet",
			Detail: fmt.Sprintf("Order %s waits for %s (status %d). Apply again once somebody %s in the console.",
				id, waitsFor, o.status(), who),
		}
	case canceled:
		return &act.Refusal{
			Field:   act.FieldOrderID,
			Summary: "Order is canceled",
			Detail:  fmt.Sprintf("Order %s is canceled, so there is nothing to pay. Place a new order and use its id.", id),
		}
	case unclear:
	}

	return &act.Refusal{
		Field:   act.FieldOrderID,
		Summary: "Order has an unknown status",
		Detail: fmt.Sprintf("Order %s is in status %s, which says nothing certain about its payment, so it is not paid. "+
			"Look at it in the console.", id, bssapi.OrderStatuses.Word(o.status())),
	}
}
