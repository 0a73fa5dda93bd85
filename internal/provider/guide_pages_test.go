// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"strconv"
	"strings"
	"testing"
)

// TestGuideCodes: the codes in the guide are those that the client knows, and what
// the guide says of a single code is what is known of it.
func TestGuideCodes(t *testing.T) {
	t.Parallel()

	known := knownCodes(t)

	text, err := fs.ReadFile(guides, "troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}

	_, table, found := strings.Cut(string(text), "| code | the API says | do |")
	if !found {
		t.Fatal("the guide has no table of codes")
	}

	table, _, _ = strings.Cut(table, "\n\n")
	rows := 0

	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if !strings.HasPrefix(cells[0], "| `") {
			continue
		}

		rows++
		codes := strings.Split(strings.TrimPrefix(cells[0], "| "), ", ")

		for _, code := range codes {
			meaning, is := known[strings.Trim(code, "`")]
			if !is {
				t.Errorf("no code of the client: %s", code)
			} else if len(codes) == 1 && !strings.Contains(meaning, cells[1]) {
				t.Errorf("%s: the guide says %q, and the client %q", code, cells[1], meaning)
			}
		}
	}

	if rows < 30 {
		t.Errorf("only %d rows", rows)
	}
}

// knownCodes are the codes of the API with what the client's source says of each.
func knownCodes(t *testing.T) map[string]string {
	t.Helper()

	file, err := parser.ParseFile(token.NewFileSet(), "../bssapi/codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}

	known := map[string]string{}

	for _, declared := range file.Decls {
		constants, is := declared.(*ast.GenDecl)
		if !is || constants.Tok != token.CONST {
			continue
		}

		for _, spec := range constants.Specs {
			constant, is := spec.(*ast.ValueSpec)
			if !is || len(constant.Values) != 1 {
				t.Fatalf("not a constant of its own: %v", spec)
			}

			literal, is := constant.Values[0].(*ast.BasicLit)
			if !is {
				t.Fatalf("not a text: %v", constant.Names)
			}

			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}

			known[code] = strings.Join(strings.Fields(constant.Doc.Text()), " ")
		}
	}

	return known
}
