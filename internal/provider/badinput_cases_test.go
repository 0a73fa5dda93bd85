// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/gohcl"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// badInput is a case of the table: one wrong configuration, and the only error
// that it gets. testdata/badinput/README.md says how a case is written.
type badInput struct {
	At       string            `hcl:"at"`
	Summary  string            `hcl:"summary"`
	Says     string            `hcl:"says,optional"`
	When     string            `hcl:"when,optional"`
	On       []string          `hcl:"on,optional"`
	Site     string            `hcl:"site,optional"`
	Settings map[string]string `hcl:"settings,optional"`
	Env      map[string]string `hcl:"env,optional"`

	name, kind, typeName string
	provider, config     *hclsyntax.Body
	acts                 []consoleAct
}

type consoleAct struct {
	name   string
	values *hclsyntax.Body
}

// readBases are the configurations without a fault, by kind and type.
func readBases(t *testing.T, file string) map[string]*hclsyntax.Body {
	t.Helper()

	bases := map[string]*hclsyntax.Body{}

	for _, block := range readHCL(t, file).Blocks {
		if block.Type != "base" || len(block.Labels) != 2 {
			t.Fatalf("%s: %s is no base with a kind and a type", block.Range(), block.Type)
		}

		bases[strings.Join(block.Labels, " ")] = block.Body
	}

	return bases
}

func readBadInputs(t *testing.T, file string, bases map[string]*hclsyntax.Body) []*badInput {
	t.Helper()

	var (
		all struct {
			On []string `hcl:"on,optional"`
		}
		cases []*badInput
	)

	body := readHCL(t, file)
	decodeAttributes(t, body, &all)

	for _, block := range body.Blocks {
		if block.Type != "case" || len(block.Labels) != 1 {
			t.Fatalf("%s: %s is no case with a name", block.Range(), block.Type)
		}

		bad := &badInput{name: block.Labels[0], On: all.On}
		bad.read(t, block)
		cases = append(cases, bad.onBases(t, bases)...)
	}

	return cases
}

func (bad *badInput) read(t *testing.T, block *hclsyntax.Block) {
	t.Helper()

	on := bad.On
	decodeAttributes(t, block.Body, bad)

	if bad.On == nil {
		bad.On = on
	}

	if bad.When == "" {
		bad.When = whenValidated
	}

	for _, inner := range block.Body.Blocks {
		switch {
		case inner.Type == "console" && len(inner.Labels) == 1:
			bad.acts = append(bad.acts, consoleAct{inner.Labels[0], inner.Body})
		case inner.Type == "provider" && len(inner.Labels) == 0:
			bad.provider = inner.Body
		case inner.Type == "with" && len(inner.Labels) == 0 && bad.kind == "":
			bad.kind, bad.config = inner.Type, inner.Body
		case slices.Contains([]string{"resource", "data", "list", "action", "import"}, inner.Type) && len(inner.Labels) == 1 && bad.kind == "":
			bad.kind, bad.typeName, bad.config = inner.Type, inner.Labels[0], inner.Body
		default:
			t.Fatalf("%s: a case holds console, provider, and one of with, resource, data, list, action and import", inner.Range())
		}
	}

	if bad.kind == "" {
		bad.kind = "provider"
	}
}

// onBases are the cases that a case stands for: one for each base that it
// changes, or itself, if it is whole.
func (bad *badInput) onBases(t *testing.T, bases map[string]*hclsyntax.Body) []*badInput {
	t.Helper()

	if bad.kind != "with" {
		return []*badInput{bad}
	}

	if len(bad.On) == 0 {
		t.Fatalf("%s: nothing says on what", bad.config.Range())
	}

	all := make([]*badInput, len(bad.On))

	for i, name := range bad.On {
		one := *bad
		one.name += "/" + name
		one.kind, one.typeName, _ = strings.Cut(name, " ")

		if base := bases[name]; base != nil {
			one.config = &hclsyntax.Body{Attributes: maps.Clone(base.Attributes), Blocks: slices.Concat(base.Blocks, bad.config.Blocks)}
			maps.Copy(one.config.Attributes, bad.config.Attributes)
		}

		all[i] = &one
	}

	return all
}

// decodeAttributes reads what a body says outside of its blocks.
func decodeAttributes(t *testing.T, body *hclsyntax.Body, into any) {
	t.Helper()

	own := *body
	own.Blocks = nil

	if diags := gohcl.DecodeBody(&own, nil, into); diags.HasErrors() {
		t.Fatal(diags)
	}
}

func readHCL(t *testing.T, file string) *hclsyntax.Body {
	t.Helper()

	parsed, diags := hclparse.NewParser().ParseHCLFile(file)
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		t.Fatalf("%s is no native HCL", file)
	}

	return body
}
