// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// runner runs jobs, and keeps what became of each step.
type runner struct {
	root string
	list bool
	out  io.Writer
	// terraform is the version of the one on PATH, empty if there is none.
	terraform string
	// tag is one of HEAD, empty if it has none.
	tag string

	results []string
	failed  bool
}

// say prints what becomes of a step, and keeps it for the summary.
func (r *runner) say(became, what, why string) {
	if why != "" {
		what += ": " + why
	}

	line := fmt.Sprintf("%-8s %s", became, what)
	r.results = append(r.results, line)
	_, _ = fmt.Fprintln(r.out, line)
}

// summary repeats what became of all steps, and says whether none failed.
func (r *runner) summary() bool {
	if !r.list {
		_, _ = fmt.Fprintf(r.out, "\n=== all steps\n%s\n", strings.Join(r.results, "\n"))
	}

	return !r.failed
}

// job runs the steps of a job one after the other. Those after one that failed are
// skipped, as are those that need what is not here.
func (r *runner) job(ctx context.Context, j *job) error {
	if system, unknown := j.fill(j.RunsOn); unknown != "" || !strings.HasPrefix(system, "ubuntu") {
		r.say("skipped", j.id, "it runs on "+system)

		return nil
	}

	place, err := os.MkdirTemp("", "cilocal-")
	if err != nil {
		return err
	}

	defer func() { _ = os.RemoveAll(place) }()

	if j.If != "" {
		_, _ = fmt.Fprintf(r.out, "         %s: taken to run, which the workflow does if %s\n", j.id, j.If)
	}

	missing, begun := "", now()

	for i := range j.Steps {
		s := &j.Steps[i]

		switch {
		case s.Uses != "":
			missing = cmp.Or(missing, r.action(ctx, j, s, place))
		case missing != "":
			r.say("skipped", j.label(s), missing)
		case !r.step(ctx, j, s, place):
			missing, r.failed = "an earlier step failed", true
		}
	}

	if took := now().Sub(begun); j.Timeout > 0 && took > time.Duration(j.Timeout)*time.Minute {
		r.say("late", j.id, fmt.Sprintf("it took %d min, and timeout-minutes is %d", int(took.Minutes()), j.Timeout))
	}

	return nil
}

func now() time.Time { return time.Now() } //nolint:forbidigo // it only says how long steps took

// label names a step: its first line, in its job.
func (j *job) label(s *step) string {
	filled, _ := j.fill(cmp.Or(s.Name, s.Run, s.Uses))
	line, rest, _ := strings.Cut(strings.TrimSpace(filled), "\n")

	if rest != "" {
		line += " …"
	}

	return j.id + ": " + line
}

// action stands for an action. It returns what the job lacks without it.
func (r *runner) action(ctx context.Context, j *job, s *step, place string) string {
	name, _, _ := strings.Cut(s.Uses, "@")

	switch name {
	case "actions/checkout":
		depth := cmp.Or(s.With["fetch-depth"], "1")
		if !r.list {
			if output, err := r.clone(ctx, place, depth); err != nil {
				r.failed = true
				r.say("FAILED", j.label(s), err.Error()+"\n"+output)

				return "there is no clone"
			}
		}

		r.say("instead", j.label(s), "a clone of HEAD of depth "+depth)
	case "actions/setup-go":
		r.say("instead", j.label(s), "Go of this machine")
	case "hashicorp/setup-terraform":
		wanted, _ := j.fill(s.With["terraform_version"])
		if missing := r.lacksTerraform(wanted); missing != "" {
			r.say("skipped", j.label(s), missing)

			return missing
		}

		r.say("instead", j.label(s), cmp.Or(r.terraform, "no Terraform")+" of this machine")
	default:
		r.say("skipped", j.label(s), "actions are not run here")
	}

	return ""
}

// lacksTerraform says why a version is not here. Without a version, each will do.
func (r *runner) lacksTerraform(wanted string) string {
	if matches, err := path.Match(wanted, r.terraform); wanted == "" || err == nil && matches {
		return ""
	}

	return fmt.Sprintf("it wants Terraform %s, and here is %s", wanted, cmp.Or(r.terraform, "none"))
}

// clone makes the folder what a checkout makes of it.
func (r *runner) clone(ctx context.Context, place, depth string) (string, error) {
	root, err := filepath.Abs(r.root)
	if err != nil {
		return "", err
	}

	from := "file://" + filepath.ToSlash(root)
	commands := [][]string{{"init", "-q"}, {"fetch", "-q", "--no-tags", "--depth=" + depth, from, "HEAD"}, {"checkout", "-q", "FETCH_HEAD"}}

	if depth == "0" {
		commands[1] = []string{"fetch", "-q", "--tags", from, "HEAD"}
		// All branches, as a pull request meets them: those of the origin of this clone, if it has one.
		for _, refs := range []string{"heads", "remotes/origin"} {
			commands = append(commands, []string{"fetch", "-q", from, "+refs/" + refs + "/*:refs/remotes/origin/*"})
		}
	}

	for _, arguments := range commands {
		command := exec.CommandContext(ctx, "git", arguments...)
		command.Dir = place

		if output, err := command.CombinedOutput(); err != nil {
			return string(output), fmt.Errorf("git %s: %w", strings.Join(arguments, " "), err)
		}
	}

	return "", nil
}

// shells are the arguments with which the hosted runner starts a shell. Without a word
// of the workflow, a pipe succeeds if its last command does.
var shells = map[string][]string{
	"":     {"bash", "-e"},
	"bash": {"bash", "--noprofile", "--norc", "-eo", "pipefail"},
	"sh":   {"sh", "-e"},
}

// step runs a shell step and says whether the job goes on.
func (r *runner) step(ctx context.Context, j *job, s *step, place string) bool {
	label := j.label(s)

	shell, known := shells[cmp.Or(s.Shell, j.Defaults.Run.Shell)]
	if !known {
		r.say("skipped", label, "its shell is "+cmp.Or(s.Shell, j.Defaults.Run.Shell))

		return true
	}

	text, lacks := j.fill(s.Run)
	env := maps.Clone(j.Env)
	maps.Copy(env, s.Env)

	for _, name := range slices.Sorted(maps.Keys(env)) {
		value, unknown := j.fill(env[name])
		env[name], lacks = value, cmp.Or(lacks, unknown)
	}

	hosted := r.hosted("", "")

	for _, name := range hostedName.FindAllString(text, -1) {
		_, here := hosted[name]
		if _, set := env[name]; !here && !set {
			lacks = cmp.Or(lacks, name)
		}
	}

	if lacks != "" {
		r.say("skipped", label, "it needs "+lacks)

		return true
	}

	if r.list {
		r.say("runs", label, "")

		return true
	}

	_, _ = fmt.Fprintf(r.out, "\n=== %s\n", label)
	begun := now()
	err := r.shell(ctx, shell, text, filepath.Join(place, s.Directory), place, env)
	took := fmt.Sprintf("%d s", int(now().Sub(begun).Seconds()))

	if err != nil {
		r.say("FAILED", label, err.Error()+" after "+took)

		return false
	}

	r.say("ok", label, took)

	return true
}

// hostedName is a variable of the hosted runner.
var hostedName = regexp.MustCompile(`\bGITHUB_[A-Z_]+\b`)

// hosted are the variables of the hosted runner that have a value here. A pull request is
// taken to be for main. The name of what was pushed is that of a tag, which HEAD may lack.
func (r *runner) hosted(place, temp string) map[string]string {
	values := map[string]string{
		"CI": "true", "RUNNER_OS": "Linux", "RUNNER_TEMP": temp, "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": place,
		"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": filepath.Join(temp, "summary.md"),
	}
	if r.tag != "" {
		values["GITHUB_REF_NAME"] = r.tag
	}

	return values
}

// shell runs a script from a file, as the runner does.
func (r *runner) shell(ctx context.Context, shell []string, text, dir, place string, env map[string]string) error {
	temp, err := os.MkdirTemp("", "cilocal-temp-")
	if err != nil {
		return err
	}

	defer func() { _ = os.RemoveAll(temp) }()

	script := filepath.Join(temp, "step.sh")
	if err := os.WriteFile(script, []byte(text+"\n"), 0o600); err != nil { //nolint:gosec // a folder of our own
		return err
	}

	command := exec.CommandContext(ctx, shell[0], append(slices.Clone(shell[1:]), script)...) //nolint:gosec // one of shells
	command.Dir, command.Stdout, command.Stderr = dir, r.out, r.out
	command.Env = os.Environ()

	for _, variables := range []map[string]string{r.hosted(place, temp), env} {
		for _, name := range slices.Sorted(maps.Keys(variables)) {
			command.Env = append(command.Env, name+"="+variables[name])
		}
	}

	return command.Run()
}
