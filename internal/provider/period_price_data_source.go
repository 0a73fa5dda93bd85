// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const maxPeriods = 214783647

type periodPriceModel struct {
	ProjectID                 types.String               `tfsdk:"project_id"`
	Region                    types.String               `tfsdk:"region"`
	PeriodUnit                types.String               `tfsdk:"period_unit"`
	Period                    types.Int64                `tfsdk:"period"`
	Products                  types.Map                  `tfsdk:"products"`
	Currency                  types.String               `tfsdk:"currency"`
	OfficialAmount            *big.Float                 `tfsdk:"official_amount"`
	BestOfferAmount           *big.Float                 `tfsdk:"best_offer_amount"`
	InstallmentOfficialAmount *big.Float                 `tfsdk:"installment_official_amount"`
	InstallmentPeriodUnit     *string                    `tfsdk:"installment_period_unit"`
	Prices                    map[string]periodPriceItem `tfsdk:"prices"`
	Discounts                 []periodDiscount           `tfsdk:"discounts"`
}

type periodPriceItem struct {
	ProductID                 *string    `tfsdk:"product_id"`
	OfficialAmount            *big.Float `tfsdk:"official_amount"`
	BestOfferAmount           *big.Float `tfsdk:"best_offer_amount"`
	InstallmentOfficialAmount *big.Float `tfsdk:"installment_official_amount"`
	InstallmentPeriodUnit     *string    `tfsdk:"installment_period_unit"`
}

type periodDiscount struct {
	DiscountID   *string `tfsdk:"discount_id"`
	DiscountName *string `tfsdk:"discount_name"`
	DiscountType *string `tfsdk:"discount_type"`
	BestOffer    *bool   `tfsdk:"best_offer"`
	discountedPrice
	Prices map[string]periodDiscountItem `tfsdk:"prices"`
}

type periodDiscountItem struct {
	ProductID *string `tfsdk:"product_id"`
	discountedPrice
}

// discountedPrice is a price with a discount.
type discountedPrice struct {
	Amount                    *big.Float `tfsdk:"amount"`
	OfficialAmount            *big.Float `tfsdk:"official_amount"`
	DiscountAmount            *big.Float `tfsdk:"discount_amount"`
	InstallmentOfficialAmount *big.Float `tfsdk:"installment_official_amount"`
	InstallmentDiscountAmount *big.Float `tfsdk:"installment_discount_amount"`
	InstallmentAmount         *big.Float `tfsdk:"installment_amount"`
	InstallmentPeriodUnit     *string    `tfsdk:"installment_period_unit"`
}

// periodProduct is a product of the argument.
type periodProduct struct {
	productModel

	Installments types.String `tfsdk:"installments"`
}

func newPeriodPriceDataSource() datasource.DataSource {
	return &dataSource[periodPriceModel]{
		name: "period_price", calls: []string{"get_period_price"},
		without: "there are list prices only",
		schema: schema.Schema{
			MarkdownDescription: "Exact prices of yearly/monthly products, which are paid at the start of their term: each product and all " +
				"together, at list price and with each discount of the account.\n\nA product that is not on the price list is an error at " +
				"that product. The API does not say which of several products it refuses, so each is then asked for alone.",
			Attributes: map[string]schema.Attribute{
				"project_id": projectArgument(),
				"region":     regionArgument(),
				"period_unit": requiredText(
					"Unit of the term: "+listOf(bssapi.PricePeriodTypes.All())+". Few products are sold by the day or the hour.",
					oneOf(bssapi.PricePeriodTypes),
				),
				"period": schema.Int64Attribute{
					Required: true, MarkdownDescription: "How many of that unit the term has.",
					Validators: []validator.Int64{int64validator.Between(1, maxPeriods)},
				},
				"products": productsArgument("Products to price. The keys are your own; `prices` uses the same keys. Each is one of `ecs`, "+
					"`evs`, `eip`, `bandwidth` or `codes`.", map[string]schema.Attribute{
					"installments": wordArgument("How much is paid at the start: %s. For CloudPond on the China site. Default: all of it.",
						bssapi.InstallmentModes),
				}),
				"currency":                    computedString("Currency of the amounts."),
				"official_amount":             computedNumber("Price of all products on the price list, for the whole term."),
				"best_offer_amount":           computedNumber(bestOfferDescription),
				"installment_official_amount": computedNumber("Each installment of all products on the price list; null without installments."),
				"installment_period_unit":     computedString("How often an installment is due: " + wordsOf(bssapi.RenewalPeriodTypes) + "."),
				"prices": computedMap("Price of each product, by its name.", map[string]schema.Attribute{
					"product_id":                  computedString("Id of the product on the price list."),
					"official_amount":             computedNumber("Price on the price list."),
					"best_offer_amount":           computedNumber(bestOfferDescription),
					"installment_official_amount": computedNumber("Each installment on the price list; null without installments."),
					"installment_period_unit":     computedString("How often an installment is due: " + wordsOf(bssapi.RenewalPeriodTypes) + "."),
				}),
				"discounts": computedList("Discounts to choose from when ordering, and the price with each; empty if the API shows none.",
					periodDiscountAttributes()),
			},
		},
		validate: validatePeriodPrice,
		read:     readPeriodPrice,
	}
}

const bestOfferDescription = "Price with the best of the commercial and partner discounts. Promotions are not considered. Null if " +
	"the API names no best one."

func periodDiscountAttributes() map[string]schema.Attribute {
	all := priceDiscountAttributes()
	product := discountedPriceAttributes()
	product["product_id"] = computedString("Id of the product on the price list.")
	all["prices"] = computedMap("Price of each product with the discount, by its name.", product)

	return all
}

// priceDiscountAttributes are those of a discount that can be chosen.
func priceDiscountAttributes() map[string]schema.Attribute {
	all := map[string]schema.Attribute{
		"discount_id":   computedString("Id of the discount."),
		"discount_name": computedString("Name of the discount."),
		"discount_type": computedString("Kind of the discount: " + wordsOf(bssapi.PriceDiscountTypes) + "."),
		"best_offer":    computedBool("Whether it is the best of the commercial and partner discounts."),
	}

	maps.Copy(all, discountedPriceAttributes())

	return all
}

func discountedPriceAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"amount":                      computedNumber("Price after the discount."),
		"official_amount":             computedNumber("Price on the price list."),
		"discount_amount":             computedNumber("What the discount takes off."),
		"installment_official_amount": computedNumber("Each installment on the price list; null without installments."),
		"installment_discount_amount": computedNumber("What the discount takes off each installment."),
		"installment_amount":          computedNumber("Each installment after the discount."),
		"installment_period_unit":     computedString("How often an installment is due: " + wordsOf(bssapi.RenewalPeriodTypes) + "."),
	}
}

func validatePeriodPrice(ctx context.Context, model *periodPriceModel) diag.Diagnostics {
	products, diags := knownProducts[periodProduct](ctx, model.Products)

	for _, name := range sortedNames(products) {
		product, at := products[name], productPath(name)

		diags.Append(validateKinds(at, product.kinds())...)
		diags.Append(validateRegion(at, product.Region, model.Region)...)
		diags.Append(product.validateSize(ctx, at, false)...)
	}

	return diags
}

func readPeriodPrice(ctx context.Context, services *services, model *periodPriceModel) diag.Diagnostics {
	products, diags := knownProducts[periodProduct](ctx, model.Products)
	request := bssapi.GetPeriodPriceRequest{ProjectID: model.ProjectID.ValueString()}

	var wanted []bssapi.PeriodProduct

	for _, name := range sortedNames(products) {
		if !products[name].Installments.IsNull() {
			diags.Append(installmentsOnSite(ctx, services.client, name)...)
		}

		wanted = append(wanted, products[name].wire(ctx, name, model, &diags))
	}

	if diags.HasError() {
		return diags
	}

	about := func(product bssapi.PeriodProduct) bssapi.PricedProduct { return product.PricedProduct }

	answer, diags := askPrice(wanted, about, func(products []bssapi.PeriodProduct) (*bssapi.PeriodPrice, error) {
		request.ProductInfos = products

		return services.client.GetPeriodPrice(ctx, request)
	})
	if diags.HasError() {
		return diags
	}

	model.Currency, diags = priceCurrency(ctx, services.client, answer.Currency)
	model.show(answer)

	return diags
}

// installmentsOnSite refuses installments where the site has none.
func installmentsOnSite(ctx context.Context, client *bssapi.Client, name string) diag.Diagnostics {
	site, err := client.Site(ctx)

	switch {
	case err != nil:
		return diag.Diagnostics{apiDiagnostic("price the products", err)}
	case site != bssapi.SiteChina:
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(productPath(name).AtName("installments"), "Site has no installments",
			"Installments exist on the China site alone, but the account is on the site "+string(site)+". Leave installments out.")}
	default:
		return nil
	}
}

// wire is the product as a request has it.
func (p periodProduct) wire(ctx context.Context, name string, model *periodPriceModel, diags *diag.Diagnostics) bssapi.PeriodProduct {
	// The validators know the words. No word has the empty code.
	period, _ := bssapi.PricePeriodTypes.Code(model.PeriodUnit.ValueString())
	installments, _ := bssapi.InstallmentModes.Code(p.Installments.ValueString())

	return bssapi.PeriodProduct{
		PricedProduct: p.priced(ctx, name, model.Region, diags), PeriodType: period, PeriodNum: int(model.Period.ValueInt64()),
		SubscriptionNum: p.quantity(), FeeInstallmentMode: installments,
	}
}

// show writes the answer, which holds the official price.
func (m *periodPriceModel) show(answer *bssapi.PeriodPrice) {
	official := answer.OfficialWebsiteRatingResult
	m.OfficialAmount = numberPtr(official.OfficialWebsiteAmount)
	m.InstallmentOfficialAmount = numberPtr(official.InstallmentOfficialWebsiteAmount)
	m.InstallmentPeriodUnit = wordPtr(bssapi.PeriodTypes, official.InstallmentPeriodType)
	m.Prices = map[string]periodPriceItem{}

	var best periodDiscount

	for _, discount := range answer.OptionalDiscountRatingResults {
		item := flattenPeriodDiscount(discount)
		m.Discounts = append(m.Discounts, item)

		if item.BestOffer != nil && *item.BestOffer {
			best = item
		}
	}

	m.BestOfferAmount = best.Amount

	for _, price := range official.ProductRatingResults {
		m.Prices[price.ID] = periodPriceItem{
			ProductID:                 textPtr(price.ProductID),
			OfficialAmount:            numberPtr(price.OfficialWebsiteAmount),
			BestOfferAmount:           best.Prices[price.ID].Amount,
			InstallmentOfficialAmount: numberPtr(price.InstallmentOfficialWebsiteAmount),
			InstallmentPeriodUnit:     wordPtr(bssapi.PeriodTypes, price.InstallmentPeriodType),
		}
	}
}

func flattenPeriodDiscount(discount bssapi.PeriodDiscountPrice) periodDiscount {
	item := periodDiscount{
		DiscountID:      textPtr(discount.DiscountID),
		DiscountName:    textPtr(discount.DiscountName),
		DiscountType:    wordPtr(bssapi.AppliedDiscountTypes, bssapi.AppliedDiscountType(discount.DiscountType)),
		BestOffer:       yesPtr(discount.BestOffer),
		discountedPrice: newDiscountedPrice(discount.DiscountedPrice),
		Prices:          map[string]periodDiscountItem{},
	}

	for _, price := range discount.ProductRatingResults {
		item.Prices[price.ID] = periodDiscountItem{
			ProductID:       textPtr(price.ProductID),
			discountedPrice: newDiscountedPrice(price.DiscountedPrice),
		}
	}

	return item
}

func newDiscountedPrice(price bssapi.DiscountedPrice) discountedPrice {
	return discountedPrice{
		Amount:                    numberPtr(price.Amount),
		OfficialAmount:            numberPtr(price.OfficialWebsiteAmount),
		DiscountAmount:            numberPtr(price.DiscountAmount),
		InstallmentOfficialAmount: numberPtr(price.InstallmentOfficialWebsiteAmount),
		InstallmentDiscountAmount: numberPtr(price.InstallmentOfficialDiscountAmount),
		InstallmentAmount:         numberPtr(price.InstallmentAmount),
		InstallmentPeriodUnit:     wordPtr(bssapi.PeriodTypes, price.InstallmentPeriodType),
	}
}
