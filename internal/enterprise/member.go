// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package enterprise

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Machine acts for the master of an enterprise.
type Machine struct {
	client     *bssapi.Client
	conditions act.Conditions

	// mu guards all, the members as they were when the first of this run was not found
	// by its name.
	mu  sync.Mutex
	all []bssapi.Member
}

// New makes a machine that acts under the conditions.
func New(client *bssapi.Client, conditions act.Conditions) *Machine {
	return &Machine{client: client, conditions: conditions}
}

// ErrNoMember says that the enterprise has no such member.
var ErrNoMember = errors.New("the enterprise has no such member")

// Creation is what came of creating a member.
type Creation struct {
	// Member is as the list has it; without an id where the API accepted it and no list
	// shows it yet.
	Member bssapi.Member
	// Adopted says that it was there before anything was sent.
	Adopted bool
}

// Alive says whether a member is in use, or about to be.
func Alive(member bssapi.Member) bool {
	return slices.Contains([]bssapi.MemberStatus{
		bssapi.MemberStatusNormal, bssapi.MemberStatusCreating, bssapi.MemberStatusRegistering, bssapi.MemberStatusWaitingForActivation,
	}, member.Status)
}

// named are the members with exactly this name.
func (m *Machine) named(ctx context.Context, name string) ([]bssapi.Member, error) {
	var found []bssapi.Member

	for member, err := range m.client.ListMembers(ctx, bssapi.ListMembersRequest{Name: name}) {
		switch {
		case err != nil:
			return nil, err
		// The API may find more than what was asked for.
		case member.Name == name && member.ID != "":
			found = append(found, member)
		}
	}

	return found, nil
}

// Look says which member a creation would adopt: one that is alive and in the
// organization. It is nil if nobody has the name. Any other is a [*act.Refusal].
func (m *Machine) Look(ctx context.Context, name, organization string) (*bssapi.Member, error) {
	found, err := m.named(ctx, name)
	if err != nil || len(found) == 0 {
		return nil, err
	}

	living := slices.DeleteFunc(slices.Clone(found), func(member bssapi.Member) bool { return !Alive(member) })

	switch {
	case len(living) == 0:
		return nil, taken(name, fmt.Sprintf("%s is in status %s.", describe(found[0]), bssapi.MemberStatuses.Word(found[0].Status)))
	case len(living) > 1:
		return nil, taken(name, fmt.Sprintf("%d members of the enterprise have this name: %s.", len(living), describe(living...)))
	case living[0].OrgID == "":
		return nil, taken(name, fmt.Sprintf("The API does not say which organization %s is in.", describe(living[0])))
	case living[0].OrgID != organization:
		return nil, taken(name, fmt.Sprintf("%s is in organization %s (%s), and the configuration says %s.",
			describe(living[0]), living[0].OrgID, living[0].OrgName, organization))
	}

	return &living[0], nil
}

func describe(members ...bssapi.Member) string {
	ids := make([]string, len(members))
	for i, member := range members {
		ids[i] = member.ID
	}

	return "member " + strings.Join(ids, ", ")
}

func taken(name, why string) *act.Refusal {
	return &act.Refusal{
		Field:   act.FieldName,
		Summary: "Name of a member is taken",
		Detail: fmt.Sprintf("The name %q belongs to a member that cannot be taken for this one. %s No call changes a member. Choose another "+
			"name, or describe the member as it is.", name, strings.ToUpper(why[:1])+why[1:]),
	}
}

// Find is a member that exists, by its id, or by its name where no id is known. What is
// renamed is found by the id. [ErrNoMember] if there is none.
func (m *Machine) Find(ctx context.Context, id, name string) (bssapi.Member, error) {
	found, err := m.named(ctx, name)
	if err != nil {
		return bssapi.Member{}, err
	}

	if id != "" {
		if at := slices.IndexFunc(found, func(member bssapi.Member) bool { return member.ID == id }); at >= 0 {
			return found[at], nil
		}

		return m.withID(ctx, id)
	}

	living := slices.DeleteFunc(slices.Clone(found), func(member bssapi.Member) bool { return !Alive(member) })
	if len(living) > 0 {
		found = living
	}

	switch len(found) {
	case 0:
		return bssapi.Member{}, ErrNoMember
	case 1:
		return found[0], nil
	default:
		return bssapi.Member{}, &act.Refusal{
			Field: act.FieldName, Summary: "Several members have one name",
			Detail: fmt.Sprintf("%d members of the enterprise have the name %q: %s. Which one is meant cannot be told.",
				len(found), name, describe(found...)),
		}
	}
}

// withID reads all members, once in a run.
func (m *Machine) withID(ctx context.Context, id string) (bssapi.Member, error) {
	m.mu.Lock()
	defer m.mu.Unlock()

	if m.all == nil {
		all := []bssapi.Member{}

		for member, err := range m.client.ListMembers(ctx, bssapi.ListMembersRequest{}) {
			if err != nil {
				return bssapi.Member{}, err
			}

			all = append(all, member)
		}

		m.all = all
	}

	if at := slices.IndexFunc(m.all, func(member bssapi.Member) bool { return member.ID == id }); at >= 0 {
		return m.all[at], nil
	}

	return bssapi.Member{}, ErrNoMember
}
