// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"net/http"
	"slices"
)

// kind says what an operation does, and thereby when it may be repeated. The
// HTTP method does not tell: many queries are POST.
type kind int

const (
	// kindQuery changes nothing and may be repeated freely.
	kindQuery kind = iota
	// kindSetting changes a setting or state without spending; it is repeated
	// only when the answer says that nothing was done.
	kindSetting
	// kindAct spends or gives back money and is never repeated.
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
	// language: the operation takes X-Language.
	language bool
}

// siteQuota is a published quota in calls a second.
type siteQuota struct{ china, international float64 }

// unpublishedQuota is assumed where the vendor publishes none: by far the
// commonest figure of its table.
const unpublishedQuota = 10

// The operations of this client. The quotas are those of the vendor's page on
// API rate limits, which counts by source address, operation and account.
var (
	opListServiceTypes = &operation{
		name: "list_service_types", method: http.MethodGet, path: "/v2/products/service-types",
		quota: siteQuota{china: 10, international: 10}, language: true,
	}
	opListAuthDomains = &operation{
		name: "list_auth_domains", method: http.MethodGet, path: "/v3/auth/domains",
	}
	opGetAccountBalances = &operation{
		name: "get_account_balances", method: http.MethodGet, path: "/v2/accounts/customer-accounts/balances",
		quota: siteQuota{china: 20, international: 20},
	}
	opListCoupons = &operation{
		name: "list_coupons", method: http.MethodGet, path: "/v2/promotions/benefits/coupons",
		quota: siteQuota{china: 10, international: 10},
	}
	opListOrders = &operation{
		name: "list_orders", method: http.MethodGet, path: "/v2/orders/customer-orders",
		quota: siteQuota{china: 20, international: 20},
	}
	opGetOrder = &operation{
		name: "get_order", method: http.MethodGet, path: "/v2/orders/customer-orders/details/{order_id}",
		quota: siteQuota{international: 10}, language: true,
	}
	opListOrderCoupons = &operation{
		name: "list_order_coupons", method: http.MethodGet, path: "/v2/orders/customer-orders/order-coupons",
		// Whether the European site serves it is not documented, so it is tried.
		sites: []Site{SiteChina, SiteEurope},
	}
	opListOrderDiscounts = &operation{
		name: "list_order_discounts", method: http.MethodGet, path: "/v2/orders/customer-orders/order-discounts",
		quota: siteQuota{international: 10},
	}
	opPayOrder = &operation{
		name: "pay_order", method: http.MethodPost, path: "/v3/orders/customer-orders/pay", kind: kindAct,
		quota: siteQuota{international: 10},
	}
	opPayOrderV1 = &operation{
		name: "pay_order_v1", method: http.MethodPost, path: "/v1.0/{domain_id}/customer/order-mgr/order/pay",
		kind: kindAct, sites: []Site{SiteInternational},
	}
	opCancelOrder = &operation{
		name: "cancel_order", method: http.MethodPut, path: "/v2/orders/customer-orders/cancel", kind: kindSetting,
	}
	opListResources = &operation{
		// The missing letter is the API's.
		name: "list_resources", method: http.MethodPost, path: "/v2/orders/suscriptions/resources/query",
	}
	opEnableAutoRenew = &operation{
		name: "enable_auto_renew", method: http.MethodPost, kind: kindSetting,
		path:  "/v2/orders/subscriptions/resources/autorenew/{resource_id}",
		quota: siteQuota{china: 10},
	}
	opDisableAutoRenew = &operation{
		name: "disable_auto_renew", method: http.MethodDelete, kind: kindSetting,
		path: "/v2/orders/subscriptions/resources/autorenew/{resource_id}",
	}
	opSetToOnDemandOnExpiry = &operation{
		name: "set_to_on_demand_on_expiry", method: http.MethodPost, kind: kindSetting,
		path: "/v2/orders/subscriptions/resources/to-on-demand",
	}
	opRenewResources = &operation{
		name: "renew_resources", method: http.MethodPost, kind: kindAct, path: "/v2/orders/subscriptions/resources/renew",
	}
	opUnsubscribeResources = &operation{
		name: "unsubscribe_resources", method: http.MethodPost, kind: kindAct, path: "/v2/orders/subscriptions/resources/unsubscribe",
	}
	opGetRefundOrder = &operation{
		name: "get_refund_order", method: http.MethodGet, path: "/v2/orders/customer-orders/refund-orders",
	}
	opGetOnDemandPrice = &operation{
		name: "get_on_demand_price", method: http.MethodPost, path: "/v2/bills/ratings/on-demand-resources",
		quota: siteQuota{china: 20, international: 20},
	}
	opGetPeriodPrice = &operation{
		name: "get_period_price", method: http.MethodPost,
		path:  "/v2/bills/ratings/period-resources/subscribe-rate",
		quota: siteQuota{china: 30, international: 30},
	}
	opGetRenewalPrice = &operation{
		name: "get_renewal_price", method: http.MethodPost, path: "/v2/bills/ratings/period-resources/renew-rate",
		quota: siteQuota{china: 10, international: 10},
	}
	opGetMonthlySumBill = &operation{
		name: "get_monthly_sum_bill", method: http.MethodGet, path: "/v2/bills/customer-bills/monthly-sum",
	}
	opListResourceRecords = &operation{
		name: "list_resource_records", method: http.MethodPost, path: "/v2/bills/customer-bills/res-records/query",
		quota: siteQuota{china: 30}, language: true,
	}
	opListResourceFeeRecords = &operation{
		name: "list_resource_fee_records", method: http.MethodGet, path: "/v2/bills/customer-bills/res-fee-records",
		quota: siteQuota{china: 30}, language: true,
	}
	opListFeeRecords = &operation{
		name: "list_fee_records", method: http.MethodGet, path: "/v2/bills/customer-bills/fee-records",
		sites: []Site{SiteChina}, language: true,
	}
)

// refuse is the error of a call that was not sent.
func (op *operation) refuse(err error) *Error {
	return &Error{Operation: op.name, Err: notSent(err)}
}

// on tells whether the site has the operation.
func (op *operation) on(site Site) bool {
	return op.sites == nil || slices.Contains(op.sites, site)
}

// callsPerSecond returns the quota on the site. Europe publishes no table of
// its own and is taken to be as the international site.
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
