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

// The pages that people see first name all that the provider has, and link to
// every guide.
func TestPagesNameEverything(t *testing.T) {
	t.Parallel()

	var printed bytes.Buffer
	if err := printSchema(t.Context(), &printed, providerserver.NewProtocol6(provider.New("docs")())()); err != nil {
		t.Fatal(err)
	}

	root := filepath.Join("..", "..")
	readme, index := page(t, filepath.Join(root, "README.md")), page(t, filepath.Join(root, "docs", "index.md"))

	guides, err := filepath.Glob(filepath.Join(root, "docs", "guides", "*.md"))
	if err != nil || len(guides) == 0 {
		t.Fatalf("no guides: %v", err)
	}

	for _, guide := range guides {
		if link := "(guides/" + filepath.Base(guide) + ")"; !strings.Contains(index, link) {
			t.Errorf("docs/index.md has no link %s", link)
		}
	}

	folders := map[string]string{
		"resource_schemas": "resources", "data_source_schemas": "data-sources",
		"action_schemas": "actions", "list_resource_schemas": "list-resources", "functions": "functions",
	}
	for kind, schemas := range kindsOf(t, printed.Bytes(), shortName) {
		folder, has := folders[kind]
		if !has {
			continue
		}

		delete(folders, kind)

		names, is := schemas.(map[string]any)
		if !is || len(names) == 0 {
			t.Errorf("%s: none", kind)
		}

		for name := range names {
			if !strings.Contains(index, "`"+name+"`") {
				t.Errorf("docs/index.md does not name %s", name)
			}

			link := "[`" + name + "`](docs/" + folder + "/" + strings.TrimPrefix(name, "bss_") + ".md)"
			if !strings.Contains(readme, link) {
				t.Errorf("README.md has no link %s", link)
			}
		}
	}

	if len(folders) > 0 {
		t.Errorf("the schema has none of %v", folders)
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
