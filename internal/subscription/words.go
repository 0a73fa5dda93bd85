// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// PolicyWord is the word for what happens to a resource at its expiry, empty
// where the API left it out.
func PolicyWord(resource bssapi.Resource) string {
	policy, known := policyOf(resource)
	if !known {
		return ""
	}

	return bssapi.ExpirePolicies.Word(policy)
}
