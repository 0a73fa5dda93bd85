// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/csv"
	"math/big"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// called is what a function answers, or its error.
func called(t *testing.T, name string, arguments ...tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()

	server := listenTo(t, "", &bssProvider{version: "test"})
	schemas, _ := surface(t)
	definition := schemas.Functions[name]
	req := &tfprotov6.CallFunctionRequest{Name: name}

	for i, argument := range arguments {
		parameter := definition.VariadicParameter
		if i < len(definition.Parameters) {
			parameter = definition.Parameters[i]
		}

		value, err := tfprotov6.NewDynamicValue(parameter.Type, argument)
		if err != nil {
			t.Fatal(err)
		}

		req.Arguments = append(req.Arguments, &value)
	}

	resp, err := server.CallFunction(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}

	if resp.Error != nil {
		return tftypes.Value{}, resp.Error
	}

	result, err := resp.Result.Unmarshal(definition.Return.Type)
	if err != nil {
		t.Fatal(err)
	}

	return result, nil
}

func TestFunctions(t *testing.T) {
	t.Parallel()

	for _, test := range []struct {
		call      string
		arguments []tftypes.Value
		want      string
	}{
		{"billing_day", []tftypes.Value{str("2026-01-31T15:59:59Z")}, "2026-01-31"},
		{"billing_day", []tftypes.Value{str("2026-01-31T16:00:00Z")}, "2026-02-01"},
		{"billing_day", []tftypes.Value{str("2026-01-31T23:30:00-02:00")}, "2026-02-01"},
		{"billing_day", []tftypes.Value{str("2026-01-31")}, "2026-01-31"},
		{"billing_month", []tftypes.Value{str("2025-12-31T16:00:00Z")}, "2026-01"},
		{"billing_month", []tftypes.Value{str("2026-01-01")}, "2026-01"},
		{"add_periods", []tftypes.Value{str("2026-01-31"), num(t, "1"), str("month")}, "2026-02-28"},
		{"add_periods", []tftypes.Value{str("2028-01-31"), num(t, "1"), str("month")}, "2028-02-29"},
		{"add_periods", []tftypes.Value{str("2028-02-29"), num(t, "1"), str("year")}, "2029-02-28"},
		{"add_periods", []tftypes.Value{str("2026-03-31"), num(t, "-1"), str("month")}, "2026-02-28"},
		{"add_periods", []tftypes.Value{str("2026-01-30T16:30:00Z"), num(t, "1"), str("month")}, "2026-02-27T16:30:00Z"},
		{"add_periods", []tftypes.Value{str("2026-01-31T23:59:59+08:00"), num(t, "1"), str("year")}, "2027-01-31T15:59:59Z"},
		{"add_periods", []tftypes.Value{str("2026-01"), num(t, "-1"), str("month")}, "2025-12"},
		{"add_periods", []tftypes.Value{str("2026-01"), num(t, "1"), str("year")}, "2027-01"},
		{"add_periods", []tftypes.Value{str("2026-01-31"), num(t, "30"), str("day")}, "2026-03-02"},
		{"add_periods", []tftypes.Value{str("2026-01-31"), num(t, "0"), str("month")}, "2026-01-31"},
		{"days_between", []tftypes.Value{str("2026-01-31T15:59:00Z"), str("2026-01-31T16:01:00Z")}, "1"},
		{"days_between", []tftypes.Value{str("2026-01-30T16:00:00Z"), str("2026-01-31T15:59:59Z")}, "0"},
		{"days_between", []tftypes.Value{str("2026-03-01"), str("2026-01-31")}, "-29"},
		{"days_between", []tftypes.Value{str("1969-12-30"), str("1970-01-02")}, "3"},
		{"format_amount", []tftypes.Value{num(t, "1234.5")}, "1,234.50"},
		{"format_amount", []tftypes.Value{num(t, "-1234567.894")}, "-1,234,567.89"},
		{"format_amount", []tftypes.Value{num(t, "0.125")}, "0.13"},
		{"format_amount", []tftypes.Value{num(t, "-0.125")}, "-0.13"},
		{"format_amount", []tftypes.Value{num(t, "-0.004")}, "0.00"},
		{"format_amount", []tftypes.Value{num(t, "999.995")}, "1,000.00"},
		{"format_amount", []tftypes.Value{num(t, "100"), num(t, "0")}, "100"},
		{"format_amount", []tftypes.Value{num(t, "0.5"), num(t, "0")}, "1"},
		{"format_amount", []tftypes.Value{num(t, "0.0125"), num(t, "4")}, "0.0125"},
		{"format_amount", []tftypes.Value{num(t, "123456789012345678901234567890.12")}, "123,456,789,012,345,678,901,234,567,890.12"},
		{"format_amount", []tftypes.Value{less(t, "500000", "210470.83")}, "289,529.17"},
		{"format_amount", []tftypes.Value{less(t, "3.675", "1")}, "2.68"},
		{"format_amount", []tftypes.Value{num(t, "1e-5000")}, "0.00"},
	} {
		result, failed := called(t, test.call, test.arguments...)
		if failed != nil {
			t.Errorf("%s%v: %s", test.call, test.arguments, failed.Text)

			continue
		}

		if got := show(result); got != test.want {
			t.Errorf("%s%v = %s, want %s", test.call, test.arguments, got, test.want)
		}
	}
}

// TestFunctionsBeforePlan: what is made of the time that Terraform 1.8 has for
// plantimestamp() before it plans is not known yet, and stands in no argument's way.
func TestFunctionsBeforePlan(t *testing.T) {
	t.Parallel()

	const before = "0001-01-01T00:00:00Z"

	for name, arguments := range map[string][]tftypes.Value{
		"billing_day":   {str(before)},
		"billing_month": {str(before)},
		"add_periods":   {str(before), num(t, "-36"), str("month")},
		"days_between":  {str("2026-01-01"), str(before)},
	} {
		if result, failed := called(t, name, arguments...); failed != nil || result.IsKnown() {
			t.Errorf("%s: %v, %v", name, result, failed)
		}
	}
}

// less is a difference as Terraform computes it.
func less(t *testing.T, a, b string) tftypes.Value {
	t.Helper()

	var of [2]*big.Float
	for i, value := range []tftypes.Value{num(t, a), num(t, b)} {
		of[i] = new(big.Float)
		if err := value.As(&of[i]); err != nil {
			t.Fatal(err)
		}
	}

	return tftypes.NewValue(tftypes.Number, new(big.Float).SetPrec(512).Sub(of[0], of[1]))
}

func TestFunctionsRefuse(t *testing.T) {
	t.Parallel()

	row := func(value tftypes.Value) tftypes.Value { return tuple(object(map[string]tftypes.Value{"a": value})) }
	infinite := tftypes.NewValue(tftypes.Number, new(big.Float).SetInf(false))
	nothing := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}, nil)

	for _, test := range []struct {
		call      string
		arguments []tftypes.Value
		position  int64
		says      string
	}{
		{"billing_day", []tftypes.Value{str("")}, 0, "neither a time"},
		{"billing_day", []tftypes.Value{str("2026-02-30")}, 0, "neither a time"},
		{"billing_day", []tftypes.Value{str("2026-01-31T15:59:59")}, 0, "with its zone"},
		{"billing_month", []tftypes.Value{str("2026-01")}, 0, "nor a day"},
		{"add_periods", []tftypes.Value{str("January"), num(t, "1"), str("month")}, 0, "nor a month"},
		{"add_periods", []tftypes.Value{str("2026-01"), num(t, "1"), str("day")}, 2, "such as 2026-01-01"},
		{"add_periods", []tftypes.Value{str("2026-01-01"), num(t, "1"), str("MONTH")}, 2, "day, month or year"},
		{"add_periods", []tftypes.Value{str("2026-01-01"), num(t, "12001"), str("month")}, 1, "12000"},
		{"add_periods", []tftypes.Value{str("2026-01-01"), num(t, "12000"), str("year")}, 1, "cannot be written"},
		{"add_periods", []tftypes.Value{str("2026-01-01"), num(t, "-2026"), str("year")}, 1, "cannot be written"},
		{"days_between", []tftypes.Value{str("2026-01-01"), str("soon")}, 1, "neither"},
		{"format_amount", []tftypes.Value{num(t, "1"), num(t, "-1")}, 1, "from 0 to 20"},
		{"format_amount", []tftypes.Value{num(t, "1"), num(t, "21")}, 1, "from 0 to 20"},
		{"format_amount", []tftypes.Value{num(t, "1"), num(t, "1"), num(t, "2")}, 2, "Only one"},
		{"format_amount", []tftypes.Value{infinite}, 0, "finite"},
		{"format_amount", []tftypes.Value{num(t, "1e309")}, 0, "308 digits"},
		{"format_amount", []tftypes.Value{num(t, "-1e5000")}, 0, "308 digits"},
		{"csvencode", []tftypes.Value{str("a")}, 0, "list of objects"},
		{"csvencode", []tftypes.Value{tuple(str("a"))}, 0, "Row 0 is no object"},
		{"csvencode", []tftypes.Value{tuple(object(map[string]tftypes.Value{"a": str("1")}), nothing)}, 0, "Row 1 is no object"},
		{"csvencode", []tftypes.Value{tuple(tftypes.NewValue(tftypes.DynamicPseudoType, nil))}, 0, "Row 0 is no object"},
		{"csvencode", []tftypes.Value{row(num(t, "1e5000"))}, 0, "308 digits"},
		{"csvencode", []tftypes.Value{row(tuple(str("x")))}, 0, `"a" of row 0 is a list`},
		{"csvencode", []tftypes.Value{row(infinite)}, 0, "infinite"},
		{"csvencode", []tftypes.Value{row(str("x")), str("b")}, 1, "The rows have: a"},
		{"csvencode", []tftypes.Value{row(str("x")), str("a"), str("a")}, 2, "twice"},
	} {
		_, failed := called(t, test.call, test.arguments...)

		switch {
		case failed == nil:
			t.Errorf("%s%v is accepted", test.call, test.arguments)
		case strings.HasSuffix(failed.Text, "."):
			t.Errorf("Terraform ends the text with a full stop itself: %s", failed.Text)
		case failed.FunctionArgument == nil || *failed.FunctionArgument != test.position || !strings.Contains(failed.Text, test.says):
			t.Errorf("%s%v: %+v, want %q at argument %d", test.call, test.arguments, failed, test.says, test.position)
		}
	}
}

func TestFormatAmountOfNull(t *testing.T) {
	t.Parallel()

	result, failed := called(t, "format_amount", tftypes.NewValue(tftypes.Number, nil))
	if failed != nil || !result.IsNull() {
		t.Errorf("an amount that is not known is written as %v, %v", result, failed)
	}
}

// TestCSVEncode reads what is written with the reader that csvdecode uses.
func TestCSVEncode(t *testing.T) {
	t.Parallel()

	object := func(values ...tftypes.Value) tftypes.Value {
		names := []string{"name", "amount", "open"}
		attributes := map[string]tftypes.Value{}

		for i, value := range values {
			attributes[names[i]] = value
		}

		return object(attributes)
	}
	yes := tftypes.NewValue(tftypes.Bool, true)

	rows := tuple(
		object(str("plain"), num(t, "-12.50"), yes),
		object(str(`a "quote", a comma`), less(t, "500000", "210470.83"), tftypes.NewValue(tftypes.Bool, nil)),
		object(str("two\r\nlines"), num(t, "0.0000000001"), yes),
		object(str("=1+1"), num(t, "123456789012345678901234567890"), yes),
		object(str("  @SUM(A1)"), num(t, "-0"), yes),
		object(str("＝1"), num(t, "1e3"), yes),
		object(str("-7"), tftypes.NewValue(tftypes.Number, nil), yes),
		object(tftypes.NewValue(tftypes.String, nil), num(t, "1"), yes),
	)

	result, failed := called(t, "csvencode", rows, str("name"), str("amount"), str("open"))
	if failed != nil {
		t.Fatal(failed.Text)
	}

	text := show(result)
	if strings.Count(
		strings.ReplaceAll(text, "\"two\r\nlines\"", ""),
		"\r\n",
	) != strings.Count(
		strings.ReplaceAll(text, "\"two\r\nlines\"", ""),
		"\n",
	) {
		t.Errorf("a line does not end with CRLF: %q", text)
	}

	read, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}

	want := [][]string{
		{"name", "amount", "open"},
		{"plain", "-12.5", "true"},
		{`a "quote", a comma`, "289529.17", ""},
		{"two\nlines", "0.0000000001", "true"},
		{"'=1+1", "123456789012345678901234567890", "true"},
		{"'  @SUM(A1)", "0", "true"},
		{"'＝1", "1000", "true"},
		{"'-7", "", "true"},
		{"", "1", "true"},
	}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Error(diff)
	}
}

func TestCSVEncodeEdges(t *testing.T) {
	t.Parallel()

	unknown := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	none := tftypes.NewValue(tftypes.String, nil)

	for _, test := range []struct {
		name      string
		arguments []tftypes.Value
		want      string
	}{
		{"no rows", []tftypes.Value{tuple()}, ""},
		{"no rows, with names", []tftypes.Value{tuple(), str("b"), str("a")}, "b,a\r\n"},
		{"the order of the alphabet", []tftypes.Value{tuple(object(map[string]tftypes.Value{"b": str("1"), "a": str("2")}))}, "a,b\r\n2,1\r\n"},
		{"a row without an attribute", []tftypes.Value{tuple(
			object(map[string]tftypes.Value{"a": str("1")}), object(map[string]tftypes.Value{"b": str("2")}),
		)}, "a,b\r\n1,\r\n,2\r\n"},
		{"one empty field", []tftypes.Value{tuple(object(map[string]tftypes.Value{"a": none}))}, "a\r\n\"\"\r\n"},
		{"a map", []tftypes.Value{tftypes.NewValue(tftypes.List{ElementType: tftypes.Map{ElementType: tftypes.String}}, []tftypes.Value{
			tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{"a": str("1")}),
		})}, "a\r\n1\r\n"},
	} {
		result, failed := called(t, "csvencode", test.arguments...)
		if failed != nil || show(result) != test.want {
			t.Errorf("%s: %q, %v", test.name, show(result), failed)
		}
	}

	untyped := tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)
	row := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.String}}

	for name, rows := range map[string]tftypes.Value{
		"an unknown value":         tuple(object(map[string]tftypes.Value{"a": unknown})),
		"one of an unknown type":   tuple(object(map[string]tftypes.Value{"a": untyped})),
		"an unknown row":           tuple(tftypes.NewValue(row, tftypes.UnknownValue)),
		"a row of an unknown type": tuple(untyped),
	} {
		if result, failed := called(t, "csvencode", rows); failed != nil || result.IsKnown() {
			t.Errorf("rows with %s are written as %v, %v", name, result, failed)
		}
	}
}

// tuple and object are what a configuration writes between brackets and braces.
func tuple(elements ...tftypes.Value) tftypes.Value {
	types := make([]tftypes.Type, len(elements))
	for i, element := range elements {
		types[i] = element.Type()
	}

	return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, elements)
}

func object(attributes map[string]tftypes.Value) tftypes.Value {
	types := map[string]tftypes.Type{}
	for name, attribute := range attributes {
		types[name] = attribute.Type()
	}

	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, attributes)
}

// functionOutputs are what the examples of functions print.
var functionOutputs = map[string]map[string]string{
	"add_periods":   {"renewed_through": "2026-02-28", "expires": "2027-05-27T15:59:59Z", "first_month": "2025-11"},
	"billing_day":   {"day": "2026-02-01"},
	"billing_month": {"month": "2026-02", "last_month": recentMonths()[1]},
	"csvencode":     {"csv": "service,project,amount\r\nElastic Cloud Server,shop,1234.5\r\nObject Storage,,-0.25\r\n"},
	"days_between":  {"days_left": "30", "since": "-2"},
	"plan_report":   {"comment": planReportComment, "charged": `{"USD":99.7}`},
	"format_amount": {"left": "289,529.17", "price_of_an_hour": "0.0125"},
}

func testExampleFunction(t *testing.T, name, _ string) {
	t.Helper()

	w := newWorld(t, bsssim.Options{})
	c := newCLI(t, w, "")
	c.copies(path.Dir(name))
	c.wholly("")
	c.ok("apply", "-auto-approve")

	outputs := functionOutputs[path.Base(path.Dir(name))]
	if len(outputs) == 0 {
		t.Fatalf("nothing is expected of examples/%s", name)
	}

	for output, want := range outputs {
		// -raw ends where the value does.
		if got := c.ok("output", "-raw", output); got != want {
			t.Errorf("%s = %q, want %q", output, got, want)
		}
	}

	if calls := w.calls(); len(calls) > 0 {
		t.Errorf("functions have called the API: %v", calls)
	}
}
