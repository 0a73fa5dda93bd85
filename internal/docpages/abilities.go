// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

var errNoPlace = errors.New("the index has no place for the table of command lines")

// abilitiesPlace stands in the index where the table belongs.
const abilitiesPlace = "<!-- the table of command lines -->"

// withAbilities is the index with the table of which command line can do what.
func withAbilities(index string) (string, error) {
	before, after, found := strings.Cut(index, abilitiesPlace)
	if !found {
		return "", errNoPlace
	}

	var b strings.Builder

	b.WriteString("| for | Terraform | OpenTofu |\n| --- | --- | --- |")

	for _, one := range catalog.Abilities() {
		fmt.Fprintf(&b, "\n| %s | %s | %s |", one.For, since(one.Terraform), since(one.OpenTofu))
	}

	return before + b.String() + after, nil
}

// since is the first version that can.
func since(minor int) string {
	if minor == 0 {
		return "no"
	}

	return fmt.Sprintf("1.%d", minor)
}
