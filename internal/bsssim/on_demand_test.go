// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// failed lists error_details as "id code".
func (r reply) failed(t *testing.T) []string {
	t.Helper()
	r.want(t, http.StatusOK)
	list := []string{}
	codes := r.column("error_details", "error_code")
	for i, id := range r.column("error_details", "id") {
		list = append(list, id+" "+codes[i])
		if r.text("error_details", i, "error_msg") == "" {
			t.Errorf("no message: %s", r.raw)
		}
	}

	return list
}

func TestOnDemand(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	answer := c.onDemand(t, "SET_UP", demoResource(1), demoResource(6))
	same(t, "body", answer.raw, `{"error_details":[]}`)
	same(t, "set, attached too", c.policies(t, demoResource(1), demoResource(2), demoResource(3), demoResource(6)), "1 1 1 1")
	same(t, "twice", c.onDemand(t, "SET_UP", demoResource(1)).failed(t), []string{})
	same(t, "canceled", c.onDemand(t, "CANCEL", demoResource(1)).failed(t), []string{})
	same(t, "as before", c.policies(t, demoResource(1), demoResource(3), demoResource(6)), "0 0 1")
	same(t, "nothing to cancel", c.onDemand(t, "CANCEL", demoResource(1), demoResource(7)).failed(t), []string{demoResource(1) + " CBC.0101"})
	same(t, "acted", c.acted(), []bool{true, false, true, true})
	same(t, "journal", c.Requests()[0].ResourceIDs, []string{demoResource(1), demoResource(6)})
	c.set(t, "set_up_twice", "error")
	same(t, "refused twice", c.onDemand(t, "SET_UP", demoResource(6), demoResource(6)).failed(t),
		[]string{demoResource(6) + " CBC.0101", demoResource(6) + " CBC.0101"})
}

// Each id succeeds or fails for itself, inside HTTP 200.
func TestOnDemandPartly(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.act(t, "refuse", map[string]any{
		"resource_id": demoResource(6), "operation": "set_to_on_demand_on_expiry", "code": "CBC.99003609", "whole": false,
	})
	same(t, "failed", c.onDemand(t, "SET_UP", demoResource(10), demoResource(1), demoResource(11), demoResource(6)).failed(t), []string{
		demoResource(10) + " CBC.99003610", demoResource(11) + " CBC.99003610", demoResource(6) + " CBC.99003609",
	})
	same(t, "the rest is done", c.policies(t, demoResource(1), demoResource(6), demoResource(10)), "1 0 0")
	same(t, "none is done", c.onDemand(t, "SET_UP", demoResource(10)).failed(t), []string{demoResource(10) + " CBC.99003610"})
	same(t, "acted", c.acted(), []bool{true, false})
}

// One id can take the whole call down.
func TestOnDemandRefused(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	for id, code := range map[string]string{
		"unknown": "CBC.99003012", demoResource(12): "CBC.99003012", demoResource(2): "CBC.30010036",
	} {
		c.onDemand(t, "SET_UP", demoResource(1), id).refused(t, http.StatusBadRequest, code)
	}
	for _, digits := range []string{"08", "09", "11", "22", "23", "24", "25", "26"} {
		code := "CBC.990036" + digits
		c.act(t, "refuse", map[string]any{"resource_id": demoResource(6), "operation": "set_to_on_demand_on_expiry", "code": code})
		message := c.onDemand(t, "SET_UP", demoResource(1), demoResource(6)).refused(t, http.StatusBadRequest, code).text("error_msg")
		same(t, "a message of its own", message != messageOf(""), true)
	}
	same(t, "nothing done", c.policies(t, demoResource(1), demoResource(6)), "0 0")
	same(t, "acted", c.acted(), make([]bool, 11))
}

func TestOnDemandStrictness(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	many := make([]string, 101)
	for i := range many {
		many[i] = strconv.Quote(strconv.Itoa(i))
	}
	ids := `"resource_ids":["` + demoResource(1) + `"]`
	for body, parameter := range map[string]string{
		`{"operation":"SET_UP"}`:                                                    "resource_ids",
		`{"operation":"SET_UP","resource_ids":[]}`:                                  "resource_ids",
		`{"operation":"SET_UP","resource_ids":null}`:                                "resource_ids",
		`{"operation":"SET_UP","resource_ids":"x"}`:                                 "resource_ids",
		`{"operation":"SET_UP","resource_ids":[1]}`:                                 "resource_ids[0]",
		`{"operation":"SET_UP","resource_ids":[` + strings.Join(many, ",") + `]}`:   "resource_ids",
		`{"operation":"SET_UP","resource_ids":["` + strings.Repeat("x", 65) + `"]}`: "resource_ids[0]",
		`{` + ids + `}`:                            "operation",
		`{"operation":"",` + ids + `}`:             "operation",
		`{"operation":"set_up",` + ids + `}`:       "operation",
		`{"operation":"SET_UP",` + ids + `,"x":1}`: "x",
		``: "operation",
	} {
		message := c.must(t, http.MethodPost, onDemandPath, body).refused(t, http.StatusBadRequest, "CBC.0100").text("error_msg")
		if !strings.HasPrefix(message, "Invalid parameter "+parameter+":") {
			t.Errorf("%s: %s", body, message)
		}
	}
	same(t, "a hundred ids are taken", c.must(t, http.MethodPost, onDemandPath,
		`{"operation":"SET_UP","resource_ids":[`+strings.Join(many[:100], ",")+`]}`).text("error_code"), "CBC.99003012")
	same(t, "unchanged", c.policies(t, demoResource(1)), "0")
}

// The two settings replace each other, or are both kept.
func TestReplacing(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][]string{
		"on":  {"3", "1", "off already", "3", "nothing set", "0"},
		"off": {"3", "3", "1", "3", "3", "0"},
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Seed: "demo", Settings: map[string]string{"setup_replaces_autorenew": value}})
			id := demoResource(1)
			var got []string
			c.enable(t, id, "").want(t, http.StatusNoContent)
			got = append(got, c.policies(t, id))
			same(t, "set", c.onDemand(t, "SET_UP", id).failed(t), []string{})
			got = append(got, c.policies(t, id))
			if c.disable(t, id).text("error_code") == "CBC.99003605" {
				got = append(got, "off already")
			} else {
				got = append(got, c.policies(t, id))
			}
			c.enable(t, id, "").want(t, http.StatusNoContent)
			got = append(got, c.policies(t, id))
			if len(c.onDemand(t, "CANCEL", id).failed(t)) == 1 {
				got = append(got, "nothing set")
			} else {
				got = append(got, c.policies(t, id))
			}
			c.disable(t, id).want(t, http.StatusNoContent)
			got = append(got, c.policies(t, id))
			same(t, "policies", got, want)
			same(t, "its disk", c.policies(t, demoResource(2)), "0")
		})
	}
}
