// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package simtest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// Inside starts a simulator that is called in the process, without a socket, and
// makes a client of it. Both go by the clock, so that nothing really waits.
func Inside(tb testing.TB, clock bssapi.Clock, options bsssim.Options, client ...bssapi.Option) (*Account, *Wire) {
	tb.Helper()

	options.Clock, options.InProcess = clock, true

	server := start(tb, options)

	wire := &Wire{server: server}

	return connect(tb, server, wire, append([]bssapi.Option{bssapi.WithClock(clock)}, client...)), wire
}

// InBubble starts a simulator in the process, and makes a client of it, for a test
// that runs in a bubble of [testing/synctest]: what time is there, both go by.
func InBubble(tb testing.TB, options bsssim.Options, client ...bssapi.Option) *Account {
	tb.Helper()

	options.InProcess = true
	server := start(tb, options)

	return connect(tb, server, BubbleWire(server), client)
}

// BubbleWire leads to a simulator in the process, for a test that runs in a bubble
// of [testing/synctest]. A call that its client gives up on goes on.
func BubbleWire(server http.Handler) *Wire { return &Wire{server: server, goesOn: true} }

// Wire is a transport that hands calls to a simulator in the process.
type Wire struct {
	server http.Handler
	// goesOn says that a call is left alone once its client has given up. Where the
	// clock is driven, nobody gives up while the server waits.
	goesOn bool

	mu    sync.Mutex
	hooks []*hook
}

// Reply is what comes back of a call.
type Reply struct {
	Status int
	Header http.Header
	Body   []byte
	// Cut says that the answer breaks off after the body.
	Cut bool
	// Err is in the place of an answer.
	Err error
	// Read is called once the answer was read; nil for nothing.
	Read func()
}

type hook struct {
	part  string
	calls int
	do    func(n int, deliver func() Reply) Reply
}

func (h *hook) takes(path string) bool {
	return strings.HasSuffix(path, h.part) || strings.HasSuffix(h.part, "/") && strings.Contains(path, h.part)
}

// On calls do for each call whose path ends in the part, or has it in it if it ends
// in a slash, in the place of the simulator, with the number of the call, counted
// from 0. deliver is what the simulator does with the call. Of several hooks the last
// one that was set counts.
func (w *Wire) On(part string, do func(n int, deliver func() Reply) Reply) {
	w.mu.Lock()
	defer w.mu.Unlock()

	w.hooks = append(w.hooks, &hook{part: part, do: do})
}

// RoundTrip hands the call to its hook or to the simulator.
func (w *Wire) RoundTrip(req *http.Request) (*http.Response, error) {
	arriving := req.Clone(req.Context())
	if req.Body == nil {
		arriving.Body = http.NoBody
	}

	deliver := func() Reply { return w.deliver(arriving) }

	if w.goesOn {
		arriving = arriving.WithContext(context.WithoutCancel(req.Context()))
		deliver = func() Reply { return w.deliverUntil(req.Context(), arriving) } //nolint:contextcheck // what arrives goes on without it
	}

	reply := w.reply(req.URL.Path, deliver)
	if err := cmp.Or(reply.Err, req.Context().Err()); err != nil {
		return nil, err
	}

	var body io.Reader = bytes.NewReader(reply.Body)
	if reply.Read != nil {
		body = io.MultiReader(body, readerFunc(reply.Read))
	}

	if reply.Cut {
		body = io.MultiReader(body, errorReader{})
	}

	return &http.Response{
		StatusCode: reply.Status, Header: reply.Header, Body: io.NopCloser(body), Request: req,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}, nil
}

func (w *Wire) reply(path string, deliver func() Reply) Reply {
	w.mu.Lock()

	for i := len(w.hooks) - 1; i >= 0; i-- {
		if h := w.hooks[i]; h.takes(path) {
			n := h.calls
			h.calls++
			w.mu.Unlock()

			return h.do(n, deliver)
		}
	}

	w.mu.Unlock()

	return deliver()
}

// deliverUntil is deliver for a client that may give up.
func (w *Wire) deliverUntil(ctx context.Context, req *http.Request) Reply {
	answered := make(chan Reply, 1)

	go func() { answered <- w.deliver(req) }()

	select {
	case reply := <-answered:
		return reply
	case <-ctx.Done():
		return Reply{Err: ctx.Err()}
	}
}

// deliver is the simulator's answer, which it may cut off.
func (w *Wire) deliver(req *http.Request) (reply Reply) {
	recorder := httptest.NewRecorder()

	defer func() {
		cut := recover()
		if cut == nil {
			return
		}

		if err, ok := cut.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
			panic(cut)
		}

		reply = Reply{Err: io.ErrUnexpectedEOF}
		if recorder.Flushed {
			reply = Reply{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.Bytes(), Cut: true}
		}
	}()

	w.server.ServeHTTP(recorder, req)

	return Reply{Status: recorder.Code, Header: recorder.Header(), Body: recorder.Body.Bytes()}
}

// readerFunc is called at the end of an answer.
type readerFunc func()

func (f readerFunc) Read([]byte) (int, error) {
	f()

	return 0, io.EOF
}

// errorReader is where an answer breaks off.
type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
