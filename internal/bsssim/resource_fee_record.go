// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

type wireResourceFeeRecord struct {
	BillDate            string       `json:"bill_date,omitempty"`
	BillType            int          `json:"bill_type"`
	CustomerID          string       `json:"customer_id"`
	Region              string       `json:"region"`
	RegionName          string       `json:"region_name"`
	ServiceType         string       `json:"cloud_service_type"`
	ResourceType        string       `json:"resource_type"`
	ServiceTypeName     string       `json:"cloud_service_type_name"`
	ResourceTypeName    string       `json:"resource_type_name"`
	EffectiveTime       string       `json:"effective_time,omitempty"`
	ExpireTime          string       `json:"expire_time,omitempty"`
	ResourceID          string       `json:"resource_id"`
	ResourceName        string       `json:"resource_name"`
	ResourceTag         string       `json:"resource_tag"`
	ProductID           string       `json:"product_id"`
	ProductName         string       `json:"product_name"`
	SpecDesc            string       `json:"product_spec_desc"`
	SKU                 string       `json:"sku_code"`
	SpecSize            *json.Number `json:"spec_size,omitempty"`
	SpecSizeMeasureID   int          `json:"spec_size_measure_id,omitempty"`
	TradeID             string       `json:"trade_id,omitempty"`
	ID                  string       `json:"id,omitempty"`
	TradeTime           string       `json:"trade_time,omitempty"`
	ProjectID           *string      `json:"enterprise_project_id"`
	ProjectName         string       `json:"enterprise_project_name"`
	ChargeMode          string       `json:"charge_mode"`
	OrderID             string       `json:"order_id"`
	PeriodType          string       `json:"period_type"`
	UsageType           string       `json:"usage_type,omitempty"`
	Usage               *json.Number `json:"usage,omitempty"`
	UsageMeasureID      int          `json:"usage_measure_id,omitempty"`
	FreeUsage           *json.Number `json:"free_resource_usage,omitempty"`
	FreeMeasureID       int          `json:"free_resource_measure_id,omitempty"`
	ReservedUsage       *json.Number `json:"ri_usage,omitempty"`
	ReservedMeasureID   int          `json:"ri_usage_measure_id,omitempty"`
	UnitPrice           *json.Number `json:"unit_price,omitempty"`
	Unit                string       `json:"unit,omitempty"`
	Official            json.Number  `json:"official_amount"`
	Discount            json.Number  `json:"discount_amount"`
	Amount              json.Number  `json:"amount"`
	Cash                json.Number  `json:"cash_amount"`
	Credit              json.Number  `json:"credit_amount"`
	Coupon              json.Number  `json:"coupon_amount"`
	Flexi               json.Number  `json:"flexipurchase_coupon_amount"`
	Stored              json.Number  `json:"stored_card_amount"`
	Bonus               json.Number  `json:"bonus_amount"`
	Debt                json.Number  `json:"debt_amount"`
	Adjustment          json.Number  `json:"adjustment_amount"`
	MeasureID           int          `json:"measure_id"`
	Formula             string       `json:"formula,omitempty"`
	SubServiceType      string       `json:"sub_service_type_code"`
	SubServiceTypeName  string       `json:"sub_service_type_name"`
	SubResourceType     string       `json:"sub_resource_type_code"`
	SubResourceTypeName string       `json:"sub_resource_type_name"`
	SubResourceID       string       `json:"sub_resource_id"`
	SubResourceName     string       `json:"sub_resource_name"`
	ConsumeTime         string       `json:"consume_time,omitempty"`
	RelativeOrderID     string       `json:"relative_order_id"`
	AccountName         string       `json:"account_name"`
	PeriodNum           json.Number  `json:"period_num"`
}

// listResourceFeeRecords answers what resources cost in a month, line by line
// unless the sum is asked for.
func listResourceFeeRecords(w *world, c *call) (answer, error) {
	month, err := w.month(c, "cycle")
	if err != nil {
		return answer{}, err
	}
	key := viewKey{
		month: month, grouping: byLine, service: c.textFilter("cloud_service_type"), region: c.textFilter("region"),
		resource: c.textFilter("resource_id"), project: c.textFilter("enterprise_project_id"), trade: c.textFilter("trade_id"),
		mode: numberOf(c.text("charge_mode")), kind: c.number("bill_type", 0), withoutZero: c.excludesZero(),
	}
	if err := w.whose(c, &key); err != nil {
		return answer{}, err
	}
	if c.number("statistic_type", 3) == 1 {
		key.grouping = byCycle
	} else if err := c.days(&key, "bill_date_begin", "bill_date_end"); err != nil {
		return answer{}, err
	}
	rows := w.accounts().view(key)
	asked := page(c, rows, 10)
	wire := make([]wireResourceFeeRecord, 0, len(asked))
	for _, row := range asked {
		wire = append(wire, w.wireResourceFeeRecord(row, key.grouping, c.language))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"fee_records": wire, "total_count": len(rows), "currency": w.currency(),
	}}, nil
}

func (w *world) wireResourceFeeRecord(l *billLine, by grouping, language string) wireResourceFeeRecord {
	m := &l.moneys
	wire := wireResourceFeeRecord{
		BillType: l.kind, CustomerID: l.customer, Region: l.region, RegionName: w.regionName(l.region, language),
		ServiceType: l.service, ResourceType: l.resourceType, ServiceTypeName: w.serviceName(l.service, language),
		ResourceTypeName: w.resourceTypeName(l.resourceType, language), ResourceID: l.resource, ResourceName: l.name, ResourceTag: l.tag,
		ProductID: l.product, ProductName: l.specDesc, SpecDesc: l.specDesc, SKU: l.spec,
		ProjectID: w.projectID(l), ProjectName: l.projectName, ChargeMode: itoa(l.mode), OrderID: l.order, PeriodType: itoa(l.period),
		Official: m[moneyOfficial].number(), Discount: m[moneyDiscount].number(), Amount: m.consumed().number(),
		Cash: m[moneyCash].number(), Credit: m[moneyCredit].number(), Coupon: m[moneyCoupon].number(), Flexi: m[moneyFlexi].number(),
		Stored: m[moneyStored].number(), Bonus: m[moneyBonus].number(), Debt: m[moneyDebt].number(), Adjustment: m[moneyAdjustment].number(),
		MeasureID: 1, RelativeOrderID: l.combined, AccountName: l.account, PeriodNum: json.Number(itoa(l.number)),
	}
	if l.sizeMeasure != 0 {
		size := l.size.number()
		wire.SpecSize, wire.SpecSizeMeasureID = &size, l.sizeMeasure
	}
	usage, nothing := l.usage.number(), fine(0).number()
	if l.usage != 0 {
		wire.UsageType, wire.Usage, wire.UsageMeasureID = usageDuration, &usage, measureHour
		wire.FreeUsage, wire.FreeMeasureID = &nothing, measureHour
	}
	if l.mode == modeReserved {
		wire.ReservedUsage, wire.ReservedMeasureID = &usage, measureHour
	}
	if by != byLine {
		wire.OrderID, wire.RelativeOrderID = "", ""

		return wire
	}
	price := l.unitPrice.number()
	wire.BillDate, wire.TradeID, wire.ID, wire.TradeTime = l.date(), l.trade, l.id, wireSeconds(l.traded)
	wire.ConsumeTime, wire.UnitPrice, wire.Unit, wire.Formula = wireSeconds(l.consume), &price, w.unit(l), l.formula()
	if l.mode != modePrepaid {
		wire.EffectiveTime, wire.ExpireTime = wireSeconds(l.effective), wireSeconds(l.expire)
	}

	return wire
}

// unit is what a unit price is for.
func (w *world) unit(l *billLine) string {
	period := map[int]string{billYear: "year", billMonth: "month", billDay: "hour", billHour: "hour"}[l.period]
	if period == "" {
		return w.currency()
	}

	return w.currency() + "/" + period
}

// formula says how what is left after coupons came about.
func (l *billLine) formula() string {
	quantity := fine(l.number) * fineUnit
	if l.usage != 0 {
		quantity = l.usage
	}

	return fmt.Sprintf(
		"{%s}*{%s}-{%s}-{%s}",
		quantity.text(2),
		l.unitPrice.number(),
		l.moneys[moneyDiscount].number(),
		l.moneys[moneyCoupon].number(),
	)
}
