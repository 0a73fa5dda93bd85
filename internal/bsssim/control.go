// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Queries are the names of the queries that the simulator answers.
func (s *Server) Queries() []string {
	var names []string
	for _, op := range s.operations {
		if op.Kind == "query" {
			names = append(names, op.Name)
		}
	}

	return names
}

// Requests is the journal so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.journal.copies()
}

// ClearRequests empties the journal; its numbers go on.
func (s *Server) ClearRequests() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal.clear()
}

// AddFault posts a fault. It refuses an unknown kind or operation.
func (s *Server) AddFault(fault Fault) error {
	if err := fault.complete(s.operations); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.posted = append(s.faults.posted, &fault)

	return nil
}

// ClearFaults withdraws all faults.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.posted = nil
}

// Now is the simulated time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.world.clock.now()
}

// Advance moves simulated time forward.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.clock.advance(d)
	s.world.settle()
	s.world.dirty = true
	_ = s.save()
}

// Set changes a setting. It refuses an unknown name or value.
func (s *Server) Set(name, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.world.configure(map[string]string{name: value}); err != nil {
		return err
	}

	return s.save()
}

// Console does what a person at the vendor's console, or the vendor itself,
// would do; the package comment lists the acts and their values.
func (s *Server) Console(act string, values map[string]any) (map[string]any, error) {
	data, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("console %s: %w", act, err)
	}

	return s.console(act, data)
}

func (s *Server) console(act string, data []byte) (map[string]any, error) {
	carryOut, known := consoleActs[act]
	if !known {
		return nil, fmt.Errorf("console: unknown act %q", act)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.settle()
	result, err := carryOut(s.world, data)
	s.world.settle()
	if err != nil {
		return nil, fmt.Errorf("console %s: %w", act, err)
	}
	if err := s.save(); err != nil {
		return nil, err
	}

	return result, nil
}

// World is a copy of all state.
func (s *Server) World() World {
	s.mu.Lock()
	s.world.settle()
	data, err := s.world.encode()
	s.mu.Unlock()
	if err != nil {
		panic(err)
	}
	var copied World
	if err := json.Unmarshal(data, &copied); err != nil {
		panic(err)
	}

	return copied
}

// control serves the calls under /_sim/, unsigned and from this machine only.
func (s *Server) control(w http.ResponseWriter, r *http.Request, body []byte) {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		http.Error(w, "the control is for this machine only", http.StatusForbidden)

		return
	}
	result, err := s.command(r.Method, r.URL.Path, body)
	status := http.StatusOK
	switch {
	case errors.Is(err, errNoControl):
		status = http.StatusNotFound
	case err != nil:
		status = http.StatusBadRequest
	}
	if err != nil {
		result = map[string]any{"error": err.Error()}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(mustEncode(result), '\n'))
}

var errNoControl = errors.New("no such control call")

func (s *Server) command(method, path string, body []byte) (any, error) {
	done := map[string]any{}
	switch method + " " + path {
	case "GET /_sim/requests":
		return s.Requests(), nil
	case "DELETE /_sim/requests":
		s.ClearRequests()

		return done, nil
	case "POST /_sim/faults":
		fault, err := decodeFault(body)
		if err != nil {
			return nil, err
		}

		return done, s.AddFault(fault)
	case "DELETE /_sim/faults":
		s.ClearFaults()

		return done, nil
	case "POST /_sim/clock":
		return s.commandClock(body)
	case "POST /_sim/console":
		return s.commandConsole(body)
	case "POST /_sim/settings":
		return s.commandSettings(body)
	case "GET /_sim/settings":
		return s.World().Settings, nil
	case "GET /_sim/world":
		return s.World(), nil
	default:
		return nil, fmt.Errorf("%w: %s %s", errNoControl, method, path)
	}
}

func (s *Server) commandClock(body []byte) (any, error) {
	var request struct {
		Advance string `json:"advance"`
	}
	if err := decodeStrictly(body, &request); err != nil {
		return nil, err
	}
	duration, err := time.ParseDuration(request.Advance)
	if err != nil || duration < 0 {
		return nil, fmt.Errorf("advance: %q is not a duration such as 720h", request.Advance)
	}
	s.Advance(duration)

	return map[string]any{"now": s.Now().Format(wireTime)}, nil
}

func (s *Server) commandConsole(body []byte) (any, error) {
	var request map[string]json.RawMessage
	if err := decodeStrictly(body, &request); err != nil {
		return nil, err
	}
	if len(request) != 1 {
		return nil, errors.New("console: want one act")
	}
	for act, values := range request {
		return s.console(act, values)
	}

	return nil, nil
}

func (s *Server) commandSettings(body []byte) (any, error) {
	var request map[string]string
	if err := decodeStrictly(body, &request); err != nil {
		return nil, err
	}
	for name, value := range request {
		if err := s.Set(name, value); err != nil {
			return nil, err
		}
	}

	return s.World().Settings, nil
}

// decodeStrictly refuses fields that it does not know.
func decodeStrictly(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("request: %w", err)
	}

	return nil
}
