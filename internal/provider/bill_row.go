// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// billedService is the month and the service of a row or of a group.
type billedService struct {
	Month           *string `tfsdk:"month"`
	ServiceTypeCode *string `tfsdk:"service_type_code"`
	ServiceTypeName *string `tfsdk:"service_type_name"`
}

func billedServiceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"month":             computedString("Month, as `YYYY-MM`."),
		"service_type_code": computedString("Code of the service."),
		"service_type_name": computedString("Name of the service."),
	}
}

// billedPlace is the region and the enterprise project of a row or of a group.
type billedPlace struct {
	RegionCode            *string `tfsdk:"region_code"`
	RegionName            *string `tfsdk:"region_name"`
	EnterpriseProjectID   *string `tfsdk:"enterprise_project_id"`
	EnterpriseProjectName *string `tfsdk:"enterprise_project_name"`
}

func billedPlaceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"region_code":             computedString("Code of the region."),
		"region_name":             computedString("Name of the region."),
		"enterprise_project_id":   computedString("Id of the enterprise project; `0` is the default one, null none."),
		"enterprise_project_name": computedString("Name of the enterprise project."),
	}
}

// billRow is what the rows of every bill have in common.
type billRow struct {
	rowAmounts
	billedService

	CustomerID       *string `tfsdk:"customer_id"`
	AccountName      *string `tfsdk:"account_name"`
	ResourceTypeCode *string `tfsdk:"resource_type_code"`
	ResourceTypeName *string `tfsdk:"resource_type_name"`
	ChargeMode       *string `tfsdk:"charge_mode"`
	BillType         *string `tfsdk:"bill_type"`
}

// billRowAttributes are those of billRow; the types of bills differ.
func billRowAttributes[C cmp.Ordered](types bssapi.Words[C]) map[string]schema.Attribute {
	return joined(rowAmountAttributes(), billedServiceAttributes(), map[string]schema.Attribute{
		"customer_id":        computedString("Id of the account."),
		"account_name":       computedString("Name of the account."),
		"resource_type_code": computedString("Code of the type of resource."),
		"resource_type_name": computedString("Name of the type of resource."),
		"charge_mode":        computedString(wordsOf(bssapi.ChargeModes) + "."),
		"bill_type":          computedString(wordsOf(types) + "."),
	})
}

// lineRow is what the rows of bills that list single lines have in common.
type lineRow struct {
	billRow
	billedPlace

	TradeID     *string    `tfsdk:"trade_id"`
	BonusAmount *big.Float `tfsdk:"bonus_amount"`
}

// lineRowAttributes are those of lineRow.
func lineRowAttributes() map[string]schema.Attribute {
	return joined(billRowAttributes(bssapi.BillTypes), billedPlaceAttributes(), map[string]schema.Attribute{
		"trade_id":     computedString("Id of the order, or of the charge."),
		"bonus_amount": bonusAmountAttribute(),
	})
}

// row is the line as rows show it. The month is the row's own, if it has one.
func (l *billLine) row(month string) billRow {
	numbers := numbersOf(l.amounts)

	return billRow{
		rowAmounts: numbers.rowAmounts(),
		billedService: billedService{
			Month:           textPtr(month),
			ServiceTypeCode: textPtr(l.serviceType.code),
			ServiceTypeName: textPtr(l.serviceType.name),
		},
		CustomerID:       textPtr(l.account.code),
		AccountName:      textPtr(l.account.name),
		ResourceTypeCode: textPtr(l.resourceType.code),
		ResourceTypeName: textPtr(l.resourceType.name),
		ChargeMode:       textPtr(l.chargeMode),
		BillType:         textPtr(l.billType),
	}
}

// lineRow is row for a bill that lists single lines.
func (l *billLine) lineRow(month, tradeID string) lineRow {
	return lineRow{
		billRow: l.row(month),
		billedPlace: billedPlace{
			RegionCode:            textPtr(l.region.code),
			RegionName:            textPtr(l.region.name),
			EnterpriseProjectID:   textPtr(l.enterpriseProject.code),
			EnterpriseProjectName: textPtr(l.enterpriseProject.name),
		},
		TradeID:     textPtr(tradeID),
		BonusAmount: numberPtr(l.amounts[bonusAmount]),
	}
}

// noProject is how all bills except the monthly sums write "no enterprise
// project".
const noProject = "null"

// noProjectOfSums is how the monthly sums write it.
const noProjectOfSums = "-1"

// allocated is the enterprise project of a row, empty if there is none.
func allocated(id, name string) coded {
	if id == noProject || id == "" {
		return coded{}
	}

	return coded{id, name}
}
