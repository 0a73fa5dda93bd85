// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// outcome is what became of a mutant.
type outcome int

const (
	killed outcome = iota
	// excused: it survived, and is known to.
	excused
	survived
	// broken: it does not compile, or dies although it is known to survive.
	broken
)

func (o outcome) String() string {
	return [...]string{"killed", "survived, with a reason", "SURVIVED", "CANNOT BE TRIED"}[o]
}

// verdict is the outcome of a mutant, with the test that noticed, or what went wrong.
type verdict struct {
	mutant  *mutant
	outcome outcome
	detail  string
}

func (v verdict) String() string {
	line := fmt.Sprintf("%s: %s", v.mutant, v.outcome)
	if v.outcome == survived {
		return line + ". It matters: " + v.mutant.Why
	}

	if v.detail != "" {
		line += ": " + v.detail
	}

	return line
}

// try tries mutants side by side, and prints each verdict as it comes.
func try(ctx context.Context, out io.Writer, root string, mutants []*mutant, jobs int) ([]verdict, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}

	var (
		group    sync.WaitGroup
		mu       sync.Mutex
		verdicts []verdict
		failures []error
	)

	waiting := make(chan *mutant)

	for range jobs {
		group.Go(func() {
			for one := range waiting {
				v, err := judge(ctx, root, one)

				mu.Lock()

				if err != nil {
					failures = append(failures, fmt.Errorf("%s: %w", one, err))
				} else {
					verdicts = append(verdicts, v)
					_, _ = fmt.Fprintln(out, v)
				}

				mu.Unlock()
			}
		})
	}

	for _, one := range mutants {
		waiting <- one
	}

	close(waiting)
	group.Wait()

	return verdicts, errors.Join(failures...)
}

// judge runs the tests against one mutant until one notices.
func judge(ctx context.Context, root string, m *mutant) (verdict, error) {
	scratch, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return verdict{}, err
	}

	defer func() { _ = os.RemoveAll(scratch) }()

	overlay, err := m.overlay(root, scratch)
	if err != nil {
		return verdict{}, err
	}

	for _, tests := range append([]string{"./" + filepath.ToSlash(filepath.Dir(m.File))}, m.Tests...) {
		folder, only, _ := strings.Cut(tests, " ")
		binary := filepath.Join(scratch, "tests")

		if output, err := command(ctx, root, "go", "test", "-c", "-overlay", overlay, "-o", binary, folder); err != nil {
			return verdict{m, broken, string(output)}, ctx.Err()
		}

		output, err := command(ctx, filepath.Join(root, folder), binary, "-test.failfast", "-test.short", "-test.timeout=120s", "-test.run="+only)

		var failed *exec.ExitError

		switch {
		case ctx.Err() != nil:
			return verdict{}, ctx.Err()
		case errors.As(err, &failed) && m.Survives != "":
			return verdict{m, broken, "it is said to survive, but " + noticed(output)}, nil
		case errors.As(err, &failed):
			return verdict{m, killed, noticed(output)}, nil
		case err != nil:
			return verdict{}, err
		}
	}

	if m.Survives != "" {
		return verdict{m, excused, m.Survives}, nil
	}

	return verdict{m, survived, ""}, nil
}

// overlay writes what makes Go build the mutant in the place of its file.
func (m *mutant) overlay(root, scratch string) (string, error) {
	text, err := m.mutated(root)
	if err != nil {
		return "", err
	}

	changed := filepath.Join(scratch, "mutant.go")
	if err := os.WriteFile(changed, text, 0o600); err != nil {
		return "", err
	}

	list, err := json.Marshal(map[string]map[string]string{"Replace": {filepath.Join(root, m.File): changed}})
	if err != nil {
		return "", err
	}

	overlay := filepath.Join(scratch, "overlay.json")

	return overlay, os.WriteFile(overlay, list, 0o600)
}

func command(ctx context.Context, folder, name string, arguments ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, name, arguments...)
	c.Dir = folder

	return c.CombinedOutput()
}

// noticed names the first test that failed.
func noticed(output []byte) string {
	for line := range bytes.Lines(output) {
		if name, failed := bytes.CutPrefix(bytes.TrimSpace(line), []byte("--- FAIL: ")); failed {
			test, _, _ := bytes.Cut(name, []byte(" "))

			return string(test)
		}
	}

	return "a panic or a timeout"
}
