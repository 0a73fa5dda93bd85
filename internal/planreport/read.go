// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// plan is what the text of a plan holds that a report needs.
type plan struct {
	formatVersion, timestamp     string
	complete, applyable, errored *bool
	changes, drift               []change
	invocations                  []invocation
	forecasts                    []forecast
	unread                       int // forecasts that are read during the apply
	deferred, otherDeferred      int // changes and actions of this provider, and of others
	hidden                       int // resources of others whose charging_mode is sensitive
	isPlan, isState, isLog       bool
}

// reader reads the text once, from its begin to its end.
type reader struct {
	decoder *json.Decoder
	plan    plan
}

// errNoPlan is behind what is wrong with a text as a whole.
var errNoPlan = errors.New("this is not a plan")

const wanted = `Give the text that "terraform show -json PLANFILE" prints`

// byteOrderMark is what shells of Windows begin a file with.
const byteOrderMark = "\ufeff"

// read takes what a report needs from the text of a plan.
func read(text io.Reader) (plan, error) {
	unmarked := bufio.NewReader(text)
	if begin, _ := unmarked.Peek(len(byteOrderMark)); string(begin) == byteOrderMark {
		_, _ = unmarked.Discard(len(byteOrderMark))
	}

	r := &reader{decoder: json.NewDecoder(unmarked)}

	if err := r.object(r.member); err != nil {
		return plan{}, err
	}

	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) && !r.plan.isLog {
		return plan{}, fmt.Errorf("%w alone: something follows its JSON. %s", errNoPlan, wanted)
	}

	return r.plan, r.plan.judge()
}

// judge says what else the text is, or that its version is not known.
func (p plan) judge() error {
	major, _, _ := strings.Cut(p.formatVersion, ".")

	switch {
	case p.isLog:
		return fmt.Errorf("%w, but the log of a run with -json. %s", errNoPlan, wanted)
	case p.formatVersion == "":
		return fmt.Errorf("%w: it has no format_version. %s", errNoPlan, wanted)
	case p.isState:
		return fmt.Errorf(`%w, but a state. %s: without PLANFILE, it shows the state`, errNoPlan, wanted)
	case major != "1":
		return fmt.Errorf("the plan has format_version %s, and only 1.x is known here. Use a newer version of this provider",
			name(p.formatVersion))
	case !p.isPlan:
		return fmt.Errorf("%w: it has neither planned_values nor resource_changes. %s", errNoPlan, wanted)
	default:
		return nil
	}
}

func (r *reader) member(key string) error {
	switch key {
	case "format_version":
		return r.value(key, &r.plan.formatVersion)
	case "timestamp":
		return r.value(key, &r.plan.timestamp)
	case "complete":
		return r.value(key, &r.plan.complete)
	case "applyable":
		return r.value(key, &r.plan.applyable)
	case "errored":
		return r.value(key, &r.plan.errored)
	case "resource_changes":
		r.plan.isPlan = true

		return r.list(key, r.change)
	case "resource_drift":
		return r.list(key, r.drift)
	case "action_invocations":
		return r.list(key, r.invocation)
	case "deferred_changes":
		return r.list(key, r.deferredChange)
	case "deferred_action_invocations":
		return r.list(key, r.deferredInvocation)
	case "prior_state":
		return r.priorState()
	default:
		r.plan.isPlan = r.plan.isPlan || key == "planned_values"
		r.plan.isState = r.plan.isState || key == "values"
		r.plan.isLog = r.plan.isLog || key == "@level"

		return r.value(key, new(skipped))
	}
}

func (r *reader) change(key string) error {
	var read changeJSON
	if err := r.value(key, &read); err != nil {
		return err
	}

	switch {
	case read.Mode == "data" && read.ours() && read.Type == forecastType:
		r.plan.unread++

		return nil
	case read.Mode != "managed":
		return nil
	}

	found, err := read.change()
	if err != nil {
		return err
	}

	if !read.ours() {
		var hidden bool
		if found, hidden = found.prepaid(); hidden {
			r.plan.hidden++
		}
	}

	if found.Address != "" {
		r.plan.changes = append(r.plan.changes, found)
	}

	return nil
}

func (r *reader) drift(key string) error {
	var read changeJSON
	if err := r.value(key, &read); err != nil || read.Mode != "managed" || !read.ours() {
		return err
	}

	found, err := read.change()
	r.plan.drift = append(r.plan.drift, found)

	return err
}

func (r *reader) invocation(key string) error {
	var read invocationJSON
	if err := r.value(key, &read); err != nil || !read.ours() {
		return err
	}

	found, err := read.invocation()
	r.plan.invocations = append(r.plan.invocations, found)

	return err
}

func (r *reader) deferredChange(key string) error {
	var read struct {
		Change origin `json:"resource_change"`
	}

	if err := r.value(key, &read); err != nil {
		return err
	}

	r.plan.postpone(read.Change)

	return nil
}

func (r *reader) deferredInvocation(key string) error {
	var read struct {
		Invocation origin `json:"action_invocation"`
	}

	if err := r.value(key, &read); err != nil {
		return err
	}

	r.plan.postpone(read.Invocation)

	return nil
}

func (p *plan) postpone(what origin) {
	if what.ours() {
		p.deferred++
	} else {
		p.otherDeferred++
	}
}

// object reads an object, whose members are read by a function.
func (r *reader) object(member func(key string) error) error {
	token, err := r.decoder.Token()
	if err != nil {
		return r.broken(err)
	}

	if token != json.Delim('{') {
		return fmt.Errorf("%w: it is JSON, but no object. %s", errNoPlan, wanted)
	}

	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return r.broken(err)
		}

		key, _ := token.(string)
		if err := member(key); err != nil {
			return err
		}
	}

	if _, err = r.decoder.Token(); err != nil {
		return r.broken(err)
	}

	return nil
}

// list reads a list, whose elements are read by a function, or null.
func (r *reader) list(key string, element func(key string) error) error {
	token, err := r.decoder.Token()
	if err != nil {
		return r.broken(err)
	}

	if token == nil {
		return nil
	}

	if token != json.Delim('[') {
		return fmt.Errorf("%w: its %s is no list. %s", errNoPlan, key, wanted)
	}

	for r.decoder.More() {
		if err := element(key); err != nil {
			return err
		}
	}

	if _, err := r.decoder.Token(); err != nil {
		return r.broken(err)
	}

	return nil
}

// value reads whatever comes next.
func (r *reader) value(key string, into any) error {
	err := r.decoder.Decode(into)

	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return fmt.Errorf("%w: something in its %s is of another type than in a plan. %s", errNoPlan, key, wanted)
	}

	if err != nil {
		return r.broken(err)
	}

	return nil
}

// broken words an error of the decoder without what the text holds.
func (r *reader) broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		if r.decoder.InputOffset() == 0 {
			return fmt.Errorf("%w: the text is empty. %s", errNoPlan, wanted)
		}

		return fmt.Errorf("%w: its JSON is cut off after %d bytes. %s", errNoPlan, r.decoder.InputOffset(), wanted)
	}

	return fmt.Errorf("%w: it is not JSON from byte %d on. %s", errNoPlan, r.decoder.InputOffset(), wanted)
}

// skipped is a value that nobody looks at.
type skipped struct{}

// UnmarshalJSON takes anything.
func (*skipped) UnmarshalJSON([]byte) error { return nil }
