// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListMembers(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_sub_customers"))
	c, _ := newTestClient(t, fake)
	got, err := collect(t, c.ListMembers(t.Context(), ListMembersRequest{Name: "team", Fuzzy: true, OrgID: "ou-2"}))
	want := Member{
		ID: "51a0000000000000000000000000beef", Name: "team-a", DisplayName: "Team A", Status: MemberStatusNormal, OrgID: "ou-2",
		OrgName: "Platform",
	}
	if diff := cmp.Diff([]Member{want}, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	query := url.Values{
		"sub_customer_account_name": {"team"}, "fuzzy_query": {"1"}, "org_id": {"ou-2"}, "limit": {"100"}, "offset": {"0"},
	}
	if diff := cmp.Diff(query, fake.requests()[0].URL.Query()); diff != "" {
		t.Error(diff)
	}
}

func TestListOrganizations(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_organizations"))
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	got, err := c.ListOrganizations(t.Context())
	want := &Organizations{RootID: "ou-0", RootName: "Group", All: []Organization{
		{ID: "ou-1", Name: "Engineering", RelationID: "rel-1", ParentID: "ou-0", Names: []string{"Group", "Engineering"}},
		{ID: "ou-2", Name: "Platform", RelationID: "rel-2", ParentID: "ou-1", Names: []string{"Group", "Engineering", "Platform"}},
		{ID: "ou-3", Name: "Network", RelationID: "rel-3", ParentID: "ou-2", Names: []string{"Group", "Engineering", "Platform", "Network"}},
	}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
	if query := fake.requests()[0].URL.RawQuery; query != "recursive_query=1" {
		t.Errorf("query %s", query)
	}
}

// nested is an answer with organizations inside each other.
func nested(depth int) string {
	var answer strings.Builder
	answer.WriteString(`{"root_id":"root"`)
	for i := range depth {
		fmt.Fprintf(&answer, `,"child_nodes":[{"id":"o%d"`, i)
	}
	for range depth {
		answer.WriteString("}]")
	}

	return answer.String() + "}"
}

// TestListOrganizationsThatAreNoTree reads answers that no tree can have.
func TestListOrganizationsThatAreNoTree(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"root_id":"r","child_nodes":[{"id":"a"},{"id":"b","child_nodes":[{"id":"a"}]}]}`,
		`{"root_id":"r","child_nodes":[{"id":"a","child_nodes":[{"id":"r"}]}]}`,
		`{"root_id":"r","child_nodes":[{"name":"a"}]}`,
		nested(mostOrganizationDepth + 1),
		nested(20_000),
	} {
		c, _ := newTestClient(t, always(200, body), WithSite(SiteChina))
		if got, err := c.ListOrganizations(t.Context()); got != nil || !errors.Is(err, ErrIncomplete) && !errors.Is(err, ErrUnreadable) {
			t.Errorf("%.60s: got %v, %v", body, got, err)
		}
	}
	for body, want := range map[string]int{
		`{"root_id":"r"}`:                    0,
		`{"root_id":"r","child_nodes":null}`: 0,
		`{"child_nodes":[{"id":"a"}]}`:       1,
		nested(mostOrganizationDepth):        mostOrganizationDepth,
	} {
		c, _ := newTestClient(t, always(200, body), WithSite(SiteChina))
		if got, err := c.ListOrganizations(t.Context()); err != nil || len(got.All) != want {
			t.Errorf("%.60s: got %v, %v", body, got, err)
		}
	}
}

// TestFundsPageThroughCreditAlone shows that cash is asked for without a page.
func TestFundsPageThroughCreditAlone(t *testing.T) {
	t.Parallel()
	for balance, query := range map[BalanceType]url.Values{
		BalanceTypeDebit:  {"balance_type": {string(BalanceTypeDebit)}, "sub_customer_id": {"m"}},
		BalanceTypeCredit: {"balance_type": {string(BalanceTypeCredit)}, "sub_customer_id": {"m"}, "limit": {"100"}, "offset": {"0"}},
	} {
		fake := always(200, filled(t, "get_retrievable_amount"))
		c, _ := newTestClient(t, fake, WithSite(SiteChina))
		got, err := collect(t, c.ListRetrievableFunds(t.Context(), "m", balance))
		if err != nil || len(got) != 1 || got[0].Available.String() != "12345678901234.5678901234567890" {
			t.Errorf("%s: %+v, %v", balance, got, err)
		}
		if diff := cmp.Diff(query, fake.requests()[0].URL.Query()); diff != "" {
			t.Errorf("%s: %s", balance, diff)
		}
	}
	c, _ := newTestClient(t, always(200, `{"total_count":2,"amount_infos":[{"avail_transfer_amount":1}]}`), WithSite(SiteChina))
	if _, err := collect(t, c.ListTransferableFunds(t.Context(), BalanceTypeDebit)); !errors.Is(err, ErrIncomplete) {
		t.Errorf("one of two rows of cash: %v", err)
	}
}

func TestMovableCoupons(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, always(200, filled(t, "list_transferable_coupons")), WithSite(SiteChina))
	got, err := collect(t, c.ListTransferableCoupons(t.Context()))
	if err != nil || len(got) != 1 || got[0].Balance.String() != "12345678901234.5678901234567890" ||
		got[0].UseLimits[0].UseLimitiInfoID != "UL1" {
		t.Errorf("got %+v, %v", got, err)
	}
	fake := always(200, filled(t, "list_retrievable_coupons"))
	c, _ = newTestClient(t, fake, WithSite(SiteChina))
	retrievable, err := collect(t, c.ListRetrievableCoupons(t.Context(), "m"))
	if err != nil || len(retrievable) != 1 || retrievable[0].SubCouponID != "CP1-1" || retrievable[0].CouponID != "CP1" {
		t.Errorf("got %+v, %v", retrievable, err)
	}
	if query := fake.requests()[0].URL.RawQuery; query != "limit=100&offset=0&sub_customer_id=m" {
		t.Errorf("query %s", query)
	}
}

// TestEnterpriseCallsThatAreNotSent are refused before they would mean something else.
func TestEnterpriseCallsThatAreNotSent(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0}`)
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	abroad, _ := newTestClient(t, fake)
	_, amounts := collect(t, c.ListRetrievableFunds(t.Context(), "", BalanceTypeDebit))
	_, coupons := collect(t, c.ListRetrievableCoupons(t.Context(), ""))
	_, bonus := collect(t, c.ListTransferableFunds(t.Context(), balanceTypeCoupon))
	_, elsewhere := abroad.ListOrganizations(t.Context())
	for name, err := range map[string]error{
		"amounts of nobody": amounts, "coupons of nobody": coupons, "an account of coupons": bonus, "organizations abroad": elsewhere,
	} {
		if !errors.Is(err, ErrNotSent) && !errors.Is(err, ErrNotOnSite) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := len(fake.requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
