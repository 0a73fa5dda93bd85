// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
)

// What a server may do that no source rules out: settings make each operation with
// pages, or each answer, do it.

// paging is how an operation gives its rows in pages; nil without pages.
type paging struct {
	OffsetParam string `json:"offset_param"`
	LimitParam  string `json:"limit_param"`
	LimitUsual  int    `json:"limit_default"`
	TotalField  string `json:"total_field"`
	ItemsField  string `json:"items_field"`
}

// checkNatural accepts whole numbers from 0 on.
func checkNatural(value string) error {
	number, err := strconv.Atoi(value)
	if err == nil && number < 0 {
		err = errors.New("negative")
	}

	return err
}

// oddlyAsked is the call as the settings make the operation take it.
func (w *world) oddlyAsked(op *operation, c *call) {
	if op.Paging == nil {
		return
	}
	if most, err := strconv.Atoi(w.setting("page_most")); err == nil && most > 0 {
		c.values[op.Paging.LimitParam] = int64(min(c.number(op.Paging.LimitParam, op.Paging.LimitUsual), most))
	}
	if w.setting("page_offset") == "ignored" {
		delete(c.values, op.Paging.OffsetParam)
	}
}

// oddlyAnswered is an answer as the settings make it.
func (w *world) oddlyAnswered(op *operation, body []byte) ([]byte, error) {
	totals := op.Paging != nil && w.setting("page_total") == "page"
	texts := w.setting("numbers") == "texts"
	if !totals && !texts || len(body) == 0 {
		return body, nil
	}
	var answer map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&answer); err != nil {
		return nil, err
	}
	if totals {
		rows, _ := answer[op.Paging.ItemsField].([]any)
		answer[op.Paging.TotalField] = json.Number(strconv.Itoa(len(rows)))
	}
	if texts {
		return json.Marshal(asTexts(answer))
	}

	return json.Marshal(answer)
}

// asTexts writes every number of a value as a text.
func asTexts(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, part := range value {
			value[name] = asTexts(part)
		}
	case []any:
		for i, part := range value {
			value[i] = asTexts(part)
		}
	case json.Number:
		return value.String()
	}

	return value
}
