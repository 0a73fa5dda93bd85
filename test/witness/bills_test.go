// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// billedMonth is a month before demoTime whose bills the tests read.
const billedMonth = "2026-10"

// onEachSiteWithBills runs a test for a customer with generated bills.
func onEachSiteWithBills(t *testing.T, test func(*testing.T, *client)) {
	t.Helper()
	onEachSiteWith(t, bsssim.Options{Now: demoTime, Generate: bsssim.Generate{BillLines: 600}}, test)
}

// added is the exact sum of fields of the rows of an answer.
func added(t *testing.T, answer tree, list string, fields ...string) string {
	t.Helper()
	rows, _ := answer[list].([]any)
	total := new(big.Rat)
	for i, row := range rows {
		fieldsOf, _ := row.(tree)
		for _, field := range fields {
			amount, ok := new(big.Rat).SetString(fmt.Sprint(fieldsOf[field]))
			if !ok {
				t.Fatalf("%s[%d].%s is %v", list, i, field, fieldsOf[field])
			}
			total.Add(total, amount)
		}
	}

	return total.FloatString(8)
}

// TestBillsAgree reads a month in every way, and compares it with the ledger of
// the simulator.
func TestBillsAgree(t *testing.T) {
	t.Parallel()
	onEachSiteWithBills(t, func(t *testing.T, c *client) {
		entries, err := c.sim.Ledger("month")
		if err != nil || len(entries) != 3 || entries[1].Month != billedMonth {
			t.Fatalf("ledger: %+v %v", entries, err)
		}
		amount, _ := new(big.Rat).SetString(string(entries[1].Consume))
		want := amount.FloatString(8)
		for _, statistic := range []int{1, 2, 3} {
			answer := c.call(t, "list_resource_records", tree{"body": tree{"cycle": billedMonth, "statistic_type": statistic, "limit": 1000}})
			if got := added(t, answer, "monthly_records", "consume_amount"); got != want {
				t.Errorf("resource records by %d: %s, want %s", statistic, got, want)
			}
		}
		for _, statistic := range []int{1, 3} {
			answer := c.call(t, "list_resource_fee_records", tree{"cycle": billedMonth, "statistic_type": statistic, "limit": 1000})
			if got := added(t, answer, "fee_records", "amount"); got != want {
				t.Errorf("resource fee records by %d: %s, want %s", statistic, got, want)
			}
		}
		answer := c.call(t, "get_monthly_sum_bill", tree{"bill_cycle": billedMonth, "limit": 1000})
		if got := added(t, answer, "bill_sums", "consume_amount", "truncated_amount"); got != want {
			t.Errorf("monthly sums: %s, want %s", got, want)
		}
		if c.sim.Site() != bsssim.SiteChina {
			return
		}
		answer = c.call(t, "list_fee_records", tree{"bill_cycle": billedMonth, "limit": 1000})
		if got := added(t, answer, "records", "consume_amount", "erase_amount"); got != want {
			t.Errorf("fee records: %s, want %s", got, want)
		}
	})
}

func TestBillsOfAPayment(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.call(t, "pay_order", tree{"body": tree{"order_id": "CS2611220000001", "use_coupon": "NO", "use_discount": "NO"}})
		at := c.sim.World().Payments[0].At.In(time.FixedZone("UTC+8", 8*60*60))
		month := at.Format("2006-01")
		expect(
			t,
			c.call(t, "list_resource_fee_records", tree{"cycle": month, "trade_id": "CS2611220000001"}),
			fmt.Sprintf(`{"total_count": 2, "currency": %q,
			"fee_records": [
			{"bill_date": %[2]q, "bill_type": 1, "charge_mode": "1", "period_type": "20", "order_id": "CS2611220000001", "amount": 120.3,
				"cash_amount": 120.3, "cloud_service_type": "hws.service.type.ec2", "enterprise_project_id": "null", "measure_id": 1},
			{"amount": 16.5, "cloud_service_type": "hws.service.type.ebs"}]}`, currencyOf(c.sim.Site()), at.Format(time.DateOnly)),
		)
		expect(t, c.call(t, "list_resource_records", tree{"body": tree{
			"cycle": month, "cloud_service_type": "hws.service.type.ebs", "statistic_type": 2, "query_type": "DAILY",
			"bill_cycle_begin": at.Format(time.DateOnly), "bill_cycle_end": at.Format(time.DateOnly),
		}}), fmt.Sprintf(`{"total_count": 1, "monthly_records": [{"cycle": %q, "bill_date": %q, "bill_type": 1, "charge_mode": 1, "period_type": 20,
			"resource_Type_code": "hws.resource.type.volume", "consume_amount": 16.5, "cash_amount": 16.5}]}`, month, at.Format(time.DateOnly)))
	})
}

func TestBillsRefused(t *testing.T) {
	t.Parallel()
	onEachSiteWithBills(t, func(t *testing.T, c *client) {
		for _, test := range []struct {
			operation string
			request   tree
			parameter string
		}{
			{"get_monthly_sum_bill", tree{"bill_cycle": "2026-12"}, "bill_cycle"},
			{"get_monthly_sum_bill", tree{"bill_cycle": "2026-13"}, "bill_cycle"},
			{"get_monthly_sum_bill", tree{"bill_cycle": "2023-10"}, "bill_cycle"},
			{"list_resource_records", tree{"body": tree{"cycle": billedMonth, "method": "sub_customer"}}, "sub_customer_id"},
			{"list_resource_records", tree{"body": tree{"cycle": billedMonth, "query_type": "DAILY"}}, "query_type"},
			{"list_resource_records", tree{"body": tree{"cycle": billedMonth, "limit": 1001}}, "limit"},
			{
				"list_resource_fee_records", tree{"cycle": billedMonth, "bill_date_begin": "2026-09-30", "bill_date_end": "2026-10-01"},
				"bill_date_begin",
			},
			{"list_resource_fee_records", tree{"cycle": billedMonth, "charge_mode": "4"}, "charge_mode"},
		} {
			_, _, err := c.try(t, test.operation, test.request)
			names(t, c.refused(t, err, 400, "CBC.0100"), test.parameter)
		}
	})
}
