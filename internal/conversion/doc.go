// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package conversion changes a yearly/monthly resource to pay-per-use before its
// term is over, at most once.
//
// The API has no token that makes a repeated conversion harmless, it may put one
// under review for days, and no order of a conversion names its resource. No source
// says what the list of yearly/monthly resources shows of one that is converted: a
// closed row, no row, or the row as it was. So what counts is the order: a resource
// that is closed or gone is taken for converted only where an order of a conversion
// that can be its own is completed. Before every attempt the resource and those
// orders are read freshly; after an answer that leaves doubt they are read again,
// and nothing is ever sent a second time because of a guess.
//
//	Quote    looks and says what would be converted, for a plan. Never acts.
//	Convert  looks, holds what it sees against what was agreed, converts, looks
//	         again. The only caller of the call that converts.
//	Finish   waits until what was accepted is decided and carried out. Never acts.
//	Refresh  reads what became of it. Never acts.
//	Know     takes over what a state records, so that it is not done again.
//
// What is certain is a [Receipt], even if it is unfinished. What is refused is a
// [*act.Refusal], and what is in doubt a [*act.Doubt].
package conversion
