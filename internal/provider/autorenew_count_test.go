// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

const (
	endsBefore = "2027-01-31T15:59:59Z"
	endsAfter  = "2027-02-28T15:59:59Z"
)

// counted is a state that was turned on three times at endsBefore.
func counted(change func(state *autorenewModel)) *autorenewModel {
	state := &autorenewModel{
		ResourceID: types.StringValue("server"), Enabled: types.BoolValue(true), Times: types.Int64Value(3),
		Status: types.StringValue("in_use"), ExpireTime: types.StringValue(endsBefore), ExpiresAtEnabling: types.StringValue(endsBefore),
		Exhausted: types.BoolValue(false),
	}
	change(state)

	return state
}

// TestStartsAgain: of an object that goes and one that comes, the second one that is
// planned is refused where both have the same number of renewals and that may be used.
func TestStartsAgain(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		state, plan func(*autorenewModel)
		refused     bool
	}{
		"unused":    {func(*autorenewModel) {}, func(*autorenewModel) {}, false},
		"renewed":   {func(s *autorenewModel) { s.ExpireTime = types.StringValue(endsAfter) }, func(*autorenewModel) {}, true},
		"exhausted": {func(s *autorenewModel) { s.Exhausted = types.BoolValue(true) }, func(*autorenewModel) {}, true},
		"in doubt":  {func(s *autorenewModel) { s.Status = types.StringValue(expiry.StatusInDoubt) }, func(*autorenewModel) {}, true},
		"turned off": {
			func(s *autorenewModel) { s.Exhausted, s.Enabled = types.BoolValue(true), types.BoolValue(false) },
			func(*autorenewModel) {}, false,
		},
		"unlimited": {
			func(s *autorenewModel) { s.ExpireTime, s.Times = types.StringValue(endsAfter), types.Int64Value(0) },
			func(p *autorenewModel) { p.Times = types.Int64Value(0) }, false,
		},
		"another number": {
			func(s *autorenewModel) { s.Exhausted = types.BoolValue(true) }, func(p *autorenewModel) { p.Times = types.Int64Value(4) }, false,
		},
		"another resource": {
			func(s *autorenewModel) { s.Exhausted = types.BoolValue(true) }, func(p *autorenewModel) { p.ResourceID = types.StringValue("twin") },
			false,
		},
		"to be off": {
			func(s *autorenewModel) { s.Exhausted = types.BoolValue(true) }, func(p *autorenewModel) { p.Enabled = types.BoolValue(false) }, false,
		},
	} {
		state, plan := counted(test.state), counted(test.plan)

		first := newAutorenewals()
		if diags := first.ends(state); diags.HasError() || first.creates(plan).HasError() != test.refused {
			t.Errorf("%s, the end first: %v", name, diags)
		}

		second := newAutorenewals()
		if diags := second.creates(plan); diags.HasError() || second.ends(state).HasError() != test.refused {
			t.Errorf("%s, the creation first: %v", name, diags)
		}
	}
}

// TestStaysOff: what replaces something exhausted, or something in doubt whose term has
// moved, is not turned on but by a new number.
func TestStaysOff(t *testing.T) {
	t.Parallel()

	off, on := 0, 3
	doubt := func(s *autorenewModel) { s.Status = types.StringValue(expiry.StatusInDoubt) }
	exhausted := func(s *autorenewModel) { s.Exhausted = types.BoolValue(true) }

	for name, test := range map[string]struct {
		state   func(*autorenewModel)
		policy  *int
		expires string
		times   types.Int64
		want    bool
	}{
		"exhausted":            {exhausted, &off, endsAfter, types.Int64Value(3), true},
		"no number any more":   {exhausted, &off, endsAfter, types.Int64Null(), true},
		"another number":       {exhausted, &off, endsAfter, types.Int64Value(4), false},
		"on since":             {exhausted, &on, endsAfter, types.Int64Value(3), false},
		"of an unknown policy": {exhausted, nil, endsAfter, types.Int64Value(3), true},
		"in doubt, moved":      {doubt, &off, endsAfter, types.Int64Value(3), true},
		"in doubt, unmoved":    {doubt, &off, endsBefore, types.Int64Value(3), false},
		"in doubt, and on":     {doubt, &on, endsAfter, types.Int64Value(3), false},
		"turned off":           {func(*autorenewModel) {}, &off, endsAfter, types.Int64Value(3), false},
	} {
		plan := counted(func(p *autorenewModel) { p.Times = test.times })
		found := bssapi.Resource{ExpirePolicy: test.policy, ExpireTime: test.expires, Status: bssapi.ResourceStatusInUse}

		if got := plan.staysOff(counted(test.state), found); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
