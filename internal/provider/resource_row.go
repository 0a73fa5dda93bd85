// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// subRow is the part of a resource that is charged on its own.
type subRow struct {
	SubServiceTypeCode  *string `tfsdk:"sub_service_type_code"`
	SubServiceTypeName  *string `tfsdk:"sub_service_type_name"`
	SubResourceTypeCode *string `tfsdk:"sub_resource_type_code"`
	SubResourceTypeName *string `tfsdk:"sub_resource_type_name"`
	SubResourceID       *string `tfsdk:"sub_resource_id"`
	SubResourceName     *string `tfsdk:"sub_resource_name"`
}

// resourceRow is what the rows of bills about resources have in common.
type resourceRow struct {
	lineRow
	subRow

	BillDate        *string    `tfsdk:"bill_date"`
	ResourceID      *string    `tfsdk:"resource_id"`
	ResourceName    *string    `tfsdk:"resource_name"`
	ResourceTag     *string    `tfsdk:"resource_tag"`
	SkuCode         *string    `tfsdk:"sku_code"`
	ProductSpecDesc *string    `tfsdk:"product_spec_desc"`
	PeriodType      *string    `tfsdk:"period_type"`
	PeriodNum       *big.Float `tfsdk:"period_num"`
	RecordID        *string    `tfsdk:"record_id"`
	EffectiveTime   *string    `tfsdk:"effective_time"`
	ExpireTime      *string    `tfsdk:"expire_time"`
	ConsumeTime     *string    `tfsdk:"consume_time"`
}

// resourceRowAttributes are those of resourceRow.
func resourceRowAttributes() map[string]schema.Attribute {
	return joined(lineRowAttributes(), map[string]schema.Attribute{
		"bill_date":              computedString("Day, as `YYYY-MM-DD`."),
		"resource_id":            computedString("Id of the resource in its own service."),
		"resource_name":          computedString("Name of the resource."),
		"resource_tag":           computedString("Tags of the resource."),
		"sku_code":               computedString("Code of the spec."),
		"product_spec_desc":      computedString("Description of the spec."),
		"period_type":            computedString(wordsOf(bssapi.BillPeriodTypes) + "."),
		"period_num":             computedNumber("How many periods."),
		"record_id":              computedString("Reserved by the API."),
		"sub_service_type_code":  computedString("Code of the service inside the service."),
		"sub_service_type_name":  computedString("Name of the service inside the service."),
		"sub_resource_type_code": computedString("Code of the type of the resource inside the resource."),
		"sub_resource_type_name": computedString("Name of the type of the resource inside the resource."),
		"sub_resource_id":        computedString("Id of the resource inside the resource."),
		"sub_resource_name":      computedString("Name of the resource inside the resource."),
		"effective_time":         computedString("When the use began."),
		"expire_time":            computedString("When the use ended."),
		"consume_time":           computedString("When it was used. Only with `statistic_type = \"detail\"`."),
	})
}

// resourceLine is the line of a bill about resources. How the two bills write a
// charge mode differs, so it is for each of them to add.
func resourceLine(row bssapi.ResourceCharge, resourceType, resourceID string, amount bssapi.Decimal) billLine {
	return billLine{
		account:           coded{row.CustomerID, row.AccountName},
		serviceType:       coded{row.CloudServiceType, row.CloudServiceTypeName},
		resourceType:      coded{resourceType, row.ResourceTypeName},
		region:            coded{row.Region, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		resource:          coded{resourceID, row.ResourceName},
		date:              row.BillDate, consumed: row.ConsumeTime,
		tags:      row.ResourceTag,
		billType:  wordOf(bssapi.BillTypes, row.BillType),
		measureID: row.MeasureID,
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             amount,
			officialAmount:            row.OfficialAmount,
			discountAmount:            row.DiscountAmount,
			cashAmount:                row.CashAmount,
			creditAmount:              row.CreditAmount,
			couponAmount:              row.CouponAmount,
			flexipurchaseCouponAmount: row.FlexipurchaseCouponAmount,
			storedValueCardAmount:     row.StoredCardAmount,
			bonusAmount:               row.BonusAmount,
			debtAmount:                row.DebtAmount,
			writeoffAmount:            row.AdjustmentAmount,
		},
	}
}

// resourceRow is the line as rows about resources show it.
func (l *billLine) resourceRow(month, periodType string, row bssapi.ResourceCharge) resourceRow {
	return resourceRow{
		lineRow: l.lineRow(month, row.TradeID),
		subRow: subRow{
			SubServiceTypeCode:  textPtr(row.SubServiceTypeCode),
			SubServiceTypeName:  textPtr(row.SubServiceTypeName),
			SubResourceTypeCode: textPtr(row.SubResourceTypeCode),
			SubResourceTypeName: textPtr(row.SubResourceTypeName),
			SubResourceID:       textPtr(row.SubResourceID),
			SubResourceName:     textPtr(row.SubResourceName),
		},
		BillDate:        textPtr(row.BillDate),
		ResourceID:      textPtr(l.resource.code),
		ResourceName:    textPtr(row.ResourceName),
		ResourceTag:     textPtr(row.ResourceTag),
		SkuCode:         textPtr(row.SkuCode),
		ProductSpecDesc: textPtr(row.ProductSpecDesc),
		PeriodType:      textPtr(periodType),
		PeriodNum:       numberPtr(row.PeriodNum),
		RecordID:        textPtr(row.ID),
		EffectiveTime:   textPtr(row.EffectiveTime),
		ExpireTime:      textPtr(row.ExpireTime),
		ConsumeTime:     textPtr(row.ConsumeTime),
	}
}
