// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package enterprise

import (
	"context"
	"errors"
	"fmt"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Create creates a member unless it is there already, at most once. An error is an
// [*act.Refusal] or an [*act.Doubt], or that of a look before anything was sent.
//
// planned is the id of the member that the plan said is there and is adopted, "" if it
// said that of none. No other one is adopted then, and none is created.
func (m *Machine) Create(ctx context.Context, member bssapi.NewMember, planned string) (Creation, error) {
	if err := m.conditions.Allowed(ctx, ""); err != nil {
		return Creation{}, err
	}

	defer m.conditions.Locks.Lock(act.Member(member.Name))()

	there, err := m.Look(ctx, member.Name, member.OrganizationID)

	switch {
	case err != nil:
		return Creation{}, err
	case planned != "" && (there == nil || there.ID != planned):
		return Creation{}, anotherMember(member.Name, planned, there)
	case there != nil:
		return Creation{Member: *there, Adopted: true}, nil
	case member.Password == "":
		return Creation{}, &act.Refusal{
			Field: act.FieldPassword, Summary: "Password is missing",
			Detail: fmt.Sprintf("There is no member %q yet, and creating it needs its password. Nothing was sent.", member.Name),
		}
	}

	// Who is interrupted still hears the end of what was sent.
	return m.send(context.WithoutCancel(ctx), member)
}

// anotherMember refuses what the plan did not say: a creation, or another member.
func anotherMember(name, planned string, there *bssapi.Member) *act.Refusal {
	now := "no member has it"
	if there != nil {
		now = fmt.Sprintf("member %s has it", there.ID)
	}

	return &act.Refusal{
		Field: act.FieldName, Summary: "Member is another one",
		Detail: fmt.Sprintf("The plan adopts member %s of the name %q, and now %s. Nothing was created. Plan again.", planned, name, now),
	}
}

// send makes the call, and again only where it was throttled and nothing came of it.
func (m *Machine) send(ctx context.Context, member bssapi.NewMember) (Creation, error) {
	for attempt := 1; ; attempt++ {
		sent := m.call(ctx, member)
		if sent == nil {
			return Creation{Member: m.shown(ctx, member)}, nil
		}

		seen, err := m.settle(ctx, member, sent)

		var refusal *act.Refusal

		switch doubt := (&act.Doubt{Doing: act.DoingCreation, Subject: act.Member(member.Name), Err: sent, LookErr: err}); {
		case seen != nil:
			return Creation{Member: *seen}, nil
		case errors.As(err, &refusal):
			return Creation{}, refusal
		case err != nil, !bssapi.NotDone(sent):
			return Creation{}, doubt
		case !errors.Is(sent, bssapi.ErrThrottled) || attempt >= m.conditions.Timing.Attempts:
			return Creation{}, refused(member, sent)
		}
	}
}

// shown is the member that the API accepted, as a list shows it within the settle time;
// without an id if none does. What is made is certain, so that an error of a look is
// none of the creation.
func (m *Machine) shown(ctx context.Context, member bssapi.NewMember) bssapi.Member {
	ctx, stop := context.WithTimeout(ctx, m.conditions.Timing.Act)
	defer stop()

	seen, err := act.Until(ctx, m.conditions, m.conditions.Timing.Settle, func() (bssapi.Member, error) {
		return m.Find(ctx, "", member.Name)
	}, func(seen bssapi.Member, err error) bool { return err == nil && Alive(seen) })
	if err != nil || !Alive(seen) {
		return bssapi.Member{Name: member.Name}
	}

	return seen
}

func (m *Machine) call(ctx context.Context, member bssapi.NewMember) error {
	ctx, stop := context.WithTimeout(ctx, m.conditions.Timing.Act)
	defer stop()

	return m.client.CreateMember(ctx, member)
}

// settle looks for a member whose creation failed: once where the answer proves that nothing was done, and
// it was not throttled; else for as long as an act may take to show.
func (m *Machine) settle(ctx context.Context, member bssapi.NewMember, sent error) (*bssapi.Member, error) {
	ctx, stop := context.WithTimeout(ctx, m.conditions.Timing.Act)
	defer stop()

	once := bssapi.NotDone(sent) && !errors.Is(sent, bssapi.ErrThrottled)

	return act.Until(ctx, m.conditions, m.conditions.Timing.Settle, func() (*bssapi.Member, error) {
		return m.Look(ctx, member.Name, member.OrganizationID)
	}, func(seen *bssapi.Member, _ error) bool { return seen != nil || once })
}

func refused(member bssapi.NewMember, err error) *act.Refusal {
	refusal := &act.Refusal{
		Summary: "Member was not created",
		Detail:  fmt.Sprintf("The API refused to create member %q, and no list shows it.", member.Name),
		Err:     err,
	}

	switch {
	case errors.Is(err, bssapi.CodeVerificationWrong):
		refusal.Field = act.FieldVerificationCode
		refusal.Detail += " The code is not the newest one that was sent to the phone, or was used before."
	case errors.Is(err, bssapi.CodeVerificationExpired):
		refusal.Field = act.FieldVerificationCode
		refusal.Detail += " The time of the code is over."
	case errors.Is(err, bssapi.CodePasswordInvalid):
		refusal.Field = act.FieldPassword
		refusal.Detail += " The password is not one that the platform takes."
	case errors.Is(err, bssapi.CodeMemberNameInvalid):
		refusal.Field = act.FieldName
		refusal.Detail += " The name is not one that the platform takes."
	case errors.Is(err, bssapi.CodePhoneTaken), errors.Is(err, bssapi.CodePhoneLimit), errors.Is(err, bssapi.CodePhoneReserved):
		refusal.Field = act.FieldMobilePhone
		refusal.Detail += " The phone cannot be used: it belongs to another account, has too many of them, or is reserved."
	case errors.Is(err, bssapi.CodeMembersElsewhere):
		refusal.Detail += " The members of this account are created through HIS, another platform of the vendor."
	case errors.Is(err, bssapi.CodeDistributorLeaves):
		refusal.Detail += " The account belongs to a distributor that is leaving, and gets no members until then."
	case errors.Is(err, bssapi.CodeAddressThrottled):
		refusal.Detail += throttledAddress
	case len(bssapi.FailedChecks(err)) > 0:
		refusal.Detail += " A name to log in with is taken also by accounts outside the enterprise."
	}

	return refusal
}

// throttledAddress explains CodeAddressThrottled.
const throttledAddress = " Too many calls came from the address of this machine, which is throttled for some time: wait some minutes. " +
	"Others behind the same address count, too."
