// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"time"
)

// call is a checked request: values holds its parameters by name.
type call struct {
	values   map[string]any
	language string
	// caller is the account that calls, "" where it has no credentials yet.
	caller string
	// request and body are those of a call of the identity service, which checks them
	// itself.
	request *http.Request
	body    []byte
}

// answer is a success, possibly without a body.
type answer struct {
	status int
	header map[string]string
	body   any
}

// handler carries out one operation under the lock of the world.
type handler func(*world, *call) (answer, error)

// handlers are the operations that the simulator models.
var handlers = map[string]handler{
	"cancel_order":                cancelOrder,
	"convert_to_on_demand_now":    convertToOnDemandNow,
	"disable_auto_renew":          disableAutoRenew,
	"enable_auto_renew":           enableAutoRenew,
	"get_account_balances":        getAccountBalances,
	"get_monthly_sum_bill":        getMonthlySumBill,
	"get_on_demand_price":         getOnDemandPrice,
	"get_order":                   getOrder,
	"get_period_price":            getPeriodPrice,
	"get_refund_order":            getRefundOrder,
	"get_renewal_price":           getRenewalPrice,
	"list_auth_domains":           listAuthDomains,
	"create_temporary_keys":       createTemporaryKeys,
	"create_token_of_id_token":    createTokenOfIDToken,
	"create_token_of_password":    createTokenOfPassword,
	"list_conversions":            listConversions,
	"list_costs":                  listCosts,
	"list_coupons":                listCoupons,
	"list_fee_records":            listFeeRecords,
	"list_measure_units":          listMeasureUnits,
	"list_monthly_cost_breakdown": listMonthlyCostBreakdown,
	"list_order_coupons":          listOrderCoupons,
	"list_order_discounts":        listOrderDiscounts,
	"list_orders":                 listOrders,
	"list_package_usage_records":  listPackageUsageRecords,
	"list_package_usages":         listPackageUsages,
	"list_packages":               listPackages,
	"list_resource_fee_records":   listResourceFeeRecords,
	"list_resource_records":       listResourceRecords,
	"list_resource_specs":         listResourceSpecs,
	"list_resource_types":         listResourceTypes,
	"list_resources":              listResources,
	"list_service_resources":      listServiceResources,
	"list_service_types":          listServiceTypes,
	"list_usage_types":            listUsageTypes,
	"pay_order":                   payOrder,
	"pay_order_v1":                payOrderV1,
	"renew_resources":             renewResources,
	"set_renew_config":            setRenewConfig,
	"set_to_on_demand_on_expiry":  setToOnDemandOnExpiry,
	"unsubscribe_resources":       unsubscribeResources,
	"get_expenditure_quota":       getExpenditureQuota,
	"list_account_change_records": listAccountChangeRecords,
	"list_coupon_change_records":  listCouponChangeRecords,
	"list_stored_value_cards":     listStoredValueCards,
	"list_usage95_summary":        listUsage95Summary,
	"list_usage95_details":        listUsage95Details,
	"list_invoices":               listInvoices,
	"get_retrievable_amount":      getRetrievableAmount,
	"get_transferable_amount":     getTransferableAmount,
	"list_organizations":          listOrganizations,
	"list_retrievable_coupons":    listRetrievableCoupons,
	"list_sub_customers":          listSubCustomers,
	"list_transferable_coupons":   listTransferableCoupons,
	"create_sub_customer":         createMember,
	"send_sub_customer_sms_code":  sendCode,
	"enable_enterprise_project":   enableEnterpriseProjects,
	"retrieve_amount":             retrieveAmount,
	"retrieve_coupon":             retrieveCoupon,
	"transfer_amount":             transferAmount,
	"transfer_coupon":             transferCoupon,
}

func (c *call) has(name string) bool {
	_, present := c.values[name]

	return present
}

func (c *call) text(name string) string {
	text, _ := c.values[name].(string)

	return text
}

func (c *call) number(name string, absent int) int {
	if number, ok := c.values[name].(int64); ok {
		return int(number)
	}

	return absent
}

func (c *call) resourceIDs() []string {
	list, _ := c.values["resource_ids"].([]any)
	all := make([]string, 0, len(list))
	for _, item := range list {
		if text, ok := item.(string); ok {
			all = append(all, text)
		}
	}

	return all
}

func (c *call) numbers(name string) []int {
	list, _ := c.values[name].([]any)
	all := make([]int, 0, len(list))
	for _, item := range list {
		if number, ok := item.(int64); ok {
			all = append(all, int(number))
		}
	}

	return all
}

func (c *call) instant(name string) time.Time {
	t, err := time.Parse(wireTime, c.text(name))
	if err != nil {
		return time.Time{}
	}

	return t
}

// window reads two times, each of which may be missing, that must be in order.
func (c *call) window(begin, end string) (from, until time.Time, err error) {
	from, until = c.instant(begin), c.instant(end)
	if !from.IsZero() && !until.IsZero() && until.Before(from) {
		return from, until, badParameter(end, "before %s", begin)
	}

	return from, until, nil
}

// within includes both ends; a zero end is open, and a missing time is in no
// window.
func within(t, from, until time.Time) bool {
	if from.IsZero() && until.IsZero() {
		return true
	}

	return !t.IsZero() && (from.IsZero() || !t.Before(from)) && (until.IsZero() || !t.Truncate(time.Second).After(until))
}

func (c *call) matchesText(name, value string) bool {
	return c.text(name) == "" || c.text(name) == value
}

func (c *call) matchesNumber(name string, value int) bool {
	return !c.has(name) || c.number(name, 0) == value
}

// page is the part of a list that limit and offset ask for, counted in records
// from 0.
func page[T any](c *call, all []T, defaultLimit int) []T {
	start := min(c.number("offset", 0), len(all))
	end := min(start+c.number("limit", defaultLimit), len(all))

	return all[start:end]
}

// ownDomain refuses a path of another account.
func (w *world) ownDomain(c *call) error {
	if c.text("domain_id") != w.CustomerID {
		return refuse(http.StatusForbidden, "CBC.0155", messages["CBC.0155"])
	}

	return nil
}

// notPublished is the gateway's answer to a call that a site does not have.
func notPublished() *failure {
	return refuse(http.StatusNotFound, "APIG.0101", "The API does not exist or has not been published in the environment")
}
