// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// groupByCostUnit is followed by the key of a cost unit.
const groupByCostUnit = "cost_unit:"

// maxCostKeyLength is the longest key of a tag or cost unit that the query of costs
// takes, in characters.
const maxCostKeyLength = 64

// costGroupWords are what costs can be grouped by, as a description lists them.
func costGroupWords() string {
	return listOf(append(bssapi.CostDimensions.All(), groupByTag+"KEY", groupByCostUnit+"KEY"))
}

// costGroupOf is what a word of group_by stands for; false if it stands for nothing.
func costGroupOf(word string) (bssapi.CostGroup, bool) {
	group := bssapi.CostGroup{Type: bssapi.CostGroupDimension}

	if dimension, known := bssapi.CostDimensions.Code(word); known {
		group.Key = string(dimension)

		return group, true
	}

	if key, is := strings.CutPrefix(word, groupByTag); is {
		group = bssapi.CostGroup{Type: bssapi.CostGroupTag, Key: key}
	} else if key, is := strings.CutPrefix(word, groupByCostUnit); is {
		group = bssapi.CostGroup{Type: bssapi.CostGroupUnit, Key: key}
	}

	return group, group.Key != "" && strings.TrimSpace(group.Key) == group.Key && utf8.RuneCountInString(group.Key) <= maxCostKeyLength
}

// isLabel says whether costs are grouped by a tag or by a cost unit.
func isLabel(group bssapi.CostGroup) bool { return group.Type != bssapi.CostGroupDimension }

// costGroupWord accepts what costs can be grouped by.
type costGroupWord struct{}

func (costGroupWord) Description(context.Context) string { return "must be one of " + costGroupWords() }

func (v costGroupWord) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v costGroupWord) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}

	word := req.ConfigValue.ValueString()

	_, known := costGroupOf(word)

	switch {
	case known:
	case strings.HasPrefix(word, groupByTag), strings.HasPrefix(word, groupByCostUnit):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid key",
			fmt.Sprintf("%q has to end in a key of 1 to %d characters, without blanks around it.", word, maxCostKeyLength))
	default:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid group",
			fmt.Sprintf("%q %s.%s", word, v.Description(ctx), didYouMean(word, bssapi.CostDimensions.All())))
	}
}

// costWord is the word for a value of a dimension, "" if there is none.
func costWord(dimension bssapi.CostDimension, value string) string {
	switch dimension {
	case bssapi.CostChargeMode:
		return wordOfText(bssapi.ChargeModes, value)
	case bssapi.CostBillType:
		return wordOfText(bssapi.BillTypes, value)
	case bssapi.CostEnterpriseProject:
		// The calls of bills write in these ways that there is none.
		if value == noProject || value == noProjectOfSums {
			return ""
		}
	default: // The others are codes of the vendor's products, or ids.
	}

	return value
}

// costCode is the value of a dimension that a word stands for.
func costCode(dimension bssapi.CostDimension, word string) (string, error) {
	switch dimension {
	case bssapi.CostChargeMode:
		return codeText(bssapi.ChargeModes, word)
	case bssapi.CostBillType:
		return codeText(bssapi.BillTypes, word)
	case bssapi.CostEnterpriseProject:
		if word == notAllocated || word == noProject || word == noProjectOfSums {
			return "", fmt.Errorf("how the API filters by no enterprise project is not documented: group by %q instead",
				bssapi.CostDimensions.Word(dimension))
		}
	default: // The others are sent as they are.
	}

	return word, nil
}

func codeText[C ~int](words bssapi.Words[C], word string) (string, error) {
	code, known := words.Code(word)
	if !known {
		return "", fmt.Errorf("%q is not one of %s", word, listOf(words.All()))
	}

	return fmt.Sprint(int(code)), nil
}
