// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccResource(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	w.shows(t, fmt.Sprintf(`
data "bss_resource" "server" {
  resource_id = %q
}

data "bss_resource" "disk" {
  resource_id = data.bss_resource.server.attached[1].resource_id
}
`, demoID(1)), map[string]shown{
		"data.bss_resource.server": {
			"resource_id":            demoID(1),
			"resource_name":          "web-1",
			"primary":                true,
			"parent_resource_id":     nil,
			"status":                 "in_use",
			"expire_policy":          "grace_period",
			"attached":               elements(2),
			"attached.0.resource_id": demoID(2),
			"attached.1.spec_size":   amount("100"),
		},
		"data.bss_resource.disk": {
			"resource_name":      "web-1-data",
			"primary":            false,
			"parent_resource_id": demoID(1),
			"attached":           elements(0),
		},
	})

	w.readOnly("list_resources")
}

func TestResourceShowsEveryField(t *testing.T) {
	t.Parallel()

	primary := newDocument(
		t,
		"list_resources",
		100,
		map[string]any{"data.0.is_main_resource": 1, "data.0.resource_id": "P", "data.0.parent_resource_id": ""},
	)
	attached := newDocument(t, "list_resources", 200, map[string]any{"data.0.is_main_resource": 0, "data.0.parent_resource_id": "P"})

	var rows []any

	for _, document := range []*document{primary, attached} {
		data, ok := document.body["data"].([]any)
		if !ok {
			t.Fatal("an answer without data")
		}

		rows = append(rows, data...)
	}

	w := answering(t, "international", map[string]any{pathResources: map[string]any{"total_count": 2, "data": rows}})
	read := mustRead(t, w, "bss_resource", attributes{"resource_id": str("P")})

	named := func(path string) bool {
		return path == "total_count" || strings.HasSuffix(path, "is_main_resource") || path == "data.0.parent_resource_id"
	}

	read.shows(t, primary.without(named), strings.NewReplacer(".data.0.id.", ".record_id.", ".data.0.", "."))
	read.shows(t, attached.without(named), strings.NewReplacer(".data.0.id.", ".attached.0.record_id.", ".data.", ".attached."))
	read.want(t, map[string]string{
		"attached": "1 elements", "primary": "true", "parent_resource_id": "null",
		"attached.0.primary": "false", "attached.0.parent_resource_id": "P",
	})
}

func TestResourceOfEachStatus(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	unknown := w.addResource(map[string]any{"status": 7, "expire_policy": 9})

	for id, want := range map[string]map[string]string{
		demoID(10): {"status": "expired"},
		demoID(11): {"status": "frozen"},
		demoID(12): {"status": "closed"},
		unknown:    {"status": "unknown(7)", "expire_policy": "unknown(9)"},
	} {
		mustRead(t, w, "bss_resource", attributes{"resource_id": str(id)}).want(t, want)
	}
}

func TestResourceThatDoesNotExist(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	read, diags := readData(t, w, "bss_resource", nil, attributes{"resource_id": str("nobody")})
	if read != nil {
		t.Errorf("a state: %v", read)
	}

	diags.says(t, "resource_id", "Resource does not exist", "nobody")

	for _, request := range w.Requests() {
		if len(request.ResourceIDs) == 0 {
			t.Error("a call without ids")
		}
	}
}

func TestResourceRefusesBadArguments(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	for _, id := range []string{"", "a b", "a/b"} {
		_, diags := readData(t, w, "bss_resource", nil, attributes{"resource_id": str(id)})
		diags.says(t, "resource_id")
	}

	if calls := w.calls(); len(calls) != 0 {
		t.Errorf("calls in spite of the error: %v", calls)
	}
}

// TestResourceReadsManyAtOnce shows that what a run reads at the same time is
// asked for together.
func TestResourceReadsManyAtOnce(t *testing.T) {
	t.Parallel()

	const count = 40

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: count}})
	server, schemas, diags := configured(t, w, nil)

	if diags.failed() {
		t.Fatal(diags)
	}

	typ := schemas.DataSourceSchemas["bss_resource"].ValueType()

	var (
		group   sync.WaitGroup
		answers [count]*tfprotov6.ReadDataSourceResponse
	)

	for i := range count {
		config := dynamic(t, typ, objectOf(t, typ, attributes{"resource_id": str(fmt.Sprintf("res-%06d", i+1))}))

		group.Go(func() {
			answer, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "bss_resource", Config: config})
			if err != nil {
				t.Error(err)
			}

			answers[i] = answer
		})
	}

	group.Wait()

	for i, answer := range answers {
		if diags := diagnostics(answer.Diagnostics); diags.failed() {
			t.Fatal(diags)
		}

		value, err := answer.State.Unmarshal(typ)
		if err != nil {
			t.Fatal(err)
		}

		if name := show(attributeOf(t, value, "resource_name")); name != fmt.Sprintf("generated-%06d", i+1) {
			t.Errorf("resource %d is %s", i+1, name)
		}
	}

	if calls := w.calls(); len(calls) > count/4 {
		t.Errorf("%d calls for %d resources", len(calls), count)
	}
}
