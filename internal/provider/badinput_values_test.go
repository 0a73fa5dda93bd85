// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
	"github.com/zclconf/go-cty/cty/msgpack"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// tableFunctions make long values short to write.
var tableFunctions = map[string]function.Function{
	"join":  stdlib.JoinFunc,
	"range": stdlib.RangeFunc,
	// day is the day of the billing calendar so many days from now.
	"day": function.New(&function.Spec{
		Params: []function.Parameter{{Name: "days", Type: cty.Number}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(arguments []cty.Value, _ cty.Type) (cty.Value, error) {
			days, _ := arguments[0].AsBigFloat().Int64()

			return cty.StringVal(bssapi.SystemClock().Now().In(bssapi.BillingZone).AddDate(0, 0, int(days)).Format(time.DateOnly)), nil
		},
	}),
	"repeat": function.New(&function.Spec{
		Params: []function.Parameter{{Name: "text", Type: cty.String}, {Name: "times", Type: cty.Number}},
		Type:   function.StaticReturnType(cty.String),
		Impl: func(arguments []cty.Value, _ cty.Type) (cty.Value, error) {
			times, _ := arguments[1].AsBigFloat().Int64()

			return cty.StringVal(strings.Repeat(arguments[0].AsString(), int(times))), nil
		},
	}),
}

func evaluate(t *testing.T, expression hcl.Expression, given map[string]cty.Value) cty.Value {
	t.Helper()

	value, diags := expression.Value(&hcl.EvalContext{Variables: given, Functions: tableFunctions})
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	return value
}

// evaluatedBody is what a body says, as one object. A block of a type that is
// an object is an object, and blocks of another are a list.
func evaluatedBody(t *testing.T, typ tftypes.Type, body *hclsyntax.Body, given map[string]cty.Value) cty.Value {
	t.Helper()

	object, _ := typ.(tftypes.Object)
	values := map[string]cty.Value{}
	lists := map[string][]cty.Value{}

	for name, attribute := range body.Attributes {
		if object.AttributeTypes != nil && object.AttributeTypes[name] == nil {
			t.Fatalf("%s: no attribute %s", attribute.Range(), name)
		}

		values[name] = evaluate(t, attribute.Expr, given)
	}

	for _, block := range body.Blocks {
		switch inner := object.AttributeTypes[block.Type].(type) {
		case tftypes.Object:
			values[block.Type] = evaluatedBody(t, inner, block.Body, given)
		case tftypes.List:
			lists[block.Type] = append(lists[block.Type], evaluatedBody(t, inner.ElementType, block.Body, given))
		default:
			t.Fatalf("%s: no block %s", block.Range(), block.Type)
		}
	}

	for name, blocks := range lists {
		values[name] = cty.TupleVal(blocks)
	}

	return cty.ObjectVal(values)
}

func encodedBody(t *testing.T, typ tftypes.Type, body *hclsyntax.Body, given map[string]cty.Value) *tfprotov6.DynamicValue {
	t.Helper()

	if body == nil {
		body = &hclsyntax.Body{}
	}

	return encodedValue(t, typ, evaluatedBody(t, typ, body, given))
}

// encodedValue converts a value as Terraform does, and fills in null for what
// is left out.
func encodedValue(t *testing.T, typ tftypes.Type, value cty.Value) *tfprotov6.DynamicValue {
	t.Helper()

	described, err := typ.MarshalJSON() //nolint:staticcheck // the one way to cty's types
	if err != nil {
		t.Fatal(err)
	}

	whole, err := ctyjson.UnmarshalType(described)
	if err != nil {
		t.Fatal(err)
	}

	converted, err := convert.Convert(value, withOptionals(whole))
	if err != nil {
		t.Fatalf("Terraform itself refuses it: %v", err)
	}

	encoded, err := msgpack.Marshal(converted, whole)
	if err != nil {
		t.Fatal(err)
	}

	return &tfprotov6.DynamicValue{MsgPack: encoded}
}

// withOptionals is the type with every attribute optional.
func withOptionals(typ cty.Type) cty.Type {
	switch {
	case typ.IsObjectType():
		attributes := map[string]cty.Type{}

		var names []string

		for name, attribute := range typ.AttributeTypes() {
			attributes[name] = withOptionals(attribute)
			names = append(names, name)
		}

		return cty.ObjectWithOptionalAttrs(attributes, names)
	case typ.IsListType():
		return cty.List(withOptionals(typ.ElementType()))
	case typ.IsSetType():
		return cty.Set(withOptionals(typ.ElementType()))
	case typ.IsMapType():
		return cty.Map(withOptionals(typ.ElementType()))
	default:
		return typ
	}
}

// consoleValues are the values of an act at the console, as JSON would have
// them.
func consoleValues(t *testing.T, body *hclsyntax.Body, given map[string]cty.Value) map[string]any {
	t.Helper()

	values := map[string]any{}
	for name, attribute := range body.Attributes {
		values[name] = jsonValue(t, evaluate(t, attribute.Expr, given))
	}

	return values
}

func jsonValue(t *testing.T, value cty.Value) any {
	t.Helper()

	switch typ := value.Type(); {
	case typ == cty.String:
		return value.AsString()
	case typ == cty.Bool:
		return value.True()
	case typ == cty.Number:
		whole, _ := value.AsBigFloat().Int64()

		return whole
	case typ.IsTupleType():
		all := []any{}
		for _, element := range value.AsValueSlice() {
			all = append(all, jsonValue(t, element))
		}

		return all
	case typ.IsObjectType():
		all := map[string]any{}
		for name, element := range value.AsValueMap() {
			all[name] = jsonValue(t, element)
		}

		return all
	default:
		t.Fatalf("a value of type %s is not known to this test", typ.FriendlyName())

		return nil
	}
}

// consoleAnswer is a value that an act at the console answers.
func consoleAnswer(t *testing.T, value any) cty.Value {
	t.Helper()

	switch value := value.(type) {
	case string:
		return cty.StringVal(value)
	case []string:
		elements := make([]cty.Value, len(value))
		for i, element := range value {
			elements[i] = cty.StringVal(element)
		}

		return cty.TupleVal(elements)
	default:
		return cty.DynamicVal
	}
}

// placeOf is the path of an attribute as Terraform writes it, empty for none.
func placeOf(path *tftypes.AttributePath) string {
	place := ""

	for _, step := range path.Steps() {
		switch step := step.(type) {
		case tftypes.AttributeName:
			place += "." + string(step)
		case tftypes.ElementKeyString:
			place += "[" + strconv.Quote(string(step)) + "]"
		case tftypes.ElementKeyInt:
			place += fmt.Sprintf("[%d]", int64(step))
		case tftypes.ElementKeyValue:
			place += "[" + strconv.Quote(show(tftypes.Value(step))) + "]"
		}
	}

	return strings.TrimPrefix(place, ".")
}
