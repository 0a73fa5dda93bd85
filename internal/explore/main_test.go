// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage lie for longer: what a history makes is small and short-lived.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}
