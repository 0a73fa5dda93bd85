// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// textValue is a text of the API, null where it is absent or empty.
func textValue(value string) types.String {
	if value == "" {
		return types.StringNull()
	}

	return types.StringValue(value)
}

// textsValue is a list of texts, null where there is none.
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

// numberValue is an amount with all its digits.
func numberValue(value bssapi.Decimal) types.Number {
	return types.NumberValue(value.BigFloat())
}

// decimalOf is a number of a configuration or a state with all its digits; null
// where it is null or unknown.
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
