// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import "github.com/bss-community/terraform-provider-bss/internal/bssapi"

// transferring is about money that moves between the master and a member.
func transferring(v values, row *Row) {
	row.moving(v, sectionTransferred, sectionRetrieved, "money")

	if kind := v.text("account_type"); kind == "credit" && row.Section != sectionRecorded {
		row.says += ", of credit"
	}
}

// transferringCoupon is about a coupon that moves between the master and a member.
func transferringCoupon(v values, row *Row) {
	row.moving(v, sectionCouponsTransferred, sectionCouponsRetrieved, "coupon "+called(v, "coupon_id"))
}

// moving says what moves, which way. What is not known yet may go out.
func (r *Row) moving(v values, out, back, what string) {
	r.Withheld = v.mentions("member_id", "amount", "currency", "direction", "coupon_id")
	r.Subject, r.Amount, r.Currency = optional(v.text("member_id")), v.amount("amount"), optional(v.text("currency"))
	r.becomes(out, "transfers", "Gives "+what+" to member "+called(v, "member_id"))

	if v.text("direction") == "retrieve" {
		r.becomes(back, "retrieves", "Takes "+what+" back from member "+called(v, "member_id"))
	}

	// Only of what was made before does a plan know the outcome.
	if v.state("status") == known {
		r.Amount = bssapi.Decimal{}
		r.recorded("moved_already", "A record shows that the transfer was made: nothing is moved")
	}
}

// addingMember is about a member account. Its name may be a person's, so only the
// address in the configuration names it.
func addingMember(v values, row *Row) {
	row.Subject = optional(v.text("member_id"))
	row.becomes(sectionAccounts, "adds_member", "Creates a member account, or adopts the one of that name")

	if v.truth("financial_custody") {
		row.says += ": the master pays its orders"
	}
}

func openingProjects(_ values, row *Row) {
	row.becomes(sectionAccounts, "opens_projects", "Opens enterprise projects for the account, for good")
}
