// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package subscription reads yearly/monthly resources, many from few calls.
//
// Terraform asks for one resource at a time, ten at once; the API answers 50
// ids in a call, or pages of 500, and takes ten calls a second. So a [Reader]
// puts simultaneous reads into one call, and takes a snapshot of the whole
// account if that costs less. Its [Gatherer] makes one call out of many;
// package expiry sends its changes through another one.
//
//	Get   may be answered from a snapshot. It is for plans and refreshes.
//	Fresh is answered from a call that began after it was asked. It is for looks
//	      around an act.
//	Tree  is Fresh, with the attached resources.
//
// # Batches
//
// The first caller opens a batch. Others join it until nobody has come for
// [ReadTiming].Quiet, until Gather has passed, or until the batch is full. Then
// it is carried: one call for all keys, and each caller gets the answer for its
// own key. A failure reaches only the callers that it concerns: a call that was
// refused because of one id is made again for each half, down to that id.
//
// In flight. Only so many batches are carried at the same time. One that waits
// for its turn stays open: new callers join it instead of opening another, so a
// slow API makes batches larger, not more of them.
//
// Leave. A caller whose context ends leaves at once. Its key leaves with it if
// no other caller waits for it and the batch was not sent. The batch goes on
// for the others, because its context is that of no caller; it is canceled when
// the last one leaves.
//
// Send. A batch of changes calls [Batch.Send] right before its call. From then
// on its keys stay, whoever leaves, and the call is not canceled: a change on
// its way cannot be taken back, and its outcome has to be seen. A batch of
// reads never calls it.
//
// # Staleness
//
// An answer may be older than a change that was made while it was on its way.
// So [Reader.Forget] counts its calls, and notes the count for each id. Each
// read notes the count when it begins. If the id was forgotten since then, or
// its primary resource, or one attached to it, the answer is dropped and asked
// for again. Call Forget before and after every change.
//
// # Snapshots
//
// A snapshot holds the primary resources of the account that are not closed.
// What it holds exists. What it lacks may exist too, since the list can change
// between its pages: so it is asked for by id, and only a complete answer to
// that gives [ErrUnknown]. See snapshot.go for when one is taken.
package subscription
