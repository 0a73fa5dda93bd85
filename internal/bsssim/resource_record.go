// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"strings"
)

type wireZone struct {
	Code string `json:"az_code"`
}

type wireRelation struct {
	ResourceID string `json:"relative_resource_id"`
	Type       string `json:"relative_type"`
}

type wireRelations struct {
	SelfID    string         `json:"self_resource_id"`
	Relations []wireRelation `json:"relation_infos"`
}

type wireResourceRecord struct {
	wireResourceCharge

	Cycle            string        `json:"cycle"`
	BillDate         *string       `json:"bill_date"`
	ResourceType     string        `json:"resource_Type_code"`
	ResourceID       string        `json:"res_instance_id"`
	ChargeMode       int           `json:"charge_mode"`
	Consume          json.Number   `json:"consume_amount"`
	PeriodType       int           `json:"period_type"`
	RootResourceID   string        `json:"root_resource_id"`
	ParentResourceID string        `json:"parent_resource_id"`
	PreOrderID       string        `json:"pre_order_id"`
	Zones            []wireZone    `json:"az_code_infos"`
	PayerID          string        `json:"payer_account_id"`
	BusinessEntityID string        `json:"be_id"`
	Extend           wireRelations `json:"extend_params"`
}

// listResourceRecords answers what each resource cost in a month: in sum, by
// day, or line by line.
func listResourceRecords(w *world, c *call) (answer, error) {
	month, err := w.month(c, "cycle")
	if err != nil {
		return answer{}, err
	}
	key := viewKey{
		month: month, service: c.text("cloud_service_type"), resourceType: c.text("resource_type"), region: c.text("region"),
		resource: c.text("res_instance_id"), project: c.text("enterprise_project_id"), payer: c.text("payer_account_id"),
		mode: c.number("charge_mode", 0), kind: c.number("bill_type", 0), withoutZero: c.excludesZero(),
	}
	statistic := c.number("statistic_type", 1)
	key.grouping = [...]grouping{byCycle, byCycle, byDay, byLine}[statistic]
	if err := w.whose(c, &key); err != nil {
		return answer{}, err
	}
	if c.text("query_type") == "DAILY" {
		if err := c.daily(&key, statistic); err != nil {
			return answer{}, err
		}
	}
	language := strings.Replace(c.language, "_cn", "_CN", 1)
	rows := w.accounts().view(key)
	asked := page(c, rows, 10)
	wire := make([]wireResourceRecord, 0, len(asked))
	for _, row := range asked {
		wire = append(wire, w.wireResourceRecord(month, row, key.grouping, language))
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"monthly_records": wire, "total_count": len(rows), "currency": w.currency(),
	}}, nil
}

// daily reads the range of dates of a query by day.
func (c *call) daily(key *viewKey, statistic int) error {
	const begin, end = "bill_cycle_begin", "bill_cycle_end"
	switch {
	case statistic == 1:
		return badParameter("query_type", "DAILY only with a statistic_type of 2 or 3")
	case c.text(begin) == "":
		return badParameter(begin, "required with the query_type DAILY")
	case c.text(end) == "":
		return badParameter(end, "required with the query_type DAILY")
	default:
		return key.within(c.text(begin), c.text(end), begin, end)
	}
}

func (w *world) wireResourceRecord(month string, l *billLine, by grouping, language string) wireResourceRecord {
	root := l.parent
	if root == "" {
		root = l.resource
	}
	wire := wireResourceRecord{
		wireResourceCharge: w.wireResourceCharge(l, language),
		Cycle:              month,
		ResourceType:       l.resourceType,
		ResourceID:         l.resource,
		ChargeMode:         l.mode,
		Consume:            l.moneys.consumed().number(),
		PeriodType:         l.period,
		RootResourceID:     root,
		ParentResourceID:   l.parent,
		Zones:              []wireZone{{Code: l.region + "a"}},
		PayerID:            l.payer,
		BusinessEntityID:   "HWC",
		Extend:             wireRelations{SelfID: l.resource, Relations: []wireRelation{}},
	}
	if l.parent != "" {
		wire.Extend.Relations = []wireRelation{{ResourceID: l.parent, Type: "PARENT"}, {ResourceID: root, Type: "ROOT"}}
	}
	switch by {
	case byDay:
		date := l.date()
		wire.BillDate = &date
	case byLine:
		wire.TradeID, wire.ID = l.trade, l.id
		wire.EffectiveTime, wire.ExpireTime = wireSeconds(l.effective), wireSeconds(l.expire)
		wire.ConsumeTime = wireSeconds(l.consume)
	default: // The rest is for days and lines.
	}

	return wire
}

// projectID is the enterprise project of a line; what is not allocated has
// null, as text or as JSON has it.
func (w *world) projectID(l *billLine) *string {
	if !l.allocated && w.setting("unallocated_project") == "json" {
		return nil
	}
	id := l.projectText()

	return &id
}
