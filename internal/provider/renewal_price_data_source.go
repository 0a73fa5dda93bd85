// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type renewalPriceModel struct {
	ResourceIDs               types.Set          `tfsdk:"resource_ids"`
	PeriodUnit                types.String       `tfsdk:"period_unit"`
	Period                    types.Int64        `tfsdk:"period"`
	IncludeAssociated         types.Bool         `tfsdk:"include_associated"`
	AllowFailures             types.Bool         `tfsdk:"allow_failures"`
	Currency                  types.String       `tfsdk:"currency"`
	Amount                    *big.Float         `tfsdk:"amount"`
	OfficialAmount            *big.Float         `tfsdk:"official_amount"`
	BestOfferAmount           *big.Float         `tfsdk:"best_offer_amount"`
	InstallmentOfficialAmount *big.Float         `tfsdk:"installment_official_amount"`
	InstallmentPeriodUnit     *string            `tfsdk:"installment_period_unit"`
	Resources                 []renewalPriceItem `tfsdk:"resources"`
	Discounts                 []renewalDiscount  `tfsdk:"discounts"`
	Failures                  []renewalFailure   `tfsdk:"failures"`
}

type renewalPriceItem struct {
	ResourceID *string    `tfsdk:"resource_id"`
	Amount     *big.Float `tfsdk:"amount"`
	Associated bool       `tfsdk:"associated"`
}

type renewalDiscount struct {
	DiscountID   *string `tfsdk:"discount_id"`
	DiscountName *string `tfsdk:"discount_name"`
	DiscountType *string `tfsdk:"discount_type"`
	BestOffer    *bool   `tfsdk:"best_offer"`
	discountedPrice
}

type renewalFailure struct {
	ResourceID   *string `tfsdk:"resource_id"`
	ErrorCode    *string `tfsdk:"error_code"`
	ErrorMessage *string `tfsdk:"error_message"`
}

func newRenewalPriceDataSource() datasource.DataSource {
	return &dataSource[renewalPriceModel]{
		name: "renewal_price", calls: []string{"get_renewal_price"},
		without: "there are list prices only",
		schema: schema.Schema{
			MarkdownDescription: "Exact prices of renewing yearly/monthly resources: each resource and all together, at list price and with each " +
				"discount of the account.\n\nThe API prices ten resources per call. If one of them has no price, such as one in an unpaid " +
				"order, reading fails and names it with its reason, unless `allow_failures`.",
			Attributes: map[string]schema.Attribute{
				"resource_ids": schema.SetAttribute{
					Required:    true,
					ElementType: types.StringType,
					MarkdownDescription: "Ids of primary resources, any number of them. The price of one includes what is attached to it. With an " +
						"empty set no call is made and all sums are 0.",
					Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(isID)},
				},
				"period_unit": requiredText(
					"Unit of the term to renew for: "+listOf(bssapi.RenewalPeriodTypes.All())+".", oneOf(bssapi.RenewalPeriodTypes)),
				"period": schema.Int64Attribute{
					Required: true,
					MarkdownDescription: fmt.Sprintf("How many of that unit: 1 to %d months, or 1 to %d years.",
						bssapi.MaxRenewalMonths, bssapi.MaxRenewalYears),
					Validators: []validator.Int64{int64validator.AtLeast(1)},
				},
				"include_associated": schema.BoolAttribute{
					Optional: true,
					MarkdownDescription: "Also price associated resources. They are not renewed along; they have rows of their own and are included " +
						"in the sums.",
				},
				"allow_failures": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Whether to continue if resources have no price. They are in `failures`, and all sums are null.",
				},
				"currency":        computedString("Currency of the amounts; null if there is nothing to price."),
				"amount":          computedNumber("Exact sum of the amounts of `resources`."),
				"official_amount": computedNumber("Price of all resources on the price list."),
				"best_offer_amount": computedNumber(
					fmt.Sprintf("%s With more than %d resources, the sum of the best of each call.", bestOfferDescription, bssapi.MaxRenewalPriceIDs),
				),
				"installment_official_amount": computedNumber("Each installment of all resources on the price list; null without installments."),
				"installment_period_unit":     computedString("How often an installment is due: " + wordsOf(bssapi.RenewalPeriodTypes) + "."),
				"resources": computedList("What renewing each resource costs, in the order of their ids.", map[string]schema.Attribute{
					"resource_id": computedString("Id of the resource."),
					"amount":      computedNumber("Price of the resource, including what is attached to it."),
					"associated":  computedBool("Whether it is priced only because it is associated with one of `resource_ids`."),
				}),
				"discounts": computedList(
					fmt.Sprintf("Discounts to choose from when renewing, and the price of all resources with each; empty if the API shows none. "+
						"More than %d resources need several calls; a discount missing from one call counts as 0 there.", bssapi.MaxRenewalPriceIDs),
					priceDiscountAttributes(),
				),
				"failures": computedList("Resources that have no price.", map[string]schema.Attribute{
					"resource_id":   computedString("Id of the resource."),
					"error_code":    computedString("Why, as a code of the API, such as `CBC.30050010` for a resource in an unpaid order."),
					"error_message": computedString("Why, in the words of the API."),
				}),
			},
		},
		validate: validateRenewalPrice,
		read:     readRenewalPrice,
	}
}

func validateRenewalPrice(_ context.Context, model *renewalPriceModel) diag.Diagnostics {
	var diags diag.Diagnostics

	unit := model.PeriodUnit.ValueString()
	code, known := bssapi.RenewalPeriodTypes.Code(unit)

	if most := bssapi.MaxRenewalPeriods(code); known && model.Period.ValueInt64() > int64(most) {
		detail := fmt.Sprintf("One renewal is for at most %d %ss.", most, unit)
		if code == bssapi.PeriodTypeMonth {
			detail += fmt.Sprintf(" With period_unit = \"year\" it is for up to %d years: 12 months are 1 year.",
				bssapi.MaxRenewalPeriods(bssapi.PeriodTypeYear))
		}

		diags.AddAttributeError(path.Root("period"), "Renewal is too long", detail)
	}

	return diags
}

func readRenewalPrice(ctx context.Context, services *services, model *renewalPriceModel) diag.Diagnostics {
	var ids []string

	if diags := model.ResourceIDs.ElementsAs(ctx, &ids, false); diags.HasError() {
		return diags
	}

	slices.Sort(ids)

	// The validator has checked the word.
	period, _ := bssapi.RenewalPeriodTypes.Code(model.PeriodUnit.ValueString())

	answers, diags := priceRenewals(ctx, services.client, bssapi.GetRenewalPriceRequest{
		ResourceIDs: ids, PeriodType: period, PeriodNum: int(model.Period.ValueInt64()),
		IncludeRelativeResources: model.IncludeAssociated.ValueBool(),
	}, path.Root("resource_ids"))
	if diags.HasError() {
		return diags
	}

	currency, diags := renewalsCurrency(answers, path.Root("resource_ids"))
	diags.Append(model.showResources(ids, answers)...)

	if diags.HasError() {
		return diags
	}

	if len(answers) == 0 {
		model.Amount, model.OfficialAmount = new(big.Float), new(big.Float)

		return nil
	}

	model.Currency, diags = priceCurrency(ctx, services.client, currency)

	if len(model.Failures) == 0 {
		model.showSums(answers)
	}

	return diags
}

// showResources writes what each resource costs, or why it has no price.
func (m *renewalPriceModel) showResources(ids []string, answers []*bssapi.RenewalPrice) diag.Diagnostics {
	var diags diag.Diagnostics

	m.Resources, m.Failures = []renewalPriceItem{}, []renewalFailure{}
	seen := map[string]bool{}

	for _, answer := range answers {
		for _, price := range answer.RenewInquiryResults {
			if seen[price.ResourceID] {
				diags.AddAttributeError(path.Root("resource_ids"), "Resource is priced twice",
					"Resource "+price.ResourceID+" is associated with another one of resource_ids, and would count twice. "+
						"Remove it from resource_ids, or remove include_associated.")
			}

			seen[price.ResourceID] = true

			_, asked := slices.BinarySearch(ids, price.ResourceID)
			m.Resources = append(m.Resources, renewalPriceItem{
				ResourceID: textPtr(price.ResourceID), Amount: numberPtr(price.Amount), Associated: !asked,
			})
		}

		for _, failed := range answer.FailResourceInfos {
			m.Failures = append(m.Failures, renewalFailure{
				ResourceID: textPtr(failed.ResourceID), ErrorCode: textPtr(string(failed.ErrorCode)), ErrorMessage: textPtr(failed.ErrorMessage),
			})
		}
	}

	slices.SortFunc(m.Resources, func(a, b renewalPriceItem) int { return comparePtr(a.ResourceID, b.ResourceID) })
	slices.SortFunc(m.Failures, func(a, b renewalFailure) int { return comparePtr(a.ResourceID, b.ResourceID) })

	if len(m.Failures) > 0 && !m.AllowFailures.ValueBool() {
		diags.AddAttributeError(path.Root("resource_ids"), "Could not price the renewal of every resource", failureLines(answers)+
			"\n\nPay or cancel what is unpaid, leave these resources out, or set allow_failures, which leaves out the sums.")
	}

	return diags
}

func failureLines(answers []*bssapi.RenewalPrice) string {
	var lines []string

	for _, answer := range answers {
		for _, failed := range answer.FailResourceInfos {
			lines = append(lines, fmt.Sprintf("  - %s: %s", failed.ResourceID, noPrice(failed)))
		}
	}

	return "These resources have no price:\n" + strings.Join(slices.Sorted(slices.Values(lines)), "\n")
}

// noPrice is why a resource has no price.
func noPrice(failed bssapi.FailedResource) string {
	return fmt.Sprintf("%s (%s)", cmp.Or(failed.ErrorMessage, "no reason was given"), cmp.Or(failed.ErrorCode, "no code"))
}

// showSums writes what all resources together cost.
func (m *renewalPriceModel) showSums(answers []*bssapi.RenewalPrice) {
	var each, best []bssapi.Decimal

	for _, answer := range answers {
		for _, price := range answer.RenewInquiryResults {
			each = append(each, price.Amount)
		}

		best = append(best, bestRenewalOffer(answer))
	}

	official, discounts := renewalsTogether(answers)
	m.Amount, m.BestOfferAmount = numberPtr(completeSum(each)), numberPtr(completeSum(best))
	m.OfficialAmount = numberPtr(official.OfficialWebsiteAmount)
	m.InstallmentOfficialAmount = numberPtr(official.InstallmentOfficialWebsiteAmount)
	m.InstallmentPeriodUnit = wordPtr(bssapi.PeriodTypes, official.InstallmentPeriodType)

	for _, discount := range discounts {
		m.Discounts = append(m.Discounts, renewalDiscount{
			DiscountID:      textPtr(discount.DiscountID),
			DiscountName:    textPtr(discount.DiscountName),
			DiscountType:    wordPtr(bssapi.AppliedDiscountTypes, bssapi.AppliedDiscountType(discount.DiscountType)),
			BestOffer:       yesPtr(discount.BestOffer),
			discountedPrice: newDiscountedPrice(discount.DiscountedPrice),
		})
	}
}
