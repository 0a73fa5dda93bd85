// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"time"
)

// CostGranularity is the length of the periods that costs are summed up by.
type CostGranularity int

// The granularities.
const (
	CostByDay   CostGranularity = 1
	CostByMonth CostGranularity = 2
)

// CostType says when a charge becomes a cost.
type CostType string

// The types of costs.
const (
	// CostOriginal is a charge on the day of its bill.
	CostOriginal CostType = "ORIGINAL_COST"
	// CostAmortized spreads the charge for a term over the term.
	CostAmortized CostType = "AMORTIZED_COST"
)

// CostAmountType says what of a charge counts.
type CostAmountType string

// The types of amounts.
const (
	// CostPayable is what there is to pay.
	CostPayable CostAmountType = "PAYMENT_AMOUNT"
	// CostPaid is what was paid.
	CostPaid CostAmountType = "NET_AMOUNT"
)

// CostDimension is something that costs are divided by.
type CostDimension string

// The dimensions. CostTag and CostUnit stand in answers and filters for tags and
// cost units.
const (
	CostTag               CostDimension = "RESOURCE_TAG"
	CostUnit              CostDimension = "COST_UNIT"
	CostChargeMode        CostDimension = "CHARGING_MODE"
	CostBillType          CostDimension = "BILL_TYPE"
	CostEnterpriseProject CostDimension = "ENTERPRISE_PROJECT_ID"
	CostServiceType       CostDimension = "CLOUD_SERVICE_TYPE"
	CostResourceType      CostDimension = "RESOURCE_TYPE"
	CostAccount           CostDimension = "ASSOCIATED_ACCOUNT"
	CostRegion            CostDimension = "REGION_CODE"
	CostAvailabilityZone  CostDimension = "AZ_CODE"
	CostSpec              CostDimension = "RES_SPEC_CODE"
	CostUsageType         CostDimension = "USAGE_TYPE"
	CostOperatingEntity   CostDimension = "BE_ID"
	CostPayerAccount      CostDimension = "PAYER_ACCOUNT_ID"
	CostResource          CostDimension = "RESOURCE_ID"
)

// Types of a CostGroup.
const (
	// CostGroupDimension: the key is a CostDimension.
	CostGroupDimension = "dimension"
	// CostGroupTag: the key is that of a tag.
	CostGroupTag = "tag"
	// CostGroupUnit: the key is that of a cost unit.
	CostGroupUnit = "cost_unit"
)

// How many groups and filters a query of costs takes, by the vendor's page.
const (
	MostCostGroups  = 2
	MostCostFilters = 100
)

// CostGroup is something to group costs by.
type CostGroup struct {
	// Type is CostGroupDimension, CostGroupTag or CostGroupUnit.
	Type string `json:"type"`
	Key  string `json:"key"`
}

// CostFilter leaves in what has one of the values, or leaves it out.
type CostFilter struct {
	Key     CostDimension
	Values  []string
	Exclude bool
}

// ListCostsRequest says which costs to read.
type ListCostsRequest struct {
	Granularity CostGranularity
	// Begin and End are the first and the last period, YYYY-MM-DD or YYYY-MM in UTC+8,
	// as Granularity says.
	Begin, End string
	// GroupBy has one or two groups, not two tags and not two cost units.
	GroupBy    []CostGroup
	CostType   CostType
	AmountType CostAmountType
	// Filters are at most 100.
	Filters []CostFilter
}

type costTimeCondition struct {
	TimeMeasureID CostGranularity `json:"time_measure_id"`
	BeginTime     string          `json:"begin_time"`
	EndTime       string          `json:"end_time"`
}

type costFilterFactor struct {
	Key   CostDimension `json:"key"`
	Value []string      `json:"value"`
}

type costFilterBody struct {
	Operator     int              `json:"operator"`
	FilterFactor costFilterFactor `json:"filter_factor"`
}

type listCostsBody struct {
	TimeCondition costTimeCondition `json:"time_condition"`
	GroupBy       []CostGroup       `json:"groupby"`
	CostType      CostType          `json:"cost_type"`
	AmountType    CostAmountType    `json:"amount_type"`
	Offset        int               `json:"offset"`
	Limit         int               `json:"limit"`
	Filters       []costFilterBody  `json:"filters,omitempty"`
}

func (r ListCostsRequest) body(offset int) listCostsBody {
	body := listCostsBody{
		TimeCondition: costTimeCondition{TimeMeasureID: r.Granularity, BeginTime: r.Begin, EndTime: r.End},
		GroupBy:       r.GroupBy,
		CostType:      r.CostType,
		AmountType:    r.AmountType,
		Offset:        offset,
		Limit:         billPageSize,
	}
	for _, filter := range r.Filters {
		one := costFilterBody{FilterFactor: costFilterFactor{Key: filter.Key, Value: filter.Values}}
		if filter.Exclude {
			one.Operator = 1
		}
		body.Filters = append(body.Filters, one)
	}

	return body
}

// Layout is how a period of the granularity is written.
func (g CostGranularity) Layout() string {
	if g == CostByMonth {
		return MonthLayout
	}

	return time.DateOnly
}

func (r ListCostsRequest) check() error {
	if r.Granularity != CostByDay && r.Granularity != CostByMonth {
		return errors.New("the granularity is neither days nor months")
	}
	for _, period := range []string{r.Begin, r.End} {
		if _, err := time.Parse(r.Granularity.Layout(), period); err != nil {
			return fmt.Errorf("the period %q is not of the form of the granularity", period)
		}
	}
	if r.Begin > r.End {
		return fmt.Errorf("the first period %s is after the last, %s", r.Begin, r.End)
	}
	if len(r.GroupBy) == 0 || len(r.GroupBy) > MostCostGroups {
		return fmt.Errorf("costs are grouped by 1 to %d groups", MostCostGroups)
	}
	if len(r.GroupBy) == MostCostGroups && r.GroupBy[0].Type == r.GroupBy[1].Type && r.GroupBy[0].Type != CostGroupDimension {
		return errors.New("costs are not grouped by two tags, nor by two cost units")
	}
	if len(r.Filters) > MostCostFilters {
		return fmt.Errorf("costs have at most %d filters", MostCostFilters)
	}
	for _, filter := range r.Filters {
		if len(filter.Values) == 0 {
			return fmt.Errorf("the filter of %s has no values", filter.Key)
		}
	}

	return nil
}

// CostRow are the costs of one combination of what costs are grouped by. Several
// rows can be of one combination, each with other periods.
type CostRow struct {
	Dimensions []CostValue `json:"dimensions"`
	Costs      []Cost      `json:"costs"`
	// AmountByCosts is the sum of the amounts of Costs.
	AmountByCosts         Decimal `json:"amount_by_costs"`
	OfficialAmountByCosts Decimal `json:"official_amount_by_costs"`
}

// CostValue is the value of a dimension, a tag or a cost unit.
type CostValue struct {
	Key   CostDimension `json:"key"`
	Value *string       `json:"value"`
}

// Cost is what a period costs.
type Cost struct {
	// TimeDimensionValue is the period, YYYY-MM-DD or YYYY-MM.
	TimeDimensionValue string          `json:"time_dimension_value"`
	TimeMeasureID      CostGranularity `json:"time_measure_id"`
	Amount             Decimal         `json:"amount"`
	// OfficialAmount is the list price.
	OfficialAmount Decimal `json:"official_amount"`
}

type listCostsResponse struct {
	Currency   string    `json:"currency"`
	TotalCount *int      `json:"total_count"`
	CostData   []CostRow `json:"cost_data"`
}

// ListCosts reads costs. An answer of more than about 201,000 rows is a
// TooManyRowsError, after one page. A row whose costs do not add up to what it says
// is of the kind ErrIncomplete.
//
// Original costs are about an hour late, amortized ones up to two days.
//
// Errors: CodeCostCenterOff, CodeTooManyMembers. Permission: bss:costanalysis:view.
func (c *Client) ListCosts(ctx context.Context, req ListCostsRequest) (*Bill[CostRow], error) {
	if err := req.check(); err != nil {
		return nil, opListCosts.refuse(err)
	}
	bill, err := readRows(ctx, c, CostRow.key, nil,
		func(offset int) call { return call{op: opListCosts, body: req.body(offset)} },
		func(out *listCostsResponse) (page[CostRow], string) {
			return page[CostRow]{rows: out.CostData, total: out.TotalCount}, out.Currency
		})
	if err != nil {
		return nil, err
	}
	bill.Rows = req.whole(bill.Rows)

	return bill, nil
}

// key tells rows apart: a combination is there once for each period. It is a hash,
// since there can be hundreds of thousands.
func (r CostRow) key() string {
	var hash maphash.Hash
	hash.SetSeed(digestSeed)
	write := func(text string) {
		_, _ = hash.WriteString(text)
		_ = hash.WriteByte(0)
	}
	for _, value := range r.Dimensions {
		write(string(value.Key))
		if value.Value != nil {
			write("=" + *value.Value)
		}
	}
	write("")
	for _, cost := range r.Costs {
		write(cost.TimeDimensionValue)
	}

	return string(binary.LittleEndian.AppendUint64(nil, hash.Sum64()))
}

// whole fails at a row whose costs are not what was asked for, or not all that the
// row says.
func (r ListCostsRequest) whole(rows iter.Seq2[CostRow, error]) iter.Seq2[CostRow, error] {
	return func(yield func(CostRow, error) bool) {
		for row, err := range rows {
			if err == nil {
				err = r.wholeRow(row)
			}
			if err != nil {
				yield(CostRow{}, err)

				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

func (r ListCostsRequest) wholeRow(row CostRow) error {
	var amount, official Sum
	for _, cost := range row.Costs {
		if _, err := time.Parse(r.Granularity.Layout(), cost.TimeDimensionValue); err != nil ||
			cost.TimeDimensionValue < r.Begin || cost.TimeDimensionValue > r.End {
			return incompleteCosts("a cost is of the period %q, which was not asked for", cost.TimeDimensionValue)
		}
		if cost.TimeMeasureID != 0 && cost.TimeMeasureID != r.Granularity {
			return incompleteCosts("a cost is of the granularity %s, which was not asked for", CostGranularities.Word(cost.TimeMeasureID))
		}
		amount.Add(cost.Amount)
		official.Add(cost.OfficialAmount)
	}
	for _, part := range []struct {
		name      string
		sum, said Decimal
	}{
		{"amounts", amount.Value(), row.AmountByCosts},
		{"official amounts", official.Value(), row.OfficialAmountByCosts},
	} {
		if !part.said.IsNull() && part.sum.Cmp(part.said) != 0 {
			return incompleteCosts("the %s of a row add up to %s, and the row says %s", part.name, part.sum, part.said)
		}
	}

	return nil
}

func incompleteCosts(why string, arguments ...any) error {
	return &Error{Operation: opListCosts.name, Err: fmt.Errorf("%w: %s", ErrIncomplete, fmt.Sprintf(why, arguments...))}
}
