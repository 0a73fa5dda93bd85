// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mitchellh/go-wordwrap"
)

// messagesFile has every message that the provider can give, as Terraform prints it on
// 80 columns. Each block is a place in the code that makes one: its function and its
// summary; the test whose message is shown; and that message. What varies is as it was
// in that run, and compared without its ids, numbers and paths.
//
// The places are found in the code, so that one without a message is missed in any run.
// The messages are those that the tests get: a run compares what it has of them.
// To write the file, run the tests that give the messages with -update.
const messagesFile = "testdata/messages.golden"

// unseen is in the place of a message that no test gets.
const unseen = "No sample."

// unreachedFile says of each place without a message why no test comes to it.
const unreachedFile = "testdata/messages_unreached.json"

// sample is a message of an origin, and the test that got it.
type sample struct {
	test string
	message
}

// TestMessages shows that each place that makes a message has a block of the golden
// file that can be from there, or a reason for having none, and that there are no others;
// and that the messages are written as sentences are.
func TestMessages(t *testing.T) {
	t.Parallel()

	if *update {
		t.Skip("the file is written at the end of the run")
	}

	samples, err := readMessages()
	if err != nil {
		t.Fatal(err)
	}

	all, err := origins()
	if err != nil {
		t.Fatal(err)
	}

	reasons := reasonsUnreached(t)

	for _, made := range all {
		shown, known := samples[made.name]
		reason, excused := reasons[made.name]
		delete(samples, made.name)
		delete(reasons, made.name)

		switch {
		case !known:
			t.Errorf("%s has no message that reads so: run a test that gets it with -update:\n%s", messagesFile, made.name)
		case shown.test != "" && made.matches(shown.message) < 0:
			t.Errorf("%s: this is not the message any more: run %s with -update", made.name, shown.test)
		case shown.test == "" && reason == "":
			t.Errorf("no test gets this message: run one that does with -update, or say why none can in %s:\n%s", unreachedFile, made.name)
		case shown.test != "" && excused:
			t.Errorf("%s gets this message: take it out of %s:\n%s", shown.test, unreachedFile, made.name)
		}

		if problem := misspelt(shown.message); shown.test != "" && problem != "" {
			t.Errorf("%s: %s:\n%s", made.name, problem, shown)
		}
	}

	for _, name := range slices.Sorted(maps.Keys(reasons)) {
		t.Errorf("nothing makes this message any more: take it out of %s:\n%s", unreachedFile, name)
	}

	for _, name := range slices.Sorted(maps.Keys(samples)) {
		t.Errorf("nothing makes this message any more: run any test with -update:\n%s", name)
	}
}

// reasonsUnreached are the reasons of places without a message.
func reasonsUnreached(t *testing.T) map[string]string {
	t.Helper()

	data, err := os.ReadFile(unreachedFile)
	if err != nil {
		t.Fatal(err)
	}

	var reasons map[string]string
	if err := json.Unmarshal(data, &reasons); err != nil {
		t.Fatal(err)
	}

	return reasons
}

var (
	begins      = regexp.MustCompile(`^[A-Z0-9"-]`)
	beginsNamed = regexp.MustCompile(`^([a-z][a-z0-9]*[_.][a-z0-9_.]+)\b`)
	blankTwice  = regexp.MustCompile(`\S  +\S`)
)

// misspelt says what is wrong about how a message is written: it begins with a capital or
// a name of the configuration, and each paragraph ends with a full stop, a question mark
// or a list. Terraform itself puts the full stop behind what a function says.
func misspelt(one message) string {
	names := strings.Split(strings.NewReplacer("[", ".", "]", ".").Replace(one.at), ".")
	capital := func(text string) bool {
		first, _, _ := strings.Cut(text, " ")

		return begins.MatchString(text) || beginsNamed.MatchString(text) || slices.Contains(names, first)
	}

	switch {
	case !capital(one.summary):
		return "the summary begins with a small letter"
	case strings.HasSuffix(one.summary, "."):
		return "the summary ends with a full stop"
	case one.detail == "":
		return ""
	case !capital(one.detail):
		return "the detail begins with a small letter"
	}

	for _, paragraph := range strings.Split(one.detail, "\n\n") {
		last := paragraph[strings.LastIndex(paragraph, "\n")+1:]

		switch {
		case blankTwice.MatchString(paragraph):
			return "two blanks stand together"
		case !strings.HasPrefix(last, "  ") && !strings.ContainsAny(last[len(last)-1:], ".?:"):
			return "a paragraph has no full stop at its end"
		}
	}

	return ""
}

// messagesDiffer says how the messages of this run differ from the golden file. It is
// for the end of a run.
func messagesDiffer() []string {
	heard.Lock()
	defer heard.Unlock()

	made, err := origins()
	if err != nil {
		return []string{err.Error()}
	}

	shown, err := readMessages()
	if err != nil {
		return []string{err.Error()}
	}

	if *update {
		if err := writeMessages(made, shown); err != nil {
			return []string{err.Error()}
		}

		return nil
	}

	var problems []string

	for _, name := range slices.Sorted(maps.Keys(shown)) {
		if one := shown[name]; heard.ended[one.test] && !gets(one) && getsAnother(made, name, one.test) {
			problems = append(problems, fmt.Sprintf("%s gets another message; run it with -update:\n%s\n%s", one.test, name, one.detail))
		}
	}

	for _, test := range slices.Sorted(maps.Keys(heard.messages)) {
		for one := range heard.messages[test] {
			if len(originsOf(made, one)) == 0 && !stock(one) {
				problems = append(problems, fmt.Sprintf("%s gets a message that is made in none of the ways that %s knows: %s: %s",
					test, "messages_origins_test.go", one.summary, one.detail))
			}
		}
	}

	return problems
}

// gets says whether the test of a sample got its message in this run.
func gets(shown sample) bool {
	for one := range heard.messages[shown.test] {
		if masked(one) == masked(shown.message) {
			return true
		}
	}

	return false
}

// getsAnother says whether a test got other words from a place in this run. Of two runs
// side by side, one may not come to the place.
func getsAnother(made []origin, place, test string) bool {
	for one := range heard.messages[test] {
		if slices.Contains(originsOf(made, one), place) {
			return true
		}
	}

	return false
}

// originsOf are the places that have most in common with a message: several where they
// make the same one.
func originsOf(made []origin, one message) (names []string) {
	best := 1

	for _, place := range made {
		switch matches := place.matches(one); {
		case matches > best:
			names, best = []string{place.name}, matches
		case matches == best:
			names = append(names, place.name)
		}
	}

	return names
}

var stockSummary = regexp.MustCompile(
	`^(Invalid Attribute|Missing Configuration|Null (List|Set|Map) Value|Duplicate|WriteOnly Attribute)`,
)

// stock says whether a message is of the plugin framework and its validators.
func stock(one message) bool {
	return stockSummary.MatchString(one.summary)
}

var (
	varying  = regexp.MustCompile(`[^\s"'()\[\],:;]*[0-9/][^\s"'()\[\],:;]*`)
	plurals  = regexp.MustCompile(`# (second|minute|hour|day|month|year|renewal|period)s?\b`)
	variable = strings.NewReplacer("#.", "#", "#…", "#")
)

// masked is a message without what differs from run to run.
func masked(one message) string {
	text := squeezed(one.severity + " " + one.summary + " " + one.detail)

	return one.at + " " + plurals.ReplaceAllString(variable.Replace(varying.ReplaceAllString(text, "#")), "# $1")
}

// writeMessages writes the file anew: a sample stays unless it is not given any more.
func writeMessages(made []origin, shown map[string]sample) error {
	found := map[string][]sample{}

	for test, messages := range heard.messages {
		for one := range messages {
			if !heard.ended[test] {
				continue
			}

			for _, name := range originsOf(made, one) {
				found[name] = append(found[name], sample{test, one})
			}
		}
	}

	var file bytes.Buffer

	for _, place := range made {
		one := shown[place.name]

		if one.test != "" && (place.matches(one.message) < 0 || heard.ended[one.test] && !gets(one)) {
			one = sample{}
		}

		if others := found[place.name]; one.test == "" && len(others) > 0 {
			one = slices.MinFunc(others, func(a, b sample) int {
				return strings.Compare(a.test+masked(a.message), b.test+masked(b.message))
			})
		}

		fmt.Fprintf(&file, "### %s\n%s\n\n", place.name, one)
	}

	return os.WriteFile(messagesFile, file.Bytes(), 0o600)
}

// columns is the width of the text beside the rule that Terraform draws.
const columns = 77

func (s sample) String() string {
	if s.test == "" {
		return unseen
	}

	text := s.severity + ": " + s.summary
	if s.detail != "" {
		text += "\n\n"
	}

	for i, line := range strings.Split(s.detail, "\n") {
		if i > 0 {
			text += "\n"
		}

		if !strings.HasPrefix(line, " ") {
			line = wordwrap.WrapString(line, columns)
		}

		text += line
	}

	return fmt.Sprintf("%s\n%s\n│ %s", s.test, "at: "+s.at, strings.ReplaceAll(text, "\n", "\n│ "))
}

// readMessages are the samples of the file, by the names of their origins.
func readMessages() (map[string]sample, error) {
	data, err := os.ReadFile(messagesFile)
	if err != nil {
		return nil, err
	}

	samples := map[string]sample{}

	for _, block := range strings.Split("\n"+string(data), "\n### ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")

		var one sample

		if lines := strings.SplitN(strings.TrimSpace(rest), "\n", 3); len(lines) == 3 {
			text := strings.ReplaceAll("\n"+lines[2], "\n│ ", "\n")[1:]
			head, detail, _ := strings.Cut(text, "\n\n")
			severity, summary, _ := strings.Cut(head, ": ")
			one = sample{lines[0], message{severity, summary, detail, strings.TrimPrefix(lines[1], "at: ")}}
		}

		samples[name] = one
	}

	return samples, nil
}
