// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"
)

// orderPageSize is the most rows that the order calls give in a page.
const orderPageSize = 100

// OrderStatus is the state of an order.
type OrderStatus int

// The states of an order. Completed and cancelled orders no longer change.
const (
	OrderStatusPendingApproval     OrderStatus = 1
	OrderStatusPendingRefund       OrderStatus = 2
	OrderStatusProcessing          OrderStatus = 3
	OrderStatusCanceled            OrderStatus = 4
	OrderStatusCompleted           OrderStatus = 5
	OrderStatusPendingPayment      OrderStatus = 6
	OrderStatusPendingConfirmation OrderStatus = 9
	OrderStatusPendingShipment     OrderStatus = 10
	OrderStatusPendingReceipt      OrderStatus = 11
	OrderStatusPendingPickup       OrderStatus = 12
	OrderStatusReplacement         OrderStatus = 13
)

// OrderType is what an order is for.
type OrderType int

// The types of an order.
const (
	OrderTypeNew               OrderType = 1
	OrderTypeRenewal           OrderType = 2
	OrderTypeChange            OrderType = 3
	OrderTypeUnsubscription    OrderType = 4
	OrderTypeToOnDemand        OrderType = 10
	OrderTypeToPeriod          OrderType = 11
	OrderTypeTrial             OrderType = 13
	OrderTypeTrialToCommercial OrderType = 14
	OrderTypeFeeAdjustment     OrderType = 15
)

// Order is an order, as both the order list and the order details give it.
type Order struct {
	OrderID         string      `json:"order_id"`
	CustomerID      string      `json:"customer_id"`
	ServiceTypeCode string      `json:"service_type_code"`
	ServiceTypeName string      `json:"service_type_name"`
	SourceType      int         `json:"source_type"`
	Status          OrderStatus `json:"status"`
	OrderType       OrderType   `json:"order_type"`
	// AmountAfterDiscount is the price after discounts and before coupons and
	// cards, in Currency.
	AmountAfterDiscount Decimal `json:"amount_after_discount"`
	// OfficialAmount is the list price; for an unsubscription it equals
	// AmountAfterDiscount.
	OfficialAmount Decimal `json:"official_amount"`
	MeasureID      int     `json:"measure_id"`
	CreateTime     string  `json:"create_time"`
	PaymentTime    string  `json:"payment_time"`
	// Currency is CNY, USD or EUR.
	Currency   string      `json:"currency"`
	ContractID string      `json:"contract_id"`
	AmountInfo *AmountInfo `json:"amount_info"`
	// EnterpriseProjects is in the order list only.
	EnterpriseProjects []EnterpriseProject `json:"enterprise_projects"`
	// SubOrderInfos are the parts of a combined order, empty for any other.
	SubOrderInfos []Order `json:"sub_order_infos"`
	// AgentPayInfo says who pays. It is in the order list only.
	AgentPayInfo *AgentPayInfo `json:"agent_pay_info"`
	// UserName is in the order details only.
	UserName string `json:"user_name"`
	// PendingPaymentEndTime is the payment deadline, in the order details only.
	PendingPaymentEndTime string `json:"pending_payment_end_time"`
}

// AmountInfo is how an amount came about.
type AmountInfo struct {
	Discounts                 []AppliedDiscount `json:"discounts"`
	FlexipurchaseCouponAmount Decimal           `json:"flexipurchase_coupon_amount"`
	CouponAmount              Decimal           `json:"coupon_amount"`
	StoredCardAmount          Decimal           `json:"stored_card_amount"`
	// CommissionAmount and ConsumedAmount are on unsubscription orders only.
	CommissionAmount Decimal `json:"commission_amount"`
	ConsumedAmount   Decimal `json:"consumed_amount"`
}

// AppliedDiscount is a discount that a price already contains.
type AppliedDiscount struct {
	// DiscountType is a code such as "605" (commercial contract) or "700"
	// (promotion); these are other codes than those of OrderDiscount.
	DiscountType   string  `json:"discount_type"`
	DiscountAmount Decimal `json:"discount_amount"`
}

// EnterpriseProject is an enterprise project.
type EnterpriseProject struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// AgentPayInfo says whether another account pays an order.
type AgentPayInfo struct {
	PayingAgentID string `json:"paying_agent_id"`
	IsAgentPay    *bool  `json:"is_agent_pay"`
}

// OrderLine is one line of an order.
type OrderLine struct {
	OrderedProduct

	OrderLineItemID string `json:"order_line_item_id"`
	ServiceTypeCode string `json:"service_type_code"`
	ServiceTypeName string `json:"service_type_name"`
	// PeriodType is 0 day, 1 week, 2 month, 3 year, 4 hour or 5 one-time.
	PeriodType *int `json:"period_type"`
	// PeriodNum is 0 on unsubscription orders.
	PeriodNum           int         `json:"period_num"`
	EffectiveTime       string      `json:"effective_time"`
	ExpireTime          string      `json:"expire_time"`
	SubscriptionNum     int         `json:"subscription_num"`
	AmountAfterDiscount Decimal     `json:"amount_after_discount"`
	OfficialAmount      Decimal     `json:"official_amount"`
	AmountInfo          *AmountInfo `json:"amount_info"`
	Currency            string      `json:"currency"`
	// BaseProductInfo is the product before a change.
	BaseProductInfo *OrderedProduct `json:"base_product_info"`
	// OrderID is the order of the line, a sub-order of a combined one.
	OrderID string `json:"order_id"`
}

// OrderedProduct is the product of a line.
type OrderedProduct struct {
	ProductID           string `json:"product_id"`
	ProductSpecDesc     string `json:"product_spec_desc"`
	CategoryCode        string `json:"category_code"`
	ProductOwnerService string `json:"product_owner_service"`
	CommercialResource  string `json:"commercial_resource"`
}

// OrderDetails is an order with all its lines.
type OrderDetails struct {
	Order
	Lines []OrderLine
}

// The order in which orders are listed, by when they were created.
const (
	// OrderByOldest puts new orders last, where they do not shift pages.
	OrderByOldest = "createTime"
	OrderByNewest = "-createTime"
)

// Methods of a list of orders, which say whose orders are read.
const (
	OrderMethodOneself = "oneself"
	// OrderMethodSubCustomer is what a master account pays for its members.
	OrderMethodSubCustomer = "sub_customer"
)

// ListOrdersRequest filters orders. Zero fields do not filter.
type ListOrdersRequest struct {
	OrderID string
	// CreateTimeBegin and CreateTimeEnd are at most a year apart.
	CreateTimeBegin, CreateTimeEnd time.Time
	ServiceTypeCode                string
	// Status is pending approval, processing, canceled, completed, pending
	// payment or pending confirmation; the API filters by no other.
	Status    OrderStatus
	OrderType OrderType
	// OrderBy is OrderByOldest or OrderByNewest.
	OrderBy                          string
	PaymentTimeBegin, PaymentTimeEnd time.Time
	// Method is OrderMethodOneself (the default) or OrderMethodSubCustomer.
	Method string
	Strict Strict
}

func (r ListOrdersRequest) params() params {
	p := params{}
	p.text("order_id", r.OrderID)
	p.instant("create_time_begin", r.CreateTimeBegin)
	p.instant("create_time_end", r.CreateTimeEnd)
	p.text("service_type_code", r.ServiceTypeCode)
	p.number("status", int(r.Status))
	p.number("order_type", int(r.OrderType))
	p.text("order_by", r.OrderBy)
	p.instant("payment_time_begin", r.PaymentTimeBegin)
	p.instant("payment_time_end", r.PaymentTimeEnd)
	p.text("method", r.Method)

	return p
}

func (r ListOrdersRequest) other(row Order) string {
	var f filters
	// A combined order may be listed for the service of any of its lines.
	compareCodes(&f, "status", OrderStatuses, row.Status, r.Status)
	compareCodes(&f, "type", OrderTypes, row.OrderType, r.OrderType)
	f.instant("time of creation", r.CreateTimeBegin, r.CreateTimeEnd, row.CreateTime)
	f.instant("time of payment", r.PaymentTimeBegin, r.PaymentTimeEnd, row.PaymentTime)

	return f.other
}

type listOrdersResponse struct {
	TotalCount *int    `json:"total_count"`
	OrderInfos []Order `json:"order_infos"`
}

// ListOrders yields the orders that match, in the order of the API. A non-nil
// error is the last element.
//
// Permission: bss:order:view.
func (c *Client) ListOrders(ctx context.Context, req ListOrdersRequest) iter.Seq2[Order, error] {
	return paged[Order]{
		operation: opListOrders.name,
		size:      orderPageSize,
		key:       func(o Order) string { return o.OrderID },
		other:     strictly(req.Strict, req.other),
		fetch: fetcher(c,
			func(offset int) call { return call{op: opListOrders, query: req.params().page(offset, orderPageSize)} },
			func(out *listOrdersResponse) page[Order] {
				return page[Order]{rows: out.OrderInfos, total: out.TotalCount}
			}),
	}.all(ctx)
}

type getOrderResponse struct {
	TotalCount     *int        `json:"total_count"`
	OrderInfo      *Order      `json:"order_info"`
	OrderLineItems []OrderLine `json:"order_line_items"`
}

// GetOrder returns an order with all its lines, however many. An order that
// does not exist is an error of the kind ErrNotFound.
//
// Permission: bss:order:view.
func (c *Client) GetOrder(ctx context.Context, orderID string) (*OrderDetails, error) {
	var order *Order
	lines := paged[OrderLine]{
		operation: opGetOrder.name,
		size:      orderPageSize,
		key:       func(l OrderLine) string { return l.OrderLineItemID },
		fetch: func(ctx context.Context, offset int) (page[OrderLine], error) {
			var out getOrderResponse
			err := c.do(ctx, call{
				op: opGetOrder, path: map[string]string{"order_id": orderID}, query: params{}.page(offset, orderPageSize), out: &out,
			})
			// The pages after the first are read at the same time; the order
			// itself is as the first page shows it.
			if err == nil && offset == 0 {
				order, err = out.OrderInfo, out.check(orderID)
			}

			return page[OrderLine]{rows: out.OrderLineItems, total: out.TotalCount}, err
		},
	}
	details := &OrderDetails{}
	for line, err := range lines.all(ctx) {
		if err != nil {
			return nil, err
		}
		details.Lines = append(details.Lines, line)
	}
	details.Order = *order

	return details, nil
}

// check returns the error of an answer without an order, or with another one. The
// case of an id does not tell orders apart.
func (r getOrderResponse) check(orderID string) error {
	switch {
	case r.OrderInfo != nil && strings.EqualFold(r.OrderInfo.OrderID, orderID):
		return nil
	case r.OrderInfo != nil && r.OrderInfo.OrderID != "":
		return &Error{
			Operation: opGetOrder.name, Err: fmt.Errorf("%w: the answer is of order %s, not of %s", ErrUnreadable, r.OrderInfo.OrderID, orderID),
		}
	case r.TotalCount != nil && *r.TotalCount == 0:
		return &Error{Operation: opGetOrder.name, Err: fmt.Errorf("%w: the answer holds no order", ErrNotFound)}
	default:
		return &Error{Operation: opGetOrder.name, Err: fmt.Errorf("%w: the answer holds no order", ErrUnreadable)}
	}
}

// OrderDiscount is a discount that can be chosen when an unpaid order is paid.
type OrderDiscount struct {
	DiscountID    string `json:"discount_id"`
	DiscountValue string `json:"discount_value"`
	// DiscountType is one of the constants DiscountTypePromotion and so on.
	DiscountType *int                 `json:"discount_type"`
	Orders       []OrderDiscountOrder `json:"orders"`
}

// OrderDiscountOrder is an order that a discount applies to.
type OrderDiscountOrder struct {
	OrderID        string              `json:"order_id"`
	OrderLineItems []OrderDiscountLine `json:"order_line_items"`
}

// OrderDiscountLine is what a discount does to some lines of an order.
type OrderDiscountLine struct {
	OrderLineItemIDs []string `json:"order_line_item_ids"`
	// DiscountMode is 0 rate, 1 fixed price or 2 amount off.
	DiscountMode   *int    `json:"discount_mode"`
	DiscountAmount Decimal `json:"discount_amount"`
	DiscountRatio  Decimal `json:"discount_ratio"`
}

type listOrderDiscountsResponse struct {
	Discounts []OrderDiscount `json:"discounts"`
}

// ListOrderDiscounts returns the discounts that an unpaid order can be paid
// with.
//
// Permission: bss:discount:view.
func (c *Client) ListOrderDiscounts(ctx context.Context, orderID string) ([]OrderDiscount, error) {
	if err := requireOrderID(opListOrderDiscounts, orderID); err != nil {
		return nil, err
	}
	var out listOrderDiscountsResponse
	err := c.do(ctx, call{op: opListOrderDiscounts, query: params{"order_id": {orderID}}, out: &out})

	return out.Discounts, err
}

type cancelOrderRequest struct {
	OrderID string `json:"order_id"`
}

// CancelOrder cancels an unpaid order. An order that is already cancelled
// answers CodeOrderNotCancelable.
//
// Permission: bss:order:update.
func (c *Client) CancelOrder(ctx context.Context, orderID string) error {
	if err := requireOrderID(opCancelOrder, orderID); err != nil {
		return err
	}

	return c.do(ctx, call{op: opCancelOrder, body: cancelOrderRequest{OrderID: orderID}})
}

// requireOrderID refuses a call without a valid order id: the API might take it
// for another call.
func requireOrderID(op *operation, orderID string) error {
	if err := checkID("order_id", orderID); err != nil {
		return op.refuse(err)
	}

	return nil
}
