// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The keys that totals can be grouped by.
const (
	groupByMonth             = "month"
	groupByServiceType       = "service_type"
	groupByRegion            = "region"
	groupByEnterpriseProject = "enterprise_project"
	groupByResource          = "resource"
	groupByChargeMode        = "charge_mode"
	groupByBillType          = "bill_type"
)

// coded is a code and the name that the API gives it.
type coded struct{ code, name string }

// billLine is what the rows of all bills have in common.
type billLine struct {
	// month is the one that was asked for.
	month             string
	account           coded
	serviceType       coded
	resourceType      coded
	region            coded
	enterpriseProject coded
	resource          coded
	chargeMode        string
	billType          string
	// measureID is the unit of the amounts, 0 where the bill names none.
	measureID int
	amounts   [billAmountCount]bssapi.Decimal
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
	billedService
	billedPlace

	ResourceID   *string `tfsdk:"resource_id"`
	ResourceName *string `tfsdk:"resource_name"`
	ChargeMode   *string `tfsdk:"charge_mode"`
	BillType     *string `tfsdk:"bill_type"`
}

func groupedTotalAttributes() map[string]schema.Attribute {
	return joined(totalAttributes(), billedServiceAttributes(), billedPlaceAttributes(), map[string]schema.Attribute{
		"resource_id":   computedString("Id of the resource in its own service; null for charges without a resource."),
		"resource_name": computedString("Latest name of the resource."),
		"charge_mode":   computedString("Charge mode, as in the rows."),
		"bill_type":     computedString("Bill type, as in the rows."),
	})
}

// billGroup is the key of a group; what lines are not grouped by is empty.
type billGroup struct {
	month, serviceType, region, enterpriseProject, resource, chargeMode, billType string
}

// billSum adds up the lines of a group. Its memory does not grow with them.
type billSum struct {
	count int64
	sums  [billAmountCount]bssapi.Sum
	// The names that the last line of the group had.
	serviceType, region, enterpriseProject, resource string
}

func (s *billSum) add(line billLine) {
	s.count++

	for i, term := range line.amounts {
		s.sums[i].Add(term)
	}

	s.serviceType = cmp.Or(line.serviceType.name, s.serviceType)
	s.region = cmp.Or(line.region.name, s.region)
	s.enterpriseProject = cmp.Or(line.enterpriseProject.name, s.enterpriseProject)
	s.resource = cmp.Or(line.resource.name, s.resource)
}

// total is the sums. Without rows they are 0.
func (s *billSum) total() billTotal {
	var numbers billNumbers

	for i, sum := range s.sums {
		numbers[i] = sum.Value().BigFloat()

		if s.count == 0 {
			numbers[i] = new(big.Float)
		}
	}

	return billTotal{RowCount: s.count, billAmounts: billAmounts{
		rowAmounts:      numbers.rowAmounts(),
		TruncatedAmount: numbers[truncatedAmount],
		BonusAmount:     numbers[bonusAmount],
	}}
}

// billSums adds up lines, over all and in groups.
type billSums struct {
	keys   []string
	all    billSum
	groups map[billGroup]*billSum
}

func newBillSums(keys []string) *billSums {
	return &billSums{keys: keys, groups: map[billGroup]*billSum{}}
}

func (s *billSums) add(line billLine) {
	s.all.add(line)

	if len(s.keys) == 0 {
		return
	}

	var group billGroup

	for _, key := range s.keys {
		switch key {
		case groupByMonth:
			group.month = line.month
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

// grouped are the totals of the groups, largest first: a configuration cannot
// sort by numbers.
func (s *billSums) grouped() []groupedTotal {
	totals := []groupedTotal{}

	for group, sum := range s.groups {
		by := func(key, value string) *string {
			if !slices.Contains(s.keys, key) {
				return nil
			}

			return textPtr(value)
		}

		totals = append(totals, groupedTotal{
			billTotal: sum.total(),
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
			ResourceID:   textPtr(group.resource),
			ResourceName: by(groupByResource, sum.resource),
			ChargeMode:   textPtr(group.chargeMode),
			BillType:     textPtr(group.billType),
		})
	}

	slices.SortFunc(totals, func(a, b groupedTotal) int {
		return cmp.Or(compareAmounts(b.ConsumeAmount, a.ConsumeAmount),
			comparePtr(a.Month, b.Month), comparePtr(a.ServiceTypeCode, b.ServiceTypeCode), comparePtr(a.RegionCode, b.RegionCode),
			comparePtr(a.EnterpriseProjectID, b.EnterpriseProjectID), comparePtr(a.ResourceID, b.ResourceID),
			comparePtr(a.ChargeMode, b.ChargeMode), comparePtr(a.BillType, b.BillType))
	})

	return totals
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
