// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"fmt"
	"slices"
)

// Site is one of the vendor's separate clouds. An account lives on exactly one.
type Site string

// The sites.
const (
	SiteChina         Site = "china"
	SiteInternational Site = "international"
	SiteEurope        Site = "europe"
)

// allSites is in the order in which the probe asks.
var allSites = []Site{SiteChina, SiteInternational, SiteEurope}

// ParseSite returns the site of that name.
func ParseSite(name string) (Site, error) {
	if site := Site(name); slices.Contains(allSites, site) {
		return site, nil
	}

	return "", fmt.Errorf("unknown site %q: it is one of %q, %q and %q", name, SiteChina, SiteInternational, SiteEurope)
}

// endpoint returns the address of the billing API.
func (s Site) endpoint() string {
	switch s {
	case SiteInternational:
		return "https://bss-intl.myhuaweicloud.com"
	case SiteEurope:
		return "https://bss.myhuaweicloud.eu"
	case SiteChina:
		return "https://bss.myhuaweicloud.com"
	}

	return ""
}

// iamEndpoint returns the address of the identity service.
func (s Site) iamEndpoint() string {
	switch s {
	case SiteInternational:
		return "https://iam.ap-southeast-1.myhuaweicloud.com"
	case SiteEurope:
		return "https://iam.eu-west-101.myhuaweicloud.eu"
	case SiteChina:
		return "https://iam.cn-north-1.myhuaweicloud.com"
	}

	return ""
}
