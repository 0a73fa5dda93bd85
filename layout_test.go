// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// row is a row of the table in CONTRIBUTING.md that says what is where.
var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .+ \\|$")

// The table names every package, and no folder that is gone.
func TestLayout(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}

	root, named := os.DirFS("."), []string(nil)

	for _, match := range row.FindAllStringSubmatch(string(text), -1) {
		if slices.Contains(named, match[1]) {
			t.Errorf("%s has two rows", match[1])
		}

		if info, err := fs.Stat(root, match[1]); err != nil || !info.IsDir() {
			t.Errorf("a row names %s, which is no folder", match[1])
		}

		named = append(named, match[1])
	}

	for _, top := range []string{"cmd", "internal", "test", "tools"} {
		err := fs.WalkDir(root, top, func(name string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}

			if entry.IsDir() && entry.Name() == "testdata" {
				return fs.SkipDir
			}

			if folder := path.Dir(name); strings.HasSuffix(name, ".go") && !slices.Contains(named, folder) {
				t.Errorf("no row names %s", folder)
				named = append(named, folder)
			}

			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
