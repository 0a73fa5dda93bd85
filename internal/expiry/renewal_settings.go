// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"context"
	"errors"
	"fmt"

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
// After a [*act.Refusal], some may be set all the same.
func (p *Policies) SetRenewalSettings(ctx context.Context, settings RenewalSettings) (SentSettings, error) {
	var sent SentSettings

	if err := p.conditions.Spending.Denied(); err != nil {
		return sent, act.NotSpent(act.FieldNone, "No setting of renewals was sent.", err)
	}

	if err := p.conditions.Allowed(ctx, ""); err != nil {
		return sent, err
	}

	defer p.conditions.Locks.Lock(act.Sending("set_renew_config"))()

	for _, request := range settings.requests() {
		if err := p.sendSetting(ctx, request); err != nil {
			// "Too many requests" may be said after the act.
			if !bssapi.NotDone(err) || errors.Is(err, bssapi.ErrThrottled) {
				sent.Doubtful = append(sent.Doubtful, request.ConfigName)
			}

			return sent, settingRefused(request, sent.Made, err)
		}

		sent.Made = append(sent.Made, request.ConfigName)
	}

	return sent, nil
}

// SentSettings are the settings that were made, and those that may be.
type SentSettings struct{ Made, Doubtful []bssapi.RenewConfigName }

// sendSetting makes a call that who is interrupted still hears the end of.
func (p *Policies) sendSetting(ctx context.Context, request bssapi.SetRenewConfigRequest) error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)
	defer stop()

	return p.client.SetRenewConfig(ctx, request)
}

func settingRefused(request bssapi.SetRenewConfigRequest, made []bssapi.RenewConfigName, err error) error {
	refusal := &act.Refusal{Summary: "Setting of renewals was refused", Err: err}
	what := fmt.Sprintf("%s (%s = %s)", argumentOf[request.ConfigName], request.ConfigName, request.ConfigValue)

	if bssapi.NotDone(err) {
		refusal.Detail = fmt.Sprintf("The setting %s is not made.", what)
	} else {
		refusal.Summary = "Setting of renewals is in doubt"
		refusal.Detail = fmt.Sprintf("The setting %s was sent, and its answer leaves open whether it is made. No call tells. "+
			"Apply again: it can be sent again.", what)
	}

	for _, name := range made {
		refusal.Detail += fmt.Sprintf(" Before it, %s was made, and stays. Sent again, it changes nothing more.", argumentOf[name])
	}

	return refusal
}
