// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// proxyPage is what a garbage fault answers.
const proxyPage = "<html><head><title>502 Bad Gateway</title></head><body>proxy error</body></html>\n"

// write sends the outcome and notes its status in the journal.
func (s *Server) write(w http.ResponseWriter, x *exchange, out outcome) {
	status, body := out.status, out.body
	if out.failure != nil {
		status = out.failure.status
		body = mustEncode(out.failure.body(x.requestID))
	}
	header := w.Header()
	s.mu.Lock()
	x.entry.Status = status
	header.Set("Date", s.world.clock.now().Format(http.TimeFormat))
	s.mu.Unlock()
	header.Set("X-Request-Id", x.requestID)
	for name, value := range out.header {
		header.Set(name, value)
	}
	if out.failure != nil && out.failure.retryAfter != "" {
		header.Set("Retry-After", out.failure.retryAfter)
	}
	switch out.mangle {
	case FaultGarbage:
		header.Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write([]byte(proxyPage))
	case FaultTruncate:
		s.truncate(w, status, body)
	default:
		if body != nil {
			header.Set("Content-Type", "application/json;charset=UTF-8")
		}
		w.WriteHeader(status)
		if body != nil {
			_, _ = w.Write(body)
		}
	}
}

// truncate breaks an answer off in the middle of its body or, without one, in
// the middle of its header.
func (s *Server) truncate(w http.ResponseWriter, status int, body []byte) {
	if len(body) > 0 {
		w.Header().Set("Content-Type", "application/json;charset=UTF-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = w.Write(body[:len(body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = conn.Write([]byte("HTTP/1.1 " + strconv.Itoa(status) + " No Con"))
	_ = conn.Close()
}

// mustEncode encodes what the simulator itself has put together.
func mustEncode(body any) []byte {
	data, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}

	return data
}
