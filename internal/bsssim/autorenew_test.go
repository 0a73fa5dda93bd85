// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"strings"
	"testing"
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
