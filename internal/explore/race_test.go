// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

//go:build race

package explore

// raceDetector says that the tests run with the race detector.
const raceDetector = true
