// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package catalog

import "fmt"

// Ability is what a command line must be able to do for a part of the provider.
type Ability struct {
	// For is the part, as the table on the first page names it.
	For string
	// Terraform and OpenTofu are the first minor versions after 1 that can, 0 if none
	// can yet.
	Terraform, OpenTofu int
}

// Abilities are in the order of the table.
func Abilities() []Ability {
	return []Ability{
		Everything(), NullArguments(), Moves(), EphemeralVariables(), WriteOnly(), IdentityImports(), Actions(), Queries(),
	}
}

// Everything is what has no row of its own.
func Everything() Ability {
	return Ability{"resources, data sources, functions, `import` by id, `terraform test` and the stacks", 8, 8}
}

// NullArguments are arguments of functions that may be null.
func NullArguments() Ability {
	return Ability{"`null` as an amount: `provider::bss::format_amount(null)`", 8, 0}
}

// Moves are those between two types.
func Moves() Ability {
	return Ability{"`moved` from `bss_autorenew` to `bss_expiry_policy`, and back", 8, 10}
}

// EphemeralVariables are in no plan and no state.
func EphemeralVariables() Ability {
	return Ability{"`ephemeral = true` for the variables of passwords and codes", 10, 11}
}

// WriteOnly are arguments that are in no plan and no state.
func WriteOnly() Ability {
	return Ability{"write-only arguments: `password_wo` of `bss_enterprise_member`", 11, 11}
}

// IdentityImports name what they import by its identity.
func IdentityImports() Ability {
	return Ability{"`import` by identity", 12, 12}
}

// Actions act once, and leave nothing in state.
func Actions() Ability {
	return Ability{"actions", 14, 0}
}

// Queries list what the account has.
func Queries() Ability {
	return Ability{"lists: `terraform query`", 14, 0}
}

// Of says whether Terraform, or else OpenTofu, can in a minor version.
func (a Ability) Of(terraform bool, minor int) bool {
	first := a.OpenTofu
	if terraform {
		first = a.Terraform
	}

	return first > 0 && minor >= first
}

// Needs is a sentence that says which versions can.
func (a Ability) Needs() string {
	if a.OpenTofu == 0 {
		return fmt.Sprintf("Terraform 1.%d. OpenTofu cannot.", a.Terraform)
	}

	return fmt.Sprintf("Terraform 1.%d, or OpenTofu 1.%d.", a.Terraform, a.OpenTofu)
}
