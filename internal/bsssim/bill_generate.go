// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"sort"
	"time"
)

// GeneratedBills are invented lines of bills, the same whenever a world is
// opened: Lines of them, over the billing month of Until and the two before it.
type GeneratedBills struct {
	Lines int       `json:"lines"`
	Until time.Time `json:"until"`
}

const (
	generatedMonths = 3
	// linesOfResource is about how many lines a resource has in a month.
	linesOfResource = 10
)

// generatedKinds are the charge modes, bill types and periods of the lines of
// resources.
var generatedKinds = [10]struct{ mode, kind, period int }{
	{modePayPerUse, billUse, billHour},
	{modePrepaid, billPurchase, billMonth},
	{modePayPerUse, billUse, billDay},
	{modePrepaid, billRenewal, billMonth},
	{modePayPerUse, billUse, billHour},
	{modePrepaid, billAutoRenewal, billYear},
	{modePayPerUse, billUse, billDay},
	{modePrepaid, billUnsubscribe, billMonth},
	{modeReserved, billUse, billHour},
	{modePayPerUse, billCompensation, billOnce},
}

// kindsOfResources is how many kinds of resources there are before all repeats.
const kindsOfResources = 60

// generator invents lines of bills.
type generator struct {
	GeneratedBills
	customer, site string
	members        []*Member
	resources      []*billed
	starts         [generatedMonths]time.Time
	hours          [generatedMonths]int
}

// lines are the generated lines by month, in the order of time. Some of them are
// of members, who take turns.
func (g *GeneratedBills) lines(customer, site string, members []*Member) map[string][]*billLine {
	made := generator{GeneratedBills: *g, customer: customer, site: site, members: members}
	made.prepare()
	months := map[string][]*billLine{}
	for i := range g.Lines {
		line := made.line(i)
		month := monthOf(made.starts[i%generatedMonths])
		months[month] = append(months[month], line)
	}
	for _, lines := range months {
		sort.SliceStable(lines, func(i, j int) bool { return lines[i].consume < lines[j].consume })
	}

	return months
}

func (g *generator) prepare() {
	year, month, _ := g.Until.In(utc8).Date()
	for i := range g.starts {
		g.starts[i] = time.Date(year, month+time.Month(i-generatedMonths+1), 1, 0, 0, 0, 0, utc8)
		end := g.starts[i].AddDate(0, 1, 0)
		if end.After(g.Until) {
			end = g.Until
		}
		g.hours[i] = max(1, int(end.Sub(g.starts[i])/time.Hour))
	}
	for i := range max(1, g.Lines/generatedMonths/linesOfResource) {
		g.resources = append(g.resources, g.resource(i))
	}
}

func (g *generator) resource(i int) *billed {
	kind := i % kindsOfResources
	service := serviceTypes[kind%6].code
	what := &billed{
		customer: g.customer, account: "demo-user", payer: g.customer,
		resource: fmt.Sprintf("used-%06d", i+1), name: fmt.Sprintf("generated-%06d", i+1), tag: generatedTags(i),
		service: service, resourceType: resourceType(service), region: regions[siteKey(g.site)][kind/6%3],
		product: "00301-110000-0--0", spec: specOf(service, resourceType(service)), specDesc: "generated",
	}
	if service == "hws.service.type.ebs" {
		what.size, what.sizeMeasure = fine(10+i%90)*fineUnit, measureGB
	}
	if kind%20 == 13 && len(g.members) > 0 {
		m := g.members[i/20%len(g.members)]
		what.customer, what.account, what.payer = m.ID, m.Name, m.ID
	}
	switch kind / 2 % 4 {
	case 0: // Not allocated.
	case 3:
		what.allocate(&EnterpriseProject{ID: generatedProject, Name: "production"})
	default:
		what.allocate(&EnterpriseProject{ID: "0", Name: "default"})
	}

	return what
}

// generatedTags are a team, and of every other resource an environment; one of
// seven has none.
func generatedTags(i int) string {
	if i%7 == 6 {
		return ""
	}
	tags := map[string]string{"team": string('a' + rune(i%3))}
	if i%2 == 0 {
		tags["env"] = "prod"
	}

	return tagsOf(tags)
}

// line makes the line with an index from 0: usage with all 8 decimals, orders
// in whole cents. One of fifty lines is free of charge.
func (g *generator) line(i int) *billLine {
	month, position := i%generatedMonths, i/generatedMonths
	n := position % len(g.resources)
	kind := generatedKinds[n%len(generatedKinds)]
	hour := position * 7919 % g.hours[month]
	at := g.starts[month].Add(time.Duration(hour) * time.Hour)
	line := &billLine{
		billed: g.resources[n], id: fmt.Sprintf("BL%09d", i+1), kind: kind.kind, mode: kind.mode, period: kind.period, number: 1,
		consume: at.Unix(), traded: at.Add(time.Hour).Unix(), effective: at.Unix(), expire: at.Add(time.Hour).Unix(),
	}
	var official fine
	switch kind.mode {
	case modePrepaid:
		line.order = fmt.Sprintf("CSB%010d", i+1)
		line.trade, line.traded = line.order, line.consume
		line.expire = addMonths(at, 1).Unix()
		official = fine(1+i*7919%100_000) * fineCent
		line.unitPrice = official
	default:
		line.trade = fmt.Sprintf("TB%s-%06d", dateOf(line.consume), n+1)
		official = fine(1 + i*104_729%499_999_993)
		line.usage, line.unitPrice = fineUnit, official
	}
	discount := official.times(int64(i%3)*5, 100)
	if i%50 == 49 {
		discount = official
	}
	line.moneys[moneyOfficial], line.moneys[moneyDiscount] = official, discount
	g.pay(line, i, month == generatedMonths-1)
	if coarse(line.kind) != sumExpenditure {
		for part := range line.moneys {
			line.moneys[part] = -line.moneys[part]
		}
	}

	return line
}

// pay says where the money of a line came from. Usage of the month that has not
// ended may be owed. Cards and cash coupons exist on china only.
func (g *generator) pay(line *billLine, i int, current bool) {
	m := &line.moneys
	due := m[moneyOfficial] - m[moneyDiscount]
	part := 0
	switch {
	case line.kind == billCompensation:
		m[moneyAdjustment] = due

		return
	case i%7 == 0:
		part, m[moneyCoupon] = moneyCoupon, due.times(1, 4)
	case i%7 == 1:
		part, m[moneyCredit] = moneyCredit, due
	case i%7 == 2 && g.site == SiteChina:
		part, m[moneyStored] = moneyStored, due.times(1, 3)
	case i%7 == 3 && g.site == SiteChina:
		part, m[moneyFlexi] = moneyFlexi, due.times(1, 5)
	case i%7 == 4 && current && line.mode == modePayPerUse:
		part, m[moneyDebt] = moneyDebt, due
	}
	m[moneyCash] = due
	if part != 0 {
		m[moneyCash] = due - m[part]
	}
}
