// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "fmt"

// demoEnterprise is what the demo customer is the master of. Its members have
// bought nothing.
func (w *world) demoEnterprise() error {
	for _, o := range [][3]string{
		{"ou-engineering", "Engineering", ""},
		{"ou-platform", "Platform", "ou-engineering"},
		{"ou-data", "Data", "ou-engineering"},
		{"ou-sales", "Sales", ""},
	} {
		if _, err := w.addOrganization(o[0], o[1], o[2]); err != nil {
			return err
		}
	}
	for i, spec := range []memberSpec{
		{Name: "team-a", DisplayName: "Team A", OrganizationID: "ou-platform", Amount: "120.00", Credit: "50.00"},
		{Name: "team-b", DisplayName: "Team B", OrganizationID: "ou-data", Amount: "0.00"},
		{Name: "old-team", OrganizationID: "ou-sales", Status: memberClosed},
	} {
		spec.ID = demoMember(i + 1)
		if _, err := w.addMember(spec); err != nil {
			return err
		}
	}
	_, err := w.issue(couponSpec{
		ID: "CP2611220000002", SubCouponID: "CP2611220000002-1", MemberID: demoMember(1), FaceValue: "20.00", Version: 2, Name: "Migration",
		UseLimits: []UseLimit{{Key: "simultaneousUseWithContractDiscount", Value1: "0"}},
	})

	return err
}

// demoMember is the id of a member of the demo customer, from 1.
func demoMember(n int) string { return fmt.Sprintf("51a0%024xde30", n) }
