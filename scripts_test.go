// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// script runs a script of this project from a folder, and returns what it printed.
func script(t *testing.T, dir string, env []string, name string, arguments ...string) (string, error) {
	t.Helper()

	if runtime.GOOS == "windows" {
		t.Skip("Windows starts no scripts of bash by itself")
	}

	path, err := filepath.Abs(filepath.Join("scripts", name))
	if err != nil {
		t.Fatal(err)
	}

	command := exec.CommandContext(t.Context(), path, arguments...)
	command.Dir, command.Env = dir, append(os.Environ(), env...)
	output, err := command.CombinedOutput()

	return string(output), err
}

// fakeCLI is a folder with a command that says its version, and nothing else.
func fakeCLI(t *testing.T, version string) string {
	t.Helper()

	return fake(t, "fake", "echo '"+version+"'")
}

// fake is a folder with a command that is a line of shell.
func fake(t *testing.T, name, line string) string {
	t.Helper()

	if runtime.GOOS == "windows" {
		t.Skip("the scripts are of bash")
	}

	dir := t.TempDir()

	//nolint:gosec // it is run
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+line+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}

	return dir
}

// TestWithCLI: a CLI named in any way is found from every folder, and one that is too old
// is refused.
func TestWithCLI(t *testing.T) {
	t.Parallel()

	dir := fakeCLI(t, "Terraform v1.8.5")

	for name, env := range map[string][]string{
		"relative":           {"TF_ACC_TERRAFORM_PATH=./fake"},
		"relative to parent": {"TF_ACC_TERRAFORM_PATH=../" + filepath.Base(dir) + "/fake"},
		"absolute":           {"TF_ACC_TERRAFORM_PATH=" + dir + "/fake"},
		"on PATH":            {"TF_ACC_TERRAFORM_PATH=fake", "PATH=" + dir + ":" + os.Getenv("PATH")},
	} {
		output, err := script(t, dir, env, "with-cli.sh", "sh", "-c", `cd / && "$TF_ACC_TERRAFORM_PATH" version`)
		if err != nil || !strings.Contains(output, "using Terraform v1.8.5 (/") || !strings.HasSuffix(output, "\nTerraform v1.8.5\n") {
			t.Errorf("%s: %v: %s", name, err, output)
		}
	}

	old := fakeCLI(t, "Terraform v1.7.5")

	output, err := script(t, old, []string{"TF_ACC_TERRAFORM_PATH=./fake"}, "with-cli.sh", "true")
	if err == nil || !strings.Contains(output, "is not Terraform or OpenTofu 1.8 or newer") {
		t.Errorf("%v: %s", err, output)
	}
}

// TestTestCLIRefuses: what names no command line, or two, runs nothing.
func TestTestCLIRefuses(t *testing.T) {
	t.Parallel()

	dir := fakeCLI(t, "Terraform v1.8.50")

	for says, env := range map[string][]string{
		"name a command line": {"CLI=", "VERSION="},
		"are both set":        {"CLI=./fake", "VERSION=1.8.5"},
		"terraform on PATH is not Terraform 1.8.5.": {"CLI=", "VERSION=1.8.5", "TF_ACC_TERRAFORM_PATH=./fake"},
	} {
		if output, err := script(t, dir, env, "test-cli.sh", "-run", "^$"); err == nil || !strings.Contains(output, says) {
			t.Errorf("%v: %v: %s", env, err, output)
		}
	}
}

// TestParts: each test of a folder is in one part, and no part is much smaller than the
// others.
func TestParts(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	text := "package p\n\nfunc TestMain(m *testing.M) {}\n\nfunc FuzzOne(f *testing.F) {}\n\nfunc Testing(int) {}\n"

	for i := range 200 {
		text += fmt.Sprintf("\nfunc TestNumber%d(t *testing.T) {}\n", i)
	}

	if err := os.WriteFile(filepath.Join(dir, "p_test.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}

	seen := map[string]bool{}

	for _, part := range []string{"1/4", "2/4", "3/4", "4/4"} {
		output, err := script(t, dir, nil, "part.sh", part, dir)
		if err != nil {
			t.Fatalf("%v: %s", err, output)
		}

		names := strings.Split(strings.TrimSuffix(strings.TrimPrefix(output, "^("), ")$\n"), "|")
		if len(names) < 30 {
			t.Errorf("part %s has %d tests: %s", part, len(names), output)
		}

		for _, name := range names {
			if seen[name] {
				t.Errorf("%s is in two parts", name)
			}

			seen[name] = true
		}
	}

	if len(seen) != 201 || !seen["TestNumber7"] || !seen["FuzzOne"] {
		t.Errorf("%d tests are in a part, want 201", len(seen))
	}

	for _, part := range []string{"0/4", "5/4", "4", "a/b"} {
		if output, err := script(t, dir, nil, "part.sh", part, dir); err == nil || !strings.Contains(output, "not "+part) {
			t.Errorf("%s: %v: %s", part, err, output)
		}
	}
}

// TestRaceParts: all packages run whatever the part, and one that fails anywhere is told.
func TestRaceParts(t *testing.T) {
	t.Parallel()

	const packages = "echo m/internal/provider; echo m/internal/act; echo m/test/mutants"

	for name, test := range map[string]struct {
		part, fails string
		want        []string
	}{
		"all": {"", "none", []string{"test -race -v m/internal/provider m/internal/act\n"}},
		"part": {"2/4", "none", []string{
			"test -race -v m/internal/act\n", "test -race -v -run ^(", ")$ ./internal/provider\n", "race: part 2/4 of ",
		}},
		"red":   {"2/4", "m/internal/act", []string{")$ ./internal/provider\n"}},
		"other": {"2/4", "./internal/provider", []string{"test -race -v m/internal/act\n"}},
	} {
		dir := fake(t, "go", "[ $1 = test ] || { "+packages+"; exit; }\necho \"$@\"\ncase \"$*\" in *"+test.fails+") exit 1; esac")

		output, err := script(t, dir, []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "RACEPART=" + test.part}, "race.sh", "-v")
		if (err == nil) != (test.fails == "none") {
			t.Errorf("%s: %v: %s", name, err, output)
		}

		for _, text := range test.want {
			if !strings.Contains(output, text) {
				t.Errorf("%s: %q is not in %s", name, text, output)
			}
		}
	}
}

// TestUpgradeWithoutParent: a commit that is not there fails if it was named; else nothing
// was checked, which is said.
func TestUpgradeWithoutParent(t *testing.T) {
	t.Parallel()

	output, err := script(t, ".", []string{"BASE=no-such-commit"}, "check-upgrade.sh")
	if err == nil || !strings.Contains(output, "there is no commit no-such-commit") {
		t.Errorf("%v: %s", err, output)
	}

	empty := t.TempDir()

	output, err = script(t, ".", []string{"BASE=", "GIT_DIR=" + empty}, "check-upgrade.sh")
	if err != nil || !strings.Contains(output, "!!! NOT CHECKED against the build of an earlier commit") {
		t.Errorf("%v: %s", err, output)
	}
}

// TestHelp: make help lists each target that says what it does.
func TestHelp(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile("GNUmakefile")
	if err != nil {
		t.Fatal(err)
	}

	output, err := exec.CommandContext(t.Context(), "make", "--no-print-directory", "help").CombinedOutput()
	if errors.Is(err, exec.ErrNotFound) {
		t.Skip(err)
	}

	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}

	targets := regexp.MustCompile(`(?m)^([^\s:]+):.* ## (.+)$`).FindAllStringSubmatch(string(text), -1)
	if len(targets) < 20 {
		t.Fatal(targets)
	}

	for _, target := range targets {
		if !regexp.MustCompile(`(?m)^  ` + target[1] + ` +` + regexp.QuoteMeta(target[2]) + `$`).Match(output) {
			t.Errorf("%s is not listed", target[1])
		}
	}
}
