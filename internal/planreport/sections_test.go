// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"strings"
	"testing"
)

// TestSections: each thing that a plan can do has its place, and only what is charged
// has a price.
func TestSections(t *testing.T) {
	t.Parallel()

	var (
		create, update, remove = []string{"create"}, []string{"update"}, []string{"delete"}
		replace, forget, keep  = []string{"delete", "create"}, []string{"forget"}, []string{"no-op"}
		acts                   = object{"status": true}
		paid                   = with(renewal, object{"status": "reached"})
		disables               = with(setting, object{"on_destroy": "disable"})
	)

	for _, test := range []struct {
		name    string
		changes []object
		want    string // section does amount max_amount, of each row
	}{
		{"a payment", []object{created("bss_order_payment.a", payment)}, "charged pays_order 58.2 60"},
		{"a payment of an order that is paid", []object{created("bss_order_payment.a", with(payment, object{"trade_number": nil}))},
			"recorded records_order  60"},
		{"a payment whose number comes", []object{changed("bss_order_payment.a", create, nil, payment, object{"trade_number": true})},
			"charged pays_order 58.2 60"},
		{"a payment of an order that is not known", []object{changed("bss_order_payment.a", create, nil,
			object{"max_amount": 60}, object{"order_id": true, "amount_due": true, "currency": true})}, "capped pays_order  60"},
		{"a payment without a known cap", []object{changed("bss_order_payment.a", create, nil,
			object{}, object{"order_id": true, "amount_due": true, "max_amount": true})}, "capped pays_order  "},
		{"a payment whose price is sensitive",
			[]object{marked(created("bss_order_payment.a", payment), "amount_due")}, "capped pays_order  60"},
		{"arguments of a payment", []object{changed("bss_order_payment.a", update, payment, payment, acts)}, "recorded records_arguments  "},
		{"another payment", []object{changed("bss_order_payment.a", replace, payment, payment, acts)}, "charged pays_order 58.2 60"},
		{"another payment, the record forgotten",
			[]object{changed("bss_order_payment.a", []string{"create", "forget"}, payment, payment, acts)},
			"charged pays_order 58.2 60"},
		{"a payment that is destroyed", []object{changed("bss_order_payment.a", remove, payment, nil, nil)}, "unmanaged stops_managing  "},
		{"a payment that is forgotten", []object{changed("bss_order_payment.a", forget, payment, nil, nil)}, "unmanaged stops_managing  "},
		{"a payment that stays", []object{changed("bss_order_payment.a", keep, payment, payment, nil)}, ""},
		{"a renewal", []object{created("bss_renewal.a", renewal)}, "charged renews 83 100"},
		{"a renewal that is reached", []object{created("bss_renewal.a", with(renewal, object{"quoted_periods": 0, "quoted_amount": 0}))},
			"recorded reached_already  100"},
		{"a later day", []object{changed("bss_renewal.a", update, with(paid, object{"paid_through": "2026-12-31"}), renewal, acts)},
			"charged renews 83 100"},
		{"a later day, not known", []object{changed("bss_renewal.a", update, paid, object{"max_amount": 100},
			object{"paid_through": true, "quoted_amount": true})}, "capped renews  100"},
		{"an earlier day", []object{changed("bss_renewal.a", update, paid, with(renewal, object{"paid_through": "2026-12-31"}), acts)},
			"recorded records_arguments  "},
		{"another cap",
			[]object{changed("bss_renewal.a", update, paid, with(paid, object{"max_amount": 7}), nil)}, "recorded records_arguments  "},
		{"the first day after an import",
			[]object{changed("bss_renewal.a", update, object{"resource_id": "r1", "status": "imported"}, renewal, acts)},
			"recorded records_arguments  "},
		{"the day that an import recorded",
			[]object{changed("bss_renewal.a", update, with(renewal, object{"status": "pending"}), renewal, acts)},
			"charged renews 83 100"},
		{"a cancellation", []object{created("bss_order_cancellation.a", object{"order_id": "CS1", "amount": 5, "currency": "USD"})},
			"canceled cancels_order 5 "},
		{"of what is canceled", []object{changed("bss_order_cancellation.a", create, nil,
			object{"order_id": "CS1", "amount": 5, "status": "canceled"}, nil)}, "recorded canceled_already 5 "},
		{"automatic renewal", []object{created("bss_autorenew.a", setting)}, "renews renews_automatically  "},
		{"none", []object{created("bss_autorenew.a", with(setting, object{"enabled": false}))}, "lapses lapses  "},
		{"perhaps", []object{changed("bss_autorenew.a", create, nil, object{"resource_id": "r1"}, object{"enabled": true})},
			"renews renews_automatically  "},
		{"turned off",
			[]object{changed("bss_autorenew.a", update, setting, with(setting, object{"enabled": false}), acts)}, "lapses lapses  "},
		{"an argument that sends nothing",
			[]object{changed("bss_autorenew.a", update, setting, disables, nil)}, "recorded records_arguments  "},
		{"a setting that is kept at the end", []object{changed("bss_autorenew.a", remove, setting, nil, nil)}, "unmanaged stops_managing  "},
		{"one that is disabled at the end", []object{changed("bss_autorenew.a", remove, disables, nil, nil)}, "lapses disables_on_destroy  "},
		{"one that is forgotten", []object{changed("bss_autorenew.a", forget, disables, nil, nil)}, "unmanaged stops_managing  "},
		{"one that moves to another block",
			[]object{changed("bss_autorenew.a", remove, disables, nil, nil), created("bss_autorenew.b", setting)},
			"unmanaged stops_managing  , renews renews_automatically  "},
		{"one of another resource",
			[]object{changed("bss_autorenew.a", replace, disables, with(disables, object{"resource_id": "r2"}), acts)},
			"renews renews_automatically  , lapses disables_on_destroy  "},
		{"a replacement of the same",
			[]object{changed("bss_autorenew.a", replace, disables, disables, acts)}, "renews renews_automatically  "},
		{"a policy", []object{created("bss_expiry_policy.a", policy)}, "lapses lapses  "},
		{"pay-per-use", []object{created("bss_expiry_policy.a", with(policy, object{"policy": "pay_per_use"}))},
			"pay_per_use turns_pay_per_use_at_expiry  "},
		{"a policy that renews", []object{created("bss_expiry_policy.a", with(policy, object{"policy": "auto_renew"}))},
			"renews renews_automatically  "},
		{"settings of the account",
			[]object{created("bss_renewal_settings.a", object{"deduction_days_before": 3})}, "settings sets_account  "},
		{"another day", []object{changed("bss_renewal_settings.a", update, object{"expiry_day": "1"}, object{"expiry_day": "last"}, nil)},
			"settings sets_account  "},
		{"no day any more", []object{changed("bss_renewal_settings.a", update, object{"expiry_day": "1"}, object{"expiry_day": nil}, nil)},
			"recorded records_arguments  "},
		{"an unsubscription", []object{created("bss_unsubscription.a", unsubscribe)}, "deleted unsubscribes  "},
		{"of what is closed",
			[]object{created("bss_unsubscription.a", with(unsubscribe, object{"deletes": nil}))}, "recorded done_already  "},
		{"of renewals, of what is closed",
			[]object{changed("bss_unsubscription.a", create, nil, object{"scope": "renewals_only", "status": "unsubscribed"}, nil)},
			"recorded done_already  "},
		{"of renewals", []object{created("bss_unsubscription.a", object{"resource_id": "r1", "scope": "renewals_only"})},
			"shortened unsubscribes_renewals  "},
		{"of the rest",
			[]object{changed("bss_unsubscription.a", update, object{"resource_id": "r1", "scope": "renewals_only"}, unsubscribe, acts)},
			"deleted unsubscribes  "},
		{"a reason", []object{changed("bss_unsubscription.a", update, unsubscribe, with(unsubscribe, object{"reason": "old"}), nil)},
			"recorded records_arguments  "},
		{"a conversion", []object{created("bss_on_demand_conversion.a", object{"resource_id": "r1", "converts": []string{"r1"}})},
			"converted turns_pay_per_use  "},
		{"of what is converted", []object{created("bss_on_demand_conversion.a", object{"resource_id": "r1", "converts": nil})},
			"recorded done_already  "},
		{"a transfer", []object{created("bss_enterprise_transfer.a", transfer)}, "transferred transfers 100 "},
		{"back", []object{created("bss_enterprise_transfer.a", with(transfer, object{"direction": "retrieve"}))}, "retrieved retrieves 100 "},
		{"a transfer that was made",
			[]object{changed("bss_enterprise_transfer.a", create, nil, with(transfer, object{"status": "transferred"}), nil)},
			"recorded moved_already  "},
		{"a coupon", []object{created("bss_enterprise_coupon_transfer.a", with(transfer, object{"coupon_id": "CP1", "currency": nil}))},
			"coupons_transferred transfers 100 "},
		{"a coupon back", []object{created("bss_enterprise_coupon_transfer.a", object{"direction": "retrieve", "member_id": "m1"})},
			"coupons_retrieved retrieves  "},
		{"a member", []object{created("bss_enterprise_member.a", object{"name": "team"})}, "accounts adds_member  "},
		{"projects", []object{created("bss_enterprise_project_authority.a", object{})}, "accounts opens_projects  "},
		{"a type of tomorrow", []object{created("bss_tomorrow.a", object{})}, "unclassified unknown  "},
		{"an import that changes nothing",
			[]object{imported(changed("bss_order_payment.a", keep, payment, payment, nil))}, "recorded imports  "},
		{"an import", []object{imported(changed("bss_order_payment.a", update, payment, payment, nil))}, "recorded records_arguments  "},
		{"a server that is bought", []object{others(create, nil, object{"charging_mode": "prePaid"})}, "unpriced buys  "},
		{"a server by use", []object{others(create, nil, object{"charging_mode": "postPaid"})}, ""},
		{"another server",
			[]object{others(replace, object{"charging_mode": "prePaid"}, object{"charging_mode": "prePaid"})}, "unpriced replaces  "},
		{"a larger server", []object{others(update, object{"charging_mode": "prePaid"}, object{"charging_mode": "prePaid"})},
			"unpriced changes_prepaid  "},
		{"a server for longer", []object{others(update, object{"charging_mode": "postPaid"}, object{"charging_mode": "prePaid"})},
			"unpriced turns_prepaid  "},
		{"a server that turns pay-per-use", []object{others(update, object{"charging_mode": "prePaid"}, object{"charging_mode": "postPaid"})},
			"converted turns_pay_per_use  "},
		{"a server that is deleted", []object{others(remove, object{"charging_mode": "prePaid"}, nil)}, "deleted deletes  "},
		{"a server that stays", []object{others(keep, object{"charging_mode": "prePaid"}, object{"charging_mode": "prePaid"})}, ""},
	} {
		report, _ := reported(t, planOf(nil, test.changes...))

		var rows []string
		for _, row := range report.rows {
			rows = append(rows, strings.Join([]string{row.Section, row.Does, row.Amount.String(), row.MaxAmount.String()}, " "))
		}

		if got := strings.Join(rows, ", "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func imported(change object) object {
	return changing(change, object{"importing": object{"id": "CS1"}})
}

func others(actions []string, before, after object) object {
	return with(
		changed("huaweicloud_compute_instance.web", actions, before, after, nil),
		object{"provider_name": "registry.terraform.io/huaweicloud/huaweicloud"},
	)
}

// TestInvocations: what actions may charge is capped, and summed apart.
func TestInvocations(t *testing.T) {
	t.Parallel()

	invocation := func(typeName string, config, unknown object) object {
		return object{
			"address": "action." + typeName + ".a", "type": typeName, "name": "a", "provider_name": ourProvider, "config_values": config,
			"config_unknown": unknown, "config_sensitive": object{},
			"lifecycle_action_trigger": object{
				"triggering_resource_address": "terraform_data.release", "action_trigger_event": "AfterCreate", "action_trigger_block_index": 0,
				"actions_list_index": 0, "on_failure": "fail",
			},
		}
	}

	report, _ := reported(t, planOf(object{"action_invocations": []object{
		invocation("bss_order_pay", object{"order_id": "CS1", "max_amount": 60, "currency": "USD"}, nil),
		invocation("bss_order_pay", object{"max_amount": 40.5, "currency": "USD"}, object{"order_id": true}),
		invocation(
			"bss_resource_renew",
			object{"resource_id": "r1", "paid_through": "2027-01-31", "currency": "USD"},
			object{"max_amount": true},
		),
		invocation("bss_order_cancel", object{"order_id": "CS2"}, nil),
		invocation("bss_resource_convert", object{"resource_id": "r2"}, nil),
		invocation("bss_resource_unsubscribe", object{"resource_id": "r3", "scope": "resource_and_renewals"}, nil),
		invocation("bss_resource_unsubscribe", object{"resource_id": "r3", "scope": "renewals_only"}, nil),
		invocation("bss_enterprise_member_code", object{"mobile_phone": "13800001234", "name": "team"}, nil),
		with(invocation("other_act", object{}, nil), object{"provider_name": "registry.terraform.io/a/other"}),
	}}, created("bss_order_payment.a", payment)))

	var rows []string
	for _, row := range report.rows {
		rows = append(rows, row.By+" "+row.Section)
	}

	want := "resource charged, action capped, action capped, action capped, action canceled, action converted, action deleted, " +
		"action shortened, action accounts"
	if got := strings.Join(rows, ", "); got != want {
		t.Errorf("%s, want %s", got, want)
	}

	markdown := report.Markdown()
	for _, words := range []string{
		"**Charged on apply: 58.20 USD.** **Price known only during the apply, by actions: at most 100.50 USD + 1 not in the plan.**",
		"| **Charged on apply, price known only then, by actions: 3** |  | **at most 100.50 USD + 1 not in the plan** |",
		"| Pays order `CS1` | `action.bss_order_pay.a`, by `terraform_data.release` | at most 60.00 USD |",
		"| Pays order known after apply | `action.bss_order_pay.a`, by `terraform_data.release` | at most 40.50 USD |",
		"cap not in the plan |", "Unsubscribes resource `r3` and whatever is attached to it",
	} {
		if !strings.Contains(markdown, words) {
			t.Errorf("no %q in:\n%s", words, markdown)
		}
	}

	if strings.Contains(markdown, "13800001234") {
		t.Error("a phone is shown")
	}
}
