// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// coveredOperation is an operation of operations.json with what a reader asks about it.
type coveredOperation struct {
	Name   string         `json:"name"`
	Kind   string         `json:"kind"`
	Domain string         `json:"domain"`
	Method string         `json:"method"`
	Path   string         `json:"path"`
	Sites  []string       `json:"sites"`
	Quota  map[string]int `json:"rate_limit_per_second"`
}

// places are the data sources that read an operation, or what makes the change.
func (o coveredOperation) places(dataSources map[string]bool) []string {
	var all []string

	for _, name := range slices.Sorted(maps.Keys(catalog.CallsOf())) {
		_, made := catalog.CallsOf()[name][o.Name]
		if made && (o.Kind == "mutation" || dataSources[name]) {
			all = append(all, "`"+name+"`")
		}
	}

	return all
}

func (o coveredOperation) sites() string {
	if sites := (&bssapi.Error{Operation: o.Name}).Sites(); sites != nil {
		return sitesOf(&bssapi.Error{Operation: o.Name})
	}

	switch strings.Join(o.Sites, " ") {
	case "cn":
		return string(bssapi.SiteChina)
	case "intl":
		return fmt.Sprintf("%s or %s", bssapi.SiteInternational, bssapi.SiteEurope)
	default:
		return "all"
	}
}

// quota is the published number of calls a second. Europe publishes none.
func (o coveredOperation) quota() string {
	switch china, international := o.Quota["cn"], o.Quota["intl"]; {
	case china == 0 && international == 0:
		return "none is published"
	case china == international:
		return fmt.Sprint(china)
	case international == 0:
		return fmt.Sprintf("china: %d", china)
	case china == 0:
		return fmt.Sprintf("international: %d", international)
	default:
		return fmt.Sprintf("china: %d, international: %d", china, international)
	}
}

// coverageTable is the table of the page, a part for each chapter of the API.
func coverageTable(t *testing.T) []string {
	t.Helper()

	var operations []coveredOperation

	decodeFile(t, filepath.Join("..", "bsssim", "operations.json"), &operations)

	schemas, _ := surface(t)
	dataSources := map[string]bool{}

	for name := range schemas.DataSourceSchemas {
		dataSources[name] = true
	}

	lines := []string{"| Call | Where | Sites | Permission | Calls a second |", "| --- | --- | --- | --- | --- |"}

	for _, operation := range operations {
		permission := permissionOf(operation.Name)
		actions := "none is named"

		if permission.Policy != "" {
			actions = "`" + permission.Policy + "`"
		}

		if permission.IdentityPolicy != "" {
			actions += ", `" + permission.IdentityPolicy + "`"
		}

		lines = append(lines, fmt.Sprintf("| `%s`<br>%s `%s` | %s | %s | %s | %s |", operation.Name, operation.Method, operation.Path,
			cmp.Or(strings.Join(operation.places(dataSources), ", "), "not yet"), operation.sites(), actions, operation.quota()))
	}

	return lines
}

// TestCoveragePage holds the page of what is covered against the calls that the
// provider makes, and the sites, permissions and quotas of the API's description.
func TestCoveragePage(t *testing.T) {
	t.Parallel()

	root, err := os.OpenRoot(filepath.Join("..", "..", "templates", "guides"))
	if err != nil {
		t.Fatal(err)
	}

	const name = "api-coverage.md"

	data, err := root.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}

	head, _, found := strings.Cut(string(data), "| Call |")
	if !found {
		t.Fatal("the page has no table")
	}

	want := head + strings.Join(coverageTable(t), "\n") + "\n"

	if *update {
		if err := root.WriteFile(name, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}

		return
	}

	if diff := gocmp.Diff(strings.Split(want, "\n"), strings.Split(string(data), "\n")); diff != "" {
		t.Errorf("%s: write it anew with -update (-want +got):\n%s", name, diff)
	}
}
