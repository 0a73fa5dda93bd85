// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Usage factors of products that are paid by the hour, and of traffic.
const (
	usageDuration = "Duration"
	usageTraffic  = "upflow"

	measureHour      = 4
	measureTrafficGB = 10

	maxMeasureID = 9999
)

type onDemandPriceModel struct {
	ProjectID      types.String                 `tfsdk:"project_id"`
	Region         types.String                 `tfsdk:"region"`
	Hours          types.Number                 `tfsdk:"hours"`
	HighPrecision  types.Bool                   `tfsdk:"high_precision"`
	Products       types.Map                    `tfsdk:"products"`
	Currency       types.String                 `tfsdk:"currency"`
	Amount         *big.Float                   `tfsdk:"amount"`
	DiscountAmount *big.Float                   `tfsdk:"discount_amount"`
	OfficialAmount *big.Float                   `tfsdk:"official_amount"`
	Prices         map[string]onDemandPriceItem `tfsdk:"prices"`
}

type onDemandPriceItem struct {
	ProductID      *string            `tfsdk:"product_id"`
	Amount         *big.Float         `tfsdk:"amount"`
	DiscountAmount *big.Float         `tfsdk:"discount_amount"`
	OfficialAmount *big.Float         `tfsdk:"official_amount"`
	Discounts      []onDemandDiscount `tfsdk:"discounts"`
}

type onDemandDiscount struct {
	DiscountID   *string    `tfsdk:"discount_id"`
	DiscountName *string    `tfsdk:"discount_name"`
	DiscountType *string    `tfsdk:"discount_type"`
	Amount       *big.Float `tfsdk:"amount"`
}

// onDemandProduct is a product of the argument.
type onDemandProduct struct {
	productModel

	Traffic types.Object `tfsdk:"traffic"`
	Hours   types.Number `tfsdk:"hours"`
	Usage   types.Object `tfsdk:"usage"`
}

type trafficModel struct {
	Type types.String `tfsdk:"type"`
	GB   types.Number `tfsdk:"gb"`
}

type usageModel struct {
	Factor    types.String `tfsdk:"factor"`
	Value     types.Number `tfsdk:"value"`
	MeasureID types.Int64  `tfsdk:"measure_id"`
}

func newOnDemandPriceDataSource() datasource.DataSource {
	return &dataSource[onDemandPriceModel]{
		name: "on_demand_price", calls: []string{"get_on_demand_price"},
		without: "there are prices, but no discounts",
		schema: schema.Schema{
			MarkdownDescription: "Exact prices of pay-per-use products: each product and all together, after discounts and at list price.\n\n" +
				"A product that is not on the price list is an error at that product. The API does not say which of several products it " +
				"refuses, so each is then asked for alone.",
			Attributes: map[string]schema.Attribute{
				"project_id": projectArgument(),
				"region":     regionArgument(),
				"hours": schema.NumberAttribute{
					Optional:            true,
					MarkdownDescription: "Hours of use to price. Default for products without `hours`. A month has about 730.",
					Validators:          []validator.Number{notNegative{}},
				},
				"high_precision": schema.BoolAttribute{
					Optional: true, MarkdownDescription: "Whether prices have up to 10 decimals. Default: `false`, up to 6.",
				},
				"products": productsArgument("Products to price. The keys are your own; `prices` uses the same keys. Each is one of `ecs`, "+
					"`evs`, `eip`, `bandwidth`, `traffic` or `codes`.", onDemandProductAttributes()),
				"currency":        computedString("Currency of the amounts."),
				"amount":          computedNumber("Price of all products after discounts."),
				"discount_amount": computedNumber("What discounts take off."),
				"official_amount": computedNumber("Price of all products on the price list."),
				"prices": computedMap("Price of each product, by its name.", map[string]schema.Attribute{
					"product_id":      computedString("Id of the product on the price list."),
					"amount":          computedNumber("Price after discounts."),
					"discount_amount": computedNumber("What discounts take off."),
					"official_amount": computedNumber("Price on the price list."),
					"discounts": computedList("Discounts included in `amount`; empty if the API shows none.", map[string]schema.Attribute{
						"discount_id":   computedString("Id of the discount."),
						"discount_name": computedString("Name of the discount."),
						"discount_type": computedString("Kind of the discount: " + wordsOf(bssapi.PriceDiscountTypes) + "."),
						"amount":        computedNumber("What it takes off."),
					}),
				}),
			},
		},
		validate: validateOnDemandPrice,
		read:     readOnDemandPrice,
	}
}

func onDemandProductAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"traffic": kindOfProduct("Traffic that leaves an address, for bandwidth that is charged by it.", map[string]schema.Attribute{
			"type": lineArgument(),
			"gb": schema.NumberAttribute{
				Required: true, MarkdownDescription: "Traffic in gigabytes.",
				Validators: []validator.Number{notNegative{}},
			},
		}),
		"hours": schema.NumberAttribute{
			Optional: true, MarkdownDescription: "Hours of use to price. Default: `hours` of the data source.",
			Validators: []validator.Number{notNegative{}},
		},
		"usage": schema.SingleNestedAttribute{
			Optional: true, MarkdownDescription: "Metered usage, for `codes` of a product that is not paid by the hour.",
			Attributes: map[string]schema.Attribute{
				"factor": requiredText("What is metered, such as `Duration` or `upflow`.", trimmed{maxCodeLength}),
				"value": schema.NumberAttribute{
					Required: true, MarkdownDescription: "How much of it.",
					Validators: []validator.Number{notNegative{}},
				},
				"measure_id": schema.Int64Attribute{
					Required: true, MarkdownDescription: "Id of its unit, such as 4 for hours or 10 for gigabytes.",
					Validators: []validator.Int64{int64validator.Between(0, maxMeasureID)},
				},
			},
		},
	}
}

func validateOnDemandPrice(ctx context.Context, model *onDemandPriceModel) diag.Diagnostics {
	products, diags := knownProducts[onDemandProduct](ctx, model.Products)

	for _, name := range sortedNames(products) {
		product, at := products[name], productPath(name)
		byTraffic := product.Usage.IsUnknown()

		if isKnown(product.Usage) {
			factor := objectAs[usageModel](ctx, product.Usage, &diags).Factor
			byTraffic = factor.IsUnknown() || factor.ValueString() != usageDuration
		}

		diags.Append(validateKinds(at, append(product.kinds(), productKind{"traffic", product.Traffic}))...)
		diags.Append(validateRegion(at, product.Region, model.Region)...)
		diags.Append(product.validateSize(ctx, at, byTraffic)...)

		switch {
		case isKnown(product.Usage) && product.Codes.IsNull():
			diags.AddAttributeError(at.AtName("usage"), "Product has usage of its own", "usage goes with codes alone. Give hours, or traffic.")
		case isKnown(product.Hours) && (isKnown(product.Usage) || isKnown(product.Traffic)):
			diags.AddAttributeError(at.AtName("hours"), "Product is not paid by the hour", "hours does not go with usage or traffic.")
		case product.Hours.IsNull() && model.Hours.IsNull() && product.Usage.IsNull() && product.Traffic.IsNull():
			diags.AddAttributeError(at, "Product has no hours of use",
				"Give the hours of the product here, or those of all products as hours of the data source.")
		}
	}

	return diags
}

func readOnDemandPrice(ctx context.Context, services *services, model *onDemandPriceModel) diag.Diagnostics {
	products, diags := knownProducts[onDemandProduct](ctx, model.Products)
	request := bssapi.GetOnDemandPriceRequest{ProjectID: model.ProjectID.ValueString()}

	if model.HighPrecision.ValueBool() {
		request.InquiryPrecision = 1
	}

	var wanted []bssapi.OnDemandProduct
	for _, name := range sortedNames(products) {
		wanted = append(wanted, products[name].wire(ctx, name, model, &diags))
	}

	if diags.HasError() {
		return diags
	}

	about := func(product bssapi.OnDemandProduct) bssapi.PricedProduct { return product.PricedProduct }

	answer, diags := askPrice(wanted, about, func(products []bssapi.OnDemandProduct) (*bssapi.OnDemandPrice, error) {
		request.ProductInfos = products

		return services.client.GetOnDemandPrice(ctx, request)
	})
	if diags.HasError() {
		return diags
	}

	model.Currency, diags = priceCurrency(ctx, services.client, answer.Currency)
	model.Amount, model.DiscountAmount = numberPtr(answer.Amount), numberPtr(answer.DiscountAmount)
	model.OfficialAmount = numberPtr(answer.OfficialWebsiteAmount)
	model.Prices = map[string]onDemandPriceItem{}

	for _, price := range answer.ProductRatingResults {
		model.Prices[price.ID] = flattenOnDemandPrice(price)
	}

	return diags
}

// wire is the product as a request has it.
func (p onDemandProduct) wire(ctx context.Context, name string, model *onDemandPriceModel, diags *diag.Diagnostics) bssapi.OnDemandProduct {
	priced := p.priced(ctx, name, model.Region, diags)
	hours := model.Hours

	if !p.Hours.IsNull() {
		hours = p.Hours
	}

	factor, value, measure := usageDuration, decimalOf(hours), measureHour

	switch {
	case !p.Traffic.IsNull():
		traffic := objectAs[trafficModel](ctx, p.Traffic, diags)
		priced.CloudServiceType, priced.ResourceType, priced.ResourceSpec = serviceNetwork, resourceTypeBandwidth, "12_"+lineOf(traffic.Type)
		factor, value, measure = usageTraffic, decimalOf(traffic.GB), measureTrafficGB
	case !p.Usage.IsNull():
		usage := objectAs[usageModel](ctx, p.Usage, diags)
		factor, value, measure = usage.Factor.ValueString(), decimalOf(usage.Value), int(usage.MeasureID.ValueInt64())
	}

	return bssapi.OnDemandProduct{
		PricedProduct: priced, UsageFactor: factor, UsageValue: value, UsageMeasureID: measure, SubscriptionNum: p.quantity(),
	}
}

func flattenOnDemandPrice(price bssapi.OnDemandProductPrice) onDemandPriceItem {
	item := onDemandPriceItem{
		ProductID:      textPtr(price.ProductID),
		Amount:         numberPtr(price.Amount),
		DiscountAmount: numberPtr(price.DiscountAmount),
		OfficialAmount: numberPtr(price.OfficialWebsiteAmount),
	}

	for _, discount := range price.DiscountRatingResults {
		item.Discounts = append(item.Discounts, onDemandDiscount{
			DiscountID:   textPtr(discount.DiscountID),
			DiscountName: textPtr(discount.DiscountName),
			DiscountType: wordPtr(bssapi.AppliedDiscountTypes, bssapi.AppliedDiscountType(discount.DiscountType)),
			Amount:       numberPtr(discount.Amount),
		})
	}

	return item
}
