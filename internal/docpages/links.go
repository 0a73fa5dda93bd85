// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
)

const (
	// registry is where the pages are read; relative links work only on some of the
	// sites that show them.
	registry = "https://registry.terraform.io/providers/bss-community/bss/latest/docs"
	// repository has the examples.
	repository = "https://github.com/bss-community/terraform-provider-bss/blob/main"

	// placeholder is the text of a link that is to have the title of its page.
	placeholder = "(title)"
)

var errBroken = errors.New("links to what is not there")

var (
	codeSpan   = regexp.MustCompile("`[^`\n]+`")
	named      = regexp.MustCompile("^`([a-z][a-z0-9_]*)`$")
	link       = regexp.MustCompile(`\[([^\]\n]*)\]\(([^)\s]+)\)`)
	guideTitle = regexp.MustCompile(`(?m)^page_title: "(.*)"$`)
	// description is the first sentence of what a page is about, without its end.
	description = regexp.MustCompile(`(?m)^description: \|-\n  (.+?)(?:[.:;?] |[.:;?]?$)`)
	heading     = regexp.MustCompile(`(?m)^#+ (.*)$`)
	anchorName  = regexp.MustCompile(`<a id="([^"]+)">`)
)

// website knows the pages: where each name leads, and which headings a page has.
type website struct {
	pages   map[string]string
	pageOf  map[string]string
	anchors map[string]map[string]bool
}

func siteOf(pages map[string]string) *website {
	s := &website{pages: pages, pageOf: map[string]string{}, anchors: map[string]map[string]bool{}}

	// What a resource and a list share leads to the resource.
	for _, kind := range []string{"list-resources", "actions", "functions", "data-sources", "resources"} {
		for name := range pages {
			if path.Dir(name) == kind {
				s.pageOf[typeOf(name)] = name
			}
		}
	}

	for name, text := range pages {
		s.anchors[name] = map[string]bool{}

		for _, line := range prose(strings.Split(text, "\n")) {
			if found := heading.FindStringSubmatch(line); found != nil {
				s.anchors[name][slug(found[1])] = true
			}
		}

		for _, found := range anchorName.FindAllStringSubmatch(text, -1) {
			s.anchors[name][found[1]] = true
		}
	}

	return s
}

// slug is the anchor that a heading gets on the web.
func slug(title string) string {
	var b strings.Builder

	for _, r := range strings.ToLower(title) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '_', r == '-':
			b.WriteRune(r)
		case r == ' ':
			b.WriteByte('-')
		}
	}

	return b.String()
}

// prose are the lines of a page that a reader reads as text, by their numbers: those
// outside of fenced blocks and of its head.
func prose(lines []string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		fenced, head := false, lines[0] == "---"

		for i, line := range lines {
			switch {
			case head:
				head = i == 0 || line != "---"
			case strings.HasPrefix(strings.TrimSpace(line), "```"):
				fenced = !fenced
			case !fenced && !yield(i, line):
				return
			}
		}
	}
}

// linked is a page with links that work everywhere. The first mention of another type
// becomes a link to it.
func (s *website) linked(page, text string) (string, error) {
	var broken []string

	seen := map[string]bool{s.pageOf[typeOf(page)]: true}
	listing := false
	lines := strings.Split(text, "\n")

	for i, line := range prose(lines) {
		if strings.HasPrefix(line, "#") {
			// All of "See also" are links, whatever stands above.
			listing = line == "## See also"

			continue
		}

		if listing {
			clear(seen)

			line = s.introduced(line)
		}

		lines[i] = link.ReplaceAllStringFunc(s.names(line, seen), func(whole string) string {
			part := link.FindStringSubmatch(whole)

			title, target, err := s.resolved(page, part[1], part[2])
			if err != nil {
				broken = append(broken, part[2])
			}

			return "[" + title + "](" + target + ")"
		})
	}

	if len(broken) > 0 {
		return "", fmt.Errorf("%s %w: %s", page, errBroken, strings.Join(broken, ", "))
	}

	return strings.Join(lines, "\n"), nil
}

// introduced is a line of a list of pages, with what its page is about.
func (s *website) introduced(line string) string {
	name, is := strings.CutPrefix(line, "- `")
	if target := s.pageOf[strings.TrimSuffix(name, "`")]; is && target != "" {
		if found := description.FindStringSubmatch(s.pages[target]); found != nil {
			return line + ": " + strings.ToLower(found[1][:1]) + found[1][1:]
		}
	}

	return line
}

// names turns the first mention of each type or function into a link.
func (s *website) names(line string, seen map[string]bool) string {
	var (
		b  strings.Builder
		at int
	)

	taken := link.FindAllStringIndex(line, -1)
	inLink := func(from int) bool {
		for _, l := range taken {
			if from >= l[0] && from < l[1] {
				return true
			}
		}

		return false
	}

	for _, span := range codeSpan.FindAllStringIndex(line, -1) {
		name := named.FindStringSubmatch(line[span[0]:span[1]])
		if name == nil || inLink(span[0]) {
			continue
		}

		target, known := s.pageOf[name[1]]
		if !known || seen[target] {
			continue
		}

		seen[target] = true

		b.WriteString(line[at:span[0]] + "[" + line[span[0]:span[1]] + "](" + address(target) + ")")
		at = span[1]
	}

	return b.String() + line[at:]
}

// address is where a page is read.
func address(page string) string {
	if page == "index.md" {
		return registry
	}

	return registry + "/" + strings.TrimSuffix(page, ".md")
}

// resolved is a link of a page with its title and its whole address.
func (s *website) resolved(page, title, target string) (string, string, error) {
	if strings.Contains(target, "://") {
		return title, target, nil
	}

	file, anchor, _ := strings.Cut(target, "#")

	to := page
	if file != "" {
		to = path.Join(path.Dir(page), file)
	}

	if _, is := s.pages[to]; !is {
		// Beside the pages: files of the repository, as seen from docs/.
		outside := path.Join("docs", to)
		if _, err := os.Stat(filepath.FromSlash(outside)); err != nil || strings.HasPrefix(outside, "docs/") {
			return title, target, errBroken
		}

		return title, repository + "/" + outside, nil
	}

	if anchor != "" && !s.anchors[to][anchor] {
		return title, target, errBroken
	}

	if title == placeholder {
		title = to
		if found := guideTitle.FindStringSubmatch(s.pages[to]); found != nil {
			title = found[1]
		}
	}

	switch {
	case file == "":
		return title, "#" + anchor, nil
	case anchor != "":
		return title, address(to) + "#" + anchor, nil
	default:
		return title, address(to), nil
	}
}
