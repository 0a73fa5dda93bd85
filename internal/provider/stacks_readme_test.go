// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"io/fs"
	"path"
	"path/filepath"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// stackAccounts are the accounts in which the shell of a stack's README runs, where an
// empty one will not do.
var stackAccounts = map[string]bsssim.Options{
	"fleet":            {Seed: "demo"},
	"member-costs":     {Site: "china", Seed: "demo", Now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)},
	"renewal-forecast": {Seed: "demo"},
}

// TestStackReadmes runs the shell that the README of each stack shows, a block after the
// other in a copy of its folder.
func TestStackReadmes(t *testing.T) {
	t.Parallel()

	for name := range stackTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if name == "pull-request" {
				t.Skip("its shell begins in another folder: testPullRequest runs the same steps of its workflow")
			}

			readme, err := fs.ReadFile(examples, path.Join("stacks", name, "README.md"))
			if err != nil {
				t.Fatal(err)
			}

			w := newWorld(t, stackAccounts[name])
			kept := t.TempDir()
			f := &guideFolder{cli: stackCLI(t, w, name), w: w, exports: filepath.Join(kept, "exports"), jobs: filepath.Join(kept, "jobs")}

			f.env = append(f.env, "TF_INPUT=0", "TF_CLI_ARGS_apply=-auto-approve")
			f.commands(kept)
			t.Cleanup(f.endJobs)

			ran := 0

			for _, section := range guideSections(t, name, string(readme)) {
				for _, block := range section.blocks {
					if block.language == "shell" {
						f.shell(block.text)
						ran++
					}
				}
			}

			if ran == 0 {
				t.Error("no shell is shown")
			}
		})
	}
}
