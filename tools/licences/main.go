// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command licences prints which modules are compiled into the packages of a
// module, with their versions, licences and the texts of these, as Markdown. It
// fails if a licence is not known, or not one that a release may carry.
//
//	licences DIR PACKAGE ...
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

// allowed are the licences that a program under MPL-2.0 may be given away with.
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"}

// systems are those that releases are built for: each compiles other packages.
var systems = []string{"darwin", "freebsd", "linux", "windows"}

// covered is how many percent of a licence file have to be of known licences.
const covered = 75

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)([.-].*)?$`)
	// The Apache licence wants these to be handed on, too.
	noticeFile = regexp.MustCompile(`(?i)^(notice|patents)([.-].*)?$`)
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: licences DIR PACKAGE ...")
		os.Exit(2)
	}

	if err := write(context.Background(), os.Stdout, os.Args[1], os.Args[2:]...); err != nil {
		fmt.Fprintf(os.Stderr, "licences:\n%v\n", err)
		os.Exit(1)
	}
}

// write prints the list, or returns all that is wrong with it.
func write(ctx context.Context, out io.Writer, dir string, packages ...string) error {
	modules, err := compiled(ctx, dir, packages...)
	if err != nil {
		return err
	}

	var (
		problems []error
		texts    []section
		table    strings.Builder
	)

	for _, m := range modules {
		licences, files, err := read(m.Dir)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s %s: %w", m.Path, m.Version, err))
		}

		fmt.Fprintf(&table, "| %s | %s | %s |\n", m.Path, m.Version, strings.Join(licences, ", "))

		for _, text := range files {
			texts = add(texts, m.Path, text)
		}
	}

	if err := errors.Join(problems...); err != nil {
		return err
	}

	fmt.Fprint(out, heading, table.String())

	for _, s := range texts {
		fmt.Fprintf(out, "\n## %s\n\n```text\n%s\n```\n", strings.Join(s.modules, ", "), s.text)
	}

	return nil
}

const heading = `# Licences of others

These modules are compiled into the released commands. Their licences follow the table. ` + "`make licences`" + ` writes this file.

| module | version | licence |
| --- | --- | --- |
`

// module is a part of what go list prints.
type module struct {
	Path    string `json:"Path"`
	Version string `json:"Version"`
	Dir     string `json:"Dir"`
	Main    bool   `json:"Main"`
}

// compiled returns the modules that packages are compiled from on any system, Go
// itself included, by path.
func compiled(ctx context.Context, dir string, packages ...string) ([]module, error) {
	root, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}

	found := map[string]module{
		// Its version is that of the toolchain which builds the release.
		"std": {Path: "std", Version: "of Go itself", Dir: strings.TrimSpace(string(root))},
	}

	for _, system := range systems {
		var said bytes.Buffer

		list := exec.CommandContext(ctx, "go", append([]string{"list", "-deps", "-json=Module"}, packages...)...) //nolint:gosec // as asked
		list.Dir, list.Stderr = dir, &said
		list.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off")

		output, err := list.Output()
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", list, err, said.String())
		}

		decoder := json.NewDecoder(bytes.NewReader(output))
		for decoder.More() {
			var listed struct {
				Module *module `json:"Module"`
			}
			if err := decoder.Decode(&listed); err != nil {
				return nil, err
			}

			if m := listed.Module; m != nil && !m.Main {
				found[m.Path] = *m
			}
		}
	}

	return slices.SortedFunc(maps.Values(found), func(a, b module) int { return strings.Compare(a.Path, b.Path) }), nil
}

// read returns the names of the licences in a folder, and their texts with those
// of notices.
func read(dir string) (licences, texts []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}

	var problems []error

	for _, entry := range entries {
		licence := licenceFile.MatchString(entry.Name())
		if entry.IsDir() || !licence && !noticeFile.MatchString(entry.Name()) {
			continue
		}

		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, nil, err
		}

		texts = append(texts, plain(string(text)))

		if !licence {
			continue
		}

		names, err := recognized(text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", entry.Name(), err))
		}

		licences = append(licences, names...)
	}

	slices.Sort(licences)
	licences = slices.Compact(licences)

	if len(licences) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("has no file with a licence"))
	}

	return licences, texts, errors.Join(problems...)
}

// recognized returns the licences of a text, or why a release may not carry it.
func recognized(text []byte) ([]string, error) {
	coverage := licensecheck.Scan(text)

	var names []string

	for _, match := range coverage.Match {
		// The others are addresses of a licence, and its notice for source files.
		if !match.IsURL && match.ID != "" {
			names = append(names, match.ID)
		}
	}

	if coverage.Percent < covered {
		return names, fmt.Errorf("only %.0f %% of it are a licence that is known: %q", coverage.Percent, names)
	}

	for _, name := range names {
		if !slices.Contains(allowed, name) {
			return names, fmt.Errorf("%s is not one of %s", name, strings.Join(allowed, ", "))
		}
	}

	return names, nil
}

// plain is a text without spaces at the ends of its lines.
func plain(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}

	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// section is a text and the modules that have it.
type section struct {
	modules []string
	text    string
}

// add puts a text to the others, or its module beside those with the same text.
func add(sections []section, path, text string) []section {
	for i := range sections {
		if sections[i].text == text {
			sections[i].modules = append(sections[i].modules, path)

			return sections
		}
	}

	return append(sections, section{modules: []string{path}, text: text})
}
