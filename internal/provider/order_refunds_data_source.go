// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type orderRefundsModel struct {
	OrderID    types.String       `tfsdk:"order_id"`
	Refunds    []orderRefundItem  `tfsdk:"refunds"`
	Total      *orderRefundSums   `tfsdk:"total"`
	Totals     []orderRefundTotal `tfsdk:"totals"`
	TotalCount types.Int64        `tfsdk:"total_count"`
}

type orderRefundItem struct {
	RefundID         *string    `tfsdk:"refund_id"`
	Amount           *big.Float `tfsdk:"amount"`
	CustomerID       *string    `tfsdk:"customer_id"`
	ResourceTypeCode *string    `tfsdk:"resource_type_code"`
	ResourceTypeName *string    `tfsdk:"resource_type_name"`
	ServiceTypeCode  *string    `tfsdk:"service_type_code"`
	ServiceTypeName  *string    `tfsdk:"service_type_name"`
	RegionCode       *string    `tfsdk:"region_code"`
	BaseOrderID      *string    `tfsdk:"base_order_id"`
}

// orderRefundSums are exact sums of amounts.
type orderRefundSums struct {
	NetRefund      *big.Float `tfsdk:"net_refund_amount"`
	RefundedAmount *big.Float `tfsdk:"refunded_amount"`
	RetainedAmount *big.Float `tfsdk:"retained_amount"`
}

type orderRefundTotal struct {
	orderRefundSums

	BaseOrderID *string `tfsdk:"base_order_id"`
}

func orderRefundSumAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"net_refund_amount": computedNumber("What comes back: `refunded_amount` less `retained_amount`. Negative if more is kept."),
		"refunded_amount":   computedNumber("Sum of the amounts that are given back, as a positive number."),
		"retained_amount":   computedNumber("Sum of the amounts that are kept: what was consumed, and handling fees."),
	}
}

func newOrderRefundsDataSource() datasource.DataSource {
	return &dataSource[orderRefundsModel]{
		name: "order_refunds", calls: []string{"get_refund_order"},
		schema: schema.Schema{
			MarkdownDescription: "What the order of an unsubscription or a downgrade gives back, with exact sums by the order that was paid. " +
				"Amounts are in the currency of the order. No amount names a resource.",
			Attributes: map[string]schema.Attribute{
				"order_id": orderIDArgument(
					"Id of the order that gives back, such as `order_id` of `bss_unsubscription`. Any other kind of order is an error.",
				),
				"refunds": computedList("The amounts.", map[string]schema.Attribute{
					"refund_id":          computedString("Id of the amount."),
					"amount":             computedNumber("Negative for what is given back, positive for what is kept."),
					"customer_id":        computedString("Id of the account."),
					"resource_type_code": computedString("Code of the type of resource."),
					"resource_type_name": computedString("Name of the type of resource."),
					"service_type_code":  computedString("Code of the service."),
					"service_type_name":  computedString("Name of the service."),
					"region_code":        computedString("Code of the region."),
					"base_order_id":      computedString("Id of the order that was paid."),
				}),
				"total": schema.SingleNestedAttribute{
					Computed:            true,
					MarkdownDescription: "Exact sums of all amounts; 0 without any, null if an amount is missing.",
					Attributes:          orderRefundSumAttributes(),
				},
				"totals": computedList("Exact sums by the order that was paid.", joined(orderRefundSumAttributes(), map[string]schema.Attribute{
					"base_order_id": computedString("Id of the order that was paid; null for amounts that name none."),
				})),
				"total_count": computedInt("How many amounts were read."),
			},
		},
		read: readOrderRefunds,
	}
}

// refundSum adds up amounts by their sign. One that is not known makes the sums
// unknown, which is null.
type refundSum struct {
	refunded, retained bssapi.Decimal
	unknown            bool
}

func (s *refundSum) add(amount bssapi.Decimal) {
	switch {
	case amount.IsNull():
		s.unknown = true
	case amount.Sign() < 0:
		s.refunded = s.refunded.Sub(amount)
	default:
		s.retained = s.retained.Add(amount)
	}
}

func (s *refundSum) sums() orderRefundSums {
	if s.unknown {
		return orderRefundSums{}
	}

	return orderRefundSums{
		NetRefund:      amountOrZero(s.refunded.Sub(s.retained)),
		RefundedAmount: amountOrZero(s.refunded),
		RetainedAmount: amountOrZero(s.retained),
	}
}

func readOrderRefunds(ctx context.Context, services *services, model *orderRefundsModel) diag.Diagnostics {
	doing := "read the refunds of order " + model.OrderID.ValueString()

	refunds, err := services.client.GetRefundOrder(ctx, model.OrderID.ValueString())
	if err != nil {
		worded := orderDiagnostic(doing, err)
		if errors.Is(err, bssapi.CodeNoRefundOrder) {
			worded = atArgument(path.Root("order_id"), worded)
		}

		return diag.Diagnostics{worded}
	}

	var all refundSum

	byOrder := map[string]*refundSum{}
	model.Refunds, model.Totals = []orderRefundItem{}, []orderRefundTotal{}

	for _, refund := range refunds {
		if byOrder[refund.BaseOrderID] == nil {
			byOrder[refund.BaseOrderID] = &refundSum{}
		}

		all.add(refund.Amount)
		byOrder[refund.BaseOrderID].add(refund.Amount)

		model.Refunds = append(model.Refunds, orderRefundItem{
			RefundID:         textPtr(refund.ID),
			Amount:           numberPtr(refund.Amount),
			CustomerID:       textPtr(refund.CustomerID),
			ResourceTypeCode: textPtr(refund.ResourceTypeCode),
			ResourceTypeName: textPtr(refund.ResourceTypeName),
			ServiceTypeCode:  textPtr(refund.ServiceTypeCode),
			ServiceTypeName:  textPtr(refund.ServiceTypeName),
			RegionCode:       textPtr(refund.RegionCode),
			BaseOrderID:      textPtr(refund.BaseOrderID),
		})
	}

	total := all.sums()
	model.Total, model.TotalCount = &total, types.Int64Value(int64(len(refunds)))

	for id, sum := range byOrder {
		model.Totals = append(model.Totals, orderRefundTotal{orderRefundSums: sum.sums(), BaseOrderID: textPtr(id)})
	}

	slices.SortFunc(model.Totals, func(a, b orderRefundTotal) int { return comparePtr(a.BaseOrderID, b.BaseOrderID) })

	return nil
}
