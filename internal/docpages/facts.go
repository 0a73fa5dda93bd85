// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// facts is the list of what a reader asks of every page before the example.
func facts(name string, page catalog.Page) string {
	if path.Dir(name) == "functions" {
		return "- **Calls:** none. It needs no credentials and no permission, and works on every site.\n" +
			"- **Needs:** " + catalog.Everything().Needs()
	}

	calls := callsOf(name)
	said := []string{
		"- **Permission:** " + inShort(calls.Needs()) + ".",
		"- **Sites:** " + joined(calls.Sites()) + ".",
	}

	switch path.Dir(name) {
	case "resources":
		said = append(said, "- **Undo:** "+page.Undo)
	case "actions":
		said = append(said, "- **Undo:** "+page.Undo, "- **Needs:** "+catalog.Actions().Needs())
	case "list-resources":
		said = append(said, "- **Needs:** "+catalog.Queries().Needs())
	}

	return strings.Join(said, "\n")
}

// details is the part for who sets up a user: each permission with its purpose, and
// the calls.
func details(name string) string {
	if path.Dir(name) == "functions" {
		return ""
	}

	calls := callsOf(name)
	said := "## Permissions and calls\n\n"

	if all := calls.Needs(); len(all) > 0 {
		said += "| permission | in an identity policy | needed |\n| --- | --- | --- |\n"

		for _, one := range all {
			said += fmt.Sprintf("| %s | %s | %s |\n", code(one.Policy), code(one.IdentityPolicy), cmp.Or(one.When, "always"))
		}

		said += "\n"
	}

	return said + "Calls: " + callsText(calls) + ".\n\n"
}

func callsOf(name string) catalog.Calls {
	if path.Dir(name) == "list-resources" {
		return catalog.ListCallsOf()[typeOf(name)]
	}

	return catalog.CallsOf()[typeOf(name)]
}

// inShort names what is always needed, and says where the rest is.
func inShort(all []catalog.Need) string {
	if len(all) == 0 {
		return "the vendor names none"
	}

	var always []string

	for _, one := range all {
		switch {
		case one.When != "":
		case one.Policy == "":
			always = append(always, code(one.IdentityPolicy)+" (identity policies alone)")
		default:
			always = append(always, code(one.Policy))
		}
	}

	if len(always) < len(all) {
		always = append(always, "[more in some cases](#permissions-and-calls)")
	}

	return strings.Join(always, ", ")
}

// code is a name in a cell of a table, "" if there is none.
func code(name string) string {
	if name == "" {
		return ""
	}

	return "`" + name + "`"
}

// callsText names the calls, with the vendor's page of each if it has one, and where
// a call is that some sites do not have.
func callsText(calls catalog.Calls) string {
	var all []string

	for _, operation := range slices.Sorted(maps.Keys(calls)) {
		about := &bssapi.Error{Operation: operation}

		call := code(operation)
		if page := about.Page(); page != "" {
			call = "[" + call + "](" + page + ")"
		}

		if has := about.Sites(); has != nil {
			call += " (only " + joined(has) + ")"
		}

		all = append(all, call)
	}

	return strings.Join(all, ", ")
}

func joined(sites []bssapi.Site) string {
	names := make([]string, len(sites))
	for i, site := range sites {
		names[i] = "`" + string(site) + "`"
	}

	return strings.Join(names, ", ")
}
