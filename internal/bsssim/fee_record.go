// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
)

type wireFeeRecord struct {
	Cycle            string      `json:"bill_cycle"`
	CustomerID       string      `json:"customer_id"`
	ServiceType      string      `json:"service_type_code"`
	ResourceType     string      `json:"resource_type_code"`
	ServiceTypeName  string      `json:"service_type_name"`
	ResourceTypeName string      `json:"resource_type_name"`
	Region           string      `json:"region_code"`
	ProjectID        *string     `json:"enterprise_project_id"`
	ProjectName      string      `json:"enterprise_project_name"`
	ChargingMode     int         `json:"charging_mode"`
	ConsumeTime      string      `json:"consume_time"`
	TradeTime        string      `json:"trade_time"`
	Provider         int         `json:"provider_type"`
	TradeID          string      `json:"trade_id"`
	ID               string      `json:"id"`
	BillType         int         `json:"bill_type"`
	Status           int         `json:"status"`
	Official         json.Number `json:"official_amount"`
	OfficialDiscount json.Number `json:"official_discount_amount"`
	Erase            json.Number `json:"erase_amount"`
	Consume          json.Number `json:"consume_amount"`
	Cash             json.Number `json:"cash_amount"`
	Credit           json.Number `json:"credit_amount"`
	Coupon           json.Number `json:"coupon_amount"`
	Flexi            json.Number `json:"flexipurchase_coupon_amount"`
	Stored           json.Number `json:"stored_value_card_amount"`
	Bonus            json.Number `json:"bonus_amount"`
	Debt             json.Number `json:"debt_amount"`
	Writeoff         json.Number `json:"writeoff_amount"`
	RegionName       string      `json:"region_name"`
	AccountName      string      `json:"account_name"`
}

// listFeeRecords answers the charges of a month: an order, or the usage of a
// resource on a day, for each service and region, in whole cents.
func listFeeRecords(w *world, c *call) (answer, error) {
	month, err := w.month(c, "bill_cycle")
	if err != nil {
		return answer{}, err
	}
	key := viewKey{
		month: month, grouping: byTrade, service: c.text("service_type_code"), resourceType: c.text("resource_type_code"),
		region: c.text("region_code"), project: c.text("enterprise_project_id"), trade: c.text("trade_id"),
		mode: c.number("charging_mode", 0), kind: c.number("bill_type", 0), provider: c.number("provider_type", 0),
		status: c.number("status", 0), withoutZero: c.excludesZero(),
	}
	if err := w.whose(c, &key); err != nil {
		return answer{}, err
	}
	if err := c.days(&key, "bill_date_begin", "bill_date_end"); err != nil {
		return answer{}, err
	}
	rows := w.accounts().view(key)
	asked := page(c, rows, 10)
	wire := make([]wireFeeRecord, 0, len(asked))
	for _, row := range asked {
		wire = append(wire, w.wireFeeRecord(month, row, c.language))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"records": wire, "total_count": len(rows), "currency": w.currency(),
	}}, nil
}

func (w *world) wireFeeRecord(month string, l *billLine, language string) wireFeeRecord {
	cut, rest := l.moneys.charged()

	return wireFeeRecord{
		Cycle: month, CustomerID: l.customer, ServiceType: l.service, ResourceType: l.resourceType,
		ServiceTypeName: w.serviceName(l.service, language), ResourceTypeName: w.resourceTypeName(l.resourceType, language),
		Region: l.region, ProjectID: w.projectID(l), ProjectName: l.projectName, ChargingMode: l.mode,
		ConsumeTime: wireSeconds(l.consume), TradeTime: wireSeconds(l.traded), Provider: l.provider(), TradeID: l.trade, ID: l.id,
		BillType: l.kind, Status: l.status(), Official: cut[moneyOfficial].number(), OfficialDiscount: cut[moneyDiscount].number(),
		Erase: rest.number(), Consume: cut.consumed().charge(), Cash: cut[moneyCash].charge(), Credit: cut[moneyCredit].charge(),
		Coupon: cut[moneyCoupon].charge(), Flexi: cut[moneyFlexi].charge(), Stored: cut[moneyStored].charge(),
		Bonus: cut[moneyBonus].charge(), Debt: cut[moneyDebt].charge(), Writeoff: cut[moneyAdjustment].charge(),
		RegionName: w.regionName(l.region, language), AccountName: l.account,
	}
}
