// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"net/http"
	"time"
)

// enableAutoRenew turns automatic renewal on for a primary resource and its
// attached resources, whichever of them is named.
func enableAutoRenew(w *world, c *call) (answer, error) {
	r, err := w.subscription(c.text("resource_id"))
	if err != nil {
		return answer{}, err
	}
	if refusal := r.refusal("enable_auto_renew"); refusal != nil {
		return answer{}, rejected(refusal.Code)
	}
	if r.lapsed() || w.primary(r).lapsed() {
		return answer{}, rejected("CBC.99003602")
	}
	var times *int
	if c.has("auto_renew_times") {
		number := c.number("auto_renew_times", 0)
		times = &number
	}
	replaces, now := w.setting("setup_replaces_autorenew") == "on", w.clock.now()
	for _, member := range w.tree(r) {
		renewal := member.AutoRenew.enabled(times, c.text("period_type"), now)
		onDemand := member.OnDemand && !replaces
		if renewal == member.AutoRenew && onDemand == member.OnDemand {
			continue
		}
		w.changeResource(member)
		member.AutoRenew, member.OnDemand = renewal, onDemand
		member.showPolicy()
		w.acted = true
	}
	if !w.acted && w.setting("enable_twice") == "error" {
		return answer{}, rejected("CBC.0101")
	}

	return answer{status: http.StatusNoContent}, nil
}

// enabled is the renewal turned on. A number that is not given stays as it was,
// and counts anew if the renewal was off.
func (a AutoRenewal) enabled(times *int, periodType string, now time.Time) AutoRenewal {
	switch {
	case times != nil:
		a.Times, a.Left = *times, *times
	case !a.On:
		a.Left = a.Times
	}
	if periodType != "" {
		a.PeriodType = periodType
	}
	if !a.On {
		a.On, a.Since, a.Tried = true, now, time.Time{}
	}

	return a
}

// disableAutoRenew turns automatic renewal off for the whole tree.
func disableAutoRenew(w *world, c *call) (answer, error) {
	r, err := w.subscription(c.text("resource_id"))
	if err != nil {
		return answer{}, err
	}
	if refusal := r.refusal("disable_auto_renew"); refusal != nil {
		return answer{}, rejected(refusal.Code)
	}
	for _, member := range w.tree(r) {
		if member.AutoRenew.On {
			w.changeResource(member)
			member.AutoRenew.On = false
			member.showPolicy()
			w.acted = true
		}
	}
	if !w.acted {
		return answer{}, rejected("CBC.99003605")
	}

	return answer{status: http.StatusNoContent}, nil
}

// subscription is a resource that billing knows and that is not closed.
func (w *world) subscription(id string) (*Resource, error) {
	r := w.resources[id]
	if r == nil || !r.known(w.clock.now()) || r.Status == resourceClosed {
		return nil, rejected("CBC.99003012")
	}

	return r, nil
}
