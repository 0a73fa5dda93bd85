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
	// site is where the act can be made, "" for anywhere.
	site string
	// locked says that the locks of the server can matter to the act.
	locked bool
	// token says that each call carries an id that the server takes once, so that a call
	// whose answer was lost may be made again under it. Its locks are that the server
	// remembers these ids.
	token bool
	// cancels says that the act cancels what it is told to.
	cancels bool
	config  func(h *history) attributes
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
	judge func(h *history, r *run, before bsssim.World)
	// always is what holds at all times; nil for nothing.
	always     func(h *history)
	happenings []happening
	switches   []string
	// remedies are what a person does about refusals, by their summaries.
	remedies map[string]remedy
}

// begins chooses what the world of the history is like, and makes it.
func (h *history) begins() {
	options := []option{{words: "nothing special", do: func() {}}}

	for _, one := range h.natures() {
		if h.left == 0 {
			break
		}

		options = append(options, option{kind: one.kind, words: one.kind, do: func() {
			switch one.setting {
			case "lag":
				h.options.Lag.Duration = span(one.value)
			case "processing":
				h.options.Processing.Duration = span(one.value)
			default:
				h.options.Settings = maps.Clone(h.options.Settings)
				h.options.Settings[one.setting] = one.value
			}
		}})
	}

	h.choose(options)

	sim, err := bsssim.New(h.options)
	must(err)

	h.sim = sim

	h.console("set_balance", map[string]any{"amount": "100000.00"})
	h.console(
		"place_order",
		map[string]any{"order_id": othersOrder, "amount": "12.00", "deadline": "9000h", "service_type_code": "hws.service.type.rds"},
	)
	h.console("add_resource", map[string]any{"resource_id": othersResource, "service_type_code": "hws.service.type.rds"})
	h.cell.act.prepare(h)

	for i := range h.cell.pipelines {
		h.pipelines = append(h.pipelines, &pipeline{name: string(rune('A' + i))})
	}

	// What was there at the start does not lag.
	h.pass(time.Hour)
	h.look()
	h.pass(time.Hour)
}

// limit is the cap, which a person may have raised.
func (h *history) limit(most string) tftypes.Value {
	if h.raised {
		most = "1000"
	}

	return number(most)
}

func span(text string) time.Duration {
	d, err := time.ParseDuration(text)
	must(err)

	return d
}

// timeouts is the block that bounds how long each of these waits.
func timeouts(of ...string) tftypes.Value { return timeoutsOf(patience, of...) }

func timeoutsOf(wait string, of ...string) tftypes.Value {
	types, values := map[string]tftypes.Type{}, map[string]tftypes.Value{}
	for _, one := range of {
		types[one], values[one] = tftypes.String, text(wait)
	}

	return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
}

func with(common, more attributes) attributes {
	all := maps.Clone(common)
	maps.Copy(all, more)

	return all
}
