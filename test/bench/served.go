// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// served is a process of the provider that Terraform attaches to instead of
// starting its own. It is still there when a command has ended, so that its
// peak of memory can be read.
type served struct {
	// reattach is TF_REATTACH_PROVIDERS.
	reattach string
	pid      int
}

// serve starts the provider, which then runs until ctx is done or stop is
// called. The environment is what configures it.
func (t tools) serve(ctx context.Context, environment []string) (s served, stop func(), err error) {
	ctx, cancel := context.WithCancel(ctx)
	process := exec.CommandContext(ctx, t.provider, "-debug") //nolint:gosec // it was built by buildTools
	process.Env = environment
	stdout, err := process.StdoutPipe()
	if err == nil {
		err = process.Start()
	}
	if err != nil {
		cancel()

		return served{}, nil, err
	}
	stop = func() {
		cancel()
		// It was killed, which is no failure.
		_ = process.Wait()
	}
	s = served{pid: process.Process.Pid}
	if s.reattach, err = readReattach(stdout); err != nil {
		stop()

		return served{}, nil, err
	}

	return s, stop, nil
}

// readReattach finds TF_REATTACH_PROVIDERS='{"registry/name/space": …}' among
// what the provider tells a person. Without a registry, the address is right
// for OpenTofu too.
func readReattach(stdout io.Reader) (string, error) {
	lines := bufio.NewScanner(stdout)
	for lines.Scan() {
		_, quoted, found := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='")
		if !found {
			continue
		}
		var providers map[string]json.RawMessage
		if err := json.Unmarshal([]byte(strings.TrimSuffix(quoted, "'")), &providers); err != nil {
			return "", fmt.Errorf("how to attach to the provider: %w", err)
		}
		for _, one := range providers {
			text, err := json.Marshal(map[string]json.RawMessage{"bss-community/bss": one})

			return string(text), err
		}
	}

	return "", errors.Join(errors.New("the provider does not say how to attach to it"), lines.Err())
}

// peakMemory is the most memory, in bytes, that the process has had resident;
// 0 where the system does not keep it as Linux does.
func (s served) peakMemory() (int64, error) {
	status, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(s.pid), "status"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(status)) {
		if text, found := strings.CutPrefix(line, "VmHWM:"); found {
			kilobytes, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "kB")), 10, 64)

			return kilobytes << 10, err
		}
	}

	return 0, errors.New("the system does not tell the peak of memory")
}
