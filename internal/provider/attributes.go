// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

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

// orderIDArgument is the order that a data source is about.
func orderIDArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, MarkdownDescription: description,
		Validators: []validator.String{isID},
	}
}

func timeArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, CustomType: timetypes.RFC3339Type{},
		MarkdownDescription: description + " An RFC 3339 instant, such as `2026-01-31T00:00:00Z`.",
	}
}

// timeOf is a time argument; the zero time where it is left out.
func timeOf(value timetypes.RFC3339) (time.Time, diag.Diagnostics) {
	if value.IsNull() {
		return time.Time{}, nil
	}

	return value.ValueRFC3339Time()
}

// The values of items that only the provider writes: nil is null.

func textPtr(value string) *string {
	if value == "" {
		return nil
	}

	return &value
}

func numberPtr(value bssapi.Decimal) *big.Float { return value.BigFloat() }

// countPtr is a number, null where it is 0.
func countPtr(value int) *int64 {
	if value == 0 {
		return nil
	}

	return intPtr(&value)
}

func intPtr[T ~int](value *T) *int64 {
	if value == nil {
		return nil
	}

	wide := int64(*value)

	return &wide
}
