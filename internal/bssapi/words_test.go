// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	if got := OrderTypes.Word(OrderTypeRenewal); got != "renewal" {
		t.Errorf("a renewal is %s", got)
	}
	if got := OrderTypes.Word(17); got != "unknown(17)" {
		t.Errorf("a type that is not known is %s", got)
	}
	if got := RelationTypes.Word("CHILD"); got != "unknown(CHILD)" {
		t.Errorf("a relation that is not known is %s", got)
	}
	if code, known := AccountTypes.Code("bonus"); code != AccountTypeBonus || !known {
		t.Errorf("bonus is %d, %v", code, known)
	}
	if code, known := AccountTypes.Code("gold"); code != 0 || known {
		t.Errorf("gold is %d, %v", code, known)
	}
	if got := AccountTypes.All(); !slices.Equal(got, []string{"balance", "credit", "bonus", "deposit"}) {
		t.Errorf("the words are %v", got)
	}
	if got := AccountTypes.Only(AccountTypeDeposit, AccountTypeCredit).All(); !slices.Equal(got, []string{"credit", "deposit"}) {
		t.Errorf("two of the words are %v", got)
	}
}

// codes are the words of a table by their codes as text.
type codes map[string]string

func codesOf[C cmp.Ordered](words Words[C]) codes {
	texts := codes{}
	for code, word := range words {
		texts[fmt.Sprint(code)] = word
	}

	return texts
}

// enumRule says what becomes of the codes of some fields.
type enumRule struct {
	// fields matches "operation request|response path".
	fields string
	words  codes
	// without says why there are no words.
	without string
	// some says why the fields have fewer codes than there are words.
	some string
	// lacks are codes without a word, by reason.
	lacks map[string]string
}

func enumRules() []enumRule {
	const (
		flag    = "shown as true or false, or sent by what the request says"
		machine = "chosen by the code that makes the call, and never shown"
	)

	return []enumRule{
		{fields: `\.?measure_id$|_measure_id$`, without: "units are shown as ids, which the product lists explain"},
		{fields: `\.?currency$`, without: "a currency is its own word"},
		{fields: ` X-Language$`, without: "the provider's argument has the language codes of the API"},

		{fields: `^list_orders request status$`, words: codesOf(OrderStatusFilter)},
		{fields: `^(list_orders|get_order) response order_infos?\.(sub_order_infos\.)?status$`, words: codesOf(OrderStatuses)},
		{fields: `^(list_orders|get_order) .*order_type$`, words: codesOf(OrderTypes)},
		{fields: `^(list_orders|get_order) .*source_type$`, words: codesOf(OrderSources)},
		{fields: `^(list_orders|get_order) .*amount_info\.discounts\.discount_type$`, words: codesOf(AppliedDiscountTypes)},
		{fields: `^get_order .*period_type$`, words: codesOf(PeriodTypes)},
		{fields: `^list_orders request (order_by|method)$`, without: flag},
		{fields: `^list_order_discounts .*discount_type$`, words: codesOf(DiscountTypes)},
		{fields: `^list_order_discounts .*discount_mode$`, words: codesOf(DiscountModes)},

		{fields: `^pay_order request use_`, without: flag},
		{fields: `^pay_order request coupon_infos\.type$`, without: machine},
		{
			fields: `^pay_order request discount_infos\.type$`, words: codesOf(DiscountTypes),
			some: "the platform itself applies a contract discount",
		},
		{fields: `^pay_order_v1 request payAccountType$`, without: "not sent"},
		{fields: `^pay_order_v1 response .*auth(Result|Status)$`, without: "only errors tell it"},

		{fields: `^list_coupons .*coupon_type$|^list_order_coupons .*coupon_type$`, words: codesOf(CouponTypes)},
		{fields: `^list_coupons .*status$`, words: codesOf(CouponStatuses)},
		{fields: `^list_order_coupons .*status$`, words: codesOf(OrderCouponStatuses)},
		{fields: `coupons .*coupon_version$`, words: codesOf(CouponVersions)},
		{fields: `coupons .*coupon_group$`, words: codesOf(CouponGroups)},
		{fields: `^list_coupons .*media_type$`, words: codesOf(CouponMedia)},
		{fields: `^list_coupons .*fetch_method$`, words: codesOf(CouponFetchMethods)},
		{fields: `^list_coupons .*is_frozen$`, without: "shown as true and false"},

		{fields: `^get_on_demand_price request inquiry_precision$`, without: flag},
		{fields: `_price response .*discount_type$`, words: codesOf(PriceDiscountTypes)},
		{fields: `_price response .*best_offer$`, without: flag},
		{fields: `^get_period_price request .*period_type$`, words: codesOf(PricePeriodTypes)},
		{fields: `^(get_renewal_price|renew_resources) request period_type$`, words: codesOf(RenewalPeriodTypes)},
		{fields: `_price response .*installment_period_type$`, words: codesOf(RenewalPeriodTypes)},
		{
			fields: `fee_installment_mode$`, words: codesOf(InstallmentModes),
			lacks: map[string]string{"NA": "said by leaving out the argument"},
		},

		{fields: `^list_resources .*main_resource$`, without: flag},
		{fields: `^list_resources .*status(_list)?$`, words: codesOf(ResourceStatuses)},
		{fields: `^list_resources .*expire_policy$`, words: codesOf(ExpirePolicies)},
		{fields: `^renew_resources request is_auto_pay$`, without: flag},
		{fields: `^set_renew_config request config_name$`, without: machine},
		{fields: `^enable_auto_renew request period_type$`, without: "units of the resource, in capital letters"},
		{fields: `^set_to_on_demand_on_expiry request operation$`, without: machine},
		{fields: `^convert_to_on_demand_now response .*result$`, without: machine},
		{fields: `^unsubscribe_resources request unsubscribe_(reason_)?type$`, without: machine},

		{fields: `^get_account_balances .*account_type$`, words: codesOf(AccountTypes)},
		{fields: `^list_account_change_records request balance_type$`, words: codesOf(BalanceTypes)},
		{fields: `^list_coupon_change_records request balance_type$`, without: machine},
		{fields: `_change_records .*revenue_expense_type$`, words: codesOf(Directions)},
		{fields: `^list_account_change_records request trade_type$`, words: codesOf(AccountTradeTypes)},
		{fields: `^list_account_change_records request payment_channel_id$`, words: codesOf(PaymentChannels)},
		{fields: `^list_coupon_change_records request trade_type$`, words: codesOf(CouponTradeTypes)},
		{fields: `^list_coupon_change_records .*trade_detail_type$`, words: codesOf(CouponTradeDetails)},
		{fields: `^list_stored_value_cards .*status$`, words: codesOf(StoredValueCardStatuses)},

		{fields: `^list_sub_customers .*status$`, words: codesOf(MemberStatuses)},
		{fields: `^create_sub_customer request permission_ids$`, words: codesOf(MemberPermissions)},
		{fields: `^create_sub_customer request sub_customer_association_type$`, without: machine},
		{fields: `^create_sub_customer request (financial_custody|new_sub_customer.use_pri_mobile_phone)$`, without: flag},
		{fields: `^send_sub_customer_sms_code request language$`, without: "as the language of the provider"},
		{fields: `^send_sub_customer_sms_code request sm_template_args.key$`, without: machine},
		{fields: `^(list_sub_customers|list_organizations) request (fuzzy|recursive)_query$`, without: flag},
		{fields: `^(get_(transferable|retrievable)|transfer|retrieve)_amount request balance_type$`, words: codesOf(BalanceTypes)},

		{fields: `_(bill|records) .*charg(e|ing)_mode$`, words: codesOf(ChargeModes)},
		{fields: `_records .*bill_type$`, words: codesOf(BillTypes)},
		{fields: `^get_monthly_sum_bill .*bill_type$`, words: codesOf(MonthlyBillTypes)},
		{fields: `_(bill|records) request method$`, words: codesOf(BillMethods)},
		{fields: `^list_resource_records request statistic_type$`, words: codesOf(StatisticTypes)},
		{fields: `^list_resource_records request query_type$`, without: machine},
		{fields: `^list_resource_fee_records request statistic_type$`, words: codesOf(FeeStatisticTypes)},
		{fields: `_records .*period_type$`, words: codesOf(BillPeriodTypes)},
		{fields: `_records .*relative_type$`, words: codesOf(RelationTypes)},
		{fields: `^list_fee_records .*status$`, words: codesOf(FeeRecordStatuses)},
		{fields: `^list_fee_records .*provider_type$`, words: codesOf(ProviderTypes)},

		{fields: `^list_usage95_(summary|details) request (service|resource|usage)_type`, without: "sent as the code"},
		{fields: `^list_invoices .*\.invoiceState$`, words: codesOf(InvoiceStates)},
		{fields: `^list_invoices .*\.invoiceMethod$`, words: codesOf(InvoiceMethods)},
		{fields: `^list_invoices .*\.invoiceClass$`, words: codesOf(InvoiceClasses)},
		{fields: `^list_invoices .*\.invoiceType$`, words: codesOf(InvoiceTypes)},
		{fields: `^list_invoices .*\.invoiceMode$`, words: codesOf(InvoiceModes)},
		{fields: `^list_invoices .*\.titleType$`, words: codesOf(InvoiceTitleTypes)},
		{fields: `^list_invoices .*\.channelType$`, words: codesOf(InvoiceChannels)},
		{fields: `^list_invoices .*\.tradeType$`, words: codesOf(InvoiceTradeTypes)},
		{fields: `^list_invoices .*\.requestMode$`, words: codesOf(InvoiceRequestModes)},
		{fields: `^list_invoices .*[tT]axClass$`, without: "a tax is its own word"},
		{fields: `^list_invoices .*Flag$`, without: flag},
		{fields: `^list_costs request groupby\.type$`, without: machine},
		{fields: `^list_costs request filters\.operator$`, without: flag},
		{fields: `^list_costs request cost_type$`, words: codesOf(CostTypes)},
		{fields: `^list_costs request amount_type$`, words: codesOf(CostAmountTypes)},
		{
			fields: `^list_costs .*key$`, words: codesOf(CostDimensions), lacks: map[string]string{
				"RESOURCE_TAG": "said as tag:KEY", "COST_UNIT": "said as cost_unit:KEY", "SPLIT_ITEM_NAME": "nothing to group by",
			},
		},
		{fields: `_breakdown .*charg(e|ing)_mode$`, words: codesOf(ChargeModes)},
		{fields: `_breakdown .*bill_type$`, words: codesOf(BillTypes)},
		{fields: `_breakdown request method$`, words: codesOf(BillMethods)},
		{fields: `_breakdown .*period_type$`, words: codesOf(BillPeriodTypes)},

		{fields: `measure_type$`, words: codesOf(MeasureTypes)},
		{fields: `^list_resource_specs .*charge_mode$`, words: codesOf(SpecChargeModes)},
		{fields: `^list_resource_specs request filters\.key$`, without: machine},

		{fields: `^list_packages .*status$`, words: codesOf(PackageStatuses)},
		{fields: `^list_packages .*enterprise_project_scope$`, words: codesOf(PackageScopes)},
		{fields: `^list_packages .*source_type$`, words: codesOf(PackageSources)},
		{fields: `^list_packages .*bundle_type$`, words: codesOf(PackageBundleTypes)},
		{fields: `^list_packages .*quota_reuse_mode$`, words: codesOf(PackageReuseModes)},
		{fields: `^list_package_usages .*quota_reuse_cycle$`, words: codesOf(PackageReuseCycles)},
		{fields: `^list_package_usages .*quota_reuse_cycle_type$`, words: codesOf(PackageCycleTypes)},
	}
}

// TestWordsAgreeWithDescription holds the words against the codes that the
// description of the API has: every code has a word or a reason to have none.
func TestWordsAgreeWithDescription(t *testing.T) {
	t.Parallel()
	enums := map[string]map[string]string{}
	bound := bindings()
	for _, op := range readOperations(t) {
		if _, ok := bound[op.Name]; ok {
			collectEnums(enums, op.Name+" request ", op.Request)
			collectEnums(enums, op.Name+" response ", op.Response)
		}
	}
	ruled := map[string]string{}
	for _, rule := range enumRules() {
		matches, used := regexp.MustCompile(rule.fields), false
		for field, enum := range enums {
			if !matches.MatchString(field) {
				continue
			}
			used = true
			if other, twice := ruled[field]; twice {
				t.Errorf("%s has two rules: %s and %s", field, other, rule.fields)
			}
			ruled[field] = rule.fields
			rule.compare(t, field, enum)
		}
		if !used {
			t.Errorf("rule %s is for no field", rule.fields)
		}
	}
	for field, enum := range enums {
		if ruled[field] == "" {
			t.Errorf("%s has neither words nor a reason to have none: %v", field, enum)
		}
	}
}

func collectEnums(enums map[string]map[string]string, path string, fields []apiField) {
	for _, field := range fields {
		if field.PartnerOnly {
			continue
		}
		if len(field.Enum) > 0 {
			enums[path+field.Name] = field.Enum
		}
		collectEnums(enums, path+field.Name+".", field.Fields)
		if field.Items != nil {
			collectEnums(enums, path+field.Name+".", field.Items.Fields)
		}
	}
}

// compare compares the codes of a field with those that have words.
func (r enumRule) compare(t *testing.T, field string, enum map[string]string) {
	t.Helper()
	if (r.words == nil) == (r.without == "") {
		t.Errorf("rule %s has to have either words or a reason to have none", r.fields)
	}
	if r.words == nil {
		return
	}
	missing := 0
	for code, meaning := range enum {
		if word := r.words[code]; (word == "") != (r.lacks[code] != "") {
			t.Errorf("%s: %s (%s) has the word %q, and the reason to have none is %q", field, code, meaning, word, r.lacks[code])
		}
	}
	for code, word := range r.words {
		if enum[code] != "" {
			continue
		}
		missing++
		if r.some == "" {
			t.Errorf("%s: %s (%s) is no code of it", field, code, word)
		}
	}
	if r.some != "" && missing == 0 {
		t.Errorf("%s has all codes, so that there is no need for %q", field, r.some)
	}
}

// TestWordsAreUnambiguous finds words that two codes of one kind have, and
// words that stand for no code.
func TestWordsAreUnambiguous(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for _, rule := range enumRules() {
		seen := map[string]string{}
		for code, word := range rule.words {
			if other := seen[word]; other != "" {
				t.Errorf("%s: %s stands for %s and %s", rule.fields, word, other, code)
			}
			seen[word] = code
			if !form.MatchString(word) {
				t.Errorf("%s: %s is the word of %s", rule.fields, word, code)
			}
		}
	}
}
