// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Describe names a resource for a person: its id, name, service and region.
func Describe(resource bssapi.Resource) string {
	var parts []string

	if resource.ResourceName != "" {
		parts = append(parts, fmt.Sprintf("%q", resource.ResourceName))
	}

	service := resource.ResourceTypeName
	for _, name := range []string{resource.ServiceTypeName, resource.ResourceTypeCode, resource.ServiceTypeCode} {
		if service == "" {
			service = name
		}
	}

	if service != "" {
		parts = append(parts, service)
	}

	if resource.RegionCode != "" {
		parts = append(parts, "in "+resource.RegionCode)
	}

	if len(parts) == 0 {
		return resource.ResourceID
	}

	return resource.ResourceID + " (" + strings.Join(parts, ", ") + ")"
}
