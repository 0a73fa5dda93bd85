// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"testing"
	"time"
)

func (c *client) statuses(t *testing.T, id string, reads int) []string {
	t.Helper()
	var seen []string
	for range reads {
		seen = append(seen, c.status(t, id))
	}

	return seen
}

func TestProcessingByReads(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Processing: Transition{Reads: 2}}).rich(t)
	id, other := c.placeID(t, map[string]any{"amount": "1"}), c.placeID(t, map[string]any{"amount": "1"})
	c.pay(t, id).want(t, http.StatusNoContent)
	c.pay(t, other).want(t, http.StatusNoContent)
	same(t, "order", c.statuses(t, id, 4), []string{"3", "3", "5", "5"})
	same(t, "list and details count alike", c.get(t, ordersPath+"?order_id="+other).text("order_infos", 0, "status"), "3")
	same(t, "other", c.statuses(t, other, 2), []string{"3", "5"})
}

func TestProcessingByDuration(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Processing: Transition{Duration: time.Hour}}).rich(t)
	id := c.placeID(t, map[string]any{"amount": "1"})
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "processing", c.statuses(t, id, 3), []string{"3", "3", "3"})
	same(t, "no resources", c.resourceQuery(t, `{"order_id":"`+id+`"}`).text("total_count"), "0")
	c.Advance(time.Hour)
	same(t, "completed", c.status(t, id), "5")
	same(t, "resources", c.resourceQuery(t, `{"order_id":"`+id+`"}`).text("total_count"), "1")
}

func TestLateResourceIDs(t *testing.T) {
	t.Parallel()
	for value, step := range map[string]func(*client){
		"reads=1":     func(*client) {},
		"duration=1h": func(c *client) { c.Advance(time.Hour) },
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c := start(t, Options{Settings: map[string]string{"resource_ids_after": value}}).rich(t)
			id := c.placeID(t, map[string]any{"amount": "1", "resources": 2})
			c.pay(t, id).want(t, http.StatusNoContent)
			same(t, "completed", c.status(t, id), "5")
			query := `{"order_id":"` + id + `"}`
			same(t, "at first", c.resourceQuery(t, query).text("total_count"), "0")
			step(c)
			same(t, "then", c.resourceQuery(t, query).text("total_count"), "2")
		})
	}
}

func TestLagByReads(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Lag: Transition{Reads: 2}})
	const id = "CS2611220000001"
	same(t, "the seed does not lag", c.status(t, id), "6")
	c.pay(t, id).want(t, http.StatusNoContent)
	c.pay(t, id).refused(t, http.StatusBadRequest, "CBC.99003106")
	same(t, "order", c.statuses(t, id, 3), []string{"6", "6", "5"})
	query := `{"order_id":"` + id + `"}`
	var counts []string
	for range 3 {
		counts = append(counts, c.resourceQuery(t, query).text("total_count"))
	}
	same(t, "resources", counts, []string{"0", "0", "1"})
	placed := c.placeID(t, map[string]any{"amount": "1"})
	same(t, "new order", c.get(t, ordersPath+"?order_id="+placed).text("total_count"), "0")
	same(t, "new order's details", c.status(t, placed), "")
	same(t, "new order, third read", c.status(t, placed), "6")
	c.act(t, "set_expire_policy", map[string]any{"resource_id": demoResource(1), "policy": 3})
	var policies []string
	for range 3 {
		policies = append(
			policies,
			c.resourceQuery(t, `{"only_main_resource":1,"resource_ids":["`+demoResource(1)+`"]}`).text("data", 0, "expire_policy"),
		)
	}
	same(t, "policy", policies, []string{"0", "0", "3"})
}

func TestLagByDuration(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo", Lag: Transition{Duration: time.Minute}})
	const id = "CS2611220000001"
	c.pay(t, id).want(t, http.StatusNoContent)
	same(t, "at once", c.statuses(t, id, 2), []string{"6", "6"})
	same(t, "the world does not lag", c.World().Orders[0].Status, 5)
	c.Advance(time.Minute)
	same(t, "later", c.status(t, id), "5")
}

// Simulated time runs on with real time and shows in the Date header; a
// signature's age does not care about it.
func TestTwoClocks(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Now: time.Date(2031, 1, 31, 0, 0, 0, 0, time.UTC)})
	first := c.Now()
	wait(t.Context(), 20*time.Millisecond)
	if c.Now().Sub(first) < 20*time.Millisecond {
		t.Error("simulated time stands still")
	}
	c.Advance(24 * time.Hour)
	date, err := http.ParseTime(c.get(t, ordersPath).header.Get("Date"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "date", date.Format(time.DateOnly), "2031-02-01")
	signed, body := signedRequest(t, "body")
	signed.Header.Set("X-Sdk-Date", c.Now().Format(signatureTime))
	if _, refusal := (gate{Credentials: c.Credentials()}).authenticate(signed, body, realNow()); refusal == nil {
		t.Error("a signature of simulated time is accepted")
	}
	same(t, "journal", c.Requests()[0].At.Format(time.DateOnly), "2031-02-01")
}

func TestQuotas(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Quota: "published"})
	// Until one is refused: a busy machine may take long for the first ones.
	var last reply
	for range 1000 {
		c.Advance(time.Hour) // simulated time lifts no quota
		if last = c.must(t, http.MethodGet, ordersPath+"/details/a", ""); last.status != http.StatusOK {
			break
		}
	}
	last.refused(t, http.StatusTooManyRequests, "APIG.0308")
	same(t, "body", last.text("request_id") != "" && last.body["encoded_authorization_message"] == "", true)
	journal := c.Requests()
	same(t, "journal", journal[len(journal)-1].Status, http.StatusTooManyRequests)
	c.get(t, ordersPath) // each operation has a quota of its own
	wait(t.Context(), time.Second)
	c.get(t, ordersPath+"/details/a")
}

func TestQuotaWindow(t *testing.T) {
	t.Parallel()
	q := quotas{enforced: true, site: SiteChina, recent: map[string][]time.Time{}}
	op := &operation{Name: "x", Quota: map[string]int{"cn": 2, "intl": 5}}
	take := func(milliseconds int) bool {
		return q.take(op, testStart.Add(time.Duration(milliseconds)*time.Millisecond)) == nil
	}
	same(
		t,
		"window slides",
		[]bool{take(0), take(600), take(900), take(1000), take(1500), take(1600)},
		[]bool{true, true, false, true, false, true},
	)
	same(t, "where none is published", (&operation{Quota: map[string]int{"cn": 20}}).quotaOn(SiteEurope), 10)
	same(t, "europe has the international figure", op.quotaOn(SiteEurope), 5)
}

func TestLatency(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Latency: 60 * time.Millisecond})
	began := realNow()
	c.get(t, ordersPath)
	if took := realNow().Sub(began); took < 60*time.Millisecond {
		t.Errorf("answered after %s", took)
	}
}
