// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const day = 24 * time.Hour

// atTime moves the clock to a time on 22 November 2026 or later.
func (c *client) atTime(t *testing.T, text string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil || at.Before(c.Now()) {
		t.Fatalf("%s: %v", text, err)
	}
	c.Advance(at.Sub(c.Now()))
}

// deductions lists the payments as "time amount by".
func (c *client) deductions() []string {
	list := []string{}
	for _, p := range c.World().Payments {
		list = append(list, p.At.Format(wireTime)+" "+string(p.Amount)+" "+p.By)
	}

	return list
}

// term shows status, policy and expiry.
func (c *client) term(t *testing.T, id string) string {
	t.Helper()
	row := c.resourceQuery(t, `{"resource_ids":["`+id+`"],"only_main_resource":1}`)

	return row.text("data", 0, "status") + " " + row.text("data", 0, "expire_policy") + " " + row.text("data", 0, "expire_time")
}

func TestDeduction(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	const web2 = 4 // with a disk, renewed automatically, until 6 January
	same(t, "before", c.term(t, demoResource(web2)), "2 3 2027-01-06T15:59:59Z")
	c.atTime(t, "2026-12-29T18:59:00Z")
	same(t, "a minute before 03:00", c.deductions(), []string{})
	c.atTime(t, "2026-12-29T19:00:01Z")
	same(t, "seven days before", c.deductions(), []string{"2026-12-29T19:00:00Z 125.00 system"})
	same(t, "renewed", c.term(t, demoResource(web2)), "2 3 2027-02-06T15:59:59Z")
	same(t, "its disk too", c.term(t, demoResource(web2+1)), "2 3 2027-02-06T15:59:59Z")
	c.Advance(3 * day)
	same(t, "once", len(c.charged()), 1)

	order := strings.Fields(c.charged()[0])[0]
	listed := c.get(t, ordersPath+"?order_type=2&order_id="+order)
	same(
		t,
		"order",
		[]string{
			listed.text("order_infos", 0, "status"),
			listed.text("order_infos", 0, "create_time"),
			listed.text("order_infos", 0, "payment_time"),
		},
		[]string{"5", "2026-12-29T19:00:00Z", "2026-12-29T19:00:00Z"},
	)
	details := c.get(t, ordersPath+"/details/"+order)
	same(t, "lines", details.column("order_line_items", "amount_after_discount"), []string{"120.30", "4.70"})
	same(t, "new period", details.text("order_line_items", 0, "effective_time")+" "+details.text("order_line_items", 0, "expire_time"),
		"2027-01-06T15:59:59Z 2027-02-06T15:59:59Z")
	same(t, "resources of the order", c.resourceQuery(t, `{"order_id":"`+order+`"}`).text("total_count"), "2")
	same(t, "balance", string(c.World().Balances[0].Amount), "875.00")
}

// A long jump of the clock does what many short ones do.
func TestDeductionsAcrossAJump(t *testing.T) {
	t.Parallel()
	jump := start(t, Options{Seed: "demo"}).rich(t)
	steps := start(t, Options{Seed: "demo"}).rich(t)
	jump.Advance(400 * day)
	for range 800 {
		steps.Advance(12 * time.Hour)
	}
	same(t, "deductions", jump.deductions(), steps.deductions())
	same(t, "twelve of the server and seven of the address", len(jump.deductions()), 19)
	for n := 1; n <= 12; n++ {
		same(t, "resource", jump.term(t, demoResource(n)), steps.term(t, demoResource(n)))
	}
}

func TestDeductionWithoutMoney(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	id := c.add(t, "r", map[string]any{"expire_time": "2026-12-06T15:59:59Z", "expire_policy": 3, "monthly_price": "50"})
	c.act(t, "set_balance", map[string]any{"amount": "49.99"})
	c.atTime(t, "2026-12-03T12:00:00Z")
	same(t, "nothing", []any{c.deductions(), len(c.World().Orders), string(c.World().Balances[0].Amount)}, []any{[]string{}, 0, "49.99"})
	same(t, "tried", c.stored(t, id).AutoRenew.Tried.Format(wireTime), "2026-12-02T19:00:00Z")
	c.act(t, "set_balance", map[string]any{"amount": "120"})
	same(t, "not at once", len(c.charged()), 0)
	c.Advance(day)
	same(t, "the next day", c.deductions(), []string{"2026-12-03T19:00:00Z 50.00 system"})
	c.Advance(2 * 30 * day)
	same(t, "until the money is used up", len(c.charged()), 2)
	same(t, "then expired, still to be renewed", c.term(t, id), "2 3 2027-02-06T15:59:59Z")
	c.atTime(t, "2027-02-10T00:00:00Z")
	same(t, "expired, still to be renewed", c.term(t, id), "5 3 2027-02-06T15:59:59Z")
	c.rich(t).Advance(day)
	same(t, "back in use, from the old expiry on", c.term(t, id), "2 3 2027-03-06T15:59:59Z")
	c.act(t, "set_balance", map[string]any{"amount": "0"})
	c.atTime(t, "2027-03-25T00:00:00Z")
	same(t, "frozen", c.term(t, id), "4 3 2027-03-06T15:59:59Z")
	c.rich(t).Advance(day)
	same(t, "back from frozen", c.term(t, id), "2 3 2027-04-06T15:59:59Z")
	c.act(t, "set_balance", map[string]any{"amount": "0"})
	c.atTime(t, "2027-05-07T00:00:00Z")
	c.rich(t).Advance(30 * day)
	same(t, "closed for good", c.term(t, id)[:1], "3")
	same(t, "no deduction after", len(c.charged()), 4)
}

func TestEnabledLate(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.enable(t, demoResource(6), "").want(t, http.StatusNoContent) // ends in 5 days
	same(t, "charged at once", len(c.charged()), 1)
	same(t, "renewed", c.term(t, demoResource(6)), "2 3 2026-12-27T15:59:59Z")
	c.enable(t, demoResource(6), "").want(t, http.StatusNoContent)
	c.Advance(3 * day)
	same(t, "once", c.charged(), []string{"CS2611220000013 58.20 0.00 system"})

	c = start(t, Options{})
	c.add(t, "r", map[string]any{"expire_time": "72h"})
	c.enable(t, "r", "").want(t, http.StatusNoContent)
	same(t, "no money", c.term(t, "r")[:3], "2 3")
	c.rich(t)
	c.disable(t, "r").want(t, http.StatusNoContent)
	c.Advance(day)
	same(t, "disabled in time", len(c.charged()), 0)
	c.act(t, "set_expire_policy", map[string]any{"resource_id": "r", "policy": 3})
	same(t, "at once by the console too", len(c.charged()), 1)
}

// What is on at the start and inside its last week waits for the next 03:00.
func TestEnabledLongAgo(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.add(t, "r", map[string]any{"expire_time": "72h", "expire_policy": 3})
	same(t, "not at once", len(c.charged()), 0)
	c.Advance(day)
	same(t, "next day", c.deductions(), []string{"2026-11-22T19:00:00Z 60.00 system"})
}

func TestDeductionTimes(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.add(t, "r", map[string]any{"expire_time": "2027-01-31T15:59:59Z", "default_policy": 4})
	c.add(
		t,
		"disk",
		map[string]any{"parent_resource_id": "r", "service_type_code": "hws.service.type.ebs", "expire_time": "2027-01-31T15:59:59Z"},
	)
	c.enable(t, "r", `{"auto_renew_times":2}`).want(t, http.StatusNoContent)
	c.atTime(t, "2027-01-25T00:00:00Z")
	same(t, "month end", c.term(t, "r"), "2 3 2027-02-28T15:59:59Z")
	same(t, "left", c.stored(t, "r").AutoRenew.Left, 1)
	c.atTime(t, "2027-02-22T00:00:00Z")
	same(t, "used up", c.term(t, "r"), "2 4 2027-03-28T15:59:59Z")
	same(t, "disk", c.term(t, "disk"), "2 0 2027-03-28T15:59:59Z")
	c.disable(t, "r").refused(t, http.StatusBadRequest, "CBC.99003605")
	c.atTime(t, "2027-03-29T00:00:00Z")
	same(t, "frozen by its policy", c.term(t, "r")[:1], "4")
	same(t, "payments", c.deductions(), []string{"2027-01-23T19:00:00Z 70.00 system", "2027-02-20T19:00:00Z 70.00 system"})
}

func TestDeductionPeriods(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		lastOrder int
		body      string
		want      string
	}{
		"of the last order":   {3, "", "2028-02-28T15:59:59Z 720.00"},
		"none known":          {0, "", "2027-03-28T15:59:59Z 60.00"},
		"months after a year": {3, `{"period_type":"MONTH"}`, "2027-03-28T15:59:59Z 60.00"},
		"a year":              {2, `{"period_type":"YEAR"}`, "2028-02-28T15:59:59Z 720.00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Now: time.Date(2027, 2, 1, 0, 0, 0, 0, time.UTC)}).rich(t)
			c.add(t, "r", map[string]any{"expire_time": "2027-02-28T15:59:59Z", "period_type": test.lastOrder})
			c.enable(t, "r", test.body).want(t, http.StatusNoContent)
			c.atTime(t, "2027-02-21T00:00:00Z")
			same(t, "renewed", strings.Fields(c.term(t, "r"))[2]+" "+strings.Fields(c.charged()[0])[1], test.want)
		})
	}
}

// An open order keeps the system from renewing, unless the server has no locks.
func TestDeductionAndOpenOrder(t *testing.T) {
	t.Parallel()
	for locks, want := range map[string]int{"on": 0, "off": 1} {
		c := start(t, Options{Settings: map[string]string{"server_locks": locks}}).rich(t)
		c.add(t, "r", map[string]any{"expire_time": "2026-12-01T15:59:59Z", "expire_policy": 3})
		order := c.act(t, "renew", map[string]any{"resource_id": "r", "amount": "5", "unpaid": true})["order_id"]
		c.atTime(t, "2026-11-24T12:00:00Z")
		same(t, "while open, locks "+locks, len(c.charged()), want)
		c.act(t, "cancel_order", map[string]any{"order_id": order})
		c.Advance(day)
		same(t, "once canceled", len(c.charged()), 1)
	}
}

// The system's own order takes effect at once, whatever the transitions of
// other orders are, so that nothing is deducted twice.
func TestDeductionDoesNotWait(t *testing.T) {
	t.Parallel()
	c := start(t, Options{
		Processing: Transition{Reads: 5}, Settings: map[string]string{"resource_ids_after": "duration=240h"},
	}).rich(t)
	c.add(t, "r", map[string]any{"expire_time": "2026-12-01T15:59:59Z", "expire_policy": 3})
	c.Advance(8 * day)
	same(t, "once", len(c.charged()), 1)
	same(t, "renewed", c.term(t, "r"), "2 3 2027-01-01T15:59:59Z")
}

// What becomes of a resource that is not renewed.
func TestLapse(t *testing.T) {
	t.Parallel()
	for policy, want := range map[int]string{
		0: "2 5 5 4 4 3", 1: "2 3 3 3 3 3", 2: "2 3 3 3 3 3", 3: "2 5 5 4 4 3", 4: "2 4 4 4 4 3", 5: "2 4 4 3 3 3", 9: "2 5 5 4 4 3",
	} {
		t.Run(strconv.Itoa(policy), func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{})
			c.add(t, "r", map[string]any{"expire_time": "24h", "expire_policy": policy})
			var seen []string
			for _, step := range []time.Duration{23 * time.Hour, 2 * time.Hour, 14 * day, day, 14 * day, day} {
				c.Advance(step)
				seen = append(seen, c.term(t, "r")[:1])
			}
			same(t, "statuses", strings.Join(seen, " "), want)
			c = start(t, Options{})
			c.add(t, "r", map[string]any{"expire_time": "24h", "expire_policy": policy})
			c.Advance(365 * day)
			same(t, "in one jump", c.term(t, "r")[:1], "3")
		})
	}
}

func TestExpiryByConsole(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	c.act(t, "expire", map[string]any{"resource_id": demoResource(1)})
	same(t, "expired, with its disks", c.term(t, demoResource(1))[:1]+c.term(t, demoResource(3))[:1], "55")
	c.act(t, "expire", map[string]any{"resource_id": demoResource(7)})
	same(t, "pay-per-use now", c.term(t, demoResource(7))[:1], "3")
	c.act(t, "freeze", map[string]any{"resource_id": demoResource(4)})
	same(t, "frozen", c.term(t, demoResource(4))[:1]+c.term(t, demoResource(5))[:1], "44")
	c.Advance(40 * day)
	same(t, "the vendor's freezing stops renewals", len(c.charged()), 0)
	c.act(t, "unfreeze", map[string]any{"resource_id": demoResource(4)})
	same(t, "renewed at once then", c.term(t, demoResource(4)), "2 3 2027-02-06T15:59:59Z")
	same(t, "and not before", c.deductions()[0][:10], "2027-01-01")
	if _, err := c.Console("unfreeze", map[string]any{"resource_id": demoResource(4)}); err == nil {
		t.Error("what is not frozen is unfrozen")
	}
}

// A suspended resource can be renewed, and stays frozen.
func TestRenewalOfFrozen(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"}).rich(t)
	c.act(t, "renew", map[string]any{"resource_id": demoResource(11), "amount": "1"})
	same(t, "frozen for its expiry", c.term(t, demoResource(11))[:1], "2")
	c.act(t, "freeze", map[string]any{"resource_id": demoResource(1)})
	c.act(t, "renew", map[string]any{"resource_id": demoResource(1), "amount": "1"})
	same(t, "frozen by the vendor", c.term(t, demoResource(1)), "4 0 2027-01-12T15:59:59Z")
}

// The state file carries what is set, and time goes on where it stood.
func TestSettingsSurvive(t *testing.T) {
	t.Parallel()
	options := Options{Seed: "demo", StateFile: filepath.Join(t.TempDir(), "world.json"), Now: testStart}
	first, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	c := &client{Server: first, http: http.DefaultClient}
	c.enable(t, demoResource(1), `{"auto_renew_times":1,"period_type":"YEAR"}`).want(t, http.StatusNoContent)
	c.onDemand(t, "SET_UP", demoResource(6)).want(t, http.StatusOK)
	c.act(t, "refuse", map[string]any{"resource_id": demoResource(7), "operation": "enable_auto_renew", "code": "CBC.0999"})
	c.add(t, "late", map[string]any{"known_after": "reads=1", "default_policy": 2})
	before := c.World()
	second := restarted(t, first, options)
	same(t, "resources", second.World().Resources, before.Resources)
	c = (&client{Server: second, http: http.DefaultClient}).rich(t)
	c.enable(t, demoResource(7), "").refused(t, http.StatusBadRequest, "CBC.0999")
	c.enable(t, "late", "").refused(t, http.StatusBadRequest, "CBC.99003012")
	c.Advance(14 * day)
	same(t, "renewed once, for a year", c.term(t, demoResource(1)), "2 0 2027-12-12T15:59:59Z")
	same(t, "pay-per-use since", c.term(t, demoResource(6))[:1], "3")
}
