// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Enterprise is what the customer is the master of.
type Enterprise struct {
	RootID        string          `json:"root_id"`
	RootName      string          `json:"root_name"`
	Organizations []*Organization `json:"organizations,omitempty"`
	Members       []*Member       `json:"members,omitempty"`
}

// Organization is a part of the enterprise. ParentID is the root or another one.
type Organization struct {
	ID         string `json:"id"`
	RelationID string `json:"relation_id"`
	Name       string `json:"name"`
	ParentID   string `json:"parent_id"`
}

// Member is a member account with what it holds. Its orders are those of the world
// with its id as their customer, and bills have them and what was generated.
type Member struct {
	ID             string     `json:"id"`
	Name           string     `json:"name"`
	DisplayName    string     `json:"display_name"`
	Status         int        `json:"status"`
	OrganizationID string     `json:"organization_id"`
	Balances       []*Balance `json:"balances,omitempty"`
	// Coupons are its own and those of the master, which have a SubCouponID.
	Coupons []*Coupon `json:"coupons,omitempty"`
	// Creating is its creation under way, Hidden how long it is in no list.
	Creating *Stage `json:"creating,omitempty"`
	Hidden   *Stage `json:"hidden,omitempty"`
	// Generated members share the generated lines of bills.
	Generated bool `json:"generated,omitempty"`
}

const (
	memberNormal = 1
	memberClosed = 4
)

// The kinds of coupons, by who issued them and what for. Those of a partner cannot
// be moved.
var (
	couponKinds   = []string{"activity", "business", "test", "partner"}
	movableCoupon = couponKinds[:3]
)

// rootID is the root of an enterprise that no world file describes.
const rootID = "ou-51a0000000000000"

// holdsNull says whether null stands where an object belongs.
func (e *Enterprise) holdsNull() bool {
	if e == nil {
		return false
	}

	return slices.Contains(e.Organizations, nil) || slices.Contains(e.Members, nil) || slices.ContainsFunc(e.Members, func(m *Member) bool {
		return slices.Contains(m.Balances, nil) || slices.Contains(m.Coupons, nil)
	})
}

// company is the enterprise, empty where there is none yet.
func (w *world) company() *Enterprise {
	if w.Enterprise == nil {
		w.Enterprise = &Enterprise{RootID: rootID, RootName: "Simulated Group"}
	}

	return w.Enterprise
}

// indexMembers makes members known by their ids.
func (w *world) indexMembers() {
	w.membersByID = map[string]*Member{}
	if w.Enterprise == nil {
		return
	}
	for _, m := range w.Enterprise.Members {
		w.membersByID[m.ID] = m
	}
}

func (w *world) member(id string) (*Member, error) {
	if m := w.membersByID[id]; m != nil {
		return m, nil
	}

	return nil, fmt.Errorf("no member %q", id)
}

// organization is the one with the id; nil for the root, and where there is none.
func (e *Enterprise) organization(id string) *Organization {
	return found(e.Organizations, func(o *Organization) bool { return o.ID == id })
}

func (e *Enterprise) has(organization string) bool {
	return organization == e.RootID || e.organization(organization) != nil
}

func (e *Enterprise) nameOf(organization string) string {
	if o := e.organization(organization); o != nil {
		return o.Name
	}
	if organization == e.RootID {
		return e.RootName
	}

	return ""
}

// inside says whether an organization is another one, or below it.
func (e *Enterprise) inside(organization, other string) bool {
	for range len(e.Organizations) + 1 {
		if organization == other {
			return true
		}
		o := e.organization(organization)
		if o == nil {
			return false
		}
		organization = o.ParentID
	}

	return false
}

// master refuses a call that only a master account may make, unless it is one.
func (w *world) master() error {
	if code := w.setting("enterprise_master"); code != "on" {
		return refuse(http.StatusForbidden, code, messages[code])
	}

	return nil
}

// listSubCustomers answers the members of the enterprise.
func listSubCustomers(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	named := func(parameter, name string) bool {
		part := c.text(parameter)

		return part == "" || part == name || c.number("fuzzy_query", 0) == 1 && strings.Contains(name, part)
	}
	company := w.company()
	organization, below := c.text("org_id"), w.setting("member_organization") == "below"
	found := []*Member{}
	for _, m := range company.Members {
		if !named("sub_customer_account_name", m.Name) || !m.look() {
			continue
		}
		if named("sub_customer_display_name", m.DisplayName) &&
			(organization == "" || organization == m.OrganizationID || below && company.inside(m.OrganizationID, organization)) {
			found = append(found, m)
		}
	}
	list := []map[string]any{}
	for _, m := range page(c, found, 10) {
		list = append(list, map[string]any{
			"id": m.ID, "name": m.Name, "display_name": m.DisplayName, "status": m.Status,
			"org_id": m.OrganizationID, "org_name": company.nameOf(m.OrganizationID),
		})
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(found), "sub_customer_infos": list}}, nil
}

// listOrganizations answers what is in an organization, or in the root.
func listOrganizations(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	company := w.company()
	parent := c.text("parent_id")
	switch {
	case parent == "":
		parent = company.RootID
	case !company.has(parent):
		return answer{}, badParameter("parent_id", "no such organization")
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"root_id": company.RootID, "root_name": company.RootName, "child_nodes": company.nodes(parent, c.number("recursive_query", 0) == 1),
	}}, nil
}

func (e *Enterprise) nodes(parent string, recursive bool) []map[string]any {
	nodes := []map[string]any{}
	for _, o := range e.Organizations {
		if o.ParentID != parent {
			continue
		}
		node := map[string]any{"relation_id": o.RelationID, "id": o.ID, "name": o.Name, "child_nodes": []map[string]any{}}
		if recursive {
			node["child_nodes"] = e.nodes(o.ID, true)
		}
		nodes = append(nodes, node)
	}

	return nodes
}

// getTransferableAmount answers what the customer's own accounts hold.
func getTransferableAmount(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}

	return w.funds(c, w.shownBalances(w.Balances, ""), "avail_transfer_amount"), nil
}

// getRetrievableAmount answers what the accounts of a member hold.
func getRetrievableAmount(w *world, c *call) (answer, error) {
	m, err := w.memberAsked(c)
	if err != nil {
		return answer{}, err
	}

	return w.funds(c, w.shownBalances(m.Balances, m.ID), "avail_retrieve_amount"), nil
}

// memberAsked is the member that a call is about. One that is closed holds nothing.
func (w *world) memberAsked(c *call) (*Member, error) {
	if err := w.master(); err != nil {
		return nil, err
	}
	m := w.membersByID[c.text("sub_customer_id")]
	switch {
	case m == nil && w.setting("unknown_member") == "error":
		return nil, badParameter("sub_customer_id", "no such member")
	case m == nil || m.Status == memberClosed:
		return &Member{}, nil
	default:
		return m, nil
	}
}

// funds are the accounts of the kind that the call is about: one row of cash, and
// a row for each credit.
func (w *world) funds(c *call, balances []*Balance, available string) answer {
	rows := []map[string]any{}
	for _, b := range balances {
		row := map[string]any{
			available: b.Amount.number(), "measure_id": 1, "currency": w.currency(), "amount": b.Amount.number(),
		}
		switch {
		case b.Type == accountCredit && c.text("balance_type") == changesOfCredit:
			row["credit_amount"] = b.CreditLimit.number()
			if !b.ExpireTime.IsZero() {
				row["expire_time"] = wireInstant(b.ExpireTime)
			}
			rows = append(rows, row)
		case b.Type == accountBalance && c.text("balance_type") == changesOfBalance && len(rows) == 0:
			rows = append(rows, row)
		}
	}
	total := len(rows)
	if c.text("balance_type") == changesOfCredit {
		rows = page(c, rows, 10)
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": total, "amount_infos": rows}}
}

// listTransferableCoupons answers the customer's coupons that members can be given.
func listTransferableCoupons(w *world, c *call) (answer, error) {
	if err := w.master(); err != nil {
		return answer{}, err
	}
	var movable []*Coupon
	for _, coupon := range w.shownCoupons(w.Coupons, "") {
		if coupon.movable(w.clock.now()) {
			movable = append(movable, coupon)
		}
	}

	return movableCoupons(c, movable, "avail_transfer_coupons"), nil
}

// listRetrievableCoupons answers the coupons of a member that came from the
// customer.
func listRetrievableCoupons(w *world, c *call) (answer, error) {
	m, err := w.memberAsked(c)
	if err != nil {
		return answer{}, err
	}
	var movable []*Coupon
	for _, coupon := range w.shownCoupons(m.Coupons, m.ID) {
		if coupon.SubCouponID != "" && coupon.movable(w.clock.now()) {
			movable = append(movable, coupon)
		}
	}

	return movableCoupons(c, movable, "avail_retrieve_coupons"), nil
}

// movable says whether a coupon can go from one account to another: it is a cash
// coupon of the vendor, and nothing else is done with it.
func (c *Coupon) movable(now time.Time) bool {
	return c.Type == couponCash && c.Status == couponAvailable && !c.Frozen && c.LockOrderID == "" && !now.Before(c.ValidTime) &&
		c.ExpireTime.After(now) && c.remaining().positive() && (c.Kind == "" || slices.Contains(movableCoupon, c.Kind))
}

func movableCoupons(c *call, coupons []*Coupon, name string) answer {
	rows := []map[string]any{}
	for _, coupon := range page(c, coupons, 10) {
		row := map[string]any{
			"coupon_id": coupon.CouponID, "plan_name": coupon.PlanName, "balance": coupon.remaining(),
			"effective_time": wireInstant(coupon.ValidTime), "expire_time": wireInstant(coupon.ExpireTime), "use_limits": coupon.wireLimits(),
		}
		if coupon.SubCouponID != "" {
			row["sub_coupon_id"] = coupon.SubCouponID
		}
		rows = append(rows, row)
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(coupons), name: rows}}
}

// expireCredits takes away credit whose time is over.
func (w *world) expireCredits(now time.Time) {
	for _, b := range w.Balances {
		if part := b.expired(now); part.positive() {
			b.Amount, b.CreditLimit = "0.00", "0.00"
			w.bookBalance(accountCredit, tradeExpired, Amount("0").minus(part), nil)
			w.dirty = true
		}
	}
	if w.Enterprise == nil {
		return
	}
	for _, m := range w.Enterprise.Members {
		for _, b := range m.Balances {
			if b.expired(now).positive() {
				b.Amount, b.CreditLimit, w.dirty = "0.00", "0.00", true
			}
		}
	}
}

// expired is what an account held until its time was over.
func (b *Balance) expired(now time.Time) Amount {
	if b.ExpireTime.IsZero() || b.ExpireTime.After(now) {
		return "0.00"
	}

	return b.Amount
}
