// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
)

// GetMonthlySumBillRequest says which monthly sums to read. Zero fields do not
// filter.
type GetMonthlySumBillRequest struct {
	// BillCycle is the month, YYYY-MM in UTC+8; bills are kept for three years.
	BillCycle       string
	ServiceTypeCode string
	// EnterpriseProjectID is "0" for the default project and "-1" for what
	// belongs to none.
	EnterpriseProjectID string
	// Method is BillMethodAll, BillMethodOneself or BillMethodSubCustomer.
	Method string
	// SubCustomerID is the member account of BillMethodSubCustomer.
	SubCustomerID string
}

func (r GetMonthlySumBillRequest) params() params {
	p := params{}
	p.text("bill_cycle", r.BillCycle)
	p.text("service_type_code", r.ServiceTypeCode)
	p.text("enterprise_project_id", r.EnterpriseProjectID)
	p.text("method", r.Method)
	p.text("sub_customer_id", r.SubCustomerID)

	return p
}

func (r GetMonthlySumBillRequest) other(row MonthlySum) string {
	var f filters
	f.billed(r.BillCycle, row.BillCycle, r.Method, r.SubCustomerID, row.CustomerID)
	f.text("service", r.ServiceTypeCode, row.ServiceTypeCode)

	return f.other
}

// MonthlySum is what one type of resource cost in a month, by charge mode, bill
// type and customer.
type MonthlySum struct {
	BillCycle        string     `json:"bill_cycle"`
	ResourceTypeCode string     `json:"resource_type_code"`
	ServiceTypeCode  string     `json:"service_type_code"`
	ServiceTypeName  string     `json:"service_type_name"`
	ResourceTypeName string     `json:"resource_type_name"`
	ChargingMode     ChargeMode `json:"charging_mode"`
	OfficialAmount   Decimal    `json:"official_amount"`
	// OfficialDiscountAmount is what discounts took off OfficialAmount.
	OfficialDiscountAmount Decimal `json:"official_discount_amount"`
	// TruncatedAmount is what rounding took off.
	TruncatedAmount Decimal `json:"truncated_amount"`
	// ConsumeAmount is OfficialAmount less OfficialDiscountAmount and
	// TruncatedAmount, and the sum of the amounts after it.
	ConsumeAmount             Decimal `json:"consume_amount"`
	CouponAmount              Decimal `json:"coupon_amount"`
	FlexipurchaseCouponAmount Decimal `json:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     Decimal `json:"stored_value_card_amount"`
	DebtAmount                Decimal `json:"debt_amount"`
	WriteoffAmount            Decimal `json:"writeoff_amount"`
	CashAmount                Decimal `json:"cash_amount"`
	CreditAmount              Decimal `json:"credit_amount"`
	MeasureID                 int     `json:"measure_id"`
	// BillType is 1 expenditure, 2 refund or 3 adjustment: coarser than the
	// BillType of bill rows, and with other codes.
	BillType    int    `json:"bill_type"`
	CustomerID  string `json:"customer_id"`
	AccountName string `json:"account_name"`
}

// MonthlyTotals are the sums of a month over all rows that match.
type MonthlyTotals struct {
	// ConsumeAmount is what there is to pay, with refunds taken off.
	ConsumeAmount             Decimal `json:"consume_amount"`
	DebtAmount                Decimal `json:"debt_amount"`
	CouponAmount              Decimal `json:"coupon_amount"`
	FlexipurchaseCouponAmount Decimal `json:"flexipurchase_coupon_amount"`
	StoredValueCardAmount     Decimal `json:"stored_value_card_amount"`
	CashAmount                Decimal `json:"cash_amount"`
	CreditAmount              Decimal `json:"credit_amount"`
	WriteoffAmount            Decimal `json:"writeoff_amount"`
	MeasureID                 int     `json:"measure_id"`
	Currency                  string  `json:"currency"`
}

// MonthlySumBill is the bill of a month, summed up by type of resource.
type MonthlySumBill struct {
	Bill[MonthlySum]
	// Totals are as the API computed them.
	Totals MonthlyTotals
}

type getMonthlySumBillResponse struct {
	TotalCount *int         `json:"total_count"`
	BillSums   []MonthlySum `json:"bill_sums"`
	MonthlyTotals
}

// GetMonthlySumBill reads the bill of a month, summed up by type of resource. It
// holds what was spent until the end of yesterday.
//
// Errors: CodeTooManyMembers. Permission: bss:bill:view.
func (c *Client) GetMonthlySumBill(ctx context.Context, req GetMonthlySumBillRequest) (*MonthlySumBill, error) {
	if err := checkBill(req.BillCycle, req.Method, req.SubCustomerID); err != nil {
		return nil, opGetMonthlySumBill.refuse(err)
	}
	bill, totals, err := readBill(ctx, c, noKey[MonthlySum], req.other,
		func(offset int) call {
			return call{op: opGetMonthlySumBill, query: req.params().page(offset, billPageSize)}
		},
		func(out *getMonthlySumBillResponse) (page[MonthlySum], MonthlyTotals) {
			return page[MonthlySum]{rows: out.BillSums, total: out.TotalCount}, out.MonthlyTotals
		})
	if err != nil {
		return nil, err
	}
	if err := opGetMonthlySumBill.checkUnits(totals.MeasureID); err != nil {
		return nil, err
	}
	bill.Currency = totals.Currency

	return &MonthlySumBill{Bill: *bill, Totals: totals}, nil
}
