// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pinned is an action as it cannot change, with the version that this is.
var pinned = regexp.MustCompile(`uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n`)

// TestWorkflows: a workflow, of this project or of an example, may only read unless a job
// says more. It takes actions as they were when somebody looked, and leaves no token
// where the code of a pull request finds it. Where .ci/run runs, there is an earlier
// commit, which it compares with.
func TestWorkflows(t *testing.T) {
	t.Parallel()

	var names []string

	for _, pattern := range []string{".github/workflows/*.yml", "examples/stacks/*/workflow.yml"} {
		found, err := filepath.Glob(filepath.Join("..", "..", filepath.FromSlash(pattern)))
		if err != nil || len(found) == 0 {
			t.Fatal(pattern, err)
		}

		names = append(names, found...)
	}

	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		if !strings.Contains(string(text), "\npermissions:\n  contents: read\n") {
			t.Errorf("%s does not say what it may", name)
		}

		if pins := pinned.FindAll(text, -1); len(pins) != strings.Count(string(text), "uses: ") {
			t.Errorf("%s: an action is not pinned: only %q are", name, pins)
		}

		all, err := jobs(text)
		if err != nil {
			t.Fatal(name, err)
		}

		for _, one := range all {
			checked := step{}

			for _, s := range one.Steps {
				if strings.HasPrefix(s.Uses, "actions/checkout@") {
					checked = s
				}

				if checked.Uses != "" && checked.With["persist-credentials"] != "false" {
					t.Errorf("%s %s: the checkout leaves a token", name, one.id)
				}

				if s.Run == ".ci/run" && checked.With["fetch-depth"] != "0" {
					t.Errorf("%s %s: .ci/run has no earlier commit", name, one.id)
				}
			}
		}
	}
}
