// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package simtest

// RaceDetector says that the tests run with the race detector, under which they do less.
const RaceDetector = false
