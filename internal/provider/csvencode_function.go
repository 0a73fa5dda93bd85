// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func newCSVEncodeFunction() function.Function {
	return &providerFunction{
		name: "csvencode",
		definition: function.Definition{
			Summary: "Writes rows as CSV, which spreadsheets and csvdecode read.",
			MarkdownDescription: "Writes a list of objects, such as the rows of a data source, as CSV of RFC 4180: a line of names, " +
				"then a line for each row, " +
				"with CRLF at the end of each. Terraform's `csvdecode` reads it back, as text.\n\nNull is an empty field. Numbers " +
				"are written " +
				"with all their digits, a point, and no thousands; an error of Terraform's arithmetic behind their fortieth decimal " +
				"is taken off. " +
				"A list, a map or an object inside a row is an error: choose what to write with a `for` expression.\n\n**Safe in a " +
				"spreadsheet**: " +
				"a text that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@`, a tab or a line " +
				"break, also after spaces, gets an " +
				"apostrophe before it. Names of resources and tags are what anybody in the account may write. Numbers are left as " +
				"they are.",
			Parameters: []function.Parameter{
				function.DynamicParameter{
					Name: "rows",
					MarkdownDescription: "A list of objects or maps. All have the same attributes; one that is missing in a row is " +
						"an empty field there.",
				},
			},
			VariadicParameter: function.StringParameter{
				Name: "columns",
				MarkdownDescription: "Names of the attributes to write, in this order. Default: all attributes, in the order of the " +
					"alphabet, as objects " +
					"have no other.",
			},
			Return: function.StringReturn{},
		},
		run: csvEncode,
	}
}

func csvEncode(ctx context.Context, arguments function.ArgumentsData) (any, *function.FuncError) {
	var (
		written types.Dynamic
		columns []string
	)

	if err := arguments.Get(ctx, &written, &columns); err != nil {
		return nil, err
	}

	rows, ok := elementsOf(written.UnderlyingValue())
	if !ok {
		return nil, function.NewArgumentFuncError(0, "Rows must be a list of objects or maps")
	}

	table := make([]map[string]attr.Value, len(rows))
	names := map[string]bool{}

	for i, row := range rows {
		row = plainValue(row)
		if row.IsUnknown() {
			return types.StringUnknown(), nil
		}

		switch row := row.(type) {
		case types.Object:
			table[i] = row.Attributes()
		case types.Map:
			table[i] = row.Elements()
		}

		if row.IsNull() || table[i] == nil {
			return nil, function.NewArgumentFuncError(0, fmt.Sprintf("Row %d is no object", i))
		}

		for name := range table[i] {
			names[name] = true
		}
	}

	if len(columns) == 0 {
		columns = slices.Sorted(maps.Keys(names))
	}

	for i, column := range columns {
		switch {
		case len(rows) > 0 && !names[column]:
			return nil, function.NewArgumentFuncError(int64(i+1), fmt.Sprintf("No row has %q. The rows have: %s",
				column, strings.Join(slices.Sorted(maps.Keys(names)), ", ")))
		case slices.Contains(columns[:i], column):
			return nil, function.NewArgumentFuncError(int64(i+1), fmt.Sprintf("%q is written twice", column))
		}
	}

	return encodeTable(columns, table)
}

func encodeTable(columns []string, table []map[string]attr.Value) (any, *function.FuncError) {
	if len(columns) == 0 {
		return "", nil
	}

	header := make([]string, len(columns))
	for i, column := range columns {
		header[i] = harmless(column)
	}

	lines := []string{csvLine(header)}

	for i, row := range table {
		record := make([]string, len(columns))

		for j, column := range columns {
			field, known, problem := csvField(plainValue(row[column]))

			switch {
			case problem != "":
				return nil, function.NewArgumentFuncError(0, fmt.Sprintf("%q of row %d %s", column, i, problem))
			case !known:
				return types.StringUnknown(), nil
			}

			record[j] = field
		}

		lines = append(lines, csvLine(record))
	}

	return strings.Join(lines, ""), nil
}

// csvLine is a record of RFC 4180. The writer of encoding/csv takes carriage returns
// out of fields.
func csvLine(record []string) string {
	fields := make([]string, len(record))

	for i, field := range record {
		// Readers skip an empty line.
		if strings.ContainsAny(field, "\",\r\n") || strings.TrimSpace(field) != field || field == "" && len(record) == 1 {
			field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
		}

		fields[i] = field
	}

	return strings.Join(fields, ",") + "\r\n"
}

// csvField is what stands for a value in a line, or what is wrong with it.
func csvField(value attr.Value) (field string, known bool, problem string) {
	switch value := value.(type) {
	case nil:
		return "", true, ""
	case types.String:
		return harmless(value.ValueString()), !value.IsUnknown(), ""
	case types.Number:
		if value.IsNull() || value.IsUnknown() {
			return "", !value.IsUnknown(), ""
		}

		field, ok := plainNumber(value.ValueBigFloat())
		if !ok {
			return "", true, "is infinite, or has more than 308 digits"
		}

		return field, true, ""
	case types.Bool:
		if value.IsNull() || value.IsUnknown() {
			return "", !value.IsUnknown(), ""
		}

		return fmt.Sprint(value.ValueBool()), true, ""
	case types.Dynamic:
		return "", !value.IsUnknown(), ""
	default:
		if value.IsNull() {
			return "", true, ""
		}

		return "", true, "is a list, a map or an object. Write a text or a number instead, with a for expression"
	}
}

// plainNumber writes a number with all its digits and no zeros after them.
func plainNumber(number *big.Float) (string, bool) {
	exact, ok := exactAmount(number)
	if !ok {
		return "", false
	}

	digits := strings.TrimSuffix(strings.TrimRight(exact.FloatString(exactDecimals), "0"), ".")
	if digits == "-0" {
		digits = "0"
	}

	return digits, true
}

// formulaStarts are what makes a spreadsheet take a text for a formula. The last
// four are the full-width forms.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// harmless is a text that no spreadsheet computes, also one that takes off spaces
// first.
func harmless(text string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	if text != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}

	return text
}

// plainValue is a value without the wrapping of a type that is found out only at run
// time. What has no type yet stays wrapped.
func plainValue(value attr.Value) attr.Value {
	if dynamic, ok := value.(types.Dynamic); ok && dynamic.UnderlyingValue() != nil {
		return dynamic.UnderlyingValue()
	}

	return value
}

// elementsOf are the elements of a list, a tuple or a set.
func elementsOf(value attr.Value) ([]attr.Value, bool) {
	sequence, ok := value.(interface{ Elements() []attr.Value })
	if !ok || value.IsNull() {
		return nil, false
	}

	return sequence.Elements(), true
}
