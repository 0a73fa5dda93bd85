// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

type wireResourceFeeRecord struct {
	wireResourceCharge

	BillDate          string       `json:"bill_date,omitempty"`
	ResourceType      string       `json:"resource_type"`
	ResourceID        string       `json:"resource_id"`
	ProductID         string       `json:"product_id"`
	ProductName       string       `json:"product_name"`
	SpecSize          *json.Number `json:"spec_size,omitempty"`
	SpecSizeMeasureID int          `json:"spec_size_measure_id,omitempty"`
	TradeTime         string       `json:"trade_time,omitempty"`
	ChargeMode        string       `json:"charge_mode"`
	OrderID           string       `json:"order_id"`
	PeriodType        string       `json:"period_type"`
	UsageType         string       `json:"usage_type,omitempty"`
	Usage             *json.Number `json:"usage,omitempty"`
	UsageMeasureID    int          `json:"usage_measure_id,omitempty"`
	FreeUsage         *json.Number `json:"free_resource_usage,omitempty"`
	FreeMeasureID     int          `json:"free_resource_measure_id,omitempty"`
	ReservedUsage     *json.Number `json:"ri_usage,omitempty"`
	ReservedMeasureID int          `json:"ri_usage_measure_id,omitempty"`
	UnitPrice         *json.Number `json:"unit_price,omitempty"`
	Unit              string       `json:"unit,omitempty"`
	Amount            json.Number  `json:"amount"`
	Formula           string       `json:"formula,omitempty"`
	RelativeOrderID   string       `json:"relative_order_id"`
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
	wire := wireResourceFeeRecord{
		wireResourceCharge: w.wireResourceCharge(l, language),
		ResourceType:       l.resourceType,
		ResourceID:         l.resource,
		ProductID:          l.product,
		ProductName:        l.specDesc,
		ChargeMode:         itoa(l.mode),
		OrderID:            l.order,
		PeriodType:         itoa(l.period),
		Amount:             l.moneys.consumed().number(),
		RelativeOrderID:    l.combined,
	}
	if l.sizeMeasure != 0 {
		size := l.size.number()
		wire.SpecSize, wire.SpecSizeMeasureID = &size, l.sizeMeasure
	}
	usage, free := l.usage.number(), l.free.number()
	if l.usage != 0 {
		wire.UsageType, wire.Usage, wire.UsageMeasureID = usageDuration, &usage, measureHour
		wire.FreeUsage, wire.FreeMeasureID = &free, measureHour
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
		quantity = l.usage - l.free
	}

	return fmt.Sprintf(
		"{%s}*{%s}-{%s}-{%s}",
		quantity.text(2),
		l.unitPrice.number(),
		l.moneys[moneyDiscount].number(),
		l.moneys[moneyCoupon].number(),
	)
}
