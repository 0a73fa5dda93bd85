// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package subscription reads yearly/monthly resources, many from few calls.
//
// Terraform asks for one resource at a time, ten at once; the API answers 50 ids
// in a call, or pages of 500, and takes ten calls a second. So a [Reader] puts
// reads that come at the same time into one call, and takes a snapshot of the
// whole account where that costs less. A [Gatherer] is the part of it that makes
// one call of many callers; package expiry sends its changes through another.
//
//	Get   may be answered from a snapshot. It is for plans and refreshes.
//	Fresh is answered from a call that began after it was asked. It is for looks
//	      around an act.
//	Tree  is Fresh, with the attached resources.
//
// # Batches
//
// The first caller opens a batch. Others join it until nobody has come for
// [ReadTiming].Quiet, until Gather has passed, or until the batch is full. Then it
// is carried: one call for all keys, and each caller gets the answer of its own
// key. A failure goes to those whom it concerns and to nobody else: a call that
// was refused because of one id is made again for each half, down to that id.
//
// In flight. Only so many batches are carried at the same time. One that has to
// wait for its turn stays open: whoever comes meanwhile joins it rather than
// opening another, so that a slow API makes batches larger, not more of them.
//
// Leave. A caller whose context ends leaves at once. Its key leaves with it if no
// other caller waits for it and the batch was not sent. The batch goes on for the
// others, because its context is that of no caller; only when the last one has
// left is it canceled.
//
// Send. A batch of changes calls [Batch.Send] right before its call. From then on
// its keys stay, whoever leaves, and the call is not canceled: a change that is
// on its way cannot be taken back, and somebody has to see it through. A batch of
// reads never does that.
//
// # Staleness
//
// An answer may be older than a change that was made while it was on its way. So
// [Reader.Forget] counts, and notes the count at each id. Each read notes the
// count when it begins. An answer about an id that was forgotten since then is
// not given out, but asked for again. The same holds if the primary resource of
// that id, or one that is attached to it, was forgotten. Who changes something
// calls Forget before and after.
//
// # Snapshots
//
// A snapshot holds the primary resources of the account that are not closed. What
// it holds exists. What it does not hold may exist too, since the list can change
// between its pages: that is asked for by id, and [ErrUnknown] comes only from a
// complete answer to that question. See snapshot.go for when one is taken.
package subscription
