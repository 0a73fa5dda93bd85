// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// permissionOf is what an operation needs; it is empty where the vendor lists
// nothing.
func permissionOf(operation string) bssapi.Permission {
	return (&bssapi.Error{Operation: operation}).Permission()
}

// needsNone says whether the vendor lists no permission for an operation.
func needsNone(operation string) bool {
	return slices.Contains([]string{
		"list_conversions", "list_measure_units", "list_resource_specs", "list_resource_types", "list_service_resources",
		"list_service_types", "list_usage_types", "get_expenditure_quota", "list_coupon_change_records", "list_auth_domains",
		"list_usage95_summary", "list_usage95_details", "convert_to_on_demand_now", "send_sub_customer_sms_code",
	}, operation)
}

// byTerraform is what a world serves that real Terraform was run against: any
// number of types, of which nothing is known here.
const byTerraform = "terraform"

// serves says that calls of the world are from now on made for this type, too.
func (w *world) serves(typeName string) {
	if w.served != nil {
		w.served.Store(typeName, true)
	}
}

// checkCalls fails if the journal has a call that callsOf does not give to any of
// the types that the world served.
func (w *world) checkCalls() {
	w.t.Helper()

	// An account with an endpoint of its own shows its site by its currency.
	known := catalog.Calls{}
	if w.env["BSS_SITE"] == "" {
		known["get_account_balances"] = ""
	}

	if _, is := w.served.Load(byTerraform); is {
		return
	}

	var served []string

	w.served.Range(func(name, _ any) bool {
		typeName, _ := name.(string)
		served = append(served, typeName)
		maps.Copy(known, catalog.CallsOf()[typeName])

		return true
	})

	unknown := map[string]bool{}

	for _, request := range w.Requests() {
		_, there := known[request.Operation]
		unknown[request.Operation] = !there && permissionOf(request.Operation) != bssapi.Permission{}
	}

	for operation, is := range unknown {
		if is && len(served) > 0 {
			w.t.Errorf("catalog.CallsOf has no %s of %v", operation, served)
		}
	}
}

// permissionTable is the table of what needs which permission, a line each.
func permissionTable() []string {
	// users are the types by permission and by when they need it.
	users := map[bssapi.Permission]map[string][]string{}

	for typeName, made := range catalog.CallsOf() {
		for _, need := range made.Needs() {
			if users[need.Permission] == nil {
				users[need.Permission] = map[string][]string{}
			}

			users[need.Permission][need.When] = append(users[need.Permission][need.When], typeName)
		}
	}

	table := []string{"| permission | in identity policies | for |", "| --- | --- | --- |"}

	for _, permission := range slices.SortedFunc(maps.Keys(users), func(a, b bssapi.Permission) int {
		return strings.Compare(a.Policy+a.IdentityPolicy, b.Policy+b.IdentityPolicy)
	}) {
		var parts []string

		for _, when := range slices.Sorted(maps.Keys(users[permission])) {
			slices.Sort(users[permission][when])

			part := "`" + strings.Join(users[permission][when], "`, `") + "`"
			if when != "" {
				part = when + ": " + part
			}

			parts = append(parts, part)
		}

		// An action that the vendor names for one model alone.
		code := func(action string) string {
			if action == "" {
				return ""
			}

			return "`" + action + "`"
		}

		table = append(table, "| "+strings.Join(
			[]string{code(permission.Policy), code(permission.IdentityPolicy), strings.Join(parts, "; ")}, " | ",
		)+" |")
	}

	return table
}

// TestPermissionTables shows that the table of permissions is true and whole.
// What is meant is written with -run TestPermissionTables -update.
func TestPermissionTables(t *testing.T) {
	t.Parallel()

	schemas, _ := surface(t)
	named := map[string]bool{}

	for _, names := range [][]string{
		slices.Collect(maps.Keys(schemas.DataSourceSchemas)), slices.Collect(maps.Keys(schemas.ResourceSchemas)),
		slices.Collect(maps.Keys(schemas.ActionSchemas)), slices.Collect(maps.Keys(schemas.ListResourceSchemas)),
		slices.Collect(maps.Keys(schemas.EphemeralResourceSchemas)),
	} {
		for _, name := range names {
			named[name] = true
		}
	}

	for typeName, made := range catalog.CallsOf() {
		if !named[typeName] {
			t.Errorf("the provider has no %s", typeName)
		}

		delete(named, typeName)

		for operation := range made {
			if (permissionOf(operation) == bssapi.Permission{}) != needsNone(operation) {
				t.Errorf("%s: no permission of %s is known", typeName, operation)
			}
		}
	}

	for typeName := range named {
		t.Errorf("catalog.CallsOf has no word of %s", typeName)
	}

	pattern := regexp.MustCompile("(?m)^\\| permission \\|.*\n\\| --- .*\n(?:\\| (?:`bss:| \\| `).*\n)+")

	root, err := os.OpenRoot(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}

	const name = "templates/index.md.tmpl"

	data, err := root.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}

	page := string(data)

	at := pattern.FindStringIndex(page)
	if at == nil {
		t.Fatalf("%s has no table of permissions", name)
	}

	wanted := page[:at[0]] + strings.Join(permissionTable(), "\n") + "\n" + page[at[1]:]

	if *update {
		if err := root.WriteFile(name, []byte(wanted), 0o600); err != nil {
			t.Fatal(err)
		}

		return
	}

	if diff := cmp.Diff(strings.Split(wanted, "\n"), strings.Split(page, "\n")); diff != "" {
		t.Errorf("%s: write it anew with -update (-want +got):\n%s", name, diff)
	}
}
