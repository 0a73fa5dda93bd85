// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestErrorText(t *testing.T) {
	t.Parallel()

	analysistest.Run(t, analysistest.TestData(), analyzer, "a")
}
