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
	// broken: it does not compile, no test fails by its name, or it dies although it is
	// known to survive.
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
		line += ". It matters: " + v.mutant.Why
	}

	if v.detail != "" {
		line += ": " + v.detail
	}

	return line
}

// judging is how a mutant is judged.
type judging func(m *mutant, ctx context.Context, root string) (verdict, error)

// try tries mutants side by side, and prints each verdict as it comes.
func try(ctx context.Context, out io.Writer, root string, mutants []*mutant, jobs int, judge judging) ([]verdict, error) {
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
				v, err := judge(one, ctx, root)

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

// trial is a package of tests, which of them, and what they are told.
type trial struct {
	folder, only string
	arguments    []string
}

// judge runs the tests against one mutant until one notices.
func (m *mutant) judge(ctx context.Context, root string) (verdict, error) {
	builder, done, err := m.builder(root)
	if err != nil {
		return verdict{}, err
	}
	defer done()

	for _, one := range m.trials() {
		v, err := builder.try(ctx, one)
		if err != nil || v.outcome == broken {
			return v, err
		}

		if v.outcome == killed {
			if m.Survives != "" {
				return verdict{m, broken, "it is said to survive, but " + v.detail}, nil
			}

			return v, nil
		}
	}

	if m.Survives != "" {
		return verdict{m, excused, m.Survives}, nil
	}

	return verdict{m, survived, ""}, nil
}

// explore runs the exploration alone against one mutant: it has to notice with its
// reductions and without them.
func (m *mutant) explore(ctx context.Context, root string) (verdict, error) {
	builder, done, err := m.builder(root)
	if err != nil {
		return verdict{}, err
	}
	defer done()

	for _, one := range m.explorations() {
		v, err := builder.try(ctx, one)
		if err != nil || v.outcome == broken {
			return v, err
		}

		if v.outcome == survived {
			return verdict{m, survived, strings.Join(one.arguments, " ")}, nil
		}
	}

	return verdict{m, killed, "the exploration, with reductions and without"}, nil
}

// builder builds tests with the guard of a mutant broken.
type builder struct {
	mutant                 *mutant
	root, scratch, overlay string
	// built is the package of the binary that stands there.
	built string
}

// builder returns one, and what takes its files away.
func (m *mutant) builder(root string) (_ *builder, done func(), _ error) {
	scratch, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return nil, nil, err
	}

	done = func() { _ = os.RemoveAll(scratch) }

	overlay, err := m.overlay(root, scratch)
	if err != nil {
		done()

		return nil, nil, err
	}

	return &builder{mutant: m, root: root, scratch: scratch, overlay: overlay}, done, nil
}

// try runs one trial: the mutant is killed, survived, or cannot be tried.
func (b *builder) try(ctx context.Context, one trial) (verdict, error) {
	binary := filepath.Join(b.scratch, "tests")

	if b.built != one.folder {
		if output, err := command(ctx, b.root, "go", "test", "-c", "-overlay", b.overlay, "-o", binary, one.folder); err != nil {
			return verdict{b.mutant, broken, string(output)}, ctx.Err()
		}

		b.built = one.folder
	}

	arguments := append([]string{"-test.failfast", "-test.short", "-test.timeout=300s", "-test.run=" + one.only}, one.arguments...)
	output, err := command(ctx, filepath.Join(b.root, one.folder), binary, arguments...)

	var failed *exec.ExitError

	switch {
	case ctx.Err() != nil:
		return verdict{}, ctx.Err()
	case errors.As(err, &failed):
		if test, found := noticed(output); found {
			return verdict{b.mutant, killed, test}, nil
		}

		// What only takes too long has noticed nothing.
		return verdict{b.mutant, broken, "no test failed by its name:\n" + string(output)}, nil
	case err != nil:
		return verdict{}, err
	default:
		return verdict{b.mutant, survived, ""}, nil
	}
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
func noticed(output []byte) (test string, found bool) {
	for line := range bytes.Lines(output) {
		if name, failed := bytes.CutPrefix(bytes.TrimSpace(line), []byte("--- FAIL: ")); failed {
			test, _, _ = strings.Cut(string(name), " ")

			return test, true
		}
	}

	return "", false
}
