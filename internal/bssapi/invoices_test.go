// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// invoiceServer has so many invoices, gives at most so many in a page, and is paged
// by numbers.
func invoiceServer(t *testing.T, total, most int) *network {
	t.Helper()

	return &network{answer: func(_ int, req sent) (*http.Response, error) {
		query := req.URL.Query()
		number, _ := strconv.Atoi(query.Get("offset"))
		limit, _ := strconv.Atoi(query.Get("limit"))
		if number < 1 || limit < 1 || limit > 100 || req.URL.Path != "/v1.0/51a0/payments/intl-invoices" {
			t.Errorf("asked %s", req.URL)
		}
		limit = min(limit, most)
		var rows []string
		for i := (number - 1) * limit; i < min(total, number*limit); i++ {
			rows = append(rows, fmt.Sprintf(`{"requestId":"INV-%d","invoiceAmount":1}`, i))
		}

		return reply(200, fmt.Sprintf(`{"count":%d,"invoices":[%s]}`, total, strings.Join(rows, ","))), nil
	}}
}

func TestListInvoicesPages(t *testing.T) {
	t.Parallel()
	window := ListInvoicesRequest{DomainID: "51a0", StartTime: time.Unix(0, 0), EndTime: time.Unix(1, 0)}
	for _, test := range []struct{ total, most, calls int }{
		{0, 100, 1},
		{1, 100, 1},
		{100, 100, 2}, // The total may be that of the page.
		{250, 100, 3},
		{250, 30, 9}, // A server of smaller pages.
	} {
		fake := invoiceServer(t, test.total, test.most)
		c, _ := newTestClient(t, fake, WithSite(SiteInternational))
		rows, err := collect(t, c.ListInvoices(t.Context(), window))
		if err != nil || len(rows) != test.total || len(fake.requests()) != test.calls {
			t.Errorf("%+v: %d invoices from %d calls, %v", test, len(rows), len(fake.requests()), err)
		}
		for i, row := range rows {
			if row.RequestID != fmt.Sprintf("INV-%d", i) {
				t.Errorf("%+v: invoice %d is %s", test, i, row.RequestID)
			}
		}
	}
}

// TestListInvoicesUnevenPages: where pages differ in length, no number leads to the
// next row, and part of a list is no list.
func TestListInvoicesUnevenPages(t *testing.T) {
	t.Parallel()
	fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
		number, _ := strconv.Atoi(req.URL.Query().Get("offset"))
		var rows []string
		for i := range []int{30, 20, 30}[min(number, 3)-1] {
			rows = append(rows, fmt.Sprintf(`{"requestId":"INV-%d-%d"}`, number, i))
		}

		return reply(200, fmt.Sprintf(`{"count":80,"invoices":[%s]}`, strings.Join(rows, ","))), nil
	}}
	c, _ := newTestClient(t, fake, WithSite(SiteEurope))
	_, err := collect(
		t,
		c.ListInvoices(t.Context(), ListInvoicesRequest{DomainID: "51a0", StartTime: time.Unix(0, 0), EndTime: time.Unix(1, 0)}),
	)
	if !errors.Is(err, ErrIncomplete) || !strings.Contains(fmt.Sprint(err), "differ in length") {
		t.Error(err)
	}
}

func TestListInvoicesRefuses(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_invoices"))
	begin, end := time.Unix(0, 0), time.Unix(1, 0)
	for name, test := range map[string]struct {
		site Site
		req  ListInvoicesRequest
		want error
	}{
		"no window":     {SiteInternational, ListInvoicesRequest{DomainID: "x"}, ErrNotSent},
		"turned around": {SiteInternational, ListInvoicesRequest{DomainID: "x", StartTime: end, EndTime: begin}, ErrNotSent},
		"no account":    {SiteInternational, ListInvoicesRequest{StartTime: begin, EndTime: end}, ErrNotSent},
		"china":         {SiteChina, ListInvoicesRequest{DomainID: "x", StartTime: begin, EndTime: end}, ErrNotOnSite},
	} {
		c, _ := newTestClient(t, fake, WithSite(test.site))
		if _, err := collect(t, c.ListInvoices(t.Context(), test.req)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(fake.requests()) != 0 {
		t.Errorf("%d calls", len(fake.requests()))
	}
}
