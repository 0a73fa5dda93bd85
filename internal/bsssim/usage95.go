// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"math/big"
	"net/http"
	"slices"
	"time"
)

// Bandwidth is something whose bandwidth is measured every five minutes, from Since
// until Until, which is zero while it goes on. What it used follows from Mbit and the
// time, so that it is the same whenever it is asked for. It is in no bill.
type Bandwidth struct {
	ResourceID   string    `json:"resource_id"`
	ServiceType  string    `json:"service_type_code"`
	ResourceType string    `json:"resource_type_code"`
	UsageType    string    `json:"usage_type"`
	Mbit         Amount    `json:"mbit"`
	Guaranteed   Amount    `json:"guaranteed,omitempty"` // of the enhanced 95th percentile
	Since        time.Time `json:"since"`
	Until        time.Time `json:"until,omitzero"`
}

const (
	pointEvery   = 5 * time.Minute
	pointsOfDay  = 288
	enhanced95   = "95peak_plus"
	daysDecimals = 20
)

// typesOf95 are the resource types of the services that have such usage.
var typesOf95 = map[string]string{
	"hws.service.type.cdn": "hws.resource.type.cdn",
	"hws.service.type.obs": "hws.resource.type.obs",
	"hws.service.type.vpc": typeBandwidth,
	"hws.service.type.iec": "hws.resource.type.edgebandwidth",
}

// point is one data point.
type point struct {
	at    time.Time
	usage fine
}

// points are those of a month of UTC+8 up to now.
func (b *Bandwidth) points(month string, now time.Time) []point {
	begin := monthBegin(month)
	end := begin.AddDate(0, 1, 0)
	if now.Before(end) {
		end = now
	}
	if !b.Until.IsZero() && b.Until.Before(end) {
		end = b.Until
	}
	if b.Since.After(begin) {
		begin = b.Since
	}
	var all []point
	for at := begin.Add(pointEvery - 1).Truncate(pointEvery); at.Before(end); at = at.Add(pointEvery) {
		all = append(all, point{at, b.usageAt(at)})
	}

	return all
}

// usageAt rises from a fifth to the whole between midnight and noon of UTC+8, and
// falls again; one point of a hundred is twice the whole.
func (b *Bandwidth) usageAt(at time.Time) fine {
	mbit, _ := fineOf(b.Mbit)
	number := at.Unix() / int64(pointEvery/time.Second)
	if number%100 == 0 {
		return 2 * mbit
	}
	slot := int64(at.Sub(time.Date(at.In(utc8).Year(), at.In(utc8).Month(), at.In(utc8).Day(), 0, 0, 0, 0, utc8)) / pointEvery)

	return mbit.times(pointsOfDay/2+4*min(slot, pointsOfDay-slot), 5*pointsOfDay/2)
}

// wire95 are the figures of a month, null until they are there: on the second of the
// next month, at 20:00 (UTC+8).
func (b *Bandwidth) wire95(month string, points []point, now time.Time) map[string]any {
	figures := map[string]any{
		"actual_days": big.NewRat(int64(len(points)), pointsOfDay).
			FloatString(daysDecimals),
		"band_width":                    nil,
		"monthly_guaranteed_band_width": nil,
		"monthly_peak_band_width":       nil,
		"band_width_measure_id":         nil,
	}
	if now.Before(monthBegin(month).AddDate(0, 1, 1).Add(20*time.Hour)) || len(points) == 0 {
		return figures
	}
	usage := make([]fine, len(points))
	for i, point := range points {
		usage[i] = point.usage
	}
	slices.Sort(usage)
	// The highest twentieth is left out.
	figures["band_width"], figures["band_width_measure_id"] = usage[len(usage)-len(usage)/20-1].text(3), measureMbps
	if b.UsageType == enhanced95 {
		guaranteed, _ := fineOf(b.Guaranteed)
		figures["monthly_guaranteed_band_width"], figures["monthly_peak_band_width"] = guaranteed.text(3), usage[len(usage)-1].text(3)
	}

	return figures
}

// measured is something with its data points of a month.
type measured struct {
	*Bandwidth

	points []point
}

// measured are those that a call is about.
func (w *world) measured(c *call) (found []measured, month string, err error) {
	month, err = w.month(c, "bill_cycle")
	if err != nil {
		return nil, "", err
	}
	for _, b := range w.Bandwidths {
		if b.ServiceType != c.text("service_type_code") || b.ResourceType != c.text("resource_type_code") ||
			b.UsageType != c.text("usage_type") || c.has("resource_id") && c.text("resource_id") != b.ResourceID {
			continue
		}
		if points := b.points(month, w.clock.now()); len(points) > 0 {
			found = append(found, measured{b, points})
		}
	}

	return found, month, nil
}

// listUsage95Summary answers the figures of a month by resource.
func listUsage95Summary(w *world, c *call) (answer, error) {
	found, month, err := w.measured(c)
	if err != nil {
		return answer{}, err
	}
	list := []map[string]any{}
	for _, m := range page(c, found, 10) {
		row := m.wire95(month, m.points, w.clock.now())
		row["resource_id"] = m.ResourceID
		list = append(list, row)
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(found), "summary_usage_info_list": list}}, nil
}

// listUsage95Details answers the data points of a resource, with its figures.
func listUsage95Details(w *world, c *call) (answer, error) {
	found, month, err := w.measured(c)
	if err != nil {
		return answer{}, err
	}
	one := measured{Bandwidth: &Bandwidth{}}
	if len(found) > 0 {
		one = found[0]
	}
	var guaranteed any // null of what is not enhanced
	if one.UsageType == enhanced95 {
		mbit, _ := fineOf(one.Guaranteed)
		guaranteed = mbit.text(3)
	}
	list := []map[string]any{}
	for _, point := range page(c, one.points, 10) {
		list = append(list, map[string]any{
			"stat_time": wireInstant(point.at), "guaranteed_band_width": guaranteed, "usage": point.usage.text(3), "measure_id": measureMbps,
		})
	}
	body := one.wire95(month, one.points, w.clock.now())
	body["total_count"], body["usage_info_list"] = len(one.points), list

	return answer{status: http.StatusOK, body: body}, nil
}

// measureBandwidth is the act that starts measuring.
func measureBandwidth(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ResourceID   string         `json:"resource_id"`
		ServiceType  string         `json:"service_type_code"`
		ResourceType string         `json:"resource_type_code"`
		UsageType    string         `json:"usage_type"`
		Mbit         Amount         `json:"mbit"`
		Guaranteed   Amount         `json:"guaranteed"`
		Since        instantOrDelay `json:"since"`
		Until        instantOrDelay `json:"until"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	now := w.clock.now()
	b := &Bandwidth{
		ResourceID: request.ResourceID, ServiceType: request.ServiceType, ResourceType: request.ResourceType, UsageType: request.UsageType,
		Mbit: request.Mbit, Guaranteed: request.Guaranteed,
	}
	if b.ServiceType == "" {
		b.ServiceType = "hws.service.type.cdn"
	}
	if b.ResourceType == "" {
		b.ResourceType = typesOf95[b.ServiceType]
	}
	if b.UsageType == "" {
		b.UsageType = "95Peak"
	}
	if mbit, ok := fineOf(b.Mbit); !ok || mbit <= 0 || b.ResourceID == "" {
		return nil, errors.New("resource_id and mbit: required")
	}
	var err error
	if b.Since, err = request.Since.at(now, now); err != nil {
		return nil, err
	}
	if b.Until, err = request.Until.at(now, time.Time{}); err != nil {
		return nil, err
	}
	w.Bandwidths = append(w.Bandwidths, b)
	w.dirty = true

	return map[string]any{"resource_id": b.ResourceID}, nil
}
