// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command bench measures what the provider costs in calls and time: real
// Terraform and the built provider against the simulator, with its latency and
// the published quotas. It prints a table; BENCHMARKS.md says how to read it.
//
//	make bench BENCHARGS="-n 100 -work refresh"
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// bench are the options of a run.
type bench struct {
	tools

	// n is how many resources there are, a tenth of the number of orders and of
	// bill lines with rows, a hundredth of that of bill lines added up, and one
	// fiftieth of what a large account holds.
	n int
	// latency is that of a call.
	latency time.Duration
	// quota is that of the simulator: published or off.
	quota string
	// repeat is how often short works are measured.
	repeat int
}

// limited is an account that costs what a real one does.
func (b *bench) limited(options bsssim.Options) bsssim.Options {
	options.Quota, options.Latency = b.quota, b.latency

	return options
}

// works are what is measured, by name.
var works = []struct {
	name string
	run  func(*bench, context.Context) ([]row, error)
}{
	{"refresh", (*bench).refreshAll},
	{"singly", (*bench).readSingly},
	{"few", (*bench).refreshFew},
	{"expiry_policy", (*bench).applyExpiryPolicy},
	{"autorenew", (*bench).applyAutorenew},
	{"orders", (*bench).orders},
	{"members", (*bench).members},
	{"bills", (*bench).bills},
	{"bill_growth", (*bench).billGrowth},
	{"rows", (*bench).rows},
	{"costs", (*bench).costs},
	{"forecast", (*bench).forecast},
	{"start", (*bench).start},
}

// errMissed says that a budget was missed.
var errMissed = errors.New("a budget was missed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string, stdout, stderr io.Writer) error {
	var (
		b     bench
		names []string
	)
	for _, w := range works {
		names = append(names, w.name)
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(
		&b.n,
		"n",
		1000,
		"`number` of resources; of orders there are ten times as many, of bill lines a hundred times, in a large account fifty times",
	)
	flags.DurationVar(&b.latency, "latency", 100*time.Millisecond, "latency of a call")
	flags.StringVar(&b.quota, "quota", "published", "published or off")
	flags.IntVar(&b.repeat, "repeat", 3, "how often short works are measured, of which the fastest counts")
	provider := flags.String("provider", "", "`path` of a provider to measure in place of one that is built now")
	wanted := flags.String("work", strings.Join(names, ","), "`works` to measure")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if b.n < 1 || b.repeat < 1 || flags.NArg() > 0 {
		return errors.New("want -n and -repeat of at least 1, and no other arguments")
	}
	chosen := strings.Split(*wanted, ",")
	for _, name := range chosen {
		if !slices.Contains(names, name) {
			return fmt.Errorf("unknown work %q: it is one of %s", name, strings.Join(names, ", "))
		}
	}
	dir, err := os.MkdirTemp("", "bss-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if b.tools, err = buildTools(ctx, dir, *provider); err != nil {
		return err
	}
	version, err := exec.CommandContext(ctx, b.cli, "version").Output() //nolint:gosec // the path comes from make bench
	if err != nil {
		return fmt.Errorf("%s version: %w", b.cli, err)
	}
	name, _, _ := strings.Cut(string(version), "\n")
	fmt.Fprintf(stdout, "%s, %s, %s/%s, %d processors, latency %s, quota %s\n\n",
		name, runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), b.latency, b.quota)
	rows, err := b.measure(ctx, chosen, stderr)
	if printErr := printTable(stdout, rows); err == nil {
		err = printErr
	}
	for _, r := range rows {
		if !r.met() && err == nil {
			err = errMissed
		}
	}

	return err
}

// measure does the chosen works, and tells progress which.
func (b *bench) measure(ctx context.Context, chosen []string, progress io.Writer) ([]row, error) {
	var rows []row
	for _, w := range works {
		if !slices.Contains(chosen, w.name) {
			continue
		}
		fmt.Fprintf(progress, "bench: %s\n", w.name)
		work, done := context.WithCancel(ctx)
		more, err := w.run(b, work)
		done()
		if err != nil {
			return rows, fmt.Errorf("%s: %w", w.name, err)
		}
		rows = append(rows, more...)
	}

	return rows, nil
}
