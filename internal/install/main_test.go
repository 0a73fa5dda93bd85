// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestPluginsDir(t *testing.T) {
	t.Parallel()

	fresh, used := t.TempDir(), t.TempDir()
	if err := os.Mkdir(filepath.Join(used, ".terraform.d"), 0o700); err != nil {
		t.Fatal(err)
	}

	data := filepath.Join(fresh, "data")
	for _, test := range []struct {
		name, goos, home string
		env              map[string]string
		want             string
	}{
		{"linux", "linux", fresh, nil, fresh + "/.terraform.d/plugins"},
		{"freebsd", "freebsd", fresh, nil, fresh + "/.terraform.d/plugins"},
		{"macOS", "darwin", fresh, nil, fresh + "/.terraform.d/plugins"},
		{"data of XDG", "linux", fresh, map[string]string{"XDG_DATA_HOME": data}, data + "/terraform/plugins"},
		{"config of XDG", "linux", fresh, map[string]string{"XDG_CONFIG_HOME": data}, fresh + "/.local/share/terraform/plugins"},
		{"relative XDG", "linux", fresh, map[string]string{"XDG_DATA_HOME": "data"}, fresh + "/.local/share/terraform/plugins"},
		{"XDG on macOS", "darwin", fresh, map[string]string{"XDG_DATA_HOME": data}, fresh + "/Library/Application Support/io.terraform/plugins"},
		{"XDG beside the folder", "linux", used, map[string]string{"XDG_DATA_HOME": data}, used + "/.terraform.d/plugins"},
		{"windows", "windows", fresh, map[string]string{"APPDATA": data, "XDG_DATA_HOME": fresh}, data + "/terraform.d/plugins"},
		{"windows without a profile", "windows", fresh, nil, ""},
	} {
		got, err := pluginsDir(test.goos, test.home, func(name string) string { return test.env[name] })
		if want := filepath.FromSlash(test.want); got != want || (err != nil) != (want == "") {
			t.Errorf("%s: %s, %v, want %s", test.name, got, err, want)
		}
	}
}

func TestPackagePath(t *testing.T) {
	t.Parallel()

	for goos, want := range map[string]string{
		"linux":   "registry.terraform.io/bss-community/bss/0.2.3/linux_386/terraform-provider-bss_v0.2.3",
		"windows": "registry.terraform.io/bss-community/bss/0.2.3/windows_386/terraform-provider-bss_v0.2.3.exe",
	} {
		if got := filepath.ToSlash(packagePath("registry.terraform.io", "0.2.3", goos, "386")); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"", "dev", "v1.2.3", "1.2", "1.2.3-rc1", "01.2.3", "1.2.3/.."} {
		if err := install(t.Context(), version, io.Discard); !errors.Is(err, errNotReleased) {
			t.Errorf("%q: %v", version, err)
		}
	}
}

// Terraform with a home of its own, and no CLI configuration, finds what was
// installed there.
func TestInit(t *testing.T) {
	t.Parallel()

	if runtime.GOOS == "windows" {
		t.Skip("Terraform asks Windows for the folder, so that no test can give it another one")
	}

	home := t.TempDir()
	env := []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "CHECKPOINT_DISABLE=1"}

	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOPROXY", "GOFLAGS"} {
		value, err := exec.CommandContext(t.Context(), "go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}

		env = append(env, name+"="+strings.TrimSpace(string(value)))
	}

	run := func(dir, name string, args ...string) string {
		t.Helper()

		command := exec.CommandContext(t.Context(), name, args...)
		command.Dir, command.Env = dir, env

		output, err := command.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v in %s: %v\n%s", name, args, dir, err, output)
		}

		return string(output)
	}

	simulator := filepath.Join(home, "go", "bin", "bss-sim")
	printed := run(".", "go", "run", ".", "-version", "0.2.3")

	if _, err := os.Stat(simulator); err != nil {
		t.Error(err)
	}

	says := []string{simulator}
	if _, err := exec.LookPath("bss-sim"); err != nil {
		says = append(says, "A shell does not find bss-sim: add its folder to PATH.")
	}

	for _, line := range says {
		if !strings.Contains(printed, line+"\n") {
			t.Errorf("%q is not said:\n%s", line, printed)
		}
	}

	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if cli == "" {
		cli = "terraform"
	}

	parent := t.TempDir()
	child := filepath.Join(parent, "module")

	const required = "terraform {\n  required_providers {\n    bss = {\n      source = \"bss-community/bss\"\n    }\n  }\n}\n"
	write(t, filepath.Join(parent, "main.tf"), required+"module \"child\" {\n  source = \"./module\"\n}\n")
	write(t, filepath.Join(child, "main.tf"), required+"data \"bss_account_balances\" \"all\" {}\n")

	dirs := []string{parent}

	for _, stack := range []string{"budget-gate", "cost-report"} {
		dir := filepath.Join(t.TempDir(), stack)
		if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "examples", "stacks", stack))); err != nil {
			t.Fatal(err)
		}

		dirs = append(dirs, dir)
	}

	for _, dir := range dirs {
		if output := run(dir, cli, "init", "-no-color", "-input=false"); !strings.Contains(output, "Installed bss-community/bss v0.2.3") {
			t.Errorf("init in %s:\n%s", dir, output)
		}

		run(dir, cli, "validate", "-no-color")
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()

	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
