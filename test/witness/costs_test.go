// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// costsOfMonth is the body of a query of the original costs of a month, by service and
// tag.
func costsOfMonth() tree {
	return tree{
		"time_condition": tree{"time_measure_id": 2, "begin_time": billedMonth, "end_time": billedMonth},
		"groupby": []tree{
			{"type": "dimension", "key": "CLOUD_SERVICE_TYPE"}, {"type": "tag", "key": "team"},
		},
		"cost_type": "ORIGINAL_COST", "amount_type": "PAYMENT_AMOUNT", "limit": 1000,
	}
}

// TestCostsAgree reads the costs of a month, and compares them with the ledger of
// the simulator.
func TestCostsAgree(t *testing.T) {
	t.Parallel()
	onEachSiteWithBills(t, func(t *testing.T, c *client) {
		entries, err := c.sim.Ledger("month")
		if err != nil || len(entries) != 3 || entries[1].Month != billedMonth {
			t.Fatalf("ledger: %+v %v", entries, err)
		}
		amount, _ := new(big.Rat).SetString(string(entries[1].Consume))
		want := amount.FloatString(8)
		answer := c.call(t, "list_costs", tree{"body": costsOfMonth()})
		if got := added(t, answer, "cost_data", "amount_by_costs"); got != want {
			t.Errorf("costs: %s, want %s", got, want)
		}
		expect(t, answer, fmt.Sprintf(`{"currency": %q}`, currencyOf(c.sim.Site())))
		rows, _ := answer["cost_data"].([]any)
		row, _ := rows[0].(tree)
		expect(t, row, fmt.Sprintf(`{"dimensions": [{"key": "CLOUD_SERVICE_TYPE"}, {"key": "RESOURCE_TAG"}],
			"costs": [{"time_dimension_value": %q, "time_measure_id": 2}]}`, billedMonth))
		if c.sim.Site() != bsssim.SiteChina {
			return
		}
		answer = c.call(t, "list_monthly_cost_breakdown", tree{"shared_month": billedMonth, "limit": 1000})
		body := costsOfMonth()
		body["cost_type"] = "AMORTIZED_COST"
		amortized := c.call(t, "list_costs", tree{"body": body})
		got, want := added(t, answer, "details", "current_month_amortized_amount"), added(t, amortized, "cost_data", "amount_by_costs")
		if got != want {
			t.Errorf("breakdown: %s, want %s", got, want)
		}
	})
}

func TestCostsRefused(t *testing.T) {
	t.Parallel()
	onEachSiteWithBills(t, func(t *testing.T, c *client) {
		body := costsOfMonth()
		body["groupby"] = []tree{{"type": "tag", "key": "a"}, {"type": "tag", "key": "b"}}
		_, _, err := c.try(t, "list_costs", tree{"body": body})
		names(t, c.refused(t, err, 400, "CBC.0100"), "groupby")
		if err := c.sim.Set("cost_center", "off"); err != nil {
			t.Fatal(err)
		}
		_, _, err = c.try(t, "list_costs", tree{"body": costsOfMonth()})
		c.refused(t, err, 400, "CBC.18000014")
	})
}
