// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/bss-community/terraform-provider-bss/internal/provider"
)

// The page of the provider names all that it has, and links to every guide.
func TestPagesNameEverything(t *testing.T) {
	t.Parallel()

	var printed bytes.Buffer
	if err := printSchema(t.Context(), &printed, providerserver.NewProtocol6(provider.New("docs")())()); err != nil {
		t.Fatal(err)
	}

	root := filepath.Join("..", "..")
	index := page(t, filepath.Join(root, "docs", "index.md"))

	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	if err != nil || len(guides) == 0 {
		t.Fatalf("no guides: %v", err)
	}

	for _, guide := range guides {
		if link := "/docs/guides/" + strings.TrimSuffix(filepath.Base(guide), ".md") + ")"; !strings.Contains(index, link) {
			t.Errorf("docs/index.md has no link %s", link)
		}
	}

	kinds := map[string]bool{
		"resource_schemas": true, "data_source_schemas": true, "action_schemas": true, "list_resource_schemas": true, "functions": true,
	}
	for kind, schemas := range kindsOf(t, printed.Bytes(), shortName) {
		if !kinds[kind] {
			continue
		}

		delete(kinds, kind)

		names, is := schemas.(map[string]any)
		if !is || len(names) == 0 {
			t.Errorf("%s: none", kind)
		}

		for name := range names {
			if !strings.Contains(index, "`"+name+"`") {
				t.Errorf("docs/index.md does not name %s", name)
			}
		}
	}

	if len(kinds) > 0 {
		t.Errorf("the schema has none of %v", kinds)
	}
}

func page(t *testing.T, path string) string {
	t.Helper()

	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	return string(text)
}
