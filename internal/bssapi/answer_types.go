// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// WrongTypeError says that a field of an answer is of a type that cannot be read
// as what it stands for. Asking again would answer the same.
type WrongTypeError struct {
	// Field is its path, such as "order_infos[0].status".
	Field string
	// Got is what came, and Want what would do.
	Got, Want string
}

func (e *WrongTypeError) Error() string {
	return fmt.Sprintf("field %s of the answer is %s, not %s", e.Field, e.Got, e.Want)
}

// decode reads JSON into a struct, with the types of its fields as the API means
// them: where its calls differ, or a server writes a number as a text or a text as
// a number, it is read all the same if nothing is lost by it.
func decode(data []byte, out any) error {
	err := json.Unmarshal(data, out)
	var wrongType *json.UnmarshalTypeError
	if !errors.As(err, &wrongType) {
		return err
	}
	typ := reflect.TypeOf(out).Elem()
	if data, err = retype("", data, typ); err != nil {
		return err
	}
	// What the first try filled in is not mixed with this one.
	reflect.ValueOf(out).Elem().SetZero()

	return json.Unmarshal(data, out)
}

var unmarshalerType = reflect.TypeFor[json.Unmarshaler]()

// retype writes a JSON value, which is at a path, as a type of Go reads it.
func retype(at string, data json.RawMessage, typ reflect.Type) (json.RawMessage, error) {
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	data = bytes.TrimSpace(data)
	// An empty text is nothing, whatever else should be there.
	if nothing := string(data) == "null" || string(data) == `""`; nothing && typ.Kind() != reflect.String {
		return json.RawMessage("null"), nil
	}
	wrong := func(want string) error { return &WrongTypeError{Field: at, Got: kindOf(data), Want: want} }
	if reflect.PointerTo(typ).Implements(unmarshalerType) {
		if err := json.Unmarshal(data, reflect.New(typ).Interface()); err != nil {
			var inside *WrongTypeError
			if errors.As(err, &inside) {
				return nil, &WrongTypeError{Field: at + "." + inside.Field, Got: inside.Got, Want: inside.Want}
			}

			return nil, wrong(wantOf(typ))
		}

		return data, nil
	}
	switch kind := typ.Kind(); {
	case kind == reflect.Struct && data[0] == '{':
		return retypeObject(at, data, typ)
	case kind == reflect.Slice && data[0] == '[':
		return retypeList(at, data, typ.Elem())
	case kind == reflect.String && data[0] != '{' && data[0] != '[':
		return retypeText(data)
	case typ.Kind() == reflect.Bool:
		if yes, ok := boolIn(data); ok {
			return strconv.AppendBool(nil, yes), nil
		}
	case typ.ConvertibleTo(reflect.TypeFor[int64]()):
		if whole, ok := wholeIn(data, typ); ok {
			return json.RawMessage(whole), nil
		}
	}

	return nil, wrong(wantOf(typ))
}

func retypeObject(at string, data json.RawMessage, typ reflect.Type) (json.RawMessage, error) {
	var values map[string]json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, err
	}
	for _, field := range reflect.VisibleFields(typ) {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if tag == "" {
			continue
		}
		for name, value := range values {
			if !strings.EqualFold(name, tag) {
				continue
			}
			retyped, err := retype(strings.TrimPrefix(at+"."+tag, "."), value, field.Type)
			if err != nil {
				return nil, err
			}
			values[name] = retyped
		}
	}

	return json.Marshal(values)
}

func retypeList(at string, data json.RawMessage, element reflect.Type) (json.RawMessage, error) {
	var values []json.RawMessage
	if err := json.Unmarshal(data, &values); err != nil {
		return nil, err
	}
	for i, value := range values {
		retyped, err := retype(fmt.Sprintf("%s[%d]", at, i), value, element)
		if err != nil {
			return nil, err
		}
		values[i] = retyped
	}

	return json.Marshal(values)
}

// retypeText is the text of a number, true or false, digit by digit.
func retypeText(data json.RawMessage) (json.RawMessage, error) {
	if data[0] == '"' || string(data) == "null" {
		return data, nil
	}

	return json.Marshal(string(data))
}

// scalar is the text of a JSON text, number, true or false.
func scalar(data json.RawMessage) string {
	text := string(data)
	if data[0] == '"' && json.Unmarshal(data, &text) != nil {
		return ""
	}

	return strings.TrimSpace(text)
}

func boolIn(data json.RawMessage) (yes, ok bool) {
	switch strings.ToLower(scalar(data)) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}

	return false, false
}

// wholeIn is a whole number that the type can hold, also where it is written as a
// text or with zeros after its point.
func wholeIn(data json.RawMessage, typ reflect.Type) (string, bool) {
	number, err := ParseDecimal(scalar(data))
	whole, fraction, _ := strings.Cut(number.String(), ".")
	if err != nil || strings.Trim(fraction, "0") != "" {
		return "", false
	}
	// A text of spaces is as good as none.
	if whole == "" {
		return "null", true
	}
	_, err = strconv.ParseInt(whole, 10, typ.Bits())

	return whole, err == nil
}

// kindOf names what a JSON value is. Of a text it does not show more: it may be
// anything.
func kindOf(data json.RawMessage) string {
	switch data[0] {
	case '"':
		return "a text"
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return string(data)
	default:
		return "the number " + excerpt(string(data), 32)
	}
}

func wantOf(typ reflect.Type) string {
	switch typ.Kind() {
	case reflect.Struct:
		if typ == reflect.TypeFor[Decimal]() {
			return "an amount"
		}

		return "an object"
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	default:
		return fmt.Sprintf("a whole number of %d bits", typ.Bits())
	}
}

// fieldNames are the names of the fields of a JSON object, which is valid, and not
// those of what is inside its fields. It reads the whole of a large answer, and so
// looks at each byte only once.
func fieldNames(object []byte) []string {
	var names []string
	depth := 0
	for i := 0; i < len(object); i++ {
		switch object[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			start := i
			for i++; object[i] != '"'; i++ {
				if object[i] == '\\' {
					i++
				}
			}
			var name string
			if depth == 1 && bytes.HasPrefix(bytes.TrimLeft(object[i+1:], " \t\r\n"), []byte(":")) &&
				json.Unmarshal(object[start:i+1], &name) == nil {
				names = append(names, name)
			}
		}
	}

	return names
}
