// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package transfer moves money and coupons between the master account of an
// enterprise and its members, at most once for each key that a user writes.
//
// The API has a token for this: the server takes a request with a trans_id once, for
// as long as it remembers the id. So the id is made of who moves what to whom, and of
// the key ([Request.TransID]), and not of the amount: whatever is sent again, by this
// run or another one, is sent under the same id, and never under another one.
//
//	Quote  looks and says what would be moved, for a plan. Never acts.
//	Move   looks, sends, and looks again after a doubt. The only caller of the four calls.
//
// How long a server remembers ids is not documented. So a look comes before every
// attempt all the same, and nothing is sent again that shows as moved. What a look
// shows is what both sides hold, and a record of changes that names the id, if there
// are such.
//
// What was moved, or what the server says it took earlier, is a [Receipt]. What is
// refused is a [*act.Refusal], and what is in doubt a [*act.Doubt].
package transfer
