// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestRun(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-seed", "demo", "-site", "europe", "-set", "custody=on", "-now", "2030-01-02T03:04:05Z"}, writer, io.Discard)
	}()
	line, err := bufio.NewReader(reader).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var told map[string]string
	if err := json.Unmarshal(line, &told); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"endpoint", "access_key", "secret_key", "domain_id", "site"} {
		if told[name] == "" {
			t.Errorf("%s is missing from %s", name, line)
		}
	}
	if len(told) != 5 || told["site"] != "europe" {
		t.Errorf("ready line %s", line)
	}
	var world struct {
		Now      string            `json:"now"`
		Settings map[string]string `json:"settings"`
		Orders   []any             `json:"orders"`
	}
	fetch(t, told["endpoint"]+"/_sim/world", &world)
	if !strings.HasPrefix(world.Now, "2030-01-02T03:04") || world.Settings["custody"] != "on" || len(world.Orders) != 12 {
		t.Errorf("world: %s, custody %s, %d orders", world.Now, world.Settings["custody"], len(world.Orders))
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func fetch(t *testing.T, url string, into any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if err := json.NewDecoder(response.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	options, env, err := parse(strings.Fields("-generate resources=3,attached=2,orders=4,bill_lines=0 -latency 100ms -processing reads=2 "+
		"-lag duration=2s -set server_locks=off -set custody=on -state f -addr 127.0.0.1:1"), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if options.Generate.Resources != 3 || options.Generate.Attached != 2 || options.Generate.Orders != 4 ||
		options.Latency.Milliseconds() != 100 ||
		options.Processing.Reads != 2 || options.Lag.Duration.Seconds() != 2 || len(options.Settings) != 2 ||
		options.StateFile != "f" || options.Addr != "127.0.0.1:1" ||
		options.Quota != "published" ||
		options.Site != "international" || env {
		t.Errorf("%+v, env %v", options, env)
	}
	for _, arguments := range []string{
		"-moon", "-generate stars=1", "-generate orders=-1", "-processing soon", "-lag reads=-1", "-set custody", "-now today", "extra",
	} {
		if _, _, err := parse(strings.Fields(arguments), io.Discard); err == nil {
			t.Errorf("%s is taken", arguments)
		}
	}
	if err := run(t.Context(), []string{"-set", "moon=on"}, nil, io.Discard); err == nil {
		t.Error("an unknown setting is taken")
	}
}

// built is the command.
func built(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "bss-sim")
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}

	return binary
}

// The command prints one line, and ends cleanly on SIGTERM.
func TestCommand(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no SIGTERM to send")
	}
	command := exec.CommandContext(t.Context(), built(t))
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	command.Stderr = &stderr
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(stdout)
	if line, err := lines.ReadString('\n'); err != nil || !strings.HasPrefix(line, `{"endpoint":"http://127.0.0.1:`) {
		t.Errorf("first line %q %v", line, err)
	}
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(lines)
	if err != nil || len(rest) > 0 {
		t.Errorf("more lines: %q %v", rest, err)
	}
	if err := command.Wait(); err != nil || stderr.Len() > 0 {
		t.Errorf("ended with %v: %s", err, stderr.String())
	}
}
