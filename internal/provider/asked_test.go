// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestFiltersThatAreIgnored: rows that do not pass a filter are not shown as if they
// did, nor added up with others. It is an error that says what to do.
func TestFiltersThatAreIgnored(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		site      string
		arguments tree
		month     string
		field     string
		gives     any
		says      string
	}{
		"bss_orders": {
			arguments: tree{"status": "pending_payment"}, field: "status", gives: 5,
			says: "a row has the status completed, and pending_payment was asked for",
		},
		"bss_resources": {
			arguments: tree{"expires_after": "2000-01-01T00:00:00Z"}, field: "expire_time",
			gives: "1999-12-31T23:59:59Z", says: "a row has the end of its term 1999-12-31T23:59:59Z, and 2000-01-01T00:00:00Z or later",
		},
		typeRenewalForecast: {
			arguments: tree{"service_type_code": "hws.service.type.ec2"}, field: "service_type_code", gives: "other",
			says: "a row has the service other, and hws.service.type.ec2 was asked for",
		},
		"bss_coupons": {
			arguments: tree{"coupon_type": "cash"}, field: "coupon_type", gives: 2,
			says: "a row has the type discount, and cash was asked for",
		},
		"bss_stored_value_cards": {
			site: bsssim.SiteChina, arguments: tree{"status": "available"}, field: "status", gives: 2,
			says: "a row has the status used_up, and available was asked for",
		},
		"bss_account_change_records": {
			site: bsssim.SiteChina, arguments: tree{"account_type": "balance", "direction": "income"},
			field: "revenue_expense_type", gives: "EXPENSE", says: "a row has the direction expense, and income was asked for",
		},
		"bss_monthly_bills": {
			month: "month_begin", field: "bill_cycle", gives: "2020-01", says: "a row has the month 2020-01, and ",
		},
		"bss_resource_records": {
			arguments: tree{"statistic_type": "detail"}, month: "month_begin", field: "cycle", gives: "2020-01",
			says: "a row has the month 2020-01, and ",
		},
		typeBudgetStatus: {
			arguments: tree{"budget": 100}, month: "month", field: "cycle", gives: "2020-01",
			says: "a row has the month 2020-01, and ",
		},
		"bss_resource_packages": {
			arguments: tree{"status": "in_effect"}, field: "status", gives: 3,
			says: "a row has the status expired, and in_effect was asked for",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Seed: "demo", Site: test.site})
			if test.month != "" {
				month := tree{test.month: w.Now().In(bssapi.BillingZone).Format(bssapi.MonthLayout)}
				for argument, value := range test.arguments {
					month[argument] = value
				}

				test.arguments = month
			}

			arguments := configuration(t, name, test.arguments)
			mustRead(t, w, name, arguments)
			oddly(t, w).gives("", test.field, test.gives)

			read, diags := readData(t, w, name, nil, arguments)
			if diags.says(t, "", test.says, "Nothing of it is shown", "remove the argument"); read != nil {
				t.Error("a state of what was not asked for")
			}
		})
	}
}

// TestBillsWithoutAnAmount: a row that names no amount is not counted as 0. What it
// would be part of is null, and a budget says so.
func TestBillsWithoutAnAmount(t *testing.T) {
	t.Parallel()

	const unpriced = "hws.service.type.ec2"

	w := newWorld(t, bsssim.Options{Seed: "demo", Site: bsssim.SiteChina})
	month := w.Now().In(bssapi.BillingZone).Format(bssapi.MonthLayout)

	oddly(t, w).edits("", func(object map[string]any) {
		for _, service := range []string{"service_type_code", "cloud_service_type"} {
			if object[service] != unpriced {
				continue
			}

			for _, amount := range []string{"consume_amount", "amount", "current_month_amortized_amount"} {
				if _, has := object[amount]; has {
					object[amount] = nil
				}
			}
		}
	})

	for name, main := range map[string]string{
		typeMonthlyBills: "consume_amount", typeResourceRecords: "consume_amount", typeResourceFeeRecords: "consume_amount",
		typeFeeRecords: "consume_amount", typeCostBreakdown: "current_month_amortized_amount",
	} {
		arguments := tree{"month_begin": month, "group_by": []string{"service_type"}}
		if name == typeResourceRecords || name == typeResourceFeeRecords {
			arguments["statistic_type"] = "detail"
		}

		read := mustRead(t, w, name, configuration(t, name, arguments))
		if total := read["total."+main]; total != "null" {
			t.Errorf("%s: the total %s is %s", name, main, total)
		}

		groups := map[bool]int{} // by whether an amount is missing

		for path, code := range read {
			if group, is := strings.CutSuffix(path, ".service_type_code"); is && strings.HasPrefix(path, "grouped_totals.") {
				groups[code == unpriced]++

				if null := read[group+"."+main] == "null"; null != (code == unpriced) {
					t.Errorf("%s: %s of %s is %s", name, main, code, read[group+"."+main])
				}
			}
		}

		if groups[true] != 1 || groups[false] == 0 {
			t.Errorf("%s: %v", name, groups)
		}
	}

	status := mustRead(t, w, typeBudgetStatus, configuration(t, typeBudgetStatus, tree{"budget": 1000000, "month": month}))
	if said := fmt.Sprint(status); status["complete"] != "false" || !strings.Contains(said, "name no amount") {
		t.Errorf("a budget is complete: %s", said)
	}
}
