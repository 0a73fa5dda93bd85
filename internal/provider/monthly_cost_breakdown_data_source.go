// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type monthlyCostBreakdownModel struct {
	billArguments
	billFacts
	tagResults

	RegionCode       types.String         `tfsdk:"region_code"`
	ResourceTypeCode types.String         `tfsdk:"resource_type_code"`
	ChargeMode       types.String         `tfsdk:"charge_mode"`
	BillType         types.String         `tfsdk:"bill_type"`
	ResourceID       types.String         `tfsdk:"resource_id"`
	ResourceName     types.String         `tfsdk:"resource_name"`
	Total            *breakdownTotal      `tfsdk:"total"`
	GroupedTotals    []breakdownGroup     `tfsdk:"grouped_totals" nil:"null"`
	Records          []breakdownRecordRow `tfsdk:"records" nil:"null"`
}

// breakdownAmounts are a charge, and how it is spread.
type breakdownAmounts struct {
	ConsumeAmount                      *big.Float `tfsdk:"consume_amount"`
	PastMonthsAmortizedAmount          *big.Float `tfsdk:"past_months_amortized_amount"`
	CurrentMonthAmortizedAmount        *big.Float `tfsdk:"current_month_amortized_amount"`
	FutureMonthsAmortizedAmount        *big.Float `tfsdk:"future_months_amortized_amount"`
	AmortizedCashAmount                *big.Float `tfsdk:"amortized_cash_amount"`
	AmortizedCreditAmount              *big.Float `tfsdk:"amortized_credit_amount"`
	AmortizedCouponAmount              *big.Float `tfsdk:"amortized_coupon_amount"`
	AmortizedFlexipurchaseCouponAmount *big.Float `tfsdk:"amortized_flexipurchase_coupon_amount"`
	AmortizedStoredValueCardAmount     *big.Float `tfsdk:"amortized_stored_value_card_amount"`
	AmortizedBonusAmount               *big.Float `tfsdk:"amortized_bonus_amount"`
}

func (n *billNumbers) breakdownAmounts() breakdownAmounts {
	return breakdownAmounts{
		ConsumeAmount:                      n[consumeAmount],
		PastMonthsAmortizedAmount:          n[pastAmount],
		CurrentMonthAmortizedAmount:        n[currentAmount],
		FutureMonthsAmortizedAmount:        n[futureAmount],
		AmortizedCashAmount:                n[cashAmount],
		AmortizedCreditAmount:              n[creditAmount],
		AmortizedCouponAmount:              n[couponAmount],
		AmortizedFlexipurchaseCouponAmount: n[flexipurchaseCouponAmount],
		AmortizedStoredValueCardAmount:     n[storedValueCardAmount],
		AmortizedBonusAmount:               n[bonusAmount],
	}
}

func breakdownAmountAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"consume_amount": computedNumber(
			"Net cost of the charges: the sum of the past, current and future months.",
		),
		"past_months_amortized_amount": computedNumber("Part that belongs to earlier months."),
		"current_month_amortized_amount": computedNumber(
			"Part that belongs to the month: the sum of the `amortized_*` amounts by source of money.",
		),
		"future_months_amortized_amount":        computedNumber("Part that belongs to later months."),
		"amortized_cash_amount":                 computedNumber("Cost of the month that is paid in cash."),
		"amortized_credit_amount":               computedNumber("Cost of the month that is paid by credit."),
		"amortized_coupon_amount":               computedNumber("Cost of the month that is paid by cash coupons."),
		"amortized_flexipurchase_coupon_amount": computedNumber("Cost of the month that is paid by flexi-purchase coupons."),
		"amortized_stored_value_card_amount":    computedNumber("Cost of the month that is paid by stored-value cards."),
		"amortized_bonus_amount":                computedNumber("Cost of the month that is paid from bonus money."),
	}
}

type breakdownTotal struct {
	breakdownAmounts

	RowCount int64 `tfsdk:"row_count"`
}

func breakdownTotalAttributes() map[string]schema.Attribute {
	return joined(breakdownAmountAttributes(), map[string]schema.Attribute{"row_count": computedInt("How many rows.")})
}

type breakdownGroup struct {
	breakdownTotal
	groupColumns

	CostUnits map[string]*string `tfsdk:"cost_units"`
}

func breakdownGroupAttributes() map[string]schema.Attribute {
	return joined(breakdownTotalAttributes(), groupColumnAttributes(), map[string]schema.Attribute{
		"account_name": computedString(
			"Null: the breakdown has ids of accounts alone. `bss_enterprise_members` has the names of members.",
		),
		"cost_units": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Values of the cost units that you grouped by, by their keys. Null for what belongs to none.",
		},
	})
}

// breakdownRecordRow is a charge of the breakdown.
type breakdownRecordRow struct {
	breakdownAmounts
	billedService
	billedPlace
	subRow

	BillCycle             *string             `tfsdk:"bill_cycle"`
	BillType              *string             `tfsdk:"bill_type"`
	CustomerID            *string             `tfsdk:"customer_id"`
	ResourceTypeCode      *string             `tfsdk:"resource_type_code"`
	ResourceTypeName      *string             `tfsdk:"resource_type_name"`
	EffectiveTime         *string             `tfsdk:"effective_time"`
	ExpireTime            *string             `tfsdk:"expire_time"`
	ResourceID            *string             `tfsdk:"resource_id"`
	ResourceName          *string             `tfsdk:"resource_name"`
	ResourceTag           *string             `tfsdk:"resource_tag"`
	ProductSpecDesc       *string             `tfsdk:"product_spec_desc"`
	ChargeMode            *string             `tfsdk:"charge_mode"`
	OrderID               *string             `tfsdk:"order_id"`
	PeriodType            *string             `tfsdk:"period_type"`
	UsageType             *string             `tfsdk:"usage_type"`
	Usage                 *big.Float          `tfsdk:"usage"`
	UsageMeasureID        *int64              `tfsdk:"usage_measure_id"`
	FreeResourceUsage     *big.Float          `tfsdk:"free_resource_usage"`
	FreeResourceMeasureID *int64              `tfsdk:"free_resource_measure_id"`
	RIUsage               *big.Float          `tfsdk:"ri_usage"`
	RIUsageMeasureID      *int64              `tfsdk:"ri_usage_measure_id"`
	Tags                  []breakdownTag      `tfsdk:"tags"`
	CostUnits             []breakdownCostUnit `tfsdk:"cost_units"`
}

type breakdownTag struct {
	Key   *string `tfsdk:"key"`
	Value *string `tfsdk:"value"`
}

type breakdownCostUnit struct {
	Name  *string `tfsdk:"name"`
	Value *string `tfsdk:"value"`
}

func breakdownRecordAttributes() map[string]schema.Attribute {
	measure := func(of string) schema.Attribute {
		return computedInt("Unit of `" + of + "`; `bss_measure_units` explains it.")
	}

	return joined(breakdownAmountAttributes(), billedServiceAttributes(), billedPlaceAttributes(), map[string]schema.Attribute{
		"bill_cycle":               computedString("Month of the bill with the charge, as `YYYY-MM`."),
		"bill_type":                computedString(wordsOf(bssapi.BillTypes) + "."),
		"customer_id":              computedString("Id of the account."),
		"resource_type_code":       computedString("Code of the type of resource."),
		"resource_type_name":       computedString("Name of the type of resource."),
		"effective_time":           computedString("When the term or the use began."),
		"expire_time":              computedString("When the term or the use ended."),
		"resource_id":              computedString("Id of the resource in its own service."),
		"resource_name":            computedString("Name of the resource."),
		"resource_tag":             computedString("Tags of the resource, in the form of the API. `tags` has those that count for costs."),
		"product_spec_desc":        computedString("Description of the specification."),
		"charge_mode":              computedString(wordsOf(bssapi.ChargeModes) + "."),
		"order_id":                 computedString("Id of the order."),
		"period_type":              computedString(wordsOf(bssapi.BillPeriodTypes) + "."),
		"usage_type":               computedString("Type of the usage."),
		"usage":                    computedNumber("Usage."),
		"usage_measure_id":         measure("usage"),
		"free_resource_usage":      computedNumber("Usage that packages cover."),
		"free_resource_measure_id": measure("free_resource_usage"),
		"ri_usage":                 computedNumber("Usage that reserved instances cover."),
		"ri_usage_measure_id":      measure("ri_usage"),
		"sub_service_type_code":    computedString("Code of the service that the charge is a part of."),
		"sub_service_type_name":    computedString("Name of the service that the charge is a part of."),
		"sub_resource_type_code":   computedString("Code of the type of resource that the charge is a part of."),
		"sub_resource_type_name":   computedString("Name of the type of resource that the charge is a part of."),
		"sub_resource_id":          computedString("Id of the resource that the charge is a part of."),
		"sub_resource_name":        computedString("Name of the resource that the charge is a part of."),
		"tags": computedList("Tags that count for costs.", map[string]schema.Attribute{
			"key":   computedString("Key of the tag."),
			"value": computedString("Value of the tag; null if it is empty."),
		}),
		"cost_units": computedList("What the charge belongs to in each cost unit.", map[string]schema.Attribute{
			"name":  computedString("Name of the cost unit."),
			"value": computedString("What the charge belongs to."),
		}),
	})
}

func newMonthlyCostBreakdownDataSource() datasource.DataSource {
	return &dataSource[monthlyCostBreakdownModel]{
		name: billBreakdown, calls: []string{"list_monthly_cost_breakdown"},
		schema: schema.Schema{
			MarkdownDescription: "Amortized costs of one or several months by charge, with exact totals: how much of what was paid, then or " +
				"earlier, is a cost of the month, of the months before it, and of those after it. One to two days late. Needs Cost Center, which is " +
				"enabled once for an account: " + bssapi.CostCenterPage + ".\n\nA charge is in the breakdown of each month that it is a cost of. " +
				"Over several months, add up `current_month_amortized_amount` alone: the other amounts of months repeat themselves.",
			Attributes: joined(billArgumentAttributes(billBreakdown, breakdownsKept), billFactAttributes(), tagResultAttributes(),
				map[string]schema.Attribute{
					"region_code":        codeArgument("Only this region, such as `cn-north-4`."),
					"resource_type_code": resourceTypeArgument(),
					"charge_mode":        wordArgument("Only this charge mode: %s.", bssapi.ChargeModes),
					"bill_type":          wordArgument("Only charges of this type: %s. Not every site has each of them.", bssapi.BillTypes),
					"resource_id":        idArgument("Only this resource, by its id in its own service."),
					"resource_name":      codeArgument("Only resources of this name."),
					"total":              totalAttribute(breakdownTotalAttributes()),
					"grouped_totals":     groupedTotalsAttribute(breakdownGroupAttributes()),
					"records":            computedList("The charges.", breakdownRecordAttributes()),
				}),
		},
		validate: func(_ context.Context, model *monthlyCostBreakdownModel) diag.Diagnostics {
			return model.validate(breakdownsKept)
		},
		read: readMonthlyCostBreakdown,
	}
}

func readMonthlyCostBreakdown(ctx context.Context, services *services, model *monthlyCostBreakdownModel) diag.Diagnostics {
	mode, _ := bssapi.ChargeModes.Code(model.ChargeMode.ValueString())
	kind, _ := bssapi.BillTypes.Code(model.BillType.ValueString())

	ask := func(ctx context.Context, month string) (*bssapi.Bill[bssapi.CostShare], error) {
		return services.client.ListMonthlyCostBreakdown(ctx, bssapi.ListMonthlyCostBreakdownRequest{
			SharedMonth:         month,
			ServiceTypeCode:     model.ServiceTypeCode.ValueString(),
			ResourceTypeCode:    model.ResourceTypeCode.ValueString(),
			RegionCode:          model.RegionCode.ValueString(),
			ChargingMode:        mode,
			BillType:            kind,
			ResourceID:          model.ResourceID.ValueString(),
			ResourceName:        model.ResourceName.ValueString(),
			EnterpriseProjectID: model.project(noProject),
			Method:              model.method(),
			SubCustomerID:       model.MemberID.ValueString(),
		})
	}

	items, sums, facts, diags := addUpBills(ctx, services.client, "read the cost breakdown", &model.billArguments, breakdownsKept, ask,
		costShareLine, flattenCostShare)
	if diags.HasError() {
		return diags
	}

	model.Records, model.billFacts, model.tagResults = items, facts, sums.tagResults()
	total := sums.all.breakdownTotal()
	model.Total = &total

	if len(sums.keys) == 0 {
		return diags
	}

	model.GroupedTotals = []breakdownGroup{}

	for _, group := range sums.sorted(currentAmount) {
		model.GroupedTotals = append(model.GroupedTotals, breakdownGroup{
			breakdownTotal: sums.groups[group].breakdownTotal(), groupColumns: sums.columns(group),
			CostUnits: labelsOf(sums.unitKeys, group.costUnits),
		})
	}

	return diags
}

func (s *billSum) breakdownTotal() breakdownTotal {
	numbers := s.numbers()

	return breakdownTotal{RowCount: s.count, breakdownAmounts: numbers.breakdownAmounts()}
}

func costShareLine(row bssapi.CostShare) billLine {
	line := billLine{
		account:           coded{code: row.CustomerID},
		serviceType:       coded{row.ServiceTypeCode, row.ServiceTypeName},
		resourceType:      coded{row.ResourceTypeCode, row.ResourceTypeName},
		region:            coded{row.RegionCode, row.RegionName},
		enterpriseProject: allocated(row.EnterpriseProjectID, row.EnterpriseProjectName),
		resource:          coded{row.ResourceID, row.ResourceName},
		pairs:             &billTags{map[string]string{}, true},
		costUnits:         map[string]string{},
		chargeMode:        wordOf(bssapi.ChargeModes, row.ChargingMode),
		billType:          wordOf(bssapi.BillTypes, row.BillType),
		amounts: [billAmountCount]bssapi.Decimal{
			consumeAmount:             row.ConsumeAmount,
			pastAmount:                row.PastMonthsAmortizedAmount,
			currentAmount:             row.CurrentMonthAmortizedAmount,
			futureAmount:              row.FutureMonthsAmortizedAmount,
			cashAmount:                row.AmortizedCashAmount,
			creditAmount:              row.AmortizedCreditAmount,
			couponAmount:              row.AmortizedCouponAmount,
			flexipurchaseCouponAmount: row.AmortizedFlexipurchaseCouponAmount,
			storedValueCardAmount:     row.AmortizedStoredValueCardAmount,
			bonusAmount:               row.AmortizedBonusAmount,
		},
	}

	for _, tag := range row.EffectiveTagPairs {
		if !line.pairs.add(tag.TagKey, tag.TagValue) {
			line.pairs = &billTags{}

			break
		}
	}

	for _, unit := range row.CostUnitPairs {
		value := unit.CostUnitRuleValue
		if _, twice := line.costUnits[unit.CostUnitName]; twice {
			value = "" // Which of the two it is, nothing tells.
		}

		line.costUnits[unit.CostUnitName] = value
	}

	return line
}

func flattenCostShare(line *billLine, row bssapi.CostShare) breakdownRecordRow {
	numbers := numbersOf(line.amounts)

	item := breakdownRecordRow{
		breakdownAmounts: numbers.breakdownAmounts(),
		billedService: billedService{
			Month: textPtr(row.SharedMonth), ServiceTypeCode: textPtr(row.ServiceTypeCode), ServiceTypeName: textPtr(row.ServiceTypeName),
		},
		billedPlace: billedPlace{
			RegionCode: textPtr(row.RegionCode), RegionName: textPtr(row.RegionName),
			EnterpriseProjectID: textPtr(line.enterpriseProject.code), EnterpriseProjectName: textPtr(line.enterpriseProject.name),
		},
		subRow: subRow{
			SubServiceTypeCode: textPtr(row.SubServiceTypeCode), SubServiceTypeName: textPtr(row.SubServiceTypeName),
			SubResourceTypeCode: textPtr(row.SubResourceTypeCode), SubResourceTypeName: textPtr(row.SubResourceTypeName),
			SubResourceID: textPtr(row.SubResourceID), SubResourceName: textPtr(row.SubResourceName),
		},
		BillCycle:             textPtr(row.BillCycle),
		BillType:              textPtr(line.billType),
		CustomerID:            textPtr(row.CustomerID),
		ResourceTypeCode:      textPtr(row.ResourceTypeCode),
		ResourceTypeName:      textPtr(row.ResourceTypeName),
		EffectiveTime:         textPtr(row.EffectiveTime),
		ExpireTime:            textPtr(row.ExpireTime),
		ResourceID:            textPtr(row.ResourceID),
		ResourceName:          textPtr(row.ResourceName),
		ResourceTag:           textPtr(row.ResourceTag),
		ProductSpecDesc:       textPtr(row.ProductSpecDesc),
		ChargeMode:            textPtr(line.chargeMode),
		OrderID:               textPtr(row.OrderID),
		PeriodType:            wordPtr(bssapi.BillPeriodTypes, row.PeriodType),
		UsageType:             textPtr(row.UsageType),
		Usage:                 numberPtr(row.Usage),
		UsageMeasureID:        countPtr(row.UsageMeasureID),
		FreeResourceUsage:     numberPtr(row.FreeResourceUsage),
		FreeResourceMeasureID: countPtr(row.FreeResourceMeasureID),
		RIUsage:               numberPtr(row.RIUsage),
		RIUsageMeasureID:      countPtr(row.RIUsageMeasureID),
	}

	for _, tag := range row.EffectiveTagPairs {
		item.Tags = append(item.Tags, breakdownTag{textPtr(tag.TagKey), textPtr(tag.TagValue)})
	}

	for _, unit := range row.CostUnitPairs {
		item.CostUnits = append(item.CostUnits, breakdownCostUnit{textPtr(unit.CostUnitName), textPtr(unit.CostUnitRuleValue)})
	}

	return item
}
