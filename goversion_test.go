// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"go/version"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	goLine  = regexp.MustCompile(`(?m)^go (\S+)$`)
	setupGo = regexp.MustCompile(`(?m)uses: actions/setup-go@.+\n +with:\n((?: {10}.+\n)+)`)
)

// TestGoVersion: the Go of the workflows has a patch level, is that of the container, and
// builds every module without another one. The go lines stay what users need at least.
func TestGoVersion(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(".go-version")
	if err != nil {
		t.Fatal(err)
	}

	of := "go" + strings.TrimSpace(string(text))
	if strings.Count(of, ".") != 2 || !version.IsValid(of) {
		t.Fatalf("%q is no version with a patch level", of)
	}

	var modules []string

	for _, pattern := range []string{"go.mod", "*/go.mod", "*/*/go.mod"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}

		modules = append(modules, names...)
	}

	if len(modules) < 6 {
		t.Errorf("only %d modules: %v", len(modules), modules)
	}

	for _, name := range modules {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		if wants := goLine.FindStringSubmatch(string(text)); wants == nil || version.Compare("go"+wants[1], of) > 0 {
			t.Errorf("%s wants Go %v, and .go-version has %s", name, wants, of)
		}
	}

	container, err := os.ReadFile(filepath.Join("cmd", "bss-sim", "Containerfile"))
	if image := "\nFROM golang:" + strings.TrimPrefix(of, "go") + " AS build\n"; err != nil || !strings.Contains(string(container), image) {
		t.Errorf("the Containerfile does not say%s%v", image, err)
	}

	workflows, err := filepath.Glob(filepath.Join(".github", "workflows", "*.yml"))
	if err != nil || len(workflows) < 3 {
		t.Fatal(err, workflows)
	}

	for _, name := range workflows {
		workflow, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		found := setupGo.FindAllStringSubmatch(string(workflow), -1)
		if len(found) != strings.Count(string(workflow), "actions/setup-go@") || len(found) == 0 {
			t.Errorf("%s: %d steps that set Go up are understood", name, len(found))
		}

		for _, step := range found {
			if !strings.Contains(step[1], "go-version-file: .go-version\n") {
				t.Errorf("%s: a job takes another Go:\n%s", name, step[1])
			}
		}
	}
}
