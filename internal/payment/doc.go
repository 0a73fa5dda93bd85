// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package payment pays an existing order at most once, or cancels it.
//
// The API has no token that makes a repeated payment harmless, so safety comes
// from looking: before every attempt the order is read freshly, through both
// calls that show it; after an answer that leaves doubt it is read again, and
// nothing is ever sent a second time on the strength of a guess.
//
//	Quote   looks and says what a payment would cost, for a plan. Never acts.
//	Pay     looks, checks the cap, pays, looks again. The only caller of a pay call.
//	Cancel  looks, cancels an unpaid order, looks again. The only caller of the cancel call.
//	Finish  waits until what was paid has been carried out. Never acts.
//	Refresh reads what became of a payment. Never acts.
//
// What is certain and paid is a [Receipt], however unfinished; what is refused
// or in doubt is an error, a [*act.Refusal] or a [*act.Doubt].
package payment
