// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// lowerCaseLanguage lists the operations that document zh_cn and en_us.
var lowerCaseLanguage = []string{"list_costs", "list_resource_records", "list_resource_specs"}

// nullable lists the operations that document null as absence.
var nullable = []string{"get_period_price", "list_resource_records"}

// validate checks a request against the operation's description and returns
// its values by name: string, int64, bool, json.Number, []any or
// map[string]any.
func (op *operation) validate(
	site string,
	path map[string]string,
	query url.Values,
	header http.Header,
	body []byte,
) (map[string]any, error) {
	v := validator{site: siteKey(site), nullable: slices.Contains(nullable, op.Name)}
	values := map[string]any{}
	// Not every description names the parameters of its path.
	for name, value := range path {
		values[name] = value
	}
	sent, err := decodeBody(op, header, body)
	if err != nil {
		return nil, err
	}
	for name, all := range query {
		if op.find(name, "query", v.site) == nil {
			return nil, badParameter(name, "unknown query parameter")
		}
		if len(all) > 1 {
			return nil, badParameter(name, "given more than once")
		}
	}
	for name := range sent {
		if op.find(name, "body", v.site) == nil {
			return nil, badParameter(name, "unknown body field")
		}
	}
	for i := range op.Request {
		p := &op.Request[i]
		value, present, err := v.read(op, p, path, query, header, sent)
		if err != nil {
			return nil, err
		}
		switch {
		case !present && p.Required:
			return nil, badParameter(p.Name, "required")
		case !present:
		case p.PartnerOnly:
			return nil, badParameter(p.Name, "for partners only")
		default:
			values[p.Name] = value
		}
	}

	return values, op.checkPeriod(values)
}

func (op *operation) find(name, in, site string) *parameter {
	for i := range op.Request {
		p := &op.Request[i]
		if p.Name == name && p.In == in && slices.Contains(p.Sites, site) {
			return p
		}
	}

	return nil
}

func (op *operation) hasBody() bool {
	return slices.ContainsFunc(op.Request, func(p parameter) bool { return p.In == "body" })
}

func decodeBody(op *operation, header http.Header, body []byte) (map[string]any, error) {
	if len(body) == 0 {
		return nil, nil
	}
	if !op.hasBody() {
		return nil, badParameter("body", "the call takes none")
	}
	if kind, _, _ := strings.Cut(header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != "application/json" {
		return nil, badParameter("Content-Type", "want application/json")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var sent map[string]any
	if err := decoder.Decode(&sent); err != nil || sent == nil {
		return nil, badParameter("body", "not a JSON object")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, badParameter("body", "more than one JSON value")
	}

	return sent, nil
}

type validator struct {
	site     string
	nullable bool
}

func (v validator) read(
	op *operation,
	p *parameter,
	path map[string]string,
	query url.Values,
	header http.Header,
	sent map[string]any,
) (any, bool, error) {
	switch p.In {
	case "path":
		value, err := v.text(p, p.Name, path[p.Name])

		return value, true, err
	case "header":
		text := header.Get(p.Name)
		if text == "" {
			return nil, false, nil
		}
		if slices.Contains(lowerCaseLanguage, op.Name) {
			text = strings.ReplaceAll(strings.ReplaceAll(text, "_cn", "_CN"), "_us", "_US")
		}
		value, err := v.text(p, p.Name, text)

		return value, true, err
	case "query":
		if !query.Has(p.Name) {
			return nil, false, nil
		}
		value, err := v.text(p, p.Name, query.Get(p.Name))

		return value, true, err
	default:
		raw, present := sent[p.Name]
		if !present {
			return nil, false, nil
		}
		if raw == nil {
			return nil, false, v.null(p.Name)
		}
		value, err := v.value(p, p.Name, raw)

		return value, true, err
	}
}

// null is refused on china only, as documented for the resource query.
func (v validator) null(name string) error {
	if v.site == "cn" && !v.nullable {
		return badParameter(name, "null is not allowed")
	}

	return nil
}

// text converts the text of a query, path or header parameter.
func (v validator) text(p *parameter, name, text string) (any, error) {
	switch p.Type {
	case "int32":
		return v.value(p, name, json.Number(text))
	case "bool":
		switch text {
		case "true":
			return true, nil
		case "false":
			return false, nil
		default:
			return nil, badParameter(name, "not true or false")
		}
	default:
		return v.value(p, name, text)
	}
}

func (v validator) value(p *parameter, name string, raw any) (any, error) {
	switch p.Type {
	case "string":
		text, ok := raw.(string)
		if !ok {
			return nil, badParameter(name, "not a string")
		}

		return text, v.checkText(p, name, text)
	case "int32":
		number, ok := raw.(json.Number)
		if !ok {
			return nil, badParameter(name, "not a number")
		}

		return v.integer(p, name, number.String())
	case "bool":
		value, ok := raw.(bool)
		if !ok {
			return nil, badParameter(name, "not a boolean")
		}

		return value, nil
	case "decimal":
		number, ok := raw.(json.Number)
		if !ok || !decimalText.MatchString(number.String()) {
			return nil, badParameter(name, "not a decimal number")
		}

		return number, nil
	case "object":
		object, ok := raw.(map[string]any)
		if !ok {
			return nil, badParameter(name, "not an object")
		}

		return v.object(p.Fields, name, object)
	case "array<string>", "array<int32>", "array<object>":
		return v.array(p, name, raw)
	default:
		return nil, fmt.Errorf("operations.json: type %q of %s is not known to the simulator", p.Type, name)
	}
}

func (v validator) checkText(p *parameter, name, text string) error {
	length := utf8.RuneCountInString(text)
	switch {
	case p.Limits.MinLength != nil && length < *p.Limits.MinLength:
		return badParameter(name, "shorter than %d", *p.Limits.MinLength)
	case p.Limits.MaxLength != nil && length > *p.Limits.MaxLength:
		return badParameter(name, "longer than %d", *p.Limits.MaxLength)
	}
	if len(p.Enum) > 0 && !p.open {
		if _, known := p.Enum[text]; !known {
			return badParameter(name, "not one of its values")
		}
	}

	return checkFormat(p.Format, name, text)
}

func checkFormat(format, name, text string) error {
	var layouts []string
	switch format {
	case "utc_datetime":
		layouts = []string{wireTime}
	case "date":
		layouts = []string{time.DateOnly}
	case "month":
		layouts = []string{"2006-01"}
	case "date_or_month":
		layouts = []string{time.DateOnly, "2006-01"}
	case "decimal_string":
		if !decimalText.MatchString(text) {
			return badParameter(name, "not a decimal")
		}

		return nil
	default:
		return nil
	}
	for _, layout := range layouts {
		if _, err := time.Parse(layout, text); err == nil {
			return nil
		}
	}

	return badParameter(name, "not a time of the form %s", layouts[0])
}

func (v validator) integer(p *parameter, name, text string) (any, error) {
	number, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return nil, badParameter(name, "not a 32-bit integer")
	}
	switch {
	case p.Limits.Min != nil && number < *p.Limits.Min:
		return nil, badParameter(name, "below %d", *p.Limits.Min)
	case p.Limits.Max != nil && number > *p.Limits.Max:
		return nil, badParameter(name, "above %d", *p.Limits.Max)
	}
	if len(p.Enum) > 0 {
		if _, known := p.Enum[strconv.FormatInt(number, 10)]; !known {
			return nil, badParameter(name, "not one of its values")
		}
	}

	return number, nil
}

func (v validator) array(p *parameter, name string, raw any) (any, error) {
	list, ok := raw.([]any)
	if !ok {
		return nil, badParameter(name, "not an array")
	}
	switch {
	case p.Limits.MinItems != nil && len(list) < *p.Limits.MinItems:
		return nil, badParameter(name, "fewer than %d items", *p.Limits.MinItems)
	case p.Limits.MaxItems != nil && len(list) > *p.Limits.MaxItems:
		return nil, badParameter(name, "more than %d items", *p.Limits.MaxItems)
	}
	item := parameter{Type: strings.TrimSuffix(strings.TrimPrefix(p.Type, "array<"), ">"), Enum: p.Enum}
	item.Limits.MaxLength = p.Limits.ItemMaxLength
	if p.Items != nil {
		item.Fields = p.Items.Fields
	}
	values := make([]any, len(list))
	for i, raw := range list {
		value, err := v.value(&item, fmt.Sprintf("%s[%d]", name, i), raw)
		if err != nil {
			return nil, err
		}
		values[i] = value
	}

	return values, nil
}

func (v validator) object(fields []parameter, name string, raw map[string]any) (any, error) {
	values := map[string]any{}
	for key := range raw {
		if !slices.ContainsFunc(fields, func(f parameter) bool { return f.Name == key && slices.Contains(f.Sites, v.site) }) {
			return nil, badParameter(name+"."+key, "unknown field")
		}
	}
	for i := range fields {
		field := &fields[i]
		inner := name + "." + field.Name
		value, present := raw[field.Name]
		if present && value == nil {
			if err := v.null(inner); err != nil {
				return nil, err
			}
			present = false
		}
		if !present {
			if field.Required {
				return nil, badParameter(inner, "required")
			}

			continue
		}
		checked, err := v.value(field, inner, value)
		if err != nil {
			return nil, err
		}
		values[field.Name] = checked
	}

	return values, nil
}

// checkPeriod applies the limits of a period's number that depend on its type.
func (op *operation) checkPeriod(values map[string]any) error {
	for i := range op.Request {
		p := &op.Request[i]
		if p.Limits.MaxByPeriodType == nil {
			continue
		}
		number, ok := values[p.Name].(int64)
		if !ok {
			continue
		}
		most, ok := p.Limits.MaxByPeriodType[fmt.Sprint(values["period_type"])]
		if ok && number > most {
			return badParameter(p.Name, "above %d for this period type", most)
		}
	}

	return nil
}
