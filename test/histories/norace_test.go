// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package histories_test

const raceDetector = false
