// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package simtest is what tests of several packages need to act on an account:
//
//	Account is a simulated account with a client of it.
//	Wire    leads to a simulator in the process, and can be tampered with.
//	Fake    answers what it is told to, also what the simulator never would.
//	Driven  is an account on such a wire, by a clock that tests drive.
package simtest

import (
	"net/http"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// Account is a simulated account with a client of it.
type Account struct {
	*bsssim.Server
	Client *bssapi.Client
	// IDs are those of its resources at the start.
	IDs []string
}

// New starts a simulator, which ends with the test, and makes a client of it.
// The options of the client come after those that connect it.
func New(tb testing.TB, options bsssim.Options, client ...bssapi.Option) *Account {
	tb.Helper()

	server := start(tb, options)

	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	tb.Cleanup(transport.CloseIdleConnections)

	return connect(tb, server, transport, client)
}

// start starts a simulator, which ends with the test.
func start(tb testing.TB, options bsssim.Options) *bsssim.Server {
	tb.Helper()

	server, err := bsssim.New(options)
	if err != nil {
		tb.Fatal(err)
	}

	tb.Cleanup(func() {
		if err := server.Close(); err != nil {
			tb.Error(err)
		}
	})

	return server
}

// connect makes a client of the simulator.
func connect(tb testing.TB, server *bsssim.Server, transport http.RoundTripper, client []bssapi.Option) *Account {
	tb.Helper()

	site, err := bssapi.ParseSite(server.Site())
	if err != nil {
		tb.Fatal(err)
	}

	keys := server.Credentials()
	connected, err := bssapi.New(append([]bssapi.Option{
		bssapi.WithSite(site), bssapi.WithEndpoint(server.URL()), bssapi.WithTransport(transport),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})),
	}, client...)...)
	if err != nil {
		tb.Fatal(err)
	}

	account := &Account{Server: server, Client: connected}
	for _, resource := range server.World().Resources {
		account.IDs = append(account.IDs, resource.ResourceID)
	}

	return account
}
