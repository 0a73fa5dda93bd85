// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment

// Field names the argument that an error is about.
type Field string

// The arguments of a payment.
const (
	FieldOrderID    Field = "order_id"
	FieldMaxAmount  Field = "max_amount"
	FieldCurrency   Field = "currency"
	FieldCouponIDs  Field = "coupon_ids"
	FieldDiscountID Field = "discount_id"
	FieldAPIVersion Field = "api_version"
	// FieldNone is an error about no single argument.
	FieldNone Field = ""
)

// Refusal is a payment that was certainly not made, with the reason and what
// to do next. Nothing was charged.
type Refusal struct {
	Field   Field
	Summary string
	Detail  string
	// Err is the API's answer, where one is the reason.
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

// Doubt is a payment that may or may not have been made, after looking did
// not settle it. It was sent once, and is not sent again by itself.
type Doubt struct {
	OrderID string
	// Err is the answer that left the doubt.
	Err error
	// LookErr is why looking failed, nil if it worked and still showed the
	// order unpaid.
	LookErr error
}

func (d *Doubt) Error() string {
	text := "the payment of order " + d.OrderID + " was sent once, and its answer leaves open whether it was made: " + d.Err.Error()
	if d.LookErr != nil {
		text += "; looking at the order failed too: " + d.LookErr.Error()
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
