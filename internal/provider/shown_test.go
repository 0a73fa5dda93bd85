// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// shown are values in the state of Terraform, by path, such as
// "orders.0.currency". One inside of another is an object, and whole.
type shown map[string]any

// amount is a number to its last digit.
type amount string

// elements is a list of which only the length matters.
type elements int

// shows applies a configuration with real Terraform, and compares what its
// state then shows at each address.
func (w *world) shows(t *testing.T, config string, want map[string]shown) {
	t.Helper()

	takeTurn(t)
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps:                    []resource.TestStep{{Config: config, ConfigStateChecks: stateChecks(t, want)}},
	})
}

func stateChecks(t *testing.T, want map[string]shown) []statecheck.StateCheck {
	t.Helper()

	var checks []statecheck.StateCheck

	for _, address := range slices.Sorted(maps.Keys(want)) {
		for _, path := range slices.Sorted(maps.Keys(want[address])) {
			checks = append(checks, statecheck.ExpectKnownValue(address, statePath(path), valueCheck(t, want[address][path])))
		}
	}

	return checks
}

func statePath(path string) tfjsonpath.Path {
	first, rest, more := strings.Cut(path, ".")
	at := tfjsonpath.New(first)

	for more {
		first, rest, more = strings.Cut(rest, ".")

		if index, err := strconv.Atoi(first); err == nil {
			at = at.AtSliceIndex(index)
		} else {
			at = at.AtMapKey(first)
		}
	}

	return at
}

func valueCheck(t *testing.T, value any) knownvalue.Check {
	t.Helper()

	switch value := value.(type) {
	case nil:
		return knownvalue.Null()
	case string:
		return knownvalue.StringExact(value)
	case bool:
		return knownvalue.Bool(value)
	case int:
		return knownvalue.Int64Exact(int64(value))
	case amount:
		return knownvalue.NumberExact(exact(t, string(value)))
	case elements:
		return knownvalue.ListSizeExact(int(value))
	case []string:
		all := make([]knownvalue.Check, len(value))
		for i, element := range value {
			all[i] = knownvalue.StringExact(element)
		}

		return knownvalue.ListExact(all)
	case map[string]int:
		all := map[string]knownvalue.Check{}
		for key, element := range value {
			all[key] = knownvalue.Int64Exact(int64(element))
		}

		return knownvalue.MapExact(all)
	case shown:
		all := map[string]knownvalue.Check{}
		for name, part := range value {
			all[name] = valueCheck(t, part)
		}

		return knownvalue.ObjectExact(all)
	case knownvalue.Check:
		return value
	default:
		t.Fatalf("a value of type %T is not known to this test", value)

		return nil
	}
}
