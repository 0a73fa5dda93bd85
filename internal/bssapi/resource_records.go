// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
)

// ListResourceRecordsRequest says which lines of a month's bill to read. Zero
// fields do not filter.
type ListResourceRecordsRequest struct {
	// Cycle is the month, YYYY-MM in UTC+8, from 2019-01 on and within three years.
	Cycle            string
	CloudServiceType string
	ResourceType     string
	Region           string
	// ResInstanceID is the id that the cloud service itself uses.
	ResInstanceID string
	ChargeMode    ChargeMode
	BillType      BillType
	// EnterpriseProjectID is "0" for the default project and "null" for what
	// belongs to none.
	EnterpriseProjectID string
	// IncludeZeroRecord says whether lines with nothing to pay come too.
	IncludeZeroRecord *bool
	// Method is BillMethodAll, BillMethodOneself or BillMethodSubCustomer.
	Method string
	// SubCustomerID is the member account of BillMethodSubCustomer.
	SubCustomerID string
	// StatisticType is required.
	StatisticType StatisticType
	// BillCycleBegin and BillCycleEnd are the first and the last day to read,
	// YYYY-MM-DD in UTC+8 and both in Cycle. They are not for StatisticTypeCycle.
	BillCycleBegin, BillCycleEnd string
	// PayerAccountID is the account that paid.
	PayerAccountID string
}

type listResourceRecordsBody struct {
	Cycle               string        `json:"cycle"`
	CloudServiceType    string        `json:"cloud_service_type,omitempty"`
	ResourceType        string        `json:"resource_type,omitempty"`
	Region              string        `json:"region,omitempty"`
	ResInstanceID       string        `json:"res_instance_id,omitempty"`
	ChargeMode          ChargeMode    `json:"charge_mode,omitempty"`
	BillType            BillType      `json:"bill_type,omitempty"`
	EnterpriseProjectID string        `json:"enterprise_project_id,omitempty"`
	IncludeZeroRecord   *bool         `json:"include_zero_record,omitempty"`
	Offset              int           `json:"offset"`
	Limit               int           `json:"limit"`
	Method              string        `json:"method,omitempty"`
	SubCustomerID       string        `json:"sub_customer_id,omitempty"`
	StatisticType       StatisticType `json:"statistic_type"`
	QueryType           string        `json:"query_type"`
	BillCycleBegin      string        `json:"bill_cycle_begin,omitempty"`
	BillCycleEnd        string        `json:"bill_cycle_end,omitempty"`
	PayerAccountID      string        `json:"payer_account_id,omitempty"`
}

func (r ListResourceRecordsRequest) body(offset int) listResourceRecordsBody {
	body := listResourceRecordsBody{
		Cycle:               r.Cycle,
		CloudServiceType:    r.CloudServiceType,
		ResourceType:        r.ResourceType,
		Region:              r.Region,
		ResInstanceID:       r.ResInstanceID,
		ChargeMode:          r.ChargeMode,
		BillType:            r.BillType,
		EnterpriseProjectID: r.EnterpriseProjectID,
		IncludeZeroRecord:   r.IncludeZeroRecord,
		Offset:              offset,
		Limit:               billPageSize,
		Method:              r.Method,
		SubCustomerID:       r.SubCustomerID,
		StatisticType:       r.StatisticType,
		QueryType:           "BILLCYCLE",
		BillCycleBegin:      r.BillCycleBegin,
		BillCycleEnd:        r.BillCycleEnd,
		PayerAccountID:      r.PayerAccountID,
	}
	if r.BillCycleBegin != "" {
		body.QueryType = "DAILY"
	}

	return body
}

func (r ListResourceRecordsRequest) check() error {
	if err := checkBill(r.Cycle, r.Method, r.SubCustomerID); err != nil {
		return err
	}
	switch r.StatisticType {
	case StatisticTypeDay, StatisticTypeDetail:
	case StatisticTypeCycle:
		if r.BillCycleBegin != "" || r.BillCycleEnd != "" {
			return errors.New("days are given, and a bill by cycle has none")
		}
	default:
		return errors.New("the statistic type is not by cycle, by day or detailed")
	}

	return checkDays(r.Cycle, r.BillCycleBegin, r.BillCycleEnd)
}

func (r ListResourceRecordsRequest) other(row ResourceRecord) string {
	var f filters
	f.billed(r.Cycle, row.Cycle, r.Method, r.SubCustomerID, row.CustomerID)
	f.text("service", r.CloudServiceType, row.CloudServiceType)
	f.text("type of resource", r.ResourceType, row.ResourceTypeCode)
	f.text("region", r.Region, row.Region)
	f.text("resource", r.ResInstanceID, row.ResInstanceID)
	compareCodes(&f, "charge mode", ChargeModes, row.ChargeMode, r.ChargeMode)
	compareCodes(&f, "bill type", BillTypes, row.BillType, r.BillType)
	f.project(r.EnterpriseProjectID, row.EnterpriseProjectID)
	f.day("day", r.BillCycleBegin, r.BillCycleEnd, row.BillDate)

	return f.other
}

// ResourceRecord is a line of a month's bill. Its ID is reserved, its BillDate is
// with StatisticTypeDay only, and its EffectiveTime and ExpireTime are with
// StatisticTypeDetail only.
type ResourceRecord struct {
	ResourceCharge

	Cycle            string `json:"cycle"`
	ResourceTypeCode string `json:"resource_Type_code"` // as the API writes it
	// ResInstanceID is the id that the cloud service itself uses.
	ResInstanceID string     `json:"res_instance_id"`
	ChargeMode    ChargeMode `json:"charge_mode"`
	// ConsumeAmount is what there is to pay: the sum of the amounts of the charge
	// from CashAmount to AdjustmentAmount. Lines have up to 8 decimals, and
	// accounts are charged with 2.
	ConsumeAmount Decimal `json:"consume_amount"`
	// PeriodType is 19 year, 20 month, 24 day, 25 hour or 5 one-time.
	PeriodType       int          `json:"period_type"`
	RootResourceID   string       `json:"root_resource_id"`
	ParentResourceID string       `json:"parent_resource_id"`
	PreOrderID       string       `json:"pre_order_id"`
	AZCodeInfos      []AZCodeInfo `json:"az_code_infos"`
	PayerAccountID   string       `json:"payer_account_id"`
	// BEID is the operating entity of the vendor.
	BEID         string             `json:"be_id"`
	ExtendParams *ResourceRelations `json:"extend_params"`
}

// AZCodeInfo is an availability zone.
type AZCodeInfo struct {
	AZCode string `json:"az_code"`
}

// ResourceRelations are the resources that a billed one belongs to.
type ResourceRelations struct {
	SelfResourceID string             `json:"self_resource_id"`
	RelationInfos  []ResourceRelation `json:"relation_infos"`
}

// ResourceRelation is a resource that a billed one belongs to.
type ResourceRelation struct {
	RelativeResourceID string `json:"relative_resource_id"`
	// RelativeType is PARENT or ROOT.
	RelativeType string `json:"relative_type"`
}

type listResourceRecordsResponse struct {
	MonthlyRecords []ResourceRecord `json:"monthly_records"`
	TotalCount     *int             `json:"total_count"`
	Currency       string           `json:"currency"`
}

// ListResourceRecords reads the lines of a month's bill. Lines show up to a day
// late.
//
// Errors: CodeTooManyMembers. Permission: bss:billDetail:view.
func (c *Client) ListResourceRecords(ctx context.Context, req ListResourceRecordsRequest) (*Bill[ResourceRecord], error) {
	if err := req.check(); err != nil {
		return nil, opListResourceRecords.refuse(err)
	}
	// The API has an id in these rows, but reserves it.
	return readRows(ctx, c, noKey[ResourceRecord], req.other,
		func(offset int) call { return call{op: opListResourceRecords, body: req.body(offset)} },
		func(out *listResourceRecordsResponse) (page[ResourceRecord], string) {
			return page[ResourceRecord]{rows: out.MonthlyRecords, total: out.TotalCount}, out.Currency
		})
}
