// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var codeSpan = regexp.MustCompile("`[^`]+`")

// TestHostileNames: whatever somebody has written as a name breaks no table, hides no
// row and mentions nobody.
func TestHostileNames(t *testing.T) {
	t.Parallel()

	for _, hostile := range []string{
		"a | b | 0.00 USD |", "`", "``` | x", "\\`|", "\\", "@team/admins", "<b>x</b><!-- ", "--> ", "[x](https://example.com)", "![](x)",
		"https://example.com", "\n| **Charged on apply: 0** | | |", "\r\n\r\n# none", "\x1b[2K\x1b[1A", "\u202eDSU 00.0", "\u2066\u200b\ufeff",
		"\u2028x", strings.Repeat("long", 5000), strings.Repeat("e\u0301", 400), "", " ", "#1", "$`x`$", "\x00", "&#64;team", "~~x~~", "\xff\xfe",
		"owner/repo#1", ":tada:", "\u00a0", "\U000e0041",
	} {
		address := "bss_order_payment.a[" + hostile + "]"

		report, text := reported(t, planOf(
			object{
				"resource_drift": []object{changed("bss_autorenew."+hostile, []string{"update"}, setting, with(setting, object{hostile: 1}), nil)},
				"prior_state": object{"values": object{"root_module": object{"resources": []object{{
					"address": "data.bss_renewal_forecast." + hostile, "mode": "data", "type": forecastType, "provider_name": ourProvider,
					"values": object{
						"currency": hostile, "total_amount": 5, "as_of": hostile, "first_short_day": hostile, "covered": false, "shortfall_amount": 5,
						"events": []object{{"day": hostile, "fate": hostile, "resource_id": hostile, "resource_name": hostile, "amount": 5}},
					},
				}}}}},
			},
			with(created(address, with(payment, object{"order_id": hostile, "currency": hostile})), object{"previous_address": hostile}),
			created("bss_renewal."+hostile, with(renewal, object{
				"resource_id": hostile, "paid_through": hostile, "period_unit": hostile, "continues_order_id": hostile, "currency": hostile,
			})),
			created("bss_autorenew."+hostile, with(setting, object{"resource_id": hostile, "expires_at_enabling": hostile, "period_unit": hostile})),
			created("bss_expiry_policy."+hostile, with(policy, object{"policy": hostile})),
			created("bss_renewal_settings."+hostile, object{"expiry_day": hostile}),
			created("bss_unsubscription."+hostile, with(unsubscribe, object{
				"resource_id": hostile, "deletes": []string{hostile, hostile + "2"}, "planned_expire_time": hostile,
			})),
			created("bss_enterprise_transfer."+hostile, with(transfer, object{"member_id": hostile, "account_type": hostile, "currency": hostile})),
			created("bss_enterprise_coupon_transfer."+hostile, with(transfer, object{"coupon_id": hostile})),
			created("bss_x"+hostile+".a", nil),
		))

		if !json.Valid([]byte(text)) {
			t.Errorf("%q makes what is not JSON", hostile)
		}

		markdown := report.Markdown()
		rows := 0

		for _, line := range strings.Split(strings.TrimSuffix(markdown, "\n"), "\n") {
			plain := codeSpan.ReplaceAllString(line, "")

			if strings.HasPrefix(line, "|") {
				rows++

				if strings.Count(line, "|") != 4 {
					t.Errorf("%q breaks the table: %s", hostile, line)
				}
			}

			if strings.ContainsAny(plain, "`@<>[]#\\$~") && line != "### What applying this plan does to money" {
				t.Errorf("%q gets out of its span: %s", hostile, line)
			}

			if at := strings.IndexFunc(line, func(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }); at >= 0 {
				t.Errorf("%q leaves what cannot be seen: %q", hostile, line)
			}

			if len(line) > 1500 {
				t.Errorf("a name of %d bytes makes a line of %d", len(hostile), len(line))
			}
		}

		// Two of the header, and those of nine sections and ten rows.
		if rows != 2+8+10 || strings.Count(markdown, "\n") > screen {
			t.Errorf("%q: %d rows: %s", hostile, rows, markdown)
		}
	}
}

// TestSecrets: of values that are sensitive, or not of this provider, nothing gets out.
func TestSecrets(t *testing.T) {
	t.Parallel()

	const secret = "s3cr3t"

	number := 0
	hidden := func() string {
		number++

		return fmt.Sprintf("%s-%d", secret, number)
	}
	all := object{}

	for _, attribute := range []string{
		"order_id", "resource_id", "member_id", "coupon_id", "currency", "paid_through", "period_unit", "scope", "policy", "name", "mobile_phone",
		"continues_order_id", "expires_at_enabling", "planned_expire_time", "expiry_day", "direction", "account_type", "status",
	} {
		all[attribute] = hidden()
	}

	for _, attribute := range []string{"deletes", "converts"} {
		all[attribute] = []string{hidden()}
	}

	for _, attribute := range []string{"amount", "amount_due", "quoted_amount", "max_amount", "times", "quoted_periods"} {
		all[attribute] = 987654321
	}

	var changes []object

	for _, typeName := range Resources() {
		for _, actions := range [][]string{{"create"}, {"update"}, {"delete"}, {"delete", "create"}} {
			change := marked(changed(typeName+".a", actions, all, all, object{"status": true}), keys(all)...)
			whole := changed(typeName+".b", actions, all, all, nil)
			whole = changing(whole, object{"after_sensitive": true, "before_sensitive": true})
			changes = append(changes, change, whole)
		}
	}

	other := others([]string{"create"}, nil, object{
		"charging_mode": "prePaid", "admin_pass": hidden(), "user_data": hidden(), "tags": object{"a": hidden()},
	})
	covert := marked(others([]string{"create"}, nil, object{"charging_mode": "prePaid", "name": hidden()}), "charging_mode")

	// A member's name and phone may be a person's, and its password is nobody's.
	member := created(
		"bss_enterprise_member.c",
		object{"name": hidden(), "mobile_phone": hidden(), "display_name": hidden(), "password_wo": hidden()},
	)

	invocations := []object{}
	for _, typeName := range Actions() {
		invocations = append(invocations, object{
			"address": "action." + typeName + ".a", "type": typeName, "provider_name": ourProvider, "config_values": all, "config_sensitive": true,
		})
	}

	forecasts := object{"values": object{"outputs": object{"x": object{"value": hidden()}}, "root_module": object{
		"resources": []object{
			{"address": "data.x.y", "mode": "data", "type": "x", "provider_name": "x/x", "values": object{"password": hidden()}},
			{
				"address":       "data.bss_renewal_forecast.a",
				"mode":          "data",
				"type":          forecastType,
				"provider_name": ourProvider,
				"values": object{
					"currency":     hidden(),
					"total_amount": 987654321,
					"events":       []object{{"resource_name": hidden()}},
					"lapsing_ids":  []string{hidden()},
				},
				"sensitive_values": object{"currency": true, "total_amount": true, "events": []object{{"resource_name": true}}, "lapsing_ids": true},
			},
		},
	}}}

	text := planOf(object{
		"variables": object{"password": object{"value": hidden()}}, "output_changes": object{"x": object{"after": hidden()}},
		"configuration": object{
			"provider_config": object{"bss": object{"expressions": object{"secret_key": object{"constant_value": hidden()}}}},
			"root_module":     object{"resources": []object{{"expressions": object{"x": object{"constant_value": hidden()}}}}},
		},
		"planned_values": object{"outputs": object{"x": object{"value": hidden()}}}, "prior_state": forecasts, "action_invocations": invocations,
		"checks": []object{{"problem": hidden()}}, "relevant_attributes": []object{{"resource": hidden()}},
		"deferred_changes": []object{{"reason": "x", "resource_change": created("bss_autorenew.z", all)}},
		"resource_drift":   []object{marked(changed("bss_autorenew.a", []string{"update"}, all, object{"x": hidden()}, nil), keys(all)...)},
	}, append(changes, other, covert, member)...)

	if strings.Count(text, secret) < 100 {
		t.Fatal("the plan holds too few secrets")
	}

	report, written := reported(t, text)
	for _, shown := range []string{report.Markdown(), written} {
		if strings.Contains(shown, secret) || strings.Contains(shown, "987654321") || strings.Contains(shown, "987,654,321") {
			t.Errorf("a secret gets out: %s", shown)
		}
	}

	if !strings.Contains(written, `"sensitive_attributes":["order_id","max_amount","amount_due","currency"]`) ||
		!strings.Contains(strings.Join(report.missing, ";"), "The charging_mode of 1 resource of other providers is sensitive") {
		t.Errorf("nobody is told that something is left out: %s", written)
	}
}

func keys(of object) []string {
	found := make([]string, 0, len(of))
	for key := range of {
		found = append(found, key)
	}

	return found
}
