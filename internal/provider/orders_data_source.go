// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"math/big"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type ordersModel struct {
	Status           types.String        `tfsdk:"status"`
	OrderType        types.String        `tfsdk:"order_type"`
	ServiceTypeCode  types.String        `tfsdk:"service_type_code"`
	CreatedAfter     types.String        `tfsdk:"created_after"`
	CreatedBefore    types.String        `tfsdk:"created_before"`
	PaidAfter        types.String        `tfsdk:"paid_after"`
	PaidBefore       types.String        `tfsdk:"paid_before"`
	PaidForMembers   types.Bool          `tfsdk:"paid_for_members"`
	NewestFirst      types.Bool          `tfsdk:"newest_first"`
	Limit            types.Int64         `tfsdk:"limit"`
	IncludeDeadlines types.Bool          `tfsdk:"include_deadlines"`
	IncludeRows      types.Bool          `tfsdk:"include_rows"`
	OrderIDs         []*string           `tfsdk:"order_ids"`
	Orders           []combinedOrderItem `tfsdk:"orders" nil:"null"`
	TotalCount       types.Int64         `tfsdk:"total_count"`
	Totals           []ordersTotal       `tfsdk:"totals"`
}

type ordersTotal struct {
	Status              *string    `tfsdk:"status"`
	Currency            *string    `tfsdk:"currency"`
	OrderCount          int64      `tfsdk:"order_count"`
	AmountAfterDiscount *big.Float `tfsdk:"amount_after_discount"`
	OfficialAmount      *big.Float `tfsdk:"official_amount"`
}

func newOrdersDataSource() datasource.DataSource {
	return &dataSource[ordersModel]{
		name: "orders", calls: []string{"list_orders", "get_order"},
		schema: schema.Schema{
			MarkdownDescription: "Orders of the account, with exact totals.\n\nWithout times, the API uses its own default window. A window of " +
				"creation times is at most one year.",
			Attributes: map[string]schema.Attribute{
				"status":            wordArgument("Only orders in this status: %s.", bssapi.OrderStatusFilter),
				"order_type":        wordArgument("Only orders of this type: %s.", bssapi.OrderTypes),
				"service_type_code": codeArgument("Only orders of this service, such as `hws.service.type.ec2`."),
				"created_after":     timeArgument("Only orders placed at this time or later."),
				"created_before":    timeArgument("Only orders placed at this time or earlier."),
				"paid_after":        timeArgument("Only orders paid at this time or later."),
				"paid_before":       timeArgument("Only orders paid at this time or earlier."),
				"paid_for_members": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Whether to list the orders that this account pays for its members instead of its own. Default: `false`.",
				},
				"newest_first": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Whether the newest order comes first. Default: `false`, oldest first.",
				},
				"limit": schema.Int64Attribute{
					Optional:            true,
					MarkdownDescription: "Maximum number of orders to read. Totals cover only those. If unset, all are read.",
					Validators:          []validator.Int64{int64validator.AtLeast(1)},
				},
				"include_deadlines": schema.BoolAttribute{
					Optional: true,
					MarkdownDescription: "Whether to read the payment deadline of each order that waits for its payment: one more call for each of " +
						"them, and none for the others. Default: `false`.",
				},
				"include_rows": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Set to `false` to leave out `orders` and read ids and totals only. Default: `true`.",
				},
				"order_ids":   computedStrings("Ids of the orders."),
				"orders":      computedList("The orders.", combinedOrderAttributes()),
				"total_count": computedInt("How many orders were read."),
				"totals": computedList("Exact sums, by status and currency.", map[string]schema.Attribute{
					"status":                computedString("Status of the orders summed up, as in `orders`."),
					"currency":              computedString("Currency of the sums."),
					"order_count":           computedInt("How many orders."),
					"amount_after_discount": computedNumber("Sum of the prices after discounts; null if one is missing."),
					"official_amount":       computedNumber("Sum of the prices on the price list; null if one is missing."),
				}),
			},
		},
		validate: validateOrders,
		read:     readOrders,
	}
}

func validateOrders(_ context.Context, model *ordersModel) diag.Diagnostics {
	var diags diag.Diagnostics

	diags.Append(ascending(path.Root("created_before"), model.CreatedAfter, model.CreatedBefore)...)
	diags.Append(ascending(path.Root("paid_before"), model.PaidAfter, model.PaidBefore)...)

	if model.IncludeDeadlines.ValueBool() && isKnown(model.IncludeRows) && !model.IncludeRows.ValueBool() {
		diags.AddAttributeError(path.Root("include_deadlines"), "Deadlines without rows",
			"Deadlines are in the rows, and include_rows = false leaves those out. Leave one of the two out.")
	}

	if isKnown(model.CreatedAfter) && isKnown(model.CreatedBefore) && !diags.HasError() {
		diags.Append(withinYear(model.CreatedAfter, model.CreatedBefore)...)
	}

	return diags
}

func readOrders(ctx context.Context, services *services, model *ordersModel) diag.Diagnostics {
	request, diags := ordersRequest(*model)
	if diags.HasError() {
		return diags
	}

	model.OrderIDs = []*string{}
	totals := map[ordersGroup]*ordersSum{}
	rows := unlessFalse(model.IncludeRows)

	if rows {
		model.Orders = []combinedOrderItem{}
	}

	for order, err := range services.client.ListOrders(ctx, request) {
		if err != nil {
			diags.Append(apiDiagnostic("list orders", err))

			return diags
		}

		if err := unitOf(order); err != nil {
			diags.Append(apiDiagnostic("list orders", err))

			return diags
		}

		model.OrderIDs = append(model.OrderIDs, textPtr(order.OrderID))

		if rows {
			model.Orders = append(model.Orders, flattenCombinedOrder(order))
		}

		group := ordersGroup{status: wordOf(bssapi.OrderStatuses, order.Status), currency: order.Currency}
		if totals[group] == nil {
			totals[group] = &ordersSum{}
		}

		totals[group].add(order)

		if !model.Limit.IsNull() && int64(len(model.OrderIDs)) >= model.Limit.ValueInt64() {
			break
		}
	}

	model.TotalCount = types.Int64Value(int64(len(model.OrderIDs)))
	model.Totals = flattenTotals(totals)

	if model.IncludeDeadlines.ValueBool() {
		diags.Append(readDeadlines(ctx, services.client, model.Orders)...)
	}

	return diags
}

// readDeadlines adds the payment deadlines to the orders that wait for their
// payment; only their details have them. The client spaces the calls.
func readDeadlines(ctx context.Context, client *bssapi.Client, orders []combinedOrderItem) diag.Diagnostics {
	pending := bssapi.OrderStatuses.Word(bssapi.OrderStatusPendingPayment)

	for i := range orders {
		order := &orders[i]
		if order.OrderID == nil || order.Status == nil || *order.Status != pending {
			continue
		}

		details, err := client.GetOrder(ctx, *order.OrderID)
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("read the payment deadline of order "+*order.OrderID, err)}
		}

		order.PaymentDeadline = textPtr(details.PendingPaymentEndTime)
	}

	return nil
}

func ordersRequest(model ordersModel) (bssapi.ListOrdersRequest, diag.Diagnostics) {
	var diags diag.Diagnostics

	at := func(value types.String) time.Time {
		converted, problems := timeOf(value)
		diags.Append(problems...)

		return converted
	}

	request := bssapi.ListOrdersRequest{
		ServiceTypeCode:  model.ServiceTypeCode.ValueString(),
		CreateTimeBegin:  at(model.CreatedAfter),
		CreateTimeEnd:    at(model.CreatedBefore),
		PaymentTimeBegin: at(model.PaidAfter),
		PaymentTimeEnd:   at(model.PaidBefore),
		// Oldest first, new orders come last and do not shift the pages.
		OrderBy: bssapi.OrderByOldest,
		Strict:  true,
	}

	if model.NewestFirst.ValueBool() {
		request.OrderBy = bssapi.OrderByNewest
	}

	if model.PaidForMembers.ValueBool() {
		request.Method = bssapi.OrderMethodSubCustomer
	}

	request.Status, _ = bssapi.OrderStatusFilter.Code(model.Status.ValueString())
	request.OrderType, _ = bssapi.OrderTypes.Code(model.OrderType.ValueString())

	return request, diags
}

type ordersGroup struct{ status, currency string }

type ordersSum struct {
	count                    int64
	afterDiscount, officials costPart
}

func (s *ordersSum) add(order bssapi.Order) {
	s.count++
	s.afterDiscount.Add(order.AmountAfterDiscount)
	s.officials.Add(order.OfficialAmount)
}

func flattenTotals(totals map[ordersGroup]*ordersSum) []ordersTotal {
	items := []ordersTotal{}

	for group, sum := range totals {
		items = append(items, ordersTotal{
			Status:              textPtr(group.status),
			Currency:            textPtr(group.currency),
			OrderCount:          sum.count,
			AmountAfterDiscount: numberPtr(sum.afterDiscount.Value()),
			OfficialAmount:      numberPtr(sum.officials.Value()),
		})
	}

	slices.SortFunc(items, func(a, b ordersTotal) int {
		return cmp.Or(comparePtr(a.Status, b.Status), comparePtr(a.Currency, b.Currency))
	})

	return items
}
