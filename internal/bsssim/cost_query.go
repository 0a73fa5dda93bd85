// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sort"
	"strings"
	"time"
)

// mostCostGroups is how many dimensions, tags and cost units costs can be grouped
// by, of which at most one is a tag and one a cost unit.
const mostCostGroups = 2

// mostCostFilters is how many filters a query of costs takes.
const mostCostFilters = 100

// Types of groups of costs.
const (
	costDimension = "dimension"
	costTag       = "tag"
	costUnit      = "cost_unit"
)

// costGroup is what costs are grouped by.
type costGroup struct {
	Type string `json:"type"`
	Key  string `json:"key"`
}

// costFilter leaves in, or out, what has one of the values.
type costFilter struct {
	Operator int `json:"operator"`
	Factor   struct {
		Key   string   `json:"key"`
		Value []string `json:"value"`
	} `json:"filter_factor"`
}

// costQuestion is what a query of costs asks, but for the page.
type costQuestion struct {
	Time struct {
		Measure int    `json:"time_measure_id"`
		Begin   string `json:"begin_time"`
		End     string `json:"end_time"`
	} `json:"time_condition"`
	Groups  []costGroup  `json:"groupby"`
	Cost    string       `json:"cost_type"`
	Amount  string       `json:"amount_type"`
	Filters []costFilter `json:"filters"`
}

// costAnswer are the rows that answer a question.
type costAnswer struct {
	rows []*costRow
}

// costRow are the costs of a group, by period.
type costRow struct {
	values  []string
	periods map[span]*costAmounts
}

type costAmounts struct{ amount, official fine }

func (a *costAmounts) add(other costAmounts) {
	a.amount += other.amount
	a.official += other.official
}

// costDimensions are the values of lines by dimension.
var costDimensions = map[string]func(*billLine) string{
	"CLOUD_SERVICE_TYPE":    func(l *billLine) string { return l.service },
	"RESOURCE_TYPE":         func(l *billLine) string { return l.resourceType },
	"ASSOCIATED_ACCOUNT":    func(l *billLine) string { return l.customer },
	"REGION_CODE":           func(l *billLine) string { return l.region },
	"AZ_CODE":               func(l *billLine) string { return l.region + "a" },
	"ENTERPRISE_PROJECT_ID": func(l *billLine) string { return l.projectText() },
	"RES_SPEC_CODE":         func(l *billLine) string { return l.spec },
	"CHARGING_MODE":         func(l *billLine) string { return itoa(l.mode) },
	"USAGE_TYPE": func(l *billLine) string {
		if l.usage == 0 {
			return ""
		}

		return usageDuration
	},
	"BILL_TYPE":        func(l *billLine) string { return itoa(l.kind) },
	"BE_ID":            func(*billLine) string { return "HWC" },
	"PAYER_ACCOUNT_ID": func(l *billLine) string { return l.payer },
	"RESOURCE_ID":      func(l *billLine) string { return l.resource },
}

// costUnits are the rules that divide costs into units, of which a line belongs to
// one or to none.
var costUnits = map[string]func(*billLine) string{
	"environment": func(l *billLine) string {
		if l.tags()["env"] == "prod" {
			return "production"
		}

		return ""
	},
}

// value is what a line has of a group.
func (g costGroup) value(l *billLine) string {
	switch g.Type {
	case costTag:
		return l.tags()[g.Key]
	case costUnit:
		if rule := costUnits[g.Key]; rule != nil {
			return rule(l)
		}

		return ""
	default:
		return costDimensions[g.Key](l)
	}
}

// listCosts answers what was spent by dimension, tag and cost unit, day by day or
// month by month.
func listCosts(w *world, c *call) (answer, error) {
	if w.setting("cost_center") == "off" {
		return answer{}, noCostCenter()
	}
	var asked costQuestion
	if err := c.into(&asked); err != nil {
		return answer{}, err
	}
	spans, err := w.costSpans(&asked)
	if err != nil {
		return answer{}, err
	}
	if err := asked.check(); err != nil {
		return answer{}, err
	}
	rows := w.costs(&asked, spans).rows
	wire := make([]wireCost, 0, min(len(rows), c.number("limit", 10)))
	for _, row := range page(c, rows, 10) {
		wire = append(wire, w.wireCost(&asked, row))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"cost_data": wire, "total_count": len(rows), "currency": w.currency(),
	}}, nil
}

func noCostCenter() *failure {
	return refuse(http.StatusBadRequest, "CBC.18000014", "Cost Center is not enabled.")
}

// into reads the values of a body.
func (c *call) into(target any) error {
	data, err := json.Marshal(c.values)
	if err != nil {
		return err
	}

	return json.Unmarshal(data, target)
}

// check refuses what the vendor's page does not allow.
func (q *costQuestion) check() error {
	if len(q.Groups) == 0 || len(q.Groups) > mostCostGroups {
		return badParameter("groupby", "not of 1 to %d items", mostCostGroups)
	}
	for _, group := range q.Groups {
		if group.Type == costDimension && costDimensions[group.Key] == nil {
			return badParameter("groupby", "%s is no dimension", group.Key)
		}
	}
	if len(q.Groups) == mostCostGroups &&
		(q.Groups[0] == q.Groups[1] || q.Groups[0].Type == q.Groups[1].Type && q.Groups[0].Type != costDimension) {
		return badParameter("groupby", "two tags, two cost units, or the same twice")
	}
	if len(q.Filters) > mostCostFilters {
		return badParameter("filters", "more than %d", mostCostFilters)
	}

	return nil
}

// costSpans are the days or months that are asked about, first and last included.
func (w *world) costSpans(q *costQuestion) ([]span, error) {
	layout, of, step := time.DateOnly, dayOf, func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	if q.Time.Measure == 2 {
		layout, of, step = "2006-01", monthSpan, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	}
	begin, err := time.ParseInLocation(layout, q.Time.Begin, utc8)
	if err != nil {
		return nil, badParameter("begin_time", "not of the form %s", layout)
	}
	end, err := time.ParseInLocation(layout, q.Time.End, utc8)
	switch {
	case err != nil:
		return nil, badParameter("end_time", "not of the form %s", layout)
	case end.Before(begin):
		return nil, badParameter("end_time", "before begin_time")
	case end.After(w.clock.now()):
		return nil, badParameter("end_time", "in the future")
	}
	var spans []span
	for at := begin; !at.After(end); at = step(at) {
		spans = append(spans, of(at))
	}

	return spans, nil
}

// costs are the rows that answer a question, made once.
func (w *world) costs(q *costQuestion, spans []span) *costAnswer {
	b := w.accounts()
	asked := string(mustEncode(q)) + w.setting("cost_rows") + w.setting("cost_tag_form") + w.setting("costs_before_billing")
	if known := b.costs[asked]; known != nil {
		return known
	}
	sums := map[[mostCostGroups]string]*costRow{}
	lines := w.amortized()
	for i := range lines {
		line := &lines[i]
		if !w.costShown(line) || !w.filtered(q, line.billLine) {
			continue
		}
		var values [mostCostGroups]string
		for k, group := range q.Groups {
			values[k] = group.value(line.billLine)
		}
		row := sums[values]
		if row == nil {
			row = &costRow{values: slices.Clone(values[:len(q.Groups)]), periods: map[span]*costAmounts{}}
		}
		row.take(q, line, spans)
		if len(row.periods) > 0 {
			sums[values] = row
		}
	}
	made := &costAnswer{rows: slices.Collect(maps.Values(sums))}
	sort.Slice(made.rows, func(i, j int) bool { return slices.Compare(made.rows[i].values, made.rows[j].values) < 0 })
	if w.setting("cost_rows") == "period" {
		made.rows = byPeriod(made.rows)
	}
	if b.costs == nil || len(b.costs) >= mostViews {
		b.costs = map[string]*costAnswer{}
	}
	b.costs[asked] = made

	return made
}

// byPeriod makes a row of each period of each row.
func byPeriod(rows []*costRow) []*costRow {
	var all []*costRow
	for _, row := range rows {
		for _, period := range row.sorted() {
			all = append(all, &costRow{row.values, map[span]*costAmounts{period: row.periods[period]}})
		}
	}

	return all
}

func (r *costRow) sorted() []span {
	return slices.SortedFunc(maps.Keys(r.periods), func(a, b span) int { return strings.Compare(a.name, b.name) })
}

// take adds a line to the periods that it is a cost in.
func (r *costRow) take(q *costQuestion, line *spreading, spans []span) {
	first, last := line.consume, line.consume
	if q.Cost == "AMORTIZED_COST" {
		first, last = line.first(), line.last()
	}
	from := sort.Search(len(spans), func(i int) bool { return spans[i].until > first })
	for _, period := range spans[from:] {
		if period.from > last {
			return
		}
		part := line.moneys
		if q.Cost == "AMORTIZED_COST" {
			part = line.within(period.from, period.until)
		}
		amounts := costAmounts{part.consumed(), part[moneyOfficial]}
		if q.Amount == "NET_AMOUNT" {
			amounts.amount -= part[moneyCoupon] + part[moneyFlexi]
		}
		if r.periods[period] == nil {
			r.periods[period] = &costAmounts{}
		}
		r.periods[period].add(amounts)
	}
}

// costShown says whether the costs of a bill can be seen: the setting
// costs_before_billing hides those of the previous month until it is billed.
func (w *world) costShown(line *spreading) bool {
	if w.setting("costs_before_billing") == "shown" {
		return true
	}
	now := w.clock.now().In(utc8)
	billed := time.Date(now.Year(), now.Month(), 4, 12, 0, 0, 0, utc8)
	previous := time.Date(now.Year(), now.Month()-1, 1, 0, 0, 0, 0, utc8)

	return !now.Before(billed) || line.month != monthOf(previous)
}

// filtered says whether a line passes all filters.
func (w *world) filtered(q *costQuestion, l *billLine) bool {
	for _, filter := range q.Filters {
		has := slices.ContainsFunc(filter.Factor.Value, func(value string) bool { return w.hasCostValue(filter.Factor.Key, value, l) })
		if has == (filter.Operator == 1) {
			return false
		}
	}

	return true
}

// hasCostValue says whether a line has the value of a filter. Those of tags and cost
// units are written as answers write them.
func (w *world) hasCostValue(key, value string, l *billLine) bool {
	switch key {
	case "RESOURCE_TAG":
		for name, has := range l.tags() {
			if w.costLabel(costGroup{costTag, name}, has) == value {
				return true
			}
		}

		return false
	case "COST_UNIT":
		for name, rule := range costUnits {
			if has := rule(l); has != "" && w.costLabel(costGroup{costUnit, name}, has) == value {
				return true
			}
		}

		return false
	default:
		return costDimensions[key](l) == value
	}
}

// costLabel is how answers write the value of a tag or of a cost unit.
func (w *world) costLabel(group costGroup, value string) string {
	switch w.setting("cost_tag_form") {
	case "colon":
		return group.Key + ":" + value
	case "equals":
		return group.Key + "=" + value
	case "opaque":
		// As ambiguous as can be: some with the key, some without.
		if len(value)%2 == 1 {
			return group.Key + ":" + value
		}

		return value
	default:
		return value
	}
}

type wireCost struct {
	Dimensions []wireCostDimension `json:"dimensions"`
	Costs      []wireCostPeriod    `json:"costs"`
	Amount     string              `json:"amount_by_costs"`
	Official   string              `json:"official_amount_by_costs"`
}

type wireCostDimension struct {
	Key   string  `json:"key"`
	Value *string `json:"value"`
}

type wireCostPeriod struct {
	Time     string `json:"time_dimension_value"`
	Measure  int    `json:"time_measure_id"`
	Amount   string `json:"amount"`
	Official string `json:"official_amount"`
}

func (w *world) wireCost(q *costQuestion, row *costRow) wireCost {
	wire := wireCost{Dimensions: []wireCostDimension{}, Costs: []wireCostPeriod{}}
	for i, group := range q.Groups {
		if dimension := w.wireCostDimension(group, row.values[i]); dimension != nil {
			wire.Dimensions = append(wire.Dimensions, *dimension)
		}
	}
	var sum costAmounts
	for _, period := range row.sorted() {
		amounts := row.periods[period]
		sum.add(*amounts)
		wire.Costs = append(wire.Costs, wireCostPeriod{
			period.name, q.Time.Measure, amounts.amount.text(fineDecimals), amounts.official.text(fineDecimals),
		})
	}
	wire.Amount, wire.Official = sum.amount.text(fineDecimals), sum.official.text(fineDecimals)

	return wire
}

// wireCostDimension is a value of a row; nil where there is none to be shown.
func (w *world) wireCostDimension(group costGroup, value string) *wireCostDimension {
	if group.Type == costDimension {
		return &wireCostDimension{group.Key, &value}
	}
	key := map[string]string{costTag: "RESOURCE_TAG", costUnit: "COST_UNIT"}[group.Type]
	if w.setting("cost_tag_key") == "own" {
		key = group.Key
	}
	if value != "" {
		value = w.costLabel(group, value)

		return &wireCostDimension{key, &value}
	}
	switch w.setting("cost_untagged") {
	case "null":
		return &wireCostDimension{key, nil}
	case "absent":
		return nil
	case "text":
		value = "null"
	}

	return &wireCostDimension{key, &value}
}
