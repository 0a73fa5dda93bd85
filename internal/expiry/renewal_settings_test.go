// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
)

var bothSettings = expiry.RenewalSettings{DeductionDaysBefore: 5, ExpiryDay: 20}

// configs are the settings of the account, as "expiry deduction", and the calls that
// set them.
func (d *desk) configs() string {
	sent := 0

	for _, request := range d.Requests() {
		if request.Operation == "set_renew_config" {
			sent++
		}
	}

	settings := d.World().Settings

	return fmt.Sprint(settings["unified_expiry_day"], " ", settings["deduction_days_before"], " by ", sent)
}

func TestRenewalSettings(t *testing.T) {
	t.Parallel()

	d := newDesk(t, bsssim.Options{}, nil)

	if _, err := d.policies.SetRenewalSettings(t.Context(), expiry.RenewalSettings{}); err != nil || d.configs() != "0 7 by 0" {
		t.Error(d.configs(), err)
	}

	for _, want := range []string{"20 5 by 2", "20 5 by 4"} {
		if _, err := d.policies.SetRenewalSettings(t.Context(), bothSettings); err != nil || d.configs() != want {
			t.Error(d.configs(), err)
		}
	}
}

// TestRenewalSettingsGuards: what may not spend, or is another account's, sends
// nothing.
func TestRenewalSettingsGuards(t *testing.T) {
	t.Parallel()

	for name, change := range map[string]func(*act.Conditions){
		"denied": func(c *act.Conditions) { c.Spending = spending.New(spending.Policy{Deny: true}) },
		"account": func(c *act.Conditions) {
			c.Account = func(context.Context, string) error { return errors.New("another account") }
		},
	} {
		d := newDesk(t, bsssim.Options{}, nil, change)

		var refusal *act.Refusal
		if _, err := d.policies.SetRenewalSettings(t.Context(), bothSettings); !errors.As(err, &refusal) || d.configs() != "0 7 by 0" {
			t.Error(name, d.configs(), err)
		}
	}
}

// TestRenewalSettingsHalf: the common day is set before an earlier deduction can
// charge for it, and an error says what was made.
func TestRenewalSettingsHalf(t *testing.T) {
	t.Parallel()

	for says, fault := range map[string]bsssim.Fault{
		"is not made": {Kind: bsssim.FaultStatusBefore, Status: 403, Code: "CBC.0151"},
		"leaves open": {Kind: bsssim.FaultDropBefore},
	} {
		d := newDesk(t, bsssim.Options{}, nil)
		fault.Operation, fault.After = "set_renew_config", 1

		if err := d.AddFault(fault); err != nil {
			t.Fatal(err)
		}

		var refusal *act.Refusal
		if _, err := d.policies.SetRenewalSettings(t.Context(), bothSettings); !errors.As(err, &refusal) ||
			!strings.Contains(refusal.Detail, says) || !strings.Contains(refusal.Detail, "expiry_day was made") {
			t.Error(says, err)
		}

		if got := d.configs(); got != "20 7 by 2" {
			t.Error(got)
		}
	}
}
