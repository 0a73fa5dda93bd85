// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package histories lets many workers act on many orders and resources at once, with
// faults, and holds what they were told against a model: everything is done at most
// once, and what is said is so.
package histories
