// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestVersion: what the linker is told by a release, -version of both commands says.
func TestVersion(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()

	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-X main.version=1.2.3 -X main.commit=0123abc",
		"-o", dir+string(filepath.Separator), ".", "./cmd/bss-sim")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}

	for _, name := range []string{"terraform-provider-bss", "bss-sim"} {
		output, err := exec.CommandContext(t.Context(), filepath.Join(dir, name), "-version").CombinedOutput()
		if want := name + " 1.2.3, commit 0123abc\n"; err != nil || string(output) != want {
			t.Errorf("%v: %q, want %q", err, output, want)
		}
	}
}
