// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// docs are the pages as they are committed.
func docs(t *testing.T) map[string]string {
	t.Helper()

	pages, err := load(os.DirFS(filepath.Join("..", "..", "docs")))
	if err != nil {
		t.Fatal(err)
	}

	return pages
}

// TestPagesAnswer: every page of a type has what its reader asks first.
func TestPagesAnswer(t *testing.T) {
	t.Parallel()

	for name, text := range docs(t) {
		about := typeOf(name)
		if about == "" {
			continue
		}

		wanted := []string{"\n## Example Usage\n", "\n## See also\n\n- [", "Huawei Cloud"}

		if path.Dir(name) != "functions" {
			wanted = append(wanted, "\n## Permissions and calls\n\n", "\nCalls: ")
		}

		switch path.Dir(name) {
		case "resources":
			wanted = append(wanted, "\n- **Permission:** ", "\n- **Sites:** ", "\n- **Undo:** ", "\nprovider \"bss\" {}\n")
		case "actions":
			wanted = append(wanted, "\n- **Permission:** ", "\n- **Sites:** ", "\n- **Undo:** ", "\n- **Needs:** ")
		case "data-sources":
			wanted = append(wanted, "\n- **Permission:** ", "\n- **Sites:** ", "\nprovider \"bss\" {}\n")
		case "list-resources":
			wanted = append(wanted, "\n- **Permission:** ", "\n- **Sites:** ", "\n- **Needs:** ")
		case "functions":
			wanted = append(wanted, "\n- **Calls:** none.", "\n- **Needs:** ")
		default:
			t.Errorf("%s is in a folder that nobody knows", name)
		}

		for _, part := range wanted {
			if !strings.Contains(text, part) {
				t.Errorf("%s lacks %q", name, part)
			}
		}

		if strings.Contains(text, "\nsubcategory: \"\"\n") {
			t.Errorf("%s has no subcategory", name)
		}
	}
}

// TestPagesOfEveryType: the catalog has a page for what has one, nothing else, and an
// undo for what changes something.
func TestPagesOfEveryType(t *testing.T) {
	t.Parallel()

	there := map[string]bool{}

	for name := range docs(t) {
		about := typeOf(name)
		if about == "" {
			continue
		}

		there[about] = true

		changes := path.Dir(name) == "resources" || path.Dir(name) == "actions"
		if page := catalog.PagesOf()[about]; changes && page.Undo == "" {
			t.Errorf("nothing says what undoes %s", about)
		}
	}

	for about := range catalog.PagesOf() {
		if !there[about] {
			t.Errorf("the catalog has a page of %s, which does not exist", about)
		}
	}
}

// hosts are those that pages may link to.
var hosts = []string{
	"developer.hashicorp.com", "github.com", "opentofu.org", "registry.terraform.io", "support.huaweicloud.com", "www.conftest.dev",
	"www.rfc-editor.org", "console-intl.huaweicloud.com", "docs.github.com", "en.wikipedia.org",
}

// TestPagesLink: every link of a page is whole, encrypted, and leads to a host that is
// known; one to another page leads to a page that is there.
func TestPagesLink(t *testing.T) {
	t.Parallel()

	pages := docs(t)
	site := siteOf(pages)

	for name, text := range pages {
		for _, line := range prose(strings.Split(text, "\n")) {
			for _, found := range link.FindAllStringSubmatch(line, -1) {
				target, err := url.Parse(found[2])
				if err != nil {
					t.Errorf("%s: %v", name, err)

					continue
				}

				if inside, is := strings.CutPrefix(found[2], registry); is {
					page, anchor, _ := strings.Cut(strings.Trim(inside, "/"), "#")
					page = strings.TrimSuffix(page, "/")

					if page == "" {
						page = "index"
					}

					if _, is := pages[page+".md"]; !is || anchor != "" && !site.anchors[page+".md"][anchor] {
						t.Errorf("%s links to %s, which is not there", name, found[2])
					}

					continue
				}

				if strings.HasPrefix(found[2], "#") {
					if !site.anchors[name][target.Fragment] {
						t.Errorf("%s has no heading for %s", name, found[2])
					}

					continue
				}

				if file, ours := strings.CutPrefix(found[2], "https://github.com/bss-community/terraform-provider-bss/"); ours {
					file = strings.TrimPrefix(strings.TrimPrefix(file, "tree/main/"), "blob/main/")
					if _, err := os.Stat(filepath.Join("..", "..", file)); err != nil && !slices.Contains([]string{"", "issues"}, file) {
						t.Errorf("%s links to %s: %v", name, found[2], err)
					}

					continue
				}

				if target.Scheme != "https" || !slices.Contains(hosts, target.Host) {
					t.Errorf("%s links to %s: not a host that pages link to", name, found[2])
				}
			}
		}
	}
}

// banned are turns that make a reader stop, and what to write instead.
var banned = map[string]string{
	`(?i)\bwhich is meant where\b`:                     `"Default: ..."`,
	`(?i)\bwhere (it|they) (is|are) left out\b`:        `"If unset, ..."`,
	`(?i)\bwhere left out\b`:                           `"If unset, ..."`,
	`(?i)\bwhat there is to (pay|convert|delete)\b`:    `the noun`,
	`(?i)\bwhich may be (one|another|the)\b`:           `"It can be ..."`,
	`(; null|\bNull) where\b`:                          `"null if"`,
	`(?i)\bor whatever\b`:                              `the words`,
	`(?i)\b(simply|just|easily|obviously|of course)\b`: `nothing`,
	`(?i)\bplease\b`:                                   `nothing`,
	`(?i)\bin order to\b`:                              `"to"`,
	`(?i)\butili[sz]e`:                                 `"use"`,
	`(?i)\be\.g\.`:                                     `"such as"`,
	`(?i)\bi\.e\.`:                                     `the plain words`,
	`(?i)\band/or\b`:                                   `"or"`,
	`(?i)\bnot yet supported\b`:                        `what to use instead`,
}

// TestPagesSpeakPlainly finds the turns that plain English does without.
func TestPagesSpeakPlainly(t *testing.T) {
	t.Parallel()

	texts := docs(t)

	for _, name := range []string{"README.md", "SECURITY.md", "SUPPORT.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Error(err)
		}

		texts["../"+name] = string(text)
	}

	stacks, err := filepath.Glob(filepath.Join("..", "..", "examples", "*", "*", "README.md"))
	if err != nil || len(stacks) == 0 {
		t.Fatal(err, len(stacks))
	}

	for _, name := range stacks {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}

		texts[name] = string(text)
	}

	for pattern, instead := range banned {
		turn := regexp.MustCompile(pattern)

		for name, text := range texts {
			for _, line := range prose(strings.Split(text, "\n")) {
				if found := turn.FindString(line); found != "" {
					t.Errorf("%s: write %s for %q in\n%s", name, instead, found, line)
				}
			}
		}
	}
}
