// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package payment pays an existing order at most once, or cancels it.
//
// The API has no token that makes a repeated payment harmless, so safety comes
// from looking: before every attempt the order is read freshly, through both
// calls that show it. After an answer that leaves doubt it is read again. Nothing
// is ever sent a second time because of a guess.
//
//	Quote      looks and says what a payment would cost, for a plan. Never acts.
//	Pay        looks, checks the cap, pays, looks again. The only caller of a pay call.
//	Cancelable looks and says whether there is something to cancel. Never acts.
//	Cancel     looks, cancels an unpaid order, looks again. The only caller of the cancel call.
//	Finish     waits until what was paid has been carried out. Never acts.
//	Refresh    reads what became of a payment. Never acts.
//	Adopt      reads an order that is paid already, for an import. Never acts.
//
// What is certain and paid is a [Receipt], even if it is unfinished. What is
// refused is a [*act.Refusal], and what is in doubt a [*act.Doubt].
package payment
