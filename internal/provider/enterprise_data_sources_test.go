// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	pathMembers       = "/v2/enterprises/multi-accounts/sub-customers"
	pathOrganizations = "/v2/enterprises/multi-accounts/enterprise-organizations"
	pathTransferable  = "/v2/enterprises/multi-accounts/transfer-amount"
	pathRetrievable   = "/v2/enterprises/multi-accounts/retrieve-amount"
	pathTransferring  = "/v2/enterprises/multi-accounts/transfer-coupons"
	pathRetrieving    = "/v2/enterprises/multi-accounts/retrieve-coupons"
)

// enterpriseArguments are what each data source of an enterprise requires.
func enterpriseArguments() map[string]attributes {
	return map[string]attributes{
		"bss_enterprise_members":              nil,
		"bss_enterprise_organizations":        nil,
		"bss_enterprise_transferable_amounts": {"account_type": str("credit")},
		"bss_enterprise_retrievable_amounts":  {"account_type": str("credit"), "member_id": str("m")},
		"bss_enterprise_transferable_coupons": nil,
		"bss_enterprise_retrievable_coupons":  {"member_id": str("m")},
	}
}

// demoMemberID is the id of a member of the demo customer, from 1.
func demoMemberID(n int) string { return fmt.Sprintf("51a0%024xde30", n) }

func TestAccEnterpriseMembers(t *testing.T) {
	t.Parallel()

	for _, site := range []string{"china", "international", "europe"} {
		t.Run(site, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Site: site, Seed: "demo"})
			w.console("set_member", map[string]any{"member_id": demoMemberID(2), "status": 77})
			w.console("add_member", map[string]any{"id": "again", "name": "team-a", "status": 102, "organization_id": "ou-engineering"})

			first, second, closed := demoMemberID(1), demoMemberID(2), demoMemberID(3)
			w.shows(t, `
data "bss_enterprise_members" "all" {}
data "bss_enterprise_members" "one" { name = "team-b" }
data "bss_enterprise_members" "part" {
  name_contains   = "team"
  display_name    = "Team A"
}
data "bss_enterprise_members" "inside" { organization_id = "ou-engineering" }
data "bss_enterprise_members" "closed" { status = ["closed", "closing"] }
data "bss_enterprise_members" "none" { display_name = "Nobody" }`, map[string]shown{
				"data.bss_enterprise_members.all": {
					"ids": []string{closed, first, "again", second}, "total_count": 4, "ids_by_name.old-team": closed, "ids_by_name.team-b": second,
					"members.0.status": "closed", "members.0.display_name": nil, "members.1.name": "team-a", "members.1.display_name": "Team A",
					"members.1.status": "normal", "members.1.organization_id": "ou-platform", "members.1.organization_name": "Platform",
					"members.2.status": "waiting_for_activation", "members.3.status": "unknown(77)", "counts_by_status.closed": 1,
					"counts_by_status.unknown(77)": 1, "members.1.id": first,
				},
				"data.bss_enterprise_members.one":    {"ids": []string{second}, "ids_by_name.team-b": second},
				"data.bss_enterprise_members.part":   {"ids": []string{first}},
				"data.bss_enterprise_members.inside": {"ids": []string{"again"}},
				"data.bss_enterprise_members.closed": {"ids": []string{closed}},
				"data.bss_enterprise_members.none":   {"ids": []string{}, "members": []string{}, "total_count": 0},
			})
			w.readOnly("list_sub_customers")
		})
	}
}

// TestEnterpriseMembersOfOneName have no id by their name, which would be a guess.
func TestEnterpriseMembersOfOneName(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	w.console("add_member", map[string]any{"id": "again", "name": "team-a"})
	mustRead(t, w, "bss_enterprise_members", nil).want(t, map[string]string{
		"ids": "4 elements",
		"ids_by_name": fmt.Sprintf(`tftypes.Map[tftypes.String]<"old-team":tftypes.String<%q>, "team-b":tftypes.String<%q>>`,
			demoMemberID(3), demoMemberID(2)),
	})
}

// TestEnterpriseMembersAsked shows what the API is asked, and that what is exact
// holds whatever it takes for a match.
func TestEnterpriseMembersAsked(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arguments attributes
		asked     url.Values
		ids       string
	}{
		"exact": {
			attributes{"name": str("a"), "display_name": str("A")},
			url.Values{"sub_customer_account_name": {"a"}, "sub_customer_display_name": {"A"}}, "1",
		},
		"parts": {
			attributes{"name_contains": str("a"), "display_name_contains": str("A")},
			url.Values{"sub_customer_account_name": {"a"}, "sub_customer_display_name": {"A"}, "fuzzy_query": {"1"}}, "3",
		},
		"both": {
			attributes{"name": str("a"), "display_name_contains": str("A")},
			url.Values{"sub_customer_account_name": {"a"}, "sub_customer_display_name": {"A"}, "fuzzy_query": {"1"}}, "2",
		},
		"inside": {attributes{"organization_id": str("ou-1")}, url.Values{"org_id": {"ou-1"}}, "2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			// It answers more than it was asked for.
			answers := newWorld(t, bsssim.Options{})
			for _, member := range []map[string]any{
				{"id": "1", "name": "a", "display_name": "A"}, {"id": "2", "name": "a", "display_name": "AB"},
				{"id": "3", "name": "ab", "display_name": "AB"},
			} {
				answers.console("add_member", member)
			}

			mustRead(t, answers, "bss_enterprise_members", test.arguments)

			test.asked.Set("limit", "100")
			test.asked.Set("offset", "0")

			if diff := cmp.Diff(test.asked, answers.query()); diff != "" {
				t.Error(diff)
			}

			w := answering(t, "china", map[string]any{pathMembers: map[string]any{"total_count": 3, "sub_customer_infos": []any{
				map[string]any{"id": "1", "name": "a", "display_name": "A", "org_id": "ou-1"},
				map[string]any{"id": "2", "name": "a", "display_name": "AB", "org_id": "ou-2"},
				map[string]any{"id": "3", "name": "ab", "display_name": "AB"},
			}}})
			mustRead(
				t,
				w,
				"bss_enterprise_members",
				test.arguments,
			).want(t, map[string]string{"ids": test.ids + " elements", "total_count": test.ids})
		})
	}
}

func TestAccEnterpriseOrganizations(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo"})
	w.console("add_organization", map[string]any{"id": "ou-slash", "name": `R/D\x`, "parent_id": "ou-platform"})
	w.console("add_organization", map[string]any{"id": "ou-sales-2", "name": "Sales"})

	w.shows(t, `
data "bss_enterprise_organizations" "all" {}
data "bss_enterprise_organizations" "top" { recursive = false }
data "bss_enterprise_organizations" "below" { parent_id = "ou-engineering" }
data "bss_enterprise_organizations" "next" {
  parent_id = "ou-engineering"
  recursive = false
}
data "bss_enterprise_organizations" "leaf" { parent_id = "ou-data" }`, map[string]shown{
		"data.bss_enterprise_organizations.all": {
			"root_id": "ou-51a0000000000000", "root_name": "Simulated Group", "total_count": 6,
			"ids":                  []string{"ou-engineering", "ou-data", "ou-platform", "ou-slash", "ou-sales", "ou-sales-2"},
			"organizations.0.name": "Engineering", "organizations.0.path": "Simulated Group/Engineering", "organizations.0.depth": 1,
			"organizations.0.parent_id": "ou-51a0000000000000", "organizations.0.children_ids": []string{"ou-data", "ou-platform"},
			"organizations.1.children_ids": []string{}, "organizations.3.path": `Simulated Group/Engineering/Platform/R\/D\\x`,
			"organizations.3.names": []string{"Simulated Group", "Engineering", "Platform", `R/D\x`}, "organizations.3.depth": 3,
			"organizations.3.parent_id": "ou-platform", "organizations.4.path": "Simulated Group/Sales",
			"ids_by_path.Simulated Group/Engineering/Platform": "ou-platform",
		},
		"data.bss_enterprise_organizations.top":   {"ids": []string{"ou-engineering", "ou-sales", "ou-sales-2"}},
		"data.bss_enterprise_organizations.below": {"ids": []string{"ou-data", "ou-platform", "ou-slash"}, "organizations.0.depth": 2},
		"data.bss_enterprise_organizations.next": {
			"ids":                          []string{"ou-data", "ou-platform"},
			"organizations.1.children_ids": []string{"ou-slash"},
		},
		"data.bss_enterprise_organizations.leaf": {"ids": []string{}, "organizations": []string{}, "total_count": 0},
	})
	w.readOnly("list_organizations")
	// Of two organizations with one path, neither has an id by it.
	if read := mustRead(t, w, "bss_enterprise_organizations", nil); strings.Contains(read["ids_by_path"], "Sales") {
		t.Errorf("a path that two have is there: %s", read["ids_by_path"])
	}
}

// TestEnterpriseOrganizationsWithoutNames shows what is missing as null, and what is
// no tree as an error.
func TestEnterpriseOrganizationsWithoutNames(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{pathOrganizations: map[string]any{"root_id": "r", "root_name": "Group", "child_nodes": []any{
		map[string]any{"id": "a", "name": nil, "child_nodes": []any{map[string]any{"id": "b", "name": "B", "child_nodes": nil}}},
	}}})
	mustRead(t, w, "bss_enterprise_organizations", nil).want(t, map[string]string{
		"organizations.0.name":        "null",
		"organizations.0.path":        "null",
		"organizations.0.relation_id": "null",
		"organizations.1.path":        "null",
		"organizations.1.depth":       "2",
		"organizations.1.names.1":     "null",
		"organizations.1.names.2":     "B",
		"ids_by_path":                 "tftypes.Map[tftypes.String]<>",
	})

	twice := answering(t, "china", map[string]any{pathOrganizations: map[string]any{"root_id": "r", "child_nodes": []any{
		map[string]any{"id": "a", "child_nodes": []any{map[string]any{"id": "a"}}},
	}}})
	_, diags := readData(t, twice, "bss_enterprise_organizations", nil, nil)
	diags.says(t, "", `"a" comes twice`)
}

func TestAccEnterpriseFunds(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo"})
	w.console("add_credit", map[string]any{"amount": "70.12345678901234567890", "expire_time": "2027-03-01T00:00:00Z"})
	w.console("set_balance", map[string]any{"member_id": demoMemberID(2), "amount": "0.05"})

	w.shows(t, fmt.Sprintf(`
data "bss_enterprise_transferable_amounts" "cash" { account_type = "balance" }
data "bss_enterprise_transferable_amounts" "credit" { account_type = "credit" }
data "bss_enterprise_retrievable_amounts" "cash" {
  account_type = "balance"
  member_id    = %[1]q
}
data "bss_enterprise_retrievable_amounts" "credit" {
  account_type = "credit"
  member_id    = %[1]q
}
data "bss_enterprise_retrievable_amounts" "none" {
  account_type = "credit"
  member_id    = %[2]q
}
data "bss_enterprise_transferable_coupons" "all" {}
data "bss_enterprise_retrievable_coupons" "all" { member_id = %[1]q }
data "bss_enterprise_retrievable_coupons" "none" { member_id = %[2]q }`, demoMemberID(1), demoMemberID(2)), map[string]shown{
		"data.bss_enterprise_transferable_amounts.cash": {
			"available_amount": amount("1000"), "currency": "CNY", "total_count": 1, "amounts.0.available_amount": amount("1000"),
			"amounts.0.amount": amount("1000"), "amounts.0.credit_amount": nil, "amounts.0.expire_time": nil,
		},
		"data.bss_enterprise_transferable_amounts.credit": {
			"available_amount": amount("570.12345678901234567890"), "currency": "CNY", "total_count": 2, "amounts.0.expire_time": nil,
			"amounts.0.credit_amount": amount("500"), "amounts.1.expire_time": "2027-03-01T00:00:00Z", "amounts.1.currency": "CNY",
			"amounts.1.available_amount": amount("70.12345678901234567890"),
		},
		"data.bss_enterprise_retrievable_amounts.cash":   {"available_amount": amount("120"), "amounts.0.amount": amount("120")},
		"data.bss_enterprise_retrievable_amounts.credit": {"available_amount": amount("50"), "amounts.0.credit_amount": amount("50")},
		"data.bss_enterprise_retrievable_amounts.none": {
			"available_amount": amount("0"), "currency": nil, "amounts": []string{}, "total_count": 0,
		},
		"data.bss_enterprise_transferable_coupons.all": {
			"coupon_ids": []string{"CP2611220000001", "CP2611220000002"}, "total_balance": amount("60"), "total_count": 2,
			"coupons.0.use_limits": []string{}, "coupons.1.plan_name": "Migration", "coupons.1.balance": amount("50"),
			"coupons.1.use_limits.0.key": "simultaneousUseWithContractDiscount", "coupons.1.use_limits.0.value1": "0",
		},
		"data.bss_enterprise_retrievable_coupons.all": {
			"sub_coupon_ids": []string{"CP2611220000002-1"}, "total_balance": amount("20"), "coupons.0.coupon_id": "CP2611220000002",
			"coupons.0.sub_coupon_id": "CP2611220000002-1", "coupons.0.use_limits.0.value1": "0",
		},
		"data.bss_enterprise_retrievable_coupons.none": {"coupons": []string{}, "sub_coupon_ids": []string{}, "total_balance": amount("0")},
	})
	w.readOnly("get_transferable_amount", "get_retrievable_amount", "list_transferable_coupons", "list_retrievable_coupons")
}

// TestEnterpriseFundsUnknown shows what is not known as null, in rows and sums.
func TestEnterpriseFundsUnknown(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{
		pathTransferable: map[string]any{"total_count": 2, "amount_infos": []any{
			map[string]any{"avail_transfer_amount": "1.10", "currency": "CNY"}, map[string]any{"avail_transfer_amount": 2, "currency": "USD"},
		}},
		pathRetrievable: map[string]any{"total_count": 2, "amount_infos": []any{
			map[string]any{"avail_retrieve_amount": nil, "currency": "CNY", "expire_time": ""},
			map[string]any{"avail_retrieve_amount": 2, "currency": "CNY", "expire_time": nil},
		}},
		pathTransferring: map[string]any{"total_count": 2, "avail_transfer_coupons": []any{
			map[string]any{"coupon_id": "a", "balance": ""}, map[string]any{"coupon_id": "b", "balance": "3.00", "use_limits": nil},
		}},
		pathRetrieving: map[string]any{"total_count": 2, "avail_retrieve_coupons": []any{
			map[string]any{"coupon_id": "a", "balance": 1.5}, map[string]any{"coupon_id": "a", "balance": "3.00", "sub_coupon_id": "a-2"},
		}},
	})

	for name, want := range map[string]map[string]string{
		"bss_enterprise_transferable_amounts": {
			"available_amount": "null", "currency": "null", "amounts.0.available_amount": "1.1", "amounts.1.currency": "USD",
		},
		"bss_enterprise_retrievable_amounts": {
			"available_amount": "null", "currency": "CNY", "amounts.0.available_amount": "null", "amounts.0.expire_time": "null",
			"amounts.1.expire_time": "null", "amounts.1.credit_amount": "null", "amounts.1.available_amount": "2",
		},
		"bss_enterprise_transferable_coupons": {
			"total_balance": "null", "coupons.0.balance": "null", "coupons.0.expire_time": "null", "coupons.1.balance": "3",
			"coupons.1.use_limits": "0 elements", "coupons.1.plan_name": "null",
		},
		"bss_enterprise_retrievable_coupons": {
			"total_balance": "4.5", "total_count": "2", "sub_coupon_ids.0": "null", "sub_coupon_ids.1": "a-2",
		},
	} {
		mustRead(t, w, name, enterpriseArguments()[name]).want(t, want)
	}
}

// TestEnterpriseOfManyPages reads the second page of each list that has one.
func TestEnterpriseOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	w.console("add_member", map[string]any{"id": "m"})

	for range 100 {
		w.console("add_member", map[string]any{})
	}

	for i := range 101 {
		for _, member := range []string{"", "m"} {
			w.console("add_credit", map[string]any{"amount": fmt.Sprintf("%d.01", i+1), "member_id": member})
			w.console("add_coupon", map[string]any{"face_value": "1.01", "member_id": member, "sub_coupon_id": fmt.Sprint("S", i)})
		}
	}

	for name, want := range map[string]map[string]string{
		"bss_enterprise_members":              {"total_count": "101"},
		"bss_enterprise_transferable_amounts": {"total_count": "101", "available_amount": "5152.01"},
		"bss_enterprise_retrievable_amounts":  {"total_count": "101", "available_amount": "5152.01"},
		"bss_enterprise_transferable_coupons": {"total_count": "101", "total_balance": "102.01"},
		"bss_enterprise_retrievable_coupons":  {"total_count": "101", "total_balance": "102.01"},
	} {
		before := len(w.calls())
		mustRead(t, w, name, enterpriseArguments()[name]).want(t, want)

		if calls := w.calls()[before:]; len(calls) != 2 {
			t.Errorf("%s: %d calls, want 2: %v", name, len(calls), calls)
		}
	}
}

// TestEnterpriseOfNobody reads an enterprise in which there is nothing.
func TestEnterpriseOfNobody(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Settings: map[string]string{"unknown_member": "empty"}})
	for name, arguments := range enterpriseArguments() {
		mustRead(t, w, name, arguments).want(t, map[string]string{"total_count": "0"})
	}
}

// TestEnterpriseOfNoMaster says to who is no master what to do.
func TestEnterpriseOfNoMaster(t *testing.T) {
	t.Parallel()

	for _, code := range []string{"CBC.0151", "CBC.0155"} {
		w := newWorld(t, bsssim.Options{Site: "china", Settings: map[string]string{"enterprise_master": code}})

		for name, arguments := range enterpriseArguments() {
			read, diags := readData(t, w, name, nil, arguments)
			diags.says(
				t,
				"",
				code,
				"Only the master account of an enterprise",
				"Use the credentials of the master",
				"businessUnitCenter:businessUnit",
			)

			if read != nil {
				t.Errorf("%s is shown to who is no master", name)
			}
		}
	}
}

// TestEnterpriseOfUnknownMember says which member there is not.
func TestEnterpriseOfUnknownMember(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})

	for _, name := range []string{"bss_enterprise_retrievable_amounts", "bss_enterprise_retrievable_coupons"} {
		_, diags := readData(t, w, name, nil, enterpriseArguments()[name])
		diags.says(t, "", "from member m", "CBC.0100")
	}
}
