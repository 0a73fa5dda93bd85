// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// facts is the list of what a reader asks of every page.
func facts(name string, page catalog.Page) string {
	if path.Dir(name) == "functions" {
		return "- **Calls:** none. It needs no credentials and no permission, and works on every site.\n" +
			"- **Needs:** " + catalog.Everything().Needs()
	}

	calls := catalog.CallsOf()[typeOf(name)]
	if path.Dir(name) == "list-resources" {
		calls = catalog.ListCallsOf()[typeOf(name)]
	}

	said := []string{
		"- **Permission:** " + permissions(calls) + ".",
		"- **Calls:** " + callsText(calls) + ".",
		"- **Sites:** " + sites(calls) + ".",
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

// permissions are those that the calls need, each once, the ones without a condition
// first.
func permissions(calls catalog.Calls) string {
	conditions := map[string]string{}

	for operation, when := range calls {
		need := permission((&bssapi.Error{Operation: operation}).Permission())
		if before, there := conditions[need]; need != "" && (!there || before != "" && (when == "" || when < before)) {
			conditions[need] = when
		}
	}

	if len(conditions) == 0 {
		return "the vendor names none"
	}

	var always, sometimes []string

	for _, need := range slices.Sorted(maps.Keys(conditions)) {
		if when := conditions[need]; when == "" {
			always = append(always, need)
		} else {
			sometimes = append(sometimes, when+", "+need)
		}
	}

	return strings.Join(append(always, sometimes...), "; ")
}

// permission is the action of a policy, with its name in an identity policy.
func permission(need bssapi.Permission) string {
	switch {
	case need == bssapi.Permission{}:
		return ""
	case need.Policy == "":
		return fmt.Sprintf("`%s` (identity policies alone)", need.IdentityPolicy)
	case need.IdentityPolicy == "":
		return fmt.Sprintf("`%s`", need.Policy)
	default:
		return fmt.Sprintf("`%s` (`%s` in an identity policy)", need.Policy, need.IdentityPolicy)
	}
}

// callsText names the calls, with the vendor's page of each if it has one.
func callsText(calls catalog.Calls) string {
	var all []string

	for _, operation := range slices.Sorted(maps.Keys(calls)) {
		call := "`" + operation + "`"
		if page := (&bssapi.Error{Operation: operation}).Page(); page != "" {
			call = "[" + call + "](" + page + ")"
		}

		all = append(all, call)
	}

	return strings.Join(all, ", ")
}

// sites are those that have every call that is always made, and for the others which
// have them.
func sites(calls catalog.Calls) string {
	all := []bssapi.Site{bssapi.SiteChina, bssapi.SiteInternational, bssapi.SiteEurope}

	var partly []string

	for _, operation := range slices.Sorted(maps.Keys(calls)) {
		has := (&bssapi.Error{Operation: operation}).Sites()

		switch {
		case has == nil:
		case calls[operation] == "":
			all = slices.DeleteFunc(all, func(site bssapi.Site) bool { return !slices.Contains(has, site) })
		default:
			partly = append(partly, fmt.Sprintf("`%s` on %s alone", operation, joined(has)))
		}
	}

	if len(partly) > 0 {
		return joined(all) + "; " + strings.Join(partly, ", ")
	}

	return joined(all)
}

func joined(sites []bssapi.Site) string {
	names := make([]string, len(sites))
	for i, site := range sites {
		names[i] = "`" + string(site) + "`"
	}

	return strings.Join(names, ", ")
}
