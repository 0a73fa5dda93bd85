// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const convertPath = "/v2/orders/subscriptions/resources/to-on-demand/instantly"

func (c *client) convert(t *testing.T, ids ...string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, convertPath, "{"+quoted(ids)+"}")
}

// conversions lists the results as "id result code", and the orders.
func (r reply) conversions(t *testing.T) (results, orders []string) {
	t.Helper()
	r.want(t, http.StatusOK)
	const rows = "to_ondemand_service_results"
	codes, words := r.column(rows, "error_code"), r.column(rows, "result")
	for i, id := range r.column(rows, "resource_id") {
		results = append(results, strings.TrimSpace(id+" "+words[i]+" "+codes[i]))
		if words[i] == "FAIL" && r.text(rows, i, "error_msg") == "" {
			t.Errorf("no message: %s", r.raw)
		}
	}

	return results, r.column(rows, "order_id")
}

// termOfServer is a server of 72.00 a month with a disk, on the site that converts.
func termOfServer(t *testing.T, options Options) *client {
	t.Helper()
	options.Site = SiteChina
	c := start(t, options).rich(t)
	c.add(t, "server", map[string]any{"expire_time": "720h", "monthly_price": "72.00"})
	c.add(t, "disk", map[string]any{
		"parent_resource_id": "server", "expire_time": "720h", "monthly_price": "7.20", "service_type_code": "hws.service.type.ebs",
	})

	return c
}

func TestConvert(t *testing.T) {
	t.Parallel()
	c := termOfServer(t, Options{Processing: Transition{Reads: 1}})
	results, orders := c.convert(t, "server").conversions(t)
	same(t, "results", results, []string{"server SUCCESS"})
	same(t, "processing", c.term(t, "server")[:1], "2")
	same(t, "order", c.details(t, orders[0])[0], "5 10 0.00 0.00")
	same(t, "lines", len(c.details(t, orders[0])), 3)
	same(t, "closed with its disk", c.term(t, "server")[:1]+c.term(t, "disk")[:1], "33")
	same(t, "not found by its order", c.resourceQuery(t, `{"order_id":"`+orders[0]+`"}`).text("total_count"), "0")
	same(t, "no money", []any{c.balance(), len(c.World().Payments)}, []any{"10000.00", 0})
	// It is charged by use from now on.
	c.Advance(25 * time.Hour)
	hours := map[string]int{}
	for _, row := range columns(resourceFeeRecords.rows(t, c, "2026-11"), "resource_id", "charge_mode", "amount") {
		hours[row]++
	}
	same(t, "server by the hour", hours["server 3 0.10000000"] >= 24, true)
	same(t, "disk by the hour", hours["disk 3 0.01000000"] >= 24, true)
	// Once.
	results, _ = c.convert(t, "server").conversions(t)
	same(t, "again", results, []string{"server FAIL CBC.99003012"})
	same(t, "acted", c.acted(), []bool{true, false})
}

// What billing shows of what is converted, no source says.
func TestConvertedRows(t *testing.T) {
	t.Parallel()
	for rows, want := range map[string][]string{"closed": {"2", "3 3"}, "gone": {"0", ""}, "in_use": {"2", "2 2"}} {
		c := termOfServer(t, Options{Settings: map[string]string{"converted_resources": rows, "order_query_finds_conversions": "on"}})
		_, orders := c.convert(t, "server").conversions(t)
		answer := c.resourceQuery(t, `{"resource_ids":["server"]}`)
		same(t, rows, []string{answer.text("total_count"), strings.Join(answer.column("data", "status"), " ")}, want)
		same(t, rows+", by its order", c.resourceQuery(t, `{"order_id":"`+orders[0]+`"}`).text("total_count"), want[0])
		results, _ := c.convert(t, "server").conversions(t)
		same(t, rows+", again", results, []string{"server FAIL CBC.99003012"})
	}
}

func TestConversionReview(t *testing.T) {
	t.Parallel()
	for shows, status := range map[string]string{"approval": "1", "processing": "3", "nothing": ""} {
		for act, want := range map[string][]string{"approve_order": {"5", "3"}, "refuse_order": {"4", "2"}} {
			c := termOfServer(t, Options{Settings: map[string]string{
				"conversion_review": "on", "review_shows": shows, "conversion_order_ids": "off",
			}})
			results, orders := c.convert(t, "server").conversions(t)
			same(t, "results", results, []string{"server AUDIT"})
			same(t, "no order is named", orders, []string{""})
			order := c.World().Orders[len(c.World().Orders)-1].OrderID
			same(t, "reviewed", c.get(t, ordersPath+"/details/"+order).text("order_info", "status"), status)
			c.Advance(10 * day)
			same(t, "listed", strings.Join(c.get(t, ordersPath+"?order_type=10").column("order_infos", "status"), ""), status)
			c.act(t, act, map[string]any{"order_id": order})
			same(t, act, []string{c.get(t, ordersPath+"/details/"+order).text("order_info", "status"), c.term(t, "server")[:1]}, want)
		}
	}
}

func TestConvertRefused(t *testing.T) {
	t.Parallel()
	for mode, whole := range map[string]bool{"inside": false, "partial": true, "whole": true} {
		for name, want := range map[string]string{
			"unknown": "CBC.99003012", "disk": "CBC.30010036", "frozen": "CBC.99003624", "expired": "CBC.99003610",
			"unpaid": "CBC.99003100", "odd": "CBC.99003609",
		} {
			c := termOfServer(t, Options{Settings: map[string]string{"convert_failures": mode}})
			for _, id := range []string{"frozen", "expired", "unpaid", "odd"} {
				c.add(t, id, map[string]any{"expire_time": "720h"})
			}
			c.act(t, "freeze", map[string]any{"resource_id": "frozen"})
			c.act(t, "expire", map[string]any{"resource_id": "expired"})
			c.act(t, "renew", map[string]any{"resource_id": "unpaid", "unpaid": true})
			c.act(t, "refuse", map[string]any{"resource_id": "odd", "operation": conversionsNow, "code": want})
			if whole {
				c.convert(t, name).refused(t, http.StatusBadRequest, want)
			} else {
				results, _ := c.convert(t, name).conversions(t)
				same(t, name, results, []string{name + " FAIL " + want})
			}
			if mode != "whole" {
				results, _ := c.convert(t, "server", name).conversions(t)
				same(t, "beside another", results, []string{"server SUCCESS", name + " FAIL " + want})
			}
		}
	}
}

// What ends while a conversion is under way is not converted.
func TestConversionOvertaken(t *testing.T) {
	t.Parallel()
	c := termOfServer(t, Options{Processing: Transition{Duration: time.Hour}, Settings: map[string]string{"server_locks": "off"}})
	_, orders := c.convert(t, "server").conversions(t)
	c.act(t, "close_resource", map[string]any{"resource_id": "server"})
	c.Advance(2 * time.Hour)
	same(t, "order", c.details(t, orders[0])[0], "4 10 0.00 0.00")
	same(t, "usage", len(c.World().Usage), 0)
}

func TestConsoleConvert(t *testing.T) {
	t.Parallel()
	c := termOfServer(t, Options{Settings: map[string]string{"conversion_review": "on"}})
	c.act(t, "convert", map[string]any{"resource_id": "server"})
	same(t, "converted", c.World().Resource("disk").Converted, true)
	for act, values := range map[string]map[string]any{
		"convert": {"resource_id": "disk"}, "refuse_order": {"order_id": c.World().Orders[0].OrderID},
	} {
		if _, err := c.Console(act, values); err == nil {
			t.Errorf("%s of %v is not refused", act, values)
		}
	}
}
