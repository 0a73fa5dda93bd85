// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// surface is all that users can write or read: by the name of a type, by the path
// of a part of it. A type itself is the part with an empty path.
type surface map[string]map[string]part

// part is an attribute, a block, a parameter or a type itself.
type part struct {
	// Shape is what has to stay for a value to fit: a type, or how blocks nest.
	Shape       string
	Required    bool
	Optional    bool
	Computed    bool
	Sensitive   bool
	Deprecated  bool
	WriteOnly   bool
	MinItems    int
	MaxItems    int
	Version     int
	Description string
}

// attribute is one of a schema or of an identity, as TestSchemaGolden writes it.
type attribute struct {
	Type              string               `json:"type"`
	Nesting           string               `json:"nesting"`
	Description       string               `json:"description"`
	Required          bool                 `json:"required"`
	Optional          bool                 `json:"optional"`
	Computed          bool                 `json:"computed"`
	Sensitive         bool                 `json:"sensitive"`
	Deprecated        bool                 `json:"deprecated"`
	WriteOnly         bool                 `json:"write_only"`
	RequiredForImport bool                 `json:"required_for_import"`
	OptionalForImport bool                 `json:"optional_for_import"`
	Attributes        map[string]attribute `json:"attributes"`
}

type block struct {
	Description string                 `json:"description"`
	Deprecated  bool                   `json:"deprecated"`
	Attributes  map[string]attribute   `json:"attributes"`
	Blocks      map[string]nestedBlock `json:"blocks"`
}

type nestedBlock struct {
	Nesting  string `json:"nesting"`
	MinItems int    `json:"min_items"`
	MaxItems int    `json:"max_items"`
	Block    block  `json:"block"`
}

type schema struct {
	Version int   `json:"version"`
	Block   block `json:"block"`
	// Attributes are those of an identity.
	Attributes map[string]attribute `json:"attributes"`
}

// jsonType is how Terraform writes types, such as string or ["list","string"].
type jsonType string

func (t *jsonType) UnmarshalJSON(text []byte) error {
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return err
	}

	*t = jsonType(strings.ReplaceAll(compact.String(), `"`, ""))

	return nil
}

type parameter struct {
	Name           string   `json:"Name"`
	Description    string   `json:"Description"`
	Type           jsonType `json:"Type"`
	AllowNullValue bool     `json:"AllowNullValue"`
}

type result struct {
	Type jsonType `json:"Type"`
}

type function struct {
	Parameters         []parameter `json:"Parameters"`
	VariadicParameter  *parameter  `json:"VariadicParameter"`
	Return             result      `json:"Return"`
	Summary            string      `json:"Summary"`
	Description        string      `json:"Description"`
	DeprecationMessage string      `json:"DeprecationMessage"`
}

// kinds are the words for what a golden file has under each of its keys.
var kinds = map[string]string{
	"resources": "resource", "data_sources": "data", "ephemeral_resources": "ephemeral", "list_resources": "list",
	"actions": "action", "resource_identity_schemas": "identity of",
}

func parse(text []byte) (surface, error) {
	var file map[string]json.RawMessage
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, err
	}

	out := surface{}

	for key, value := range file {
		var (
			schemas   map[string]schema
			functions map[string]function
			err       error
		)

		switch {
		case key == "provider":
			var provider schema
			err = json.Unmarshal(value, &provider)
			out["provider"] = provider.parts()
		case key == "functions":
			err = json.Unmarshal(value, &functions)
		case kinds[key] != "":
			err = json.Unmarshal(value, &schemas)
		default:
			err = fmt.Errorf("a kind that is not known: %s", key)
		}

		if err != nil {
			return nil, err
		}

		for name, s := range schemas {
			out[kinds[key]+" `"+name+"`"] = s.parts()
		}

		for name, f := range functions {
			out["function `"+name+"`"] = f.parts()
		}
	}

	return out, nil
}

func (s schema) parts() map[string]part {
	out := map[string]part{"": {Version: s.Version, Deprecated: s.Block.Deprecated, Description: s.Block.Description}}
	s.Block.into(out, "")
	attributes(out, "", s.Attributes)

	return out
}

func (b block) into(out map[string]part, at string) {
	attributes(out, at, b.Attributes)

	for name, nested := range b.Blocks {
		out[at+name] = part{
			Shape: "blocks, " + strings.ToLower(nested.Nesting), MinItems: nested.MinItems, MaxItems: nested.MaxItems,
			Optional: nested.MinItems == 0, Required: nested.MinItems > 0,
			Deprecated: nested.Block.Deprecated, Description: nested.Block.Description,
		}
		nested.Block.into(out, at+name+".")
	}
}

func attributes(out map[string]part, at string, all map[string]attribute) {
	for name, a := range all {
		shape := strings.ToLower(strings.ReplaceAll(a.Type, "tftypes.", ""))
		if a.Nesting != "" {
			shape = strings.ToLower(a.Nesting) + " of objects"
		}

		out[at+name] = part{
			Shape: shape, Required: a.Required || a.RequiredForImport, Optional: a.Optional || a.OptionalForImport, Computed: a.Computed,
			Sensitive: a.Sensitive, Deprecated: a.Deprecated, WriteOnly: a.WriteOnly, Description: a.Description,
		}
		attributes(out, at+name+".", a.Attributes)
	}
}

// parts: arguments of a function go by their place, so that a new name breaks nobody.
func (f function) parts() map[string]part {
	out := map[string]part{
		"":         {Description: f.Summary + " " + f.Description, Deprecated: f.DeprecationMessage != ""},
		"(result)": {Shape: string(f.Return.Type), Computed: true},
	}
	for i, p := range f.Parameters {
		out[fmt.Sprintf("(%d)", i+1)] = p.part(true)
	}

	if f.VariadicParameter != nil {
		out["(more)"] = f.VariadicParameter.part(false)
	}

	return out
}

func (p parameter) part(required bool) part {
	shape := string(p.Type)
	if p.AllowNullValue {
		shape += " or null"
	}

	return part{Shape: shape, Required: required, Optional: !required, Description: p.Name + ": " + p.Description}
}
