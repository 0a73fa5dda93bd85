// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package lies_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// errInDoubt is a doubt that is remembered in state rather than returned.
var errInDoubt = errors.New("in doubt, which is remembered")

// lie is an answer that is not true.
type lie struct {
	// call is the end of the path of the calls that are answered with it.
	call string
	// tell changes the answer.
	tell func(a *account, reply *simtest.Reply)
	// refuse are the acts that may not believe it. What else reads it does not go by
	// it, and acts.
	refuse []string
	// says is what the error has to name.
	says string
}

// The calls.
const (
	callOrders    = "/v2/orders/customer-orders"
	callDetails   = "/details/"
	callDiscounts = "/order-discounts"
	callPrice     = "/renew-rate"
	callResources = "/suscriptions/resources/query"
)

// rows edits each object of a list of an answer.
func rows(list string, change func(a *account, row map[string]any)) func(*account, *simtest.Reply) {
	return whole(func(a *account, answer map[string]any) {
		for _, row := range simtest.Rows(answer, list) {
			change(a, row)
		}
	})
}

// whole edits an answer.
func whole(change func(a *account, answer map[string]any)) func(*account, *simtest.Reply) {
	return func(a *account, reply *simtest.Reply) {
		var answer map[string]any
		if json.Unmarshal(reply.Body, &answer) != nil {
			return
		}

		change(a, answer)

		reply.Body, _ = json.Marshal(answer)
	}
}

// sets sets a field of each row of a list, or of the object there; at "" is the answer.
func sets(at, field string, value any) func(*account, *simtest.Reply) {
	return whole(func(_ *account, answer map[string]any) {
		objects := simtest.Rows(answer, at)

		if object, single := answer[at].(map[string]any); single {
			objects = append(objects, object)
		} else if at == "" {
			objects = append(objects, answer)
		}

		for _, object := range objects {
			object[field] = value
		}
	})
}

// says answers with other words altogether.
func says(status int, body string) func(*account, *simtest.Reply) {
	return func(_ *account, reply *simtest.Reply) { reply.Status, reply.Body = status, []byte(body) }
}

// lines sets a field of the lines of the discounts.
func lines(field string, value any) func(*account, *simtest.Reply) {
	return rows("discounts", func(_ *account, discount map[string]any) {
		for _, order := range simtest.Rows(discount, "orders") {
			for _, line := range simtest.Rows(order, "order_line_items") {
				line[field] = value
			}
		}
	})
}

func readLies() map[string]lie {
	number := func(text string) any { return json.Number(text) }
	price := []string{"pay", "pay with a discount", "renew"}
	order := append([]string{"cancel"}, price...)
	listed := append([]string{"unsubscribe", "convert"}, order...)
	discount := []string{"pay with a discount"}
	renewal := []string{"renew"}
	all := []string{"renew", "unsubscribe", "convert", "turn on", "turn off"}

	return map[string]lie{
		"details: a negative amount": {callDetails, sets("order_info", "amount_after_discount", number("-1")), price, "negative amount"},
		"list: a negative amount":    {callOrders, sets("order_infos", "amount_after_discount", number("-1")), price, "negative amount"},
		"details: a negative list price": {
			callDetails, sets("order_info", "official_amount", number("-1")), price, "negative amount",
		},
		"details: dearer than the list": {callDetails, sets("order_info", "amount_after_discount", number("1000")), price, "above max_amount"},
		"list: dearer than the details": {callOrders, sets("order_infos", "amount_after_discount", number("1000")), price, "above max_amount"},
		"details: another unit":         {callDetails, sets("order_info", "measure_id", 3), price, "unit 3"},
		"list: another unit":            {callOrders, sets("order_infos", "measure_id", 3), price, "unit 3"},
		"details: another currency":     {callDetails, sets("order_info", "currency", "CNY"), price, "CNY, USD"},
		"list: another currency":        {callOrders, sets("order_infos", "currency", "CNY"), price, "CNY, USD"},
		"details: an unknown status":    {callDetails, sets("order_info", "status", 77), order, "unknown(77)"},
		"details: approval":             {callDetails, sets("order_info", "status", 1), order, "approval"},
		"details: past its deadline": {
			callDetails, sets("order_info", "pending_payment_end_time", "2026-01-01T00:00:00Z"), price, "deadline has passed",
		},
		"details: another order": {callDetails, whole(func(a *account, answer map[string]any) {
			if order, ok := answer["order_info"].(map[string]any); ok {
				order["order_id"] = a.other
			}
		}), order, "the answer is of order"},
		"list: another order":         {callOrders, sets("order_infos", "order_id", "CS0"), order, "incomplete answer"},
		"list: more than there are":   {callOrders, sets("", "total_count", 7), listed, "came of 7"},
		"list: none":                  {callOrders, says(http.StatusOK, `{"total_count":0,"order_infos":[]}`), order, "does not exist"},
		"list: an unknown type":       {callOrders, sets("order_infos", "order_type", 99), renewal, "it is no renewal"},
		"details: a status as a text": {callDetails, sets("order_info", "status", "unpaid"), order, "unreadable answer"},
		"details: no order":           {callDetails, says(http.StatusOK, `{"total_count":1}`), order, "holds no order"},
		"details: nothing":            {callDetails, says(http.StatusOK, `{}`), order, "none of this call"},
		"details: of a health check":  {callDetails, says(http.StatusOK, `{"status":"UP"}`), order, "none of this call"},
		"discounts: it adds":          {callDiscounts, lines("discount_amount", number("-5")), discount, "takes -5"},
		"discounts: above the price":  {callDiscounts, lines("discount_amount", number("999")), discount, "takes 999"},
		"discounts: nothing off":      {callDiscounts, lines("discount_amount", number("0")), discount, "takes 0"},
		"discounts: of another order": {callDiscounts, rows("discounts", func(a *account, row map[string]any) {
			for _, part := range simtest.Rows(row, "orders") {
				part["order_id"] = a.other
			}
		}), discount, "no part of it is for order"},
		"discounts: a line that counts twice": {callDiscounts, rows("discounts", func(_ *account, row map[string]any) {
			for _, part := range simtest.Rows(row, "orders") {
				items, _ := part["order_line_items"].([]any)
				part["order_line_items"] = append(items, items...)
			}
		}), discount, "twice"},
		"discounts: an unknown kind":    {callDiscounts, sets("discounts", "discount_type", 77), discount, "type 77"},
		"discounts: no kind":            {callDiscounts, sets("discounts", "discount_type", nil), discount, "no code"},
		"price: negative":               {callPrice, sets("renew_inquiry_results", "amount", number("-120")), renewal, "negative price"},
		"price: none":                   {callPrice, sets("renew_inquiry_results", "amount", nil), renewal, "without an amount"},
		"price: above the cap":          {callPrice, sets("renew_inquiry_results", "amount", number("120.01")), renewal, "above max_amount"},
		"price: another currency":       {callPrice, sets("", "currency", "CNY"), renewal, "priced in CNY"},
		"price: another resource":       {callPrice, sets("renew_inquiry_results", "resource_id", bystander), renewal, "no price of"},
		"resource: another one":         {callResources, sets("data", "resource_id", bystander), all, "bystander"},
		"resource: an unknown status":   {callResources, sets("data", "status", 77), all[:4], "unknown(77)"},
		"resource: no expiry":           {callResources, sets("data", "expire_time", ""), all[:4], "server"},
		"resource: no time":             {callResources, sets("data", "expire_time", "soon"), all[:4], "soon"},
		"resource: an earlier expiry":   {callResources, sets("data", "expire_time", "2026-12-31T15:59:59Z"), all[:4], ""},
		"resource: attached":            {callResources, sets("data", "is_main_resource", 0), all, "attached to another"},
		"resource: more than there are": {callResources, sets("", "total_count", 7), all, "came of 7"},
	}
}

// anything is what something between here and the API may say with success.
func anything() map[string]func(*account, *simtest.Reply) {
	return map[string]func(*account, *simtest.Reply){
		"200 an empty object":  says(http.StatusOK, `{}`),
		"200 a list":           says(http.StatusOK, `[]`),
		"200 null":             says(http.StatusOK, `null`),
		"200 a text":           says(http.StatusOK, `"ok"`),
		"200 a page":           says(http.StatusOK, `<html><body>Sign in</body></html>`),
		"200 an error":         says(http.StatusOK, `{"error_code":"CBC.0999","error_msg":"system busy"}`),
		"200 another document": says(http.StatusOK, `{"status":"UP","total_count":0,"data":[]}`),
		"201 an empty object":  says(http.StatusCreated, `{}`),
		"202 nothing":          says(http.StatusAccepted, ``),
		"302 elsewhere":        says(http.StatusFound, ``),
	}
}

// acted counts what the operation did.
func (a *account) acted(operation string) int {
	_, acted := a.Calls(operation)

	return acted
}

// tells answers the calls of the path with a lie, and counts how often.
func (a *account) tells(call string, tell func(*account, *simtest.Reply)) *atomic.Int64 {
	var told atomic.Int64 // pages are asked for at once

	a.Wire.On(call, func(_ int, deliver func() simtest.Reply) simtest.Reply {
		told.Add(1)
		reply := deliver()
		tell(a, &reply)

		return reply
	})

	return &told
}

// does the act, within the timeout of its resource.
func (a *account) does(t *testing.T, one deed) error {
	t.Helper()

	ctx, stop := a.Clock.Within(t.Context(), timeout)
	defer stop()

	return one.do(a, ctx, t)
}

// TestReadLies tells each lie about what is read to each act, from the start. What may
// not be believed ends in an error that names it, and nothing is charged, deleted or
// turned on; what an act does not go by does not keep it from acting.
func TestReadLies(t *testing.T) {
	t.Parallel()

	for name, one := range readLies() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			refused := []string{}

			for doing, act := range deeds() {
				a := newAccount(t, doing)
				told := a.tells(one.call, one.tell)
				err := a.does(t, act)

				switch mustNot := slices.Contains(one.refuse, doing); {
				case told.Load() == 0 && mustNot:
					t.Errorf("%s: it was never told", doing)
				case told.Load() == 0:
				case !mustNot && (err != nil || a.acted(act.ends) != 1):
					t.Errorf("%s: done %d times: %v", doing, a.acted(act.ends), err)
				case mustNot && (err == nil || a.acted(act.ends) != 0 || !strings.Contains(fmt.Sprint(err), one.says)):
					t.Errorf("%s: done %d times, want an error that says %q: %v", doing, a.acted(act.ends), one.says, err)
				case mustNot:
					refused = append(refused, doing)
				}
			}

			if len(refused) != len(one.refuse) {
				t.Errorf("refused by %q, want %q", refused, one.refuse)
			}
		})
	}
}

// TestWriteLies answers the call that acts with something else than its documented
// success, whether it acted or not. It is sent once in a run. What did not act is an
// error; the next run, which is told the truth, ends with the act done once.
func TestWriteLies(t *testing.T) {
	t.Parallel()

	for doing, act := range deeds() {
		for name, tell := range anything() {
			for _, arrives := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/%s/arrives %t", doing, name, arrives), func(t *testing.T) {
					t.Parallel()

					a := newAccount(t, doing)
					lying := true

					a.Wire.On(act.call, func(_ int, deliver func() simtest.Reply) simtest.Reply {
						if !lying {
							return deliver()
						}

						reply := simtest.Reply{Header: http.Header{}}
						if arrives {
							reply = deliver()
						}

						tell(a, &reply)

						return reply
					})

					err := a.does(t, act)
					if err == nil && !arrives {
						t.Error("nothing was done, and there is no error")
					}

					lying = false

					a.run()

					again := a.does(t, act)
					if a.acted(act.writes) > 1 || a.acted(act.ends) > 1 {
						t.Errorf("done %d times, paid %d times", a.acted(act.writes), a.acted(act.ends))
					}

					if again == nil && a.acted(act.ends) != 1 {
						t.Errorf("done %d times, and there is no error", a.acted(act.ends))
					}

					t.Logf("first %v\nthen %v", err, again)
				})
			}
		}
	}
}
