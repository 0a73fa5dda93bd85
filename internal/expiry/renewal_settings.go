// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"context"
	"fmt"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// RenewalSettings are those of all renewals of the account. No call reads them, and
// none takes them back.
type RenewalSettings struct {
	// DeductionDaysBefore is how many days before its expiry the automatic renewal of a
	// resource is first deducted, from bssapi.MinDeductionDays to
	// bssapi.MaxDeductionDays; 0 sends nothing.
	DeductionDaysBefore int
	// ExpiryDay is the day of the month on which renewed terms end, from 1 to
	// bssapi.MaxExpiryDay or bssapi.LastExpiryDay; 0 sends nothing.
	ExpiryDay int
}

// argumentOf is what users call a setting.
var argumentOf = map[bssapi.RenewConfigName]string{
	bssapi.RenewConfigExpiry: "expiry_day", bssapi.RenewConfigDeduction: "deduction_days_before",
}

// requests are the calls that set them, in their order: an earlier deduction can
// charge at once, and then for the terms that were agreed to.
func (s RenewalSettings) requests() []bssapi.SetRenewConfigRequest {
	var all []bssapi.SetRenewConfigRequest
	if s.ExpiryDay != 0 {
		all = append(all, bssapi.RenewConfig(bssapi.RenewConfigExpiry, s.ExpiryDay))
	}

	if s.DeductionDaysBefore != 0 {
		all = append(all, bssapi.RenewConfig(bssapi.RenewConfigDeduction, s.DeductionDaysBefore))
	}

	return all
}

// SetRenewalSettings sends the settings, each by a call of its own. Both can charge,
// or make later charges dearer, so the spending of the conditions has to agree. They
// can be sent again with the same values: nothing of them adds up.
//
// A [*act.Refusal] says which were sent; after one, all of them are sent again.
func (p *Policies) SetRenewalSettings(ctx context.Context, settings RenewalSettings) error {
	if err := p.conditions.Spending.Denied(); err != nil {
		return act.NotSpent(act.FieldNone, "No setting of renewals was sent.", err)
	}

	if err := p.conditions.Allowed(ctx, ""); err != nil {
		return err
	}

	defer p.conditions.Locks.Lock(act.Sending("set_renew_config"))()

	var sent []string

	for _, request := range settings.requests() {
		if err := p.sendSetting(ctx, request); err != nil {
			return settingRefused(request, sent, err)
		}

		sent = append(sent, argumentOf[request.ConfigName])
	}

	return nil
}

// sendSetting makes a call that who is interrupted still hears the end of.
func (p *Policies) sendSetting(ctx context.Context, request bssapi.SetRenewConfigRequest) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)
	defer stop()

	return p.client.SetRenewConfig(ctx, request)
}

func settingRefused(request bssapi.SetRenewConfigRequest, sent []string, err error) error {
	refusal := &act.Refusal{Summary: "Setting of renewals was refused", Err: err}
	what := fmt.Sprintf("%s (%s = %s)", argumentOf[request.ConfigName], request.ConfigName, request.ConfigValue)

	if bssapi.NotDone(err) {
		refusal.Detail = fmt.Sprintf("The setting %s is not made.", what)
	} else {
		refusal.Summary = "Setting of renewals is in doubt"
		refusal.Detail = fmt.Sprintf("The setting %s was sent, and its answer leaves open whether it is made. No call tells. "+
			"Apply again: it can be sent again.", what)
	}

	if len(sent) > 0 {
		refusal.Detail += fmt.Sprintf(" Before it, %s was made, and stays. The next apply sends both again, which changes nothing more.",
			strings.Join(sent, ", "))
	}

	return refusal
}
