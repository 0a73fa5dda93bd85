// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// orderItem is an order without the orders inside it.
type orderItem struct {
	orderAmounts

	OrderID             *string             `tfsdk:"order_id"`
	CustomerID          *string             `tfsdk:"customer_id"`
	ServiceTypeCode     *string             `tfsdk:"service_type_code"`
	ServiceTypeName     *string             `tfsdk:"service_type_name"`
	Source              *string             `tfsdk:"source"`
	Status              *string             `tfsdk:"status"`
	OrderType           *string             `tfsdk:"order_type"`
	AmountAfterDiscount *big.Float          `tfsdk:"amount_after_discount"`
	OfficialAmount      *big.Float          `tfsdk:"official_amount"`
	Currency            *string             `tfsdk:"currency"`
	CreateTime          *string             `tfsdk:"create_time"`
	PaymentTime         *string             `tfsdk:"payment_time"`
	ContractID          *string             `tfsdk:"contract_id"`
	UserName            *string             `tfsdk:"user_name"`
	PaymentDeadline     *string             `tfsdk:"payment_deadline"`
	EnterpriseProjects  []enterpriseProject `tfsdk:"enterprise_projects"`
}

// combinedOrderItem is an order with the orders inside it.
type combinedOrderItem struct {
	orderItem

	IsAgentPay    *bool       `tfsdk:"is_agent_pay"`
	PayingAgentID *string     `tfsdk:"paying_agent_id"`
	SubOrders     []orderItem `tfsdk:"sub_orders"`
}

type enterpriseProject struct {
	ID   *string `tfsdk:"id"`
	Name *string `tfsdk:"name"`
}

func orderAttributes() map[string]schema.Attribute {
	return joined(orderAmountAttributes(), map[string]schema.Attribute{
		"order_id":              computedString("Id of the order."),
		"customer_id":           computedString("Id of the account that ordered."),
		"service_type_code":     computedString("Code of the service, such as `hws.service.type.ec2`."),
		"service_type_name":     computedString("Name of the service, in the language of the provider."),
		"source":                computedString("Who placed the order: " + wordsOf(bssapi.OrderSources) + "."),
		"status":                computedString(wordsOf(bssapi.OrderStatuses) + "."),
		"order_type":            computedString(wordsOf(bssapi.OrderTypes) + "."),
		"amount_after_discount": computedNumber("Price after discounts, before coupons and cards. A refund is negative."),
		"official_amount":       computedNumber("Price on the price list."),
		"currency":              computedString("Currency of the amounts."),
		"create_time":           computedString("When it was placed (UTC)."),
		"payment_time":          computedString("When it was paid (UTC); null while unpaid."),
		"contract_id":           computedString("Id of the contract."),
		"user_name":             computedString("User that placed it. Only the details of an order have it."),
		"payment_deadline": computedString("Payment deadline (UTC). Only the details of an order have it: `bss_order` reads them, and " +
			"`bss_orders` with `include_deadlines`. May be null once the order is paid."),
		"enterprise_projects": computedList("Enterprise projects of the order. Only the list of orders has them.", map[string]schema.Attribute{
			"id":   computedString("Id; `0` is the default project."),
			"name": computedString("Name."),
		}),
	})
}

func combinedOrderAttributes() map[string]schema.Attribute {
	return joined(orderAttributes(), map[string]schema.Attribute{
		"is_agent_pay":    computedBool("Whether another account pays this order."),
		"paying_agent_id": computedString("Id of the account that pays it instead."),
		"sub_orders":      computedList("The orders that this combined order is made of; they are paid together.", orderAttributes()),
	})
}

// unitOf returns an error of the kind [bssapi.ErrOtherUnit] unless the amounts of an
// order, and of those that it combines, are figures in their currency.
func unitOf(order bssapi.Order) error {
	for _, one := range append([]bssapi.Order{order}, order.SubOrderInfos...) {
		if err := bssapi.CheckUnit(one.MeasureID); err != nil {
			return fmt.Errorf("order %s: %w", one.OrderID, err)
		}
	}

	return nil
}

func flattenOrder(order bssapi.Order) orderItem {
	item := orderItem{
		orderAmounts:        flattenOrderAmounts(order.AmountInfo),
		OrderID:             textPtr(order.OrderID),
		CustomerID:          textPtr(order.CustomerID),
		ServiceTypeCode:     textPtr(order.ServiceTypeCode),
		ServiceTypeName:     textPtr(order.ServiceTypeName),
		Source:              wordPtr(bssapi.OrderSources, bssapi.OrderSource(order.SourceType)),
		Status:              wordPtr(bssapi.OrderStatuses, order.Status),
		OrderType:           wordPtr(bssapi.OrderTypes, order.OrderType),
		AmountAfterDiscount: numberPtr(order.AmountAfterDiscount),
		OfficialAmount:      numberPtr(order.OfficialAmount),
		Currency:            textPtr(order.Currency),
		CreateTime:          textPtr(order.CreateTime),
		PaymentTime:         textPtr(order.PaymentTime),
		ContractID:          textPtr(order.ContractID),
		UserName:            textPtr(order.UserName),
		PaymentDeadline:     textPtr(order.PendingPaymentEndTime),
	}

	for _, project := range order.EnterpriseProjects {
		item.EnterpriseProjects = append(item.EnterpriseProjects,
			enterpriseProject{ID: textPtr(project.ID), Name: textPtr(project.Name)})
	}

	return item
}

func flattenCombinedOrder(order bssapi.Order) combinedOrderItem {
	item := combinedOrderItem{orderItem: flattenOrder(order)}

	if agent := order.AgentPayInfo; agent != nil {
		item.IsAgentPay = agent.IsAgentPay
		item.PayingAgentID = textPtr(agent.PayingAgentID)
	}

	for _, sub := range order.SubOrderInfos {
		item.SubOrders = append(item.SubOrders, flattenOrder(sub))
	}

	return item
}
