// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command cilocal runs the steps of the workflows in .github/workflows that are shell, as
// the hosted runner does: each job in a fresh clone of HEAD, with its matrix expanded.
//
//	cilocal                   all jobs
//	cilocal -list             says what would run, and what would not
//	cilocal -job everything   the jobs whose names match
//
// Actions are not run. In the place of a checkout it clones, as deep as that says; for Go
// and Terraform it takes those of this machine. A pull request is taken to be for main. A
// job that wants another system or version of Terraform is skipped, and so is a step that
// wants a secret, or a tag where HEAD has none, each with the reason. It exits with 1 if a
// step fails.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	ok, err := run(ctx, os.Args[1:], terraformHere(ctx), os.Stdout)
	stop()

	if err != nil {
		fmt.Fprintln(os.Stderr, "cilocal:", err)
	}

	if err != nil || !ok {
		os.Exit(1)
	}
}

// run runs the jobs on a machine that has this version of Terraform, or none, and says
// whether no step failed.
func run(ctx context.Context, arguments []string, terraform string, out io.Writer) (bool, error) {
	flags := flag.NewFlagSet("cilocal", flag.ContinueOnError)
	root := flags.String("root", ".", "`folder` of the repository")
	match := flags.String("job", "", "run only jobs whose name, such as \"test.yml everything\", matches this `expression`")
	list := flags.Bool("list", false, "say what would run, and run nothing")

	if err := flags.Parse(arguments); err != nil {
		return false, err
	}

	pattern, err := regexp.Compile(*match)
	if err != nil {
		return false, err
	}

	names, err := filepath.Glob(filepath.Join(*root, ".github", "workflows", "*.y*ml"))
	if err != nil {
		return false, err
	}

	tag, err := exec.CommandContext(ctx, "git", "-C", *root, "tag", "--points-at", "HEAD").Output() //nolint:gosec // a folder
	if err != nil {
		return false, fmt.Errorf("git tag: %w", err)
	}

	r := runner{root: *root, list: *list, out: out, terraform: terraform}
	r.tag, _, _ = strings.Cut(string(tag), "\n")

	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return false, err
		}

		all, err := jobs(text)
		if err != nil {
			return false, fmt.Errorf("%s: %w", name, err)
		}

		for i := range all {
			all[i].id = filepath.Base(name) + " " + all[i].id
			if !pattern.MatchString(all[i].id) {
				r.say("skipped", all[i].id, "-job does not name it")

				continue
			}

			if err := r.job(ctx, &all[i]); err != nil {
				return false, err
			}
		}
	}

	return r.summary(), ctx.Err()
}

// terraformHere is the version of terraform on PATH, or nothing.
func terraformHere(ctx context.Context) string {
	printed, err := exec.CommandContext(ctx, "terraform", "version").Output()
	if err != nil {
		return ""
	}

	version, _, _ := strings.Cut(string(printed), "\n")

	return strings.TrimPrefix(version, "Terraform v")
}
