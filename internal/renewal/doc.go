// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package renewal keeps a yearly/monthly resource paid through a date.
//
// The API renews by periods and has no token that makes a repeated renewal
// harmless: a repeat extends again. So the goal is a date, and safety comes from
// looking. No renewal order names its resource. An order is recognized by its
// product, its period, and the time at which its lines say that the term starts.
//
//	Quote   looks and says what reaching the date would cost. Never acts.
//	Renew   looks, orders without paying, holds the order against what was agreed,
//	        and pays it through package payment. The only caller of the renew call.
//	Finish  waits until what was paid has been carried out. Never acts.
//	Refresh reads what became of it. Never acts.
//
// An order that this package placed and does not pay is canceled again. What is
// certain is a [Receipt], what is refused a [*act.Refusal], and what is in doubt
// a [*act.Doubt] of a payment. A renewal of which it is not known whether it was
// ordered is a refusal: nothing was paid, and the next plan names the order.
package renewal
