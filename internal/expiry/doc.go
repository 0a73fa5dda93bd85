// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package expiry sets what happens to yearly/monthly resources when their paid
// term ends, and knows who manages what of which resource in one run.
//
//	Policies looks, makes the calls that are needed, and looks until they show.
//	Claims   tells objects of Terraform that would undo what the other does.
//
// What is wanted is set before what stands against it is taken off, so that
// between two calls the resource never lapses. Turning automatic renewal on can
// charge at once, near the end of a term, so it counts as an act that spends: the
// run has to allow it, and the resource has to end when the plan said.
//
// Changes to pay-per-use go in batches, one call for all that ask at the same
// time. A [*act.Refusal] says what was not set; what was accepted and does not
// show is an [act.Warning].
package expiry
