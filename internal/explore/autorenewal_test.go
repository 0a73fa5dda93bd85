// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"slices"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The term ends so soon that the platform renews within days.
const (
	soon      = "2026-11-11T15:59:59Z"
	deduction = 4 * 24 * time.Hour

	policyAutoRenew = 3
)

// enabling turns automatic renewal on, without a number of times.
var enabling = &money{
	name: "turning automatic renewal on", typeName: "bss_autorenew",
	config: func(*history) attributes {
		return attributes{"resource_id": text(subject), "enabled": truth(true), "timeouts": timeouts("create", "update", "delete")}
	},
	prepare: hasResource(soon),
	// What is in doubt is left to a person, and the warning says how. What is expired can
	// only be turned off: a warning says so until it is renewed.
	shows: "status", rests: []string{"closed", "in_doubt", "expired"},
	missing: func(h *history) string {
		if h.world.Resource(subject).ExpirePolicy != policyAutoRenew {
			return "automatic renewal is off"
		}

		return ""
	},
	judge:      judgeSetting,
	happenings: settings,
	switches:   []string{"enable_twice=error", "setup_replaces_autorenew=off"},
	remedies:   outOfUse,
}

// enablingOnce turns automatic renewal on for one time.
var enablingOnce = &money{
	name: "turning automatic renewal on, once", typeName: "bss_autorenew",
	config: func(h *history) attributes {
		return with(enabling.config(h), attributes{"times": number("1")})
	},
	prepare: hasResource(soon),
	// What is in doubt is left to a person, and the warning says how. What is expired can
	// only be turned off: a warning says so until it is renewed.
	shows: "status", rests: []string{"closed", "in_doubt", "expired"},
	missing: func(h *history) string {
		// Who renewed cannot be read: a later end counts as the one time.
		if h.renewals() == 0 && !h.happened(renews) && h.world.Resource(subject).ExpirePolicy != policyAutoRenew {
			return "automatic renewal is off, and nothing was renewed"
		}

		return ""
	},
	judge: judgeSetting,
	always: func(h *history) {
		if h.renewals() > 1 && !h.happened(turnsOn) {
			h.breach(nil, "the platform renews more often than asked for")
		}
	},
	happenings: settings,
	switches:   []string{"enable_twice=error", "setup_replaces_autorenew=off"},
	remedies:   outOfUse,
}

// disabling turns automatic renewal off.
var disabling = &money{
	name: "turning automatic renewal off", typeName: "bss_autorenew",
	config: func(h *history) attributes {
		return with(enabling.config(h), attributes{"enabled": truth(false)})
	},
	prepare: hasResource(soon, map[string]any{"policy": policyAutoRenew}),
	shows:   "status", rests: []string{"closed"},
	missing: func(h *history) string {
		if h.world.Resource(subject).ExpirePolicy == policyAutoRenew && h.world.Resource(subject).Status != closed {
			return "automatic renewal is on"
		}

		return ""
	},
	judge:      judgeSetting,
	happenings: settings,
	switches:   []string{"setup_replaces_autorenew=off"},
	remedies:   outOfUse,
}

// outOfUse are the remedies for a resource that cannot be set as it is.
var outOfUse = map[string]remedy{
	"Resource is closed":     {what: "it is gone"},
	"Resource is out of use": byConsole(happening{kind: renews, do: onResource("renew", attributesOfConsole{"period_num": 1})}),
	"Automatic renewal is on already": byConsole(happening{
		kind: turnsOff, do: onResource("set_expire_policy", attributesOfConsole{"policy": 0}),
	}),
}

// What a person does who wants the resource renewed, and one who does not.
const (
	turnsOn  = "somebody turns automatic renewal on"
	turnsOff = "somebody turns automatic renewal off"
	renews   = "somebody renews the resource"
)

var settings = []happening{
	{turnsOn, onResource("set_expire_policy", attributesOfConsole{"policy": policyAutoRenew}), resourceShows},
	{turnsOff, onResource("set_expire_policy", attributesOfConsole{"policy": 0}), resourceShows},
	{renews, onResource("renew", attributesOfConsole{"period_num": 1}), resourceShows},
	{"somebody unsubscribes the resource", onResource("unsubscribe", nil), resourceShows},
	{"the day of the deduction passes", passes(deduction), nil},
	{"the resource expires", onResource("expire", nil), resourceShows},
}

// judgeSetting: a setting is changed where the plan announced it, and turned on for
// the term that the plan stated.
func judgeSetting(h *history, r *run, before bsssim.World) {
	was, is := before.Resource(subject).AutoRenew, h.world.Resource(subject).AutoRenew
	if was.On == is.On && was.Left == is.Left {
		return
	}

	if r.approved == nil || show(r.approved.value, "status") != "unknown" {
		h.breach(r, "a setting is changed that no plan announced")
	}

	if is.On && termMoved(r, before, "expires_at_enabling") {
		h.breach(r, "automatic renewal is turned on for another term than the plan stated")
	}
}

// happened says whether somebody did that.
func (h *history) happened(what string) bool {
	return slices.ContainsFunc(h.kinds, func(one departure) bool { return one.kind == what })
}

// renewals are those that the platform made by itself.
func (h *history) renewals() int {
	n := 0

	for _, payment := range h.world.Payments {
		if payment.By == "system" {
			n++
		}
	}

	return n
}
