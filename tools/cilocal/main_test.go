// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// everyKind has each kind of what is run, and of what is not.
const everyKind = `
on: push
env: {GREETING: hello}
jobs:
  zeta:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        letter: [a, b]
        number: [1.10]
    steps:
      - uses: actions/checkout@0123 # v7
        with:
          fetch-depth: 2
      - run: echo "$GREETING ${{ matrix.letter }}${{matrix.number}} in $(cat file), $(git rev-list --count HEAD) commits"
      - run: false | echo "a pipe that ends well"
      - uses: someone/something@v1
      - name: Secret
        run: echo ${{ secrets.KEY }}
  alpha:
    runs-on: ubuntu-latest
    if: github.event_name != 'pull_request'
    defaults:
      run:
        shell: bash
    steps:
      - name: Two lines
        run: |
          false | true
          echo never
      - run: echo after it
      - shell: pwsh
        run: Get-Date
  terraform:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        version: ["1.11.*", "1.12.*", latest]
    steps:
      - uses: hashicorp/setup-terraform@v4
        with:
          terraform_version: ${{ matrix.version }}
      - run: echo under ${{ matrix.version }}
  pull:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@0123 # v7
        with:
          fetch-depth: 0
      - run: |
          echo "since $(git log -1 --format=%s "origin/$GITHUB_BASE_REF")" >>"$GITHUB_STEP_SUMMARY"
          cat "$GITHUB_STEP_SUMMARY"
      - run: echo "the tag ${GITHUB_REF_NAME#v}, the only one of $(git tag)"
      - run: echo "of $GITHUB_ACTOR"
      - env: {GITHUB_TOKEN: own}
        run: echo "the token is $GITHUB_TOKEN"
  mac:
    runs-on: macos-latest
    steps:
      - run: echo never
`

// repository is one with three commits, of which only the last has the workflow.
func repository(t *testing.T, workflow string) string {
	t.Helper()

	if runtime.GOOS == "windows" {
		t.Skip("the steps are of bash on Linux")
	}

	root := t.TempDir()
	git := func(arguments ...string) {
		t.Helper()

		command := exec.CommandContext(t.Context(), "git", append([]string{"-c", "user.name=n", "-c", "user.email=e"}, arguments...)...)
		command.Dir = root

		if output, err := command.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, output)
		}
	}

	git("init", "-q", "-b", "main")
	git("commit", "-q", "--allow-empty", "-m", "1")
	git("commit", "-q", "--allow-empty", "-m", "2")
	git("checkout", "-q", "-b", "change")
	write(t, filepath.Join(root, ".github", "workflows", "w.yml"), workflow)
	write(t, filepath.Join(root, "file"), "HEAD")
	git("add", ".")
	git("commit", "-q", "-m", "3")
	write(t, filepath.Join(root, "file"), "not committed")

	return root
}

func write(t *testing.T, name, text string) {
	t.Helper()

	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestRun(t *testing.T) {
	t.Parallel()

	root := repository(t, everyKind)

	// What only a tag has is skipped without one.
	var out bytes.Buffer

	if ok, err := run(t.Context(), []string{"-root", root, "-job", "pull"}, "1.11.4", &out); err != nil || !ok ||
		!strings.Contains(out.String(), ": it needs GITHUB_REF_NAME\n") {
		t.Errorf("ok %t, %v\n%s", ok, err, out.String())
	}

	out.Reset()

	if output, err := exec.CommandContext(t.Context(), "git", "-C", root, "tag", "v1.2.3").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}

	ok, err := run(t.Context(), []string{"-root", root}, "1.11.4", &out)
	if err != nil || ok {
		t.Errorf("ok %t, %v", ok, err)
	}

	printed, summary, _ := strings.Cut(out.String(), "=== all steps\n")
	for _, line := range []string{
		"hello a1.10 in HEAD, 2 commits", "hello b1.10 in HEAD, 2 commits", "a pipe that ends well", "under 1.11.*",
		"since 2", "the tag 1.2.3, the only one of v1.2.3", "the token is own",
	} {
		if !strings.Contains(printed, line+"\n") {
			t.Errorf("%q is not printed:\n%s", line, printed)
		}
	}

	// How long each took is cut off.
	var became []string

	for line := range strings.Lines(summary) {
		if line = strings.TrimSuffix(line, "\n"); strings.HasPrefix(line, "ok") || strings.HasPrefix(line, "FAILED") {
			line = line[:strings.LastIndex(line, ":")]
		}

		became = append(became, line)
	}

	want := strings.Split(strings.TrimSpace(`
instead  w.yml zeta, letter a, number 1.10: actions/checkout@0123: a clone of HEAD of depth 2
ok       w.yml zeta, letter a, number 1.10: echo "$GREETING a1.10 in $(cat file), $(git rev-list --count HEAD) commits"
ok       w.yml zeta, letter a, number 1.10: false | echo "a pipe that ends well"
skipped  w.yml zeta, letter a, number 1.10: someone/something@v1: actions are not run here
skipped  w.yml zeta, letter a, number 1.10: Secret: it needs secrets.KEY
instead  w.yml zeta, letter b, number 1.10: actions/checkout@0123: a clone of HEAD of depth 2
ok       w.yml zeta, letter b, number 1.10: echo "$GREETING b1.10 in $(cat file), $(git rev-list --count HEAD) commits"
ok       w.yml zeta, letter b, number 1.10: false | echo "a pipe that ends well"
skipped  w.yml zeta, letter b, number 1.10: someone/something@v1: actions are not run here
skipped  w.yml zeta, letter b, number 1.10: Secret: it needs secrets.KEY
FAILED   w.yml alpha: Two lines
skipped  w.yml alpha: echo after it: an earlier step failed
skipped  w.yml alpha: Get-Date: an earlier step failed
instead  w.yml terraform, version 1.11.*: hashicorp/setup-terraform@v4: 1.11.4 of this machine
ok       w.yml terraform, version 1.11.*: echo under 1.11.*
skipped  w.yml terraform, version 1.12.*: hashicorp/setup-terraform@v4: it wants Terraform 1.12.*, and here is 1.11.4
skipped  w.yml terraform, version 1.12.*: echo under 1.12.*: it wants Terraform 1.12.*, and here is 1.11.4
skipped  w.yml terraform, version latest: hashicorp/setup-terraform@v4: it wants Terraform latest, and here is 1.11.4
skipped  w.yml terraform, version latest: echo under latest: it wants Terraform latest, and here is 1.11.4
instead  w.yml pull: actions/checkout@0123: a clone of HEAD of depth 0
ok       w.yml pull: echo "since $(git log -1 --format=%s "origin/$GITHUB_BASE_REF")" >>"$GITHUB_STEP_SUMMARY" …
ok       w.yml pull: echo "the tag ${GITHUB_REF_NAME#v}, the only one of $(git tag)"
skipped  w.yml pull: echo "of $GITHUB_ACTOR": it needs GITHUB_ACTOR
ok       w.yml pull: echo "the token is $GITHUB_TOKEN"
skipped  w.yml mac: it runs on macos-latest
`), "\n")
	if got := strings.Join(became, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("became\n%s", got)
	}
}

func TestList(t *testing.T) {
	t.Parallel()

	root := repository(t, everyKind)

	var out bytes.Buffer

	ok, err := run(t.Context(), []string{"-root", root, "-list", "-job", "alpha|terraform"}, "1.12.0", &out)
	if err != nil || !ok {
		t.Errorf("ok %t, %v", ok, err)
	}

	for _, line := range []string{
		"skipped  w.yml zeta, letter a, number 1.10: -job does not name it",
		"w.yml alpha: taken to run, which the workflow does if github.event_name != 'pull_request'",
		"runs     w.yml alpha: Two lines",
		"skipped  w.yml alpha: Get-Date: its shell is pwsh",
		"runs     w.yml terraform, version 1.12.*: echo under 1.12.*",
	} {
		if !strings.Contains(out.String(), line+"\n") {
			t.Errorf("%q is not listed:\n%s", line, out.String())
		}
	}
}

// A matrix that would be expanded wrongly is an error.
func TestMatrix(t *testing.T) {
	t.Parallel()

	for _, matrix := range []string{"{include: [{a: 1}]}", "{a: [1], exclude: [{a: 1}]}", "{a: 1}", "{a: [{b: 1}]}"} {
		if all, err := jobs([]byte("jobs: {j: {strategy: {matrix: " + matrix + "}, steps: []}}")); err == nil {
			t.Errorf("%s becomes %v", matrix, all)
		}
	}
}
