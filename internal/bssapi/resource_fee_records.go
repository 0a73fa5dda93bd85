// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
)

// ListResourceFeeRecordsRequest says which charges of a month to read. Zero
// fields do not filter.
type ListResourceFeeRecordsRequest struct {
	// Cycle is the month, YYYY-MM in UTC+8, within three years.
	Cycle            string
	CloudServiceType string
	Region           string
	ChargeMode       ChargeMode
	BillType         BillType
	ResourceID       string
	// EnterpriseProjectID is "0" for the default project and "null" for what
	// belongs to none.
	EnterpriseProjectID string
	// IncludeZeroRecord says whether charges with nothing to pay come too.
	IncludeZeroRecord *bool
	// Method is BillMethodAll, BillMethodOneself or BillMethodSubCustomer.
	Method string
	// SubCustomerID is the member account of BillMethodSubCustomer.
	SubCustomerID string
	// TradeID is the id of an order, or of a charge.
	TradeID string
	// BillDateBegin and BillDateEnd are the first and the last day to read,
	// YYYY-MM-DD in UTC+8 and both in Cycle. They are for StatisticTypeDetail.
	BillDateBegin, BillDateEnd string
	// StatisticType is required: StatisticTypeCycle or StatisticTypeDetail.
	StatisticType StatisticType
}

func (r ListResourceFeeRecordsRequest) params() params {
	p := params{}
	p.text("cycle", r.Cycle)
	p.text("cloud_service_type", r.CloudServiceType)
	p.text("region", r.Region)
	p.number("charge_mode", int(r.ChargeMode))
	p.number("bill_type", int(r.BillType))
	p.text("resource_id", r.ResourceID)
	p.text("enterprise_project_id", r.EnterpriseProjectID)
	p.flag("include_zero_record", r.IncludeZeroRecord)
	p.text("method", r.Method)
	p.text("sub_customer_id", r.SubCustomerID)
	p.text("trade_id", r.TradeID)
	p.text("bill_date_begin", r.BillDateBegin)
	p.text("bill_date_end", r.BillDateEnd)
	p.number("statistic_type", int(r.StatisticType))

	return p
}

func (r ListResourceFeeRecordsRequest) check() error {
	if err := checkBill(r.Cycle, r.Method, r.SubCustomerID); err != nil {
		return err
	}
	switch r.StatisticType {
	case StatisticTypeDetail:
	case StatisticTypeCycle:
		if r.BillDateBegin != "" || r.BillDateEnd != "" {
			return errors.New("days are given, which have no effect on charges by cycle")
		}
	default:
		return errors.New("the statistic type is not by cycle or detailed")
	}

	return checkDays(r.Cycle, r.BillDateBegin, r.BillDateEnd)
}

// ResourceFeeRecord is a charge for a resource.
type ResourceFeeRecord struct {
	BillDate             string   `json:"bill_date"`
	BillType             BillType `json:"bill_type"`
	CustomerID           string   `json:"customer_id"`
	Region               string   `json:"region"`
	RegionName           string   `json:"region_name"`
	CloudServiceType     string   `json:"cloud_service_type"`
	ResourceType         string   `json:"resource_type"`
	CloudServiceTypeName string   `json:"cloud_service_type_name"`
	ResourceTypeName     string   `json:"resource_type_name"`
	// EffectiveTime and ExpireTime bound the use of a pay-per-use resource.
	EffectiveTime   string `json:"effective_time"`
	ExpireTime      string `json:"expire_time"`
	ResourceID      string `json:"resource_id"`
	ResourceName    string `json:"resource_name"`
	ResourceTag     string `json:"resource_tag"`
	ProductID       string `json:"product_id"`
	ProductName     string `json:"product_name"`
	ProductSpecDesc string `json:"product_spec_desc"`
	SkuCode         string `json:"sku_code"`
	// SpecSize is the size of a linear product (disk, bandwidth).
	SpecSize          Decimal `json:"spec_size"`
	SpecSizeMeasureID int     `json:"spec_size_measure_id"`
	// TradeID is the id of the order, or of the charge.
	TradeID string `json:"trade_id"`
	// ID is unique. It is with StatisticTypeDetail only, as are UnitPrice, Unit
	// and Formula.
	ID        string `json:"id"`
	TradeTime string `json:"trade_time"`
	// EnterpriseProjectID is "0" for the default project and "null" for none.
	EnterpriseProjectID   string `json:"enterprise_project_id"`
	EnterpriseProjectName string `json:"enterprise_project_name"`
	// ChargeMode is a ChargeMode, which this call writes as text.
	ChargeMode string `json:"charge_mode"`
	OrderID    string `json:"order_id"`
	// PeriodType is "19" year, "20" month, "24" day, "25" hour or "5" one-time.
	PeriodType            string  `json:"period_type"`
	UsageType             string  `json:"usage_type"`
	Usage                 Decimal `json:"usage"`
	UsageMeasureID        int     `json:"usage_measure_id"`
	FreeResourceUsage     Decimal `json:"free_resource_usage"`
	FreeResourceMeasureID int     `json:"free_resource_measure_id"`
	// RIUsage is what reserved instances covered.
	RIUsage          Decimal `json:"ri_usage"`
	RIUsageMeasureID int     `json:"ri_usage_measure_id"`
	UnitPrice        Decimal `json:"unit_price"`
	Unit             string  `json:"unit"`
	OfficialAmount   Decimal `json:"official_amount"`
	DiscountAmount   Decimal `json:"discount_amount"`
	// Amount is what there is to pay: the sum of the amounts after it.
	Amount                    Decimal `json:"amount"`
	CashAmount                Decimal `json:"cash_amount"`
	CreditAmount              Decimal `json:"credit_amount"`
	CouponAmount              Decimal `json:"coupon_amount"`
	FlexipurchaseCouponAmount Decimal `json:"flexipurchase_coupon_amount"`
	StoredCardAmount          Decimal `json:"stored_card_amount"`
	BonusAmount               Decimal `json:"bonus_amount"`
	DebtAmount                Decimal `json:"debt_amount"`
	AdjustmentAmount          Decimal `json:"adjustment_amount"`
	MeasureID                 int     `json:"measure_id"`
	Formula                   string  `json:"formula"`
	SubServiceTypeCode        string  `json:"sub_service_type_code"`
	SubServiceTypeName        string  `json:"sub_service_type_name"`
	SubResourceTypeCode       string  `json:"sub_resource_type_code"`
	SubResourceTypeName       string  `json:"sub_resource_type_name"`
	SubResourceID             string  `json:"sub_resource_id"`
	SubResourceName           string  `json:"sub_resource_name"`
	// ConsumeTime is with StatisticTypeDetail only.
	ConsumeTime string `json:"consume_time"`
	// RelativeOrderID is the order of which a combined OrderID is made up.
	RelativeOrderID string  `json:"relative_order_id"`
	AccountName     string  `json:"account_name"`
	PeriodNum       Decimal `json:"period_num"`
}

type listResourceFeeRecordsResponse struct {
	FeeRecords []ResourceFeeRecord `json:"fee_records"`
	TotalCount *int                `json:"total_count"`
	Currency   string              `json:"currency"`
}

// ListResourceFeeRecords reads the charges for resources in a month. Charges
// show hours late.
//
// Errors: CodeTooManyMembers. Permission: bss:billDetail:view.
func (c *Client) ListResourceFeeRecords(
	ctx context.Context, req ListResourceFeeRecordsRequest,
) (*Bill[ResourceFeeRecord], error) {
	if err := req.check(); err != nil {
		return nil, opListResourceFeeRecords.refuse(err)
	}
	// Of all bill rows, only detailed ones have a documented unique id. Rows by
	// cycle have none, so all are kept.
	key := func(r ResourceFeeRecord) string { return r.ID }
	if req.StatisticType == StatisticTypeCycle {
		key = noKey
	}
	bill, currency, err := readBill(ctx, c, key,
		func(offset int) call {
			return call{op: opListResourceFeeRecords, query: req.params().page(offset, billPageSize)}
		},
		func(out *listResourceFeeRecordsResponse) (page[ResourceFeeRecord], string) {
			return page[ResourceFeeRecord]{out.FeeRecords, out.TotalCount}, out.Currency
		})
	if err != nil {
		return nil, err
	}
	bill.Currency = currency

	return bill, nil
}
