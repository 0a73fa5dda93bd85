// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package planreport

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// state is what a plan says of a value.
type state int

const (
	absent state = iota // null, or not there
	known
	unknown   // only the apply knows it
	sensitive // nobody is to see it
)

// values are the attributes of an object, and what is marked about them.
type values struct {
	attributes         map[string]json.RawMessage
	unknown, sensitive marks
}

// marks say which attributes are marked: all of them, or those with a true in them.
type marks struct {
	all   bool
	named map[string]json.RawMessage
}

// UnmarshalJSON reads a truth value, or an object with one for each attribute.
func (m *marks) UnmarshalJSON(text []byte) error {
	if bytes.HasPrefix(text, []byte("{")) {
		return json.Unmarshal(text, &m.named)
	}

	// Anything else that is not false marks all, so that nothing gets out.
	m.all = !bytes.Equal(text, []byte("false")) && !bytes.Equal(text, []byte("null")) && !bytes.Equal(text, []byte("[]"))

	return nil
}

func (m marks) has(attribute string) bool {
	return m.all || bytes.Contains(m.named[attribute], []byte("true"))
}

func (v values) state(attribute string) state {
	raw := v.attributes[attribute]

	switch {
	case v.sensitive.has(attribute):
		return sensitive
	case v.unknown.has(attribute):
		return unknown
	case len(raw) == 0 || bytes.Equal(raw, []byte("null")):
		return absent
	default:
		return known
	}
}

// statesNone is whether the plan says that there is no value. A plan of a version that
// does not have the attribute says nothing.
func (v values) statesNone(attribute string) bool {
	return v.state(attribute) == absent && bytes.Equal(v.attributes[attribute], []byte("null"))
}

// read reads a known attribute. One of another type is as if it were not there: it is
// of another version of the provider.
func (v values) read(attribute string, into any) state {
	is := v.state(attribute)
	if is == known && json.Unmarshal(v.attributes[attribute], into) != nil {
		return absent
	}

	return is
}

// text is a known text, or else empty.
func (v values) text(attribute string) string {
	var text string
	v.read(attribute, &text)

	return text
}

func (v values) texts(attribute string) []string {
	var texts []string
	v.read(attribute, &texts)

	return texts
}

// truth is whether a truth value is known to be true.
func (v values) truth(attribute string) bool {
	var truth bool
	v.read(attribute, &truth)

	return truth
}

// decimals are how many decimals an amount can have: behind them, there is only what
// Terraform's binary arithmetic added to it.
const decimals = 40

// amount is a known amount, or else null.
func (v values) amount(attribute string) bssapi.Decimal {
	var written bssapi.Decimal
	v.read(attribute, &written)

	exact, ok := new(big.Rat).SetString(written.String())
	if !ok {
		return bssapi.Decimal{}
	}

	// Of too many digits, nothing is known.
	amount, err := bssapi.ParseDecimal(strings.TrimSuffix(strings.TrimRight(exact.FloatString(decimals), "0"), "."))
	if err != nil {
		return bssapi.Decimal{}
	}

	return amount
}

// mentions names attributes that are sensitive, among those that a row is made of.
func (v values) mentions(attributes ...string) []string {
	return slices.DeleteFunc(attributes, func(attribute string) bool { return v.state(attribute) != sensitive })
}

// verbs are the words of a plan for what happens to an object, in any order.
type verbs struct{ creates, updates, deletes, forgets bool }

func verbsOf(address string, words []string) (verbs, error) {
	var found verbs

	for _, word := range words {
		switch word {
		case "create":
			found.creates = true
		case "update":
			found.updates = true
		case "delete":
			found.deletes = true
		case "forget":
			found.forgets = true
		case "no-op", "read", "open", "renew", "close":
		default:
			return found, fmt.Errorf(
				"the plan does %s with %s, which is not known here. Use a newer version of this provider",
				name(word),
				name(address),
			)
		}
	}

	return found, nil
}

// origin is what tells whose a resource or an action is.
type origin struct {
	Address  string `json:"address"`
	Mode     string `json:"mode"`
	Type     string `json:"type"`
	Provider string `json:"provider_name"`
}

// ours says whether it is of this provider, from whichever registry or mirror.
func (o origin) ours() bool {
	return strings.HasPrefix(o.Type, "bss_") && (o.Provider == "bss" || strings.HasSuffix(o.Provider, "/bss"))
}

// change is what happens to an object.
type change struct {
	origin
	verbs

	before, after values
	previous      string
	imported      bool
	planned       string // when the plan was made
}

// changeJSON is a change as a plan writes it.
type changeJSON struct {
	origin

	PreviousAddress string `json:"previous_address"`
	Change          struct {
		Actions         []string        `json:"actions"`
		Before          json.RawMessage `json:"before"`
		After           json.RawMessage `json:"after"`
		AfterUnknown    marks           `json:"after_unknown"`
		BeforeSensitive marks           `json:"before_sensitive"`
		AfterSensitive  marks           `json:"after_sensitive"`
		Importing       json.RawMessage `json:"importing"`
	} `json:"change"`
}

func (c changeJSON) change() (change, error) {
	found := change{
		origin: c.origin, previous: c.PreviousAddress, imported: len(c.Change.Importing) > 0 && string(c.Change.Importing) != "null",
		before: values{sensitive: c.Change.BeforeSensitive},
		after:  values{sensitive: c.Change.AfterSensitive, unknown: c.Change.AfterUnknown},
	}

	var err error
	if found.verbs, err = verbsOf(c.Address, c.Change.Actions); err != nil {
		return change{}, err
	}

	for raw, into := range map[*json.RawMessage]*map[string]json.RawMessage{
		&c.Change.Before: &found.before.attributes, &c.Change.After: &found.after.attributes,
	} {
		if len(*raw) == 0 {
			continue
		}

		if !c.ours() {
			*into = chargingMode(*raw)
		} else if json.Unmarshal(*raw, into) != nil {
			return change{}, otherType(c.origin)
		}
	}

	return found, nil
}

func otherType(of origin) error {
	return fmt.Errorf("%w: the values of %s are no object. %s", errNoPlan, name(of.Address), wanted)
}
