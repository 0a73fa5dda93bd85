// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"testing"
)

// TestSetRenewConfig: success is the one answer that says so, whatever else comes
// with HTTP 200.
func TestSetRenewConfig(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		`{"error_code":"CBC.0000","error_msg":"success"}`: "",
		`{"error_code":"CBC.0101","error_msg":"no"}`:      "CBC.0101",
		`{"error_msg":"success"}`:                         "unreadable",
		`{}`:                                              "unreadable",
		`{"ok":true}`:                                     "unreadable",
		``:                                                "unreadable",
	} {
		fake := always(200, answer)
		c, _ := newTestClient(t, fake)
		err := c.SetRenewConfig(t.Context(), RenewConfig(RenewConfigExpiry, LastExpiryDay))
		switch {
		case want == "" && err != nil, want != "" && err == nil:
			t.Errorf("%s: %v", answer, err)
		case want == "unreadable" && !errors.Is(err, ErrUnreadable):
			t.Errorf("%s: %v", answer, err)
		case want == "CBC.0101" && !errors.Is(err, Code(want)):
			t.Errorf("%s: %v", answer, err)
		}
		if got := fake.requests()[0].body; len(fake.requests()) != 1 || got != `{"config_name":"EXPIRE_DATE","config_value":"-1"}` {
			t.Errorf("%s: sent %d times %s", answer, len(fake.requests()), got)
		}
	}
}

func TestSetRenewConfigRefuses(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "set_renew_config"))
	c, _ := newTestClient(t, fake)
	for _, request := range []SetRenewConfigRequest{
		RenewConfig(RenewConfigDeduction, 1), RenewConfig(RenewConfigDeduction, 8), RenewConfig(RenewConfigDeduction, LastExpiryDay),
		RenewConfig(RenewConfigExpiry, 0), RenewConfig(RenewConfigExpiry, 29), RenewConfig(RenewConfigExpiry, -2), RenewConfig("OTHER", 3),
		{ConfigName: RenewConfigExpiry, ConfigValue: "last"},
	} {
		if err := c.SetRenewConfig(t.Context(), request); !errors.Is(err, ErrNotSent) {
			t.Error(fmt.Sprint(request), err)
		}
	}
	if len(fake.requests()) != 0 {
		t.Errorf("%d calls", len(fake.requests()))
	}
}
