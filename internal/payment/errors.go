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

// Refusal is a payment that was certainly not made, or an order that was
// certainly not canceled, with the reason and what to do next. Nothing was
// charged.
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

// Doubt is a payment or a cancellation that may or may not have been made,
// after looking did not settle it. It was sent at most once, and is not sent
// again by itself.
type Doubt struct {
	OrderID string
	// Canceling says that the doubt is about [Payer.Cancel].
	Canceling bool
	// Err is what came of the call that acts. It is nil where the API accepted
	// a cancellation that does not show, and where LookErr kept one from being
	// sent.
	Err error
	// LookErr is why looking failed, nil if it worked and still showed the
	// order unpaid.
	LookErr error
}

func (d *Doubt) Error() string {
	act := "payment"
	if d.Canceling {
		act = "cancellation"
	}

	text := "the " + act + " of order " + d.OrderID + " is in doubt"
	if d.Err != nil {
		text += ": it was sent once, and its answer leaves open whether it was made: " + d.Err.Error()
	}

	if d.LookErr != nil {
		text += "; looking at the order failed: " + d.LookErr.Error()
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
