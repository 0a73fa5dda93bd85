// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package enterprise is what the master account of an enterprise does that spends
// nothing: creating member accounts, sending verification codes, and opening
// enterprise projects. Nothing of Terraform.
//
// None of these can be taken back by a call. A member is created at most once in a run:
// the one call that creates is never repeated unless the API throttled it and the name
// stayed unseen for the whole settle time, and what its answer leaves open is looked for
// by the name. Two runs at once are told apart by the API alone, which has a name once.
package enterprise
