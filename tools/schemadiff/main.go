// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command schemadiff says in Markdown how the schema of the provider differs
// between two golden files, and which differences can break a configuration.
//
//	schemadiff BEFORE AFTER
package main

import (
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: schemadiff BEFORE AFTER")
		os.Exit(2)
	}

	if err := run(os.Stdout, os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "schemadiff:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, before, after string) error {
	var surfaces [2]surface

	for i, name := range []string{before, after} {
		text, err := os.ReadFile(name) //nolint:gosec // whoever compares names the files
		if err != nil {
			return err
		}

		if surfaces[i], err = parse(text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}

	_, err := io.WriteString(out, markdown(compare(surfaces[0], surfaces[1])))

	return err
}

// markdown is a table for each type that changed. Where only words changed, a
// count says so.
func markdown(changes []change) string {
	var (
		text     strings.Builder
		breaking int
		words    int
		last     string
	)

	for _, c := range changes {
		if c.breaks {
			breaking++
		}

		if c.words {
			words++

			continue
		}

		if c.of != last {
			fmt.Fprintf(&text, "\n### %s\n\n| | where | what |\n| --- | --- | --- |\n", c.of)
			last = c.of
		}

		mark := ""
		if c.breaks {
			mark = "**breaks**"
		}

		fmt.Fprintf(&text, "| %s | %s | %s |\n", mark, c.where, c.what)
	}

	summary := "Nothing changed but words."

	switch {
	case len(changes) == 0:
		return "## Schema\n\nNothing changed.\n"
	case breaking > 0:
		summary = fmt.Sprintf("**%d of %d changes can break a configuration, state or module.**", breaking, len(changes)-words)
	case words < len(changes):
		summary = fmt.Sprintf("%d changes, none of which breaks a configuration.", len(changes)-words)
	}

	if words > 0 {
		summary += fmt.Sprintf(" Descriptions that changed: %d.", words)
	}

	return "## Schema\n\n" + summary + "\n" + text.String()
}
