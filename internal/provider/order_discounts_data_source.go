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

type orderDiscountsModel struct {
	OrderID     types.String    `tfsdk:"order_id"`
	DiscountIDs []*string       `tfsdk:"discount_ids"`
	Discounts   []orderDiscount `tfsdk:"discounts"`
}

type orderDiscount struct {
	DiscountID    *string             `tfsdk:"discount_id"`
	DiscountType  *string             `tfsdk:"discount_type"`
	DiscountValue *string             `tfsdk:"discount_value"`
	TotalDiscount *big.Float          `tfsdk:"total_discount"`
	Lines         []orderDiscountLine `tfsdk:"lines"`
}

type orderDiscountLine struct {
	OrderID        *string    `tfsdk:"order_id"`
	LineIDs        []*string  `tfsdk:"line_ids"`
	DiscountMode   *string    `tfsdk:"discount_mode"`
	DiscountAmount *big.Float `tfsdk:"discount_amount"`
	DiscountRatio  *big.Float `tfsdk:"discount_ratio"`
}

func newOrderDiscountsDataSource() datasource.DataSource {
	return &dataSource[orderDiscountsModel]{
		name: "order_discounts", calls: []string{"list_order_discounts"},
		schema: schema.Schema{
			MarkdownDescription: "Discounts that a pending order offers; their ids are what `discount_id` of `bss_order_payment` takes.",
			Attributes: map[string]schema.Attribute{
				"order_id":     orderIDArgument("Id of a pending order."),
				"discount_ids": computedStrings("Ids of the discounts."),
				"discounts": computedList("The discounts.", map[string]schema.Attribute{
					"discount_id": computedString("Id of the discount."),
					"discount_type": computedString(wordsOf(bssapi.DiscountTypes) + ". The platform applies a contract discount itself; a payment " +
						"cannot name it. An order price adjustment has to be used if it is offered."),
					"discount_value": computedString("Rate, or amount off, as the API writes it; null for a fixed price."),
					"total_discount": computedNumber("What it takes off the order, over all lines; null if the amount of one is missing."),
					"lines": computedList("What it takes off which lines.", map[string]schema.Attribute{
						"order_id":        computedString("Id of the order that the lines belong to."),
						"line_ids":        computedStrings("Ids of the lines. They have the same product and price."),
						"discount_mode":   computedString(wordsOf(bssapi.DiscountModes) + "."),
						"discount_amount": computedNumber("What it takes off these lines."),
						"discount_ratio":  computedNumber("Its rate."),
					}),
				}),
			},
		},
		read: readOrderDiscounts,
	}
}

func readOrderDiscounts(ctx context.Context, services *services, model *orderDiscountsModel) diag.Diagnostics {
	discounts, err := services.client.ListOrderDiscounts(ctx, model.OrderID.ValueString())
	if err != nil {
		return diag.Diagnostics{orderDiagnostic("read the discounts of order "+model.OrderID.ValueString(), err)}
	}

	model.DiscountIDs, model.Discounts = []*string{}, []orderDiscount{}

	for _, discount := range discounts {
		model.DiscountIDs = append(model.DiscountIDs, textPtr(discount.DiscountID))
		model.Discounts = append(model.Discounts, flattenOrderDiscount(discount))
	}

	return nil
}

func flattenOrderDiscount(discount bssapi.OrderDiscount) orderDiscount {
	item := orderDiscount{
		DiscountID:    textPtr(discount.DiscountID),
		DiscountType:  optionalWordPtr(bssapi.DiscountTypes, (*bssapi.DiscountType)(discount.DiscountType)),
		DiscountValue: textPtr(discount.DiscountValue),
	}

	var total costPart

	for _, part := range discount.Orders {
		for _, line := range part.OrderLineItems {
			total.Add(line.DiscountAmount)

			item.Lines = append(item.Lines, orderDiscountLine{
				OrderID:        textPtr(part.OrderID),
				LineIDs:        textPtrs(line.OrderLineItemIDs),
				DiscountMode:   optionalWordPtr(bssapi.DiscountModes, (*bssapi.DiscountMode)(line.DiscountMode)),
				DiscountAmount: numberPtr(line.DiscountAmount),
				DiscountRatio:  numberPtr(line.DiscountRatio),
			})
		}
	}

	item.TotalDiscount = numberPtr(total.Value())

	return item
}
