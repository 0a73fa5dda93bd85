// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// TestFailedCalls shows what a call that failed on its way says, and leaves unsaid.
func TestFailedCalls(t *testing.T) {
	t.Parallel()

	refused := errors.New("connection refused")
	unsent := func(op string) error {
		return &bssapi.Error{
			Operation: "list_orders", Host: "bss-intl.myhuaweicloud.com",
			Err: fmt.Errorf("%w: %w", bssapi.ErrNotSent, &net.OpError{Op: op, Net: "tcp", Err: refused}),
		}
	}

	for name, test := range map[string]struct {
		err         error
		says, never string
	}{
		"proxy is not there": {
			unsent("proxyconnect"),
			"Nothing was sent to bss-intl.myhuaweicloud.com. The proxy between was not reached. Check HTTPS_PROXY",
			"changed nothing",
		},
		"network is not there": {
			unsent("dial"), "Nothing was sent to bss-intl.myhuaweicloud.com. Check the network, the proxy (HTTPS_PROXY", "The proxy between",
		},
		"query without an answer": {
			&bssapi.Error{Operation: "list_orders", Err: bssapi.ErrNoAnswer}, "so it changed nothing. Try again.", "request id",
		},
		"query that failed": {
			&bssapi.Error{Operation: "list_orders", Status: 503, RequestID: "7"},
			"HTTP 503 (list_orders, request id 7).\n\nThe call that failed only reads, so it changed nothing. Try again. If it keeps failing, " +
				"open a ticket with the request id.",
			"not known",
		},
		"act without an answer": {
			&bssapi.Error{Operation: "pay_order", Err: bssapi.ErrNoAnswer}, "Whether it was done is not known. Look", "changed nothing",
		},
		"operation that nobody knows": {
			&bssapi.Error{Operation: "new_call", Status: 500}, "Whether it was done is not known. Look", "changed nothing",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			detail := apiDiagnostic("read the orders", test.err).Detail()
			if !strings.Contains(detail, test.says) || strings.Contains(detail, test.never) {
				t.Errorf("it says %q, want %q, and never %q", detail, test.says, test.never)
			}
		})
	}
}

// TestSentence: an answer of the API may be in any language.
func TestSentence(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]string{
		"":                     "",
		"the answer is empty":  "The answer is empty.",
		"CBC.0100: bad input.": "CBC.0100: bad input.",
		"余额不足 (pay_order)":     "余额不足 (pay_order).",
		"été":                  "Été.",
	} {
		if got := sentence(text); got != want {
			t.Errorf("sentence(%q) = %q, want %q", text, got, want)
		}
	}
}
