// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
)

type wireBillSum struct {
	Cycle            string      `json:"bill_cycle"`
	ResourceType     string      `json:"resource_type_code"`
	ServiceType      string      `json:"service_type_code"`
	ServiceTypeName  string      `json:"service_type_name"`
	ResourceTypeName string      `json:"resource_type_name"`
	ChargingMode     int         `json:"charging_mode"`
	Official         json.Number `json:"official_amount"`
	OfficialDiscount json.Number `json:"official_discount_amount"`
	Truncated        json.Number `json:"truncated_amount"`
	Consume          json.Number `json:"consume_amount"`
	Coupon           json.Number `json:"coupon_amount"`
	Flexi            json.Number `json:"flexipurchase_coupon_amount"`
	Stored           json.Number `json:"stored_value_card_amount"`
	Debt             json.Number `json:"debt_amount"`
	Writeoff         json.Number `json:"writeoff_amount"`
	Cash             json.Number `json:"cash_amount"`
	Credit           json.Number `json:"credit_amount"`
	MeasureID        int         `json:"measure_id"`
	BillType         int         `json:"bill_type"`
	CustomerID       string      `json:"customer_id"`
	AccountName      string      `json:"account_name"`
}

// getMonthlySumBill answers what a month cost, in whole cents, by service,
// resource type, charge mode, bill type and account, and in sum.
func getMonthlySumBill(w *world, c *call) (answer, error) {
	month, err := w.month(c, "bill_cycle")
	if err != nil {
		return answer{}, err
	}
	key := viewKey{month: month, grouping: bySum, service: c.text("service_type_code"), project: c.text("enterprise_project_id")}
	if c.has("enterprise_project_id") && key.project == "" {
		return answer{}, badParameter("enterprise_project_id", "must not be empty")
	}
	switch key.project {
	case "-1":
		key.project = unallocated
	case unallocated:
		key.project = none
	}
	if err := w.whose(c, &key); err != nil {
		return answer{}, err
	}
	rows := w.accounts().view(key)
	var sum moneys
	for _, row := range rows {
		cut, _ := row.moneys.charged()
		sum.add(&cut)
	}
	wire := []wireBillSum{}
	for _, row := range page(c, rows, 10) {
		wire = append(wire, w.wireBillSum(month, row))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"total_count": len(rows), "bill_sums": wire, "consume_amount": sum.consumed().charge(), "debt_amount": sum[moneyDebt].charge(),
		"coupon_amount": sum[moneyCoupon].charge(), "flexipurchase_coupon_amount": sum[moneyFlexi].charge(),
		"stored_value_card_amount": sum[moneyStored].charge(), "cash_amount": sum[moneyCash].charge(),
		"credit_amount": sum[moneyCredit].charge(), "writeoff_amount": sum[moneyAdjustment].charge(),
		"measure_id": 1, "currency": w.currency(),
	}}, nil
}

func (w *world) wireBillSum(month string, l *billLine) wireBillSum {
	cut, rest := l.moneys.charged()

	return wireBillSum{
		Cycle: month, ResourceType: l.resourceType, ServiceType: l.service, ServiceTypeName: w.serviceName(l.service, ""),
		ResourceTypeName: w.resourceTypeName(l.resourceType, ""), ChargingMode: l.mode,
		Official: cut[moneyOfficial].number(), OfficialDiscount: cut[moneyDiscount].number(), Truncated: rest.number(),
		Consume: cut.consumed().charge(), Coupon: cut[moneyCoupon].charge(), Flexi: cut[moneyFlexi].charge(), Stored: cut[moneyStored].charge(),
		Debt: cut[moneyDebt].charge(), Writeoff: cut[moneyAdjustment].charge(), Cash: cut[moneyCash].charge(), Credit: cut[moneyCredit].charge(),
		MeasureID: 1, BillType: coarse(l.kind), CustomerID: l.customer, AccountName: l.account,
	}
}
