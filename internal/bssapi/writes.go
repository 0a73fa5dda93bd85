// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"crypto/tls"
	"io"
	"net/http"
	"strings"
)

// forWrites is what sends requests that write. Over HTTP/2 Go's transport sends a
// request again by itself when the server resets its stream or says goodbye, past
// limiter and retry policy, and a server that says so may have acted. So writes
// go over HTTP/1.1, where it repeats none that a byte was sent of.
//
// A transport that cannot be told so gets requests that cannot be repeated.
func forWrites(transport http.RoundTripper) http.RoundTripper {
	original, ok := transport.(*http.Transport)
	if !ok || original.DialTLSContext != nil || original.DialTLS != nil { //nolint:staticcheck // callers may still set it
		return once{transport}
	}
	writes := original.Clone()
	writes.ForceAttemptHTTP2 = false
	writes.Protocols = &http.Protocols{}
	writes.Protocols.SetHTTP1(true)
	writes.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	if writes.TLSClientConfig == nil {
		writes.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	writes.TLSClientConfig.NextProtos = []string{"http/1.1"}

	return writes
}

// once gives a request a body that cannot be read a second time.
type once struct{ next http.RoundTripper }

func (t once) RoundTrip(req *http.Request) (*http.Response, error) {
	single := req.Clone(req.Context())
	single.GetBody = nil
	if single.Body == nil || single.Body == http.NoBody {
		single.Body = io.NopCloser(strings.NewReader(""))
	}

	return t.next.RoundTrip(single)
}
