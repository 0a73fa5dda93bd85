// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// encoder turns a value of a model into one of Terraform. The framework looks
// up the tags of a struct, and turns each level of it into types of its own and
// back, for every row again; an encoder is made once for all rows.
type encoder func(ctx context.Context, value reflect.Value) (tftypes.Value, error)

// encode is what State.Set would make of the model.
func encode[M any](ctx context.Context, model *M, typ tftypes.Type) (tftypes.Value, error) {
	encode, err := newEncoder(reflect.TypeFor[M](), typ)
	if err != nil {
		return tftypes.Value{}, err
	}

	return encode(ctx, reflect.ValueOf(model).Elem())
}

var (
	attrValueType = reflect.TypeFor[attr.Value]()
	bigFloatType  = reflect.TypeFor[*big.Float]()
)

// newEncoder makes the encoder of a model's type, or says where it does not
// agree with the schema.
func newEncoder(model reflect.Type, typ tftypes.Type) (encoder, error) {
	switch {
	case model.Implements(attrValueType):
		return encodeAttr(typ), nil
	case model == bigFloatType && typ.Is(tftypes.Number):
		return encodeNilable(typ, encodeLeaf(typ)), nil
	case model.Kind() == reflect.Pointer:
		inner, err := newEncoder(model.Elem(), typ)

		return encodeNilable(typ, func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
			return inner(ctx, value.Elem())
		}), err
	case model == reflect.TypeFor[string]() && typ.Is(tftypes.String),
		model == reflect.TypeFor[bool]() && typ.Is(tftypes.Bool),
		model == reflect.TypeFor[int64]() && typ.Is(tftypes.Number):
		return encodeLeaf(typ), nil
	}

	switch typ := typ.(type) {
	case tftypes.List:
		return newElementsEncoder(model, typ, typ.ElementType)
	case tftypes.Set:
		return newElementsEncoder(model, typ, typ.ElementType)
	case tftypes.Map:
		return newMapEncoder(model, typ)
	case tftypes.Object:
		return newObjectEncoder(model, typ)
	default:
		return nil, fmt.Errorf("a %s is not a %s", model, typ)
	}
}

// encodeAttr encodes the framework's own types.
func encodeAttr(typ tftypes.Type) encoder {
	return func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
		own, ok := value.Interface().(attr.Value)
		if !ok {
			return tftypes.Value{}, fmt.Errorf("no value of a %s", typ)
		}

		encoded, err := own.ToTerraformValue(ctx)
		if err == nil && !encoded.Type().Equal(typ) {
			err = fmt.Errorf("a %s is not a %s", encoded.Type(), typ)
		}

		return encoded, err
	}
}

func encodeLeaf(typ tftypes.Type) encoder {
	return func(_ context.Context, value reflect.Value) (tftypes.Value, error) {
		return tftypes.NewValue(typ, value.Interface()), nil
	}
}

// encodeNilable makes null of nil.
func encodeNilable(typ tftypes.Type, inner encoder) encoder {
	null := tftypes.NewValue(typ, nil)

	return func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
		if value.IsNil() {
			return null, nil
		}

		return inner(ctx, value)
	}
}

func newElementsEncoder(model reflect.Type, typ, elementType tftypes.Type) (encoder, error) {
	if model.Kind() != reflect.Slice {
		return nil, fmt.Errorf("a %s is not a %s", model, typ)
	}

	element, err := newEncoder(model.Elem(), elementType)

	// What the API leaves out, or gives as null, is an empty list.
	return func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
		elements := make([]tftypes.Value, value.Len())

		for i := range elements {
			encoded, err := element(ctx, value.Index(i))
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("[%d]: %w", i, err)
			}

			elements[i] = encoded
		}

		return tftypes.NewValue(typ, elements), nil
	}, err
}

func newMapEncoder(model reflect.Type, typ tftypes.Map) (encoder, error) {
	if model.Kind() != reflect.Map || model.Key().Kind() != reflect.String {
		return nil, fmt.Errorf("a %s is not a %s", model, typ)
	}

	element, err := newEncoder(model.Elem(), typ.ElementType)

	return func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
		elements := make(map[string]tftypes.Value, value.Len())

		for entry := value.MapRange(); entry.Next(); {
			encoded, err := element(ctx, entry.Value())
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("[%q]: %w", entry.Key().String(), err)
			}

			elements[entry.Key().String()] = encoded
		}

		return tftypes.NewValue(typ, elements), nil
	}, err
}

// nilIsNull, as the tag nil of a field, makes null of a nil list: one that was not
// asked for. Any other nil list is one that is empty.
const nilIsNull = "null"

// attributeEncoder is one attribute of an object: the field that it comes from,
// by way of the structs that this field is promoted through.
type attributeEncoder struct {
	name   string
	field  []int
	encode encoder
}

func newObjectEncoder(model reflect.Type, typ tftypes.Object) (encoder, error) {
	if model.Kind() != reflect.Struct {
		return nil, fmt.Errorf("a %s is not a %s", model, typ)
	}

	var (
		attributes []attributeEncoder
		problems   []error
	)

	missing := maps.Clone(typ.AttributeTypes)

	for _, field := range reflect.VisibleFields(model) {
		name, tagged := field.Tag.Lookup("tfsdk")

		switch {
		case field.Anonymous && !tagged, name == "-", !field.IsExported():
			continue
		case missing[name] == nil:
			problems = append(problems, fmt.Errorf("the field %s of %s is not one attribute of the schema", field.Name, model))

			continue
		}

		encode, err := newEncoder(field.Type, missing[name])
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", name, err))
		}

		if field.Tag.Get("nil") == nilIsNull {
			encode = encodeNilable(missing[name], encode)
		}

		attributes = append(attributes, attributeEncoder{name, field.Index, encode})
		delete(missing, name)
	}

	for _, name := range slices.Sorted(maps.Keys(missing)) {
		problems = append(problems, fmt.Errorf("%s has no field for the attribute %s", model, name))
	}

	return func(ctx context.Context, value reflect.Value) (tftypes.Value, error) {
		parts := make(map[string]tftypes.Value, len(attributes))

		for _, attribute := range attributes {
			encoded, err := attribute.encode(ctx, value.FieldByIndex(attribute.field))
			if err != nil {
				return tftypes.Value{}, fmt.Errorf("%s: %w", attribute.name, err)
			}

			parts[attribute.name] = encoded
		}

		return tftypes.NewValue(typ, parts), nil
	}, errors.Join(problems...)
}
