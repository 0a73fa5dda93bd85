// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package expiry_test

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

func TestClaims(t *testing.T) {
	t.Parallel()

	autorenew := expiry.Claim{ID: "server", Aspect: expiry.AspectExpiry, Type: "bss_autorenew", Mark: "a"}

	other := func(change func(*expiry.Claim)) expiry.Claim {
		claim := autorenew
		claim.Mark = "b"
		change(&claim)

		return claim
	}

	tests := map[string]struct {
		second expiry.Claim
		taken  bool
	}{
		"second call of a replacement": {autorenew, false},
		"another block of the type":    {other(func(*expiry.Claim) {}), true},
		"the other type":               {other(func(c *expiry.Claim) { c.Type = "bss_expiry_policy" }), true},
		"another id":                   {other(func(c *expiry.Claim) { c.ID = "disk" }), false},
		"its term":                     {other(func(c *expiry.Claim) { c.Aspect = expiry.AspectTerm }), false},
		"its end":                      {other(func(c *expiry.Claim) { c.Aspect = expiry.AspectEnd }), true},
		"an order of the same id":      {other(func(c *expiry.Claim) { c.Aspect = expiry.AspectPayment }), false},
	}

	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			for first, second := range map[expiry.Claim]expiry.Claim{autorenew: test.second, test.second: autorenew} {
				var claims expiry.Claims

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
	var claims expiry.Claims

	claims.Claim(autorenew)
	claims.Claim(other(func(*expiry.Claim) {}))

	if by, taken := claims.Claim(other(func(c *expiry.Claim) { c.Mark = "c" })); !taken || by != autorenew {
		t.Errorf("taken %t by %+v", taken, by)
	}
}

// TestClaimsStanding: what a destruction turns off and another object keeps on stand
// against each other, whichever comes first; an object does not against itself.
func TestClaimsStanding(t *testing.T) {
	t.Parallel()

	claim := func(id, mark string) expiry.Claim {
		return expiry.Claim{ID: id, Aspect: expiry.AspectExpiry, Type: "bss_autorenew", Mark: mark}
	}

	for name, test := range map[string]struct {
		keeps, ends expiry.Claim
		want        bool
	}{
		"two objects":    {claim("a", "1"), claim("a", "2"), true},
		"one object":     {claim("a", "1"), claim("a", "1"), false},
		"two ids":        {claim("a", "1"), claim("b", "2"), false},
		"another aspect": {claim("a", "1"), expiry.Claim{ID: "a", Aspect: expiry.AspectTerm, Mark: "2"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			var kept, ended expiry.Claims

			if _, conflict := kept.Keep(test.keeps); conflict {
				t.Error("the first stands against nothing")
			}

			if other, conflict := kept.End(test.ends); conflict != test.want || conflict && other != test.keeps {
				t.Errorf("ends second: %t, %+v", conflict, other)
			}

			ended.End(test.ends)

			if other, conflict := ended.Keep(test.keeps); conflict != test.want || conflict && other != test.ends {
				t.Errorf("keeps second: %t, %+v", conflict, other)
			}
		})
	}
}

// TestClaimsSpelled: the case of an order id does not tell orders apart, and that of
// a resource id may.
func TestClaimsSpelled(t *testing.T) {
	t.Parallel()

	for aspect, taken := range map[expiry.Aspect]bool{expiry.AspectPayment: true, expiry.AspectTerm: false} {
		var claims expiry.Claims

		claims.Claim(expiry.Claim{ID: "CS2611220000003", Aspect: aspect, Mark: "a"})

		if _, got := claims.Claim(expiry.Claim{ID: "cs2611220000003", Aspect: aspect, Mark: "b"}); got != taken {
			t.Errorf("aspect %d: taken %t", aspect, got)
		}

		if got := claims.Claimed("Cs2611220000003", aspect); got != taken {
			t.Errorf("aspect %d: claimed %t", aspect, got)
		}
	}
}
