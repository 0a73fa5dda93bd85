// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package simtest_test

import (
	"errors"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
)

// TestInside: the simulator in the process answers, goes wrong and tells the time
// as the one behind a socket does.
func TestInside(t *testing.T) {
	t.Parallel()

	clock := clocktest.New(time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC))
	account, wire := simtest.Inside(t, clock, bsssim.Options{Seed: "demo"}, bssapi.WithMaxRetries(0))
	clock.Advance(time.Hour)

	if got := account.Client.Now(); !got.Equal(clock.Now()) || !account.Now().Equal(clock.Now()) {
		t.Errorf("the client has %s, and the simulator %s", got, account.Now())
	}

	for kind, want := range map[string]error{
		bsssim.FaultDropAfter: bssapi.ErrNoAnswer, bsssim.FaultGarbage: bssapi.ErrUnreadable, bsssim.FaultTruncate: bssapi.ErrUnreadable,
		bsssim.FaultStatusBefore: bssapi.ErrServer, bsssim.FaultDelayBefore: nil,
	} {
		if err := account.AddFault(bsssim.Fault{Operation: "get_account_balances", Kind: kind, Delay: time.Minute}); err != nil {
			t.Fatal(err)
		}

		if _, err := account.Client.GetAccountBalances(t.Context()); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", kind, err, want)
		}
	}

	if late := clock.Now().Sub(time.Date(2031, 5, 6, 8, 8, 9, 0, time.UTC)); late < time.Minute {
		t.Errorf("a minute's delay took %s", late)
	}

	wire.On("/balances", func(n int, deliver func() simtest.Reply) simtest.Reply {
		reply := deliver()
		if n == 1 {
			reply.Status = 201
		}

		return reply
	})

	calls := len(account.Requests())

	for range 2 {
		if _, err := account.Client.GetAccountBalances(t.Context()); err != nil {
			t.Error(err)
		}
	}

	if got := len(account.Requests()) - calls; got != 2 {
		t.Errorf("%d of 2 calls were delivered", got)
	}
}
