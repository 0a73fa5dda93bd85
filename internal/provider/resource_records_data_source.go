// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type resourceRecordsModel struct {
	billArguments
	lineArguments
	resourceArguments
	billResults
	tagResults

	ResourceTypeCode types.String         `tfsdk:"resource_type_code"`
	PayerAccountID   types.String         `tfsdk:"payer_account_id"`
	Records          []resourceRecordItem `tfsdk:"records" nil:"null"`
}

type resourceRecordItem struct {
	resourceRow

	PayerAccountID   *string            `tfsdk:"payer_account_id"`
	BEID             *string            `tfsdk:"be_id"`
	RootResourceID   *string            `tfsdk:"root_resource_id"`
	ParentResourceID *string            `tfsdk:"parent_resource_id"`
	SelfResourceID   *string            `tfsdk:"self_resource_id"`
	Relations        []resourceRelation `tfsdk:"relations"`
	PreOrderID       *string            `tfsdk:"pre_order_id"`
	AzCodes          []*string          `tfsdk:"az_codes"`
}

// resourceRelation is a resource that a billed one belongs to.
type resourceRelation struct {
	ResourceID *string `tfsdk:"resource_id"`
	Type       *string `tfsdk:"type"`
}

func newResourceRecordsDataSource() datasource.DataSource {
	return &dataSource[resourceRecordsModel]{
		name: billResource, calls: []string{"list_resource_records"},
		schema: billSchema(
			billResource,
			"Lines of the bills of one or several months, by resource, with exact totals. They arrive up to a day late.\n\nAmounts have up to "+
				"eight decimals. Accounts are charged with two, so the sums of `bss_monthly_bills` can differ in the last digits.",
			joined(lineArgumentAttributes(), tagResultAttributes(), resourceArgumentAttributes(bssapi.StatisticTypes), map[string]schema.Attribute{
				"resource_type_code": resourceTypeArgument(),
				"payer_account_id":   idArgument("Only what this account pays."),
				"records":            computedList("The lines.", resourceRecordAttributes()),
			}),
		),
		validate: func(_ context.Context, model *resourceRecordsModel) diag.Diagnostics {
			return slices.Concat(model.billArguments.validate(billsKept), model.lineArguments.validate(model.billArguments, model.StatisticType),
				model.resourceArguments.validate(model.billArguments))
		},
		read: readResourceRecords,
	}
}

func resourceRecordAttributes() map[string]schema.Attribute {
	return joined(resourceRowAttributes(), map[string]schema.Attribute{
		"bill_date":          computedString("Day, as `YYYY-MM-DD`. Only with `statistic_type = \"day\"`."),
		"payer_account_id":   computedString("Id of the account that pays."),
		"be_id":              computedString("Id of the vendor's operating entity."),
		"root_resource_id":   computedString("Id of the topmost resource that this one belongs to."),
		"parent_resource_id": computedString("Id of the resource that this one belongs to."),
		"self_resource_id":   computedString("Id of the resource among its relations."),
		"relations": computedList("The resources that this one belongs to.", map[string]schema.Attribute{
			"resource_id": computedString("Id of the other resource."),
			"type":        computedString(wordsOf(bssapi.RelationTypes) + "."),
		}),
		"pre_order_id":   computedString("Id of the previous order, such as the unsubscribed one."),
		"az_codes":       computedStrings("Codes of the availability zones."),
		"effective_time": computedString("When the use began. Only with `statistic_type = \"detail\"`."),
		"expire_time":    computedString("When the use ended. Only with `statistic_type = \"detail\"`."),
	})
}

func readResourceRecords(ctx context.Context, services *services, model *resourceRecordsModel) diag.Diagnostics {
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
			StatisticType:       model.statistic(),
			BillCycleBegin:      model.BillDateBegin.ValueString(),
			BillCycleEnd:        model.BillDateEnd.ValueString(),
			PayerAccountID:      model.PayerAccountID.ValueString(),
		})
	}

	var diags diag.Diagnostics

	model.Records, model.billResults, model.tagResults, diags = readBills(
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
	line := resourceLine(row.ResourceCharge, row.ResourceTypeCode, row.ResInstanceID, row.ConsumeAmount)
	line.chargeMode = wordOf(bssapi.ChargeModes, row.ChargeMode)

	return line
}

func flattenResourceRecord(line *billLine, row bssapi.ResourceRecord) resourceRecordItem {
	periodType := wordOf(bssapi.BillPeriodTypes, bssapi.BillPeriodType(row.PeriodType))

	item := resourceRecordItem{
		resourceRow:      line.resourceRow(row.Cycle, periodType, row.ResourceCharge),
		PayerAccountID:   textPtr(row.PayerAccountID),
		BEID:             textPtr(row.BEID),
		RootResourceID:   textPtr(row.RootResourceID),
		ParentResourceID: textPtr(row.ParentResourceID),
		PreOrderID:       textPtr(row.PreOrderID),
	}

	for _, zone := range row.AZCodeInfos {
		item.AzCodes = append(item.AzCodes, textPtr(zone.AZCode))
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
