// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The words for the status of a receipt.
const (
	// StatusTransferred and StatusRetrieved: it was made, as the API answered or a look
	// shows.
	StatusTransferred = "transferred"
	StatusRetrieved   = "retrieved"
	// StatusUnconfirmed: the answer to the first request was lost. The next one was
	// refused, since the server had taken one with the id; no look shows what it moved.
	StatusUnconfirmed = "unconfirmed"
	// StatusUsedBefore: the server took a request with the id before this run sent any.
	StatusUsedBefore = "used_before"
)

// Receipt is what is certain of a transfer.
type Receipt struct {
	TransID string
	Status  string
	// SubCouponID is what the member has of a coupon that was transferred, "" if that
	// is not known.
	SubCouponID string
	// Amount is what was moved, null if that is not known.
	Amount bssapi.Decimal
}

// made is the receipt of what was moved.
func made(req Request, amount bssapi.Decimal) Receipt {
	receipt := Receipt{TransID: req.TransID(), Status: StatusTransferred, SubCouponID: req.SubCouponID, Amount: amount}
	if req.Direction == FromMember {
		receipt.Status = StatusRetrieved
	}

	return receipt
}

// answered is the receipt of what the API answered as made.
func answered(req Request, reply reply) (Receipt, []act.Warning) {
	receipt := made(req, req.Amount)

	if req.CouponID == "" {
		return receipt, nil
	}

	if req.spends() {
		receipt.SubCouponID = reply.subCouponID

		return receipt, unnamedPart(req, receipt, nil)
	}

	receipt.Amount = reply.amount

	return receipt, unknownAmount(req, receipt)
}

// seen is the receipt of what a look shows as made, of which no answer told.
func seen(req Request, before, after sight) (Receipt, []act.Warning) {
	amount, known := after.recorded()
	if !known && after.moved(before, req) {
		amount = req.Amount
		if amount.IsNull() {
			amount = before.available
		}
	}

	receipt := made(req, amount)

	if req.CouponID == "" {
		return receipt, nil
	}

	if !req.spends() {
		return receipt, unknownAmount(req, receipt)
	}

	parts := maps.Clone(after.parts)
	maps.DeleteFunc(parts, func(id string, _ bool) bool { return before.parts[id] })

	// A part that came since is this one, if it is the only one.
	if ids := slices.Sorted(maps.Keys(parts)); len(ids) == 1 {
		receipt.SubCouponID = ids[0]
	}

	return receipt, unnamedPart(req, receipt, after.parts)
}

// earlier is the receipt of what the server took before this run sent anything.
func earlier(req Request, now sight) (Receipt, []act.Warning) {
	receipt := Receipt{TransID: req.TransID(), Status: StatusUsedBefore, SubCouponID: req.SubCouponID}

	warnings := []act.Warning{
		{
			Field:   act.FieldTransferKey,
			Summary: "Key was used before, and nothing is moved again",
			Detail: fmt.Sprintf(
				"The API says that it accepted a request with the id %s, which this transfer_key makes, before. So nothing was moved "+
					"now, and the state says %s. It may be an earlier apply that was cut off, or a resource that was replaced or removed from the state. "+
					"What it moved is not shown: compare the changes of both accounts in the console. To move %s again, write a new transfer_key.",
				receipt.TransID,
				StatusUsedBefore,
				req.what(),
			),
		},
	}

	if req.CouponID == "" || !req.spends() {
		return receipt, warnings
	}

	return receipt, append(warnings, unnamedPart(req, receipt, now.parts)...)
}

// unconfirmed is the receipt of what the server says that it took, after an answer
// that was lost, and that does not show.
func unconfirmed(req Request, now sight) (Receipt, []act.Warning) {
	receipt, warnings := earlier(req, now)
	receipt.Status = StatusUnconfirmed
	warnings[0] = act.Warning{
		Field:   act.FieldTransferKey,
		Summary: "Transfer was accepted, but does not show",
		Detail: fmt.Sprintf(
			"The answer to the transfer of %s was lost. Sent again under the same id, %s, the API says that it accepted it before. "+
				"Neither what both accounts hold nor a record of changes shows it, so the state says %s. Compare the changes of both accounts in "+
				"the console before you write a new transfer_key, which would move it again.",
			req.what(),
			receipt.TransID,
			StatusUnconfirmed,
		),
	}

	return receipt, warnings
}

// earlierRecord warns that a record shows the transfer, so that none is made now.
func earlierRecord(req Request) act.Warning {
	return act.Warning{
		Field:   act.FieldTransferKey,
		Summary: "Transfer was made before",
		Detail: fmt.Sprintf(
			"The records of changes show a transfer under the id %s, which this transfer_key makes. It is recorded, and nothing is "+
				"moved again. To move %s again, write a new transfer_key.",
			req.TransID(),
			req.what(),
		),
	}
}

// unnamedPart warns that it is not known which part of a coupon is the one that was
// transferred.
func unnamedPart(req Request, receipt Receipt, parts map[string]bool) []act.Warning {
	if receipt.SubCouponID != "" {
		return nil
	}

	has := "bss_enterprise_retrievable_coupons lists what the member has of it."
	if len(parts) > 0 {
		has = fmt.Sprintf("The member has of it: %s.", strings.Join(slices.Sorted(maps.Keys(parts)), ", "))
	}

	return []act.Warning{{
		Field: act.FieldSubCouponID, Summary: "Part of the coupon is not known",
		Detail: fmt.Sprintf("No answer names the part of coupon %s that member %s has by this transfer, and two transfers of one coupon to one "+
			"member cannot be told apart. So sub_coupon_id is null. %s", req.CouponID, req.MemberID, has),
	}}
}

// unknownAmount warns that it is not known how much was retrieved.
func unknownAmount(req Request, receipt Receipt) []act.Warning {
	if !receipt.Amount.IsNull() {
		return nil
	}

	return []act.Warning{{
		Summary: "Retrieved amount is not known",
		Detail: fmt.Sprintf("Coupon %s was retrieved from member %s. No answer says how much was left of it, so retrieved_amount is null.",
			req.SubCouponID, req.MemberID),
	}}
}
