// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// shell runs a script that has the command as $0, in an environment with keys of
// somebody's own and a file of them.
func shell(t *testing.T, binary, script string) (stdout, stderr string, err error) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh")
	}
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip(err)
	}
	command := exec.CommandContext(t.Context(), sh, "-uc", script, binary)
	command.Env = append(os.Environ(), "HW_ACCESS_KEY=own", "HW_SECRET_KEY=own", "BSS_ENDPOINT=https://own", "BSS_SIM_PID=1")
	for _, name := range elsewhere {
		command.Env = append(command.Env, name+"=own")
	}
	// Not a pipe, which the simulator would keep open.
	file, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	command.Stderr = file
	output, ended := command.Output()
	said, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}

	return string(output), string(said), ended
}

// A shell evaluates what -env prints, goes on while the simulator serves, and ends it
// by its id; an interrupt, which a terminal sends to all, does not. Nothing is left of
// another account.
func TestEnv(t *testing.T) {
	t.Parallel()
	output, said, err := shell(t, built(t), `set -e
eval "$("$0" -seed empty -env &)"
kill -INT "$BSS_SIM_PID"
echo "$BSS_ENDPOINT/_sim/world" "$HW_ACCESS_KEY" "$HW_SECRET_KEY" "$BSS_SIM_PID"
env | grep =own || true`)
	if err != nil {
		t.Fatal(err, said)
	}
	told := strings.Fields(output)
	if len(told) != 4 || told[1] == "" || told[2] == "" {
		t.Fatalf("the shell knows %q", told)
	}
	pid, err := strconv.Atoi(told[3])
	if err != nil {
		t.Fatal(err)
	}
	process, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	var world struct {
		Orders []any `json:"orders"`
	}
	fetch(t, told[0], &world)
	if err := process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
}

// A simulator that does not start leaves a shell without keys, which can be told by its
// status.
func TestEnvFails(t *testing.T) {
	t.Parallel()
	binary := built(t)
	for _, wrong := range []string{"-moon -env", "-env -moon", "--env=true -addr 127.0.0.1:99999", "-env -seed /does/not/exist"} {
		output, said, err := shell(t, binary, `eval "$("$0" `+wrong+` &)" && echo "evaluates"
echo "$BSS_ENDPOINT" "${BSS_SIM_PID-}"
env | grep =own`)
		if err == nil || output != nowhere+" \n" || !strings.Contains(said, "bss-sim does not run") {
			t.Errorf("%s: %v, %q, %q", wrong, err, output, said)
		}
		if _, _, err := shell(t, binary, `eval "$("$0" `+wrong+`)"`); err == nil {
			t.Errorf("%s: the shell goes on", wrong)
		}
		command := exec.CommandContext(t.Context(), binary, strings.Fields(wrong)...)
		if err := command.Run(); err == nil {
			t.Errorf("%s: exit code 0", wrong)
		}
	}
	var stdout bytes.Buffer
	command := exec.CommandContext(t.Context(), binary, "-moon")
	command.Stdout = &stdout
	if err := command.Run(); err == nil || stdout.Len() > 0 {
		t.Errorf("without -env: %v, %q", err, stdout.String())
	}
}

// kept are the variables that are as good for the simulator.
var kept = []string{
	"BSS_ENDPOINT", "HW_ACCESS_KEY", "HW_SECRET_KEY", // set
	"BSS_METADATA_ENDPOINT", // asked last, where there are no keys
	"HW_MAX_RETRIES", "HW_TF_CUSTOM_UA", "OS_CACERT",
}

// Each variable that the provider reads is set, taken away or kept.
func TestEnvNamesAll(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`^"((BSS|HW|OS|HUAWEICLOUD)_[A-Z0-9_]+)"$`)
	read := map[string]bool{}
	for _, folder := range []string{"bssapi", "provider"} {
		files, err := filepath.Glob(filepath.Join("..", "..", "internal", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(err, "no files")
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(node ast.Node) bool {
				if literal, is := node.(*ast.BasicLit); is {
					if match := named.FindStringSubmatch(literal.Value); match != nil {
						read[match[1]] = true
					}
				}

				return true
			})
		}
	}
	for name := range read {
		if !slices.Contains(elsewhere, name) && !slices.Contains(kept, name) {
			t.Errorf("the provider reads %s, and the lines of -env do not say what becomes of it", name)
		}
	}
	for _, name := range slices.Concat(elsewhere, kept) {
		if !read[name] {
			t.Errorf("the provider does not read %s", name)
		}
	}
}
