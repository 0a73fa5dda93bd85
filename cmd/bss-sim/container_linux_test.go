// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"
)

// The binary that the Containerfile builds needs nothing beside it: no library, no
// certificates, no time zones, no folder to write to.
func TestEmptyRoot(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`\nFROM scratch\nCOPY --from=build /bss-sim /bss-sim\nUSER 65532:65532\nENTRYPOINT \["/bss-sim"\]\n$`).Match(file) {
		t.Error("the container holds something else than the binary")
	}
	recipe := regexp.MustCompile(`(?m)^RUN (CGO_ENABLED=0 go build .+) -o /bss-sim \./cmd/bss-sim$`).FindSubmatch(file)
	if recipe == nil {
		t.Fatal("the Containerfile does not build the command")
	}
	root := t.TempDir()
	build := exec.CommandContext(t.Context(), "sh", "-c", string(recipe[1])+` -o "$0" .`, filepath.Join(root, "bss-sim"))
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	command := exec.CommandContext(t.Context(), "/bss-sim", "-seed", "demo")
	command.Dir, command.Env, command.Stderr = "/", []string{}, os.Stderr
	command.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	if os.Geteuid() != 0 {
		// Who is not root may be so among processes of their own, where the system allows it.
		command.SysProcAttr.Credential, command.SysProcAttr.Cloneflags = nil, syscall.CLONE_NEWUSER
		command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(root, 0o755); err != nil { //nolint:gosec // another user runs it
		t.Fatal(err)
	}
	if err := command.Start(); errors.Is(err, os.ErrPermission) {
		t.Skipf("this system gives nobody but root another root: %v", err)
	} else if err != nil {
		t.Fatal(err)
	}
	var told ready
	if err := json.NewDecoder(bufio.NewReader(stdout)).Decode(&told); err != nil {
		t.Fatal(err)
	}
	var world struct {
		Orders []any `json:"orders"`
	}
	fetch(t, told.Endpoint+"/_sim/world", &world)
	if len(world.Orders) == 0 {
		t.Error("the simulator in an empty root has no orders")
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := command.Wait(); err != nil {
		t.Error(err)
	}
}
