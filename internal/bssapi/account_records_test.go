// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// count reads all rows.
func count[Row any](rows iter.Seq2[Row, error]) (int, error) {
	n := 0
	for _, err := range rows {
		if err != nil {
			return n, err
		}
		n++
	}

	return n, nil
}

// accountReads are the calls that list what an account has, with a good request.
func accountReads(t *testing.T, c *Client) map[string]func() (int, error) {
	t.Helper()

	return map[string]func() (int, error){
		"account changes": func() (int, error) {
			return count(c.ListAccountChangeRecords(t.Context(), ListAccountChangeRecordsRequest{BalanceType: BalanceTypeDebit}).Rows)
		},
		"coupon changes": func() (int, error) {
			return count(c.ListCouponChangeRecords(t.Context(), ListCouponChangeRecordsRequest{}).Rows)
		},
		"cards": func() (int, error) {
			return count(c.ListStoredValueCards(t.Context(), ListStoredValueCardsRequest{Status: StoredValueCardAvailable}))
		},
		"quota": func() (int, error) {
			_, err := c.GetExpenditureQuota(t.Context())

			return 0, err
		},
	}
}

func TestAccountReadsBySite(t *testing.T) {
	t.Parallel()
	for _, site := range allSites {
		fake := always(200, `{"total_count":0,"granting_amount":1}`)
		c, _ := newTestClient(t, fake, WithSite(site))
		for name, read := range accountReads(t, c) {
			before := len(fake.requests())
			_, err := read()
			there := (name == "quota") != (site == SiteChina)
			if errors.Is(err, ErrNotOnSite) == there || (err == nil) != there {
				t.Errorf("%s on %s: %v", name, site, err)
			}
			if called := len(fake.requests()) > before; called != there {
				t.Errorf("%s on %s: a call %v", name, site, called)
			}
		}
	}
}

func TestBadAccountReadsAreNotSent(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0}`)
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	accounts := func(req ListAccountChangeRecordsRequest) error {
		_, err := count(c.ListAccountChangeRecords(t.Context(), req).Rows)

		return err
	}
	days := func(begin, end string) ListAccountChangeRecordsRequest {
		return ListAccountChangeRecordsRequest{
			BalanceType: BalanceTypeDebit, ChangeFilter: ChangeFilter{TradeTimeBegin: begin, TradeTimeEnd: end},
		}
	}
	_, cards := count(c.ListStoredValueCards(t.Context(), ListStoredValueCardsRequest{}))
	for name, err := range map[string]error{
		"no account":      accounts(ListAccountChangeRecordsRequest{}),
		"coupons":         accounts(ListAccountChangeRecordsRequest{BalanceType: balanceTypeCoupon}),
		"one day":         accounts(days("2026-01-01", "")),
		"no day":          accounts(days("2026-1-1", "2026-01-02")),
		"backwards":       accounts(days("2026-01-02", "2026-01-01")),
		"cards in no one": cards,
	} {
		if !errors.Is(err, ErrNotSent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := len(fake.requests()); got != 0 {
		t.Errorf("%d calls", got)
	}
}

// TestChangesAreAskedFor shows what is sent: nothing that does not filter, since
// an empty text is a filter.
func TestChangesAreAskedFor(t *testing.T) {
	t.Parallel()
	fake := always(200, `{"total_count":0}`)
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	if _, err := count(c.ListCouponChangeRecords(t.Context(), ListCouponChangeRecordsRequest{}).Rows); err != nil {
		t.Fatal(err)
	}
	want := "balance_type=BALANCE_TYPE_COUPON&limit=100&offset=0"
	if got := fake.requests()[0].URL.RawQuery; got != want {
		t.Errorf("asked %s, want %s", got, want)
	}
}

// changePages answers as many changes as are asked for, each page in a currency of
// its own.
func changePages(total int, currencies ...string) *network {
	return &network{answer: func(_ int, req sent) (*http.Response, error) {
		var offset int
		if _, err := fmt.Sscan(req.URL.Query().Get("offset"), &offset); err != nil {
			return nil, err
		}
		rows := make([]string, min(changeRecordPageSize, total-offset))
		for i := range rows {
			rows[i] = fmt.Sprintf(`{"account_change_id":"AC%d","change_amount":"1.10","revenue_expense_type":"EXPENSE"}`, offset+i)
		}

		return reply(200, fmt.Sprintf(`{"total_count":%d,"currency":%q,"records":[%s]}`,
			total, currencies[offset/changeRecordPageSize], strings.Join(rows, ","))), nil
	}}
}

func TestChangesOfSeveralPages(t *testing.T) {
	t.Parallel()
	fake := changePages(150, "CNY", "CNY")
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	changes := c.ListAccountChangeRecords(t.Context(), ListAccountChangeRecordsRequest{BalanceType: BalanceTypeCredit})
	read, err := count(changes.Rows)
	if diff := cmp.Diff([]any{150, "CNY", 2}, []any{read, changes.Currency, len(fake.requests())}); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// TestChangesOfOneFullPage: the page behind the last row has no rows, and need not
// name a currency.
func TestChangesOfOneFullPage(t *testing.T) {
	t.Parallel()
	fake := changePages(changeRecordPageSize, "CNY", "")
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	changes := c.ListAccountChangeRecords(t.Context(), ListAccountChangeRecordsRequest{BalanceType: BalanceTypeCredit})
	read, err := count(changes.Rows)
	if diff := cmp.Diff([]any{changeRecordPageSize, "CNY", 2}, []any{read, changes.Currency, len(fake.requests())}); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestChangesOfTwoCurrenciesAreRefused(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, changePages(150, "CNY", "USD"), WithSite(SiteChina))
	_, err := count(c.ListAccountChangeRecords(t.Context(), ListAccountChangeRecordsRequest{BalanceType: BalanceTypeCredit}).Rows)
	if !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v", err)
	}
}

func TestExpenditureQuotaInAnotherUnit(t *testing.T) {
	t.Parallel()
	c, _ := newTestClient(t, always(200, `{"granting_amount":1,"measure_id":3}`), WithSite(SiteInternational))
	if quota, err := c.GetExpenditureQuota(t.Context()); !errors.Is(err, ErrOtherUnit) || quota != nil {
		t.Errorf("got %v, %v", quota, err)
	}
}
