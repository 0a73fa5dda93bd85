// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// cli is a real Terraform (or OpenTofu) that runs the real provider binary, in
// a folder of its own.
type cli struct {
	t       *testing.T
	path    string
	dir     string
	wrapper string
	pidFile string
	env     []string
}

// built holds the binaries of the provider and of the simulator, which the first test
// that needs one builds.
var built struct {
	sync.Mutex
	dir string
}

func TestMain(m *testing.M) {
	code := m.Run()

	if code == 0 || *update {
		for _, problem := range messagesDiffer() {
			fmt.Fprintln(os.Stderr, problem)

			code = 1
		}
	}

	if built.dir != "" {
		if err := os.RemoveAll(built.dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}

	os.Exit(code)
}

// binary is the path of the provider's binary; bss-sim is beside it.
func binary(t *testing.T) string {
	t.Helper()

	built.Lock()
	defer built.Unlock()

	path := filepath.Join(built.dir, program("terraform-provider-bss"))
	if built.dir != "" {
		return path
	}

	//nolint:usetesting // it is shared by all tests, and removed after the last
	dir, err := os.MkdirTemp("", "terraform-provider-bss-")
	if err != nil {
		t.Fatal(err)
	}

	built.dir, path = dir, filepath.Join(dir, program("terraform-provider-bss"))

	const module = "github.com/bss-community/terraform-provider-bss"

	build := exec.CommandContext(t.Context(), "go", "build", "-o", dir, module, module+"/cmd/bss-sim")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the provider and the simulator: %v\n%s", err, output)
	}

	return path
}

// program is the file name of a command.
func program(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}

	return name
}

// needsUnix skips a test on Windows.
func needsUnix(t *testing.T, why string) {
	t.Helper()

	if runtime.GOOS == "windows" {
		t.Skip("not on Windows: " + why)
	}
}

// cliRuns bounds how many tests run Terraform at once. They need processors, where
// most others only wait, so that many of those may run beside them.
var cliRuns = make(chan struct{}, 6)

// cliRunners are the tests that run Terraform now, by their names, and how each gives
// its place back. One that makes a second CLI has its place already.
var cliRunners sync.Map

// takeTurn waits for a place, and keeps it until the test ends or calls leaveTurn. A
// test that keeps its own while its parts wait for theirs would keep them waiting for
// ever once there are as many such tests as places.
func takeTurn(t *testing.T) {
	t.Helper()

	if _, running := cliRunners.Load(t.Name()); running {
		return
	}

	for at := strings.LastIndexByte(t.Name(), '/'); at > 0; at = strings.LastIndexByte(t.Name()[:at], '/') {
		if _, waits := cliRunners.Load(t.Name()[:at]); waits {
			t.Fatalf("%s keeps its place while %s waits for one: let it call leaveTurn before", t.Name()[:at], t.Name())
		}
	}

	cliRuns <- struct{}{}

	cliRunners.Store(t.Name(), sync.OnceFunc(func() { <-cliRuns }))
	t.Cleanup(func() { leaveTurn(t) })
}

// leaveTurn gives the place of a test back, whose CLIs do not run any more.
func leaveTurn(t *testing.T) {
	t.Helper()

	held, _ := cliRunners.LoadAndDelete(t.Name())
	if release, running := held.(func()); running {
		release()
	}
}

// cliPath is the Terraform or OpenTofu that tests run.
func cliPath(t *testing.T) string {
	t.Helper()

	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}

	for _, name := range []string{"terraform", "tofu"} {
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}

	t.Fatal("neither terraform nor tofu is on PATH; make test sees to that")

	return ""
}

func newCLI(t *testing.T, w *world, config string) *cli {
	t.Helper()
	w.serves(byTerraform)

	if simtest.RaceDetector {
		t.Skip("the provider runs in a process of its own, where the race detector sees nothing; make test runs this")
	}

	takeTurn(t)

	c := &cli{t: t, path: cliPath(t), dir: t.TempDir(), wrapper: t.TempDir(), pidFile: filepath.Join(t.TempDir(), "pid")}
	c.runsProvider(binary(t))
	c.configure(config)

	c.env = []string{
		"TF_CLI_CONFIG_FILE=" + c.rc(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "PATH=" + os.Getenv("PATH"),
		// The latter two are for Windows.
		"HOME=" + w.home, "USERPROFILE=" + w.home, "TEMP=" + os.TempDir(),
		// Both programs end before it is worth while to collect their garbage.
		"GOGC=off", "GOMEMLIMIT=1GiB",
	}
	for name, value := range w.env {
		c.env = append(c.env, name+"="+value)
	}

	return c
}

// rc is the CLI configuration.
func (c *cli) rc() string { return filepath.Join(c.wrapper, "cli.tfrc") }

// runsProvider has Terraform run a build of the provider from now on: by a wrapper that
// leaves its pid and becomes the provider, so that a test knows what to kill. Windows has
// no such wrappers, and runs the build itself.
func (c *cli) runsProvider(build string) {
	c.t.Helper()

	folder := filepath.Dir(build)
	if runtime.GOOS != "windows" {
		folder = c.wrapper
		c.write(filepath.Join(folder, "terraform-provider-bss"),
			fmt.Sprintf("#!/bin/sh\necho $$ >'%s'\nexec '%s' \"$@\"\n", c.pidFile, build), 0o700)
	}

	c.write(
		c.rc(),
		fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"bss-community/bss\" = %q\n  }\n  direct {}\n}\n", folder),
		0o600,
	)
}

func (c *cli) write(path, content string, mode os.FileMode) {
	c.t.Helper()

	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		c.t.Fatal(err)
	}
}

// configure writes the configuration, which may say by itself which provider it needs.
func (c *cli) configure(config string) {
	c.t.Helper()

	if strings.Contains(config, "required_providers") {
		c.wholly(config)

		return
	}

	c.wholly(`
terraform {
  required_providers {
    bss = {
      source = "bss-community/bss"
    }
  }
}
` + config)
}

func (c *cli) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	command := exec.CommandContext(c.t.Context(), c.path, args...)
	command.Dir = c.dir
	command.Env = c.env

	output := &bytes.Buffer{}
	command.Stdout, command.Stderr = output, output

	return command, output
}

// run runs Terraform and returns its exit code and what it printed.
func (c *cli) run(args ...string) (int, string) {
	c.t.Helper()

	command, output := c.command(args...)
	err := command.Run()

	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}

	return command.ProcessState.ExitCode(), output.String()
}

// ok runs Terraform, which has to succeed.
func (c *cli) ok(args ...string) string {
	c.t.Helper()

	code, output := c.run(args...)
	if code != 0 {
		c.t.Fatalf("%s exited with %d:\n%s", strings.Join(args, " "), code, output)
	}

	return output
}

// empty fails unless a plan has nothing to do.
func (c *cli) empty() {
	c.t.Helper()

	if code, output := c.run("plan", "-no-color", "-input=false", "-detailed-exitcode"); code != 0 {
		c.t.Errorf("the plan is not empty (exit %d):\n%s", code, output)
	}
}

// killProvider ends the provider as a power cut would.
func (c *cli) killProvider() {
	c.t.Helper()
	c.signalProvider(os.Kill)
}

func (c *cli) signalProvider(signal os.Signal) {
	c.t.Helper()
	needsUnix(c.t, "nothing says there which process is the provider")

	content, err := os.ReadFile(c.pidFile)
	if err != nil {
		c.t.Fatal(err)
	}

	pid, err := strconv.Atoi(strings.TrimSpace(string(content)))
	if err != nil {
		c.t.Fatal(err)
	}

	process, err := os.FindProcess(pid)
	if err != nil {
		c.t.Fatal(err)
	}

	if err := process.Signal(signal); err != nil {
		c.t.Fatal(err)
	}
}

// instance is a resource of the state.
type instance struct {
	Tainted bool
	Values  map[string]any
}

// resource is the resource of that address in state, or nil. It is read from the file:
// "terraform show" would start the provider for it.
func (c *cli) resource(address string) *instance {
	c.t.Helper()

	content, err := os.ReadFile(filepath.Join(c.dir, "terraform.tfstate"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}

	var state struct {
		Resources []struct {
			Mode      string `json:"mode"`
			Module    string `json:"module"`
			Type      string `json:"type"`
			Name      string `json:"name"`
			Instances []struct {
				IndexKey   any            `json:"index_key"`
				Status     string         `json:"status"`
				Deposed    string         `json:"deposed"`
				Attributes map[string]any `json:"attributes"`
			} `json:"instances"`
		} `json:"resources"`
	}

	if err := errors.Join(err, json.Unmarshal(content, &state)); err != nil {
		c.t.Fatal(err)
	}

	for _, found := range state.Resources {
		for _, one := range found.Instances {
			at := found.Type + "." + found.Name
			if one.IndexKey != nil {
				key, err := json.Marshal(one.IndexKey)
				if err != nil {
					c.t.Fatal(err)
				}

				at += "[" + string(key) + "]"
			}

			if at == address && found.Mode == "managed" && found.Module == "" && one.Deposed == "" {
				return &instance{Tainted: one.Status == "tainted", Values: one.Attributes}
			}
		}
	}

	return nil
}

// until waits for something that another process does.
func until(t tester, what string, done func() bool) {
	t.Helper()

	for range 1500 {
		if done() {
			return
		}

		time.Sleep(10 * time.Millisecond) //nolint:forbidigo // another process is waited for
	}

	t.Fatalf("waited in vain until %s", what)
}
