// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func memberCodeOf(but attributes) invocation {
	config := attributes{"name": str("team-c"), "mobile_phone": str(memberPhone)}
	for name, value := range but {
		config[name] = value
	}

	return invocation{typeName: typeMemberCode, config: config}
}

// TestMemberCodeSent: each invocation sends a message, in each form of a success, and its
// code lives as long as it says.
func TestMemberCodeSent(t *testing.T) {
	t.Parallel()

	for _, form := range []string{"204", "200", "200_code", "200_empty"} {
		w := newMemberWorld(t, bsssim.Options{Settings: map[string]string{"code_success": form}})

		if diags := memberCodeOf(nil).plan(t, w); diags.failed() || w.mutations() != 0 {
			t.Error(diags, w.calls())
		}

		for sent := 1; sent <= 2; sent++ {
			result := memberCodeOf(attributes{"language": str("zh_CN"), "timeout": num(t, "30")}).run(t, w)
			if result.diagnostics.failed() || !result.said("30 minutes") || w.called("send_sub_customer_sms_code") != sent {
				t.Errorf("%s: %q\n%s", form, result.progress, result.diagnostics)
			}

			if strings.Contains(strings.Join(result.progress, "\n"), memberPhone) {
				t.Error(result.progress)
			}
		}

		codes := w.World().Codes
		if left := codes[len(codes)-1].Expires.Sub(bssapi.SystemClock().Now()).Round(time.Minute); len(codes) != 2 || left != 30*time.Minute {
			t.Errorf("%d codes, the last for %s", len(codes), left)
		}
	}

	w := newMemberWorld(t, bsssim.Options{})
	if result := memberCodeOf(attributes{"timeout": num(t, "0")}).run(t, w); !result.said("10 minutes") {
		t.Error(result)
	}
}

// TestMemberCodeFaults: whatever comes of the call, it is made once, and an error says
// whether a message may have been sent.
func TestMemberCodeFaults(t *testing.T) {
	t.Parallel()

	for name, fault := range callFaults(lateDelay) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newMemberWorld(t, bsssim.Options{})
				fault.Operation = "send_sub_customer_sms_code"
				addFault(t, w, fault)

				code := memberCodeOf(nil)
				code.provider = attributes{"request_timeout": str("1s"), "max_retries": num(t, "5")}

				result := code.run(t, w)
				if fault.Delay > 0 {
					until(t, "the delayed call was answered", func() bool { return settledCalls(w) })
				}

				if got := w.called("send_sub_customer_sms_code"); got != 1 {
					t.Errorf("%d calls", got)
				}

				sent := len(w.World().Codes) == 1

				switch {
				case !result.diagnostics.failed() && !sent:
					t.Errorf("it says that a message was sent: %q", result.progress)
				case result.diagnostics.refuses("Code was not sent") && sent && !strings.HasPrefix(name, "429 after"):
					t.Errorf("it says that none was sent:\n%s", result.diagnostics)
				}
			})
		})
	}
}

// TestMemberCodeRefusals: each refusal says what to do, and shows no phone.
func TestMemberCodeRefusals(t *testing.T) {
	t.Parallel()

	for code, says := range map[string]string{
		"CBC.99007197": "wait some minutes", "CBC.99000082": "Too many codes", "CBC.70300009": "financial custody", "CBC.0151": "master account",
	} {
		w := newMemberWorld(t, bsssim.Options{})
		addFault(t, w, bsssim.Fault{Operation: "send_sub_customer_sms_code", Kind: bsssim.FaultStatusBefore, Status: 400, Code: code})

		result := memberCodeOf(nil).run(t, w)
		if said := result.diagnostics.String(); !strings.Contains(said, says) || strings.Contains(said, memberPhone) {
			t.Errorf("%s: no word of %q:\n%s", code, says, said)
		}
	}

	w := newMemberWorld(t, bsssim.Options{})
	other := memberCodeOf(nil)
	other.provider = attributes{"allowed_domain_ids": strs("another")}

	if result := other.run(t, w); !result.diagnostics.refuses("Account is not allowed") || w.mutations() != 0 {
		t.Error(result.diagnostics)
	}

	for _, minutes := range []string{"61", "100", "-1"} {
		memberCodeOf(attributes{"timeout": num(t, minutes)}).plan(t, w).says(t, "timeout", "between 0 and 60")
	}

	if diags := memberCodeOf(attributes{"name": unknown(tftypes.String)}).plan(t, w); diags.failed() {
		t.Error(diags)
	}
}
