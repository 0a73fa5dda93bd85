// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type packageRecordsModel struct {
	DeductDateBegin  types.String         `tfsdk:"deduct_date_begin"`
	DeductDateEnd    types.String         `tfsdk:"deduct_date_end"`
	FreeResourceID   types.String         `tfsdk:"free_resource_id"`
	ProductID        types.String         `tfsdk:"product_id"`
	ResourceTypeCode types.String         `tfsdk:"resource_type_code"`
	IncludeRows      types.Bool           `tfsdk:"include_rows"`
	Totals           []packageRecordTotal `tfsdk:"totals"`
	Records          []packageRecordItem  `tfsdk:"records" nil:"null"`
	TotalCount       types.Int64          `tfsdk:"total_count"`
}

type packageRecordTotal struct {
	FreeResourceID *string    `tfsdk:"free_resource_id"`
	ResourceID     *string    `tfsdk:"resource_id"`
	MeasureID      *int64     `tfsdk:"measure_id"`
	UsedAmount     *big.Float `tfsdk:"used_amount"`
	RecordCount    int64      `tfsdk:"record_count"`
}

type packageRecordItem struct {
	DeductTime       *string    `tfsdk:"deduct_time"`
	FreeResourceID   *string    `tfsdk:"free_resource_id"`
	ResourceID       *string    `tfsdk:"resource_id"`
	ResourceTypeCode *string    `tfsdk:"resource_type_code"`
	ResourceTypeName *string    `tfsdk:"resource_type_name"`
	ResourceTag      *string    `tfsdk:"resource_tag"`
	ProductID        *string    `tfsdk:"product_id"`
	ProductName      *string    `tfsdk:"product_name"`
	UsageTypeCode    *string    `tfsdk:"usage_type_code"`
	AvailableAmount  *big.Float `tfsdk:"available_amount"`
	RemainingAmount  *big.Float `tfsdk:"remaining_amount"`
	UsedAmount       *big.Float `tfsdk:"used_amount"`
	MeasureID        *int64     `tfsdk:"measure_id"`
	EffectiveTime    *string    `tfsdk:"effective_time"`
	ExpireTime       *string    `tfsdk:"expire_time"`
}

func newResourcePackageUsageRecordsDataSource() datasource.DataSource {
	return &dataSource[packageRecordsModel]{
		name: "resource_package_usage_records", calls: []string{"list_package_usage_records"},
		schema: schema.Schema{
			MarkdownDescription: "What was deducted from resource packages, and for which resources: every deduction, and exact totals.",
			Attributes: map[string]schema.Attribute{
				"deduct_date_begin": requiredText("First day, as `YYYY-MM-DD`.", isBillingDay),
				"deduct_date_end": requiredText(fmt.Sprintf("Last day, inclusive, at most %d days after the first.", bssapi.MaxPackageRecordDays),
					isBillingDay),
				"free_resource_id":   idArgument("Only what was deducted from this free resource of a package."),
				"product_id":         idArgument("Only what was deducted from packages of this product."),
				"resource_type_code": resourceTypeArgument(),
				"include_rows":       rowsArgument(),
				"totals": computedList("What was deducted from each free resource for each resource, in the order of the first deduction.",
					map[string]schema.Attribute{
						"free_resource_id": computedString("Id of the free resource."),
						"resource_id":      computedString("Id of the resource that was used."),
						"measure_id":       computedInt("Id of the unit of the amount."),
						"used_amount":      computedNumber("Sum of what was deducted; null if an amount is missing."),
						"record_count":     computedInt("Number of deductions."),
					}),
				"records": computedList("The deductions, in the order of the API.", map[string]schema.Attribute{
					"deduct_time":        computedString("When it was deducted (UTC)."),
					"free_resource_id":   computedString("Id of the free resource of the package."),
					"resource_id":        computedString("Id of the resource that was used."),
					"resource_type_code": computedString("Code of the type of that resource."),
					"resource_type_name": computedString("Name of the type of that resource."),
					"resource_tag":       computedString("Tags of that resource, as the API writes them."),
					"product_id":         computedString("Id of the product of the package."),
					"product_name":       computedString("Name of the product of the package."),
					"usage_type_code":    computedString("Code of what is metered, such as `Duration`."),
					"available_amount":   computedNumber("What there was before."),
					"remaining_amount":   computedNumber("What there was after."),
					"used_amount":        computedNumber("What was deducted."),
					"measure_id":         computedInt("Id of the unit of the amounts, such as 4 for hours; `bss_measure_units` has its name."),
					"effective_time":     computedString("From when the package is in effect (UTC)."),
					"expire_time":        computedString("When the package expires (UTC)."),
				}),
				"total_count": computedInt("Number of deductions."),
			},
		},
		validate: validatePackageRecords,
		read:     readPackageRecords,
	}
}

func validatePackageRecords(_ context.Context, model *packageRecordsModel) diag.Diagnostics {
	begin, err := time.Parse(time.DateOnly, model.DeductDateBegin.ValueString())
	end, endErr := time.Parse(time.DateOnly, model.DeductDateEnd.ValueString())

	// What is malformed is the schema's to say, and what is unknown nobody's.
	if err != nil || endErr != nil {
		return nil
	}

	at, days := path.Root("deduct_date_end"), model.DeductDateBegin.ValueString()+" to "+model.DeductDateEnd.ValueString()

	switch {
	case end.Before(begin):
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Window ends before it begins", "No day is from "+days+".")}
	case end.After(begin.AddDate(0, 0, bssapi.MaxPackageRecordDays)):
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Window is too long", fmt.Sprintf(
			"From %s is more than %d days, the longest window of the API. Read one window at a time.", days, bssapi.MaxPackageRecordDays))}
	default:
		return nil
	}
}

func readPackageRecords(ctx context.Context, services *services, model *packageRecordsModel) diag.Diagnostics {
	type totalKey struct {
		freeResource, resource string
		measure                int
	}

	type total struct {
		key   totalKey
		sum   costPart
		count int64
	}

	var order []*total

	totals := map[totalKey]*total{}
	count := int64(0)
	rows := unlessFalse(model.IncludeRows)

	if rows {
		model.Records = []packageRecordItem{}
	}

	for record, err := range services.client.ListPackageUsageRecords(ctx, bssapi.ListPackageUsageRecordsRequest{
		DeductTimeBegin: model.DeductDateBegin.ValueString(), DeductTimeEnd: model.DeductDateEnd.ValueString(),
		FreeResourceID: model.FreeResourceID.ValueString(), ProductID: model.ProductID.ValueString(),
		ResourceTypeCode: model.ResourceTypeCode.ValueString(),
	}) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list what was deducted from resource packages", err)}
		}

		count++

		key := totalKey{record.FreeResourceID, record.ResourceID, record.MeasureID}
		if totals[key] == nil {
			totals[key] = &total{key: key}
			order = append(order, totals[key])
		}

		totals[key].sum.Add(record.UsedAmount)
		totals[key].count++

		if rows {
			model.Records = append(model.Records, flattenPackageRecord(record))
		}
	}

	model.Totals, model.TotalCount = []packageRecordTotal{}, types.Int64Value(count)

	for _, of := range order {
		model.Totals = append(model.Totals, packageRecordTotal{
			FreeResourceID: textPtr(of.key.freeResource), ResourceID: textPtr(of.key.resource), MeasureID: countPtr(of.key.measure),
			UsedAmount: numberPtr(of.sum.Value()), RecordCount: of.count,
		})
	}

	return nil
}

func flattenPackageRecord(record bssapi.PackageUsageRecord) packageRecordItem {
	return packageRecordItem{
		DeductTime:       textPtr(record.DeductTime),
		FreeResourceID:   textPtr(record.FreeResourceID),
		ResourceID:       textPtr(record.ResourceID),
		ResourceTypeCode: textPtr(record.ResourceTypeCode),
		ResourceTypeName: textPtr(record.ResourceTypeName),
		ResourceTag:      textPtr(record.ResourceTag),
		ProductID:        textPtr(record.ProductID),
		ProductName:      textPtr(record.ProductName),
		UsageTypeCode:    textPtr(record.UsageTypeCode),
		AvailableAmount:  numberPtr(record.AvailableAmount),
		RemainingAmount:  numberPtr(record.RemainingAmount),
		UsedAmount:       numberPtr(record.UsedAmount),
		MeasureID:        countPtr(record.MeasureID),
		EffectiveTime:    textPtr(record.EffectiveTime),
		ExpireTime:       textPtr(record.ExpireTime),
	}
}
