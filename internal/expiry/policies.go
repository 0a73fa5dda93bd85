// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// Policies sets what happens to resources at their expiry. It is safe for
// concurrent use; settings of one resource wait for each other.
type Policies struct {
	client     *bssapi.Client
	reader     *subscription.Reader
	onDemand   *onDemandSwitch
	conditions act.Conditions

	mu sync.Mutex
	// released are the resources whose automatic renewal this run has turned off
	// because an object was destroyed, with the number of renewals of that object.
	released map[string]*int
}

// DefaultTiming is what users get. A setting shows sooner than an order is carried
// out, so it is looked for more often. It has no attempts: what was throttled is
// left to the next apply.
func DefaultTiming() act.Timing {
	return act.Timing{Act: 2 * time.Minute, Settle: 30 * time.Second, PollMin: 500 * time.Millisecond, PollMax: 5 * time.Second}
}

// New returns Policies. The spending of the conditions has to agree before
// automatic renewal is turned on.
func New(client *bssapi.Client, reader *subscription.Reader, conditions act.Conditions) *Policies {
	return &Policies{
		client: client, reader: reader, onDemand: newOnDemandSwitch(client, reader, conditions.Clock), conditions: conditions,
		released: map[string]*int{},
	}
}

// Setting is a policy to set.
type Setting struct {
	ResourceID string
	Want       Want
	// Times and Period go along when automatic renewal is turned on; what is
	// empty is not sent, and stays as it was.
	Times  *int
	Period bssapi.AutoRenewPeriod
	// SendTerms says that Times or Period is new: it is sent even where
	// automatic renewal is on.
	SendTerms bool
	// ExpireTime is the expiry that was agreed to, empty for any. Turning
	// automatic renewal on may charge, so one that moved is refused.
	ExpireTime string
	// InDoubt says that automatic renewal may have been turned on before, while
	// the term ended at ExpireTime. It is not turned on once that has moved.
	InDoubt bool
	// Closed says, to Release, that the plan stated that the resource is closed, so that
	// nothing is left to take off. One that is not is refused.
	Closed bool
}

// Outcome is what came of a setting.
type Outcome struct {
	Resource bssapi.Resource
	// InDoubt says that automatic renewal may or may not have been turned on, and
	// that looking did not settle it. It has to be remembered: turned on again, it
	// would renew as often again.
	InDoubt bool
}

// Set looks, makes the calls that are needed, and waits until they show or ctx
// ends. What does not show by then is a warning. A resource that billing does not
// know yet is waited for.
func (p *Policies) Set(ctx context.Context, setting Setting) (Outcome, []act.Warning, error) {
	var (
		outcome  Outcome
		warnings []act.Warning
	)

	unknown, err := act.Known(ctx, p.conditions, func() (bool, error) {
		var err error

		outcome, warnings, err = p.setKnown(ctx, setting)

		return errors.Is(err, subscription.ErrUnknown), err
	})
	if unknown {
		return outcome, nil, unknownResource(setting.ResourceID)
	}

	return outcome, warnings, err
}

// setKnown sets the policy of a resource that billing knows.
func (p *Policies) setKnown(ctx context.Context, setting Setting) (Outcome, []act.Warning, error) {
	defer p.conditions.Locks.Lock(act.Resource(setting.ResourceID))()

	resource, err := p.reader.Fresh(ctx, setting.ResourceID)
	if err != nil {
		return Outcome{Resource: resource}, nil, err
	}

	return p.set(ctx, resource, setting)
}

// Release takes the policy off a resource that Terraform stops managing,
// unless another resource of this run manages it. The times of the setting are those
// that it was turned on for. released is false where it was left alone. It does not
// wait for a resource that billing does not know: that is [subscription.ErrUnknown],
// and there is nothing to take off.
func (p *Policies) Release(ctx context.Context, setting Setting, claims *Claims) (released bool, _ []act.Warning, _ error) {
	// Whoever claims it later looks after this is done.
	defer p.conditions.Locks.Lock(act.Resource(setting.ResourceID))()

	if claims.Claimed(setting.ResourceID, AspectExpiry) {
		return false, nil, nil
	}

	resource, err := p.reader.Fresh(ctx, setting.ResourceID)
	if err != nil {
		return false, nil, err
	}

	if setting.Closed && !subscription.Closed(resource) {
		return false, nil, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is not closed after all",
			Detail: fmt.Sprintf("The plan said that resource %s is closed, and that nothing is left to disable. It is %s now. Nothing was "+
				"disabled. Plan again: the plan states what is disabled.", setting.ResourceID, bssapi.ResourceStatuses.Word(resource.Status)),
		}
	}

	_, warnings, err := p.set(ctx, resource, setting)
	if err == nil && WantAutoRenew.Met(resource) {
		p.mu.Lock()
		p.released[setting.ResourceID] = setting.Times
		p.mu.Unlock()
	}

	return true, warnings, err
}

// Released says whether this run has turned automatic renewal off because an object
// was destroyed. Another object of the run that keeps it on turns it on again, and
// spends nothing by that: a rename has no order.
func (p *Policies) Released(resourceID string) bool {
	_, released := p.releasedTimes(resourceID)

	return released
}

func (p *Policies) releasedTimes(resourceID string) (*int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()

	times, released := p.released[resourceID]

	return times, released
}

func (p *Policies) set(ctx context.Context, resource bssapi.Resource, setting Setting) (Outcome, []act.Warning, error) {
	if err := Check(resource, setting.Want); err != nil {
		return Outcome{Resource: resource}, nil, err
	}

	var (
		made    = map[step]int{}
		refused error
	)

	for {
		policy, _ := policyOf(resource)
		terms := setting.SendTerms && made[stepEnable] == 0 && !subscription.Closed(resource)

		if setting.Want.Met(resource) && !terms || setting.Want.off() && subscription.Closed(resource) {
			return Outcome{Resource: resource}, nil, nil
		}

		next := nextStep(setting.Want, policy, made)
		if next == stepEnable {
			made[stepEnable]++

			outcome, warnings, err := p.turnOn(ctx, resource, setting)

			// Where both settings are kept side by side, the other one still shows.
			shadowed, _ := policyOf(outcome.Resource)
			if err != nil || len(warnings) > 0 || outcome.InDoubt && shadowed != bssapi.ExpirePolicyPayPerUse ||
				outcome.exhausted(setting, resource) {
				return outcome, warnings, err
			}

			resource = outcome.Resource

			continue
		}

		if next == stepNone && len(made) == 0 {
			return Outcome{Resource: resource}, nil, &act.Refusal{
				Field:   act.FieldResourceID,
				Summary: "Resource has an unknown policy",
				Detail: fmt.Sprintf("The API shows %q as what happens to resource %s at its expiry, and no call is known that takes it off. "+
					"Set it in the console.", PolicyWord(resource), setting.ResourceID),
			}
		}

		var err error

		if next == stepNone {
			resource, err = p.shows(ctx, resource, setting.Want, 0)
			if err == nil && setting.Want.Met(resource) {
				return Outcome{Resource: resource}, nil, nil
			}

			return Outcome{Resource: resource, InDoubt: setting.Want == WantAutoRenew}, []act.Warning{late(resource, refused)}, nil
		}

		// Turning on was accepted, which has to be remembered whatever fails after it.
		accepted := made[stepEnable] > 0

		if !accepted {
			if err := p.conditions.Allowed(ctx, ""); err != nil {
				return Outcome{Resource: resource}, nil, err
			}
		}

		switch err := ctx.Err(); {
		case err == nil:
		case accepted:
			return Outcome{Resource: resource, InDoubt: true}, []act.Warning{late(resource, err)}, nil
		default:
			return Outcome{Resource: resource}, nil,
				fmt.Errorf("interrupted before setting what happens to resource %s: %w", setting.ResourceID, err)
		}

		made[next]++

		seen, err := p.carryOut(ctx, next, setting, len(made) > 1)

		switch {
		case err == nil:
		case len(made) > 1 && bssapi.NotDone(err):
			// What was wanted is set; what stands against it could not be taken
			// off, or was replaced all along.
			refused = err
		case accepted:
			return Outcome{Resource: seen, InDoubt: true}, []act.Warning{late(seen, err)}, nil
		default:
			return Outcome{Resource: seen}, nil, err
		}

		resource, err = p.shows(ctx, seen, setting.Want, p.conditions.Timing.Settle)
		if err != nil {
			return Outcome{Resource: seen, InDoubt: setting.Want == WantAutoRenew && !setting.Want.Met(seen)}, []act.Warning{late(seen, err)}, nil
		}
	}
}

// Allowed returns a [*act.Refusal] where nothing may be set in the account of the
// credentials.
func (p *Policies) Allowed(ctx context.Context) error { return p.conditions.Allowed(ctx, "") }

// Exhausted says whether automatic renewal, turned on for so many times while
// the term ended at the given time, has ended by itself since: it is off, and
// the term is longer. Times of 0 are without end.
func Exhausted(resource bssapi.Resource, times int, expireTime string) bool {
	if _, known := policyOf(resource); times == 0 || !known || WantAutoRenew.Met(resource) {
		return false
	}

	now, err := bssapi.ParseTime(resource.ExpireTime)
	then, thenErr := bssapi.ParseTime(expireTime)

	return err == nil && thenErr == nil && now.After(then)
}

// Check says why a resource cannot be given the policy. What is on can be turned off
// whatever the resource is.
func Check(resource bssapi.Resource, want Want) error {
	switch {
	case subscription.Attached(resource):
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is attached to another",
			Detail: fmt.Sprintf("Resource %s belongs to %s and shares what happens at its expiry. Set resource_id = %q.",
				resource.ResourceID, resource.ParentResourceID, resource.ParentResourceID),
		}
	case subscription.Closed(resource) && !want.off() && !want.Met(resource):
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is closed",
			Detail:  fmt.Sprintf("Resource %s is closed, and nothing happens to it any more. Remove this block.", resource.ResourceID),
		}
	case Lapsed(resource) && !want.off() && !want.Met(resource):
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource is out of use",
			Detail: fmt.Sprintf("Resource %s is %s, and what happens at expiry can be set only while it is in use. Renew it first. "+
				"Automatic renewal can be turned off all the same.", resource.ResourceID, bssapi.ResourceStatuses.Word(resource.Status)),
		}
	case resource.Status != bssapi.ResourceStatusInUse && !Lapsed(resource) && !want.off() && !want.Met(resource):
		return &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Resource has an unknown status",
			Detail: fmt.Sprintf("Resource %s is in status %s, of which it is not known what happens at its expiry. Look at it in the console. "+
				"Automatic renewal can be turned off all the same.", resource.ResourceID, bssapi.ResourceStatuses.Word(resource.Status)),
		}
	default:
		return nil
	}
}

func unknownResource(id string) error {
	return &act.Refusal{
		Field:   act.FieldResourceID,
		Summary: "Billing does not know the resource",
		Detail: fmt.Sprintf("No yearly/monthly resource %s was found. Check that the id is the cloud service's own, and that the resource is "+
			"not pay-per-use. A new resource may take a moment to be known: apply again.", id),
	}
}

// carryOut makes one call and looks at what became of it. It is not interrupted:
// it could charge, and somebody has to know.
func (p *Policies) carryOut(ctx context.Context, next step, setting Setting, cleanup bool) (bssapi.Resource, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.conditions.Timing.Act)
	defer cancel()

	p.reader.Forget(setting.ResourceID)
	err := p.send(ctx, next, setting)
	p.reader.Forget(setting.ResourceID)

	if errors.Is(err, bssapi.CodeAutoRenewOff) && next == stepDisable {
		err = nil
	}

	seen, lookErr := p.reader.Fresh(ctx, setting.ResourceID)

	switch {
	case err == nil && lookErr != nil:
		return seen, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Setting could not be read back",
			Detail: fmt.Sprintf(
				"The call to %s of resource %s was accepted. Apply again: what is left is found out then.",
				next,
				setting.ResourceID,
			),
			Err: lookErr,
		}
	case err == nil:
		return seen, nil
	case lookErr == nil && setting.Want.Met(seen):
		return seen, nil
	case cleanup && bssapi.NotDone(err) && lookErr == nil:
		return seen, err
	default:
		return seen, &act.Refusal{
			Field:   act.FieldResourceID,
			Summary: "Setting was not made",
			Detail: fmt.Sprintf("The call to %s of resource %s failed. Apply again: what is set by then is found out first.",
				next, setting.ResourceID),
			Err: err,
		}
	}
}

func (p *Policies) send(ctx context.Context, next step, setting Setting) error {
	switch next {
	case stepDisable:
		return p.client.DisableAutoRenew(ctx, setting.ResourceID)
	case stepSetUp:
		return p.onDemand.set(ctx, bssapi.ToOnDemandSetUp, setting.ResourceID)
	case stepCancel:
		return p.onDemand.set(ctx, bssapi.ToOnDemandCancel, setting.ResourceID)
	case stepEnable, stepNone:
		return nil
	default:
		return nil
	}
}

// shows looks until the policy is what is wanted, for at most the given time;
// 0 is until ctx ends.
func (p *Policies) shows(ctx context.Context, resource bssapi.Resource, want Want, most time.Duration) (bssapi.Resource, error) {
	look := act.After(resource, func() (bssapi.Resource, error) {
		seen, err := p.reader.Fresh(ctx, resource.ResourceID)
		if err == nil {
			resource = seen
		}

		return resource, err
	})

	resource, err := act.Until(ctx, p.conditions, most, look,
		func(seen bssapi.Resource, err error) bool { return err != nil || want.Met(seen) })
	if err == nil && !want.Met(resource) {
		err = ctx.Err()
	}

	return resource, err
}

func late(resource bssapi.Resource, err error) act.Warning {
	warning := act.Warning{
		Field:   act.FieldResourceID,
		Summary: "Setting does not show yet",
		Detail: fmt.Sprintf(
			"The API accepted what is to happen to resource %s at its expiry, but still shows %s. The next plan shows whether it "+
				"arrived.",
			resource.ResourceID,
			PolicyWord(resource),
		),
	}

	if err != nil {
		warning.Detail += fmt.Sprintf(" The last answer: %v", err)
	}

	return warning
}
