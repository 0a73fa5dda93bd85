// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The types below have the names and the order of Terraform's own output.

type document struct {
	FormatVersion string                  `json:"format_version"`
	Providers     map[string]providerJSON `json:"provider_schemas"`
}

type providerJSON struct {
	Provider           *schemaJSON              `json:"provider,omitempty"`
	Resources          map[string]*schemaJSON   `json:"resource_schemas,omitempty"`
	DataSources        map[string]*schemaJSON   `json:"data_source_schemas,omitempty"`
	EphemeralResources map[string]*schemaJSON   `json:"ephemeral_resource_schemas,omitempty"`
	ListResources      map[string]*schemaJSON   `json:"list_resource_schemas,omitempty"`
	Actions            map[string]*schemaJSON   `json:"action_schemas,omitempty"`
	Functions          map[string]*functionJSON `json:"functions,omitempty"`
	Identities         map[string]*identityJSON `json:"resource_identity_schemas,omitempty"`
}

type schemaJSON struct {
	Version int64      `json:"version"`
	Block   *blockJSON `json:"block,omitempty"`
}

type blockJSON struct {
	Attributes      map[string]*attributeJSON `json:"attributes,omitempty"`
	Blocks          map[string]*nestedBlock   `json:"block_types,omitempty"`
	Description     string                    `json:"description,omitempty"`
	DescriptionKind string                    `json:"description_kind,omitempty"`
	Deprecated      bool                      `json:"deprecated,omitempty"`
}

type nestedBlock struct {
	NestingMode string     `json:"nesting_mode,omitempty"`
	Block       *blockJSON `json:"block,omitempty"`
	MinItems    int64      `json:"min_items,omitempty"`
	MaxItems    int64      `json:"max_items,omitempty"`
}

type attributeJSON struct {
	Type            tftypes.Type      `json:"type,omitempty"`
	NestedType      *nestedAttributes `json:"nested_type,omitempty"`
	Description     string            `json:"description,omitempty"`
	DescriptionKind string            `json:"description_kind,omitempty"`
	Deprecated      bool              `json:"deprecated,omitempty"`
	Required        bool              `json:"required,omitempty"`
	Optional        bool              `json:"optional,omitempty"`
	Computed        bool              `json:"computed,omitempty"`
	Sensitive       bool              `json:"sensitive,omitempty"`
	WriteOnly       bool              `json:"write_only,omitempty"`
}

type nestedAttributes struct {
	Attributes  map[string]*attributeJSON `json:"attributes,omitempty"`
	NestingMode string                    `json:"nesting_mode,omitempty"`
}

type functionJSON struct {
	Description        string           `json:"description,omitempty"`
	Summary            string           `json:"summary,omitempty"`
	DeprecationMessage string           `json:"deprecation_message,omitempty"`
	ReturnType         tftypes.Type     `json:"return_type"`
	Parameters         []*parameterJSON `json:"parameters,omitempty"`
	VariadicParameter  *parameterJSON   `json:"variadic_parameter,omitempty"`
}

type parameterJSON struct {
	Name        string       `json:"name,omitempty"`
	Description string       `json:"description,omitempty"`
	IsNullable  bool         `json:"is_nullable,omitempty"`
	Type        tftypes.Type `json:"type"`
}

type identityJSON struct {
	Version    int64                             `json:"version"`
	Attributes map[string]*identityAttributeJSON `json:"attributes,omitempty"`
}

type identityAttributeJSON struct {
	Type              tftypes.Type `json:"type,omitempty"`
	Description       string       `json:"description,omitempty"`
	RequiredForImport bool         `json:"required_for_import,omitempty"`
	OptionalForImport bool         `json:"optional_for_import,omitempty"`
}

func schemaOf(schema *tfprotov6.Schema) *schemaJSON {
	return &schemaJSON{Version: schema.Version, Block: blockOf(schema.Block)}
}

func blockOf(block *tfprotov6.SchemaBlock) *blockJSON {
	out := &blockJSON{
		Attributes:      attributesOf(block.Attributes),
		Blocks:          make(map[string]*nestedBlock, len(block.BlockTypes)),
		Description:     block.Description,
		DescriptionKind: kindOf(block.DescriptionKind),
		Deprecated:      block.Deprecated,
	}
	for _, nested := range block.BlockTypes {
		out.Blocks[nested.TypeName] = &nestedBlock{
			NestingMode: strings.ToLower(nested.Nesting.String()),
			Block:       blockOf(nested.Block),
			MinItems:    nested.MinItems,
			MaxItems:    nested.MaxItems,
		}
	}

	return out
}

func attributesOf(attributes []*tfprotov6.SchemaAttribute) map[string]*attributeJSON {
	out := make(map[string]*attributeJSON, len(attributes))
	for _, attribute := range attributes {
		entry := &attributeJSON{
			Type:            attribute.Type,
			Description:     attribute.Description,
			DescriptionKind: kindOf(attribute.DescriptionKind),
			Deprecated:      attribute.Deprecated,
			Required:        attribute.Required,
			Optional:        attribute.Optional,
			Computed:        attribute.Computed,
			Sensitive:       attribute.Sensitive,
			WriteOnly:       attribute.WriteOnly,
		}
		if nested := attribute.NestedType; nested != nil {
			entry.NestedType = &nestedAttributes{
				Attributes:  attributesOf(nested.Attributes),
				NestingMode: strings.ToLower(nested.Nesting.String()),
			}
		}
		out[attribute.Name] = entry
	}

	return out
}

func functionOf(function *tfprotov6.Function) *functionJSON {
	out := &functionJSON{
		Description:        function.Description,
		Summary:            function.Summary,
		DeprecationMessage: function.DeprecationMessage,
		ReturnType:         function.Return.Type,
	}
	for _, parameter := range function.Parameters {
		out.Parameters = append(out.Parameters, parameterOf(parameter))
	}
	if function.VariadicParameter != nil {
		out.VariadicParameter = parameterOf(function.VariadicParameter)
	}

	return out
}

func parameterOf(parameter *tfprotov6.FunctionParameter) *parameterJSON {
	return &parameterJSON{
		Name:        parameter.Name,
		Description: parameter.Description,
		IsNullable:  parameter.AllowNullValue,
		Type:        parameter.Type,
	}
}

func identityOf(identity *tfprotov6.ResourceIdentitySchema) *identityJSON {
	out := &identityJSON{
		Version:    identity.Version,
		Attributes: make(map[string]*identityAttributeJSON, len(identity.IdentityAttributes)),
	}
	for _, attribute := range identity.IdentityAttributes {
		out.Attributes[attribute.Name] = &identityAttributeJSON{
			Type:              attribute.Type,
			Description:       attribute.Description,
			RequiredForImport: attribute.RequiredForImport,
			OptionalForImport: attribute.OptionalForImport,
		}
	}

	return out
}

func kindOf(kind tfprotov6.StringKind) string {
	if kind == tfprotov6.StringKindMarkdown {
		return "markdown"
	}

	return "plain"
}
