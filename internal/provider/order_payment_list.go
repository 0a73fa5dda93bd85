// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// listedPaymentDays is how far back payments are listed where nothing says it.
const listedPaymentDays = 90

type orderPaymentListModel struct {
	PaidAfter       types.String `tfsdk:"paid_after"`
	PaidBefore      types.String `tfsdk:"paid_before"`
	ServiceTypeCode types.String `tfsdk:"service_type_code"`
	OrderType       types.String `tfsdk:"order_type"`
}

func newOrderPaymentList() list.ListResource {
	return &listResource[orderPaymentListModel]{
		name: "order_payment", subject: orderSubject, doing: "list orders",
		schema: schema.Schema{
			MarkdownDescription: "Lists orders that were paid as `bss_order_payment`: of the last 90 days, unless times are given.\n\n" + mustQuery +
				". `max_amount` is what was paid, and the first plan changes nothing.\n\n" +
				"Not listed are orders that wait for their payment (they cannot be imported; `bss_order_payment` pays them), unsubscriptions, " +
				"canceled orders, and orders whose amount the API does not say in their currency.",
			Attributes: map[string]schema.Attribute{
				"paid_after": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only orders paid at this time or later. Default: 90 days before `paid_before`." + timeForm,
					Validators: []validator.String{isTime},
				},
				"paid_before": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only orders paid at this time or earlier. Default: now, by the clock of the API." + timeForm,
					Validators: []validator.String{isTime},
				},
				"service_type_code": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only orders of this service, such as `hws.service.type.ec2`.",
					Validators: []validator.String{trimmed{maxNameLength}},
				},
				"order_type": schema.StringAttribute{
					Optional: true, MarkdownDescription: fmt.Sprintf("Only orders of this type: %s.", listOf(paidOrderTypes.All())),
					Validators: []validator.String{oneOf(paidOrderTypes)},
				},
			},
		},
		list: listPayments,
	}
}

// paidOrderTypes are the types of orders that a payment can be of.
var paidOrderTypes = bssapi.OrderTypes.Only(
	bssapi.OrderTypeNew, bssapi.OrderTypeRenewal, bssapi.OrderTypeChange, bssapi.OrderTypeToPeriod, bssapi.OrderTypeTrial,
	bssapi.OrderTypeTrialToCommercial, bssapi.OrderTypeFeeAdjustment,
)

func listPayments(ctx context.Context, services *services, config *orderPaymentListModel) (iter.Seq2[listed, error], diag.Diagnostics) {
	request := bssapi.ListOrdersRequest{ServiceTypeCode: config.ServiceTypeCode.ValueString(), OrderBy: bssapi.OrderByNewest}
	// The validator knows the words.
	request.OrderType, _ = paidOrderTypes.Code(config.OrderType.ValueString())

	after, diags := timeOf(config.PaidAfter)
	before, more := timeOf(config.PaidBefore)
	diags.Append(more...)

	request.PaymentTimeBegin, request.PaymentTimeEnd = after, before
	request.Strict = true

	if before.IsZero() {
		before = services.client.Now()
	}

	if after.IsZero() {
		request.PaymentTimeBegin = before.AddDate(0, 0, -listedPaymentDays)
	}

	if before.Before(request.PaymentTimeBegin) {
		diags.AddAttributeError(
			path.Root("paid_before"),
			"Times are in the wrong order",
			"paid_before is before paid_after, so that no order fits.",
		)
	}

	return func(yield func(listed, error) bool) {
		held := heldOrders{parts: map[string]bool{}}
		paid := func(orders []bssapi.Order) bool {
			for _, order := range orders {
				receipt, paid := payment.Listed(order)
				if paid && !held.parts[order.OrderID] && !yield(listedPayment(order, receipt), nil) {
					return false
				}
			}

			return true
		}

		for order, err := range services.client.ListOrders(ctx, request) {
			if err != nil {
				yield(listed{}, err)

				return
			}

			if !paid(held.add(order)) {
				return
			}
		}

		paid(held.orders)
	}, diags
}

// heldOrders are orders of a list, newest first, that may still turn out to be parts of
// a combined order that comes after them. A part is paid with the whole.
type heldOrders struct {
	orders []bssapi.Order
	// parts are the ids of all parts so far.
	parts map[string]bool
}

// combinedWithin is how far apart a combined order and its parts are placed at most.
const combinedWithin = time.Minute

// add takes the next order, and returns those before it that were placed too late to be
// parts of it, or of any after it. An order without a time is held with those before it.
func (h *heldOrders) add(order bssapi.Order) (free []bssapi.Order) {
	for _, part := range order.SubOrderInfos {
		h.parts[part.OrderID] = true
	}

	if placed, err := bssapi.ParseTime(order.CreateTime); err == nil {
		later := slices.IndexFunc(h.orders, func(held bssapi.Order) bool {
			at, err := bssapi.ParseTime(held.CreateTime)

			return err != nil || at.Sub(placed) <= combinedWithin
		})
		if later < 0 {
			later = len(h.orders)
		}

		free, h.orders = h.orders[:later], h.orders[later:]
	}

	h.orders = append(h.orders, order)

	return free
}

func listedPayment(order bssapi.Order, receipt payment.Receipt) listed {
	about := []string{cmp.Or(order.ServiceTypeName, order.ServiceTypeCode)}
	if order.OrderType != bssapi.OrderTypeNew {
		about = append(about, bssapi.OrderTypes.Word(order.OrderType))
	}

	about = append(about, strings.TrimSpace(receipt.AmountPaid.String()+" "+receipt.Currency))

	if paid, err := bssapi.ParseTime(receipt.PaymentTime); err == nil {
		about = append(about, "paid "+paid.Format(time.DateOnly))
	}

	return listed{
		id: order.OrderID, displayName: fmt.Sprintf("%s (%s)", order.OrderID, strings.Join(about, ", ")),
		object: func() (any, diag.Diagnostics) {
			model := orderPaymentModel{
				OrderID: types.StringValue(order.OrderID), MaxAmount: numberValue(receipt.AmountPaid),
				CouponIDs: types.SetNull(types.StringType), Timeouts: noTimeouts("create", "update"),
			}
			model.record(receipt)

			return &model, nil
		},
	}
}
