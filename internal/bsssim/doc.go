// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package bsssim simulates the customer side of Huawei Cloud BSS.
package bsssim
