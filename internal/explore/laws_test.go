// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"encoding/json"
	"math/big"
	"slices"
	"strings"

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

// judgeSending holds a request against the laws before anybody knows what becomes of
// it.
func (h *history) judgeSending(q *request) {
	if q.judged {
		return
	}

	q.judged = true

	switch again := slices.Contains(q.run.doubts, q.name()+string(q.body)); {
	case !q.acts():
	case again && !h.cell.act.token:
		h.breach(q.run, "a run sends an act again that it may have made")
	case !again && h.cell.act.token && len(q.run.doubts) > 0:
		h.breach(q.run, "a run sends another act than the one that it may have made")
	}

	if q.acts() && q.run.approved == nil {
		h.breach(q.run, "a plan acts")
	}
}

// denials are words that nobody may say of an act that may have been made.
var denials = map[string][]string{
	"POST pay":         {"nothing was charged", "Nothing was paid", "was not paid"},
	"POST renew":       {"nothing was ordered", "Nothing was ordered", "was not renewed"},
	"POST autorenew":   {"was not turned on", "nothing is charged"},
	"POST transfer":    {"Nothing was moved", "nothing was moved", "Nothing was sent", "Nothing was transferred"},
	"POST retrieve":    {"Nothing was moved", "nothing was moved", "Nothing was sent"},
	"POST unsubscribe": {"was not unsubscribed", "Nothing was unsubscribed", "nothing was given back"},
	"POST instantly":   {"was not converted", "Nothing was converted", "Nothing was sent", "nothing was sent"},
}

// judgeWords holds what a run says at its end against what it can know.
func (h *history) judgeWords(r *run) {
	said := r.diags.String()

	for _, doubt := range r.doubts {
		for act, words := range denials {
			if strings.HasPrefix(doubt, act) && slices.ContainsFunc(words, func(word string) bool { return strings.Contains(said, word) }) {
				h.breach(nil, "a run says that nothing was done, and cannot know")
			}
		}
	}
}

// judge holds a call that changed the world against the laws.
func (h *history) judge(q *request, before bsssim.World) {
	r := q.run

	for _, order := range h.world.Orders {
		was := before.Order(order.OrderID)

		switch {
		case was == nil:
			h.placed = append(h.placed, order.OrderID)
			r.placed = append(r.placed, order.OrderID)
		case was.Status != canceled && order.Status == canceled && !h.cell.act.cancels && !slices.Contains(r.placed, order.OrderID):
			h.breach(r, "an order is canceled that is not the run's own")
		}
	}

	for _, payment := range h.world.Payments[len(before.Payments):] {
		if payment.By == "api" {
			h.judgePayment(r, payment)
		}
	}

	if same := encode(h.world.Order(othersOrder)) == encode(before.Order(othersOrder)) &&
		encode(h.world.Resource(othersResource)) == encode(before.Resource(othersResource)); !same {
		h.breach(r, "something of others is touched")
	}

	if law := h.cell.act.judge; law != nil {
		law(h, r, before)
	}
}

// ours says whether the run may pay the order: its own call placed it, or its plan
// names it.
func (h *history) ours(r *run, id string) bool {
	return slices.Contains(r.placed, id) || r.approved != nil && strings.Contains(r.approved.value.String(), id)
}

func (h *history) judgePayment(r *run, payment bsssim.Payment) {
	if n := charges(h.world, payment.OrderID); n > 1 {
		h.breach(r, "an order is charged twice")
	}

	if !h.ours(r, payment.OrderID) {
		h.breach(r, "an order is paid that the plan did not name")
	}

	charged := amount(string(payment.Amount))

	if !h.raised && charged.Cmp(amount(h.cell.act.most)) > 0 {
		h.breach(r, "the cap is exceeded")
	}

	if stated := h.cell.act.stated; stated == "" || r.approved == nil || charged.Cmp(amount(show(r.approved.value, stated))) > 0 {
		h.breach(r, "more is charged than the plan stated")
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
