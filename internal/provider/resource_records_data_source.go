// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourceRecordsModel struct {
	billArguments
	lineArguments
	billResults

	StatisticType    types.String         `tfsdk:"statistic_type"`
	ResourceTypeCode types.String         `tfsdk:"resource_type_code"`
	ResourceID       types.String         `tfsdk:"resource_id"`
	PayerAccountID   types.String         `tfsdk:"payer_account_id"`
	Records          []resourceRecordItem `tfsdk:"records"`
}

type resourceRecordItem struct {
	lineRow

	BillDate            *string            `tfsdk:"bill_date"`
	PayerAccountID      *string            `tfsdk:"payer_account_id"`
	BEID                *string            `tfsdk:"be_id"`
	ResourceID          *string            `tfsdk:"resource_id"`
	ResourceName        *string            `tfsdk:"resource_name"`
	ResourceTag         *string            `tfsdk:"resource_tag"`
	RootResourceID      *string            `tfsdk:"root_resource_id"`
	ParentResourceID    *string            `tfsdk:"parent_resource_id"`
	SelfResourceID      *string            `tfsdk:"self_resource_id"`
	Relations           []resourceRelation `tfsdk:"relations"`
	SkuCode             *string            `tfsdk:"sku_code"`
	ProductSpecDesc     *string            `tfsdk:"product_spec_desc"`
	PeriodType          *string            `tfsdk:"period_type"`
	PeriodNum           *big.Float         `tfsdk:"period_num"`
	RecordID            *string            `tfsdk:"record_id"`
	PreOrderID          *string            `tfsdk:"pre_order_id"`
	AzCodes             []string           `tfsdk:"az_codes"`
	SubServiceTypeCode  *string            `tfsdk:"sub_service_type_code"`
	SubServiceTypeName  *string            `tfsdk:"sub_service_type_name"`
	SubResourceTypeCode *string            `tfsdk:"sub_resource_type_code"`
	SubResourceTypeName *string            `tfsdk:"sub_resource_type_name"`
	SubResourceID       *string            `tfsdk:"sub_resource_id"`
	SubResourceName     *string            `tfsdk:"sub_resource_name"`
	EffectiveTime       *string            `tfsdk:"effective_time"`
	ExpireTime          *string            `tfsdk:"expire_time"`
	ConsumeTime         *string            `tfsdk:"consume_time"`
}

// resourceRelation is a resource that a billed one belongs to.
type resourceRelation struct {
	ResourceID *string `tfsdk:"resource_id"`
	Type       *string `tfsdk:"type"`
}

func newResourceRecordsDataSource() datasource.DataSource {
	return &dataSource[resourceRecordsModel]{
		name: "resource_records",
		schema: billSchema(
			"Lines of the bills of one or several months, by resource, with exact totals. They are up to a day late.\n\nAmounts have up to eight "+
				"decimals, while accounts are charged with two, so that the sums of `bss_monthly_bills` can differ in the last digits.",
			[]string{groupByMonth, groupByServiceType, groupByRegion, groupByEnterpriseProject, groupByResource, groupByChargeMode, groupByBillType},
			lineArgumentAttributes(),
			map[string]schema.Attribute{
				"statistic_type": schema.StringAttribute{
					Required:            true,
					MarkdownDescription: "What one row sums up: a resource in a month (`cycle`), in a day (`day`), or a single charge (`detail`).",
					Validators:          []validator.String{oneOf(bssapi.StatisticTypes)},
				},
				"resource_type_code": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this type of resource, such as `hws.resource.type.vm`.",
					Validators: []validator.String{trimmed{maxNameLength}},
				},
				"resource_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only this resource, by the id of the cloud service itself.",
					Validators: []validator.String{isID},
				},
				"payer_account_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only what this account pays.",
					Validators: []validator.String{isID},
				},
				"records": computedList("The lines.", resourceRecordAttributes()),
			},
		),
		validate: func(_ context.Context, model *resourceRecordsModel) diag.Diagnostics {
			return append(model.billArguments.validate(), model.lineArguments.validate(model.billArguments, model.StatisticType)...)
		},
		read: readResourceRecords,
	}
}

func resourceRecordAttributes() map[string]schema.Attribute {
	return lineRowAttributes(map[string]schema.Attribute{
		"bill_date":          computedString("Day, as `YYYY-MM-DD`; with `statistic_type` `day` alone."),
		"payer_account_id":   computedString("Id of the account that pays."),
		"be_id":              computedString("Id of the vendor's operating entity."),
		"resource_id":        computedString("Id of the resource, that of the cloud service itself."),
		"resource_name":      computedString("Name of the resource."),
		"resource_tag":       computedString("Tags of the resource."),
		"root_resource_id":   computedString("Id of the resource at the root of those that this one belongs to."),
		"parent_resource_id": computedString("Id of the resource that this one belongs to."),
		"self_resource_id":   computedString("Id of the resource among its relations."),
		"relations": computedList("The resources that this one belongs to.", map[string]schema.Attribute{
			"resource_id": computedString("Id of the other resource."),
			"type":        computedString(wordsOf(bssapi.RelationTypes) + "."),
		}),
		"sku_code":               computedString("Code of the spec."),
		"product_spec_desc":      computedString("Description of the spec."),
		"period_type":            computedString(wordsOf(bssapi.BillPeriodTypes) + "."),
		"period_num":             computedNumber("How many periods."),
		"record_id":              computedString("Reserved by the API."),
		"pre_order_id":           computedString("Id of the order before this one, such as the one that was unsubscribed from."),
		"az_codes":               computedStrings("Codes of the availability zones."),
		"sub_service_type_code":  computedString("Code of the service inside the service."),
		"sub_service_type_name":  computedString("Name of the service inside the service."),
		"sub_resource_type_code": computedString("Code of the type of the resource inside the resource."),
		"sub_resource_type_name": computedString("Name of the type of the resource inside the resource."),
		"sub_resource_id":        computedString("Id of the resource inside the resource."),
		"sub_resource_name":      computedString("Name of the resource inside the resource."),
		"effective_time":         computedString("When the use began; with `statistic_type` `detail` alone."),
		"expire_time":            computedString("When the use ended; with `statistic_type` `detail` alone."),
		"consume_time":           computedString("When it was used; with `statistic_type` `detail` alone."),
	})
}

func readResourceRecords(ctx context.Context, services *services, model *resourceRecordsModel) diag.Diagnostics {
	statistic, _ := bssapi.StatisticTypes.Code(model.StatisticType.ValueString())

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.ResourceRecord], error) {
		return services.client.ListResourceRecords(ctx, bssapi.ListResourceRecordsRequest{
			Cycle:               month,
			CloudServiceType:    model.ServiceTypeCode.ValueString(),
			ResourceType:        model.ResourceTypeCode.ValueString(),
			Region:              model.RegionCode.ValueString(),
			ResInstanceID:       model.ResourceID.ValueString(),
			ChargeMode:          model.mode(),
			BillType:            model.kind(),
			EnterpriseProjectID: model.project(noProject),
			IncludeZeroRecord:   model.IncludeZeroRecords.ValueBoolPointer(),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
			StatisticType:       statistic,
			BillCycleBegin:      model.BillDateBegin.ValueString(),
			BillCycleEnd:        model.BillDateEnd.ValueString(),
			PayerAccountID:      model.PayerAccountID.ValueString(),
		})
	}

	var diags diag.Diagnostics

	model.Records, model.billResults, diags = readBills(
		ctx,
		services.client,
		"list the resource records",
		&model.billArguments,
		ask,
		resourceRecordLine,
		flattenResourceRecord,
	)

	return diags
}

func resourceRecordLine(row bssapi.ResourceRecord) billLine {
	return billLine{
		account:           coded{row.CustomerID, row.AccountName},
		serviceType:       coded{row.CloudServiceType, row.CloudServiceTypeName},
		resourceType:      coded{row.ResourceTypeCode, row.ResourceTypeName},
		region:            coded{row.Region, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		resource:          coded{row.ResInstanceID, row.ResourceName},
		chargeMode:        wordOf(bssapi.ChargeModes, row.ChargeMode),
		billType:          wordOf(bssapi.BillTypes, row.BillType),
		measureID:         row.MeasureID,
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             row.ConsumeAmount,
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

func flattenResourceRecord(line *billLine, row bssapi.ResourceRecord) resourceRecordItem {
	item := resourceRecordItem{
		lineRow:             line.lineRow(row.Cycle, row.TradeID),
		BillDate:            textPtr(row.BillDate),
		PayerAccountID:      textPtr(row.PayerAccountID),
		BEID:                textPtr(row.BEID),
		ResourceID:          textPtr(row.ResInstanceID),
		ResourceName:        textPtr(row.ResourceName),
		ResourceTag:         textPtr(row.ResourceTag),
		RootResourceID:      textPtr(row.RootResourceID),
		ParentResourceID:    textPtr(row.ParentResourceID),
		SkuCode:             textPtr(row.SkuCode),
		ProductSpecDesc:     textPtr(row.ProductSpecDesc),
		PeriodType:          wordPtr(bssapi.BillPeriodTypes, bssapi.BillPeriodType(row.PeriodType)),
		PeriodNum:           numberPtr(row.PeriodNum),
		RecordID:            textPtr(row.ID),
		PreOrderID:          textPtr(row.PreOrderID),
		SubServiceTypeCode:  textPtr(row.SubServiceTypeCode),
		SubServiceTypeName:  textPtr(row.SubServiceTypeName),
		SubResourceTypeCode: textPtr(row.SubResourceTypeCode),
		SubResourceTypeName: textPtr(row.SubResourceTypeName),
		SubResourceID:       textPtr(row.SubResourceID),
		SubResourceName:     textPtr(row.SubResourceName),
		EffectiveTime:       textPtr(row.EffectiveTime),
		ExpireTime:          textPtr(row.ExpireTime),
		ConsumeTime:         textPtr(row.ConsumeTime),
	}

	for _, zone := range row.AZCodeInfos {
		item.AzCodes = append(item.AzCodes, zone.AZCode)
	}

	if relations := row.ExtendParams; relations != nil {
		item.SelfResourceID = textPtr(relations.SelfResourceID)

		for _, relation := range relations.RelationInfos {
			item.Relations = append(item.Relations,
				resourceRelation{textPtr(relation.RelativeResourceID), wordPtr(bssapi.RelationTypes, relation.RelativeType)})
		}
	}

	return item
}
