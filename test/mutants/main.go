// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command mutants breaks the guards that keep money safe, one at a time, and says
// which of those breaks no fast test notices.
//
//	go run ./test/mutants                 all of them
//	go run ./test/mutants -run renewal    those of which the file or name matches
//	go run ./test/mutants -sample 10 -seed COMMIT
//	go run ./test/mutants -explored       those that the exploration alone has to notice
//
// A mutant is a row of a *.hcl file beside this one: what is replaced in which file,
// why that matters, and which tests are to notice. Nothing in the tree is changed: Go
// builds the tests with an overlay. It exits with 1 if a mutant survives that has no
// written reason, or if one cannot be tried.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	if err := run(ctx, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		stop()
		os.Exit(1) //nolint:gocritic // stop was called
	}
}

func run(ctx context.Context, out io.Writer) error {
	root := flag.String("root", ".", "root of the repository")
	match := flag.String("run", "", "try only mutants of which the file or the name matches this regular expression")
	sample := flag.Int("sample", 0, "try so many, chosen by the seed; 0 is all")
	seed := flag.String("seed", "", "what chooses the sample, such as a commit")
	explored := flag.Bool("explored", false, "let the exploration judge alone, with its reductions and without, those that say so")
	jobs := flag.Int("jobs", 2, "how many to try at once")
	flag.Parse()

	pattern, err := regexp.Compile(*match)
	if err != nil {
		return err
	}

	mutants, err := load(*root)
	if err != nil {
		return err
	}

	total, judge := len(mutants), (*mutant).judge

	if *explored {
		mutants = slices.DeleteFunc(mutants, func(m *mutant) bool { return m.Explored == "" })
		judge = (*mutant).explore
	}

	mutants = choose(mutants, pattern, *sample, *seed)

	clock := bssapi.SystemClock()
	begun := clock.Now()

	verdicts, err := try(ctx, out, *root, mutants, *jobs, judge)
	if err != nil {
		return err
	}

	count := map[outcome]int{}

	for _, v := range verdicts {
		count[v.outcome]++
	}

	_, _ = fmt.Fprintf(out, "%d of %d mutants in %.0f s: %d killed, %d survived with a reason, %d survived, %d could not be tried\n",
		len(mutants), total, clock.Now().Sub(begun).Seconds(), count[killed], count[excused], count[survived], count[broken])

	if count[survived]+count[broken] > 0 {
		return fmt.Errorf("these are to be looked at:\n%s", strings.Join(wrong(verdicts), "\n"))
	}

	return nil
}

func wrong(verdicts []verdict) []string {
	var lines []string

	for _, v := range verdicts {
		if v.outcome == survived || v.outcome == broken {
			lines = append(lines, v.String())
		}
	}

	return lines
}
