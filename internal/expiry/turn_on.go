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

// turnOn turns automatic renewal on, at most once: close to expiry it charges at
// once, and each time it is turned on for a number of renewals that number starts
// again. An answer that leaves doubt is settled by looking, or remembered.
func (p *Policies) turnOn(ctx context.Context, before bssapi.Resource, setting Setting) (Outcome, []act.Warning, error) {
	unchanged := Outcome{Resource: before}
	moved := setting.ExpireTime != "" && before.ExpireTime != setting.ExpireTime

	switch {
	case moved && setting.InDoubt && WantAutoRenew.Met(before):
		return unchanged, []act.Warning{
			{
				Field:   act.FieldResourceID,
				Summary: "Terms of resource " + setting.ResourceID + " are not certain",
				Detail: fmt.Sprintf(
					"Automatic renewal of resource %s is on, and its term ends at %s now. Whether it renews as often and by the period that "+
						"is recorded here cannot be read back. To send that again, change times.",
					setting.ResourceID,
					before.ExpireTime,
				),
			},
		}, nil
	case moved && setting.InDoubt:
		return Outcome{Resource: before, InDoubt: true}, []act.Warning{Doubtful(before, setting.ExpireTime)}, nil
	case moved:
		return unchanged, nil, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource was renewed meanwhile",
			Detail: fmt.Sprintf("Resource %s expires at %s now, not at %s as planned. Automatic renewal was not turned on. Plan again.",
				setting.ResourceID, before.ExpireTime, setting.ExpireTime),
		}
	}

	if err := p.conditions.Allowed(ctx, ""); err != nil {
		return unchanged, nil, err
	}

	times, restores := p.releasedTimes(setting.ResourceID)
	denied := p.conditions.Spending.Denied()

	// The number of renewals stays as it was where it is not sent.
	if restores && (denied != nil || times != nil && setting.Times != nil && *times == *setting.Times) {
		setting.Times = nil
	}

	if err := denied; err != nil && !restores {
		return unchanged, nil, act.NotSpent(act.FieldResourceID,
			fmt.Sprintf("Automatic renewal of resource %s was not turned on.", setting.ResourceID), err)
	}

	for attempt := 1; ; attempt++ {
		if err := ctx.Err(); err != nil {
			return unchanged, nil, fmt.Errorf("interrupted before setting what happens to resource %s: %w", setting.ResourceID, err)
		}

		outcome, warnings, err := p.attemptOn(ctx, before, setting)
		if !errors.Is(err, bssapi.ErrThrottled) || attempt >= p.conditions.Timing.Attempts || p.conditions.Pause(ctx, attempt) != nil {
			return outcome, warnings, err
		}
	}
}

// attemptOn sends one call, and finds out what became of it. It is not interrupted:
// the call could charge, and somebody has to know. A throttled call is an error only
// where the resource was untouched for as long as the call may take to show.
func (p *Policies) attemptOn(ctx context.Context, before bssapi.Resource, setting Setting) (Outcome, []act.Warning, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)
	defer cancel()

	p.reader.Forget(setting.ResourceID)
	err := p.client.EnableAutoRenew(ctx, bssapi.EnableAutoRenewRequest{
		ResourceID: setting.ResourceID, Times: setting.Times, Period: setting.Period,
	})
	p.reader.Forget(setting.ResourceID)

	// On before, it tells nothing that it is on.
	wasOn := WantAutoRenew.Met(before)

	throttled, notDone := errors.Is(err, bssapi.ErrThrottled), err != nil && bssapi.NotDone(err)

	switch {
	case notDone && !throttled && wasOn:
		return Outcome{Resource: before}, nil, notChanged(setting, err)
	case notDone && !throttled:
		return Outcome{Resource: before}, nil, notTurnedOn(setting, err)
	}

	outcome := Outcome{Resource: before}

	seen, lookErr := act.Until(ctx, p.conditions, p.conditions.Timing.Settle,
		func() (bssapi.Resource, error) {
			now, lookErr := p.reader.Fresh(ctx, setting.ResourceID)
			if lookErr == nil {
				outcome.Resource = now
			}

			return now, lookErr
		},
		func(now bssapi.Resource, lookErr error) bool {
			shows := WantAutoRenew.Met(now) || setting.Times != nil && Exhausted(now, *setting.Times, before.ExpireTime)

			return lookErr == nil && (err == nil && shows || !wasOn && WantAutoRenew.Met(now))
		})

	untouched := lookErr == nil && !wasOn && seen.ExpireTime == before.ExpireTime && !WantAutoRenew.Met(seen)

	switch {
	case lookErr == nil && !wasOn && WantAutoRenew.Met(seen):
		return outcome, nil, nil
	case err == nil && lookErr == nil && (WantAutoRenew.Met(seen) || outcome.exhausted(setting, before)):
		return outcome, nil, nil
	case throttled && notDone && untouched:
		return outcome, nil, notTurnedOn(setting, err)
	default:
		outcome.InDoubt = true

		// The rest of the change goes on where the call was accepted.
		if policy, _ := policyOf(outcome.Resource); err == nil && lookErr == nil && policy == bssapi.ExpirePolicyPayPerUse {
			return outcome, nil, nil
		}

		warning := Doubtful(outcome.Resource, before.ExpireTime)
		if cause := errors.Join(err, lookErr); cause != nil {
			warning.Detail += fmt.Sprintf(" What came back: %v", cause)
		}

		return outcome, []act.Warning{warning}, nil
	}
}

// exhausted says whether automatic renewal was turned on, renewed as often as asked
// at once, and is off again.
func (o Outcome) exhausted(setting Setting, before bssapi.Resource) bool {
	return setting.Times != nil && !o.InDoubt && Exhausted(o.Resource, *setting.Times, before.ExpireTime)
}

func notTurnedOn(setting Setting, err error) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Automatic renewal was not turned on",
		Detail:  fmt.Sprintf("Resource %s is as it was, and nothing is charged.", setting.ResourceID),
		Err:     err,
	}
}

// notChanged says that automatic renewal stays on as it was turned on before, by
// whoever did.
func notChanged(setting Setting, err error) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Automatic renewal is on already",
		Detail: fmt.Sprintf("Automatic renewal of resource %s is on, with terms that cannot be read back, and the API does not take others. "+
			"To record it as it is, import it. To have other terms, turn it off in the console, and apply again.", setting.ResourceID),
		Err: err,
	}
}

// Settles says whether a doubt about automatic renewal, which was to be turned on
// while the term ended at the given time, can be settled: it is on, or it can be
// turned on as it was to be.
func Settles(now bssapi.Resource, expireTime string) bool {
	return WantAutoRenew.Met(now) || now.ExpireTime == expireTime && !Lapsed(now)
}

// Doubtful warns that automatic renewal may have been turned on while the term
// ended at the given time.
func Doubtful(now bssapi.Resource, expireTime string) act.Warning {
	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Automatic renewal of resource " + now.ResourceID + " is in doubt",
		Detail: fmt.Sprintf(
			"It was to be turned on while the term of resource %s ended at %s, and whether it was is not certain: the API shows %s. "+
				"status says in_doubt. The next apply looks again, and turns it on only if it is off and the term has not moved.",
			now.ResourceID,
			expireTime,
			PolicyWord(now),
		),
	}

	if now.ExpireTime != expireTime {
		warning.Detail = fmt.Sprintf("It was to be turned on while the term of resource %s ended at %s. The term ends at %s now and automatic "+
			"renewal shows as %s: it may have renewed and ended, or somebody else renewed. It is not turned on again by itself. Look "+
			"at the orders in the console. To have it on all the same, change times, or set it off, apply, and set it on.",
			now.ResourceID, expireTime, now.ExpireTime, PolicyWord(now))
	}

	return warning
}
