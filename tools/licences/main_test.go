// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestFile: the committed list is of the modules that the commands are compiled
// from today. A new one, or a new version, needs make licences.
func TestFile(t *testing.T) {
	t.Parallel()

	committed, err := os.ReadFile("../../LICENSES-THIRD-PARTY.md")
	if err != nil {
		t.Fatal(err)
	}

	var out bytes.Buffer
	if err := write(t.Context(), &out, "../..", ".", "./cmd/bss-sim"); err != nil {
		t.Fatal(err)
	}

	written, lines := strings.Split(string(committed), "\n"), strings.Split(out.String(), "\n")
	for i := range max(len(written), len(lines)) {
		if i >= len(written) || i >= len(lines) || written[i] != lines[i] {
			t.Fatalf("LICENSES-THIRD-PARTY.md differs from line %d on: run make licences, and read what changed", i+1)
		}
	}
}

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`

const other = `DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
Version 2, December 2004

Everyone is permitted to copy and distribute verbatim or modified copies of this license document, and changing it is allowed as
long as the name is changed.

DO WHAT THE FUCK YOU WANT TO PUBLIC LICENSE
TERMS AND CONDITIONS FOR COPYING, DISTRIBUTION AND MODIFICATION

0. You just DO WHAT THE FUCK YOU WANT TO.
`

// TestDependency: a dependency is listed with its licence and its notice, and is
// refused without a licence that is known and allowed.
func TestDependency(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		files map[string]string
		says  string
	}{
		"allowed":            {map[string]string{"LICENSE.txt": mit, "NOTICE": "By Somebody."}, ""},
		"no file":            {map[string]string{"README.md": mit}, "example.com/dep v1.0.0: has no file with a licence"},
		"not allowed":        {map[string]string{"LICENSE": other}, "WTFPL is not one of"},
		"not known":          {map[string]string{"LICENSE": "Ask me first."}, "only 0 % of it are a licence that is known"},
		"one of two allowed": {map[string]string{"LICENSE": mit, "COPYING": other}, "WTFPL is not one of"},
	} {
		dir := t.TempDir()
		files := map[string]string{
			"go.mod": "module example.com/m\n\ngo 1.26\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n",
			"m.go":   "package main\n\nimport _ \"example.com/dep\"\n\nfunc main() {}\n",

			"dep/go.mod": "module example.com/dep\n", "dep/d.go": "package dep\n",
		}

		for file, text := range test.files {
			files["dep/"+file] = text
		}

		for file, text := range files {
			path := filepath.Join(dir, file)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}

			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}

		var out bytes.Buffer

		err := write(t.Context(), &out, dir, ".")
		if test.says != "" {
			if err == nil || !strings.Contains(err.Error(), test.says) || out.Len() > 0 {
				t.Errorf("%s: %v, want %q; wrote %q", name, err, test.says, out.String())
			}

			continue
		}

		if err != nil {
			t.Errorf("%s: %v", name, err)
		}

		for _, want := range []string{"\n| example.com/dep | v1.0.0 | MIT |\n", "\n| std | ", "\n## example.com/dep\n\n```text\nBy Somebody.\n```\n"} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: no %q in\n%s", name, want, out.String()[:500])
			}
		}
	}
}
