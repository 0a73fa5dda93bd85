// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "time"

// What happens to a resource at its expiry. Other codes count as policyGrace.
const (
	policyGrace       = 0
	policyPayPerUse   = 1
	policyDelete      = 2
	policyAutoRenew   = 3
	policyFreeze      = 4
	policyDeleteLater = 5
)

// AutoRenewal is the automatic renewal of a resource. Its numbers outlive a
// disabling. Queries show only its policy 3.
type AutoRenewal struct {
	On bool `json:"on"`
	// Times is the number that was set, 0 for unlimited, and Left what remains
	// of it.
	Times int `json:"times"`
	Left  int `json:"left"`
	// PeriodType is MONTH, YEAR, or empty for that of the last order.
	PeriodType string `json:"period_type,omitempty"`
	// Since is when it was enabled, or a freezing ended that kept it from acting;
	// Tried is when a deduction was last tried.
	Since time.Time `json:"since,omitzero"`
	Tried time.Time `json:"tried,omitzero"`
}

// showPolicy derives the one policy that queries show from all that is set.
func (r *Resource) showPolicy() {
	switch {
	case r.AutoRenew.On:
		r.ExpirePolicy = policyAutoRenew
	case r.OnDemand:
		r.ExpirePolicy = policyPayPerUse
	default:
		r.ExpirePolicy = r.DefaultPolicy
	}
}

// setPolicy makes a policy the one that shows, as the console does. A policy
// that is no setting becomes the default.
func (r *Resource) setPolicy(policy int, now time.Time) {
	switch policy {
	case policyAutoRenew:
		r.AutoRenew, r.OnDemand = r.AutoRenew.enabled(nil, "", now), false
	case policyPayPerUse:
		r.AutoRenew.On, r.OnDemand = false, true
	default:
		r.AutoRenew.On, r.OnDemand, r.DefaultPolicy = false, false, policy
	}
	r.showPolicy()
}

// adoptPolicy takes over the policy of a description that gives nothing else.
func (r *Resource) adoptPolicy() {
	shown := r.ExpirePolicy
	if r.showPolicy(); r.ExpirePolicy != shown {
		r.setPolicy(shown, time.Time{})
	}
}

// primary is the resource that a resource is attached to, or itself.
func (w *world) primary(r *Resource) *Resource {
	if parent := w.resources[r.ParentID]; parent != nil {
		return parent
	}

	return r
}

// family is a resource and its attached resources.
func (w *world) family(r *Resource) []*Resource {
	return append([]*Resource{r}, w.attached[r.ResourceID]...)
}

// tree is the primary resource of a resource and all that is attached to it,
// closed ones left out.
func (w *world) tree(r *Resource) []*Resource {
	var all []*Resource
	for _, member := range w.family(w.primary(r)) {
		if member.Status != resourceClosed {
			all = append(all, member)
		}
	}

	return all
}

// lapsed says that a resource is expired or frozen.
func (r *Resource) lapsed() bool {
	return r.Status == resourceExpired || r.Status == resourceFrozen
}
