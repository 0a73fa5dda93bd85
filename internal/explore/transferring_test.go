// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"slices"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// member is the account that money is moved to and from. It holds as much as is moved.
const (
	member = "member-1"
	moving = "30.00"
	coupon = "CP0000000000001"
)

// transferring gives money to a member.
var transferring = &money{
	name: "transferring", typeName: "bss_enterprise_transfer", site: "china", locked: true, token: true,
	config: func(*history) attributes {
		return attributes{
			"member_id": text(member), "direction": text("transfer"), "account_type": text("balance"), "amount": number(moving),
			"transfer_key": text("key"),
		}
	},
	prepare: hasMember,
	shows:   "status", rests: notShown,
	missing: nothingMoved,
	judge:   judgeTransfer,
	happenings: slices.Concat(transfers, []happening{
		{"somebody spends all that there is", console("set_balance", attributesOfConsole{"amount": "10.00"}), fundsShow},
	}),
	switches: transferSwitches,
	remedies: map[string]remedy{
		"Transfer was refused": reopens,
		"More than can be transferred": byConsole(
			happening{kind: "the account is topped up", do: console("set_balance", attributesOfConsole{"amount": "100.00"})},
		),
	},
}

// retrieving takes all back that a member holds.
var retrieving = &money{
	name: "retrieving", typeName: "bss_enterprise_transfer", site: "china", locked: true, token: true,
	config: func(h *history) attributes {
		return with(transferring.config(h), attributes{"direction": text("retrieve")})
	},
	prepare: hasMember,
	shows:   "status", rests: notShown,
	missing: nothingMoved,
	judge:   judgeTransfer,
	happenings: slices.Concat(transfers, []happening{
		{"another transfer runs for long", console("hold_transfer", attributesOfConsole{"for": "90s"}), nil},
	}),
	switches: append(slices.Clone(transferSwitches), "retrieve_amount_status=200"),
	remedies: map[string]remedy{
		"Transfer was refused":       reopens,
		"More than can be retrieved": {what: "it was made, or somebody else took it, and the text says how to find out"},
	},
}

// givingCoupon gives a part of a coupon to a member.
var givingCoupon = &money{
	name: "giving a coupon", typeName: "bss_enterprise_coupon_transfer", site: "china", locked: true, token: true,
	config: func(*history) attributes {
		return attributes{
			"member_id": text(
				member,
			),
			"direction":    text("transfer"),
			"coupon_id":    text(coupon),
			"amount":       number(moving),
			"transfer_key": text("key"),
		}
	},
	prepare: func(h *history) {
		hasMember(h)
		h.console("add_coupon", map[string]any{"id": coupon, "face_value": "100.00", "version": 2})
	},
	shows: "status", rests: notShown,
	missing: nothingMoved,
	judge:   judgeTransfer,
	happenings: slices.Concat(transfers, []happening{
		{"somebody gives a part of the coupon", console("transfer", attributesOfConsole{
			"member_id": member, "amount": moving, "coupon_id": coupon,
		}), fundsShow},
	}),
	switches: transferSwitches,
	remedies: map[string]remedy{"Transfer was refused": reopens},
}

// fundsShow are the reads that show what was moved.
var fundsShow = []string{"GET transfer-amount", "GET retrieve-amount", "GET transfer-coupons", "GET retrieve-coupons"}

// notShown are the words of a record of what the API says that it took, and nothing
// shows: a warning says how to find out.
var notShown = []string{"used_before", "unconfirmed"}

var transfers = []happening{
	{"somebody transfers as much", console("transfer", attributesOfConsole{"member_id": member, "amount": moving}), fundsShow},
	{
		"somebody retrieves as much",
		console("transfer", attributesOfConsole{"member_id": member, "amount": moving, "retrieved": true}),
		fundsShow,
	},
	{"another transfer runs for a while", console("hold_transfer", attributesOfConsole{"for": "3s"}), nil},
	{"the member is closed", console("set_member", attributesOfConsole{"member_id": member, "status": 3}), nil},
}

var transferSwitches = []string{"trans_id_burnt_by_refusal=on", "transfer_records=trans_id", "transfer_records=none"}

var reopens = byConsole(happening{
	kind: "the member is opened again", do: console("set_member", attributesOfConsole{"member_id": member, "status": 1}),
})

func hasMember(h *history) {
	h.console("add_member", map[string]any{"id": member, "name": "team", "amount": moving})
}

// console is a happening at the console, which may refuse it.
func console(act string, values attributesOfConsole) func(*history) func() {
	return func(h *history) func() { return h.does(act, values) }
}

// moved are the transfers that calls made.
func moved(world bsssim.World) []bsssim.Transfer {
	return slices.DeleteFunc(slices.Clone(world.Transfers), func(one bsssim.Transfer) bool { return one.By != "api" })
}

func nothingMoved(h *history) string {
	if len(moved(h.world)) == 0 {
		return "nothing was moved"
	}

	return ""
}

// judgeTransfer: money is moved once, under the id and of the amount that the plan
// stated.
func judgeTransfer(h *history, r *run, before bsssim.World) {
	all := moved(h.world)
	if len(all) == len(moved(before)) {
		return
	}

	if len(all) > 1 {
		h.breach(r, "money is moved twice")
	}

	last := all[len(all)-1]
	if r.approved == nil || show(r.approved.value, "trans_id") != last.TransID ||
		amount(show(r.approved.value, "amount")).Cmp(amount(string(last.Amount))) != 0 || last.MemberID != member {
		h.breach(r, "something else is moved than the plan stated")
	}
}
