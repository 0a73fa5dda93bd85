// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	autoRenewPath = "/v2/orders/subscriptions/resources/autorenew/"
	onDemandPath  = "/v2/orders/subscriptions/resources/to-on-demand"
)

func (c *client) enable(t *testing.T, id, body string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, autoRenewPath+id, body)
}

func (c *client) disable(t *testing.T, id string) reply {
	t.Helper()

	return c.must(t, http.MethodDelete, autoRenewPath+id, "")
}

func (c *client) onDemand(t *testing.T, operation string, ids ...string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, onDemandPath, `{"operation":"`+operation+`","resource_ids":["`+strings.Join(ids, `","`)+`"]}`)
}

// policies are what queries by id show.
func (c *client) policies(t *testing.T, ids ...string) string {
	t.Helper()
	var all []string
	for _, id := range ids {
		all = append(all, c.resourceQuery(t, `{"resource_ids":["`+id+`"],"only_main_resource":1}`).text("data", 0, "expire_policy"))
	}

	return strings.Join(all, " ")
}

func (c *client) acted() []bool {
	acted := []bool{}
	for _, entry := range c.Requests() {
		if entry.Mutation {
			acted = append(acted, entry.Acted)
		}
	}

	return acted
}

func TestAutoRenewTree(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"", "{}", `{"auto_renew_times":99,"period_type":"YEAR"}`} {
		for _, named := range []int{1, 2} {
			c := start(t, Options{Seed: "demo"})
			c.enable(t, demoResource(named), body).want(t, http.StatusNoContent)
			same(t, "on", c.policies(t, demoResource(1), demoResource(2), demoResource(3), demoResource(6)), "3 3 3 0")
			c.disable(t, demoResource(4-named)).want(t, http.StatusNoContent)
			same(t, "off", c.policies(t, demoResource(1), demoResource(2), demoResource(3)), "0 0 0")
			c.disable(t, demoResource(named)).refused(t, http.StatusBadRequest, "CBC.99003605")
			same(t, "acted", c.acted(), []bool{true, true, false})
			same(t, "journal", c.Requests()[0].ResourceIDs, []string{demoResource(named)})
		}
	}
}

// stored is what the simulator keeps of a resource.
func (c *client) stored(t *testing.T, id string) *Resource {
	t.Helper()
	for _, r := range c.World().Resources {
		if r.ResourceID == id {
			return r
		}
	}
	t.Fatalf("no resource %s", id)

	return nil
}

// add adds a resource at the console and answers its id.
func (c *client) add(t *testing.T, id string, values map[string]any) string {
	t.Helper()
	all := map[string]any{"resource_id": id}
	maps.Copy(all, values)
	c.act(t, "add_resource", all)

	return id
}

func TestAutoRenewNumbers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	id := c.add(t, "r", nil)
	for i, step := range []struct {
		body    string // "off" disables
		on      bool
		times   int
		period  string
		changes bool
	}{
		{"", true, 0, "", true},
		{"", true, 0, "", false},
		{`{"auto_renew_times":3}`, true, 3, "", true},
		{`{"period_type":"YEAR"}`, true, 3, "YEAR", true},
		{`{}`, true, 3, "YEAR", false},
		{"off", false, 3, "YEAR", true},
		{"", true, 3, "YEAR", true},
		{`{"auto_renew_times":3,"period_type":"YEAR"}`, true, 3, "YEAR", false},
		{`{"auto_renew_times":0,"period_type":"MONTH"}`, true, 0, "MONTH", true},
	} {
		c.ClearRequests()
		if step.body == "off" {
			c.disable(t, id).want(t, http.StatusNoContent)
		} else {
			answer := c.enable(t, id, step.body).want(t, http.StatusNoContent)
			same(t, "no body", answer.raw, "")
		}
		a := c.stored(t, id).AutoRenew
		same(t, "step "+itoa(i+1), []any{a.On, a.Times, a.Left, a.PeriodType, c.acted()},
			[]any{step.on, step.times, step.times, step.period, []bool{step.changes}})
	}
}

func TestAutoRenewRefusals(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	old, frozen, closed := demoResource(10), demoResource(11), demoResource(12)
	disk := c.add(t, "disk", map[string]any{"parent_resource_id": old})
	for id, codes := range map[string][2]string{
		old: {"CBC.99003602", "CBC.99003605"}, frozen: {"CBC.99003602", "CBC.99003605"}, disk: {"CBC.99003602", "CBC.99003605"},
		closed: {"CBC.99003012", "CBC.99003012"}, "unknown": {"CBC.99003012", "CBC.99003012"},
	} {
		c.enable(t, id, "").refused(t, http.StatusBadRequest, codes[0])
		c.disable(t, id).refused(t, http.StatusBadRequest, codes[1])
	}
	c.act(t, "set_expire_policy", map[string]any{"resource_id": old, "policy": 3})
	c.disable(t, old).want(t, http.StatusNoContent)
	for body, parameter := range map[string]string{
		`{"auto_renew_times":100}`:      "auto_renew_times",
		`{"auto_renew_times":-1}`:       "auto_renew_times",
		`{"auto_renew_times":"1"}`:      "auto_renew_times",
		`{"period_type":"month"}`:       "period_type",
		`{"period_type":""}`:            "period_type",
		`{"times":1}`:                   "times",
		`{"resource_id":"x"}`:           "resource_id",
		`null`:                          "body",
		`[]`:                            "body",
		`{"auto_renew_times":1} {}`:     "body",
		`{"auto_renew_times":1.5}`:      "auto_renew_times",
		`{"auto_renew_times":99999999}`: "auto_renew_times",
	} {
		message := c.enable(t, demoResource(1), body).refused(t, http.StatusBadRequest, "CBC.0100").text("error_msg")
		same(t, body, strings.HasPrefix(message, "Invalid parameter "+parameter+":"), true)
	}
	c.must(t, http.MethodDelete, autoRenewPath+demoResource(4), "{}").refused(t, http.StatusBadRequest, "CBC.0100")
	same(t, "unchanged", c.policies(t, demoResource(1), demoResource(4)), "0 3")
}

func TestEnableTwice(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Settings: map[string]string{"enable_twice": "error"}})
	c.enable(t, demoResource(1), "").want(t, http.StatusNoContent)
	c.enable(t, demoResource(1), "").refused(t, http.StatusBadRequest, "CBC.0101")
	c.enable(t, demoResource(1), `{"auto_renew_times":2}`).want(t, http.StatusNoContent)
}

// Disabling goes back to the default policy of the resource.
func TestDefaultPolicy(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	ids := []string{c.add(t, "a", map[string]any{"default_policy": 4}), c.add(t, "b", map[string]any{"expire_policy": 5})}
	ids = append(ids, c.add(t, "c", map[string]any{"expire_policy": 3, "default_policy": 2}), c.add(t, "d", nil))
	c.act(t, "set_expire_policy", map[string]any{"resource_id": "d", "policy": 9})
	same(t, "before", c.policies(t, ids...), "4 5 3 9")
	for _, id := range ids {
		c.enable(t, id, "").want(t, http.StatusNoContent)
	}
	same(t, "on", c.policies(t, ids...), "3 3 3 3")
	for _, id := range ids {
		c.disable(t, id).want(t, http.StatusNoContent)
	}
	same(t, "off", c.policies(t, ids...), "4 5 2 9")
}

func TestSettingsLag(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Lag: Transition{Reads: 2}})
	seen := func(id string) []string { return []string{c.policies(t, id), c.policies(t, id), c.policies(t, id)} }
	c.enable(t, demoResource(1), "").want(t, http.StatusNoContent)
	same(t, "others' reads do not count", c.policies(t, demoResource(6)), "0")
	same(t, "enabled", seen(demoResource(1)), []string{"0", "0", "3"})
	same(t, "its disk", seen(demoResource(2)), []string{"0", "0", "3"})
	c.disable(t, demoResource(1)).want(t, http.StatusNoContent)
	c.disable(t, demoResource(1)).refused(t, http.StatusBadRequest, "CBC.99003605")
	same(t, "disabled", seen(demoResource(1)), []string{"3", "3", "0"})
	c.onDemand(t, "SET_UP", demoResource(6)).want(t, http.StatusOK)
	page := `{"only_main_resource":1,"limit":2,"offset":`
	c.resourceQuery(t, page+"0}")
	c.resourceQuery(t, page+"0}")
	same(t, "rows of other pages are not read", c.resourceQuery(t, page+"2}").text("data", 0, "expire_policy"), "0")
	same(t, "rows of the page are", seen(demoResource(6)), []string{"0", "1", "1"})
	c.act(t, "freeze", map[string]any{"resource_id": demoResource(6)})
	frozen := func() string {
		return c.resourceQuery(t, `{"status_list":[4],"service_type_code":"hws.service.type.rds"}`).text("total_count")
	}
	same(t, "a filter sees the old status", []string{frozen(), frozen(), frozen()}, []string{"0", "0", "1"})
}

func TestSettingsLagByDuration(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Lag: Transition{Duration: time.Minute}})
	c.enable(t, demoResource(1), "").want(t, http.StatusNoContent)
	same(t, "at once", c.policies(t, demoResource(1)), "0")
	c.Advance(time.Minute)
	same(t, "later", c.policies(t, demoResource(1)), "3")
}

func TestRefuse(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	refuse := func(operation, code string) {
		c.act(t, "refuse", map[string]any{"resource_id": demoResource(4), "operation": operation, "code": code})
	}
	refuse("enable_auto_renew", "CBC.99003623")
	refuse("disable_auto_renew", "CBC.0999")
	c.enable(t, demoResource(4), `{"auto_renew_times":1}`).refused(t, http.StatusBadRequest, "CBC.99003623")
	c.disable(t, demoResource(4)).refused(t, http.StatusBadRequest, "CBC.0999")
	same(t, "acted", c.acted(), []bool{false, false})
	refuse("disable_auto_renew", "")
	c.disable(t, demoResource(4)).want(t, http.StatusNoContent)
	for _, values := range []map[string]any{
		{"resource_id": "x", "operation": "enable_auto_renew"},
		{"resource_id": demoResource(4), "operation": "pay_order"},
		{"resource_id": demoResource(4), "operation": "enable_auto_renew", "code": "X", "whole": false},
	} {
		if _, err := c.Console("refuse", values); err == nil {
			t.Errorf("%v is taken", values)
		}
	}
}

// What is closed takes no part any more.
func TestClosedAttached(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.add(t, "r", map[string]any{"expire_time": "2026-12-06T15:59:59Z"})
	for _, disk := range []string{"kept", "gone"} {
		c.add(t, disk, map[string]any{
			"parent_resource_id": "r", "service_type_code": "hws.service.type.ebs", "expire_time": "2026-12-06T15:59:59Z",
		})
	}
	c.act(t, "close_resource", map[string]any{"resource_id": "gone"})
	c.enable(t, "r", "").want(t, http.StatusNoContent)
	same(t, "enabled", c.policies(t, "r", "kept", "gone"), "3 3 0")
	c.Advance(10 * day)
	same(t, "paid for two", c.charged(), []string{"CS2611220000001 70.00 0.00 system"})
	same(t, "renewed", c.term(t, "kept"), "2 3 2027-01-06T15:59:59Z")
	same(t, "not renewed", c.term(t, "gone"), "3 0 2026-12-06T15:59:59Z")
}
