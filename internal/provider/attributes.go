// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// primaryID begins the description of the id of a resource that an act is about.
const primaryID = "Id of a yearly/monthly resource in its own service, such as an ECS server id. It has to be a primary one. "

func computedString(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func computedNumber(description string) schema.NumberAttribute {
	return schema.NumberAttribute{Computed: true, MarkdownDescription: description}
}

func computedInt(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

func computedBool(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

func computedStrings(description string) schema.ListAttribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
}

func computedList(description string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}

func computedMap(description string, attributes map[string]schema.Attribute) schema.MapNestedAttribute {
	return schema.MapNestedAttribute{
		Computed: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}

func computedCounts(description string) schema.MapAttribute {
	return schema.MapAttribute{Computed: true, ElementType: types.Int64Type, MarkdownDescription: description}
}

// joined are all attributes of the sets. If two have a name in common, the later
// one counts.
func joined(sets ...map[string]schema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}
	for _, set := range sets {
		maps.Copy(all, set)
	}

	return all
}

// idArgument is an argument that takes the id of an order or a resource.
func idArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{isID}}
}

// codeArgument is an argument that takes a code of the API, such as that of a
// region or of a service.
func codeArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description, Validators: []validator.String{trimmed{maxNameLength}}}
}

// orderIDArgument is the order that a data source is about.
func orderIDArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: description,
		Validators: []validator.String{isID},
	}
}

func requiredText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{Required: true, MarkdownDescription: description, Validators: validators}
}

// wordArgument is an argument that takes one of the words, which the
// description has for its %s.
func wordArgument[C cmp.Ordered](description string, words bssapi.Words[C]) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, MarkdownDescription: fmt.Sprintf(description, listOf(words.All())),
		Validators: []validator.String{oneOf(words)},
	}
}

// wordsArgument is wordArgument for several of the words.
func wordsArgument[C cmp.Ordered](description string, words bssapi.Words[C]) schema.SetAttribute {
	return schema.SetAttribute{
		Optional: true, ElementType: types.StringType,
		MarkdownDescription: fmt.Sprintf(description, listOf(words.All())),
		Validators: []validator.Set{
			setvalidator.SizeAtLeast(1),
			setvalidator.NoNullValues(),
			setvalidator.ValueStringsAre(oneOf(words)),
		},
	}
}

// rowsArgument says whether the rows are wanted beside their totals; wantsRows reads
// it.
func rowsArgument() schema.BoolAttribute {
	return schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Set to `false` for totals only. Recommended above about 1,000 rows, which would all be stored in state. " +
			"Default: `true`.",
	}
}

func unlessFalse(argument types.Bool) bool { return argument.IsNull() || argument.ValueBool() }
