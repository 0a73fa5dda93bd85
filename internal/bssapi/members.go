// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"iter"
)

// memberPageSize is the most rows that the list of members gives in a page.
const memberPageSize = 100

// MemberStatus is the state of a member account.
type MemberStatus int

// The states.
const (
	MemberStatusNormal               MemberStatus = 1
	MemberStatusCreating             MemberStatus = 2
	MemberStatusClosing              MemberStatus = 3
	MemberStatusClosed               MemberStatus = 4
	MemberStatusRegistering          MemberStatus = 101
	MemberStatusWaitingForActivation MemberStatus = 102
)

// Member is a member account of an enterprise.
type Member struct {
	// ID is the customer id, by which bills name the account.
	ID string `json:"id"`
	// Name is the one to log in with.
	Name        string       `json:"name"`
	DisplayName string       `json:"display_name"`
	Status      MemberStatus `json:"status"`
	OrgID       string       `json:"org_id"`
	OrgName     string       `json:"org_name"`
}

// ListMembersRequest filters members. Zero fields do not filter.
type ListMembersRequest struct {
	Name, DisplayName string
	// Fuzzy says that the names are parts of names. It is of both.
	Fuzzy bool
	// OrgID is the organization that the members are in.
	OrgID string
}

func (r ListMembersRequest) params() params {
	p := params{}
	p.text("sub_customer_account_name", r.Name)
	p.text("sub_customer_display_name", r.DisplayName)
	if r.Fuzzy {
		p.number("fuzzy_query", 1)
	}
	p.text("org_id", r.OrgID)

	return p
}

type listMembersResponse struct {
	TotalCount       *int     `json:"total_count"`
	SubCustomerInfos []Member `json:"sub_customer_infos"`
}

// ListMembers yields the member accounts of the enterprise whose master the
// account is.
//
// Permission: businessUnitCenter:businessUnit:view in an identity policy.
func (c *Client) ListMembers(ctx context.Context, req ListMembersRequest) iter.Seq2[Member, error] {
	return paged[Member]{
		operation: opListMembers.name,
		size:      memberPageSize,
		key:       func(m Member) string { return m.ID },
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListMembers, query: req.params().page(offset, memberPageSize)}
			},
			func(out *listMembersResponse) page[Member] {
				return page[Member]{rows: out.SubCustomerInfos, total: out.TotalCount}
			}),
	}.all(ctx)
}
