// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import "context"

// BreakdownMonthsKept is how many months back costs are broken down.
const BreakdownMonthsKept = 18

// ListMonthlyCostBreakdownRequest says which charges to break down. Zero fields do
// not filter.
type ListMonthlyCostBreakdownRequest struct {
	// SharedMonth is the month, YYYY-MM in UTC+8, within 18 months.
	SharedMonth      string
	ServiceTypeCode  string
	ResourceTypeCode string
	RegionCode       string
	ChargingMode     ChargeMode
	BillType         BillType
	// ResourceID is the id that the cloud service itself uses.
	ResourceID   string
	ResourceName string
	// EnterpriseProjectID is "0" for the default project and "null" for what
	// belongs to none.
	EnterpriseProjectID string
	// Method is BillMethodAll, BillMethodOneself or BillMethodSubCustomer.
	Method string
	// SubCustomerID is the member account of BillMethodSubCustomer.
	SubCustomerID string
}

func (r ListMonthlyCostBreakdownRequest) params() params {
	p := params{}
	p.text("shared_month", r.SharedMonth)
	p.text("service_type_code", r.ServiceTypeCode)
	p.text("resource_type_code", r.ResourceTypeCode)
	p.text("region_code", r.RegionCode)
	p.number("charging_mode", int(r.ChargingMode))
	p.number("bill_type", int(r.BillType))
	p.text("resource_id", r.ResourceID)
	p.text("resource_name", r.ResourceName)
	p.text("enterprise_project_id", r.EnterpriseProjectID)
	p.text("method", r.Method)
	p.text("sub_customer_id", r.SubCustomerID)

	return p
}

func (r ListMonthlyCostBreakdownRequest) other(row CostShare) string {
	var f filters
	f.billed(r.SharedMonth, row.SharedMonth, r.Method, r.SubCustomerID, row.CustomerID)
	f.text("service", r.ServiceTypeCode, row.ServiceTypeCode)
	f.text("type of resource", r.ResourceTypeCode, row.ResourceTypeCode)
	f.text("region", r.RegionCode, row.RegionCode)
	f.text("resource", r.ResourceID, row.ResourceID)
	compareCodes(&f, "charge mode", ChargeModes, row.ChargingMode, r.ChargingMode)
	compareCodes(&f, "bill type", BillTypes, row.BillType, r.BillType)
	f.project(r.EnterpriseProjectID, row.EnterpriseProjectID)

	return f.other
}

// CostShare is a charge, and how much of it is a cost of a month.
type CostShare struct {
	SharedMonth string `json:"shared_month"`
	// BillCycle is the month of the bill with the charge.
	BillCycle        string   `json:"bill_cycle"`
	BillType         BillType `json:"bill_type"`
	CustomerID       string   `json:"customer_id"`
	RegionCode       string   `json:"region_code"`
	RegionName       string   `json:"region_name"`
	ServiceTypeCode  string   `json:"service_type_code"`
	ResourceTypeCode string   `json:"resource_type_code"`
	ServiceTypeName  string   `json:"service_type_name"`
	ResourceTypeName string   `json:"resource_type_name"`
	EffectiveTime    string   `json:"effective_time"`
	ExpireTime       string   `json:"expire_time"`
	ResourceID       string   `json:"resource_id"`
	ResourceName     string   `json:"resource_name"`
	ResourceTag      string   `json:"resource_tag"`
	ProductSpecDesc  string   `json:"product_spec_desc"`
	// EnterpriseProjectID is "0" for the default project and "null" for none.
	EnterpriseProjectID   string         `json:"enterprise_project_id"`
	EnterpriseProjectName string         `json:"enterprise_project_name"`
	ChargingMode          ChargeMode     `json:"charging_mode"`
	OrderID               string         `json:"order_id"`
	PeriodType            BillPeriodType `json:"period_type"`
	UsageType             string         `json:"usage_type"`
	Usage                 Decimal        `json:"usage"`
	UsageMeasureID        int            `json:"usage_measure_id"`
	FreeResourceUsage     Decimal        `json:"free_resource_usage"`
	FreeResourceMeasureID int            `json:"free_resource_measure_id"`
	RIUsage               Decimal        `json:"ri_usage"`
	RIUsageMeasureID      int            `json:"ri_usage_measure_id"`
	// ConsumeAmount is the charge: the sum of the three amounts after it.
	ConsumeAmount               Decimal `json:"consume_amount"`
	PastMonthsAmortizedAmount   Decimal `json:"past_months_amortized_amount"`
	CurrentMonthAmortizedAmount Decimal `json:"current_month_amortized_amount"`
	FutureMonthsAmortizedAmount Decimal `json:"future_months_amortized_amount"`
	// The amounts from here on add up to CurrentMonthAmortizedAmount.
	AmortizedCashAmount                Decimal `json:"amortized_cash_amount"`
	AmortizedCreditAmount              Decimal `json:"amortized_credit_amount"`
	AmortizedCouponAmount              Decimal `json:"amortized_coupon_amount"`
	AmortizedFlexipurchaseCouponAmount Decimal `json:"amortized_flexipurchase_coupon_amount"`
	AmortizedStoredValueCardAmount     Decimal `json:"amortized_stored_value_card_amount"`
	AmortizedBonusAmount               Decimal `json:"amortized_bonus_amount"`

	SubServiceTypeCode  string         `json:"sub_service_type_code"`
	SubServiceTypeName  string         `json:"sub_service_type_name"`
	SubResourceTypeCode string         `json:"sub_resource_type_code"`
	SubResourceTypeName string         `json:"sub_resource_type_name"`
	SubResourceID       string         `json:"sub_resource_id"`
	SubResourceName     string         `json:"sub_resource_name"`
	EffectiveTagPairs   []TagPair      `json:"effective_tag_pairs"`
	CostUnitPairs       []CostUnitPair `json:"cost_unit_pairs"`
}

// TagPair is a tag.
type TagPair struct {
	TagKey   string `json:"tag_key"`
	TagValue string `json:"tag_value"`
}

// CostUnitPair is what a charge belongs to in a cost unit.
type CostUnitPair struct {
	CostUnitName      string `json:"cost_unit_name"`
	CostUnitRuleValue string `json:"cost_unit_rule_value"`
}

type listMonthlyCostBreakdownResponse struct {
	Currency   string      `json:"currency"`
	TotalCount *int        `json:"total_count"`
	Details    []CostShare `json:"details"`
}

// ListMonthlyCostBreakdown reads the charges that are a cost of a month, or that
// were made in it. Only the China site has this operation (ErrNotOnSite).
//
// Errors: CodeCostCenterOff. Permission: bss:costanalysis:view.
func (c *Client) ListMonthlyCostBreakdown(ctx context.Context, req ListMonthlyCostBreakdownRequest) (*Bill[CostShare], error) {
	if err := checkBill(req.SharedMonth, req.Method, req.SubCustomerID); err != nil {
		return nil, opListMonthlyCostBreakdown.refuse(err)
	}

	return readRows(ctx, c, noKey[CostShare], req.other,
		func(offset int) call {
			return call{op: opListMonthlyCostBreakdown, query: req.params().page(offset, billPageSize)}
		},
		func(out *listMonthlyCostBreakdownResponse) (page[CostShare], string) {
			return page[CostShare]{rows: out.Details, total: out.TotalCount}, out.Currency
		})
}
