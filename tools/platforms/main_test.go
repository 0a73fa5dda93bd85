// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()

	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module example.com/m\n\ngo 1.26\n",
		"m.go":      "package m\n\nimport \"os\"\n\nvar large int = 1 << 40\n\nvar Name, _ = os.Hostname()\n",
		"m_test.go": "package m\n\nimport (\n\t\"syscall\"\n\t\"testing\"\n)\n\nfunc Test(*testing.T) { _ = syscall.Kill }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	for _, test := range []struct {
		platform, pattern string
		says              []string
	}{
		{"linux/amd64", "./...", nil},
		{"linux/arm", "./...", []string{"m.go:5:17:", "overflows"}},
		{"windows/amd64", "./...", []string{"m_test.go:8:37:", "syscall.Kill"}},
		{"linux/amd64", "./none/...", []string{"./none/"}},
	} {
		_, err := check(dir, test.platform, test.pattern)
		if (err != nil) != (len(test.says) > 0) {
			t.Errorf("%s %s: %v", test.platform, test.pattern, err)
		}

		for _, text := range test.says {
			if err != nil && !strings.Contains(err.Error(), text) {
				t.Errorf("%s %s: %v, want %q in it", test.platform, test.pattern, err, text)
			}
		}
	}
}
