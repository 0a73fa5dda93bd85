// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package witness

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/huaweicloud/huaweicloud-sdk-go-v3/core/sdkerr"
	"github.com/shopspring/decimal"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func init() {
	// What the SDK decoded is written as JSON again, to be compared with what
	// was sent: numbers have to stay numbers.
	decimal.MarshalJSONWithoutQuotes = true
}

// tree is a JSON object; its numbers are json.Number.
type tree = map[string]any

func parse(data []byte) (tree, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var parsed tree
	err := decoder.Decode(&parsed)

	return parsed, err
}

// invocation calls a method of the SDK. The fields of the request and of the
// answer go by their JSON names, so that one test can serve both SDKs.
type invocation func(tree) (tree, error)

func bind[Request, Answer any](method func(*Request) (*Answer, error)) invocation {
	return func(fields tree) (tree, error) {
		data, err := json.Marshal(fields)
		if err != nil {
			return nil, err
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		request := new(Request)
		if err := decoder.Decode(request); err != nil {
			return nil, fmt.Errorf("not a request of the SDK: %w", err)
		}
		answer, err := method(request)
		if err != nil {
			return nil, err
		}
		if data, err = json.Marshal(answer); err != nil {
			return nil, err
		}

		return parse(data)
	}
}

// recorder keeps the last answer. It may change a request that is signed
// already.
type recorder struct {
	next   http.RoundTripper
	change func(*http.Request)

	status    int
	requestID string
	answer    []byte
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	if r.change != nil {
		req = req.Clone(req.Context())
		r.change(req)
	}
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(resp.Body)
	if closeErr := resp.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, err
	}
	r.status, r.requestID, r.answer = resp.StatusCode, resp.Header.Get("X-Request-Id"), data
	resp.Body = io.NopCloser(bytes.NewReader(data))

	return resp, nil
}

// try calls an operation through the SDK and returns what the SDK returned, and
// the entry that the simulator made of it.
func (c *client) try(t *testing.T, operation string, request tree) (tree, bsssim.Request, error) {
	t.Helper()
	invoke, bound := c.operations[operation]
	if !bound {
		t.Fatalf("no method of the SDK is bound to %s on %s", operation, c.sim.Site())
	}
	before := len(c.sim.Requests())
	answer, err := invoke(request)
	entries := c.sim.Requests()[before:]
	if len(entries) != 1 || entries[0].Operation != operation {
		t.Fatalf("%s arrived as %+v (error: %v)", operation, entries, err)
	}

	return answer, entries[0], err
}

// call makes a call that has to succeed, and in which the SDK must understand
// every field that the simulator sent.
func (c *client) call(t *testing.T, operation string, request tree) tree {
	t.Helper()
	answer, entry, err := c.try(t, operation, request)
	if err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
	if entry.Status != c.wire.status || entry.Status/100 != 2 {
		t.Fatalf("%s: the journal says %d, the SDK got %d", operation, entry.Status, c.wire.status)
	}
	if len(c.wire.answer) == 0 {
		return answer
	}
	sent, err := parse(c.wire.answer)
	if err != nil {
		t.Fatalf("%s: %v", operation, err)
	}
	if diff := compare(sent, answer); diff != "" {
		t.Errorf("%s: what the simulator sends is not what the SDK reads (-sent +read):\n%s", operation, diff)
	}

	return answer
}

// refused checks that an error is the SDK's form of a refusal by the API, and
// returns the API's message.
func (c *client) refused(t *testing.T, err error, status int, code string) string {
	t.Helper()
	var refusal *sdkerr.ServiceResponseError
	if !errors.As(err, &refusal) {
		t.Fatalf("got %v, want a refusal with %d %s", err, status, code)
	}
	if refusal.StatusCode != status || refusal.ErrorCode != code || refusal.ErrorMessage == "" {
		t.Errorf("refused with %d %s %q, want %d %s", refusal.StatusCode, refusal.ErrorCode, refusal.ErrorMessage, status, code)
	}
	if refusal.RequestId == "" || refusal.RequestId != c.wire.requestID {
		t.Errorf("the refusal has the request id %q, the answer %q", refusal.RequestId, c.wire.requestID)
	}

	return refusal.ErrorMessage
}

// expect compares the fields that want, a JSON object, names.
func expect(t *testing.T, answer tree, want string) {
	t.Helper()
	expected, err := parse([]byte(want))
	if err != nil {
		t.Fatalf("%v in %s", err, want)
	}
	if diff := compare(expected, answer); diff != "" {
		t.Errorf("answer differs (-want +got):\n%s", diff)
	}
}

// compare says in which of want's fields got differs. Numbers are compared by
// value, since the SDK reads many amounts as float64.
func compare(want, got tree) string {
	sameNumber := cmp.Comparer(func(a, b json.Number) bool {
		x, okX := new(big.Rat).SetString(a.String())
		y, okY := new(big.Rat).SetString(b.String())

		return okX && okY && x.Cmp(y) == 0
	})

	return cmp.Diff(any(want), project(want, got), sameNumber)
}

// project is the part of a value that has the shape of another.
func project(shape, value any) any {
	switch shape := shape.(type) {
	case tree:
		object, ok := value.(tree)
		if !ok {
			return value
		}
		part := tree{}
		for name, inner := range shape {
			// To the SDK, null and absent are the same.
			if field, present := object[name]; present || inner == nil {
				part[name] = project(inner, field)
			}
		}

		return part
	case []any:
		list, ok := value.([]any)
		if !ok || len(list) != len(shape) {
			return value
		}
		part := make([]any, len(list))
		for i := range list {
			part[i] = project(shape[i], list[i])
		}

		return part
	default:
		return value
	}
}
