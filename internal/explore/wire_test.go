// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// errLost is what a client sees of a request or an answer that is lost.
var errLost = errors.New("connection reset by peer")

// request is a call of a run, held until the search decides what becomes of it.
type request struct {
	run    *run
	sent   *http.Request
	body   []byte
	answer chan reply
	// asleep says that all that begins with delivering it was gone through: it is a
	// read, and nothing but reads of others was delivered since.
	asleep bool
	// judged says that it was held against the laws of sending.
	judged bool
}

type reply struct {
	status int
	header http.Header
	body   []byte
	err    error
}

func lost() reply { return reply{err: errLost} }

func throttled() reply {
	return reply{
		status: http.StatusTooManyRequests,
		body:   []byte(`{"error_code":"APIGW.0308","error_msg":"The throttling threshold has been reached"}`),
	}
}

// RoundTrip holds the call of a run that is alive.
func (r *run) RoundTrip(sent *http.Request) (*http.Response, error) {
	q := &request{run: r, sent: sent, answer: make(chan reply)}

	if sent.Body != nil {
		body, err := io.ReadAll(sent.Body)
		must(err)

		q.body = body
	}

	if !r.history.hold(q) {
		return nil, errLost
	}

	got := <-q.answer
	if got.err != nil {
		return nil, got.err
	}

	return &http.Response{
		StatusCode: got.status, Header: got.header, Body: io.NopCloser(bytes.NewReader(got.body)), Request: sent,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}, nil
}

// deliver hands the call to the simulator.
func (h *history) deliver(q *request) reply {
	arriving := q.sent.Clone(q.run.history.t.Context())
	arriving.Body = io.NopCloser(bytes.NewReader(q.body))

	// Time alone changes it too.
	if q.acts() {
		h.look()
	}

	before := h.world
	recorder := httptest.NewRecorder()

	h.search.calls++
	h.sim.ServeHTTP(recorder, arriving)

	if made := h.sim.Requests(); made[len(made)-1].Mutation != q.acts() {
		panic("it is not known what this does: " + q.String())
	}

	h.sim.ClearRequests()

	if q.acts() {
		h.look()
		h.judge(q, before)
	}

	return reply{status: recorder.Code, header: recorder.Header(), body: recorder.Body.Bytes()}
}

// acts says whether the call changes something.
func (q *request) acts() bool { return verbs[q.name()] != "" }

// verbs are the calls that change something, by how they read in the API's paths.
var verbs = map[string]string{
	"POST pay":             "pays",
	"POST renew":           "places a renewal",
	"PUT cancel":           "cancels",
	"POST unsubscribe":     "unsubscribes",
	"POST instantly":       "converts",
	"POST autorenew":       "turns automatic renewal on",
	"DELETE autorenew":     "turns automatic renewal off",
	"POST transfer-amount": "transfers",
	"POST retrieve-amount": "retrieves",
	"POST transfer-coupon": "gives a coupon",
}

// name is the method and the last part of the path that is no id.
func (q *request) name() string {
	parts := strings.Split(q.sent.URL.Path, "/")
	for i := len(parts) - 1; i > 0; i-- {
		if strings.Trim(parts[i], "abcdefghijklmnopqrstuvwxyz-") == "" && parts[i] != "" {
			return q.sent.Method + " " + parts[i]
		}
	}

	return q.sent.Method + " " + q.sent.URL.Path
}

func (q *request) String() string {
	verb := verbs[q.name()]
	if verb == "" {
		verb = "reads " + q.name()
	}

	return q.run.String() + " " + verb
}
