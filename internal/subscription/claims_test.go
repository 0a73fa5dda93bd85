// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

func TestClaims(t *testing.T) {
	t.Parallel()

	autorenew := subscription.Claim{ID: "server", Aspect: subscription.AspectExpiry, Type: "bss_autorenew", Mark: "a"}

	other := func(change func(*subscription.Claim)) subscription.Claim {
		claim := autorenew
		claim.Mark = "b"
		change(&claim)

		return claim
	}

	tests := map[string]struct {
		second subscription.Claim
		taken  bool
	}{
		"second call of a replacement": {autorenew, false},
		"another block of the type":    {other(func(*subscription.Claim) {}), true},
		"the other type":               {other(func(c *subscription.Claim) { c.Type = "bss_expiry_policy" }), true},
		"another id":                   {other(func(c *subscription.Claim) { c.ID = "disk" }), false},
		"its term":                     {other(func(c *subscription.Claim) { c.Aspect = subscription.AspectTerm }), false},
		"its end":                      {other(func(c *subscription.Claim) { c.Aspect = subscription.AspectEnd }), true},
		"an order of the same id":      {other(func(c *subscription.Claim) { c.Aspect = subscription.AspectPayment }), false},
	}

	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			for first, second := range map[subscription.Claim]subscription.Claim{autorenew: test.second, test.second: autorenew} {
				var claims subscription.Claims

				if other, taken := claims.Claim(first); taken {
					t.Errorf("claimed by %+v before anybody did", other)
				}

				other, taken := claims.Claim(second)
				if taken != test.taken || taken && other != first {
					t.Errorf("%+v after %+v: taken %t by %+v", second, first, taken, other)
				}

				if !claims.Claimed(first.ID, first.Aspect) || claims.Claimed("nothing", first.Aspect) {
					t.Error("claims are forgotten, or made up")
				}
			}
		})
	}

	// One that was refused is not remembered: a third is told of the first.
	var claims subscription.Claims

	claims.Claim(autorenew)
	claims.Claim(other(func(*subscription.Claim) {}))

	if by, taken := claims.Claim(other(func(c *subscription.Claim) { c.Mark = "c" })); !taken || by != autorenew {
		t.Errorf("taken %t by %+v", taken, by)
	}
}
