// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import "net/http"

type wireErrorDetail struct {
	Code    string `json:"error_code"`
	Message string `json:"error_msg"`
	ID      string `json:"id"`
}

// setToOnDemandOnExpiry sets or cancels the change to pay-per-use at expiry. A
// call that names an invalid resource is refused as a whole; otherwise each
// resource succeeds or fails by itself.
func setToOnDemandOnExpiry(w *world, c *call) (answer, error) {
	var named []*Resource
	for _, id := range c.resourceIDs() {
		r, err := w.subscription(id)
		if err != nil {
			return answer{}, err
		}
		if r.ParentID != "" {
			return answer{}, rejected("CBC.30010036")
		}
		if refusal := r.refusal("set_to_on_demand_on_expiry"); refusal != nil && refusal.Whole {
			return answer{}, rejected(refusal.Code)
		}
		named = append(named, r)
	}
	details := []wireErrorDetail{}
	for _, r := range named {
		if code := w.setOnDemand(r, c.text("operation") == "SET_UP"); code != "" {
			details = append(details, wireErrorDetail{Code: code, Message: messageOf(code), ID: r.ResourceID})
		}
	}

	return answer{status: http.StatusOK, body: map[string]any{"error_details": details}}, nil
}

// setOnDemand answers the code of a failure, empty for success.
func (w *world) setOnDemand(r *Resource, setUp bool) string {
	refusal := r.refusal("set_to_on_demand_on_expiry")
	switch {
	case refusal != nil:
		return refusal.Code
	case r.lapsed():
		return "CBC.99003610"
	case setUp && r.OnDemand && w.setting("set_up_twice") == "error":
		return "CBC.0101"
	case !setUp && !r.OnDemand:
		return "CBC.0101"
	}
	replaces := setUp && w.setting("setup_replaces_autorenew") == "on"
	for _, member := range w.tree(r) {
		renews := member.AutoRenew.On && !replaces
		if member.OnDemand == setUp && member.AutoRenew.On == renews {
			continue
		}
		w.changeResource(member)
		member.OnDemand, member.AutoRenew.On = setUp, renews
		member.showPolicy()
		w.acted = true
	}

	return ""
}
