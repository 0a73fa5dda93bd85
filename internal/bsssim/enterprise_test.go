// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	membersPath            = "/v2/enterprises/multi-accounts/sub-customers"
	organizationsPath      = "/v2/enterprises/multi-accounts/enterprise-organizations"
	transferablePath       = "/v2/enterprises/multi-accounts/transfer-amount?balance_type="
	retrievablePath        = "/v2/enterprises/multi-accounts/retrieve-amount?balance_type="
	transferableCouponPath = "/v2/enterprises/multi-accounts/transfer-coupons"
	retrievableCouponPath  = "/v2/enterprises/multi-accounts/retrieve-coupons?sub_customer_id="
)

func (r reply) rows(t *testing.T, name string) []map[string]any {
	t.Helper()
	list, ok := r.body[name].([]any)
	if !ok {
		t.Fatalf("no %s: %s", name, r.raw)
	}
	rows := []map[string]any{}
	for _, item := range list {
		row, _ := item.(map[string]any)
		rows = append(rows, row)
	}

	return rows
}

func TestMembers(t *testing.T) {
	t.Parallel()
	for _, site := range []string{SiteChina, SiteInternational, SiteEurope} {
		c := start(t, Options{Site: site, Seed: "demo"})
		for query, want := range map[string][]string{
			"":                                  {"team-a normal", "team-b", "old-team"},
			"?sub_customer_account_name=team-a": {"team-a"},
			"?sub_customer_account_name=team":   {},
			"?sub_customer_display_name=Team+B": {"team-b"},
			"?fuzzy_query=1&sub_customer_account_name=team":                             {"team-a", "team-b", "old-team"},
			"?fuzzy_query=1&sub_customer_account_name=team&sub_customer_display_name=A": {"team-a"},
			"?org_id=ou-data":        {"team-b"},
			"?org_id=ou-engineering": {},
			"?offset=1&limit=1":      {"team-b"},
			"?limit=100&offset=3":    {},
		} {
			names := columns(c.get(t, membersPath+query).rows(t, "sub_customer_infos"), "name")
			for i := range want {
				want[i], _, _ = strings.Cut(want[i], " ")
			}
			same(t, site+query, names, want)
		}
		c.set(t, "member_organization", "below")
		same(t, "below", len(c.get(t, membersPath+"?org_id=ou-engineering").rows(t, "sub_customer_infos")), 2)
		c.act(t, "set_member", map[string]any{"member_id": demoMember(2), "status": 77, "organization_id": "ou-sales"})
		same(t, "changed", c.get(t, membersPath+"?sub_customer_account_name=team-b").rows(t, "sub_customer_infos"), []map[string]any{{
			"id": demoMember(2), "name": "team-b", "display_name": "Team B", "status": json.Number("77"), "org_id": "ou-sales", "org_name": "Sales",
		}})
		for _, query := range []string{"?limit=101", "?fuzzy_query=2", "?name=x"} {
			c.must(t, http.MethodGet, membersPath+query, "").refused(t, http.StatusBadRequest, "CBC.0100")
		}
	}
}

func TestOrganizations(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	top := c.get(t, organizationsPath)
	same(t, "top", columns(top.rows(t, "child_nodes"), "id", "child_nodes"), []string{"ou-engineering []", "ou-sales []"})
	same(t, "root", top.text("root_id")+" "+top.text("root_name"), rootID+" Simulated Group")
	whole := c.get(t, organizationsPath+"?recursive_query=1")
	same(t, "below", whole.text("child_nodes", 0, "child_nodes", 1, "name"), "Data")
	below := c.get(t, organizationsPath+"?parent_id=ou-engineering")
	same(t, "of one", columns(below.rows(t, "child_nodes"), "name"), []string{"Platform", "Data"})
	c.must(t, http.MethodGet, organizationsPath+"?parent_id=x", "").refused(t, http.StatusBadRequest, "CBC.0100")
	empty := start(t, Options{Site: SiteChina})
	same(t, "empty", len(empty.get(t, organizationsPath+"?recursive_query=1").rows(t, "child_nodes")), 0)
	same(t, "no members", empty.get(t, membersPath).text("total_count"), "0")
	start(t, Options{}).must(t, http.MethodGet, organizationsPath, "").refused(t, http.StatusNotFound, "APIG.0101")
}

// Generated members join the organizations that the seed has: of two with one path,
// a client could not tell which is which.
func TestGeneratedOrganizationsAfterASeed(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo", Generate: Generate{Members: 8}})
	top := c.get(t, organizationsPath)
	same(t, "top", columns(top.rows(t, "child_nodes"), "name"), []string{"Engineering", "Sales", "Research"})
	below := c.get(t, organizationsPath+"?parent_id=ou-engineering")
	same(t, "of one", columns(below.rows(t, "child_nodes"), "name"), []string{"Platform", "Data"})
	members := c.get(t, membersPath+"?org_id=ou-platform").rows(t, "sub_customer_infos")
	same(t, "members", columns(members, "name"), []string{"team-a", "member-000003"})
}

// What can be moved is what is held.
func TestMovableFunds(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	columnsOf := func(path, available string) []string {
		return columns(c.get(t, path).rows(t, "amount_infos"), available, "amount", "credit_amount", "expire_time")
	}
	c.act(t, "add_credit", map[string]any{"amount": "70.00", "expire_time": "48h"})
	c.act(t, "add_credit", map[string]any{"amount": "30.00", "expire_time": "96h", "member_id": demoMember(1)})
	same(t, "cash", columnsOf(transferablePath+changesOfBalance, "avail_transfer_amount"), []string{"1000.00 1000.00 <nil> <nil>"})
	same(t, "credit", columnsOf(transferablePath+changesOfCredit, "avail_transfer_amount"),
		[]string{"500.00 500.00 500.00 <nil>", "70.00 70.00 70.00 2026-11-24T08:00:00Z"})
	member := "&sub_customer_id=" + demoMember(1)
	same(
		t,
		"cash of a member",
		columnsOf(retrievablePath+changesOfBalance+member, "avail_retrieve_amount"),
		[]string{"120.00 120.00 <nil> <nil>"},
	)
	same(t, "credit of a member", columnsOf(retrievablePath+changesOfCredit+member+"&offset=1&limit=1", "avail_retrieve_amount"),
		[]string{"30.00 30.00 30.00 2026-11-26T08:00:00Z"})
	same(
		t,
		"of a closed member",
		columnsOf(retrievablePath+changesOfBalance+"&sub_customer_id="+demoMember(3), "avail_retrieve_amount"),
		[]string{},
	)

	// What is spent is gone from there, and so is what has ended.
	c.pay(t, c.placeID(t, map[string]any{"amount": "999.00"})).want(t, http.StatusNoContent)
	c.act(t, "set_balance", map[string]any{"amount": "5.50", "credit": "7.00", "member_id": demoMember(1)})
	c.Advance(72 * 3600e9)
	same(t, "cash left", columnsOf(transferablePath+changesOfBalance, "avail_transfer_amount"), []string{"1.00 1.00 <nil> <nil>"})
	same(t, "ended", columnsOf(transferablePath+changesOfCredit, "avail_transfer_amount")[1:], []string{"0.00 0.00 0.00 2026-11-24T08:00:00Z"})
	same(
		t,
		"books",
		c.must(t, http.MethodGet, accountChangesPath+"?balance_type="+changesOfCredit, "").text("records", 0, "trade_detail_type"),
		"SOURCE_OPERAIION_EXPIRECLEAR",
	)
	same(t, "set", columnsOf(retrievablePath+changesOfCredit+member, "avail_retrieve_amount")[0], "7.00 7.00 50.00 <nil>")

	other := retrievablePath + changesOfBalance + "&sub_customer_id=x"
	c.must(t, http.MethodGet, other, "").refused(t, http.StatusBadRequest, "CBC.0100")
	c.set(t, "unknown_member", "empty")
	same(t, "unknown", c.get(t, other).text("total_count"), "0")
	c.must(t, http.MethodGet, retrievablePath+changesOfBalance, "").refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodGet, transferablePath+changesOfCoupons, "").refused(t, http.StatusBadRequest, "CBC.0100")
}

func TestMovableCoupons(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	for id, values := range map[string]map[string]any{
		"test":    {"kind": "test"},
		"partner": {"kind": "partner"},
		"frozen":  {"frozen": true},
		"locked":  {},
		"flexi":   {"type": 4},
		"ended":   {"expire_time": "1h"},
		"empty":   {"version": 2, "balance": "0.00"},
	} {
		values["id"], values["face_value"] = id, "5.00"
		c.act(t, "add_coupon", values)
	}
	c.act(t, "lock_coupon", map[string]any{"coupon_id": "locked", "order_id": "CS2611220000001"})
	c.act(t, "add_coupon", map[string]any{"id": "own", "face_value": "9.00", "member_id": demoMember(1)})
	c.Advance(3600e9)
	rows := c.get(t, transferableCouponPath+"?limit=100").rows(t, "avail_transfer_coupons")
	same(t, "transferable", columns(rows, "coupon_id", "balance"), []string{"CP2611220000001 10.00", "CP2611220000002 50.00", "test 5.00"})
	rows = c.get(t, retrievableCouponPath+demoMember(1)).rows(t, "avail_retrieve_coupons")
	same(t, "retrievable", columns(rows, "coupon_id", "sub_coupon_id", "balance"), []string{"CP2611220000002 CP2611220000002-1 20.00"})
	same(t, "nothing", c.get(t, retrievableCouponPath+demoMember(2)).text("total_count"), "0")
	same(t, "own ones", c.get(t, "/v2/promotions/benefits/coupons?limit=100").text("count"), "10")
}

// A customer who is not a master is refused, and can still read the rest.
func TestNoMaster(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"CBC.0151", "CBC.0155"} {
		c := start(t, Options{Site: SiteChina, Seed: "demo", Settings: map[string]string{"enterprise_master": code}})
		for _, path := range []string{
			membersPath, organizationsPath, transferablePath + changesOfBalance, retrievablePath + changesOfBalance + "&sub_customer_id=x",
			transferableCouponPath, retrievableCouponPath + "x",
		} {
			c.must(t, http.MethodGet, path, "").refused(t, http.StatusForbidden, code)
		}
		c.get(t, ordersPath)
	}
}

// The bills of the members and of the customer add up to the bill of all, to the
// last digit, and so do the orders.
func TestBillsOfMembers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{Members: 12, BillLines: 9000, Orders: 40}})
	members := columns(c.get(t, membersPath+"?limit=100").rows(t, "sub_customer_infos"), "id")
	same(t, "members", len(members), 12)
	accounts := map[bills]string{
		monthlySums: "consume_amount", resourceRecords: "consume_amount", resourceFeeRecords: "amount", feeRecords: "consume_amount",
	}
	for bill, amount := range accounts {
		for _, month := range []string{"2026-09", "2026-10", "2026-11"} {
			quoted := func(text string) string { return fmt.Sprintf("%q", text) }
			all := bill.rows(t, c, month, "method", quoted("all"))
			parts := sum(t, bill.rows(t, c, month, "method", quoted("oneself")), amount)
			billed := map[string]bool{}
			for _, id := range members {
				rows := bill.rows(t, c, month, "method", quoted("sub_customer"), "sub_customer_id", quoted(id))
				billed[id] = len(rows) > 0
				parts = parts.plus(sum(t, rows, amount))
			}
			same(t, bill.path+month, parts.cmp(sum(t, all, amount)), 0)
			if month == "2026-11" && slices.Contains(slices.Collect(maps.Values(billed)), false) {
				t.Errorf("%s: members without a bill: %v", bill.path, billed)
			}
		}
	}
	own, theirs := c.get(t, ordersPath+"?limit=100"), c.get(t, ordersPath+"?method=sub_customer&limit=100")
	same(t, "own orders", own.text("total_count"), "40")
	same(t, "orders of members", theirs.text("total_count"), "18")
	for _, order := range theirs.rows(t, "order_infos") {
		if !slices.Contains(members, fmt.Sprint(order["customer_id"])) {
			t.Errorf("%v is an order of %v", order["order_id"], order["customer_id"])
		}
	}
	same(t, "an order of a member", own.text("order_infos", 0, "customer_id"), domainID)
}

// A member's order is the member's: nothing of it is the customer's.
func TestOrdersOfMembers(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	id := c.placeID(t, map[string]any{"amount": "10.00", "customer_id": demoMember(1), "status": 5})
	c.Advance(1)
	same(t, "order", columns(c.get(t, ordersPath+"?method=sub_customer").rows(t, "order_infos"), "order_id", "customer_id"),
		[]string{id + " " + demoMember(1)})
	same(t, "not among the own", c.get(t, ordersPath+"?order_id="+id).text("total_count"), "0")
	same(t, "resources", c.resourceQuery(t, fmt.Sprintf(`{"order_id":%q}`, id)).text("total_count"), "0")
	rows := monthlySums.rows(t, c, "2026-11", "method", "sub_customer", "sub_customer_id", demoMember(1))
	same(t, "bill", columns(rows, "account_name", "consume_amount"), []string{"team-a 10.00"})
}

// A world file keeps the enterprise and the bills of its members.
func TestEnterpriseInWorldFile(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Generate: Generate{Members: 5, BillLines: 600}})
	data, err := json.Marshal(c.World())
	if err != nil {
		t.Fatal(err)
	}
	again := start(t, Options{Site: SiteChina, World: data})
	for _, path := range []string{membersPath, organizationsPath + "?recursive_query=1", sumPath + "2026-10&limit=1000"} {
		same(t, path, again.get(t, path).raw, c.get(t, path).raw)
	}
	other := start(t, Options{Site: SiteChina, Generate: Generate{Members: 5, BillLines: 600}})
	same(t, "the same numbers, the same world", other.get(t, membersPath).raw, c.get(t, membersPath).raw)
	for _, broken := range []string{
		`{"enterprise":{"members":[null]}}`, `{"enterprise":{"organizations":[null]}}`, `{"enterprise":{"members":[{"coupons":[null]}]}}`,
	} {
		if _, err := New(Options{InProcess: true, World: []byte(broken)}); err == nil {
			t.Errorf("%s is taken", broken)
		}
	}
}

// What the console is told about an enterprise has to fit.
func TestConsoleOfEnterprise(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Seed: "demo"})
	for act, values := range map[string][]map[string]any{
		"add_organization": {{"parent_id": "x"}, {"id": "ou-sales"}, {"id": rootID}},
		"add_member":       {{"organization_id": "x"}, {"id": demoMember(1)}, {"id": domainID}},
		"set_member":       {{"member_id": "x"}, {"member_id": demoMember(1), "organization_id": "x"}},
		"set_balance":      {{"member_id": "x", "amount": "1"}},
		"add_credit":       {{"member_id": "x", "amount": "1"}, {}, {"amount": "1", "expire_time": "soon"}},
		"add_coupon":       {{"member_id": "x", "face_value": "1"}, {"kind": "gold", "face_value": "1"}},
	} {
		for _, value := range values {
			if _, err := c.Console(act, value); err == nil {
				t.Errorf("%s takes %v", act, value)
			}
		}
	}
	made := c.act(t, "add_member", map[string]any{"display_name": "New"})
	same(t, "made", c.get(t, membersPath+"?sub_customer_display_name=New").text("sub_customer_infos", 0, "id"), fmt.Sprint(made["member_id"]))
}
