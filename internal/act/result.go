// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package act

import "strings"

// Field names the argument that a refusal or a warning is about.
type Field string

// The arguments of acts.
const (
	// FieldNone is about no single argument.
	FieldNone        Field = ""
	FieldOrderID     Field = "order_id"
	FieldResourceID  Field = "resource_id"
	FieldMaxAmount   Field = "max_amount"
	FieldCurrency    Field = "currency"
	FieldCouponIDs   Field = "coupon_ids"
	FieldDiscountID  Field = "discount_id"
	FieldDiscount    Field = "discount"
	FieldAPIVersion  Field = "api_version"
	FieldPaidThrough Field = "paid_through"
	FieldPeriodUnit  Field = "period_unit"
	FieldScope       Field = "scope"
	FieldAmount      Field = "amount"
	FieldCouponID    Field = "coupon_id"
	FieldSubCouponID Field = "sub_coupon_id"
	FieldExpireTime  Field = "expire_time"
	FieldTransferKey Field = "transfer_key"

	FieldName             Field = "name"
	FieldMobilePhone      Field = "mobile_phone"
	FieldPassword         Field = "password_wo"
	FieldVerificationCode Field = "verification_code_wo"
)

// Refusal says that an act was certainly not made, with the reason and what to
// do next. Nothing was charged.
type Refusal struct {
	Field   Field
	Summary string
	Detail  string
	// Err is the API's answer, if one is the reason.
	Err error
}

func (r *Refusal) Error() string {
	text := r.Summary + ": " + r.Detail
	if r.Err != nil {
		text += ": " + r.Err.Error()
	}

	return text
}

func (r *Refusal) Unwrap() error { return r.Err }

// Doing is an act that can be left in doubt.
type Doing string

// The acts that can be left in doubt.
const (
	DoingPayment        Doing = "payment"
	DoingCancellation   Doing = "cancellation"
	DoingUnsubscription Doing = "unsubscription"
	DoingConversion     Doing = "conversion"
	DoingCreation       Doing = "creation"
	DoingTransfer       Doing = "transfer"
)

// Doubt says that an act may or may not have been made, after looking did not
// settle it. It was sent at most once, or under one id, and is not sent again by itself.
type Doubt struct {
	Doing Doing
	// Subject is what the act is about.
	Subject Subject
	// Err is what came of the call that acts. It is nil if the API accepted an act
	// that does not show, and if LookErr kept a cancellation from being sent.
	Err error
	// LookErr is why looking failed, nil if looking worked and showed no effect.
	LookErr error
	// Shows is the status of the order at the last look, in a word; empty where it
	// was not seen.
	Shows string
	// Orders are orders of which one may be that of the act.
	Orders []string
	// Note is what else became of the act, in whole sentences; empty for nothing.
	Note string
}

func (d *Doubt) Error() string {
	text := "the " + string(d.Doing) + " of " + d.Subject.String() + " is in doubt"
	if d.Err != nil {
		text += ": it was sent once, and its answer leaves open whether it was made: " + d.Err.Error()
	}

	if d.LookErr != nil {
		text += "; looking at the " + string(d.Subject.Kind) + " failed: " + d.LookErr.Error()
	}

	if d.Shows != "" {
		text += "; the order shows as " + d.Shows
	}

	if len(d.Orders) > 0 {
		text += "; it may be " + strings.Join(d.Orders, " or ")
	}

	if d.Note != "" {
		text += ". " + d.Note
	}

	return text
}

func (d *Doubt) Unwrap() []error { return []error{d.Err, d.LookErr} }

// Warning is said beside a result.
type Warning struct {
	Field   Field
	Summary string
	Detail  string
}
