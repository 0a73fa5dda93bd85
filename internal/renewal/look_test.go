// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/simtest"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// TestLookIsFresh renews a resource at the console after many were read at once,
// which a snapshot of the account answers from then on: a quote knows nothing of
// that snapshot.
func TestLookIsFresh(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		account := simtest.InBubble(t, bsssim.Options{Generate: bsssim.Generate{Resources: 300}})
		reader := subscription.NewReader(account.Client, bssapi.SystemClock(), subscription.DefaultReadTiming())

		simtest.ReadAll(t, reader.Get, account.IDs)

		id := account.World().Resources[150].ResourceID
		old := account.World().Resources[150].ExpireTime

		if _, err := account.Console("set_balance", map[string]any{"amount": "1000.00"}); err != nil {
			t.Fatal(err)
		}

		if _, err := account.Console("renew", map[string]any{"resource_id": id, "period_type": 2, "period_num": 1}); err != nil {
			t.Fatal(err)
		}

		known, err := reader.Get(t.Context(), id)
		if at, parseErr := bssapi.ParseTime(known.ExpireTime); err != nil || parseErr != nil || at.After(old) {
			t.Fatalf("the resource was read anew (%s, %v), so this test shows nothing", known.ExpireTime, err)
		}

		day, err := renewal.ParseDate(old.AddDate(0, 0, 1).In(time.FixedZone("UTC+8", 8*60*60)).Format(time.DateOnly))
		if err != nil {
			t.Fatal(err)
		}

		conditions := act.Conditions{Clock: bssapi.SystemClock(), Timing: act.DefaultTiming(), Locks: &act.Locks{}}

		quote, err := renewal.New(account.Client, reader, payment.New(account.Client, conditions), conditions).
			Quote(t.Context(), renewal.Goal{ResourceID: id, PaidThrough: day, Unit: renewal.Month})
		if err != nil || !quote.Reached {
			t.Errorf("the quote is of the term before: %+v, %v", quote, err)
		}
	})
}
