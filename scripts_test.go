// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// script runs a script of this project from a folder, and returns what it printed.
func script(t *testing.T, dir string, env []string, name string, arguments ...string) (string, error) {
	t.Helper()

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

	if runtime.GOOS == "windows" {
		t.Skip("the scripts are of bash")
	}

	dir := t.TempDir()

	//nolint:gosec // it is run
	if err := os.WriteFile(filepath.Join(dir, "fake"), []byte("#!/bin/sh\necho '"+version+"'\n"), 0o700); err != nil {
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
