// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// setting is a switch for behaviour that no source settles. Without a list of
// values its check decides.
type setting struct {
	values   []string
	initial  string
	validate func(string) error
}

var (
	onOff    = []string{"on", "off"}
	failures = []string{"inside", "partial", "whole"}
	// successForms are how a success can look of which sources do not agree.
	successForms = []string{"204", "200", "200_code", "200_empty"}
)

// knownSettings is explained one by one in the package comment.
var knownSettings = map[string]setting{
	"account_site":                 {values: []string{"", SiteChina, SiteInternational, SiteEurope}},
	"change_amounts":               {values: []string{"unsigned", "signed"}, initial: "unsigned"},
	"code_success":                 {values: successForms, initial: "204"},
	"conversion_order_ids":         {values: onOff, initial: "on"},
	"conversion_review":            {values: onOff, initial: "off"},
	"convert_failures":             {values: failures, initial: "inside"},
	"converted_resources":          {values: []string{"closed", "gone", "in_use"}, initial: "closed"},
	"cost_center":                  {values: onOff, initial: "on"},
	"cost_rows":                    {values: []string{"group", "period"}, initial: "group"},
	"cost_tag_form":                {values: []string{"value", "colon", "equals", "opaque"}, initial: "value"},
	"cost_tag_key":                 {values: []string{"dimension", "own"}, initial: "dimension"},
	"cost_untagged":                {values: []string{"empty", "null", "absent", "text"}, initial: "empty"},
	"costs_before_billing":         {values: []string{"shown", "absent"}, initial: "shown"},
	"coupon_exclusion":             {values: []string{"by_type", "any_discount"}, initial: "by_type"},
	"custody":                      {values: onOff, initial: "off"},
	"deadline_after_payment":       {values: []string{"keep", "drop"}, initial: "keep"},
	"deadline_cancels":             {values: onOff, initial: "on"},
	"deduction_days_before":        {initial: "7", validate: checkDeductionDays},
	"discount_changes_amount":      {values: onOff, initial: "on"},
	"discount_permission":          {values: onOff, initial: "on"},
	"enable_twice":                 {values: []string{"ok", "error"}, initial: "ok"},
	"enterprise_master":            {values: []string{"on", "CBC.0151", "CBC.0155"}, initial: "on"},
	"fail_check_items":             {values: []string{"texts", "id", "item", "nested", "object", "text", "without"}, initial: "texts"},
	"failed_auto_pay_leaves_order": {values: onOff, initial: "off"},
	"gone_code":                    {values: []string{"CBC.30000067", "CBC.99003012"}, initial: "CBC.30000067"},
	"member_organization":          {values: []string{"itself", "below"}, initial: "itself"},
	"member_shows_after": {initial: "reads=0", validate: func(value string) error {
		_, err := ParseTransition(value)

		return err
	}},
	"monthly_settlement":            {values: onOff, initial: "off"},
	"new_member_status":             {values: []string{"2", "101", "102"}, initial: "2"},
	"no_discount_charges":           {values: []string{"after", "official"}, initial: "after"},
	"numbers":                       {values: []string{"numbers", "texts"}, initial: "numbers"},
	"order_coupons_on_europe":       {values: onOff, initial: "off"},
	"order_query_finds_conversions": {values: onOff, initial: "off"},
	"order_query_finds_renewals":    {values: onOff, initial: "off"},
	"package_usage_ids":             {initial: "0", validate: checkNatural},
	"page_most":                     {initial: "0", validate: checkNatural},
	"page_offset":                   {values: []string{"kept", "ignored"}, initial: "kept"},
	"page_shift":                    {values: []string{"off", "on", "overlap", "miss"}, initial: "off"},
	"page_total":                    {values: []string{"all", "page"}, initial: "all"},
	"pay_v1_on_europe":              {values: onOff, initial: "off"},
	"price_discounts":               {values: []string{"both", "commercial", "partner", "none"}, initial: "both"},
	"project_authority": {values: []string{
		"grants", "NOT_OPEN_PROJECT_GROUP", "NOT_OPEN_MULTI_PROJECT", "SELF_OPEN_ONLY_FOR_ENT_AND_INTR_CUST",
	}, initial: "grants"},
	"project_authority_success": {values: successForms, initial: "204"},
	"projects_open_again": {
		values: []string{"ok", "NOT_OPEN_ENTERPRISE_PROJECT", "ENTERPRISE_PROJECT_ALREADY_OPENED", "NOT_OPEN_EP"}, initial: "ok",
	},
	"refund_amounts":          {values: []string{"negative", "positive"}, initial: "negative"},
	"refusals_echo":           {values: onOff, initial: "off"},
	"renew_failures":          {values: failures, initial: "inside"},
	"repeat_while_processing": {values: []string{"CBC.99003106", "CBC.99000088"}, initial: "CBC.99003106"},
	"resettable_used_up":      {values: []string{"in_effect", "used_up"}, initial: "in_effect"},
	"resource_tag_form":       {values: tagForms, initial: "equals"},
	"retrieve_amount_status":  {values: []string{"204", "200"}, initial: "204"},
	"unknown_member":          {values: []string{"error", "empty"}, initial: "error"},
	"resource_ids_after": {initial: "reads=0", validate: func(value string) error {
		_, err := ParseTransition(value)

		return err
	}},
	"review_shows":             {values: []string{"approval", "processing", "nothing"}, initial: "approval"},
	"server_locks":             {values: onOff, initial: "on"},
	"set_up_twice":             {values: []string{"ok", "error"}, initial: "ok"},
	"setup_replaces_autorenew": {values: onOff, initial: "on"},
	"spec_markers":             {values: []string{"move", "stay", "repeat"}, initial: "move"},
	"spec_page_size": {initial: "0", validate: func(value string) error {
		_, err := strconv.ParseUint(value, 10, 16)

		return err
	}},
	"sub_orders": {values: []string{"by_id", "listed", "hidden"}, initial: "by_id"},
	"total_count_lies": {initial: "0", validate: func(value string) error {
		_, err := strconv.Atoi(value)

		return err
	}},
	"trans_id_burnt_by_refusal": {values: onOff, initial: "off"},
	"trans_id_kept_for":         {initial: forever, validate: checkKept},
	"transfer_records":          {values: []string{"own_id", "trans_id", "none"}, initial: "own_id"},
	"unallocated_project":       {values: []string{"text", "json"}, initial: "text"},
	"unified_day_in_price":      {values: onOff, initial: "on"},
	"unified_expiry_day":        {initial: "0", validate: checkUnifiedDay},
	"unknown_order":             {values: []string{"empty", "error"}, initial: "empty"},
	"unpaid_line_times":         {values: onOff, initial: "on"},
	"unsubscribe_failures":      {values: failures, initial: "partial"},
	"unsubscription_status":     {values: []string{"3", "2"}, initial: "3"},
	"v1_error_status":           {values: []string{"documented", "200"}, initial: "documented"},
	"wrong_site_code":           {values: []string{"CBC.0156", "CBC.0150"}, initial: "CBC.0156"},
}

func initialSettings() map[string]string {
	settings := make(map[string]string, len(knownSettings))
	for name, known := range knownSettings {
		settings[name] = known.initial
	}

	return settings
}

func checkSetting(name, value string) error {
	known, ok := knownSettings[name]
	if !ok {
		names := make([]string, 0, len(knownSettings))
		for name := range knownSettings {
			names = append(names, name)
		}
		sort.Strings(names)

		return fmt.Errorf("unknown setting %q; known are %s", name, strings.Join(names, ", "))
	}
	if known.validate != nil {
		if err := known.validate(value); err != nil {
			return fmt.Errorf("setting %s: %w", name, err)
		}

		return nil
	}
	if !slices.Contains(known.values, value) {
		return fmt.Errorf("setting %s: %q is none of %q", name, value, known.values)
	}

	return nil
}
