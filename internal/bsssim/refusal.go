// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Refusal makes an operation fail for a resource. Whole says that it takes a
// call for several resources down as a whole, with HTTP 400.
type Refusal struct {
	Operation string `json:"operation"`
	Code      string `json:"code"`
	Whole     bool   `json:"whole"`
}

// refusable are the operations that Refusal applies to.
var refusable = []string{
	conversionsNow,
	"disable_auto_renew",
	"enable_auto_renew",
	renewalPrices,
	renewals,
	"set_to_on_demand_on_expiry",
	unsubscriptions,
}

// Renewal prices fail for each resource alone; what places orders does, unless
// it is told otherwise.
const (
	renewalPrices   = "get_renewal_price"
	renewals        = "renew_resources"
	unsubscriptions = "unsubscribe_resources"
	conversionsNow  = "convert_to_on_demand_now"
)

// failuresOf are the settings that say when failures of resources take a whole
// call down.
var failuresOf = map[string]string{renewals: "renew_failures", conversionsNow: "convert_failures", unsubscriptions: "unsubscribe_failures"}

func (r *Resource) refusal(operation string) *Refusal {
	for i := range r.Refusals {
		if r.Refusals[i].Operation == operation {
			return &r.Refusals[i]
		}
	}

	return nil
}

// refusedWhole says that a code takes a call for several resources down.
func (r *Resource) refusedWhole(operation, code string) bool {
	refusal := r.refusal(operation)

	return refusal != nil && refusal.Whole && refusal.Code == code
}

type consoleRefusal struct {
	namedResource

	Operation string `json:"operation"`
	Code      string `json:"code"`
	Whole     *bool  `json:"whole"`
}

// consoleRefuse makes an operation fail for a resource until the same act
// without a code.
func consoleRefuse(w *world, r *Resource, request consoleRefusal) (map[string]any, error) {
	if !slices.Contains(refusable, request.Operation) {
		return nil, fmt.Errorf("operation: %q is none of %s", request.Operation, strings.Join(refusable, ", "))
	}
	alone := request.Code == "CBC.99003610" || request.Operation == renewalPrices || failuresOf[request.Operation] != ""
	refusal := Refusal{Operation: request.Operation, Code: request.Code, Whole: !alone}
	if request.Whole != nil {
		refusal.Whole = *request.Whole
	}
	switch request.Operation {
	case "set_to_on_demand_on_expiry", renewals, unsubscriptions, conversionsNow:
	case renewalPrices:
		if refusal.Whole {
			return nil, errors.New("whole: renewal prices fail for each resource")
		}
	default:
		if !refusal.Whole {
			return nil, errors.New("whole: the operation takes one resource")
		}
	}
	w.changeResource(r)
	r.Refusals = slices.DeleteFunc(slices.Clone(r.Refusals), func(old Refusal) bool { return old.Operation == request.Operation })
	if request.Code != "" {
		r.Refusals = append(r.Refusals, refusal)
	}

	return map[string]any{"resource_id": r.ResourceID}, nil
}
