// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package renewal_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// TestLookIsFresh renews a resource at the console after many were read at once,
// which a snapshot of the account answers from then on: a quote knows nothing of
// that snapshot.
func TestLookIsFresh(t *testing.T) {
	t.Parallel()

	server, err := bsssim.New(bsssim.Options{Generate: bsssim.Generate{Resources: 300}})
	if err != nil {
		t.Fatal(err)
	}

	transport := &http.Transport{MaxIdleConnsPerHost: 16}

	t.Cleanup(func() {
		transport.CloseIdleConnections()

		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})

	keys := server.Credentials()

	client, err := bssapi.New(
		bssapi.WithSite(bssapi.SiteInternational), bssapi.WithEndpoint(server.URL()), bssapi.WithTransport(transport),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: keys.AccessKey, SecretKey: keys.SecretKey})),
	)
	if err != nil {
		t.Fatal(err)
	}

	reader := subscription.NewReader(client)

	var reads sync.WaitGroup

	for _, resource := range server.World().Resources {
		reads.Go(func() {
			if _, err := reader.Get(t.Context(), resource.ResourceID); err != nil {
				t.Error(err)
			}
		})
	}

	reads.Wait()

	id := server.World().Resources[150].ResourceID
	old := server.World().Resources[150].ExpireTime

	if _, err := server.Console("set_balance", map[string]any{"amount": "1000.00"}); err != nil {
		t.Fatal(err)
	}

	if _, err := server.Console("renew", map[string]any{"resource_id": id, "period_type": 2, "period_num": 1}); err != nil {
		t.Fatal(err)
	}

	known, err := reader.Get(t.Context(), id)
	if at, parseErr := bssapi.ParseTime(known.ExpireTime); err != nil || parseErr != nil || at.After(old) {
		t.Fatalf("the resource was read anew (%s, %v), so this test shows nothing", known.ExpireTime, err)
	}

	day := renewal.DateOf(old.AddDate(0, 0, 1))

	quote, err := renewal.New(client, reader, payment.New(client)).
		Quote(t.Context(), renewal.Goal{ResourceID: id, PaidThrough: day, Unit: renewal.Month})
	if err != nil || !quote.Reached {
		t.Errorf("the quote is of the term before: %+v, %v", quote, err)
	}
}
