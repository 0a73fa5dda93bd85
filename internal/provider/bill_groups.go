// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// The keys that totals can be grouped by. groupByTag is followed by the key of a
// tag.
const (
	groupByMonth             = "month"
	groupByDay               = "day"
	groupByAccount           = "account"
	groupByServiceType       = "service_type"
	groupByRegion            = "region"
	groupByEnterpriseProject = "enterprise_project"
	groupByResource          = "resource"
	groupByChargeMode        = "charge_mode"
	groupByBillType          = "bill_type"
	groupByTag               = "tag:"
)

// maxTagKeyLength is the longest key of a tag, in characters.
const maxTagKeyLength = 128

// The bills, as data sources are named without the provider's prefix.
const (
	billMonthly     = "monthly_bills"
	billTransaction = "fee_records"
	billResource    = "resource_records"
	billResourceFee = "resource_fee_records"
)

// billGroupKeys are what the rows of each bill tell, and so what its totals can be
// grouped by.
var billGroupKeys = map[string][]string{
	billMonthly: {groupByMonth, groupByAccount, groupByServiceType, groupByChargeMode, groupByBillType},
	billTransaction: {
		groupByMonth, groupByDay, groupByAccount, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByChargeMode, groupByBillType,
	},
	billResource: {
		groupByMonth, groupByDay, groupByAccount, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByResource, groupByChargeMode,
		groupByBillType, groupByTag,
	},
	billResourceFee: {
		groupByMonth, groupByDay, groupByAccount, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByResource, groupByChargeMode,
		groupByBillType, groupByTag,
	},
}

// groupKeysOf are the keys of a bill, as a description lists them.
func groupKeysOf(bill string) string {
	keys := slices.Clone(billGroupKeys[bill])
	if at := slices.Index(keys, groupByTag); at >= 0 {
		keys[at] = groupByTag + "KEY"
	}

	return listOf(keys)
}

// groupKey accepts the keys that a bill can be grouped by.
type groupKey struct{ bill string }

func (v groupKey) Description(context.Context) string { return "must be one of " + groupKeysOf(v.bill) }

func (v groupKey) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v groupKey) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}

	value := req.ConfigValue.ValueString()
	key, kind := "", value

	if tag, is := strings.CutPrefix(value, groupByTag); is {
		key, kind = tag, groupByTag
	}

	with := billsWith(kind)

	switch {
	case len(with) == 0:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid group", fmt.Sprintf("%q %s.", value, v.Description(ctx)))
	case !slices.Contains(with, v.bill):
		resp.Diagnostics.AddAttributeError(req.Path, "Bill without this group",
			fmt.Sprintf("The rows of bss_%s do not tell what belongs to %q, so its totals cannot be grouped by it. Those of %s can.",
				v.bill, value, choice(with, func(bill string) string { return "bss_" + bill })))
	case kind == groupByTag && (strings.TrimSpace(key) != key || key == "" || utf8.RuneCountInString(key) > maxTagKeyLength):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid key of a tag",
			fmt.Sprintf("%q has to be tag: and the key of a tag of 1 to %d characters, without blanks around it.", value, maxTagKeyLength))
	}
}

// billsWith are the bills that can be grouped by a key.
func billsWith(key string) []string {
	var bills []string

	for _, bill := range slices.Sorted(maps.Keys(billGroupKeys)) {
		if slices.Contains(billGroupKeys[bill], key) {
			bills = append(bills, bill)
		}
	}

	return bills
}
