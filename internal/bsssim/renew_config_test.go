// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

const renewConfigPath = "/v2/orders/subscriptions/resources/renew/config"

func renewConfig(name, value string) string {
	return fmt.Sprintf(`{"config_name":%q,"config_value":%q}`, name, value)
}

// A renewal is first deducted on the day that is set; what that day would have been
// before, is deducted at once.
func TestDeductionDay(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	for id, expire := range map[string]string{"soon": "2026-11-26T15:59:59Z", "later": "2026-12-10T15:59:59Z"} {
		c.act(t, "add_resource", map[string]any{"resource_id": id, "expire_time": expire})
	}
	answer := c.must(t, http.MethodPost, renewConfigPath, renewConfig("DEDUCTION_DATE", "2")).want(t, http.StatusOK)
	same(t, "answer", answer.text("error_code")+" "+answer.text("error_msg"), "CBC.0000 success")
	for _, id := range []string{"soon", "later"} {
		c.act(t, "set_expire_policy", map[string]any{"resource_id": id, "policy": 3})
	}
	c.Advance(time.Hour)
	same(t, "four days before", c.charged(), []string{})
	c.must(t, http.MethodPost, renewConfigPath, renewConfig("DEDUCTION_DATE", "5")).want(t, http.StatusOK)
	c.get(t, ordersPath)
	same(t, "an earlier day", c.charged(), []string{"CS2611220000001 60.00 0.00 system"})
	c.Advance(time.Date(2026, 12, 5, 3, 0, 0, 0, utc8).Sub(testStart) - time.Hour - time.Minute)
	same(t, "before the day", len(c.charged()), 1)
	c.Advance(2 * time.Minute)
	c.get(t, ordersPath)
	same(t, "on the day", len(c.charged()), 2)
}

// The unified day is that of what is renewed from then on.
func TestUnifiedDayByCall(t *testing.T) {
	t.Parallel()
	c := start(t, Options{}).rich(t)
	c.act(t, "add_resource", map[string]any{"resource_id": "web", "expire_time": "2026-12-10T15:59:59Z"})
	c.must(t, http.MethodPost, renewConfigPath, renewConfig("EXPIRE_DATE", "20")).want(t, http.StatusOK)
	order := c.renew(t, month, "web").orderIDs(t)[0]
	c.pay(t, order).want(t, http.StatusNoContent)
	same(t, "ten days more", c.charged(), []string{order + " 80.00 0.00 api"})
	same(t, "end", c.World().Resource("web").ExpireTime.Format(wireTime), "2027-01-20T15:59:59Z")
}

func TestRenewConfigRefuses(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	for _, body := range []string{
		renewConfig("DEDUCTION_DATE", "1"), renewConfig("DEDUCTION_DATE", "8"), renewConfig("DEDUCTION_DATE", "-1"),
		renewConfig("DEDUCTION_DATE", "x"),
		renewConfig("EXPIRE_DATE", "0"), renewConfig("EXPIRE_DATE", "29"), renewConfig("EXPIRE_DATE", "-2"), renewConfig("EXPIRE_DATE", ""),
		renewConfig("DAY", "3"), `{"config_name":"EXPIRE_DATE"}`, `{"config_name":"EXPIRE_DATE","config_value":3}`,
	} {
		c.must(t, http.MethodPost, renewConfigPath, body).refused(t, http.StatusBadRequest, "CBC.0100")
	}
	same(t, "settings", c.World().Settings["unified_expiry_day"]+c.World().Settings["deduction_days_before"], "07")
}
