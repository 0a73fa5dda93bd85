// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// kind says what an operation does, which decides when it may be repeated. The
// HTTP method does not: many queries are POST.
type kind int

const (
	// kindQuery changes nothing and may be repeated freely.
	kindQuery kind = iota
	// kindSetting changes a setting or state without spending; it is repeated
	// only when the answer says that nothing was done.
	kindSetting
	// kindAct spends or gives back money, lets the platform charge, or ends an order,
	// and is never repeated.
	kindAct
)

// operation is one row of the API's list of operations.
type operation struct {
	name   string
	method string
	// path may hold {order_id}, {resource_id} or {domain_id}.
	path string
	kind kind
	// sites have the operation; nil means all of them.
	sites []Site
	// quota is the published number of calls a second; 0 means that none is
	// published.
	quota siteQuota
	// answers are the fields of which an answer has one at least: without any, it
	// is none of this operation. None for one that answers nothing.
	answers []string
	// anySuccess: sources do not agree which status says success, so that HTTP 200
	// without a code of failure counts as HTTP 204 does.
	anySuccess bool
	// lastOffset is the greatest offset that it takes; 0 is no limit.
	lastOffset int
	// language: the operation takes X-Language.
	language bool
	// permission is what the caller needs; none if the vendor lists none.
	permission Permission
	// master: only the master account of an enterprise may call it.
	master bool
	// unsigned: it is called before there are credentials, to get them.
	unsigned bool
	// secret: its answer holds secrets, and is quoted nowhere.
	secret bool
	// page is the address of the vendor's page, "" if unknown.
	page string
}

// Permission is the right to make a call, as each model of IAM names it. Empty,
// the vendor names none.
type Permission struct {
	// Policy is the action of a classic policy, for example "bss:order:view".
	// "" if none is documented.
	Policy string
	// IdentityPolicy is the action of an identity policy, for example
	// "billing:order:view". "" if none is documented.
	IdentityPolicy string
}

// The permissions that several operations share. If the vendor names the action
// of only one model, the other action is its counterpart from another page.
var (
	viewOrders     = Permission{Policy: "bss:order:view", IdentityPolicy: "billing:order:view"}
	viewBalance    = Permission{Policy: "bss:balance:view", IdentityPolicy: "billing:balance:view"}
	viewCoupons    = Permission{Policy: "bss:coupon:view", IdentityPolicy: "billing:coupon:view"}
	viewDiscounts  = Permission{Policy: "bss:discount:view", IdentityPolicy: "billing:contract:viewDiscount"}
	viewBillDetail = Permission{Policy: "bss:billDetail:view", IdentityPolicy: "billing:billDetail:view"}
	// The vendor's manual of billing users puts packages under the orders; only
	// the identity policies have an action of their own for them.
	viewPackages   = Permission{Policy: "bss:order:view", IdentityPolicy: "billing:resourcePackages:view"}
	viewCosts      = Permission{Policy: "bss:costanalysis:view", IdentityPolicy: "costCenter:costAnalysis:listCosts"}
	payOrders      = Permission{Policy: "bss:order:pay", IdentityPolicy: "billing:order:pay"}
	renewResources = Permission{Policy: "bss:renewal:update", IdentityPolicy: "billing:subscription:renew"}
	// The vendor's table of policies has no row for reading an enterprise, so that a
	// policy need not have an action for it.
	viewMembers     = Permission{IdentityPolicy: "businessUnitCenter:businessUnit:view"}
	viewMemberFunds = Permission{IdentityPolicy: "businessUnitCenter:businessUnitFinance:view"}
	// The table of policies has a row for moving amounts, and none for moving coupons.
	moveAmounts = Permission{Policy: "bss:enterpriseFinance:update", IdentityPolicy: "businessUnitCenter:businessUnitFinance:update"}
	moveCoupons = Permission{IdentityPolicy: "businessUnitCenter:businessUnitFinance:update"}
)

// Where the vendor's pages of operations are. The international ones leave out
// what that site does not have.
const (
	vendorPages       = "https://support.huaweicloud.com/intl/en-us/api-oce/"
	vendorPagesEurope = "https://support.huaweicloud.com/eu/api-oce/"
	vendorPagesChina  = "https://support.huaweicloud.com/api-oce/"
)

// siteQuota is a published quota in calls a second.
type siteQuota struct{ china, international float64 }

// unpublishedQuota is assumed if the vendor publishes none: by far the
// commonest figure of its table.
const unpublishedQuota = 10

// The operations of this client. The quotas are those of the vendor's page on
// API rate limits, which counts by source address, operation and account.
var (
	opListServiceTypes = row(operation{
		name: "list_service_types", method: http.MethodGet, path: "/v2/products/service-types",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"total_count", "service_types"},
	})
	opListResourceTypes = row(operation{
		name: "list_resource_types", method: http.MethodGet, path: "/v2/products/resource-types",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"total_count", "resource_types"},
	})
	opListServiceResources = row(operation{
		name: "list_service_resources", method: http.MethodGet, path: "/v2/products/service-resources",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"total_count", "infos"},
	})
	opListUsageTypes = row(operation{
		name: "list_usage_types", method: http.MethodGet, path: "/v2/products/usage-types",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"total_count", "usage_types"},
	})
	opListMeasureUnits = row(operation{
		name: "list_measure_units", method: http.MethodGet, path: "/v2/bases/measurements",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"measure_units"},
	})
	opListConversions = row(operation{
		name: "list_conversions", method: http.MethodGet, path: "/v2/bases/conversions",
		quota: siteQuota{china: 10, international: 10}, language: true,
		answers: []string{"conversions"},
	})
	opListResourceSpecs = row(operation{
		name: "list_resource_specs", method: http.MethodPost, path: "/v2/products/resource-specs-query", language: true,
		answers: []string{"page_info", "cloud_service_basics"},
	})
	opListPackages = row(operation{
		name: "list_packages", method: http.MethodPost, path: "/v3/payments/free-resources/query", language: true,
		permission: viewPackages,
		answers:    []string{"total_count", "free_resource_packages"},
	})
	opListPackageUsages = row(operation{
		name: "list_package_usages", method: http.MethodPost, path: "/v2/payments/free-resources/usages/details/query", language: true,
		permission: viewPackages,
		answers:    []string{"free_resources"},
	})
	opListPackageUsageRecords = row(operation{
		name: "list_package_usage_records", method: http.MethodGet, path: "/v2/bills/customer-bills/free-resources-usage-records",
		permission: viewPackages,
		answers:    []string{"total_count", "free_resource_records"},
	})
	opListAuthDomains = row(operation{
		name: "list_auth_domains", method: http.MethodGet, path: "/v3/auth/domains",
		answers: []string{"domains"},
	})
	opGetAccountBalances = row(operation{
		name: "get_account_balances", method: http.MethodGet, path: "/v2/accounts/customer-accounts/balances",
		quota:      siteQuota{china: 20, international: 20},
		permission: viewBalance,
		answers:    []string{"account_balances", "debt_amount"},
	})
	opListAccountChangeRecords = row(operation{
		name: "list_account_change_records", method: http.MethodGet, path: "/v2/accounts/customer-accounts/account-change-records",
		sites: []Site{SiteChina}, quota: siteQuota{china: 10},
		permission: viewBalance,
		answers:    []string{"total_count", "records"},
	})
	opListStoredValueCards = row(operation{
		name: "list_stored_value_cards", method: http.MethodGet, path: "/v2/promotions/benefits/stored-value-cards",
		sites: []Site{SiteChina}, quota: siteQuota{china: 5},
		permission: viewCoupons,
		answers:    []string{"total_count", "stored_value_cards"},
	})
	opGetExpenditureQuota = row(operation{
		name: "get_expenditure_quota", method: http.MethodGet, path: "/v2/accounts/customer-accounts/expenditure-quota",
		sites: []Site{SiteInternational, SiteEurope}, quota: siteQuota{international: 10},
		answers: []string{"granting_amount", "granting_amount_used", "percentage_granting_amount_used"},
	})
	opListCoupons = row(operation{
		name: "list_coupons", method: http.MethodGet, path: "/v2/promotions/benefits/coupons",
		quota:      siteQuota{china: 10, international: 10},
		permission: viewCoupons,
		answers:    []string{"count", "user_coupons"},
	})
	opListCouponChangeRecords = row(operation{
		name: "list_coupon_change_records", method: http.MethodGet, path: "/v2/promotions/benefits/account-change-records",
		sites:   []Site{SiteChina},
		answers: []string{"total_count", "records"},
	})
	opListOrders = row(operation{
		name: "list_orders", method: http.MethodGet, path: "/v2/orders/customer-orders",
		quota:      siteQuota{china: 20, international: 20},
		permission: viewOrders,
		answers:    []string{"total_count", "order_infos"},
	})
	opGetOrder = row(operation{
		name: "get_order", method: http.MethodGet, path: "/v2/orders/customer-orders/details/{order_id}",
		quota: siteQuota{international: 10}, language: true,
		permission: viewOrders,
		answers:    []string{"total_count", "order_info"},
	})
	opListOrderCoupons = row(operation{
		name: "list_order_coupons", method: http.MethodGet, path: "/v2/orders/customer-orders/order-coupons",
		// Whether the European site serves it is not documented, so it is tried.
		sites:      []Site{SiteChina, SiteEurope},
		permission: viewOrders, page: vendorPagesEurope + "api_order_00015.html",
		answers: []string{"count", "user_coupons"},
	})
	opListOrderDiscounts = row(operation{
		name: "list_order_discounts", method: http.MethodGet, path: "/v2/orders/customer-orders/order-discounts",
		quota:      siteQuota{international: 10},
		permission: viewDiscounts,
		answers:    []string{"discounts"},
	})
	opPayOrder = row(operation{
		name: "pay_order", method: http.MethodPost, path: "/v3/orders/customer-orders/pay", kind: kindAct,
		quota:      siteQuota{international: 10},
		permission: payOrders, page: vendorPages + "api_order_00030.html",
	})
	opPayOrderV1 = row(operation{
		name: "pay_order_v1", method: http.MethodPost, path: "/v1.0/{domain_id}/customer/order-mgr/order/pay",
		kind: kindAct, sites: []Site{SiteInternational},
		permission: payOrders,
		answers:    []string{"error_code"},
	})
	opCancelOrder = row(operation{
		name: "cancel_order", method: http.MethodPut, path: "/v2/orders/customer-orders/cancel", kind: kindAct,
		permission: Permission{Policy: "bss:order:update"}, page: vendorPages + "api_order_00017.html",
	})
	opListResources = row(operation{
		// The missing letter is the API's.
		name: "list_resources", method: http.MethodPost, path: "/v2/orders/suscriptions/resources/query",
		permission: Permission{Policy: "bss:renewal:view", IdentityPolicy: "billing:subscription:view"},
		page:       vendorPages + "api_order_00021.html",
		answers:    []string{"total_count", "data"},
	})
	opEnableAutoRenew = row(operation{
		name: "enable_auto_renew", method: http.MethodPost, kind: kindAct,
		path:       "/v2/orders/subscriptions/resources/autorenew/{resource_id}",
		quota:      siteQuota{china: 10},
		permission: renewResources, page: vendorPages + "api_order_00022.html",
	})
	opDisableAutoRenew = row(operation{
		name: "disable_auto_renew", method: http.MethodDelete, kind: kindSetting,
		path:       "/v2/orders/subscriptions/resources/autorenew/{resource_id}",
		permission: renewResources, page: vendorPages + "api_order_00023.html",
	})
	opSetToOnDemandOnExpiry = row(operation{
		name: "set_to_on_demand_on_expiry", method: http.MethodPost, kind: kindSetting,
		path:       "/v2/orders/subscriptions/resources/to-on-demand",
		permission: renewResources, page: vendorPages + "api_order_00024.html",
		answers: []string{"error_details"},
	})
	opSetRenewConfig = row(operation{
		name: "set_renew_config", method: http.MethodPost, kind: kindSetting, path: "/v2/orders/subscriptions/resources/renew/config",
		permission: renewResources, page: vendorPages + "api_order_00031.html",
		answers: []string{"error_code"},
	})
	opRenewResources = row(operation{
		name: "renew_resources", method: http.MethodPost, kind: kindAct, path: "/v2/orders/subscriptions/resources/renew",
		permission: renewResources, page: vendorPages + "api_order_00018.html",
		answers: []string{"order_ids", "fail_resource_infos"},
	})
	opUnsubscribeResources = row(operation{
		name: "unsubscribe_resources", method: http.MethodPost, kind: kindAct, path: "/v2/orders/subscriptions/resources/unsubscribe",
		permission: Permission{Policy: "bss:unsubscribe:update", IdentityPolicy: "billing:subscription:resourceUnsubscribe"},
		page:       vendorPages + "api_order_00019.html",
		answers:    []string{"order_ids", "fail_resource_infos"},
	})
	opConvertToOnDemandNow = row(operation{
		name: "convert_to_on_demand_now", method: http.MethodPost, kind: kindAct,
		path:    "/v2/orders/subscriptions/resources/to-on-demand/instantly",
		sites:   []Site{SiteChina},
		answers: []string{"to_ondemand_service_results"},
	})
	opGetRefundOrder = row(operation{
		name: "get_refund_order", method: http.MethodGet, path: "/v2/orders/customer-orders/refund-orders",
		permission: viewOrders, page: vendorPages + "api_order_00020.html",
		answers: []string{"total_count", "refund_infos"},
	})
	opGetOnDemandPrice = row(operation{
		name: "get_on_demand_price", method: http.MethodPost, path: "/v2/bills/ratings/on-demand-resources",
		quota:      siteQuota{china: 20, international: 20},
		permission: viewDiscounts, page: vendorPages + "bcloud_01001.html",
		answers: []string{"product_rating_results"},
	})
	opGetPeriodPrice = row(operation{
		name: "get_period_price", method: http.MethodPost,
		path:       "/v2/bills/ratings/period-resources/subscribe-rate",
		quota:      siteQuota{china: 30, international: 30},
		permission: viewDiscounts, page: vendorPages + "bcloud_01002.html",
		answers: []string{"official_website_rating_result", "optional_discount_rating_results"},
	})
	opGetRenewalPrice = row(operation{
		name: "get_renewal_price", method: http.MethodPost, path: "/v2/bills/ratings/period-resources/renew-rate",
		quota:      siteQuota{china: 10, international: 10},
		permission: viewDiscounts, page: vendorPages + "bcloud_01007.html",
		answers: []string{"renew_inquiry_results", "fail_resource_infos"},
	})
	opGetMonthlySumBill = row(operation{
		name: "get_monthly_sum_bill", method: http.MethodGet, path: "/v2/bills/customer-bills/monthly-sum",
		permission: Permission{Policy: "bss:bill:view", IdentityPolicy: "billing:bill:view"},
		answers:    []string{"total_count", "bill_sums"},
	})
	opListResourceRecords = row(operation{
		name: "list_resource_records", method: http.MethodPost, path: "/v2/bills/customer-bills/res-records/query",
		quota: siteQuota{china: 30}, language: true,
		permission: viewBillDetail,
		answers:    []string{"total_count", "monthly_records"},
	})
	opListResourceFeeRecords = row(operation{
		name: "list_resource_fee_records", method: http.MethodGet, path: "/v2/bills/customer-bills/res-fee-records",
		quota: siteQuota{china: 30}, language: true,
		permission: viewBillDetail,
		answers:    []string{"total_count", "fee_records"},
	})
	opListFeeRecords = row(operation{
		name: "list_fee_records", method: http.MethodGet, path: "/v2/bills/customer-bills/fee-records",
		sites: []Site{SiteChina}, language: true,
		permission: viewBillDetail,
		answers:    []string{"total_count", "records"},
	})
	opListUsage95Summary = row(operation{
		name: "list_usage95_summary", method: http.MethodGet, path: "/v2/bills/customer-bills/resources/usage/summary",
		sites: []Site{SiteChina}, language: true,
		answers: []string{"total_count", "summary_usage_info_list"},
	})
	opListUsage95Details = row(operation{
		name: "list_usage95_details", method: http.MethodGet, path: "/v2/bills/customer-bills/resources/usage/details",
		sites: []Site{SiteChina}, language: true,
		answers: []string{"total_count", "usage_info_list"},
	})
	opListInvoices = row(operation{
		name: "list_invoices", method: http.MethodGet, path: "/v1.0/{domain_id}/payments/intl-invoices",
		sites:      []Site{SiteInternational, SiteEurope},
		permission: Permission{Policy: "bss:invoice:view"},
		answers:    []string{"count", "invoices"},
	})
	opListCosts = row(operation{
		name: "list_costs", method: http.MethodPost, path: "/v4/costs/cost-analysed-bills/query", language: true, lastOffset: 200_000,
		permission: viewCosts, page: vendorPages + "costm_00014.html",
		answers: []string{"total_count", "cost_data"},
	})
	opListMonthlyCostBreakdown = row(operation{
		name: "list_monthly_cost_breakdown", method: http.MethodGet, path: "/v2/costs/cost-analysed-bills/monthly-breakdown",
		sites: []Site{SiteChina}, language: true,
		permission: viewCosts,
		answers:    []string{"total_count", "details"},
	})
	opListMembers = row(operation{
		name: "list_sub_customers", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/sub-customers",
		master: true, permission: viewMembers,
		answers: []string{"total_count", "sub_customer_infos"},
	})
	opListOrganizations = row(operation{
		name: "list_organizations", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/enterprise-organizations",
		sites: []Site{SiteChina}, master: true, permission: viewMembers,
		answers: []string{"root_id", "child_nodes"},
	})
	opListTransferableFunds = row(operation{
		name: "get_transferable_amount", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/transfer-amount",
		sites: []Site{SiteChina}, master: true, permission: viewMemberFunds,
		answers: []string{"total_count", "amount_infos"},
	})
	opListRetrievableFunds = row(operation{
		name: "get_retrievable_amount", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/retrieve-amount",
		sites: []Site{SiteChina}, master: true, permission: viewMemberFunds,
		answers: []string{"total_count", "amount_infos"},
	})
	opListTransferableCoupons = row(operation{
		name: "list_transferable_coupons", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/transfer-coupons",
		sites: []Site{SiteChina}, master: true, permission: viewMemberFunds,
		answers: []string{"total_count", "avail_transfer_coupons"},
	})
	opListRetrievableCoupons = row(operation{
		name: "list_retrievable_coupons", method: http.MethodGet, path: "/v2/enterprises/multi-accounts/retrieve-coupons",
		sites: []Site{SiteChina}, master: true, permission: viewMemberFunds,
		answers: []string{"total_count", "avail_retrieve_coupons"},
	})
	opCreateMember = row(operation{
		name: "create_sub_customer", method: http.MethodPost, path: "/v2/enterprises/multi-accounts/sub-customers", kind: kindAct,
		sites: []Site{SiteChina}, master: true, permission: viewMembers, page: vendorPagesChina + "ep_00023.html",
	})
	opSendMemberCode = row(operation{
		name: "send_sub_customer_sms_code", method: http.MethodPost, path: "/v2/enterprises/multi-accounts/sm-verification-code",
		kind: kindAct, anySuccess: true, sites: []Site{SiteChina}, master: true, page: vendorPagesChina + "ep_00014.html",
	})
	opEnableEnterpriseProjects = row(operation{
		name: "enable_enterprise_project", method: http.MethodPost, path: "/v2/enterprises/enterprise-projects/authority",
		kind: kindSetting, anySuccess: true, permission: Permission{IdentityPolicy: "Billing::activeEPFinance"},
		page: vendorPages + "ep_00022.html",
	})
	opTransferAmount = row(operation{
		name: "transfer_amount", method: http.MethodPost, kind: kindAct, path: "/v2/enterprises/multi-accounts/transfer-amount",
		sites: []Site{SiteChina}, master: true, permission: moveAmounts,
	})
	opRetrieveAmount = row(operation{
		name: "retrieve_amount", method: http.MethodPost, kind: kindAct, path: "/v2/enterprises/multi-accounts/retrieve-amount",
		sites: []Site{SiteChina}, master: true, permission: moveAmounts,
	})
	opTransferCoupon = row(operation{
		name: "transfer_coupon", method: http.MethodPost, kind: kindAct, path: "/v2/enterprises/multi-accounts/transfer-coupon",
		sites: []Site{SiteChina}, master: true, permission: moveCoupons,
		answers: []string{"sub_coupon_id"},
	})
	opRetrieveCoupon = row(operation{
		name: "retrieve_coupon", method: http.MethodPost, kind: kindAct, path: "/v2/enterprises/multi-accounts/retrieve-coupon",
		sites: []Site{SiteChina}, master: true, permission: moveCoupons,
		// The missing letter is the API's.
		answers: []string{"real_retrieve_amout"},
	})
)

// rows are the operations by name.
var rows = map[string]*operation{}

func row(op operation) *operation {
	rows[op.name] = &op

	return &op
}

// answeredBy says whether a field of this name shows that an answer is one of this
// operation.
func (op *operation) answeredBy(name string) bool {
	return slices.ContainsFunc(op.answers, func(own string) bool { return strings.EqualFold(own, name) })
}

// refuse is the error of a call that was not sent.
func (op *operation) refuse(err error) *Error {
	return &Error{Operation: op.name, Err: notSent(err)}
}

// succeeded refuses an answer with HTTP status 200 that has to say by a code that it
// is a success, and does not.
func (op *operation) succeeded(code Code) error {
	if code == CodeSuccess {
		return nil
	}

	return &Error{
		Operation: op.name, Status: http.StatusOK,
		Err: fmt.Errorf("%w: the answer says neither success nor failure", ErrUnreadable),
	}
}

// on tells whether the site has the operation.
func (op *operation) on(site Site) bool {
	return op.sites == nil || slices.Contains(op.sites, site)
}

// callsPerSecond returns the quota on the site. Europe publishes no table; it
// is taken to have the quotas of the international site.
func (op *operation) callsPerSecond(site Site) float64 {
	quota := op.quota.international
	if site == SiteChina {
		quota = op.quota.china
	}
	if quota == 0 {
		quota = unpublishedQuota
	}

	return quota
}
