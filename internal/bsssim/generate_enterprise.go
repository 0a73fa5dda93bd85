// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"cmp"
	"fmt"
	"math/big"
	"time"
)

// generatedMember is the first generated member.
const generatedMember = "51a0000000000000000000000000beef"

// generatedOrganizations are those of a generated enterprise, by name, each with
// the one that it is in. Members take turns among them and the root.
var generatedOrganizations = [7][2]string{
	{"Engineering", ""}, {"Platform", "Engineering"}, {"Data", "Engineering"}, {"Sales", ""}, {"North", "Sales"}, {"South", "Sales"},
	{"Research", ""},
}

// generateMembers makes members from 1 on, with what they hold and their orders.
// Bill lines without members make one that has nothing else.
func (w *world) generateMembers(counts Generate, now time.Time) {
	if counts.Members == 0 {
		if counts.BillLines > 0 {
			w.generateMember(0, w.company().RootID)
		}

		return
	}
	ids := map[string]string{}
	organizations := []string{w.company().RootID}
	for _, names := range generatedOrganizations {
		parent := cmp.Or(ids[names[1]], w.company().RootID)
		id := w.company().named(names[0], parent)
		if id == "" {
			// The names are those of the list above, so that nothing is refused.
			if o, err := w.addOrganization("", names[0], parent); err == nil {
				id = o.ID
			}
		}
		ids[names[0]] = id
		organizations = append(organizations, id)
	}
	for i := range counts.Members {
		m := w.generateMember(i, organizations[i%len(organizations)])
		m.Balances[0].Amount = amountOf(big.NewRat(int64(1+i*7919%1_000_000), 100))
		if i%3 == 0 {
			m.Balances = append(m.Balances, &Balance{
				AccountID: m.ID + "-2", Type: accountCredit, Amount: "300.00", CreditLimit: "500.00",
				ExpireTime: now.Truncate(24*time.Hour).AddDate(0, 6+i%6, 0),
			})
		}
		if i%2 == 0 {
			m.Coupons = []*Coupon{{
				CouponID: fmt.Sprintf("CPG%06d", i+1), SubCouponID: fmt.Sprintf("CPG%06d-1", i+1), Code: fmt.Sprintf("SIM-MEMBER-%06d", i+1),
				Status: couponAvailable, Type: couponCash, Version: 2, FaceValue: "50.00", Balance: amountOf(big.NewRat(int64(100+i%4900), 100)),
				ValidTime: now, ExpireTime: addMonths(now, 6), CreateTime: now, PlanName: "Team",
			}}
		}
		for n := range 1 + i%2 {
			created := now.Add(-time.Duration((i*7+n*31)%80*24) * time.Hour)
			w.addOrder(w.generatedOrder(i*3+n, m.ID, m.Name, created))
		}
	}
}

// named is the organization with a name in a parent, "" if there is none.
func (e *Enterprise) named(name, parent string) string {
	for _, o := range e.Organizations {
		if o.Name == name && o.ParentID == parent {
			return o.ID
		}
	}

	return ""
}

// generateMember makes the member with an index from 0.
func (w *world) generateMember(i int, organization string) *Member {
	m := &Member{
		ID: fmt.Sprintf("51a0%024xbeef", i), Name: fmt.Sprintf("member-%06d", i+1), DisplayName: fmt.Sprintf("Member %d", i+1),
		Status: memberNormal, OrganizationID: organization, Generated: true,
	}
	m.Balances = []*Balance{{AccountID: m.ID + "-1", Type: accountBalance, Amount: "0.00"}}
	w.company().Members = append(w.company().Members, m)
	w.membersByID[m.ID] = m

	return m
}

// generatedMembers are those that generated lines of bills are shared among.
func (w *world) generatedMembers() []*Member {
	var all []*Member
	for _, m := range w.company().Members {
		if m.Generated {
			all = append(all, m)
		}
	}

	return all
}
