// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// TestOurs: an object of another provider with such a type is not taken over.
func TestOurs(t *testing.T) {
	t.Parallel()

	for address, want := range map[string]bool{
		"registry.terraform.io/bss-community/bss": true,
		"registry.opentofu.org/bss-community/bss": true,
		// What OpenTofu 1.10 gives.
		"bss":                             true,
		"registry.terraform.io/acme/bss":  false,
		"registry.terraform.io/-/bss":     false,
		"registry.terraform.io/acme/bss2": false,
		"":                                false,
	} {
		if got := ours(resource.MoveStateRequest{SourceProviderAddress: address}); got != want {
			t.Errorf("%q: %t, want %t", address, got, want)
		}
	}
}
