// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

var guides = os.DirFS("../../templates/guides")

// TestGuides runs what the guides, the index and the README show, a section after the other. Each section has
// an account of the demo customer, and a folder, to itself. What stands above a block
// says what becomes of it:
//
//	<!-- test: apply site=china now=2026-11-22T08:00:00Z -->  applied; the next plan is empty
//	<!-- test: plan -->                                       planned, as is what has no mark
//	<!-- test: fails with: WORDS -->                          the plan fails with these words
//	<!-- test: validate because REASON -->                    only validated
//	<!-- test: skip because REASON -->                        neither
//
// Shell runs in the folder of the section. Each line of text was printed by what
// stands before it. The site and the time hold for all of a section.
func TestGuides(t *testing.T) {
	t.Parallel()

	names, err := filepath.Glob(filepath.Join("..", "..", "templates", "guides", "*.md"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no guides: %v", err)
	}

	for _, name := range append(names, filepath.Join("..", "..", "README.md"), filepath.Join("..", "..", "templates", "index.md.tmpl")) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}

		for _, section := range guideSections(t, name, string(text)) {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".md")+"/"+section.title, func(t *testing.T) {
				t.Parallel()
				section.run(t)
			})
		}
	}
}

// guideBlock is a fenced block, and what the mark above it says.
type guideBlock struct {
	language, text string
	do, words      string
}

// guideSection is a heading of a guide with the blocks below it.
type guideSection struct {
	title  string
	blocks []guideBlock
}

var (
	guideMark  = regexp.MustCompile(`^ *<!-- test: (apply|plan|fails with:|validate because|skip because)(?: (.+))? -->$`)
	guideFence = regexp.MustCompile("^( *)```([a-z]*)$")
)

func guideSections(t *testing.T, name, text string) []guideSection {
	t.Helper()

	var (
		sections []guideSection
		section  guideSection
		block    *guideBlock
		indent   string
		mark     []string
	)

	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		fence := guideFence.FindStringSubmatch(line)

		switch {
		case block == nil && fence != nil:
			indent = fence[1]
			block = &guideBlock{language: fence[2], do: "plan"}

			if mark != nil {
				block.do, block.words, mark = strings.Fields(mark[1])[0], mark[2], nil
			}
		case fence != nil:
			section.blocks = append(section.blocks, *block)
			block = nil
		case block != nil:
			block.text += strings.TrimPrefix(line, indent) + "\n"
		case strings.HasPrefix(line, "#"):
			sections = append(sections, section)
			section = guideSection{title: strings.TrimLeft(line, "# ")}
		case strings.Contains(line, "<!-- test"):
			if mark = guideMark.FindStringSubmatch(line); mark == nil {
				t.Errorf("%s: not a mark: %s", name, line)
			}
		case line != "" && mark != nil:
			t.Errorf("%s: a mark without a block: %s", name, mark[0])

			mark = nil
		}
	}

	if block != nil {
		t.Errorf("%s: a block has no end", name)
	}

	return slices.DeleteFunc(append(sections, section), func(one guideSection) bool { return len(one.blocks) == 0 })
}

// guideFolder is where the blocks of a section run.
type guideFolder struct {
	*cli

	w *world

	// exports has what one block of shell exports for the next, and jobs what it
	// leaves running.
	exports, jobs string

	// printed is what the last block printed.
	printed string
}

func (s *guideSection) run(t *testing.T) {
	t.Helper()

	options := bsssim.Options{Seed: "demo"}

	for i := range s.blocks {
		if do := s.blocks[i].do; do != "apply" && do != "plan" {
			continue
		}

		for _, option := range strings.Fields(s.blocks[i].words) {
			switch name, value, _ := strings.Cut(option, "="); name {
			case "site":
				options.Site = value
			case "now":
				now, err := time.Parse(time.RFC3339, value)
				if err != nil {
					t.Fatal(err)
				}

				options.Now = now
			default:
				t.Fatalf("an unknown option: %s", option)
			}
		}
	}

	w := newWorld(t, options)
	kept := t.TempDir()
	f := &guideFolder{cli: newCLI(t, w, ""), w: w, exports: filepath.Join(kept, "exports"), jobs: filepath.Join(kept, "jobs")}

	f.commands(kept)
	t.Cleanup(f.endJobs)

	for _, block := range s.blocks {
		switch {
		case block.do == "skip":
			t.Logf("not run, because %s:\n%s", block.words, block.text)
		case block.language == "terraform":
			f.terraform(&block)
		case block.language == "shell":
			f.printed = f.shell(block.text)
		case block.language == "text":
			f.wasPrinted(block.text)
		case block.language == "yaml":
			f.workflow(block.text)
		default:
			t.Errorf("no test runs blocks of %q", block.language)
		}
	}
}

// terraform does what its mark says with a configuration, and keeps a file of tests.
func (f *guideFolder) terraform(block *guideBlock) {
	f.t.Helper()

	file, diags := hclparse.NewParser().ParseHCL([]byte(block.text), "main.tf")
	if diags.HasErrors() {
		f.t.Fatal(diags)
	}

	content, _, diags := file.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "terraform"}, {Type: "list", LabelNames: []string{"type", "name"}},
		{Type: "action", LabelNames: []string{"type", "name"}}, {Type: "run", LabelNames: []string{"name"}},
	}})
	if diags.HasErrors() {
		f.t.Fatal(diags)
	}

	for kind, blocks := range content.Blocks.ByType() {
		switch kind {
		case "list":
			testExampleList(f.t, "list-resources/"+blocks[0].Labels[0]+"/main.tf", block.text)

			return
		case "action":
			testExampleAction(f.t, "actions/"+blocks[0].Labels[0]+"/main.tf", block.text)

			return
		case "run":
			name, _, _ := strings.Cut(strings.TrimPrefix(block.text, "# "), "\n")
			path := filepath.Join(f.dir, filepath.FromSlash(name))

			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				f.t.Fatal(err)
			}

			f.write(path, block.text, 0o600)

			return
		}
	}

	if err := os.Remove(filepath.Join(f.dir, "terraform.tfstate")); err != nil && !os.IsNotExist(err) {
		f.t.Fatal(err)
	}

	if text := withoutVendor(block.text); len(content.Blocks) > 0 {
		f.wholly(text)
	} else {
		f.configure(text)
	}

	code := 0

	switch block.do {
	case "apply":
		code, f.printed = f.run("apply", "-input=false", "-no-color", "-auto-approve")
		if code == 0 {
			f.empty()
		}
	case "plan":
		code, f.printed = f.run("plan", "-input=false", "-no-color")
	case "validate":
		code, f.printed = f.run("validate", "-no-color")
	case "fails":
		code, f.printed = f.run("plan", "-input=false", "-no-color")
		if code == 0 || !strings.Contains(f.printed, block.words) {
			f.t.Errorf("exit code %d, and not the failure that the guide shows", code)
		}

		code = 1 - code
	}

	if code != 0 {
		f.t.Errorf("%s:\n%s\n%s", block.do, block.text, f.printed)
	}
}

var (
	vendorResource  = regexp.MustCompile(`(?ms)^resource "huaweicloud_\w+" "(\w+)" \{.*?^\}`)
	vendorReference = regexp.MustCompile(`huaweicloud_\w+\.`)
)

// withoutVendor puts a resource that is built into the CLI in the place of those of
// the vendor's provider, which the tests do not have.
func withoutVendor(text string) string {
	return vendorReference.ReplaceAllString(vendorResource.ReplaceAllString(text, `resource "terraform_data" "$1" {}`), "terraform_data.")
}

// commands puts terraform, bss-sim and what reads their answers onto the path.
func (f *guideFolder) commands(kept string) {
	f.t.Helper()

	bin := filepath.Join(kept, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		f.t.Fatal(err)
	}

	// An overridden provider needs no init, and stands in its way.
	f.write(filepath.Join(bin, "terraform"), "#!/bin/sh\n[ \"$1\" = init ] || exec '"+f.path+"' \"$@\"\n", 0o700)

	simulator := filepath.Join(filepath.Dir(binary(f.t)), program("bss-sim"))
	f.write(filepath.Join(bin, "bss-sim"), "#!/bin/sh\nexec '"+simulator+"' \"$@\"\n", 0o700)

	f.env = append(f.env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "GOPATH="+kept)
}

// shell runs a block and returns what it printed.
func (f *guideFolder) shell(text string) string {
	f.t.Helper()
	needsUnix(f.t, "the shell of the guides ends processes by their ids")

	for _, needed := range []string{"bash", "curl", "jq"} {
		if _, err := exec.LookPath(needed); err != nil {
			f.t.Skip(err)
		}
	}

	output, err := os.Create(filepath.Join(filepath.Dir(f.jobs), "printed"))
	if err != nil {
		f.t.Fatal(err)
	}

	// A file and not a pipe, which what goes on running would keep open.
	command := exec.CommandContext(f.t.Context(), "bash", "-euo", "pipefail", "-c",
		"trap '{ jobs -p; echo \"${BSS_SIM_PID-}\"; } >>\"$jobs\"' EXIT\n"+
			"[ ! -f \"$exports\" ] || . \"$exports\"\n"+text+"\nexport -p >\"$exports\"\n")
	command.Dir, command.Env = f.dir, append(slices.Clone(f.env), "exports="+f.exports, "jobs="+f.jobs, "TF_CLI_ARGS=-no-color")
	command.Stdout, command.Stderr = output, output
	failed := command.Run()

	if err := output.Close(); err != nil {
		f.t.Fatal(err)
	}

	printed, err := os.ReadFile(output.Name())
	if err != nil {
		f.t.Fatal(err)
	}

	if failed != nil {
		f.t.Errorf("%v:\n%s\n%s", failed, text, printed)
	}

	return string(printed)
}

// endJobs ends what blocks of shell left running.
func (f *guideFolder) endJobs() {
	pids, err := os.ReadFile(f.jobs)
	if err != nil && !os.IsNotExist(err) {
		f.t.Error(err)
	}

	for _, text := range strings.Fields(string(pids)) {
		pid, err := strconv.Atoi(text)
		if err != nil {
			f.t.Fatal(err)
		}

		// It may have ended by itself.
		if process, err := os.FindProcess(pid); err == nil {
			_ = process.Kill()
		}
	}
}

// wasPrinted wants each line in what was printed.
func (f *guideFolder) wasPrinted(text string) {
	f.t.Helper()

	squeezed := func(text string) string { return strings.Join(strings.Fields(text), " ") }

	for line := range strings.Lines(text) {
		if !strings.Contains(squeezed(f.printed), squeezed(line)) {
			f.t.Errorf("%q is not in what was printed:\n%s", line, f.printed)
		}
	}
}

// workflow runs the steps of a workflow of GitHub Actions, or the scripts of jobs of
// GitLab, but for what builds the provider.
func (f *guideFolder) workflow(text string) {
	f.t.Helper()

	f.write(filepath.Join(f.dir, "workflow.yaml"), text, 0o600)
	f.wholly(`output "workflow" { value = yamldecode(file("${path.module}/workflow.yaml")) }`)
	f.applyOK()

	decoded := []byte(f.ok("output", "-json", "workflow"))

	// GitLab has its jobs at the top.
	var top struct {
		Jobs json.RawMessage `json:"jobs"`
	}

	if err := json.Unmarshal(decoded, &top); err != nil {
		f.t.Fatal(err)
	}

	if top.Jobs != nil {
		decoded = top.Jobs
	}

	var jobs map[string]struct {
		Steps []struct {
			Run string `json:"run"`
		} `json:"steps"`
		Script []string `json:"script"`
	}

	if err := json.Unmarshal(decoded, &jobs); err != nil {
		f.t.Fatal(err)
	}

	ran := 0

	for _, job := range jobs {
		commands := job.Script
		for _, step := range job.Steps {
			commands = append(commands, step.Run)
		}

		for _, command := range commands {
			switch {
			case strings.HasPrefix(command, "make "):
				f.t.Logf("not run, because the provider is built already: %s", command)
			case command != "":
				f.printed = f.shell(command)
				ran++
			}
		}
	}

	if ran == 0 {
		f.t.Error("the workflow has no step to run")
	}
}
