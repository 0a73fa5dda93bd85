// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"time"
)

// breakdownMonths is how many months back costs are broken down.
const breakdownMonths = 18

// costShare is what a charge costs in a month, and before and after it.
type costShare struct {
	*spreading

	moneys                moneys // of the charge
	past, current, future moneys
	usage, free           fine
}

// listMonthlyCostBreakdown answers what each charge cost in a month, and how much of
// it belongs to the months before and after.
func listMonthlyCostBreakdown(w *world, c *call) (answer, error) {
	if w.setting("cost_center") == "off" {
		return answer{}, noCostCenter()
	}
	month, err := w.month(c, "shared_month")
	if err != nil {
		return answer{}, err
	}
	now := w.clock.now().In(utc8)
	if oldest := time.Date(now.Year(), now.Month()-breakdownMonths, 1, 0, 0, 0, 0, utc8); month < monthOf(oldest) {
		return answer{}, badParameter("shared_month", "more than 18 months ago")
	}
	key := viewKey{
		month: month, service: c.text("service_type_code"), resourceType: c.text("resource_type_code"), region: c.text("region_code"),
		resource: c.text("resource_id"), project: c.text("enterprise_project_id"), mode: c.number("charging_mode", 0),
		kind: c.number("bill_type", 0),
	}
	if err := w.whose(c, &key); err != nil {
		return answer{}, err
	}
	rows := w.breakdown(key)
	if name := c.text("resource_name"); name != "" {
		rows = slices.DeleteFunc(slices.Clone(rows), func(s *costShare) bool { return s.name != name })
	}
	wire := []wireCostShare{}
	for _, row := range page(c, rows, 10) {
		wire = append(wire, w.wireCostShare(month, row, c.language))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"details": wire, "total_count": len(rows), "currency": w.currency(),
	}}, nil
}

// shareKey is what charges have in common that are one row of a breakdown.
type shareKey struct {
	about              *billed
	mode, kind, period int
	order, month       string
}

// breakdown are the rows of a month: what is a cost in it, and what was charged in
// it.
func (w *world) breakdown(key viewKey) []*costShare {
	b := w.accounts()
	if rows, known := b.breakdowns[key]; known {
		return rows
	}
	of := monthSpan(monthBegin(key.month))
	rows := []*costShare{}
	groups := map[shareKey]*costShare{}
	lines := w.amortized()
	for i := range lines {
		line := &lines[i]
		if line.month != key.month && (line.last() < of.from || line.first() >= of.until) || !key.matches(line.billLine) {
			continue
		}
		group := shareKey{line.billed, line.mode, line.kind, line.period, line.order, line.month}
		row := groups[group]
		if row == nil {
			row = &costShare{spreading: line}
			groups[group] = row
			rows = append(rows, row)
		}
		row.take(line, of)
	}
	if b.breakdowns == nil || len(b.breakdowns) >= mostViews {
		b.breakdowns = map[viewKey][]*costShare{}
	}
	slices.SortStableFunc(rows, func(a, b *costShare) int {
		if a.consume != b.consume {
			return int(a.consume - b.consume)
		}

		return slices.Compare([]string{a.id}, []string{b.id})
	})
	b.breakdowns[key] = rows

	return rows
}

func (s *costShare) take(line *spreading, of span) {
	past, current, future := line.upTo(of.from), line.within(of.from, of.until), line.moneys
	for kind := range future {
		future[kind] -= past[kind] + current[kind]
	}
	s.moneys.add(&line.moneys)
	s.past.add(&past)
	s.current.add(&current)
	s.future.add(&future)
	s.usage += line.usage
	s.free += line.free
}

type wireTagPair struct {
	Key   string `json:"tag_key"`
	Value string `json:"tag_value"`
}

type wireCostUnitPair struct {
	Name  string `json:"cost_unit_name"`
	Value string `json:"cost_unit_rule_value"`
}

type wireCostShare struct {
	SharedMonth         string             `json:"shared_month"`
	Cycle               string             `json:"bill_cycle"`
	BillType            int                `json:"bill_type"`
	CustomerID          string             `json:"customer_id"`
	Region              string             `json:"region_code"`
	RegionName          string             `json:"region_name"`
	ServiceType         string             `json:"service_type_code"`
	ResourceType        string             `json:"resource_type_code"`
	ServiceTypeName     string             `json:"service_type_name"`
	ResourceTypeName    string             `json:"resource_type_name"`
	EffectiveTime       string             `json:"effective_time"`
	ExpireTime          string             `json:"expire_time"`
	ResourceID          string             `json:"resource_id"`
	ResourceName        string             `json:"resource_name"`
	ResourceTag         string             `json:"resource_tag"`
	SpecDesc            string             `json:"product_spec_desc"`
	ProjectID           *string            `json:"enterprise_project_id"`
	ProjectName         string             `json:"enterprise_project_name"`
	ChargingMode        int                `json:"charging_mode"`
	OrderID             string             `json:"order_id"`
	PeriodType          int                `json:"period_type"`
	UsageType           string             `json:"usage_type"`
	Usage               json.Number        `json:"usage"`
	UsageMeasureID      int                `json:"usage_measure_id"`
	FreeUsage           json.Number        `json:"free_resource_usage"`
	FreeMeasureID       int                `json:"free_resource_measure_id"`
	ReservedUsage       json.Number        `json:"ri_usage"`
	ReservedMeasureID   int                `json:"ri_usage_measure_id"`
	Consume             json.Number        `json:"consume_amount"`
	Past                json.Number        `json:"past_months_amortized_amount"`
	Current             json.Number        `json:"current_month_amortized_amount"`
	Future              json.Number        `json:"future_months_amortized_amount"`
	Cash                json.Number        `json:"amortized_cash_amount"`
	Credit              json.Number        `json:"amortized_credit_amount"`
	Coupon              json.Number        `json:"amortized_coupon_amount"`
	Flexi               json.Number        `json:"amortized_flexipurchase_coupon_amount"`
	Stored              json.Number        `json:"amortized_stored_value_card_amount"`
	Bonus               json.Number        `json:"amortized_bonus_amount"`
	SubServiceType      string             `json:"sub_service_type_code"`
	SubServiceTypeName  string             `json:"sub_service_type_name"`
	SubResourceType     string             `json:"sub_resource_type_code"`
	SubResourceTypeName string             `json:"sub_resource_type_name"`
	SubResourceID       string             `json:"sub_resource_id"`
	SubResourceName     string             `json:"sub_resource_name"`
	Tags                []wireTagPair      `json:"effective_tag_pairs"`
	CostUnits           []wireCostUnitPair `json:"cost_unit_pairs"`
}

func (w *world) wireCostShare(month string, s *costShare, language string) wireCostShare {
	m := &s.current
	wire := wireCostShare{
		SharedMonth: month, Cycle: s.month, BillType: s.kind, CustomerID: s.customer, Region: s.region,
		RegionName: w.regionName(s.region, language), ServiceType: s.service, ResourceType: s.resourceType,
		ServiceTypeName: w.serviceName(s.service, language), ResourceTypeName: w.resourceTypeName(s.resourceType, language),
		EffectiveTime: wireSeconds(s.effective), ExpireTime: wireSeconds(s.expire), ResourceID: s.resource, ResourceName: s.name,
		ResourceTag: w.resourceTag(s.billLine), SpecDesc: s.specDesc, ProjectID: w.projectID(s.billLine), ProjectName: s.projectName,
		ChargingMode: s.mode, OrderID: s.order, PeriodType: s.period, Usage: s.usage.number(), FreeUsage: s.free.number(),
		ReservedUsage: fine(0).number(), Consume: s.moneys.consumed().number(), Past: s.past.consumed().number(),
		Current: m.consumed().number(), Future: s.future.consumed().number(),
		// What is owed or written off has no part of its own, and is money like cash.
		Cash:   (m[moneyCash] + m[moneyDebt] + m[moneyAdjustment]).number(),
		Credit: m[moneyCredit].number(), Coupon: m[moneyCoupon].number(), Flexi: m[moneyFlexi].number(), Stored: m[moneyStored].number(),
		Bonus: m[moneyBonus].number(), Tags: []wireTagPair{}, CostUnits: []wireCostUnitPair{},
	}
	if s.usage != 0 {
		wire.UsageType, wire.UsageMeasureID, wire.FreeMeasureID = usageDuration, measureHour, measureHour
	}
	if s.mode == modeReserved {
		wire.ReservedUsage, wire.ReservedMeasureID = s.usage.number(), measureHour
	}
	tags := s.tags()
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		wire.Tags = append(wire.Tags, wireTagPair{key, tags[key]})
	}
	for _, name := range slices.Sorted(maps.Keys(costUnits)) {
		if value := costUnits[name](s.billLine); value != "" {
			wire.CostUnits = append(wire.CostUnits, wireCostUnitPair{name, value})
		}
	}

	return wire
}
