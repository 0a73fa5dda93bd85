// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// maxBody bounds the body of a request.
const maxBody = 1 << 20

// Server is a running simulator. Its methods can be called at any time from any
// goroutine.
type Server struct {
	options    Options
	operations []*operation
	secrets    Credentials
	listener   net.Listener
	http       *http.Server
	stop       context.CancelFunc
	stopped    context.Context // the life of the server, not of a call
	served     sync.WaitGroup

	mu       sync.Mutex
	world    *world
	journal  journal
	faults   faults
	quotas   quotas
	requests int
	closed   bool
}

// New starts a simulator that listens until [Server.Close].
func New(options Options) (*Server, error) {
	if err := options.complete(); err != nil {
		return nil, err
	}
	operations, err := loadOperations()
	if err != nil {
		return nil, err
	}
	world, err := openWorld(options)
	if err != nil {
		return nil, err
	}
	stopped, stop := context.WithCancel(context.Background())
	s := &Server{
		options:    options,
		operations: operations,
		secrets:    simulatedCredentials(world.CustomerID),
		stop:       stop,
		stopped:    stopped,
		world:      world,
		quotas:     quotas{enforced: options.Quota == "published", site: options.Site, recent: map[string][]time.Time{}},
	}
	if err := s.save(); err != nil {
		stop()

		return nil, err
	}
	if options.InProcess {
		return s, nil
	}
	s.listener, err = (&net.ListenConfig{}).Listen(stopped, "tcp", options.Addr)
	if err != nil {
		stop()

		return nil, fmt.Errorf("listen: %w", err)
	}
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	s.served.Go(func() {
		_ = s.http.Serve(s.listener)
	})

	return s, nil
}

// Close stops the simulator: connections are cut, and delayed calls that have
// not acted never will. It returns when no call runs any longer.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	var err error
	if s.http != nil {
		err = s.http.Close()
	}
	s.served.Wait()

	return err
}

// URL is the endpoint, without a path. In the process nobody listens on it.
func (s *Server) URL() string {
	if s.listener == nil {
		return "http://localhost"
	}

	return "http://" + s.listener.Addr().String()
}

// Site is the simulated site.
func (s *Server) Site() string { return s.options.Site }

// Credentials are those that the simulator accepts.
func (s *Server) Credentials() Credentials { return s.secrets }

// ServeHTTP serves the API, and under /_sim/ the control of the simulator.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.enter() {
		panic(http.ErrAbortHandler)
	}
	defer s.served.Done()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body cannot be read", http.StatusBadRequest)

		return
	}
	if strings.HasPrefix(r.URL.Path, "/_sim/") {
		s.control(w, r, body)

		return
	}
	x := s.arrive(r, body)
	switch out := s.exchange(r, body, x); {
	case out.cut:
		panic(http.ErrAbortHandler)
	default:
		s.write(w, x, out)
	}
}

// enter counts a handler, unless the server is closing.
func (s *Server) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.served.Add(1)
	}

	return !s.closed
}

// exchange is one call of the API on its way.
type exchange struct {
	entry     *Request
	op        *operation
	path      map[string]string
	requestID string
}

// outcome is what the client sees.
type outcome struct {
	status  int
	header  map[string]string
	body    []byte
	failure *failure
	cut     bool
	mangle  string
}

// arrive makes the entry in the journal.
func (s *Server) arrive(r *http.Request, body []byte) *exchange {
	op, path := route(s.operations, r.Method, r.URL.EscapedPath())
	entry := &Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery}
	if op != nil {
		entry.Operation, entry.Mutation = op.Name, op.mutation()
	}
	entry.subjects(path, r.URL.Query(), body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	entry.At = s.world.clock.now()
	s.journal.arrive(entry)

	return &exchange{entry: entry, op: op, path: path, requestID: fmt.Sprintf("%032x", s.requests)}
}

// exchange takes a call through the gateway, the check of its parameters, its
// fault if it has one, and the operation.
func (s *Server) exchange(r *http.Request, body []byte, x *exchange) outcome {
	if !s.wait(s.options.Latency) {
		return outcome{cut: true}
	}
	call, refusal := s.admit(r, body, x)
	if refusal != nil {
		return outcome{failure: refusal}
	}
	s.mu.Lock()
	fault := s.faults.pick(x.entry)
	s.mu.Unlock()
	if fault == nil {
		return s.act(x, call)
	}
	switch fault.Kind {
	case FaultStatusBefore:
		return outcome{failure: fault.failure()}
	case FaultDropBefore:
		return outcome{cut: true}
	case FaultDelayBefore:
		if !s.wait(fault.Delay) {
			return outcome{cut: true}
		}

		return s.act(x, call)
	}
	out := s.act(x, call)
	switch fault.Kind {
	case FaultStatusAfter:
		return outcome{failure: fault.failure()}
	case FaultDropAfter:
		return outcome{cut: true}
	case FaultDelayAfter:
		if !s.wait(fault.Delay) {
			return outcome{cut: true}
		}
	default:
		out.mangle = fault.Kind
	}

	return out
}

// admit is the gateway and the check of the parameters.
func (s *Server) admit(r *http.Request, body []byte, x *exchange) (*call, *failure) {
	now := s.options.realTime()()
	caller, refusal := s.caller(r, body, x, now)
	if refusal != nil {
		return nil, refusal
	}
	if x.op == nil || !x.op.on(s.options.Site) && !s.tolerated(x.op) {
		return nil, notPublished()
	}
	s.mu.Lock()
	refusal = s.quotas.take(x.op, now)
	account, code := s.world.setting("account_site"), s.world.setting("wrong_site_code")
	s.mu.Unlock()
	if refusal != nil {
		return nil, refusal
	}
	if x.op.identity {
		if r.URL.RawQuery != "" && (x.op.Name != "create_token_of_password" || r.URL.RawQuery != "nocatalog=true") {
			return nil, identityRefusal(http.StatusBadRequest, "Unknown query: %s", r.URL.RawQuery)
		}

		return &call{caller: caller, request: r, body: body}, nil
	}
	if account != "" && account != s.options.Site {
		return nil, refuse(http.StatusForbidden, code, messages[code])
	}
	if caller != s.secrets.DomainID {
		return nil, refuse(http.StatusForbidden, "CBC.0151", messages["CBC.0151"])
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badParameter("query", "cannot be read")
	}
	site := s.options.Site
	if !x.op.on(site) {
		site = SiteChina
	}
	values, err := x.op.validate(site, x.path, query, r.Header, body)
	if err != nil {
		return nil, asFailure(err)
	}

	return &call{values: values, language: r.Header.Get("X-Language"), caller: caller}, nil
}

// caller is the account that a request is of, "" where it is made to get credentials.
func (s *Server) caller(r *http.Request, body []byte, x *exchange, now time.Time) (string, *failure) {
	if x.op != nil && x.op.anonymous != nil && x.op.anonymous(body) {
		return "", nil
	}
	s.mu.Lock()
	admitted := gate{s.secrets, s.world.issuedNow()}
	s.mu.Unlock()

	return admitted.authenticate(r, body, now)
}

// tolerated lets the query of order coupons on Europe through to its handler,
// where a setting decides.
func (s *Server) tolerated(op *operation) bool {
	return op.Name == "list_order_coupons" && s.options.Site == SiteEurope
}

// act carries out the operation.
func (s *Server) act(x *exchange, c *call) outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.settle()
	s.world.acted = false
	s.world.oddlyAsked(x.op, c)
	result, err := handlers[x.op.Name](s.world, c)
	x.entry.Acted = s.world.acted && x.entry.Mutation
	if saveErr := s.save(); err == nil {
		err = saveErr
	}
	if err != nil {
		return outcome{failure: asFailure(err)}
	}
	// The body points into the world, so it is encoded under the lock.
	var body []byte
	if result.body != nil {
		if body, err = json.Marshal(result.body); err != nil {
			return outcome{failure: asFailure(err)}
		}
	}
	if body, err = s.world.oddlyAnswered(x.op, body); err != nil {
		return outcome{failure: asFailure(err)}
	}

	return outcome{status: result.status, header: result.header, body: body}
}

func asFailure(err error) *failure {
	var refusal *failure
	if errors.As(err, &refusal) {
		return refusal
	}

	return refuse(http.StatusInternalServerError, "CBC.0999", "Simulator: "+err.Error())
}
