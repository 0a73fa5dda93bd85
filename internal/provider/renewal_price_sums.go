// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// completeSum is the exact sum; null if a term is null, because part of the cost
// is no total.
func completeSum(terms []bssapi.Decimal) bssapi.Decimal {
	var sum bssapi.Decimal

	for _, term := range terms {
		if term.IsNull() {
			return term
		}

		sum = sum.Add(term)
	}

	return sum
}

// renewalsTogether is what the resources of several calls cost together: at
// list price, and with each discount that any call offers.
func renewalsTogether(answers []*bssapi.RenewalPrice) (bssapi.RenewalOfficialPrice, []bssapi.RenewalDiscountPrice) {
	var (
		official  bssapi.RenewalOfficialPrice
		amounts   []bssapi.Decimal
		discounts []bssapi.RenewalDiscountPrice
	)

	for _, answer := range answers {
		one := officialRenewal(answer)
		amounts = append(amounts, one.OfficialWebsiteAmount)
		official.InstallmentOfficialWebsiteAmount = official.InstallmentOfficialWebsiteAmount.Add(one.InstallmentOfficialWebsiteAmount)
		official.InstallmentPeriodType = cmp.Or(official.InstallmentPeriodType, one.InstallmentPeriodType)

		for _, discount := range answer.OptionalDiscountRatingResults {
			if !slices.ContainsFunc(discounts, sameDiscount(discount.DiscountID)) {
				discounts = append(discounts, discountTogether(discount, answers))
			}
		}
	}

	official.OfficialWebsiteAmount = completeSum(amounts)

	return official, discounts
}

func officialRenewal(answer *bssapi.RenewalPrice) bssapi.RenewalOfficialPrice {
	if answer.OfficialWebsiteRatingResult == nil {
		return bssapi.RenewalOfficialPrice{}
	}

	return *answer.OfficialWebsiteRatingResult
}

func sameDiscount(id string) func(bssapi.RenewalDiscountPrice) bool {
	return func(other bssapi.RenewalDiscountPrice) bool { return other.DiscountID == id }
}

// discountTogether is the price of everything with the discount. It is the best
// offer if it is the best of each call.
func discountTogether(discount bssapi.RenewalDiscountPrice, answers []*bssapi.RenewalPrice) bssapi.RenewalDiscountPrice {
	if len(answers) == 1 {
		return discount
	}

	var amounts, officials, offs []bssapi.Decimal

	best := 1
	sum := bssapi.RenewalDiscountPrice{
		DiscountID: discount.DiscountID, DiscountName: discount.DiscountName, DiscountType: discount.DiscountType, BestOffer: &best,
	}

	for _, answer := range answers {
		one := undiscounted(officialRenewal(answer))

		if i := slices.IndexFunc(answer.OptionalDiscountRatingResults, sameDiscount(discount.DiscountID)); i >= 0 {
			one = answer.OptionalDiscountRatingResults[i]
		}

		if one.BestOffer == nil || *one.BestOffer != 1 {
			best = 0
		}

		amounts, officials = append(amounts, one.Amount), append(officials, one.OfficialWebsiteAmount)
		offs = append(offs, one.DiscountAmount)
		sum.InstallmentOfficialWebsiteAmount = sum.InstallmentOfficialWebsiteAmount.Add(one.InstallmentOfficialWebsiteAmount)
		sum.InstallmentOfficialDiscountAmount = sum.InstallmentOfficialDiscountAmount.Add(one.InstallmentOfficialDiscountAmount)
		sum.InstallmentAmount = sum.InstallmentAmount.Add(one.InstallmentAmount)
		sum.InstallmentPeriodType = cmp.Or(sum.InstallmentPeriodType, one.InstallmentPeriodType)
	}

	sum.Amount, sum.OfficialWebsiteAmount, sum.DiscountAmount = completeSum(amounts), completeSum(officials), completeSum(offs)

	return sum
}

// undiscounted is the list price, as a discount of 0.
func undiscounted(official bssapi.RenewalOfficialPrice) bssapi.RenewalDiscountPrice {
	return bssapi.RenewalDiscountPrice{DiscountedPrice: bssapi.DiscountedPrice{
		Amount:                           official.OfficialWebsiteAmount,
		OfficialWebsiteAmount:            official.OfficialWebsiteAmount,
		DiscountAmount:                   official.OfficialWebsiteAmount.Sub(official.OfficialWebsiteAmount),
		InstallmentOfficialWebsiteAmount: official.InstallmentOfficialWebsiteAmount,
		InstallmentAmount:                official.InstallmentOfficialWebsiteAmount,
		InstallmentPeriodType:            official.InstallmentPeriodType,
	}}
}

// bestRenewalOffer is the price with the best discount of the call, null if it
// names none.
func bestRenewalOffer(answer *bssapi.RenewalPrice) bssapi.Decimal {
	for _, discount := range answer.OptionalDiscountRatingResults {
		if discount.BestOffer != nil && *discount.BestOffer == 1 {
			return discount.Amount
		}
	}

	return bssapi.Decimal{}
}
