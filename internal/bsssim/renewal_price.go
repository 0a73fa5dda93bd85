// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"slices"
)

type wireRenewalRow struct {
	ResourceID string `json:"resource_id"`
	Amount     string `json:"amount"`
}

type wireRenewalDiscount struct {
	DiscountID     string `json:"discount_id"`
	Amount         string `json:"amount"`
	OfficialAmount string `json:"official_website_amount"`
	DiscountAmount string `json:"discount_amount"`
	Type           int    `json:"discount_type"`
	Name           string `json:"discount_name"`
	BestOffer      int    `json:"best_offer"`
}

type wireFailedResource struct {
	Code       string `json:"error_code"`
	Message    string `json:"error_msg"`
	ResourceID string `json:"resource_id"`
}

// getRenewalPrice prices the renewal of primary resources, each together with
// what is attached to it.
func getRenewalPrice(w *world, c *call) (answer, error) {
	ids := c.resourceIDs()
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			return answer{}, rejected("CBC.30050012")
		}
	}
	period, number := c.number("period_type", 0), c.number("period_num", 0)
	associated, _ := c.values["include_relative_resources"].(bool)
	rows, failed := []wireRenewalRow{}, []wireFailedResource{}
	var prices []Amount
	add := func(r *Resource) {
		price := w.renewalPrice(r, period, number)
		prices = append(prices, price)
		rows = append(rows, wireRenewalRow{ResourceID: r.ResourceID, Amount: string(price)})
	}
	for _, id := range ids {
		if code := w.notRenewable(id); code != "" {
			failed = append(failed, wireFailedResource{Code: code, Message: messageOf(code), ResourceID: id})

			continue
		}
		add(w.resources[id])
		if !associated {
			continue
		}
		for _, r := range w.Resources {
			if r.AssociatedWith == id && !slices.Contains(ids, r.ResourceID) && w.notRenewable(r.ResourceID) == "" {
				add(r)
			}
		}
	}
	body := map[string]any{"currency": w.currency(), "renew_inquiry_results": rows, "fail_resource_infos": failed}
	if len(rows) > 0 {
		official := sumOf(prices)
		body["official_website_rating_result"] = map[string]any{"official_website_amount": string(official)}
		if optional := w.renewalDiscounts(official); len(optional) > 0 {
			body["optional_discount_rating_results"] = optional
		}
	}

	return answer{status: http.StatusOK, body: body}, nil
}

// renewalPrice is what some periods of a primary resource, and of what is
// attached to it, cost: what an order for them is about, but for the days up to the
// unified day where prices leave those out.
func (w *world) renewalPrice(r *Resource, periodType, periods int) Amount {
	if w.setting("unified_day_in_price") == "off" {
		return w.renewalTo(r, periodType, periods, "0").Amount
	}

	return w.renewal(r, periodType, periods).Amount
}

func (w *world) renewalDiscounts(official Amount) []wireRenewalDiscount {
	discounts := w.priceDiscounts()
	all := make([]wireRenewalDiscount, 0, len(discounts))
	for _, d := range discounts {
		off := d.off(official, 2)
		all = append(all, wireRenewalDiscount{
			DiscountID: d.id, Amount: string(official.minus(off)), OfficialAmount: string(official),
			DiscountAmount: string(off), Type: d.kind, Name: d.name, BestOffer: bestOffer(discounts, d),
		})
	}

	return all
}

// notRenewable is the code that tells why a resource has no renewal price,
// empty when it has one.
func (w *world) notRenewable(id string) string {
	r := w.resources[id]
	switch {
	case r == nil || !r.known(w.clock.now()):
		return "CBC.30050009"
	case r.ParentID != "":
		return "CBC.30050007"
	case r.refusal(renewalPrices) != nil:
		return r.refusal(renewalPrices).Code
	case r.Status == resourceClosed && r.ExpirePolicy == policyPayPerUse:
		return "CBC.30050013"
	case r.Status == resourceClosed:
		return "CBC.30050009"
	case w.inOrder(r, orderApproval, orderUnpaid):
		return "CBC.30050010"
	case w.inOrder(r, orderProcessing, orderRefunding):
		return "CBC.30050011"
	default:
		return ""
	}
}
