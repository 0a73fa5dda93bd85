// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package unsubscription gives a yearly/monthly resource, or its renewed terms
// that have not started, back at most once.
//
// The API has no token that makes a repeated unsubscription harmless, the
// deletion comes some time after the answer, and no order of an unsubscription
// names its resource. So safety comes from looking: before every attempt the
// resource is read freshly, together with the unsubscriptions of the last day;
// after an answer that leaves doubt it is read again, and nothing is ever sent a
// second time because of a guess.
//
//	Quote       looks and says what would be given back, for a plan. Never acts.
//	Unsubscribe looks, holds the expiry against what was agreed, unsubscribes,
//	            looks again. The only caller of the unsubscribe call.
//	Finish      waits until what was accepted has been carried out. Never acts.
//	Refresh     reads what became of it. Never acts.
//	Adopt       reads a resource that is closed already. Never acts.
//
// What is certain is a [Receipt], even if it is unfinished. What is refused is a
// [*act.Refusal], and what is in doubt a [*act.Doubt].
package unsubscription
