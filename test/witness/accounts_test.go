// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"fmt"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func TestAccountBalances(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		c.console(t, "set_balance", map[string]any{"amount": "123.45", "credit": "67.89"})
		expect(t, c.call(t, "get_account_balances", tree{}), fmt.Sprintf(`{"debt_amount": 0, "measure_id": 1, "currency": %[1]q,
			"account_balances": [
			{"account_id": "BA0000000001", "account_type": 1, "amount": 123.45, "currency": %[1]q, "designated_amount": 0, "measure_id": 1},
			{"account_id": "BA0000000002", "account_type": 2, "amount": 67.89, "credit_amount": 500, "currency": %[1]q, "measure_id": 1}]}`,
			currencyOf(c.sim.Site())))
	})
}

// TestChangesOfAccounts is about operations that only China has.
func TestChangesOfAccounts(t *testing.T) {
	t.Parallel()
	for _, form := range []struct{ setting, amount string }{{"unsigned", "126.80"}, {"signed", "-126.80"}} {
		t.Run(form.setting, func(t *testing.T) {
			t.Parallel()
			c := demo(t, bsssim.SiteChina)
			if err := c.sim.Set("change_amounts", form.setting); err != nil {
				t.Fatal(err)
			}
			c.call(t, "pay_order", paymentWith("CS2611220000001", []any{choice("CP2611220000001", 301)}, nil))
			at := c.sim.World().Payments[0].At.Format(wireTime)
			expect(t, c.call(t, "list_account_change_records", tree{
				"balance_type": "BALANCE_TYPE_DEBIT", "revenue_expense_type": "EXPENSE", "trade_type": "DEDEUCT", "trade_id": "CS2611220000001",
				"trade_time_begin": "2026-11-22", "trade_time_end": "2026-11-23", "payment_channel_id": "0", "limit": 100, "offset": 0,
			}), fmt.Sprintf(`{"total_count": 1, "currency": "CNY", "records": [{"trade_detail_type": "SOURCE_OPERAIION_DEDEUCT", "trade_time": %[1]q,
				"trade_id": "CS2611220000001", "change_amount": %[2]q, "balance_after_change": "873.20", "revenue_expense_type": "EXPENSE",
				"bill_cycle": "2026-11", "payment_channel_id": "0", "consume_time": %[1]q, "account_name": "demo-user",
				"cloud_service_type_name": "弹性云服务器"}]}`, at, form.amount))
			expect(t, c.call(t, "list_account_change_records", tree{"balance_type": "BALANCE_TYPE_DEBIT", "trade_type": "RECHARGE"}),
				`{"total_count": 1, "records": [{"change_amount": "1000.00", "balance_after_change": "1000.00", "revenue_expense_type": "REVENUE"}]}`)
			expect(t, c.call(t, "list_coupon_change_records", tree{"balance_type": "BALANCE_TYPE_COUPON", "coupon_id": "CP2611220000001"}),
				`{"total_count": 2, "currency": "CNY", "records": [
				{"coupon_id": "CP2611220000001", "trade_detail_type": "SOURCE_OPERAIION_DEDEUCT", "trade_id": "CS2611220000001",
					"balance_after_change": "0.00", "revenue_expense_type": "EXPENSE"},
				{"coupon_id": "CP2611220000001", "trade_detail_type": "SOURCE_OPERAIION_PRIZE", "change_amount": "10.00",
					"balance_after_change": "10.00", "revenue_expense_type": "REVENUE"}]}`)
			_, _, err := c.try(t, "list_coupon_change_records", tree{"balance_type": "BALANCE_TYPE_COUPON", "trade_type": ""})
			c.refused(t, err, 400, "CBC.0100")
		})
	}
}

// TestStoredValueCards is about an operation that only China has.
func TestStoredValueCards(t *testing.T) {
	t.Parallel()
	c := demo(t, bsssim.SiteChina)
	expect(t, c.call(t, "list_stored_value_cards", tree{"status": 1, "limit": 100, "offset": 0}), fmt.Sprintf(`{"total_count": 1,
		"stored_value_cards": [{"card_id": "SC0000000001", "card_name": "Annual card", "status": 1, "face_value": "200.00",
			"balance": "200.00", "effective_time": %q, "expire_time": %q}]}`,
		c.sim.World().Cards[0].EffectiveTime.Format(wireTime), c.sim.World().Cards[0].ExpireTime.Format(wireTime)))
	expect(t, c.call(t, "list_stored_value_cards", tree{"status": 2, "card_id": "SC0000000002"}),
		`{"total_count": 1, "stored_value_cards": [{"status": 2, "balance": "0.00", "face_value": "100.00"}]}`)
}

// TestExpenditureQuota is about an operation that China does not have.
func TestExpenditureQuota(t *testing.T) {
	t.Parallel()
	for _, site := range []string{bsssim.SiteInternational, bsssim.SiteEurope} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()
			expect(t, demo(t, site).call(t, "get_expenditure_quota", tree{}), fmt.Sprintf(`{"granting_amount": 2000, "granting_amount_used": 500,
				"percentage_granting_amount_used": 25, "measure_id": 1, "currency": %q}`, currencyOf(site)))
		})
	}
}

func TestServiceTypes(t *testing.T) {
	t.Parallel()
	onEachSite(t, func(t *testing.T, c *client) {
		first := c.call(t, "list_service_types", tree{"limit": 1})
		name := "Elastic Cloud Server"
		if c.sim.Site() == bsssim.SiteChina {
			name = "弹性云服务器"
		}
		expect(t, first, fmt.Sprintf(`{"service_types": [
			{"service_type_code": "hws.service.type.ec2", "service_type_name": %q, "abbreviation": "ECS"}]}`, name))
		expect(t, c.call(t, "list_service_types", tree{"X-Language": "en_US", "service_type_name": "relational", "limit": 1000, "offset": 0}),
			`{"total_count": 1, "service_types": [{"service_type_code": "hws.service.type.rds", "abbreviation": "RDS"}]}`)
		expect(t, c.call(t, "list_service_types", tree{"X-Language": "zh_CN", "service_type_name": "云硬盘"}),
			`{"total_count": 1, "service_types": [{"service_type_code": "hws.service.type.ebs", "service_type_name": "云硬盘"}]}`)
	})
}

// TestAccountOfAnotherSite calls the host of a site with the keys of another.
func TestAccountOfAnotherSite(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"CBC.0150", "CBC.0156"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			sim := start(t, bsssim.Options{
				Site: bsssim.SiteInternational, Seed: "demo",
				Settings: map[string]string{"account_site": bsssim.SiteChina, "wrong_site_code": code},
			})
			c := connect(t, sim, permanentKeys(sim))
			for operation := range c.operations {
				if operation == "list_auth_domains" {
					continue
				}
				_, _, err := c.try(t, operation, plainRequests[operation])
				c.refused(t, err, 403, code)
			}
			c.call(t, "list_auth_domains", tree{})
		})
	}
}
