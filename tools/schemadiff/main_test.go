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

// golden is the surface of this provider.
const golden = "../../internal/provider/testdata/schema.golden.json"

// compared is what the command prints of two files.
func compared(t *testing.T, before, after string) string {
	t.Helper()

	dir := t.TempDir()
	for name, text := range map[string]string{"before": before, "after": after} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	var out bytes.Buffer
	if err := run(&out, filepath.Join(dir, "before"), filepath.Join(dir, "after")); err != nil {
		t.Fatal(err)
	}

	return out.String()
}

// TestChanges: each difference is one row, which says whether it breaks.
func TestChanges(t *testing.T) {
	t.Parallel()

	resource := func(attributes, blocks string) string {
		return `{"resources": {"bss_a": {"version": 1, "block": {"attributes": {` + attributes + `}, "blocks": {` + blocks + `}}}}}`
	}
	attribute := func(facts string) string { return resource(`"x": {"type": "tftypes.String", `+facts+`}`, "") }
	block := func(facts string) string { return resource("", `"b": {"nesting": "LIST", `+facts+`}`) }
	call := func(facts string) string { return `{"functions": {"f": {` + facts + `}}}` }
	identity := func(facts string) string {
		return `{"resource_identity_schemas": {"bss_a": {"attributes": {"x": {"type": "tftypes.String", ` + facts + `}}}}}`
	}

	const breaks, keeps = "| **breaks** | ", "|  | "

	for name, test := range map[string]struct{ before, after, row string }{
		"type removed":         {resource("", ""), `{"resources": {}}`, breaks + " | removed |"},
		"type added":           {`{}`, attribute(`"required": true`), keeps + " | added, with attributes and blocks: 1 |"},
		"attribute removed":    {attribute(`"optional": true`), resource("", ""), breaks + "`x` | removed, was optional, string |"},
		"attribute added":      {resource("", ""), attribute(`"optional": true`), keeps + "`x` | added: optional, string |"},
		"required added":       {resource("", ""), attribute(`"required": true`), breaks + "`x` | added: required, string |"},
		"optional to required": {attribute(`"optional": true`), attribute(`"required": true`), breaks + "`x` | was optional, is required |"},
		"required to optional": {attribute(`"required": true`), attribute(`"optional": true`), keeps + "`x` | was required, is optional |"},
		"optional to computed": {attribute(`"optional": true`), attribute(`"computed": true`), breaks + "`x` | was optional, is computed |"},
		"computed added": {
			attribute(`"optional": true`), attribute(`"optional": true, "computed": true`),
			keeps + "`x` | was optional, is optional and computed |",
		},
		"computed removed": {
			attribute(`"optional": true, "computed": true`), attribute(`"optional": true`),
			breaks + "`x` | was optional and computed, is optional |",
		},
		"type changed": {
			attribute(`"optional": true`), resource(`"x": {"type": "tftypes.List[tftypes.String]", "optional": true}`, ""),
			breaks + "`x` | was string, is list[string] |",
		},
		"sensitive":    {attribute(`"computed": true`), attribute(`"computed": true, "sensitive": true`), breaks + "`x` | is sensitive |"},
		"shown":        {attribute(`"sensitive": true`), attribute(`"sensitive": false`), keeps + "`x` | is no longer sensitive |"},
		"write-only":   {attribute(`"optional": true`), attribute(`"optional": true, "write_only": true`), breaks + "`x` | is write-only |"},
		"deprecated":   {attribute(`"optional": true`), attribute(`"optional": true, "deprecated": true`), keeps + "`x` | is deprecated |"},
		"fewer blocks": {block(`"max_items": 0`), block(`"max_items": 2`), breaks + "`b` | at most 2, was any number |"},
		"more blocks":  {block(`"max_items": 2`), block(`"max_items": 0`), keeps + "`b` | at most any number, was 2 |"},
		"nested removed": {
			block(`"block": {"attributes": {"y": {"type": "tftypes.Bool", "computed": true}}}`), block(`"block": {}`),
			breaks + "`b.y` | removed, was computed, bool |",
		},
		"nested added with its block": {
			resource("", ""), block(`"block": {"attributes": {"y": {"type": "tftypes.Bool", "required": true}}}`),
			keeps + "`b` | added: optional, blocks, list |",
		},
		"older version": {
			resource("", ""), strings.Replace(resource("", ""), `"version": 1`, `"version": 0`, 1),
			breaks + " | the version of the schema is 0, was 1 |",
		},
		"argument of a function": {
			call(`"Parameters": []`), call(`"Parameters": [{"Name": "n", "Type": "number"}]`), breaks + "`(1)` | added: required, number |",
		},
		"more arguments": {call(`"Parameters": []`), call(`"VariadicParameter": {"Type": "number"}`), keeps + "`(more)` | added: optional, number |"},
		"null for a function": {
			call(`"Parameters": [{"Type": "number"}]`), call(`"Parameters": [{"Type": "number", "AllowNullValue": true}]`),
			keeps + "`(1)` | was number, is number or null |",
		},
		"result":   {call(`"Return": {"Type": "string"}`), call(`"Return": {"Type": "number"}`), breaks + "`(result)` | was string, is number |"},
		"identity": {identity(`"optional_for_import": true`), identity(`"required_for_import": true`), breaks + "`x` | was optional, is required |"},
	} {
		printed := compared(t, test.before, test.after)
		if !strings.HasSuffix(printed, "\n| --- | --- | --- |\n"+test.row+"\n") {
			t.Errorf("%s: want the only row\n%s\nin\n%s", name, test.row, printed)
		}
	}
}

// TestSummary: the golden file of this provider is read whole, and what changed in it is counted.
func TestSummary(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}

	before := string(text)
	if printed := compared(t, before, before); printed != "## Schema\n\nNothing changed.\n" {
		t.Error(printed)
	}

	words := strings.Replace(before, "Id of the order to cancel.", "The order to cancel.", 1)
	if printed := compared(t, before, words); printed != "## Schema\n\nNothing changed but words. Descriptions that changed: 1.\n" {
		t.Error(printed)
	}

	sharper := strings.Replace(words, `"optional": true`, `"required": true`, 1)
	want := "## Schema\n\n**1 of 1 changes can break a configuration, state or module.** Descriptions that changed: 1.\n" +
		"\n### action `bss_enterprise_member_code`\n\n| | where | what |\n| --- | --- | --- |\n" +
		"| **breaks** | `language` | was optional, is required |\n"

	if printed := compared(t, before, sharper); printed != want {
		t.Errorf("%s\nwant\n%s", printed, want)
	}

	if _, err := parse([]byte(`{"moons": {}}`)); err == nil {
		t.Error("a kind that is not known is passed over")
	}
}
