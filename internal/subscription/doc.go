// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package subscription reads yearly/monthly resources, and sets what happens to
// them when their term ends.
//
// Terraform asks for one resource at a time, ten at once; the API answers 50 ids
// in a call, or pages of 500, and takes ten calls a second. Two types stand
// between them:
//
//	Reader         answers single reads from batches, and from snapshots.
//	OnDemandSwitch sends single changes to pay-per-use in batches.
//
// Both hand a failure to those whom it concerns and to nobody else. A caller
// whose context ends leaves at once; the batch goes on for the others.
package subscription
