// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package enterprise_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/enterprise"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

const (
	creating = "create_sub_customer"
	phone    = "13800001234"
)

func drive(t *testing.T, settings map[string]string) (*simtest.Driven, *enterprise.Machine) {
	t.Helper()

	d := simtest.Drive(t, time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), bsssim.Options{
		Site: bsssim.SiteChina, Seed: "demo", Settings: settings,
	})

	return d, enterprise.New(d.Client, act.Conditions{Clock: d.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{}})
}

func toBe() bssapi.NewMember {
	return bssapi.NewMember{OrganizationID: "ou-data", Name: "team-c", UsePrimaryPhone: true, Password: "Secret-4711"}
}

// made are the members of the name to be.
func made(d *simtest.Driven) (count int) {
	for _, member := range d.World().Enterprise.Members {
		if member.Name == "team-c" {
			count++
		}
	}

	return count
}

// TestCreate: a member is made by one call, and found by its name; again, it is adopted.
func TestCreate(t *testing.T) {
	t.Parallel()

	d, m := drive(t, nil)

	created, err := m.Create(t.Context(), toBe(), "")
	if err != nil || created.Adopted || created.Member.ID == "" || created.Member.OrgID != "ou-data" {
		t.Errorf("%+v %v", created, err)
	}

	again, err := m.Create(t.Context(), toBe(), "")
	if sent, acted := d.Calls(creating); err != nil || !again.Adopted || again.Member.ID != created.Member.ID || sent != 1 || acted != 1 {
		t.Errorf("%+v %v after %d calls", again, err, sent)
	}
}

// TestCreateOnce: whatever comes of the call, one member is made at most, and what was
// made is not reported as refused.
func TestCreateOnce(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		// sent is how often the call is made, doubt and refused what it ends in.
		sent           int
		doubt, refused bool
	}{
		"drop after":      {fault: bsssim.Fault{Kind: bsssim.FaultDropAfter}, sent: 1},
		"error after":     {fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter}, sent: 1},
		"garbage":         {fault: bsssim.Fault{Kind: bsssim.FaultGarbage}, sent: 1},
		"drop before":     {fault: bsssim.Fault{Kind: bsssim.FaultDropBefore}, sent: 1, doubt: true},
		"error before":    {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore}, sent: 1, doubt: true},
		"throttled":       {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"}, sent: 2},
		"throttled, made": {fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"}, sent: 1},
		"throttled for ever": {
			fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308", Times: -1}, sent: 4, refused: true,
		},
		"checks":       {fault: bsssim.Fault{Kind: bsssim.FaultStatusBefore, Code: "CBC.7004"}, sent: 1, refused: true},
		"checks, made": {fault: bsssim.Fault{Kind: bsssim.FaultStatusAfter, Code: "CBC.7004"}, sent: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			d, m := drive(t, map[string]string{"server_locks": "off"})
			test.fault.Operation = creating
			d.Fault(test.fault)

			_, err := m.Create(t.Context(), toBe(), "")

			var (
				doubt   *act.Doubt
				refusal *act.Refusal
			)

			if errors.As(err, &doubt) != test.doubt || errors.As(err, &refusal) != test.refused || (err != nil) != (test.doubt || test.refused) {
				t.Errorf("%v", err)
			}

			sent, acted := d.Calls(creating)
			if sent != test.sent || acted > 1 || (acted == 1) != (err == nil) || made(d) != acted {
				t.Errorf("%d calls, %d acted, %d members: %v", sent, acted, made(d), err)
			}
		})
	}
}

// TestCreateLate: a lost answer is waited for as long as a member may take to show.
func TestCreateLate(t *testing.T) {
	t.Parallel()

	d, m := drive(t, map[string]string{"member_shows_after": "reads=3", "server_locks": "off"})
	d.Fault(bsssim.Fault{Operation: creating, Kind: bsssim.FaultStatusAfter, Status: 429, Code: "APIG.0308"})

	created, err := m.Create(t.Context(), toBe(), "")
	if sent, _ := d.Calls(creating); err != nil || created.Member.ID == "" || sent != 1 || made(d) != 1 {
		t.Errorf("%+v %v after %d calls, %d members", created, err, sent, made(d))
	}
}

// TestCreateAccepted: what the API accepted is made, also where no list shows it.
func TestCreateAccepted(t *testing.T) {
	t.Parallel()

	d, m := drive(t, map[string]string{"member_shows_after": "duration=10h"})

	created, err := m.Create(t.Context(), toBe(), "")
	if sent, _ := d.Calls(creating); err != nil || created.Member.ID != "" || created.Member.Name != "team-c" || sent != 1 {
		t.Errorf("%+v %v after %d calls", created, err, sent)
	}
}

// TestCreateRefuses: nothing is sent without a password, for another account, nor where
// the name is another member's.
func TestCreateRefuses(t *testing.T) {
	t.Parallel()

	d, m := drive(t, nil)

	without := toBe()
	without.Password = ""
	_, err := m.Create(t.Context(), without, "")
	simtest.Refused(t, err, act.FieldPassword, "team-c")

	for name, organization := range map[string]string{"team-b": "ou-sales", "old-team": "ou-sales"} {
		member := toBe()
		member.Name, member.OrganizationID = name, organization
		_, err := m.Create(t.Context(), member, "")
		simtest.Refused(t, err, act.FieldName, name)
	}

	d.Do("add_member", map[string]any{"name": "team-b", "organization_id": "ou-data"})

	twice := toBe()
	twice.Name = "team-b"
	_, err = m.Create(t.Context(), twice, "")
	simtest.Refused(t, err, act.FieldName, "2 members")

	_, err = m.Find(t.Context(), "", "team-b")
	simtest.Refused(t, err, act.FieldName, "2 members")

	none := enterprise.New(d.Client, act.Conditions{
		Clock: d.Clock, Timing: act.DefaultTiming(), Locks: &act.Locks{},
		Account: func(context.Context, string) error { return errors.New("not this one") },
	})

	_, err = none.Create(t.Context(), toBe(), "")
	simtest.Refused(t, err, act.FieldNone, "Not this one")

	_, err = none.OpenProjects(t.Context())
	simtest.Refused(t, err, act.FieldNone, "Not this one")
	simtest.Refused(
		t,
		none.SendCode(t.Context(), bssapi.SendMemberCodeRequest{MobilePhone: phone, Name: "team-c"}),
		act.FieldNone,
		"Not this one",
	)

	for _, operation := range []string{creating, "send_sub_customer_sms_code", "enable_enterprise_project"} {
		if sent, _ := d.Calls(operation); sent != 0 {
			t.Errorf("%s was sent", operation)
		}
	}
}

// TestCreateInterrupted: who is interrupted after the look still hears the end of what
// was sent.
func TestCreateInterrupted(t *testing.T) {
	t.Parallel()

	d, m := drive(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	d.Fault(bsssim.Fault{Operation: creating, Kind: bsssim.FaultDropAfter})

	defer cancel()

	created, err := m.Create(ctx, toBe(), "")
	if err != nil || created.Member.ID == "" {
		t.Error(created, err)
	}
}

// TestFind: a member is found by its id whatever its name, in one call where the name
// is right.
func TestFind(t *testing.T) {
	t.Parallel()

	d, m := drive(t, nil)

	byName, err := m.Find(t.Context(), "", "team-a")
	if sent, _ := d.Calls("list_sub_customers"); err != nil || sent != 1 {
		t.Fatal(err, sent)
	}

	for range 2 {
		byID, err := m.Find(t.Context(), byName.ID, "renamed")
		if err != nil || byID != byName {
			t.Error(byID, err)
		}
	}

	// All are read once in a run.
	if sent, _ := d.Calls("list_sub_customers"); sent != 4 {
		t.Errorf("%d calls", sent)
	}

	if _, err := m.Find(t.Context(), "nobody", "team-z"); !errors.Is(err, enterprise.ErrNoMember) {
		t.Error(err)
	}

	if closed, err := m.Find(t.Context(), "", "old-team"); err != nil || enterprise.Alive(closed) {
		t.Error(closed, err)
	}
}

// TestSendCode: a message is asked for once, whatever comes of it.
func TestSendCode(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		says  string
	}{
		"drop":      {bsssim.Fault{Kind: bsssim.FaultDropAfter}, "may have been sent"},
		"500":       {bsssim.Fault{Kind: bsssim.FaultStatusBefore}, "may have been sent"},
		"throttled": {bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 429, Code: "APIG.0308"}, "was not sent"},
		"address":   {bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: 400, Code: "CBC.99007197"}, "wait some minutes"},
	} {
		d, m := drive(t, nil)
		test.fault.Operation = "send_sub_customer_sms_code"
		d.Fault(test.fault)
		simtest.Refused(t, m.SendCode(t.Context(), bssapi.SendMemberCodeRequest{MobilePhone: phone, Name: "team-c"}), act.FieldNone, test.says)

		if sent, _ := d.Calls("send_sub_customer_sms_code"); sent != 1 {
			t.Errorf("%s: %d calls", name, sent)
		}
	}
}

// TestOpenProjects: only a refusal that says that they are open counts as done.
func TestOpenProjects(t *testing.T) {
	t.Parallel()

	_, m := drive(t, map[string]string{"projects_open_again": "NOT_OPEN_ENTERPRISE_PROJECT"})
	for run := range 2 {
		if already, err := m.OpenProjects(t.Context()); err != nil || already != (run == 1) {
			t.Error(already, err)
		}
	}

	_, m = drive(t, map[string]string{"project_authority": "NOT_OPEN_MULTI_PROJECT"})
	_, err := m.OpenProjects(t.Context())
	simtest.Refused(t, err, act.FieldNone, "were not opened")

	d, m := drive(t, nil)
	d.Fault(bsssim.Fault{Operation: "enable_enterprise_project", Kind: bsssim.FaultDropAfter})

	_, err = m.OpenProjects(t.Context())
	simtest.Refused(t, err, act.FieldNone, "in doubt")
}
