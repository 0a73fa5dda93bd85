// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// coded is a code and the name that the API gives it.
type coded struct{ code, name string }

// billLine is what the rows of all bills have in common.
type billLine struct {
	// month is the one that was asked for.
	month string
	// date is the day that the row names, and consumed its time.
	date, consumed    string
	account           coded
	serviceType       coded
	resourceType      coded
	region            coded
	enterpriseProject coded
	resource          coded
	// tags are the tags of the resource, as the bill writes them; pairs are they where
	// the bill itself divides them.
	tags  string
	pairs *billTags
	// costUnits are what the line belongs to in each cost unit.
	costUnits  map[string]string
	chargeMode string
	billType   string
	// measureID is the unit of the amounts, 0 where the bill names none.
	measureID int
	amounts   [billAmountCount]bssapi.Decimal
}

// day is the day of a row, in UTC+8: the one that it names, or that of its time;
// empty if neither tells it.
func (l *billLine) day() string {
	if l.date != "" {
		return l.date
	}

	at, err := bssapi.ParseTime(l.consumed)
	if err != nil {
		return ""
	}

	return at.In(bssapi.BillingZone).Format(time.DateOnly)
}

type billTotal struct {
	billAmounts

	RowCount int64 `tfsdk:"row_count"`
}

func totalAttributes() map[string]schema.Attribute {
	return joined(rowAmountAttributes(), map[string]schema.Attribute{
		"row_count":        computedInt("How many rows."),
		"truncated_amount": truncatedAmountAttribute(),
		"bonus_amount":     bonusAmountAttribute(),
	})
}

type groupedTotal struct {
	billTotal
	groupColumns

	Day *string `tfsdk:"day"`
}

// groupColumns are what lines are grouped by.
type groupColumns struct {
	billedService
	billedPlace

	CustomerID   *string            `tfsdk:"customer_id"`
	AccountName  *string            `tfsdk:"account_name"`
	Tags         map[string]*string `tfsdk:"tags"`
	ResourceID   *string            `tfsdk:"resource_id"`
	ResourceName *string            `tfsdk:"resource_name"`
	ChargeMode   *string            `tfsdk:"charge_mode"`
	BillType     *string            `tfsdk:"bill_type"`
}

func groupedTotalAttributes() map[string]schema.Attribute {
	return joined(totalAttributes(), groupColumnAttributes(), map[string]schema.Attribute{
		"day": dayColumnAttribute(),
	})
}

func dayColumnAttribute() schema.Attribute {
	return computedString("Day, as `YYYY-MM-DD` in UTC+8; null for rows that tell none.")
}

func groupColumnAttributes() map[string]schema.Attribute {
	return joined(billedServiceAttributes(), billedPlaceAttributes(), map[string]schema.Attribute{
		"customer_id":  computedString("Id of the account."),
		"account_name": computedString("Latest name of the account."),
		"tags": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Values of the tags that you grouped by, by their keys. Null for what does not have the tag, and for rows whose " +
				"tags cannot be read.",
		},
		"resource_id":   computedString("Id of the resource in its own service; null for charges without a resource."),
		"resource_name": computedString("Latest name of the resource."),
		"charge_mode":   computedString("Charge mode, as in the rows."),
		"bill_type":     computedString("Bill type, as in the rows."),
	})
}

// billGroup is the key of a group; what lines are not grouped by is empty.
type billGroup struct {
	month, day, account, tags, costUnits, serviceType, region, enterpriseProject, resource, chargeMode, billType string
}

// billSum adds up the lines of a group. Its memory does not grow with them.
type billSum struct {
	count int64
	sums  [billAmountCount]bssapi.Sum
	// unknown are the amounts that a line should name, and one does not. What is missing
	// is not 0. Of the others, a line may have none.
	unknown [billAmountCount]bool
	// The names that the last line of the group had.
	account, serviceType, region, enterpriseProject, resource string
}

func (s *billSum) add(line billLine) {
	s.count++

	for i, term := range line.amounts {
		s.sums[i].Add(term)
	}

	for _, main := range []int{consumeAmount, currentAmount} {
		s.unknown[main] = s.unknown[main] || line.amounts[main].IsNull()
	}

	s.account = cmp.Or(line.account.name, s.account)
	s.serviceType = cmp.Or(line.serviceType.name, s.serviceType)
	s.region = cmp.Or(line.region.name, s.region)
	s.enterpriseProject = cmp.Or(line.enterpriseProject.name, s.enterpriseProject)
	s.resource = cmp.Or(line.resource.name, s.resource)
}

// numbers are the sums. Without rows they are 0.
func (s *billSum) numbers() (numbers billNumbers) {
	for i, sum := range s.sums {
		numbers[i] = sum.Value().BigFloat()

		switch {
		case s.count == 0:
			numbers[i] = new(big.Float)
		case s.unknown[i]:
			numbers[i] = nil
		}
	}

	return numbers
}

// total is the sums of a bill.
func (s *billSum) total() billTotal {
	numbers := s.numbers()

	return billTotal{RowCount: s.count, billAmounts: billAmounts{
		rowAmounts:      numbers.rowAmounts(),
		TruncatedAmount: numbers[truncatedAmount],
		BonusAmount:     numbers[bonusAmount],
	}}
}

// billSums adds up lines, over all and in groups.
type billSums struct {
	keys []string
	// tagKeys are the keys of tags among the keys, ascending, and unitKeys those of
	// cost units.
	tagKeys, unitKeys []string
	all               billSum
	groups            map[billGroup]*billSum
	tags              tagReader
	// tagGroups are the tags that are grouped by, by the text of all tags.
	tagGroups map[string]string
	// unreadableTags counts lines.
	unreadableTags int64
}

func newBillSums(keys []string) *billSums {
	sums := &billSums{keys: keys, groups: map[billGroup]*billSum{}, tags: tagReader{}, tagGroups: map[string]string{}}

	for _, key := range slices.Sorted(slices.Values(keys)) {
		if tag, is := strings.CutPrefix(key, groupByTag); is {
			sums.tagKeys = append(sums.tagKeys, tag)
		} else if unit, is := strings.CutPrefix(key, groupByCostUnit); is {
			sums.unitKeys = append(sums.unitKeys, unit)
		}
	}

	return sums
}

// absentTag stands in the key of a group for a tag that a line does not have.
const absentTag = "\x00"

// tagGroup is the values of the tags that are grouped by, as the key of a group.
func (s *billSums) tagGroup(text string) string {
	read := s.tags.read(text)
	if !read.readable {
		s.unreadableTags++
	}

	group, known := s.tagGroups[text]
	if known {
		return group
	}

	group = labelGroup(s.tagKeys, read.values)
	s.tagGroups[text] = group

	return group
}

// labelGroup is values by keys, as the key of a group.
func labelGroup(keys []string, of map[string]string) string {
	values := make([]string, len(keys))
	for i, key := range keys {
		// An empty value is null, as everywhere.
		values[i] = cmp.Or(of[key], absentTag)
	}

	return strings.Join(values, "\x01")
}

// pairGroup is tagGroup where the bill itself divides the tags.
func (s *billSums) pairGroup(pairs *billTags) string {
	if !pairs.readable {
		s.unreadableTags++
	}

	return labelGroup(s.tagKeys, pairs.values)
}

// labelsOf are the values of keys in what labelGroup made of them.
func labelsOf(keys []string, group string) map[string]*string {
	labels := map[string]*string{}

	if len(keys) == 0 {
		return labels
	}

	for i, value := range strings.Split(group, "\x01") {
		if labels[keys[i]] = nil; value != absentTag {
			labels[keys[i]] = &value
		}
	}

	return labels
}

func (s *billSums) add(line billLine) {
	s.all.add(line)

	if len(s.keys) == 0 {
		return
	}

	var group billGroup

	switch {
	case len(s.tagKeys) == 0:
	case line.pairs != nil:
		group.tags = s.pairGroup(line.pairs)
	default:
		group.tags = s.tagGroup(line.tags)
	}

	if len(s.unitKeys) > 0 {
		group.costUnits = labelGroup(s.unitKeys, line.costUnits)
	}

	for _, key := range s.keys {
		switch key {
		case groupByMonth:
			group.month = line.month
		case groupByDay:
			group.day = line.day()
		case groupByAccount:
			group.account = line.account.code
		case groupByServiceType:
			group.serviceType = line.serviceType.code
		case groupByRegion:
			group.region = line.region.code
		case groupByEnterpriseProject:
			group.enterpriseProject = line.enterpriseProject.code
		case groupByResource:
			group.resource = line.resource.code
		case groupByChargeMode:
			group.chargeMode = line.chargeMode
		case groupByBillType:
			group.billType = line.billType
		}
	}

	if s.groups[group] == nil {
		s.groups[group] = &billSum{}
	}

	s.groups[group].add(line)
}

// columns are what a group has in common.
func (s *billSums) columns(group billGroup) groupColumns {
	sum := s.groups[group]

	by := func(key, value string) *string {
		if !slices.Contains(s.keys, key) {
			return nil
		}

		return textPtr(value)
	}

	return groupColumns{
		billedService: billedService{
			Month:           textPtr(group.month),
			ServiceTypeCode: textPtr(group.serviceType),
			ServiceTypeName: by(groupByServiceType, sum.serviceType),
		},
		billedPlace: billedPlace{
			RegionCode:            textPtr(group.region),
			RegionName:            by(groupByRegion, sum.region),
			EnterpriseProjectID:   textPtr(group.enterpriseProject),
			EnterpriseProjectName: by(groupByEnterpriseProject, sum.enterpriseProject),
		},
		CustomerID:   textPtr(group.account),
		AccountName:  by(groupByAccount, sum.account),
		Tags:         labelsOf(s.tagKeys, group.tags),
		ResourceID:   textPtr(group.resource),
		ResourceName: by(groupByResource, sum.resource),
		ChargeMode:   textPtr(group.chargeMode),
		BillType:     textPtr(group.billType),
	}
}

// sorted are the groups, those with most of an amount first: a configuration cannot
// sort by numbers.
func (s *billSums) sorted(amount int) []billGroup {
	type sized struct {
		group   billGroup
		columns groupColumns
		amount  *big.Float
	}

	groups := make([]sized, 0, len(s.groups))
	for group, sum := range s.groups {
		groups = append(groups, sized{group, s.columns(group), sum.numbers()[amount]})
	}

	slices.SortFunc(groups, func(one, other sized) int {
		a, b := one.columns, other.columns

		return cmp.Or(compareAmounts(other.amount, one.amount),
			comparePtr(a.Month, b.Month), comparePtr(a.ServiceTypeCode, b.ServiceTypeCode), comparePtr(a.RegionCode, b.RegionCode),
			comparePtr(a.EnterpriseProjectID, b.EnterpriseProjectID), comparePtr(a.ResourceID, b.ResourceID),
			comparePtr(a.ChargeMode, b.ChargeMode), comparePtr(a.BillType, b.BillType), cmp.Compare(one.group.day, other.group.day),
			comparePtr(a.CustomerID, b.CustomerID), compareTags(s.tagKeys, a.Tags, b.Tags),
			compareTags(s.unitKeys, labelsOf(s.unitKeys, one.group.costUnits), labelsOf(s.unitKeys, other.group.costUnits)))
	})

	keys := make([]billGroup, len(groups))
	for i, group := range groups {
		keys[i] = group.group
	}

	return keys
}

// grouped are the totals of the groups, largest first.
func (s *billSums) grouped() []groupedTotal {
	totals := []groupedTotal{}

	for _, group := range s.sorted(consumeAmount) {
		totals = append(totals, groupedTotal{billTotal: s.groups[group].total(), groupColumns: s.columns(group), Day: textPtr(group.day)})
	}

	return totals
}

func compareTags(keys []string, a, b map[string]*string) int {
	for _, key := range keys {
		if order := comparePtr(a[key], b[key]); order != 0 {
			return order
		}
	}

	return 0
}

// compareAmounts counts null as nothing.
func compareAmounts(a, b *big.Float) int {
	if a == nil {
		a = new(big.Float)
	}

	if b == nil {
		b = new(big.Float)
	}

	return a.Cmp(b)
}
