// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"math/big"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// textValue is a text of the API, null if it is absent or empty.
func textValue(value string) types.String {
	if value == "" {
		return types.StringNull()
	}

	return types.StringValue(value)
}

// textsValue is a list of texts, null if it is empty.
func textsValue(values []string) types.List {
	if len(values) == 0 {
		return types.ListNull(types.StringType)
	}

	elements := make([]attr.Value, len(values))
	for i, value := range values {
		elements[i] = types.StringValue(value)
	}

	return types.ListValueMust(types.StringType, elements)
}

// textsOf are the elements of a list of texts, nil where it is null or unknown.
func textsOf(list types.List) []string {
	if !isKnown(list) {
		return nil
	}

	values := []string{}

	for _, element := range list.Elements() {
		if text, ok := element.(types.String); ok {
			values = append(values, text.ValueString())
		}
	}

	return values
}

// statedTexts are the texts that a plan stated by [textsValue]: nil where it stated
// nothing yet, and empty where it stated that there are none.
func statedTexts(list types.List) []string {
	if list.IsNull() {
		return []string{}
	}

	return textsOf(list)
}

// numberValue is an amount with all its digits.
func numberValue(value bssapi.Decimal) types.Number {
	return types.NumberValue(value.BigFloat())
}

// decimalOf is a number of a configuration or a state with all its digits; null
// if it is null or unknown.
func decimalOf(value types.Number) bssapi.Decimal {
	if value.IsNull() || value.IsUnknown() {
		return bssapi.Decimal{}
	}

	// The shortest text that stands for this number at its own precision is
	// the one that was written, and it always parses.
	exact, err := bssapi.ParseDecimal(value.ValueBigFloat().Text('g', -1))
	if err != nil {
		return bssapi.Decimal{}
	}

	return exact
}

// isKnown says whether an argument is set and its value is known.
func isKnown(value attr.Value) bool { return !value.IsNull() && !value.IsUnknown() }

// objectAs are the attributes of an object that is neither null nor unknown.
func objectAs[T any](ctx context.Context, value any, diags *diag.Diagnostics) T {
	var into T

	if object, ok := value.(types.Object); ok {
		diags.Append(object.As(ctx, &into, basetypes.ObjectAsOptions{})...)
	}

	return into
}

// knownTexts are the known elements of a set: in a known set, single elements
// can be unknown.
func knownTexts(ctx context.Context, set types.Set) ([]string, diag.Diagnostics) {
	if set.IsNull() || set.IsUnknown() {
		return nil, nil
	}

	var (
		elements []types.String
		known    []string
	)

	diags := set.ElementsAs(ctx, &elements, false)

	for _, element := range elements {
		if !element.IsUnknown() {
			known = append(known, element.ValueString())
		}
	}

	return known, diags
}

// The values of items that only the provider writes: nil is null.

func textPtr(value string) *string {
	if value == "" {
		return nil
	}

	return &value
}

// textPtrs are the texts of a list, each null if it is absent or empty.
func textPtrs(values []string) []*string {
	texts := make([]*string, len(values))
	for i, value := range values {
		texts[i] = textPtr(value)
	}

	return texts
}

// yesPtr is a yes or no that the API writes as 1 or 0, null for anything else.
func yesPtr(code *int) *bool {
	if code == nil || *code != 0 && *code != 1 {
		return nil
	}

	yes := *code == 1

	return &yes
}

// yesOfText is yesPtr for what the API writes as a text.
func yesOfText(text string) *bool {
	yes, err := strconv.ParseBool(text)
	if err != nil {
		return nil
	}

	return &yes
}

func numberPtr(value bssapi.Decimal) *big.Float { return value.BigFloat() }

// countPtr is a number, null if it is 0.
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

// comparePtr puts nil first.
func comparePtr(a, b *string) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	default:
		return cmp.Compare(*a, *b)
	}
}
