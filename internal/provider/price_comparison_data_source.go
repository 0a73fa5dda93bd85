// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

// Hours of a month: the usual average, and the most that one has.
const (
	usualMonthHours = 730
	mostMonthHours  = 744
)

func newPriceComparisonDataSource() datasource.DataSource {
	return &dataSource[priceComparisonModel]{
		name: "price_comparison", calls: []string{"get_on_demand_price", "get_period_price"},
		without: "there are list prices only",
		schema: schema.Schema{
			MarkdownDescription: fmt.Sprintf(
				"The same products pay-per-use, by the month and by the year: what is cheapest, and from how many hours of "+
					"use a term pays.\n\n**The rules.** Pay-per-use costs the price of one hour, times `hours_per_month`. A month costs its term, a "+
					"year's term a twelfth of its price, to six decimals. A term breaks even where its cost of a month is that of so many hours, "+
					"rounded up to two decimals. More than %d hours means never, as no month has more.\n\n**By hand.** An hour costs 0.061, a month "+
					"30.4, a year 304. With 200 hours, pay-per-use costs 12.2 a month, the year 304 ÷ 12 = 25.333333; a month pays from "+
					"30.4 ÷ 0.061 = 498.37 hours, a year from 25.333333 ÷ 0.061 = 415.31.\n\n**The prices** are those after "+
					"discounts: of pay-per-use as the API gives it, of a term with its best offer, or the list price if there is none. With "+
					"`list_prices`, all are list prices. A product that is not sold in one of the ways has no price there, and the reason why; what is "+
					"cheapest is then that of the others. It takes three calls, and one more for each product in a way that not all are sold in.",
				mostMonthHours,
			),
			Attributes: joined(map[string]schema.Attribute{
				"project_id": projectArgument(),
				"region":     regionArgument(),
				"hours_per_month": schema.NumberAttribute{
					Optional: true,
					MarkdownDescription: fmt.Sprintf("Hours of use in a month, 0 to %d, of each product. Default: `%d`, all the time. A product "+
						"that is used longer than the rest, such as the disk of a stopped server, belongs in a comparison of its own.",
						mostMonthHours, usualMonthHours),
					Validators: []validator.Number{notNegative{}},
				},
				"list_prices": schema.BoolAttribute{
					Optional: true, MarkdownDescription: "Whether to compare list prices, without discounts. Default: `false`.",
				},
				"products": productsArgument("Products to compare. The keys are your own; `prices` uses the same keys. Each is one of `ecs`, "+
					"`evs`, `eip`, `bandwidth` or `codes`.", nil),
				"currency": computedString("Currency of the amounts; null if nothing has a price."),
				"prices": computedMap("Each product, by its name.", joined(comparedAttributes("the product"), map[string]schema.Attribute{
					"reasons": schema.MapAttribute{
						Computed: true, ElementType: types.StringType,
						MarkdownDescription: "Why it has no price, by the way to pay: `pay_per_use`, `month` or `year`. Empty if it has all three.",
					},
				})),
				"complete": computedBool("Whether each product has a price in each of the three ways. A sum is null in a way in which one has none."),
			}, comparedAttributes("all products together")),
		},
		validate: validatePriceComparison,
		read:     readPriceComparison,
	}
}

func comparedAttributes(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"hour_amount":                computedNumber("An hour of pay-per-use of " + what + ", with up to 10 decimals; null without a price."),
		"month_amount":               computedNumber("A term of one month of " + what + "; null without a price."),
		"year_amount":                computedNumber("A term of one year of " + what + "; null without a price."),
		"pay_per_use_monthly_amount": computedNumber("`hours_per_month` hours of pay-per-use of " + what + "."),
		"year_monthly_amount":        computedNumber("A twelfth of `year_amount`."),
		"month_break_even_hours":     computedNumber("From how many hours of use a month on, `month_amount` is not dearer than pay-per-use."),
		"year_break_even_hours":      computedNumber("From how many hours of use a month on, `year_amount` is not dearer than pay-per-use."),
		"cheapest": computedString(
			"The cheapest at `hours_per_month`, among those with a price: `pay_per_use`, `month` or `year`. If two cost the same, " +
				"the one that binds less.",
		),
		"cheapest_monthly_amount": computedNumber("What a month of that costs."),
	}
}

func validatePriceComparison(ctx context.Context, model *priceComparisonModel) diag.Diagnostics {
	products, diags := knownProducts[productModel](ctx, model.Products)

	for _, name := range sortedNames(products) {
		product, at := products[name], productPath(name)

		diags.Append(validateKinds(at, product.kinds())...)
		diags.Append(validateRegion(at, product.Region, model.Region)...)
		diags.Append(product.validateSize(ctx, at, false)...)
	}

	if isKnown(model.HoursPerMonth) && model.HoursPerMonth.ValueBigFloat().Cmp(big.NewFloat(mostMonthHours)) > 0 {
		diags.AddAttributeError(path.Root("hours_per_month"), "Month has no such hours",
			fmt.Sprintf("%s hours are more than the %d of the longest month.", decimalOf(model.HoursPerMonth), mostMonthHours))
	}

	return diags
}

func readPriceComparison(ctx context.Context, services *services, model *priceComparisonModel) diag.Diagnostics {
	products, diags := knownProducts[productModel](ctx, model.Products)
	asked := comparison{client: services.client, projectID: model.ProjectID.ValueString(), list: model.ListPrices.ValueBool()}

	for _, name := range sortedNames(products) {
		asked.products = append(
			asked.products,
			comparedProduct{products[name].priced(ctx, name, model.Region, &diags), products[name].quantity()},
		)
	}

	if diags.HasError() {
		return diags
	}

	model.Prices = map[string]comparedPrices{}
	for _, product := range asked.products {
		model.Prices[product.ID] = comparedPrices{Reasons: map[string]string{}}
	}

	ways := map[outlook.Way]map[string]bssapi.Decimal{}

	for _, one := range []struct {
		way outlook.Way
		ask askOne
	}{{outlook.ByUse, asked.byUse}, {outlook.ByMonth, asked.byMonth}, {outlook.ByYear, asked.byYear}} {
		prices, reasons, err := asked.each(ctx, one.ask)
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("price the products", err)}
		}

		ways[one.way] = prices

		for id, reason := range reasons {
			model.Prices[id].Reasons[string(one.way)] = reason
		}
	}

	if len(asked.currencies) > 1 {
		return diag.Diagnostics{diag.NewErrorDiagnostic("Products are priced in several currencies", fmt.Sprintf(
			"The API prices some of them, or some ways to pay, in %s, so that they cannot be compared. Ask for the prices of each way apart, "+
				"with bss_on_demand_price and bss_period_price.", strings.Join(asked.currencies, " and ")))}
	}

	if len(ways[outlook.ByUse])+len(ways[outlook.ByMonth])+len(ways[outlook.ByYear]) > 0 {
		model.Currency, diags = priceCurrency(ctx, services.client, strings.Join(asked.currencies, ""))
	}

	model.show(asked.products, ways)

	return diags
}
