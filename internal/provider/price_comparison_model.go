// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"maps"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/outlook"
)

type priceComparisonModel struct {
	ProjectID     types.String              `tfsdk:"project_id"`
	Region        types.String              `tfsdk:"region"`
	HoursPerMonth types.Number              `tfsdk:"hours_per_month"`
	ListPrices    types.Bool                `tfsdk:"list_prices"`
	Products      types.Map                 `tfsdk:"products"`
	Currency      types.String              `tfsdk:"currency"`
	Prices        map[string]comparedPrices `tfsdk:"prices"`
	Complete      *bool                     `tfsdk:"complete"`
	comparedTerms
}

type comparedPrices struct {
	comparedTerms
	Reasons map[string]string `tfsdk:"reasons"`
}

// comparedTerms are the ways to pay for something, side by side.
type comparedTerms struct {
	HourAmount          *big.Float `tfsdk:"hour_amount"`
	MonthAmount         *big.Float `tfsdk:"month_amount"`
	YearAmount          *big.Float `tfsdk:"year_amount"`
	PayPerUseMonthly    *big.Float `tfsdk:"pay_per_use_monthly_amount"`
	YearMonthly         *big.Float `tfsdk:"year_monthly_amount"`
	MonthBreakEvenHours *big.Float `tfsdk:"month_break_even_hours"`
	YearBreakEvenHours  *big.Float `tfsdk:"year_break_even_hours"`
	Cheapest            *string    `tfsdk:"cheapest"`
	CheapestMonthly     *big.Float `tfsdk:"cheapest_monthly_amount"`
}

// comparison asks for prices of products.
type comparison struct {
	client     *bssapi.Client
	projectID  string
	list       bool
	products   []comparedProduct
	currencies currencies
}

type comparedProduct struct {
	bssapi.PricedProduct

	quantity int
}

// askOne asks for the prices of some products in one way to pay, by their names.
type askOne func(ctx context.Context, products []comparedProduct) (map[string]bssapi.Decimal, error)

// each asks for all products at once, and for each alone if the API refuses one of
// them without saying which. What has no price has a reason.
func (c *comparison) each(ctx context.Context, ask askOne) (prices map[string]bssapi.Decimal, reasons map[string]string, err error) {
	prices, err = ask(ctx, c.products)
	if err == nil || !refusesProduct(err) {
		return prices, nil, err
	}

	prices, reasons = map[string]bssapi.Decimal{}, map[string]string{}

	for _, product := range c.products {
		refusal := err

		if len(c.products) > 1 {
			var alone map[string]bssapi.Decimal

			alone, refusal = ask(ctx, []comparedProduct{product})
			maps.Copy(prices, alone)
		}

		switch {
		case refusal == nil:
		case refusesProduct(refusal):
			reasons[product.ID] = answer(refusal)
		default:
			return nil, nil, refusal
		}
	}

	return prices, reasons, nil
}

func (c *comparison) byUse(ctx context.Context, products []comparedProduct) (map[string]bssapi.Decimal, error) {
	request := bssapi.GetOnDemandPriceRequest{ProjectID: c.projectID, InquiryPrecision: 1}

	for _, product := range products {
		request.ProductInfos = append(request.ProductInfos, bssapi.OnDemandProduct{
			PricedProduct: product.PricedProduct, UsageFactor: usageDuration, UsageValue: decimalOf(types.NumberValue(big.NewFloat(1))),
			UsageMeasureID: measureHour, SubscriptionNum: product.quantity,
		})
	}

	priced, err := c.client.GetOnDemandPrice(ctx, request)
	if err != nil {
		return nil, err
	}

	c.currencies.add(priced.Currency)
	prices := map[string]bssapi.Decimal{}

	for _, price := range priced.ProductRatingResults {
		prices[price.ID] = price.Amount
		if c.list {
			prices[price.ID] = price.OfficialWebsiteAmount
		}
	}

	return prices, nil
}

func (c *comparison) byMonth(ctx context.Context, products []comparedProduct) (map[string]bssapi.Decimal, error) {
	return c.byTerm(ctx, products, bssapi.PeriodTypeMonth)
}

func (c *comparison) byYear(ctx context.Context, products []comparedProduct) (map[string]bssapi.Decimal, error) {
	return c.byTerm(ctx, products, bssapi.PeriodTypeYear)
}

func (c *comparison) byTerm(ctx context.Context, products []comparedProduct, periodType int) (map[string]bssapi.Decimal, error) {
	request := bssapi.GetPeriodPriceRequest{ProjectID: c.projectID}

	for _, product := range products {
		request.ProductInfos = append(request.ProductInfos, bssapi.PeriodProduct{
			PricedProduct: product.PricedProduct, PeriodType: periodType, PeriodNum: 1, SubscriptionNum: product.quantity,
		})
	}

	priced, err := c.client.GetPeriodPrice(ctx, request)
	if err != nil {
		return nil, err
	}

	c.currencies.add(priced.Currency)
	prices := map[string]bssapi.Decimal{}

	for _, price := range priced.OfficialWebsiteRatingResult.ProductRatingResults {
		prices[price.ID] = price.OfficialWebsiteAmount
	}

	for _, discount := range priced.OptionalDiscountRatingResults {
		if best := yesPtr(discount.BestOffer); c.list || best == nil || !*best {
			continue
		}

		for _, price := range discount.ProductRatingResults {
			if !price.Amount.IsNull() {
				prices[price.ID] = price.Amount
			}
		}
	}

	return prices, nil
}

// show writes each product, and all together.
func (m *priceComparisonModel) show(products []comparedProduct, ways map[outlook.Way]map[string]bssapi.Decimal) {
	hours := decimalOf(types.NumberValue(big.NewFloat(usualMonthHours)))
	if !m.HoursPerMonth.IsNull() {
		hours = decimalOf(m.HoursPerMonth)
	}

	var byUse, byMonth, byYear []bssapi.Decimal

	for _, product := range products {
		id := product.ID
		terms := outlook.Terms{Hour: ways[outlook.ByUse][id], Month: ways[outlook.ByMonth][id], Year: ways[outlook.ByYear][id]}
		m.Prices[id] = comparedPrices{newComparedTerms(terms, hours), m.Prices[id].Reasons}
		byUse, byMonth, byYear = append(byUse, terms.Hour), append(byMonth, terms.Month), append(byYear, terms.Year)
	}

	all := outlook.Terms{Hour: completeSum(byUse), Month: completeSum(byMonth), Year: completeSum(byYear)}
	complete := !all.Hour.IsNull() && !all.Month.IsNull() && !all.Year.IsNull()
	m.comparedTerms, m.Complete = newComparedTerms(all, hours), &complete
}

func newComparedTerms(terms outlook.Terms, hours bssapi.Decimal) comparedTerms {
	monthly, cheapest := terms.Monthly(hours), terms.Cheapest(hours)

	return comparedTerms{
		HourAmount: numberPtr(terms.Hour), MonthAmount: numberPtr(terms.Month), YearAmount: numberPtr(terms.Year),
		PayPerUseMonthly: numberPtr(monthly[outlook.ByUse]), YearMonthly: numberPtr(monthly[outlook.ByYear]),
		MonthBreakEvenHours: numberPtr(terms.BreakEven(outlook.ByMonth)), YearBreakEvenHours: numberPtr(terms.BreakEven(outlook.ByYear)),
		Cheapest: textPtr(string(cheapest)), CheapestMonthly: numberPtr(monthly[cheapest]),
	}
}
