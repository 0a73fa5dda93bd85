// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"flag"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

// listFile is the list of what cannot be ruled out.
const listFile = "testdata/irreducible.md"

var update = flag.Bool("explore.update", false, "write "+listFile+" anew")

// The headings of the list, and what each says.
const (
	always   = "## Whatever the server does"
	unlocked = "## Where the server does not refuse a second act"
)

const preface = `# What cannot be ruled out

Between the last look and the call that acts, the world can change. The calls of this API name neither an amount nor
an expiry, and have no token that makes them idempotent. So these histories cannot be closed by a client. Each names
the act, the law that it breaks, and what has to happen for that. The exploration finds exactly these.
`

// line is how the list names a breach.
func (b breach) line(a *money) string {
	return "- " + a.name + ": " + b.law + ". After: " + strings.Join(b.kinds, "; ") + "."
}

// listed are the lines that are on the list for the cell: those of its act and its
// pipelines that need no more departures than it has.
func (c cell) listed(list string) []string {
	if c.locks {
		list, _, _ = strings.Cut(list, unlocked)
	}

	var lines []string

	for line := range strings.SplitSeq(list, "\n") {
		_, kinds, found := strings.Cut(line, ". After: ")
		if !found || !strings.HasPrefix(line, "- "+c.act.name+": ") {
			continue
		}

		departures := strings.Count(kinds, ";") + 1
		if strings.Contains(kinds, kindTogether) {
			departures--
		}

		if strings.Contains(kinds, kindTogether) == (c.pipelines > 1) && departures <= c.departures {
			lines = append(lines, line)
		}
	}

	return lines
}

// covered says whether a line on the list breaks the same law by no more than some of
// the departures of a breach.
func (b breach) covered(a *money, listed []string) bool {
	return slices.ContainsFunc(listed, func(line string) bool {
		before, kinds, _ := strings.Cut(strings.TrimSuffix(line, "."), ". After: ")

		return before == "- "+a.name+": "+b.law && subset(strings.Split(kinds, "; "), b.kinds)
	})
}

// check holds what a search found against the list.
func (s *search) check(t *testing.T) {
	t.Helper()

	found := map[string]bool{}

	for _, b := range s.irreducible() {
		line := b.line(s.cell.act)
		found[line] = true

		if !b.covered(s.cell.act, s.listed) {
			t.Errorf("not on the list, found %d times:\n%s\nThe shortest history:\n\t%s", b.times, line, strings.Join(b.story, "\n\t"))
		}
	}

	for _, line := range s.listed {
		if !found[line] && !s.unfinished {
			t.Errorf("on the list, but never found:\n%s", line)
		}
	}
}

// collection is what all cells found, to write the list anew.
type collection struct {
	mu            sync.Mutex
	locked, other []string
}

func (c *collection) add(s *search) {
	c.mu.Lock()
	defer c.mu.Unlock()

	for _, b := range s.irreducible() {
		line := b.line(s.cell.act)

		if s.cell.locks || !s.cell.act.locked {
			c.locked = append(c.locked, line)
		} else {
			c.other = append(c.other, line)
		}
	}
}

func (c *collection) write(t *testing.T) {
	t.Helper()

	locked := slices.Compact(slices.Sorted(slices.Values(c.locked)))
	other := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(c.other))), func(line string) bool {
		return slices.Contains(locked, line)
	})

	text := preface + "\n" + always + "\n\n" + strings.Join(locked, "\n") + "\n\n" + unlocked + "\n\n" + strings.Join(other, "\n") + "\n"
	if err := os.WriteFile(listFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
