// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package simtest

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// The states of an order in the simulated world.
const (
	Unpaid    = 6
	Completed = 5
	Canceled  = 4
)

// Driven is a simulated account in this process, by a clock that never really
// waits. Its client repeats nothing, so that each fault counts once.
type Driven struct {
	*Account

	Wire  *Wire
	Clock *clocktest.Clock

	tb testing.TB
}

// Drive starts one at the given time.
func Drive(tb testing.TB, start time.Time, options bsssim.Options) *Driven {
	tb.Helper()

	clock := clocktest.New(start)
	account, wire := Inside(tb, clock, options, bssapi.WithMaxRetries(0))

	return &Driven{Account: account, Wire: wire, Clock: clock, tb: tb}
}

// Do does something at the console, which has to work.
func (d *Driven) Do(act string, values map[string]any) map[string]any {
	d.tb.Helper()

	answer, err := d.Console(act, values)
	if err != nil {
		d.tb.Errorf("%s: %v", act, err)
	}

	return answer
}

// Fault makes the next call of an operation go wrong.
func (d *Driven) Fault(fault bsssim.Fault) {
	d.tb.Helper()

	if err := d.AddFault(fault); err != nil {
		d.tb.Fatal(err)
	}
}

// Edit changes the answers to the calls whose path has the part in it.
func (d *Driven) Edit(part string, change func(answer map[string]any)) {
	d.Wire.On(part, func(_ int, deliver func() Reply) Reply { return Edited(d.tb, deliver(), change) })
}

// Edited is an answer with a change.
func Edited(tb testing.TB, reply Reply, change func(answer map[string]any)) Reply {
	tb.Helper()

	var answer map[string]any
	if err := json.Unmarshal(reply.Body, &answer); err != nil {
		tb.Error(err)

		return reply
	}

	change(answer)

	body, err := json.Marshal(answer)
	if err != nil {
		tb.Error(err)
	}

	reply.Body = body

	return reply
}

// Rows are the objects in a list of an answer.
func Rows(answer map[string]any, list string) []map[string]any {
	values, _ := answer[list].([]any)

	var rows []map[string]any

	for _, value := range values {
		if row, ok := value.(map[string]any); ok {
			rows = append(rows, row)
		}
	}

	return rows
}

// Calls counts the calls of an operation, and those that acted.
func (d *Driven) Calls(operation string) (sent, acted int) {
	for _, request := range d.Requests() {
		if request.Operation == operation {
			sent++

			if request.Acted {
				acted++
			}
		}
	}

	return sent, acted
}

// Charges fails the test unless the order was charged these amounts.
func (d *Driven) Charges(orderID string, want ...string) {
	d.tb.Helper()

	var got []string

	for _, made := range d.World().Payments {
		if made.OrderID == orderID {
			got = append(got, string(made.Amount))
		}
	}

	if strings.Join(got, " ") != strings.Join(want, " ") {
		d.tb.Errorf("order %s was charged %q, want %q", orderID, got, want)
	}
}

// Status is that of an order in the simulated world.
func (d *Driven) Status(orderID string) int { return d.World().Order(orderID).Status }
