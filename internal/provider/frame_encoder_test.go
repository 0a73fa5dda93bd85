// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// encodes compares the states that the provider and the framework make of
// models of every size, for each data source.
func (d *dataSource[M]) encodes(t *testing.T) {
	t.Helper()

	for rows := range 3 {
		model := new(M)
		f := &filler{t: t, rows: rows, schema: d.schema}
		f.fill(reflect.ValueOf(model).Elem())

		sameState(t, d.schema, model)
	}
}

func sameState[M any](t *testing.T, of schema.Schema, model *M) {
	t.Helper()

	state := tfsdk.State{Schema: of}
	if diags := state.Set(t.Context(), model); diags.HasError() {
		t.Fatal(diags)
	}

	encoded, err := encode(t.Context(), model, of.Type().TerraformType(t.Context()))
	if err != nil {
		t.Fatal(err)
	}

	differences, err := state.Raw.Diff(encoded)
	if err != nil {
		t.Fatal(err)
	}

	for _, difference := range differences {
		t.Error(difference)
	}
}

// filler writes a value that is nowhere else into each part of a model: null
// into everything where there are no rows, and into every third part where
// there are some.
type filler struct {
	t      *testing.T
	rows   int
	next   int
	schema schema.Schema
}

func (f *filler) fill(value reflect.Value) {
	f.t.Helper()

	// Fields of an embedded struct are set as those of the struct around it.
	if !value.CanInterface() {
		f.fillMany(value, false)

		return
	}

	f.next++
	null := f.rows == 0 || f.next%3 == 0
	word := fmt.Sprintf("value %d", f.next)

	switch at := value.Addr().Interface().(type) {
	case *types.String:
		*at = types.StringNull()
		if !null {
			*at = types.StringValue(word)
		}
	case *types.Bool:
		*at = types.BoolValue(!null)
	case *types.Int64:
		*at = types.Int64Null()
		if !null {
			*at = types.Int64Value(int64(f.next))
		}
	case *types.Number:
		*at = types.NumberNull()
		if !null {
			*at = types.NumberValue(exact(f.t, fmt.Sprintf("-%d.00000000000000000001", f.next)))
		}
	case **big.Float:
		if !null {
			*at = exact(f.t, fmt.Sprintf("%d.00000000000000000001", f.next))
		}
	case *string:
		*at = word
	case *int64:
		*at = int64(f.next)
	case *bool:
		*at = true
	default:
		f.fillMany(value, null)
	}
}

func (f *filler) fillMany(value reflect.Value, null bool) {
	f.t.Helper()

	switch value.Kind() {
	case reflect.Pointer:
		if !null {
			value.Set(reflect.New(value.Type().Elem()))
			f.fill(value.Elem())
		}
	case reflect.Slice:
		rows := max(f.rows-1, 0)
		value.Set(reflect.MakeSlice(value.Type(), rows, rows))

		for i := range value.Len() {
			f.fill(value.Index(i))
		}
	case reflect.Map:
		value.Set(reflect.MakeMap(value.Type()))

		for i := range f.rows - 1 {
			element := reflect.New(value.Type().Elem()).Elem()
			f.fill(element)
			value.SetMapIndex(reflect.ValueOf(fmt.Sprintf("key %d", i)), element)
		}
	case reflect.Struct:
		for i := range value.NumField() {
			switch value.Field(i).Type() {
			case reflect.TypeFor[types.Set](), reflect.TypeFor[types.List](), reflect.TypeFor[types.Map](), reflect.TypeFor[types.Object]():
				f.fillNested(value.Field(i), value.Type().Field(i).Tag.Get("tfsdk"))
			default:
				f.fill(value.Field(i))
			}
		}
	default:
		f.t.Fatalf("no value for a %s", value.Type())
	}
}

// fillNested fills an argument of which only the schema knows the type.
func (f *filler) fillNested(value reflect.Value, name string) {
	f.t.Helper()

	typ, diags := f.schema.TypeAtPath(f.t.Context(), path.Root(name))
	if diags.HasError() {
		f.t.Fatal(diags)
	}

	made, err := typ.ValueFromTerraform(f.t.Context(), f.any(typ.TerraformType(f.t.Context())))
	if err != nil {
		f.t.Fatal(err)
	}

	value.Set(reflect.ValueOf(made))
}

// any is a value of the type, of which there is one in each collection.
func (f *filler) any(typ tftypes.Type) tftypes.Value {
	f.t.Helper()

	f.next++
	if f.rows == 0 || f.next%3 == 0 {
		return tftypes.NewValue(typ, nil)
	}

	switch typ := typ.(type) {
	case tftypes.List:
		return tftypes.NewValue(typ, []tftypes.Value{f.any(typ.ElementType)})
	case tftypes.Set:
		return tftypes.NewValue(typ, []tftypes.Value{f.any(typ.ElementType)})
	case tftypes.Map:
		return tftypes.NewValue(typ, map[string]tftypes.Value{"key": f.any(typ.ElementType)})
	case tftypes.Object:
		parts := map[string]tftypes.Value{}
		for name, part := range typ.AttributeTypes {
			parts[name] = f.any(part)
		}

		return tftypes.NewValue(typ, parts)
	}

	switch {
	case typ.Is(tftypes.String):
		return str(fmt.Sprintf("value %d", f.next))
	case typ.Is(tftypes.Number):
		return tftypes.NewValue(typ, int64(f.next))
	default:
		return tftypes.NewValue(typ, true)
	}
}

func TestEncoderSetsTheStateOfTheFramework(t *testing.T) {
	t.Parallel()

	provider := &bssProvider{}

	for _, construct := range provider.DataSources(t.Context()) {
		source, ok := construct().(interface{ encodes(t *testing.T) })
		if !ok {
			t.Errorf("%T sets its state in a way of its own", construct())

			continue
		}

		t.Run(fmt.Sprintf("%T", source), func(t *testing.T) {
			t.Parallel()
			source.encodes(t)
		})
	}
}

// TestEncoderRefuses holds that a model and a schema that do not agree are
// found out without a row.
func TestEncoderRefuses(t *testing.T) {
	t.Parallel()

	type named string

	text := map[string]tftypes.Type{"a": tftypes.String}
	list := map[string]tftypes.Type{"a": tftypes.List{ElementType: tftypes.Object{AttributeTypes: text}}}

	for name, test := range map[string]struct {
		model      any
		attributes map[string]tftypes.Type
	}{
		"attribute without field": {struct{}{}, text},
		"field without attribute": {struct {
			A, B *string `tfsdk:"a"`
		}{}, text},
		"field without tag": {struct{ A string }{}, text},
		"tag unknown": {struct {
			B string `tfsdk:"b"`
		}{}, text},
		"number for a text": {struct {
			A *int64 `tfsdk:"a"`
		}{}, text},
		"amount for a text": {struct {
			A *big.Float `tfsdk:"a"`
		}{}, text},
		"other texts": {struct {
			A named `tfsdk:"a"`
		}{}, text},
		"inexact number": {struct {
			A float64 `tfsdk:"a"`
		}{}, map[string]tftypes.Type{"a": tftypes.Number}},
		"text for a list": {struct {
			A string `tfsdk:"a"`
		}{}, list},
		"texts for objects": {struct {
			A []string `tfsdk:"a"`
		}{}, list},
		"rows that lack an attribute": {struct {
			A []struct{} `tfsdk:"a"`
		}{}, list},
		"list for a map": {struct {
			A []string `tfsdk:"a"`
		}{}, map[string]tftypes.Type{"a": tftypes.Map{ElementType: tftypes.String}}},
		"text for an object": {struct {
			A string `tfsdk:"a"`
		}{}, map[string]tftypes.Type{"a": tftypes.Object{AttributeTypes: text}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			if _, err := newEncoder(reflect.TypeOf(test.model), tftypes.Object{AttributeTypes: test.attributes}); err == nil {
				t.Error("no error")
			}
		})
	}
}

// TestEncoderOfNothing holds that a list that is not there is empty, at every depth,
// unless it was not asked for.
func TestEncoderOfNothing(t *testing.T) {
	t.Parallel()

	type row struct {
		Texts []string         `tfsdk:"texts"`
		Rows  map[string]int64 `tfsdk:"rows"`
	}

	model := struct {
		Rows  []row `tfsdk:"rows"`
		None  []row `tfsdk:"none"`
		Asked []row `tfsdk:"asked" nil:"null"`
	}{Rows: []row{{}}}

	typ := tftypes.List{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"texts": tftypes.List{ElementType: tftypes.String}, "rows": tftypes.Map{ElementType: tftypes.Number},
	}}}

	encoded, err := encode(
		t.Context(),
		&model,
		tftypes.Object{AttributeTypes: map[string]tftypes.Type{"rows": typ, "none": typ, "asked": typ}},
	)
	if err != nil {
		t.Fatal(err)
	}

	shown := state{}
	shown.add(t, "", encoded)
	shown.want(t, map[string]string{
		"rows": "1 elements", "rows.0.texts": "0 elements", "rows.0.rows": "tftypes.Map[tftypes.Number]<>", "none": "0 elements", "asked": "null",
	})
}

// TestEncoderRefusesValues holds that a value of another type, which shows only
// once there is one, is an error and no panic.
func TestEncoderRefusesValues(t *testing.T) {
	t.Parallel()

	model := struct {
		A types.String `tfsdk:"a"`
	}{}

	if _, err := encode(t.Context(), &model, tftypes.Object{AttributeTypes: map[string]tftypes.Type{"a": tftypes.Number}}); err == nil {
		t.Error("a text is set as a number")
	}
}
