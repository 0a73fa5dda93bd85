// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"strconv"
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

func (r ListResourceFeeRecordsRequest) other(row ResourceFeeRecord) string {
	var f filters
	f.billed("", "", r.Method, r.SubCustomerID, row.CustomerID)
	f.text("service", r.CloudServiceType, row.CloudServiceType)
	f.text("region", r.Region, row.Region)
	f.text("resource", r.ResourceID, row.ResourceID)
	if mode, err := strconv.Atoi(row.ChargeMode); err == nil {
		compareCodes(&f, "charge mode", ChargeModes, ChargeMode(mode), r.ChargeMode)
	}
	compareCodes(&f, "bill type", BillTypes, row.BillType, r.BillType)
	f.project(r.EnterpriseProjectID, row.EnterpriseProjectID)
	f.day("day", r.BillDateBegin, r.BillDateEnd, row.BillDate)

	return f.other
}

// ResourceFeeRecord is a charge for a resource. Its EffectiveTime and ExpireTime
// bound the use of a pay-per-use resource. Its ID is unique, and with
// StatisticTypeDetail only, as are UnitPrice, Unit and Formula.
type ResourceFeeRecord struct {
	ResourceCharge

	ResourceType string `json:"resource_type"`
	ResourceID   string `json:"resource_id"`
	ProductID    string `json:"product_id"`
	ProductName  string `json:"product_name"`
	// SpecSize is the size of a linear product (disk, bandwidth).
	SpecSize          Decimal `json:"spec_size"`
	SpecSizeMeasureID int     `json:"spec_size_measure_id"`
	TradeTime         string  `json:"trade_time"`
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
	// Amount is what there is to pay: the sum of the amounts of the charge from
	// CashAmount to AdjustmentAmount.
	Amount  Decimal `json:"amount"`
	Formula string  `json:"formula"`
	// RelativeOrderID is the order of which a combined OrderID is made up.
	RelativeOrderID string `json:"relative_order_id"`
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

	return readRows(ctx, c, key, req.other,
		func(offset int) call {
			return call{op: opListResourceFeeRecords, query: req.params().page(offset, billPageSize)}
		},
		func(out *listResourceFeeRecordsResponse) (page[ResourceFeeRecord], string) {
			return page[ResourceFeeRecord]{rows: out.FeeRecords, total: out.TotalCount}, out.Currency
		})
}
