// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/global"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/auth/signer/algorithm"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/config"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/def"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/impl"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/request"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	bss "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bss/v2"
	bssintl "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/bssintl/v2"
	iam "github.com/huaweicloud/huaweicloud-sdk-go-v3/services/iam/v3"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// keys are what a client signs with.
type keys struct {
	accessKey, secretKey, securityToken, domainID string
}

func permanentKeys(sim *bsssim.Server) keys {
	known := sim.Credentials()

	return keys{accessKey: known.AccessKey, secretKey: known.SecretKey, domainID: known.DomainID}
}

func temporaryKeys(sim *bsssim.Server) keys {
	known := sim.Credentials()

	return keys{
		accessKey: known.TemporaryAccessKey, secretKey: known.TemporarySecretKey,
		securityToken: known.SecurityToken, domainID: known.DomainID,
	}
}

// client is the vendor's SDK in front of a simulator.
type client struct {
	sim        *bsssim.Server
	wire       *recorder
	http       *impl.DefaultHttpClient
	core       *core.HcHttpClient
	operations map[string]invocation
}

// start runs a simulator for the length of a test.
func start(t *testing.T, options bsssim.Options) *bsssim.Server {
	t.Helper()
	sim, err := bsssim.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})

	return sim
}

// connect makes a client of the SDK that the simulated site's customers use.
func connect(t *testing.T, sim *bsssim.Server, k keys) *client {
	t.Helper()
	credentials, err := global.NewCredentialsBuilder().
		WithAk(k.accessKey).WithSk(k.secretKey).WithSecurityToken(k.securityToken).WithDomainId(k.domainID).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	c := &client{sim: sim, wire: &recorder{next: transport}}
	settings := config.DefaultHttpConfig().WithHttpRoundTripper(c.wire)
	c.http = impl.NewDefaultHttpClient(settings)
	c.core, err = bss.BssClientBuilder().
		WithEndpoint(sim.URL()).WithCredential(credentials).WithHttpConfig(settings).SafeBuild()
	if err != nil {
		t.Fatal(err)
	}
	c.operations = operationsOf(sim.Site(), c.core)

	return c
}

// demoTime is when the simulators of the demo customer start.
var demoTime = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// demo is a client of the simulator's demo customer.
func demo(t *testing.T, site string) *client {
	t.Helper()
	sim := start(t, bsssim.Options{Site: site, Seed: "demo", Now: demoTime})

	return connect(t, sim, permanentKeys(sim))
}

// onEachSite runs a test for the demo customer of every site.
func onEachSite(t *testing.T, test func(*testing.T, *client)) {
	t.Helper()
	onEachSiteWith(t, bsssim.Options{Seed: "demo", Now: demoTime}, test)
}

// onEachSiteWith runs a test on a simulator of every site.
func onEachSiteWith(t *testing.T, options bsssim.Options, test func(*testing.T, *client)) {
	t.Helper()
	for _, site := range sites {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			options := options
			options.Site = site
			sim := start(t, options)
			test(t, connect(t, sim, permanentKeys(sim)))
		})
	}
}

var sites = []string{bsssim.SiteChina, bsssim.SiteInternational, bsssim.SiteEurope}

// operationsOf are the SDK's methods by the names of the operations. China has
// an SDK of its own; the international one serves Europe too.
func operationsOf(site string, hc *core.HcHttpClient) map[string]invocation {
	identity := iam.NewIamClient(hc)
	if site == bsssim.SiteChina {
		c := bss.NewBssClient(hc)

		return map[string]invocation{
			"cancel_order":                bind(c.CancelCustomerOrder),
			"disable_auto_renew":          bind(c.CancelAutoRenewalResources),
			"enable_auto_renew":           bind(c.AutoRenewalResources),
			"get_account_balances":        bind(c.ShowCustomerAccountBalances),
			"get_order":                   bind(c.ShowCustomerOrderDetails),
			"get_refund_order":            bind(c.ShowRefundOrderDetails),
			"get_renewal_price":           bind(c.ListRenewRateOnPeriod),
			"get_period_price":            bind(c.ListRateOnPeriodDetail),
			"get_monthly_sum_bill":        bind(c.ShowCustomerMonthlySum),
			"get_on_demand_price":         bind(c.ListOnDemandResourceRatings),
			"list_auth_domains":           bind(identity.KeystoneListAuthDomains),
			"list_coupons":                bind(c.ListSubCustomerCoupons),
			"list_costs":                  bind(c.ListCosts),
			"list_monthly_cost_breakdown": bind(c.ListCustomerBillsMonthlyBreakDown),
			"list_fee_records":            bind(c.ListCustomerBillsFeeRecords),
			"list_order_coupons":          bind(c.ListOrderCouponsByOrderId),
			"list_usage95_details":        bind(c.ListResourceUsage),
			"list_usage95_summary":        bind(c.ListResourceUsageSummary),
			"list_order_discounts":        bind(c.ListOrderDiscounts),
			"list_orders":                 bind(c.ListCustomerOrders),
			"list_resource_fee_records":   bind(c.ListCustomerselfResourceRecords),
			"list_resource_records":       bind(c.ListCustomerselfResourceRecordDetails),
			"list_resources":              bind(c.ListPayPerUseCustomerResources),
			"list_service_types":          bind(c.ListServiceTypes),
			"list_conversions":            bind(c.ListConversions),
			"list_packages":               bind(c.ListFreeResourceInfos),
			"list_package_usages":         bind(c.ListFreeResourceUsages),
			"list_package_usage_records":  bind(c.ListFreeResourcesUsageRecords),
			"list_measure_units":          bind(c.ListMeasureUnits),
			"list_resource_specs":         bind(c.ListResourceSpecs),
			"list_resource_types":         bind(c.ListResourceTypes),
			"list_service_resources":      bind(c.ListServiceResources),
			"list_usage_types":            bind(c.ListUsageTypes),
			"pay_order":                   bind(c.PayOrders),
			"renew_resources":             bind(c.RenewalResources),
			"set_renew_config":            bind(c.SetResourcesRenewConfig),
			"set_to_on_demand_on_expiry":  bind(c.UpdatePeriodToOnDemand),
			"unsubscribe_resources":       bind(c.CancelResourcesSubscription),
			"convert_to_on_demand_now":    bind(c.UpdatePeriodToOnDemandInstantly),
			"list_account_change_records": bind(c.ListCustomerAccountChangeRecords),
			"list_coupon_change_records":  bind(c.ListCustomerCouponChangeRecords),
			"list_stored_value_cards":     bind(c.ListStoredValueCards),
			"get_retrievable_amount":      bind(c.ListEnterpriseMultiAccount),
			"get_transferable_amount":     bind(c.ShowMultiAccountTransferAmount),
			"list_organizations":          bind(c.ListEnterpriseOrganizations),
			"list_retrievable_coupons":    bind(c.ListMultiAccountRetrieveCoupons),
			"list_sub_customers":          bind(c.ListEnterpriseSubCustomers),
			"list_transferable_coupons":   bind(c.ListMultiAccountTransferCoupons),
			"create_sub_customer":         bind(c.CreateSubEnterpriseAccount),
			"send_sub_customer_sms_code":  bind(c.SendSmsVerificationCode),
			"enable_enterprise_project":   bind(c.CreateEnterpriseProjectAuth),
			"retrieve_amount":             bind(c.ReclaimSubEnterpriseAmount),
			"retrieve_coupon":             bind(c.ReclaimEnterpriseMultiAccountCoupon),
			"transfer_amount":             bind(c.UpdateSubEnterpriseAmount),
			"transfer_coupon":             bind(c.ClaimEnterpriseMultiAccountCoupon),
		}
	}
	c := bssintl.NewBssintlClient(hc)
	operations := map[string]invocation{
		"cancel_order":               bind(c.CancelCustomerOrder),
		"disable_auto_renew":         bind(c.CancelAutoRenewalResources),
		"enable_auto_renew":          bind(c.AutoRenewalResources),
		"get_account_balances":       bind(c.ShowCustomerAccountBalances),
		"get_expenditure_quota":      bind(c.ShowCustomerExpenditureQuota),
		"get_order":                  bind(c.ShowCustomerOrderDetails),
		"get_refund_order":           bind(c.ShowRefundOrderDetails),
		"get_renewal_price":          bind(c.ListRenewRateOnPeriod),
		"get_period_price":           bind(c.ListRateOnPeriodDetail),
		"get_monthly_sum_bill":       bind(c.ShowCustomerMonthlySum),
		"get_on_demand_price":        bind(c.ListOnDemandResourceRatings),
		"list_auth_domains":          bind(identity.KeystoneListAuthDomains),
		"list_coupons":               bind(c.ListSubCustomerCoupons),
		"list_invoices":              bind(c.ListInvoices),
		"list_order_discounts":       bind(c.ListOrderDiscounts),
		"list_orders":                bind(c.ListCustomerOrders),
		"list_costs":                 bind(c.ListCosts),
		"list_resource_fee_records":  bind(c.ListCustomerselfResourceRecords),
		"list_resource_records":      bind(c.ListCustomerselfResourceRecordDetails),
		"list_resources":             bind(c.ListPayPerUseCustomerResources),
		"list_service_types":         bind(c.ListServiceTypes),
		"list_conversions":           bind(c.ListConversions),
		"list_packages":              bind(c.ListFreeResourceInfos),
		"list_package_usages":        bind(c.ListFreeResourceUsages),
		"list_package_usage_records": bind(c.ListFreeResourcesUsageRecords),
		"list_measure_units":         bind(c.ListMeasureUnits),
		"list_resource_specs":        bind(c.ListResourceSpecs),
		"list_resource_types":        bind(c.ListResourceTypes),
		"list_service_resources":     bind(c.ListServiceResources),
		"list_usage_types":           bind(c.ListUsageTypes),
		"pay_order":                  bind(c.PayOrders),
		"renew_resources":            bind(c.RenewalResources),
		"set_renew_config":           bind(c.SetResourcesRenewConfig),
		"set_to_on_demand_on_expiry": bind(c.UpdatePeriodToOnDemand),
		"unsubscribe_resources":      bind(c.CancelResourcesSubscription),
		"list_sub_customers":         bind(c.ListEnterpriseSubCustomers),
		"enable_enterprise_project":  bind(c.CreateEnterpriseProjectAuth),
	}
	if site == bsssim.SiteInternational {
		operations["pay_order_v1"] = bind(payOrderV1(hc))
	}

	return operations
}

// The SDK has no method for the old payment call of the international site, so
// its request and answer are written here after the vendor's page. The SDK's
// core still builds, fills and signs the request.
type (
	payOrderV1Request struct {
		Body *payOrderV1Body `json:"body,omitempty"`
	}
	payOrderV1Body struct {
		OrderID        string `json:"orderId"`
		PayAccountType *int32 `json:"payAccountType,omitempty"`
	}
	payOrderV1Response struct {
		ErrorCode                   *string       `json:"error_code,omitempty"`
		ErrorMsg                    *string       `json:"error_msg,omitempty"`
		TradeNo                     *string       `json:"tradeNo,omitempty"`
		QuotaInfos                  *[]quotaInfo  `json:"quotaInfos,omitempty"`
		EnterpriseProjectAuthResult *[]authResult `json:"enterpriseProjectAuthResult,omitempty"`
		HttpStatusCode              int           `json:"-"` //nolint:revive // The SDK's core looks for this name.
	}
	quotaInfo struct {
		RegionCode       *string `json:"regionCode,omitempty"`
		CloudServiceType *string `json:"cloudServiceType,omitempty"`
		ResourceType     *string `json:"resourceType,omitempty"`
		ResourceSpecCode *string `json:"resourceSpecCode,omitempty"`
		AuthResult       *int32  `json:"authResult,omitempty"`
		AvailableZoneID  *string `json:"availableZoneId,omitempty"`
	}
	authResult struct {
		EnterpriseProjectID   *string `json:"enterpriseProjectId,omitempty"`
		EnterpriseProjectName *string `json:"enterpriseProjectName,omitempty"`
		AuthStatus            *int32  `json:"authStatus,omitempty"`
	}
)

func payOrderV1(hc *core.HcHttpClient) func(*payOrderV1Request) (*payOrderV1Response, error) {
	return func(r *payOrderV1Request) (*payOrderV1Response, error) {
		answer, err := hc.Sync(r, def.NewHttpRequestDefBuilder().
			WithMethod(http.MethodPost).
			WithPath("/v1.0/{domain_id}/customer/order-mgr/order/pay").
			WithContentType("application/json").
			WithRequestField(def.NewFieldDef().WithName("Body").WithLocationType(def.Body)).
			WithResponse(new(payOrderV1Response)).
			Build())
		if err != nil {
			return nil, err
		}
		paid, ok := answer.(*payOrderV1Response)
		if !ok {
			return nil, fmt.Errorf("the SDK decoded a %T", answer)
		}

		return paid, nil
	}
}

// send makes a request that the SDK has no method for, built and signed by the
// SDK.
func (c *client) send(method, path string, query map[string]string, body any) error {
	built := request.NewHttpRequestBuilder().WithEndpoint(c.sim.URL()).WithMethod(method).WithPath(path).
		WithSigningAlgorithm(algorithm.GetDefaultSigningAlgorithm())
	for name, value := range query {
		built.AddQueryParam(name, reflect.ValueOf(value))
	}
	if body != nil {
		built.WithBody("", body).AddHeaderParam("Content-Type", "application/json")
	}
	signed, err := c.core.GetCredential().ProcessAuthRequest(c.http, built.Build())
	if err != nil {
		return err
	}
	answer, err := c.http.SyncInvokeHttp(signed)
	if err != nil {
		return err
	}
	if answer.GetStatusCode() >= http.StatusBadRequest {
		return sdkerr.NewServiceResponseError(answer.Response)
	}

	return answer.Response.Body.Close()
}
