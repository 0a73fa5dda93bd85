// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"errors"
	"fmt"
)

type namedMember struct {
	MemberID string `json:"member_id"`
}

func (n namedMember) named() string { return n.MemberID }

func addOrganization(w *world, data []byte) (map[string]any, error) {
	var request struct {
		ID       string `json:"id"`
		Name     string `json:"name"`
		ParentID string `json:"parent_id"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	o, err := w.addOrganization(request.ID, request.Name, request.ParentID)
	if err != nil {
		return nil, err
	}

	return map[string]any{"organization_id": o.ID}, nil
}

// addOrganization adds one to a parent, which is the root if none is named.
func (w *world) addOrganization(id, name, parent string) (*Organization, error) {
	company := w.company()
	n := w.next("organization")
	o := &Organization{
		ID: cmp.Or(id, fmt.Sprintf("ou-%016d", n)), RelationID: fmt.Sprintf("rel-%016d", n), Name: name, ParentID: cmp.Or(parent, company.RootID),
	}
	switch {
	case !company.has(o.ParentID):
		return nil, fmt.Errorf("no organization %q", o.ParentID)
	case company.has(o.ID):
		return nil, fmt.Errorf("organization %s exists", o.ID)
	}
	company.Organizations = append(company.Organizations, o)

	return o, nil
}

// memberSpec is a member as the console describes it.
type memberSpec struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	DisplayName    string `json:"display_name"`
	Status         int    `json:"status"`
	OrganizationID string `json:"organization_id"`
	Amount         Amount `json:"amount"`
	Credit         Amount `json:"credit"`
}

func addMember(w *world, data []byte) (map[string]any, error) {
	var spec memberSpec
	if err := decodeStrictly(data, &spec); err != nil {
		return nil, err
	}
	m, err := w.addMember(spec)
	if err != nil {
		return nil, err
	}

	return map[string]any{"member_id": m.ID}, nil
}

func (w *world) addMember(spec memberSpec) (*Member, error) {
	company := w.company()
	n := w.next("member")
	m := &Member{
		ID: cmp.Or(spec.ID, fmt.Sprintf("51a0%024xc0de", n)), Name: cmp.Or(spec.Name, fmt.Sprintf("user-%d", n)), DisplayName: spec.DisplayName,
		Status: cmp.Or(spec.Status, memberNormal), OrganizationID: cmp.Or(spec.OrganizationID, company.RootID),
	}
	m.Balances = []*Balance{{AccountID: m.ID + "-1", Type: accountBalance, Amount: spec.Amount.plus("0.00")}}
	if spec.Credit != "" {
		m.Balances = append(m.Balances, &Balance{AccountID: m.ID + "-2", Type: accountCredit, Amount: spec.Credit, CreditLimit: spec.Credit})
	}
	switch {
	case !company.has(m.OrganizationID):
		return nil, fmt.Errorf("no organization %q", m.OrganizationID)
	case w.membersByID[m.ID] != nil || m.ID == w.CustomerID:
		return nil, fmt.Errorf("customer %s exists", m.ID)
	}
	company.Members = append(company.Members, m)
	w.membersByID[m.ID] = m

	return m, nil
}

type memberChange struct {
	namedMember

	Status         *int    `json:"status"`
	DisplayName    *string `json:"display_name"`
	OrganizationID string  `json:"organization_id"`
}

// setMember changes what is given. Any status goes, known to the API or not.
func setMember(w *world, m *Member, request memberChange) (map[string]any, error) {
	if request.OrganizationID != "" {
		if !w.company().has(request.OrganizationID) {
			return nil, fmt.Errorf("no organization %q", request.OrganizationID)
		}
		m.OrganizationID = request.OrganizationID
	}
	if request.Status != nil {
		m.Status = *request.Status
	}
	if request.DisplayName != nil {
		m.DisplayName = *request.DisplayName
	}
	w.dirty = true

	return map[string]any{"member_id": m.ID}, nil
}

// addCredit adds credit that ends some day beside what is there.
func addCredit(w *world, data []byte) (map[string]any, error) {
	var request struct {
		MemberID string         `json:"member_id"`
		Amount   Amount         `json:"amount"`
		Expire   instantOrDelay `json:"expire_time"`
	}
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	if request.Amount == "" {
		return nil, errors.New("amount: required")
	}
	now := w.clock.now()
	expire, err := request.Expire.at(now, addMonths(now, 12))
	if err != nil {
		return nil, err
	}
	balances, err := w.balancesOf(request.MemberID)
	if err != nil {
		return nil, err
	}
	*balances = append(*balances, &Balance{
		AccountID: fmt.Sprintf("BC%010d", w.next("credit")), Type: accountCredit, Amount: request.Amount, CreditLimit: request.Amount,
		ExpireTime: expire,
	})
	if request.MemberID == "" {
		w.bookBalance(accountCredit, tradeAdjust, request.Amount, nil)
	}

	return map[string]any{}, nil
}

// balancesOf are the accounts of a member, or those of the customer.
func (w *world) balancesOf(member string) (*[]*Balance, error) {
	if member == "" {
		return &w.Balances, nil
	}
	m, err := w.member(member)
	if err != nil {
		return nil, err
	}

	return &m.Balances, nil
}
