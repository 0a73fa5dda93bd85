// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
)

// FeeRecordStatus says whether a charge was paid.
type FeeRecordStatus int

// The states of a charge.
const (
	FeeRecordStatusPaid      FeeRecordStatus = 1
	FeeRecordStatusUnsettled FeeRecordStatus = 2
	FeeRecordStatusNotBilled FeeRecordStatus = 3
)

// ProviderType is whose service was charged.
type ProviderType int

// The types of a provider.
const (
	ProviderTypeHuaweiCloud ProviderType = 1
	ProviderTypeMarketplace ProviderType = 2
)

// ListFeeRecordsRequest says which transactions of a month to read. Zero fields
// do not filter.
type ListFeeRecordsRequest struct {
	// BillCycle is the month, YYYY-MM in UTC+8, within three years.
	BillCycle        string
	ProviderType     ProviderType
	ServiceTypeCode  string
	ResourceTypeCode string
	RegionCode       string
	ChargingMode     ChargeMode
	BillType         BillType
	// TradeID is the id of an order, or of a charge.
	TradeID string
	// EnterpriseProjectID is "0" for the default project and "null" for what
	// belongs to none.
	EnterpriseProjectID string
	// IncludeZeroRecord says whether transactions with nothing to pay come too.
	IncludeZeroRecord *bool
	Status            FeeRecordStatus
	// Method is BillMethodAll, BillMethodOneself or BillMethodSubCustomer.
	Method string
	// SubCustomerID is the member account of BillMethodSubCustomer.
	SubCustomerID string
	// BillDateBegin and BillDateEnd are the first and the last day to read,
	// YYYY-MM-DD in UTC+8 and both in BillCycle.
	BillDateBegin, BillDateEnd string
}

func (r ListFeeRecordsRequest) params() params {
	p := params{}
	p.text("bill_cycle", r.BillCycle)
	p.number("provider_type", int(r.ProviderType))
	p.text("service_type_code", r.ServiceTypeCode)
	p.text("resource_type_code", r.ResourceTypeCode)
	p.text("region_code", r.RegionCode)
	p.number("charging_mode", int(r.ChargingMode))
	p.number("bill_type", int(r.BillType))
	p.text("trade_id", r.TradeID)
	p.text("enterprise_project_id", r.EnterpriseProjectID)
	p.flag("include_zero_record", r.IncludeZeroRecord)
	p.number("status", int(r.Status))
	p.text("method", r.Method)
	p.text("sub_customer_id", r.SubCustomerID)
	p.text("bill_date_begin", r.BillDateBegin)
	p.text("bill_date_end", r.BillDateEnd)

	return p
}

func (r ListFeeRecordsRequest) check() error {
	if err := checkBill(r.BillCycle, r.Method, r.SubCustomerID); err != nil {
		return err
	}

	return checkDays(r.BillCycle, r.BillDateBegin, r.BillDateEnd)
}

func (r ListFeeRecordsRequest) other(row FeeRecord) string {
	var f filters
	f.billed(r.BillCycle, row.BillCycle, r.Method, r.SubCustomerID, row.CustomerID)
	compareCodes(&f, "type of provider", ProviderTypes, row.ProviderType, r.ProviderType)
	f.text("service", r.ServiceTypeCode, row.ServiceTypeCode)
	f.text("type of resource", r.ResourceTypeCode, row.ResourceTypeCode)
	f.text("region", r.RegionCode, row.RegionCode)
	compareCodes(&f, "charge mode", ChargeModes, row.ChargingMode, r.ChargingMode)
	compareCodes(&f, "bill type", BillTypes, row.BillType, r.BillType)
	f.project(r.EnterpriseProjectID, row.EnterpriseProjectID)
	compareCodes(&f, "status", FeeRecordStatuses, row.Status, r.Status)

	return f.other
}

// FeeRecord is a transaction of an account.
type FeeRecord struct {
	BillCycle        string `json:"bill_cycle"`
	CustomerID       string `json:"customer_id"`
	ServiceTypeCode  string `json:"service_type_code"`
	ResourceTypeCode string `json:"resource_type_code"`
	ServiceTypeName  string `json:"service_type_name"`
	ResourceTypeName string `json:"resource_type_name"`
	RegionCode       string `json:"region_code"`
	// EnterpriseProjectID is "0" for the default project and "null" for none.
	EnterpriseProjectID   string     `json:"enterprise_project_id"`
	EnterpriseProjectName string     `json:"enterprise_project_name"`
	ChargingMode          ChargeMode `json:"charging_mode"`
	// ConsumeTime is when a yearly/monthly order was paid, or the time of use.
	ConsumeTime  string       `json:"consume_time"`
	TradeTime    string       `json:"trade_time"`
	ProviderType ProviderType `json:"provider_type"`
	// TradeID is the id of the order, or of the charge.
	TradeID string `json:"trade_id"`
	// ID is reserved.
	ID       string          `json:"id"`
	BillType BillType        `json:"bill_type"`
	Status   FeeRecordStatus `json:"status"`
	// OfficialAmount is the sum of OfficialDiscountAmount, EraseAmount and
	// ConsumeAmount.
	OfficialAmount         Decimal `json:"official_amount"`
	OfficialDiscountAmount Decimal `json:"official_discount_amount"`
	// EraseAmount is what rounding took off.
	EraseAmount Decimal `json:"erase_amount"`
	// ConsumeAmount is what there is to pay: the sum of the amounts after it.
	ConsumeAmount             Decimal `json:"consume_amount"`
	CashAmount                Decimal `json:"cash_amount"`
	CreditAmount              Decimal `json:"credit_amount"`
	CouponAmount              Decimal `json:"coupon_amount"`
	FlexipurchaseCouponAmount Decimal `json:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     Decimal `json:"stored_value_card_amount"`
	BonusAmount               Decimal `json:"bonus_amount"`
	// DebtAmount is what is owed; with monthly settlement, what is to be settled.
	DebtAmount     Decimal `json:"debt_amount"`
	WriteoffAmount Decimal `json:"writeoff_amount"`
	RegionName     string  `json:"region_name"`
	AccountName    string  `json:"account_name"`
}

type listFeeRecordsResponse struct {
	TotalCount *int        `json:"total_count"`
	Records    []FeeRecord `json:"records"`
	Currency   string      `json:"currency"`
}

// ListFeeRecords reads the transactions of a month. Only the China site has this
// operation (ErrNotOnSite).
//
// Errors: CodeTooManyMembers. Permission: bss:billDetail:view.
func (c *Client) ListFeeRecords(ctx context.Context, req ListFeeRecordsRequest) (*Bill[FeeRecord], error) {
	if err := req.check(); err != nil {
		return nil, opListFeeRecords.refuse(err)
	}
	// The API has an id in these rows, but reserves it.
	return readRows(ctx, c, noKey[FeeRecord], req.other,
		func(offset int) call {
			return call{op: opListFeeRecords, query: req.params().page(offset, billPageSize)}
		},
		func(out *listFeeRecordsResponse) (page[FeeRecord], string) {
			return page[FeeRecord]{rows: out.Records, total: out.TotalCount}, out.Currency
		})
}
