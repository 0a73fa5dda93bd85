// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type orderModel struct {
	combinedOrderItem

	Lines     []orderLine `tfsdk:"lines"`
	LineCount types.Int64 `tfsdk:"line_count"`
}

type orderLine struct {
	orderAmounts
	orderedProduct

	LineID              *string         `tfsdk:"line_id"`
	OrderID             *string         `tfsdk:"order_id"`
	ServiceTypeCode     *string         `tfsdk:"service_type_code"`
	ServiceTypeName     *string         `tfsdk:"service_type_name"`
	PeriodUnit          *string         `tfsdk:"period_unit"`
	Period              *int64          `tfsdk:"period"`
	EffectiveTime       *string         `tfsdk:"effective_time"`
	ExpireTime          *string         `tfsdk:"expire_time"`
	SubscriptionNum     *int64          `tfsdk:"subscription_num"`
	AmountAfterDiscount *big.Float      `tfsdk:"amount_after_discount"`
	OfficialAmount      *big.Float      `tfsdk:"official_amount"`
	Currency            *string         `tfsdk:"currency"`
	BaseProduct         *orderedProduct `tfsdk:"base_product"`
}

// orderedProduct is the product of a line.
type orderedProduct struct {
	ProductID           *string `tfsdk:"product_id"`
	ProductSpecDesc     *string `tfsdk:"product_spec_desc"`
	CategoryCode        *string `tfsdk:"category_code"`
	ProductOwnerService *string `tfsdk:"product_owner_service"`
	CommercialResource  *string `tfsdk:"commercial_resource"`
}

func orderedProductAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"product_id":            computedString("Id of the product."),
		"product_spec_desc":     computedString("Description of the product."),
		"category_code":         computedString("Code of the product's category."),
		"product_owner_service": computedString("Service that the product belongs to."),
		"commercial_resource":   computedString("What the product is sold as."),
	}
}

func newOrderDataSource() datasource.DataSource {
	attributes := joined(combinedOrderAttributes(), map[string]schema.Attribute{
		"order_id":   orderIDArgument("Id of the order."),
		"line_count": computedInt("How many lines the order has."),
		"lines": computedList(
			"The lines of the order, all of them.",
			joined(orderAmountAttributes(), orderedProductAttributes(), map[string]schema.Attribute{
				"line_id":               computedString("Id of the line."),
				"order_id":              computedString("Id of the order that the line belongs to, in a combined order."),
				"service_type_code":     computedString("Code of the service."),
				"service_type_name":     computedString("Name of the service."),
				"period_unit":           computedString(wordsOf(bssapi.PeriodTypes) + "."),
				"period":                computedInt("How many of that unit."),
				"effective_time":        computedString("When the term begins (UTC)."),
				"expire_time":           computedString("When the term ends (UTC)."),
				"subscription_num":      computedInt("How many of the product."),
				"amount_after_discount": computedNumber("Price after discounts, before coupons and cards."),
				"official_amount":       computedNumber("Price on the price list."),
				"currency":              computedString("Currency of the amounts."),
				"base_product": schema.SingleNestedAttribute{
					Computed:            true,
					MarkdownDescription: "The product before a change, of a change order.",
					Attributes:          orderedProductAttributes(),
				},
			}),
		),
	})

	return &dataSource[orderModel]{
		name: "order", calls: []string{"get_order", "list_orders"},
		schema: schema.Schema{
			MarkdownDescription: "One order with all its lines, its amounts and its payment deadline.",
			Attributes:          attributes,
		},
		read: readOrder,
	}
}

func readOrder(ctx context.Context, services *services, model *orderModel) diag.Diagnostics {
	orderID := *model.OrderID

	order, err := services.client.ReadOrder(ctx, orderID)
	if errors.Is(err, bssapi.ErrNoOrder) {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("order_id"), "Order does not exist",
			"The account behind the credentials has no order "+orderID+". Check the id, and whether the order belongs to "+
				"another account or another site.")}
	}

	if err != nil {
		return diag.Diagnostics{apiDiagnostic("read order "+orderID, err)}
	}

	whole := merged(order.Listed, order.Details.Order)
	if err := unitOf(whole); err != nil {
		return diag.Diagnostics{apiDiagnostic("read order "+orderID, err)}
	}

	model.combinedOrderItem = flattenCombinedOrder(whole)
	model.LineCount = types.Int64Value(int64(len(order.Details.Lines)))
	model.Lines = []orderLine{}

	for _, line := range order.Details.Lines {
		model.Lines = append(model.Lines, flattenLine(line))
	}

	return nil
}

// merged is the order of the details, with what only the list has.
func merged(listed, details bssapi.Order) bssapi.Order {
	details.AgentPayInfo = listed.AgentPayInfo
	details.EnterpriseProjects = listed.EnterpriseProjects

	if len(details.SubOrderInfos) == 0 {
		details.SubOrderInfos = listed.SubOrderInfos
	}

	return details
}

func flattenLine(line bssapi.OrderLine) orderLine {
	item := orderLine{
		orderAmounts:        flattenOrderAmounts(line.AmountInfo),
		orderedProduct:      flattenOrderedProduct(line.OrderedProduct),
		LineID:              textPtr(line.OrderLineItemID),
		OrderID:             textPtr(line.OrderID),
		ServiceTypeCode:     textPtr(line.ServiceTypeCode),
		ServiceTypeName:     textPtr(line.ServiceTypeName),
		PeriodUnit:          optionalWordPtr(bssapi.PeriodTypes, line.PeriodType),
		Period:              countPtr(line.PeriodNum),
		EffectiveTime:       textPtr(line.EffectiveTime),
		ExpireTime:          textPtr(line.ExpireTime),
		SubscriptionNum:     countPtr(line.SubscriptionNum),
		AmountAfterDiscount: numberPtr(line.AmountAfterDiscount),
		OfficialAmount:      numberPtr(line.OfficialAmount),
		Currency:            textPtr(line.Currency),
	}

	if base := line.BaseProductInfo; base != nil {
		before := flattenOrderedProduct(*base)
		item.BaseProduct = &before
	}

	return item
}

func flattenOrderedProduct(product bssapi.OrderedProduct) orderedProduct {
	return orderedProduct{
		ProductID:           textPtr(product.ProductID),
		ProductSpecDesc:     textPtr(product.ProductSpecDesc),
		CategoryCode:        textPtr(product.CategoryCode),
		ProductOwnerService: textPtr(product.ProductOwnerService),
		CommercialResource:  textPtr(product.CommercialResource),
	}
}
