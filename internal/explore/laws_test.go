// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The states of an order in the simulated world.
const (
	unpaid   = 6
	canceled = 4
)

// What others own. No call may touch it.
const (
	othersOrder    = "CS0000000000009"
	othersResource = "of-others"
)

// judge holds a call that changed the world against the laws.
func (h *history) judge(q *request, before bsssim.World) {
	r := q.run

	for _, order := range h.world.Orders {
		was := before.Order(order.OrderID)

		switch {
		case was == nil:
			h.placed = append(h.placed, order.OrderID)
			r.placed = append(r.placed, order.OrderID)
		case was.Status != canceled && order.Status == canceled && !h.ours(r, order.OrderID):
			h.breach("an order is canceled that is not the run's own")
		}
	}

	for _, payment := range h.world.Payments[len(before.Payments):] {
		h.judgePayment(r, payment, before)
	}

	if same := encode(h.world.Order(othersOrder)) == encode(h.started.Order(othersOrder)) &&
		encode(h.world.Resource(othersResource)) == encode(h.started.Resource(othersResource)); !same {
		h.breach("something of others is touched")
	}

	if law := h.cell.act.judge; law != nil {
		law(h, r, before)
	}
}

// ours says whether the run may pay or cancel the order: its own call placed it, or
// its configuration or plan names it.
func (h *history) ours(r *run, id string) bool {
	return slices.Contains(r.placed, id) || r.plan != nil && strings.Contains(r.plan.value.String(), id)
}

func (h *history) judgePayment(r *run, payment bsssim.Payment, before bsssim.World) {
	if n := charges(h.world, payment.OrderID); n > 1 {
		h.breach("an order is charged twice")
	}

	if !h.ours(r, payment.OrderID) {
		h.breach("an order is paid that the plan did not name")
	}

	charged := amount(string(payment.Amount))

	if charged.Cmp(amount(h.cell.act.most)) > 0 {
		h.breach("the cap is exceeded")
	}

	if stated := h.cell.act.stated; stated == "" || r.plan == nil || charged.Cmp(amount(show(r.plan.value, stated))) > 0 {
		h.breach("more is charged than the plan stated")
	}

	if !r.acting {
		h.breach("a plan pays")
	}
}

func charges(world bsssim.World, orderID string) int {
	n := 0

	for _, payment := range world.Payments {
		if payment.OrderID == orderID {
			n++
		}
	}

	return n
}

// amount is a figure; what is none is less than all others.
func amount(figure string) *big.Rat {
	if value, ok := new(big.Rat).SetString(figure); ok {
		return value
	}

	return big.NewRat(-1, 1)
}

func encode(value any) string {
	encoded, err := json.Marshal(value)
	must(err)

	return string(encoded)
}

// most is how many more applies a person makes until everything has come to rest.
const most = 5

// settle lets what is left happen calmly, and holds the end against the laws of life.
func (h *history) settle() {
	h.calm = true

	for len(h.late) > 0 {
		h.tell("what %s lands", h.late[0])
		h.land(h.late[0])
	}

	if !h.search.whole && h.known() {
		return
	}

	var last string

	for _, p := range h.pipelines {
		for range most {
			if p.last.done() && len(h.story) > 0 && strings.HasPrefix(h.story[len(h.story)-1], p.name) {
				break
			}

			h.pass(time.Minute)
			h.begin(p, nil)

			for h.rest(); len(h.held) > 0; h.rest() {
				h.reply(h.held[0], h.deliver(h.held[0]))
			}
		}

		last = h.end0(p)
	}

	h.search.ends[last]++

	for _, id := range h.placed {
		if order := h.world.Order(id); order.Status == unpaid && !strings.Contains(h.said, id) {
			h.breach("an unpaid order of ours is left, and nothing names it")
		}
	}
}

// end0 judges how a pipeline came to rest.
func (h *history) end0(p *pipeline) string {
	h.look()

	missing := h.cell.act.missing(h)
	outcome := p.last.outcome()

	if p.last.done() {
		status := ""
		if !h.cell.act.action {
			status = p.state.show(h.cell.act.shows)
		}

		switch {
		case missing == "":
			return "goal"
		case slices.Contains(h.cell.act.rests, status):
			return "rests as " + status
		default:
			h.breach("it rests as " + status + ", and " + missing)

			return "wrong rest"
		}
	}

	if what, ok := refusals[outcome]; ok && p.last.diags.failed() {
		return "refused: " + outcome + " (" + what + ")"
	}

	h.breach("it never comes to rest: " + outcome)

	return "stuck"
}

// refusals are the last words that leave something to do to a person, and what.
var refusals = map[string]string{}
