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

	"github.com/google/go-cmp/cmp"
)

// listFile is the list of what cannot be ruled out. moreFile has what takes more
// departures, which the large cells find: too much for a guide, and more of the same.
const (
	listFile = "testdata/irreducible.md"
	moreFile = "testdata/irreducible_of_more.md"
)

var update = flag.Bool("explore.update", false, "write "+listFile+" anew, and into "+moreFile+" what is new")

// The headings of the list.
const (
	always   = "## Whatever the server does"
	unlocked = "## Where the server does not refuse a second act"
)

// listedDepth is up to how many departures the list of the guide goes. Of more, which
// ones led to a state is hidden where that was seen before, so not all that stand in
// the other list are found each time.
const listedDepth = 1

const preface = `# What cannot be ruled out

Between the last look and the call that acts, the world can change. Most calls of this API name neither an amount nor
an expiry, and have no token that makes them idempotent; transfers have one, which protects for as long as the server
remembers it. So these histories cannot be closed by a client. Each names the act, the law that it breaks, and what has
to happen for that. The exploration finds exactly these.
`

// line is how the list names a breach.
func (b breach) line(a *money) string {
	return "- " + a.name + ": " + b.law + ". After: " + strings.Join(b.kinds, "; ") + "."
}

// about are the lines of the list that are about the act of the cell.
func (c cell) about(list string) []string {
	if c.locks {
		list, _, _ = strings.Cut(list, unlocked)
	}

	var lines []string

	for line := range strings.SplitSeq(list, "\n") {
		if strings.HasPrefix(line, "- "+c.act.name+": ") {
			lines = append(lines, line)
		}
	}

	return lines
}

// expected are those of the lines that the cell has to find: of its pipelines, and of
// no more departures than it has.
func (c cell) expected(about []string) []string {
	var lines []string

	for _, line := range about {
		_, kinds := parted(line)
		if slices.Contains(kinds, kindTogether) == (c.pipelines > 1) && depth(kinds) <= c.departures {
			lines = append(lines, line)
		}
	}

	return lines
}

// depth is how many of the kinds are departures; two runs at once are none.
func depth(kinds []string) int {
	return len(slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return kind == kindTogether }))
}

// parted are the act and law of a line, and its departures.
func parted(line string) (law string, kinds []string) {
	law, rest, _ := strings.Cut(strings.TrimSuffix(line, "."), ". After: ")

	return law, strings.Split(rest, "; ")
}

// coveredBy says whether one of the lines breaks the same law by no more than some of
// the departures of this one.
func coveredBy(line string, lines []string) bool {
	law, kinds := parted(line)

	return slices.ContainsFunc(lines, func(other string) bool {
		same, less := parted(other)

		return same == law && other != line && subset(less, kinds)
	})
}

// check holds what a search found against the list.
func (s *search) check(t *testing.T) {
	t.Helper()

	found := map[string]bool{}

	for _, b := range s.irreducible() {
		line := b.line(s.cell.act)
		found[line] = true

		if !slices.Contains(s.listed, line) && !coveredBy(line, s.listed) {
			t.Errorf("not on the list, found %d times:\n%s\nThe shortest history:\n\t%s", b.times, line, strings.Join(b.story, "\n\t"))
		}
	}

	for _, line := range s.cell.expected(s.listed) {
		if !found[line] && !s.unfinished && s.cell.departures <= listedDepth {
			t.Errorf("on the list, but never found:\n%s", line)
		}
	}
}

// collection is what all cells found, to write the list anew.
type collection struct {
	mu                  sync.Mutex
	locked, other, more []string
}

func (c *collection) add(s *search) {
	c.mu.Lock()
	defer c.mu.Unlock()

	for _, b := range s.irreducible() {
		line := b.line(s.cell.act)

		switch {
		case depth(b.kinds) > listedDepth:
			c.more = append(c.more, line)
		case s.cell.locks || !s.cell.act.locked:
			c.locked = append(c.locked, line)
		default:
			c.other = append(c.other, line)
		}
	}
}

func (c *collection) write(t *testing.T) {
	t.Helper()

	// The least that is needed stands for all that has more.
	least := func(lines, beside []string) []string {
		all := slices.Concat(lines, beside)
		sorted := slices.Compact(slices.Sorted(slices.Values(lines)))

		return slices.DeleteFunc(sorted, func(line string) bool { return slices.Contains(beside, line) || coveredBy(line, all) })
	}

	locked := least(c.locked, nil)
	other := least(c.other, locked)

	text := preface + "\n" + always + "\n\n" + strings.Join(locked, "\n") + "\n\n" + unlocked + "\n\n" + strings.Join(other, "\n") + "\n"
	if err := os.WriteFile(listFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}

	before, err := os.ReadFile(moreFile)
	if err != nil {
		t.Fatal(err)
	}

	head, lines, _ := strings.Cut(string(before), "\n- ")
	more := least(append(c.more, strings.Split(strings.TrimSuffix("- "+lines, "\n"), "\n")...), slices.Concat(locked, other))

	//nolint:gosec // the path is a constant
	if err := os.WriteFile(moreFile, []byte(head+"\n"+strings.Join(more, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestGuide: the guide tells users what cannot be ruled out, to the letter.
func TestGuide(t *testing.T) {
	t.Parallel()

	lines := func(file string) []string {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		_, list, _ := strings.Cut(string(text), "# What cannot be ruled out")

		return slices.DeleteFunc(strings.Split(list, "\n"), func(line string) bool { return !strings.HasPrefix(line, "- ") })
	}

	if diff := cmp.Diff(lines(listFile), lines("../../templates/guides/guarantees.md")); diff != "" {
		t.Errorf("the guide (+) and the list (-) differ:\n%s", diff)
	}
}
