// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"cmp"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Need is a permission, and what it is needed for; "" if it always is.
type Need struct {
	bssapi.Permission

	When string
}

// Needs are the permissions of the calls, each once, the ones without a condition
// first.
func (c Calls) Needs() []Need {
	conditions := map[bssapi.Permission]string{}

	for operation, when := range c {
		permission := (&bssapi.Error{Operation: operation}).Permission()
		before, there := conditions[permission]

		if permission != (bssapi.Permission{}) && (!there || before != "" && (when == "" || when < before)) {
			conditions[permission] = when
		}
	}

	var all []Need
	for permission, when := range conditions {
		all = append(all, Need{permission, when})
	}

	slices.SortFunc(all, func(a, b Need) int {
		return cmp.Or(
			cmp.Compare(min(len(a.When), 1), min(len(b.When), 1)),
			strings.Compare(cmp.Or(a.Policy, a.IdentityPolicy), cmp.Or(b.Policy, b.IdentityPolicy)),
		)
	})

	return all
}

// Sites are those that have every call that is always made.
func (c Calls) Sites() []bssapi.Site {
	sites := []bssapi.Site{bssapi.SiteChina, bssapi.SiteInternational, bssapi.SiteEurope}

	for operation, when := range c {
		if has := (&bssapi.Error{Operation: operation}).Sites(); has != nil && when == "" {
			sites = slices.DeleteFunc(sites, func(site bssapi.Site) bool { return !slices.Contains(has, site) })
		}
	}

	return sites
}
