// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package transfer

import (
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// cutOff is what may have come before a refusal that goes by what is there.
const cutOff = " If an earlier apply with this transfer_key was cut off, it may have been made: compare the changes of both " +
	"accounts in the " +
	"console. What was made is done; take this block out then."

// noRecord refuses what the plan stated as made.
func noRecord(req Request) *act.Refusal {
	return &act.Refusal{
		Field:   act.FieldTransferKey,
		Summary: "Transfer does not show any more",
		Detail: fmt.Sprintf("The plan said that a record of changes shows a transfer under the id %s, and that nothing would be moved. "+
			"No record that these credentials may read shows it now. Nothing was moved: %s. Plan again with the credentials of the apply: "+
			"the plan then states what is moved.", req.TransID(), req.what()),
	}
}

func short(req Request, available bssapi.Decimal, currency string) *act.Refusal {
	there := "nothing"
	if !available.IsNull() {
		there = strings.TrimSpace(fmt.Sprintf("%s %s", available, currency))
	}

	summary, from := "More than can be transferred", "can be transferred from the "+bssapi.BalanceTypes.Word(req.Balance)+" of this account"
	if !req.spends() {
		summary, from = "More than can be retrieved", "can be retrieved from the "+bssapi.BalanceTypes.Word(
			req.Balance,
		)+" of member "+req.MemberID
	}

	return &act.Refusal{
		Field: act.FieldAmount, Summary: summary,
		Detail: fmt.Sprintf("The amount is %s, and %s %s. Nothing was sent.%s", req.Amount, there, from, cutOff),
	}
}

func severalCredits(rows []fund) *act.Refusal {
	return &act.Refusal{
		Field: act.FieldExpireTime, Summary: "Several credits",
		Detail: fmt.Sprintf("There is credit with different days of expiry, and expire_time does not say which is meant. Set it to one of: %s. "+
			"Nothing was sent.", expiries(rows)),
	}
}

func noSuchCredit(req Request, rows []fund) *act.Refusal {
	has := "There is no credit that can be moved."
	if len(rows) > 0 {
		has = "There is: " + expiries(rows) + "."
	}

	return &act.Refusal{
		Field: act.FieldExpireTime, Summary: "No such credit",
		Detail: fmt.Sprintf("No credit with expire_time = %q can be moved. %s Nothing was sent.", req.ExpireTime, has),
	}
}

// expiries are the words for which credits there are.
func expiries(rows []fund) string {
	var all []string

	for _, row := range rows {
		expiry := row.ExpireTime
		if expiry == "" {
			expiry = NoExpiry
		}

		all = append(all, fmt.Sprintf("%q (%s %s)", expiry, row.available, row.Currency))
	}

	return strings.Join(all, ", ")
}

func couponRefused(req Request, available bssapi.Decimal) *act.Refusal {
	switch {
	case req.spends() && available.IsNull():
		return &act.Refusal{
			Field: act.FieldCouponID, Summary: "Coupon cannot be transferred",
			Detail: fmt.Sprintf("Coupon %s is not among those that can be transferred, which bss_enterprise_transferable_coupons lists: cash "+
				"coupons of the vendor that are not used up, ended, frozen or held by an order. Nothing was sent.%s", req.CouponID, cutOff),
		}
	case req.spends() && available.Cmp(req.Amount) < 0:
		return &act.Refusal{
			Field: act.FieldAmount, Summary: "More than the coupon has",
			Detail: fmt.Sprintf("The amount is %s, and coupon %s has %s left. Nothing was sent.%s", req.Amount, req.CouponID, available, cutOff),
		}
	case !req.spends() && available.IsNull():
		return &act.Refusal{
			Field: act.FieldSubCouponID, Summary: "Coupon cannot be retrieved",
			Detail: fmt.Sprintf("Member %s has no part %s of coupon %s that can be retrieved: it was retrieved, used up, has ended, or is held by "+
				"an order. bss_enterprise_retrievable_coupons lists what there is. Nothing was sent.%s",
				req.MemberID, req.SubCouponID, req.CouponID, cutOff),
		}
	default:
		return nil
	}
}

// otherAmount is the refusal of a key under which another amount was moved.
func otherAmount(req Request, moved bssapi.Decimal) *act.Refusal {
	return &act.Refusal{
		Field:   act.FieldAmount,
		Summary: "Another amount was moved with this key",
		Detail: fmt.Sprintf(
			"The records of changes show %s under the id %s, which this transfer_key makes, and the amount is %s. Nothing more is "+
				"sent under it. Write %s as the amount to record that transfer, or a new transfer_key to move money again.",
			moved,
			req.TransID(),
			req.Amount,
			moved,
		),
	}
}
