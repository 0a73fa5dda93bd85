// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"net/url"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// apiOperation is an operation as the description of the API has it, which was
// made from the vendor's documentation and not from this client.
type apiOperation struct {
	Name        string             `json:"name"`
	Method      string             `json:"method"`
	Path        string             `json:"path"`
	Kind        string             `json:"kind"`
	Sites       []string           `json:"sites"`
	Request     []apiField         `json:"request"`
	Response    []apiField         `json:"response"`
	RateLimit   map[string]float64 `json:"rate_limit_per_second"`
	SuccessHTTP []int              `json:"success_http"`
	IAM         struct {
		Policy         string `json:"policy"`
		IdentityPolicy string `json:"identity_policy"`
	} `json:"iam"`
	Paging *struct {
		LimitMax   int    `json:"limit_max"`
		TotalField string `json:"total_field"`
		ItemsField string `json:"items_field"`
	} `json:"paging"`
}

type apiField struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	Format      string     `json:"format"`
	In          string     `json:"in"`
	Required    bool       `json:"required"`
	PartnerOnly bool       `json:"partner_only"`
	Reserved    bool       `json:"reserved"`
	Fields      []apiField `json:"fields"`
	Items       *struct {
		Type   string     `json:"type"`
		Fields []apiField `json:"fields"`
	} `json:"items"`
	// Enum are the codes that the field can have, and what they mean.
	Enum map[string]string `json:"enum"`
}

func readOperations(t *testing.T) []apiOperation {
	t.Helper()
	data, err := os.ReadFile("../bsssim/operations.json")
	if err != nil {
		t.Fatal(err)
	}
	var operations []apiOperation
	if err := json.Unmarshal(data, &operations); err != nil {
		t.Fatal(err)
	}

	return operations
}

// binding is what this client has for an operation.
type binding struct {
	op *operation
	// method is the method of Client that makes the call.
	method string
	// query are the parameters of a request whose every field is set.
	query params
	// body and response are the structs on the wire, nil for none.
	body, response any
	// pageSize is the number of rows asked for in a page, 0 if there are none.
	pageSize int
	// leftOut are request fields that are not sent, and why.
	leftOut map[string]string
}

// everyChangeFilter has every field set.
var everyChangeFilter = ChangeFilter{Direction: "x", TradeType: "x", TradeID: "x", TradeTimeBegin: "x", TradeTimeEnd: "x"}

// everyUsage95Filter has every field set.
var everyUsage95Filter = ListUsage95SummaryRequest{BillCycle: "x", ServiceTypeCode: "x", ResourceTypeCode: "x", UsageType: "x"}

// bindings has every operation that this client makes.
func bindings() map[string]binding {
	now := time.Unix(1, 0)
	paged := func(p params) params {
		p.page(1, 1)

		return p
	}

	return map[string]binding{
		"list_service_types": {
			op: opListServiceTypes, method: "ListServiceTypes", response: listServiceTypesResponse{}, pageSize: serviceTypePageSize,
			query: paged(serviceTypesQuery("x")),
		},
		"list_resource_types": {
			op: opListResourceTypes, method: "ListResourceTypes", response: listResourceTypesResponse{}, pageSize: resourceTypePageSize,
			query: paged(params{}),
		},
		"list_service_resources": {
			op: opListServiceResources, method: "ListServiceResources", response: listServiceResourcesResponse{},
			pageSize: serviceResourcePageSize, query: paged(params{"service_type_code": nil}),
		},
		"list_usage_types": {
			op: opListUsageTypes, method: "ListUsageTypes", response: listUsageTypesResponse{}, pageSize: usageTypePageSize,
			query: paged(usageTypesQuery("x")),
		},
		"list_measure_units": {op: opListMeasureUnits, method: "ListMeasureUnits", response: listMeasureUnitsResponse{}},
		"list_conversions": {
			op: opListConversions, method: "ListConversions", response: listConversionsResponse{}, query: conversionsQuery(1),
		},
		"list_resource_specs": {
			op: opListResourceSpecs, method: "ListResourceSpecs", body: listResourceSpecsBody{}, response: listResourceSpecsResponse{},
			pageSize: specPageSize,
		},
		"list_packages": {
			op: opListPackages, method: "ListPackages", body: listPackagesBody{}, response: listPackagesResponse{}, pageSize: packagePageSize,
		},
		"list_package_usages": {
			op: opListPackageUsages, method: "ListPackageUsages", body: listPackageUsagesBody{}, response: listPackageUsagesResponse{},
		},
		"list_package_usage_records": {
			op: opListPackageUsageRecords, method: "ListPackageUsageRecords", response: listPackageUsageRecordsResponse{},
			pageSize: packageRecordPageSize,
			query: paged(ListPackageUsageRecordsRequest{
				DeductTimeBegin: "x", DeductTimeEnd: "x", FreeResourceID: "x", ProductID: "x", ResourceTypeCode: "x",
			}.params()),
		},
		"get_account_balances": {op: opGetAccountBalances, method: "GetAccountBalances", response: AccountBalances{}},
		"list_account_change_records": {
			op: opListAccountChangeRecords, method: "ListAccountChangeRecords", pageSize: changeRecordPageSize,
			response: listChangeRecordsResponse[AccountChangeRecord]{},
			query: paged(ListAccountChangeRecordsRequest{
				ChangeFilter: everyChangeFilter, BalanceType: "x", PaymentChannelID: "x", PaymentChannelNo: "x",
			}.params()),
		},
		"list_coupon_change_records": {
			op: opListCouponChangeRecords, method: "ListCouponChangeRecords", pageSize: changeRecordPageSize,
			response: listChangeRecordsResponse[CouponChangeRecord]{},
			query:    paged(ListCouponChangeRecordsRequest{ChangeFilter: everyChangeFilter, CouponID: "x"}.params()),
		},
		"list_stored_value_cards": {
			op: opListStoredValueCards, method: "ListStoredValueCards", response: listStoredValueCardsResponse{}, pageSize: cardPageSize,
			query: paged(ListStoredValueCardsRequest{Status: 1, CardID: "x"}.params()),
		},
		"get_expenditure_quota": {op: opGetExpenditureQuota, method: "GetExpenditureQuota", response: ExpenditureQuota{}},
		"list_coupons": {
			op: opListCoupons, method: "ListCoupons", response: listCouponsResponse{}, pageSize: couponPageSize,
			query: paged(ListCouponsRequest{
				CouponID: "x", OrderID: "x", PromotionPlanID: "x", CouponType: 1, Status: 1, ActiveStartTime: now, ActiveEndTime: now, SourceID: "x",
			}.params()),
		},
		"list_orders": {
			op: opListOrders, method: "ListOrders", response: listOrdersResponse{}, pageSize: orderPageSize,
			query: paged(ListOrdersRequest{
				OrderID: "x", CreateTimeBegin: now, CreateTimeEnd: now, ServiceTypeCode: "x", Status: 1, OrderType: 1, OrderBy: "x",
				PaymentTimeBegin: now, PaymentTimeEnd: now, Method: "x",
			}.params()),
		},
		"get_order": {
			op:       opGetOrder,
			method:   "GetOrder",
			response: getOrderResponse{},
			pageSize: orderPageSize,
			query:    paged(params{}),
		},
		"list_order_coupons": {op: opListOrderCoupons, method: "ListOrderCoupons", response: OrderCoupons{}, query: params{"order_id": nil}},
		"list_order_discounts": {
			op:       opListOrderDiscounts,
			method:   "ListOrderDiscounts",
			response: listOrderDiscountsResponse{},
			query:    params{"order_id": nil},
		},
		"pay_order": {op: opPayOrder, method: "PayOrder", body: payOrderBody{}},
		"pay_order_v1": {
			op: opPayOrderV1, method: "PayOrderV1", body: payOrderV1Body{}, response: PayOrderV1Response{},
			leftOut: map[string]string{"payAccountType": "the default is the account of the customer", "couponIds": "reserved"},
		},
		"cancel_order":       {op: opCancelOrder, method: "CancelOrder", body: cancelOrderRequest{}},
		"enable_auto_renew":  {op: opEnableAutoRenew, method: "EnableAutoRenew", body: enableAutoRenewBody{}},
		"disable_auto_renew": {op: opDisableAutoRenew, method: "DisableAutoRenew"},
		"set_to_on_demand_on_expiry": {
			op:       opSetToOnDemandOnExpiry,
			method:   "SetToOnDemandOnExpiry",
			body:     SetToOnDemandOnExpiryRequest{},
			response: setToOnDemandOnExpiryResponse{},
		},
		"convert_to_on_demand_now": {
			op: opConvertToOnDemandNow, method: "ConvertToOnDemandNow", body: ConvertToOnDemandNowRequest{},
			response: convertToOnDemandNowResponse{},
		},
		"list_resources": {
			op:       opListResources,
			method:   "ListResources",
			body:     listResourcesBody{},
			response: listResourcesResponse{},
			pageSize: resourcePageSize,
		},
		"set_renew_config": {op: opSetRenewConfig, method: "SetRenewConfig", body: SetRenewConfigRequest{}, response: setRenewConfigResponse{}},
		"renew_resources":  {op: opRenewResources, method: "RenewResources", body: renewResourcesBody{}, response: OrderedResources{}},
		"unsubscribe_resources": {
			op:       opUnsubscribeResources,
			method:   "UnsubscribeResources",
			body:     UnsubscribeResourcesRequest{},
			response: OrderedResources{},
		},
		"get_refund_order": {
			op: opGetRefundOrder, method: "GetRefundOrder", response: getRefundOrderResponse{}, query: params{"order_id": nil},
		},
		"get_on_demand_price": {op: opGetOnDemandPrice, method: "GetOnDemandPrice", body: GetOnDemandPriceRequest{}, response: OnDemandPrice{}},
		"get_period_price":    {op: opGetPeriodPrice, method: "GetPeriodPrice", body: GetPeriodPriceRequest{}, response: PeriodPrice{}},
		"get_renewal_price":   {op: opGetRenewalPrice, method: "GetRenewalPrice", body: GetRenewalPriceRequest{}, response: RenewalPrice{}},
		"get_monthly_sum_bill": {
			op:       opGetMonthlySumBill,
			method:   "GetMonthlySumBill",
			response: getMonthlySumBillResponse{},
			pageSize: billPageSize,
			query: paged(
				GetMonthlySumBillRequest{BillCycle: "x", ServiceTypeCode: "x", EnterpriseProjectID: "x", Method: "x", SubCustomerID: "x"}.params(),
			),
		},
		"list_resource_records": {
			op:       opListResourceRecords,
			method:   "ListResourceRecords",
			body:     listResourceRecordsBody{},
			response: listResourceRecordsResponse{},
			pageSize: billPageSize,
		},
		"list_resource_fee_records": {
			op: opListResourceFeeRecords, method: "ListResourceFeeRecords", response: listResourceFeeRecordsResponse{}, pageSize: billPageSize,
			query: paged(ListResourceFeeRecordsRequest{
				Cycle:               "x",
				CloudServiceType:    "x",
				Region:              "x",
				ChargeMode:          1,
				BillType:            1,
				ResourceID:          "x",
				EnterpriseProjectID: "x",
				IncludeZeroRecord:   new(bool),
				Method:              "x",
				SubCustomerID:       "x",
				TradeID:             "x",
				BillDateBegin:       "x",
				BillDateEnd:         "x",
				StatisticType:       1,
			}.params()),
		},
		"list_costs": {op: opListCosts, method: "ListCosts", body: listCostsBody{}, response: listCostsResponse{}, pageSize: billPageSize},
		"list_monthly_cost_breakdown": {
			op: opListMonthlyCostBreakdown, method: "ListMonthlyCostBreakdown", response: listMonthlyCostBreakdownResponse{},
			pageSize: billPageSize,
			query: paged(ListMonthlyCostBreakdownRequest{
				SharedMonth: "x", ServiceTypeCode: "x", ResourceTypeCode: "x", RegionCode: "x", ChargingMode: 1, BillType: 1, ResourceID: "x",
				ResourceName: "x", EnterpriseProjectID: "x", Method: "x", SubCustomerID: "x",
			}.params()),
		},
		"list_fee_records": {
			op: opListFeeRecords, method: "ListFeeRecords", response: listFeeRecordsResponse{}, pageSize: billPageSize,
			query: paged(ListFeeRecordsRequest{
				BillCycle:           "x",
				ProviderType:        1,
				ServiceTypeCode:     "x",
				ResourceTypeCode:    "x",
				RegionCode:          "x",
				ChargingMode:        1,
				BillType:            1,
				TradeID:             "x",
				EnterpriseProjectID: "x",
				IncludeZeroRecord:   new(bool),
				Status:              1,
				Method:              "x",
				SubCustomerID:       "x",
				BillDateBegin:       "x",
				BillDateEnd:         "x",
			}.params()),
		},
		"list_usage95_summary": {
			op: opListUsage95Summary, method: "ListUsage95Summary", response: listUsage95SummaryResponse{}, pageSize: usage95PageSize,
			query: paged(everyUsage95Filter.params()),
		},
		"list_usage95_details": {
			op: opListUsage95Details, method: "ListUsage95Details", response: listUsage95DetailsResponse{}, pageSize: usage95PageSize,
			query: paged(everyUsage95Filter.details("x")),
		},
		"list_invoices": {
			op: opListInvoices, method: "ListInvoices", response: listInvoicesResponse{}, pageSize: invoicePageSize,
			query: ListInvoicesRequest{StartTime: now, EndTime: now}.query(1, 1),
		},
		"list_sub_customers": {
			op: opListMembers, method: "ListMembers", response: listMembersResponse{}, pageSize: memberPageSize,
			query: paged(ListMembersRequest{Name: "x", DisplayName: "x", Fuzzy: true, OrgID: "x"}.params()),
		},
		"list_organizations": {
			op: opListOrganizations, method: "ListOrganizations", response: listOrganizationsResponse{}, query: organizationsQuery(),
			leftOut: map[string]string{"parent_id": "the answer would not tell where in the tree the parent is"},
		},
		"get_transferable_amount": {
			op: opListTransferableFunds, method: "ListTransferableFunds", response: listFundsResponse[TransferableFund]{},
			pageSize: fundPageSize, query: paged(fundsQuery("", "x")),
		},
		"get_retrievable_amount": {
			op: opListRetrievableFunds, method: "ListRetrievableFunds", response: listFundsResponse[RetrievableFund]{},
			pageSize: fundPageSize, query: paged(fundsQuery("x", "x")),
		},
		"list_transferable_coupons": {
			op: opListTransferableCoupons, method: "ListTransferableCoupons", response: listTransferableCouponsResponse{},
			pageSize: fundPageSize, query: paged(params{}),
		},
		"list_retrievable_coupons": {
			op: opListRetrievableCoupons, method: "ListRetrievableCoupons", response: listRetrievableCouponsResponse{},
			pageSize: fundPageSize, query: paged(params{"sub_customer_id": nil}),
		},
		"create_sub_customer":        {op: opCreateMember, method: "CreateMember", body: createMemberBody{}},
		"send_sub_customer_sms_code": {op: opSendMemberCode, method: "SendMemberCode", body: sendMemberCodeBody{}},
		"enable_enterprise_project":  {op: opEnableEnterpriseProjects, method: "EnableEnterpriseProjects"},
		"transfer_amount":            {op: opTransferAmount, method: "TransferAmount", body: moveAmountBody{}},
		"retrieve_amount":            {op: opRetrieveAmount, method: "RetrieveAmount", body: moveAmountBody{}},
		"transfer_coupon": {
			op: opTransferCoupon, method: "TransferCoupon", body: transferCouponBody{}, response: transferCouponResponse{},
		},
		"retrieve_coupon": {
			op: opRetrieveCoupon, method: "RetrieveCoupon", body: RetrieveCouponRequest{}, response: retrieveCouponResponse{},
		},
	}
}

// leftOut are the operations that this client does not make, by reason.
var leftOut = map[string][]string{}

func TestEveryOperationIsBound(t *testing.T) {
	t.Parallel()
	bound := bindings()
	without := map[string]bool{}
	for _, names := range leftOut {
		for _, name := range names {
			without[name] = true
		}
	}
	known := map[string]bool{}
	for _, op := range readOperations(t) {
		known[op.Name] = true
		b, ok := bound[op.Name]
		if ok == without[op.Name] {
			t.Errorf("%s has to be either bound or left out", op.Name)
		}
		if !ok {
			continue
		}
		if _, ok := reflect.TypeFor[*Client]().MethodByName(b.method); !ok {
			t.Errorf("%s: Client has no method %s", op.Name, b.method)
		}
	}
	for name := range bound {
		if !known[name] {
			t.Errorf("%s is bound, and no operation", name)
		}
	}
	for name := range without {
		if !known[name] {
			t.Errorf("%s is left out, and no operation", name)
		}
	}
}

// vendorPage is the form of the addresses of the vendor's pages of operations.
var vendorPage = regexp.MustCompile(
	`^https://support\.huaweicloud\.com/((intl/en-us|eu)/)?api-oce/(api_order|bcloud|costm|ep)_\d{5}\.html$`,
)

func TestOperationsAgreeWithDescription(t *testing.T) {
	t.Parallel()
	bound := bindings()
	for _, op := range readOperations(t) {
		b, ok := bound[op.Name]
		if !ok {
			continue
		}
		t.Run(op.Name, func(t *testing.T) {
			t.Parallel()
			if b.op.name != op.Name || b.op.method != op.Method || b.op.path != op.Path {
				t.Errorf("got %s %s %s, want %s %s", b.op.name, b.op.method, b.op.path, op.Method, op.Path)
			}
			if got := b.op.kind != kindQuery; got != (op.Kind == "mutation") {
				t.Errorf("kind %d of a %s", b.op.kind, op.Kind)
			}
			for site, name := range map[Site]string{SiteChina: "cn", SiteInternational: "intl"} {
				if b.op.on(site) != slices.Contains(op.Sites, name) {
					t.Errorf("on %s: %v, want %v", site, b.op.on(site), op.Sites)
				}
				want := op.RateLimit[name]
				if want == 0 {
					want = unpublishedQuota
				}
				if got := b.op.callsPerSecond(site); got != want {
					t.Errorf("%v calls a second on %s, want %v", got, site, want)
				}
			}
			if want := op.IAM.Policy; want != "" && b.op.permission.Policy != want {
				t.Errorf("permission %q, want %q", b.op.permission.Policy, want)
			}
			if want := op.IAM.IdentityPolicy; want != "" && b.op.permission.IdentityPolicy != want {
				t.Errorf("permission %q of identity policies, want %q", b.op.permission.IdentityPolicy, want)
			}
			if op.Paging != nil && b.pageSize != 0 && op.Paging.LimitMax != b.pageSize {
				t.Errorf("pages of %d rows, the most is %d", b.pageSize, op.Paging.LimitMax)
			}
			if page := b.op.page; page != "" && !vendorPage.MatchString(page) {
				t.Errorf("page %s is none of the vendor's", page)
			}
			compareRequest(t, op, b)
			if len(b.op.answers) == 0 != (len(op.Response) == 0) {
				t.Errorf("answers are told by %q, and have %d fields", b.op.answers, len(op.Response))
			}
			for _, name := range b.op.answers {
				if !slices.ContainsFunc(op.Response, func(f apiField) bool { return f.Name == name }) {
					t.Errorf("answers are told by %s, which they do not have", name)
				}
			}
			if b.response != nil {
				names := structNames{}
				names.walk(t, "", op.Response, reflect.TypeOf(b.response))
			}
		})
	}
}

// TestPermissionsArePairs holds the permissions against each other: an action of
// one model stands beside the same action of the other wherever it is needed.
func TestPermissionsArePairs(t *testing.T) {
	t.Parallel()
	// For the dictionaries, and for finding out site and account, no permission is
	// listed, and some calls are on no page that lists any; and no identity policy's
	// action is listed for the cancellation of an order, and for invoices. Packages belong to the orders
	// in policies, and have an action of their own in identity policies.
	free := []string{
		"list_service_types", "list_resource_types", "list_service_resources", "list_usage_types", "list_measure_units",
		"list_conversions", "list_resource_specs", "list_auth_domains", "get_expenditure_quota", "list_coupon_change_records",
		"list_usage95_summary", "list_usage95_details", "convert_to_on_demand_now",
	}
	// The vendor's page says that it needs none.
	needless := "send_sub_customer_sms_code"
	// It has an action of identity policies alone, as what the master of an enterprise does.
	alone := "enable_enterprise_project"
	apart := []string{"list_packages", "list_package_usages", "list_package_usage_records"}
	unpaired := []string{"bss:order:update", "bss:invoice:view"}
	pairs := map[string]string{}
	for name, op := range rows {
		policy, identity := op.permission.Policy, op.permission.IdentityPolicy
		if (policy == "") != (slices.Contains(free, name) || op.master && policy != moveAmounts.Policy || name == alone) {
			t.Errorf("%s needs %q", name, policy)
		}
		// The table of policies has no row for reading an enterprise.
		if policy == "" && (identity == "") == (op.master || name == alone) && name != needless {
			t.Errorf("%s needs %q in identity policies alone", name, identity)
		}
		if policy != "" && (identity == "") != slices.Contains(unpaired, policy) {
			t.Errorf("%s needs %q, in identity policies %q", name, policy, identity)
		}
		if op.master || name == alone {
			continue
		}
		if slices.Contains(apart, name) {
			if identity != "billing:resourcePackages:view" {
				t.Errorf("%s needs %q in identity policies", name, identity)
			}

			continue
		}
		if before, there := pairs[policy]; there && before != identity {
			t.Errorf("%s is %q and %q in identity policies", policy, before, identity)
		}
		pairs[policy] = identity
	}
}

func compareRequest(t *testing.T, op apiOperation, b binding) {
	t.Helper()
	var body []apiField
	query := map[string]bool{}
	for _, field := range op.Request {
		why := b.leftOut[field.Name]
		switch {
		case why != "" && field.Required:
			t.Errorf("%s is required and left out", field.Name)
		case why != "" || field.PartnerOnly:
		case field.In == "header":
			if field.Name != "X-Language" || !b.op.language {
				t.Errorf("header %s is not sent", field.Name)
			}
		case field.In == "path":
			if !strings.Contains(b.op.path, "{"+field.Name+"}") {
				t.Errorf("%s is not in the path", field.Name)
			}
		case field.In == "query":
			query[field.Name] = true
		case field.In == "body":
			body = append(body, field)
		}
	}
	sent := map[string]bool{}
	for name := range url.Values(b.query) {
		sent[name] = true
	}
	if diff := cmp.Diff(query, sent); diff != "" {
		t.Errorf("query parameters: %s", diff)
	}
	switch {
	case b.body != nil:
		names := structNames{}
		names.walk(t, "", body, reflect.TypeOf(b.body))
		names.compare(t)
	case len(body) > 0:
		t.Errorf("no body is sent of %v", body)
	}
}

// structNames are the JSON names that the description gives to a struct,
// wherever it is used.
type structNames map[reflect.Type]map[string]bool

// walk compares the fields of the description with those of a struct: each one
// must be there and have the right type.
func (n structNames) walk(t *testing.T, path string, fields []apiField, typ reflect.Type) {
	t.Helper()
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if n[typ] == nil {
		n[typ] = map[string]bool{}
	}
	for _, field := range fields {
		n[typ][field.Name] = true
		name := path + field.Name
		at, ok := fieldByTag(typ, field.Name)
		if !ok {
			t.Errorf("%s is missing in %s", name, typ)

			continue
		}
		if !typeFits(field.Type, at) && (field.Format != "decimal_string" || at != reflect.TypeFor[Decimal]()) {
			t.Errorf("%s is %s and decoded as %s", name, field.Type, at)
		}
		nested := field.Fields
		if field.Items != nil {
			nested = field.Items.Fields
		}
		if len(nested) > 0 {
			n.walk(t, name+".", nested, at)
		}
	}
}

// compare fails for fields of a struct that the description does not have.
func (n structNames) compare(t *testing.T) {
	t.Helper()
	for typ, names := range n {
		for _, field := range reflect.VisibleFields(typ) {
			if name := tagName(field); !field.Anonymous && field.IsExported() && !names[name] {
				t.Errorf("%s has %q, which the API does not", typ, name)
			}
		}
	}
}

func tagName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")

	return name
}

func fieldByTag(typ reflect.Type, name string) (reflect.Type, bool) {
	for _, field := range reflect.VisibleFields(typ) {
		if !field.Anonymous && tagName(field) == name {
			return field.Type, true
		}
	}

	return nil, false
}

func typeFits(api string, typ reflect.Type) bool {
	if element, ok := strings.CutPrefix(api, "array<"); ok {
		return typ.Kind() == reflect.Slice && typeFits(strings.TrimSuffix(element, ">"), typ.Elem())
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	switch api {
	case "string":
		return typ.Kind() == reflect.String
	case "int32":
		return typ.Kind() == reflect.Int
	case "int64":
		return typ.Kind() == reflect.Int64
	case "bool":
		return typ.Kind() == reflect.Bool
	case "decimal":
		return typ == reflect.TypeFor[Decimal]()
	case "object":
		return typ.Kind() == reflect.Struct
	}

	return false
}

// TestResponsesHaveNothingElse looks the other way round, over all operations
// at once, because some structs serve several of them.
func TestResponsesHaveNothingElse(t *testing.T) {
	t.Parallel()
	names := structNames{}
	bound := bindings()
	for _, op := range readOperations(t) {
		if b, ok := bound[op.Name]; ok && b.response != nil {
			names.walk(t, "", op.Response, reflect.TypeOf(b.response))
		}
	}
	if len(names) < 15 {
		t.Errorf("only %d structs were compared", len(names))
	}
	names.compare(t)
}

// TestFilledAnswersRoundTrip decodes answers that have every field, and encodes
// them again: nothing may be lost or changed.
func TestFilledAnswersRoundTrip(t *testing.T) {
	t.Parallel()
	for name, b := range bindings() {
		if b.response == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data, err := os.ReadFile("testdata/" + name + "/filled.json")
			if err != nil {
				t.Fatal(err)
			}
			out := reflect.New(reflect.TypeOf(b.response)).Interface()
			if err := json.Unmarshal(data, out); err != nil {
				t.Fatal(err)
			}
			encoded, err := json.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			assertContains(t, "", decodeNumbers(t, encoded), decodeNumbers(t, data))
		})
	}
}

func decodeNumbers(t *testing.T, data []byte) any {
	t.Helper()
	var out any
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.UseNumber()
	if err := decoder.Decode(&out); err != nil {
		t.Fatal(err)
	}

	return out
}

// assertContains fails where got lacks something of want. Fields that only got
// has belong to another operation with the same struct.
func assertContains(t *testing.T, path string, got, want any) {
	t.Helper()
	switch want := want.(type) {
	case map[string]any:
		fields, ok := got.(map[string]any)
		if !ok {
			t.Errorf("%s: got %v", path, got)

			return
		}
		for name := range want {
			assertContains(t, path+"."+name, fields[name], want[name])
		}
	case []any:
		rows, ok := got.([]any)
		if !ok || len(rows) != len(want) {
			t.Errorf("%s: got %v", path, got)

			return
		}
		for i := range want {
			assertContains(t, path, rows[i], want[i])
		}
	default:
		// An amount that came as text is encoded as a number.
		if number, ok := got.(json.Number); ok {
			if text, ok := want.(string); ok && text == number.String() {
				return
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}
