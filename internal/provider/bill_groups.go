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
	billBreakdown   = "monthly_cost_breakdown"
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
	billBreakdown: {
		groupByMonth, groupByAccount, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByResource, groupByChargeMode,
		groupByBillType, groupByTag, groupByCostUnit,
	},
}

// groupKeysOf are the keys of a bill, as a description lists them.
func groupKeysOf(bill string) string {
	keys := slices.Clone(billGroupKeys[bill])
	for at, key := range keys {
		if strings.HasSuffix(key, ":") {
			keys[at] = key + "KEY"
		}
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

	for _, prefix := range []string{groupByTag, groupByCostUnit} {
		if own, is := strings.CutPrefix(value, prefix); is {
			key, kind = own, prefix
		}
	}

	with := billsWith(kind)

	switch {
	case len(with) == 0:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid group",
			fmt.Sprintf("%q %s.%s", value, v.Description(ctx), didYouMean(value, billGroupKeys[v.bill])))
	case !slices.Contains(with, v.bill):
		resp.Diagnostics.AddAttributeError(req.Path, "Bill without this group",
			fmt.Sprintf("The rows of bss_%s do not tell what belongs to %q, so its totals cannot be grouped by it. Those of %s can.",
				v.bill, value, choice(bills(with), func(bill string) string { return "bss_" + bill })))
	case strings.HasSuffix(kind, ":") && (strings.TrimSpace(key) != key || key == "" || utf8.RuneCountInString(key) > maxTagKeyLength):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid key of a "+strings.ReplaceAll(strings.TrimSuffix(kind, ":"), "_", " "),
			fmt.Sprintf("%q has to be %s and a key of 1 to %d characters, without blanks around it.", value, kind, maxTagKeyLength))
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

// bills are those of the list that are bills: the breakdown of costs stands for one
// only where no bill will do.
func bills(all []string) []string {
	if some := slices.DeleteFunc(slices.Clone(all), func(bill string) bool { return bill == billBreakdown }); len(some) > 0 {
		return some
	}

	return all
}
