// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The kinds of faults.
const (
	FaultStatusBefore = "status_before" // an error, nothing done
	FaultStatusAfter  = "status_after"  // done, and the answer is an error
	FaultDropBefore   = "drop_before"   // nothing done, the connection is cut
	FaultDropAfter    = "drop_after"    // done, the connection is cut
	FaultDelayBefore  = "delay_before"  // waits, then acts, also when the client has hung up
	FaultDelayAfter   = "delay_after"   // acts, then waits before it answers
	FaultGarbage      = "garbage"       // acts, and answers a page that is no JSON
	FaultTruncate     = "truncate"      // acts, and the answer breaks off in the middle
)

var faultKinds = []string{
	FaultStatusBefore, FaultStatusAfter, FaultDropBefore, FaultDropAfter,
	FaultDelayBefore, FaultDelayAfter, FaultGarbage, FaultTruncate,
}

// Fault makes matching calls of an operation go wrong. A call counts once it
// has passed the gateway and the check of its parameters.
type Fault struct {
	// Operation is a name of operations.json; "*" or "" is any.
	Operation string
	Kind      string
	// After is the number of matching calls that are let through first.
	After int
	// Times is the number of calls that go wrong then: 1 when 0, all when
	// negative.
	Times int
	// Status and Code are the answer of the status kinds: 500 and CBC.0999 when
	// not given.
	Status int
	Code   string
	// RetryAfter is the Retry-After header of the status kinds.
	RetryAfter string
	// Delay is the real time of the delay kinds: 1 s when 0.
	Delay time.Duration
	// Match limits the fault to calls that name these ids.
	Match FaultMatch
}

// FaultMatch names what a call must name; empty fields match everything.
type FaultMatch struct {
	ResourceID string `json:"resource_id"`
	OrderID    string `json:"order_id"`
}

// decodeFault reads the JSON form, in which the delay is text such as "1s".
func decodeFault(data []byte) (Fault, error) {
	var wire struct {
		Operation  string      `json:"operation"`
		Kind       string      `json:"kind"`
		After      int         `json:"after"`
		Times      int         `json:"times"`
		Status     int         `json:"status"`
		Code       string      `json:"code"`
		RetryAfter json.Number `json:"retry_after"`
		Delay      string      `json:"delay"`
		Match      FaultMatch  `json:"match"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&wire); err != nil {
		return Fault{}, fmt.Errorf("fault: %w", err)
	}
	fault := Fault{
		Operation: wire.Operation, Kind: wire.Kind, After: wire.After, Times: wire.Times, Status: wire.Status,
		Code: wire.Code, RetryAfter: wire.RetryAfter.String(), Match: wire.Match,
	}
	if wire.Delay != "" {
		delay, err := time.ParseDuration(wire.Delay)
		if err != nil {
			return Fault{}, fmt.Errorf("fault: delay: %w", err)
		}
		fault.Delay = delay
	}

	return fault, nil
}

func (f *Fault) complete(operations []*operation) error {
	if f.Operation == "" {
		f.Operation = "*"
	}
	known := func(op *operation) bool { return op.Name == f.Operation }
	switch {
	case f.Operation != "*" && !slices.ContainsFunc(operations, known):
		return fmt.Errorf("fault: unknown operation %q", f.Operation)
	case !slices.Contains(faultKinds, f.Kind):
		return fmt.Errorf("fault: kind %q is none of %s", f.Kind, strings.Join(faultKinds, ", "))
	case f.After < 0, f.Delay < 0:
		return errors.New("fault: after and delay cannot be negative")
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return fmt.Errorf("fault: status %d is not a status of an answer", f.Status)
	}
	if f.Times == 0 {
		f.Times = 1
	}
	if f.Status == 0 {
		f.Status = 500
	}
	if f.Code == "" {
		f.Code = "CBC.0999"
	}
	if f.Delay == 0 {
		f.Delay = time.Second
	}

	return nil
}

func (f *Fault) matches(entry *Request) bool {
	return (f.Operation == "*" || f.Operation == entry.Operation) &&
		(f.Match.OrderID == "" || f.Match.OrderID == entry.OrderID) &&
		(f.Match.ResourceID == "" || slices.Contains(entry.ResourceIDs, f.Match.ResourceID))
}

// faults are those posted, oldest first. The server's mutex guards them.
type faults struct {
	posted []*Fault
}

// pick is the fault of a call, nil for none: the first posted that matches and
// is not used up. A fault that still lets calls through hides later ones.
func (f *faults) pick(entry *Request) *Fault {
	for _, fault := range f.posted {
		if fault.Times == 0 || !fault.matches(entry) {
			continue
		}
		if fault.After > 0 {
			fault.After--

			return nil
		}
		if fault.Times > 0 {
			fault.Times--
		}

		return fault
	}

	return nil
}

func (f *Fault) failure() *failure {
	message := messages[f.Code]
	if message == "" {
		message = "Simulated fault."
	}

	return &failure{status: f.Status, code: f.Code, message: message, retryAfter: f.RetryAfter}
}
