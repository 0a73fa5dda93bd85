// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"maps"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// money is an act as the exploration knows it.
type money struct {
	name, typeName string
	action         bool
	config         func(h *history) attributes
	// prepare makes the world that the act is about.
	prepare func(h *history)
	// most is the cap, and stated the attribute of a plan that says what is charged.
	most, stated string
	// shows is the attribute of the state that says how it stands, and rests are its
	// values that end an act without its goal.
	shows string
	rests []string
	// missing says what the world lacks of the goal, "" for nothing.
	missing func(h *history) string
	// judge is what else holds whenever a call has changed something; nil for nothing.
	judge      func(h *history, r *run, before bsssim.World)
	happenings []happening
	switches   []string
}

// begins makes the world of the history, and chooses what it is like.
func (h *history) begins() {
	natures := h.natures()
	options := []option{{words: "nothing special", do: func() {}}}
	options2 := bsssim.Options{InProcess: true, Settings: map[string]string{"server_locks": "off"}}

	if h.cell.locks {
		options2.Settings["server_locks"] = "on"
	}

	for _, one := range natures {
		if h.left == 0 {
			break
		}

		options = append(options, option{one.kind, one.kind, func() {
			switch one.setting {
			case "lag":
				options2.Lag.Duration = span(one.value)
				h.lags = true
			case "processing":
				options2.Processing.Duration = span(one.value)
			default:
				options2.Settings[one.setting] = one.value
			}
		}})
	}

	// The worlds do not exist yet, so that none of them was seen before.
	whole := h.search.whole
	h.search.whole = true
	h.choose(options)
	h.search.whole = whole

	sim, err := bsssim.New(options2)
	must(err)

	h.sim = sim
	h.env = map[string]string{
		"BSS_ENDPOINT": sim.URL(), "BSS_SITE": sim.Site(), "BSS_METADATA_ENDPOINT": "off", "HW_MAX_RETRIES": "0",
		"HW_ACCESS_KEY": sim.Credentials().AccessKey, "HW_SECRET_KEY": sim.Credentials().SecretKey,
	}

	h.console("set_balance", map[string]any{"amount": "100000.00"})
	h.console("place_order", map[string]any{"order_id": othersOrder, "amount": "12.00", "service_type_code": "hws.service.type.rds"})
	h.console("add_resource", map[string]any{"resource_id": othersResource, "service_type_code": "hws.service.type.rds"})
	h.cell.act.prepare(h)

	// What was there at the start does not lag.
	h.pass(time.Hour)
	h.look()
	h.started = h.world
}

func span(text string) time.Duration {
	d, err := time.ParseDuration(text)
	must(err)

	return d
}

// timeouts is the block that bounds how long each of these waits.
func timeouts(of ...string) tftypes.Value {
	types, values := map[string]tftypes.Type{}, map[string]tftypes.Value{}
	for _, one := range of {
		types[one], values[one] = tftypes.String, text(patience)
	}

	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

func with(common, more attributes) attributes {
	all := maps.Clone(common)
	maps.Copy(all, more)

	return all
}
