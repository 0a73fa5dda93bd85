// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// collect reads a loop to its end: the rows, the error, and whether anything
// came after the error.
func collect[T any](t *testing.T, rows iter.Seq2[T, error]) ([]T, error) {
	t.Helper()
	var out []T
	var failed error
	for row, err := range rows {
		if failed != nil {
			t.Fatal("the loop goes on after an error")
		}
		if err != nil {
			failed = err

			continue
		}
		out = append(out, row)
	}

	return out, failed
}

// numbers are the rows from..to as text.
func numbers(from, to int) []string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, strconv.Itoa(i))
	}

	return out
}

// pagesOf serves these pages, ten rows each, whatever comes after being empty.
func pagesOf(pages ...page[string]) paged[string] {
	return paged[string]{
		operation: "list_things", size: 10, key: func(s string) string { return s },
		fetch: func(_ context.Context, offset int) (page[string], error) {
			if i := offset / 10; i < len(pages) {
				return pages[i], nil
			}

			return page[string]{total: pages[len(pages)-1].total}, nil
		},
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	rows := func(total int, rows ...string) page[string] { return page[string]{rows, &total} }
	tests := map[string]struct {
		pages      []page[string]
		want       []string
		incomplete bool
	}{
		"nothing":                {[]page[string]{rows(0)}, nil, false},
		"nothing, total unknown": {[]page[string]{{}}, nil, true},
		"nothing of something":   {[]page[string]{rows(3)}, nil, true},
		"one page":               {[]page[string]{rows(3, numbers(0, 3)...)}, numbers(0, 3), false},
		"one full page":          {[]page[string]{rows(10, numbers(0, 10)...)}, numbers(0, 10), false},
		"three pages": {
			[]page[string]{rows(25, numbers(0, 10)...), rows(25, numbers(10, 20)...), rows(25, numbers(20, 25)...)},
			numbers(0, 25),
			false,
		},
		"rows without total":          {[]page[string]{{rows: numbers(0, 3)}}, numbers(0, 3), true},
		"negative total":              {[]page[string]{rows(-1, numbers(0, 3)...)}, numbers(0, 3), true},
		"more rows than total":        {[]page[string]{rows(2, numbers(0, 3)...)}, numbers(0, 3), true},
		"more rows than a page":       {[]page[string]{rows(12, numbers(0, 12)...)}, numbers(0, 12), false},
		"short page":                  {[]page[string]{rows(25, numbers(0, 9)...), rows(25, numbers(10, 20)...)}, numbers(0, 9), true},
		"empty page before the total": {[]page[string]{rows(25, numbers(0, 10)...), rows(25)}, numbers(0, 10), true},
		"grows with its rows": {
			[]page[string]{rows(20, numbers(0, 10)...), rows(21, numbers(10, 20)...), rows(21, "20")},
			numbers(0, 21),
			false,
		},
		"grows without its rows":            {[]page[string]{rows(15, numbers(0, 10)...), rows(17, numbers(10, 15)...)}, numbers(0, 15), true},
		"grows and shifts":                  {[]page[string]{rows(15, numbers(0, 10)...), rows(16, numbers(9, 15)...)}, numbers(0, 15), true},
		"shrinks with its rows":             {[]page[string]{rows(15, numbers(0, 10)...), rows(14, numbers(10, 14)...)}, numbers(0, 14), true},
		"shrinks without its rows":          {[]page[string]{rows(15, numbers(0, 10)...), rows(14, numbers(10, 15)...)}, numbers(0, 15), true},
		"overlaps":                          {[]page[string]{rows(15, numbers(0, 10)...), rows(15, numbers(8, 13)...)}, numbers(0, 13), true},
		"repeats a row, but total has both": {[]page[string]{rows(2, "0", "0")}, numbers(0, 1), true},
		"second page has no total":          {[]page[string]{rows(15, numbers(0, 10)...), {rows: numbers(10, 15)}}, numbers(0, 15), true},
		"second page is of nothing":         {[]page[string]{rows(15, numbers(0, 10)...), rows(0)}, numbers(0, 10), true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := collect(t, pagesOf(test.pages...).all(t.Context()))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if errors.Is(err, ErrIncomplete) != test.incomplete || err != nil && !test.incomplete {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestPagesKeepRowsWithoutKey(t *testing.T) {
	t.Parallel()
	p := pagesOf(page[string]{[]string{"", ""}, pointerTo(2)})
	if got, err := collect(t, p.all(t.Context())); err != nil || len(got) != 2 {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestPagesErrorComesAfterRows(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	p := pagesOf()
	p.fetch = func(_ context.Context, offset int) (page[string], error) {
		if offset == 20 {
			return page[string]{}, boom
		}

		return page[string]{numbers(offset, offset+10), pointerTo(100)}, nil
	}
	got, err := collect(t, p.all(t.Context()))
	if !errors.Is(err, boom) || len(got) != 20 {
		t.Errorf("%d rows, %v", len(got), err)
	}
}

func TestPagesEndWithAnEndlessList(t *testing.T) {
	t.Parallel()
	fetches := 0
	var mu sync.Mutex
	p := pagesOf()
	p.fetch = func(_ context.Context, offset int) (page[string], error) {
		mu.Lock()
		defer mu.Unlock()
		fetches++

		return page[string]{numbers(offset, offset+10), pointerTo(offset + 25)}, nil
	}
	_, err := collect(t, p.all(t.Context()))
	if !errors.Is(err, ErrIncomplete) {
		t.Errorf("got %v", err)
	}
	if fetches > 30 {
		t.Errorf("%d pages were read", fetches)
	}
}

// TestPagesAreFetchedAhead reads pages that take 100 ms each and come one every
// 50 ms by quota: the quota, not the time of an answer, is what a reader waits
// for.
func TestPagesAreFetchedAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const total, size = 10_000, 100
		var mu sync.Mutex
		var arrivals []time.Time
		fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
			mu.Lock()
			arrivals = append(arrivals, SystemClock().Now())
			mu.Unlock()
			if err := SystemClock().Sleep(req.Context(), 100*time.Millisecond); err != nil {
				return nil, err
			}
			offset, _ := strconv.Atoi(req.URL.Query().Get("offset"))
			var rows []string
			for _, id := range numbers(offset, offset+size) {
				rows = append(rows, `{"order_id":"`+id+`"}`)
			}

			return reply(200, fmt.Sprintf(`{"total_count":%d,"order_infos":[%s]}`, total, strings.Join(rows, ","))), nil
		}}
		c, _ := newTestClient(t, fake, WithClock(SystemClock()))
		begin := SystemClock().Now()
		got, err := collect(t, c.ListOrders(t.Context(), ListOrdersRequest{}))
		if err != nil || len(got) != total {
			t.Fatalf("%d rows, %v", len(got), err)
		}
		for i, order := range got {
			if order.OrderID != strconv.Itoa(i) {
				t.Fatalf("row %d is %s", i, order.OrderID)
			}
		}
		assertQuota(t, arrivals, 20, 0)
		if took := SystemClock().Now().Sub(begin); took > 6*time.Second {
			t.Errorf("100 pages at 20 a second took %v", took)
		}
	})
}

func TestLeavingTheLoopStopsFetching(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		started, ended := 0, 0
		p := pagesOf()
		p.fetch = func(ctx context.Context, offset int) (page[string], error) {
			mu.Lock()
			started++
			mu.Unlock()
			defer func() {
				mu.Lock()
				ended++
				mu.Unlock()
			}()
			if offset > 10 {
				<-ctx.Done()

				return page[string]{}, ctx.Err()
			}

			return page[string]{numbers(offset, offset+10), pointerTo(1000)}, nil
		}
		count := 0
		for _, err := range p.all(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if count++; count == 15 {
				break
			}
		}
		if started > 1+pagesAhead+1 || started != ended {
			t.Errorf("%d pages were asked for, %d ended", started, ended)
		}
	})
}

func TestLoopEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	p := pagesOf()
	p.fetch = func(ctx context.Context, offset int) (page[string], error) {
		return page[string]{numbers(offset, offset+10), pointerTo(1000)}, ctx.Err()
	}
	count := 0
	var last error
	for _, err := range p.all(ctx) {
		if count++; count == 5 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("after %d rows: %v", count, last)
	}
}

// FuzzPages serves arbitrary pages and totals. Whatever they are, a loop ends,
// yields no row twice, and is either complete or says that it is not.
func FuzzPages(f *testing.F) {
	f.Add([]byte{25, 10, 25, 10, 25, 5})
	f.Add([]byte{0, 0})
	f.Add([]byte{255, 10, 255, 10, 0, 0})
	f.Add([]byte{15, 10, 16, 200})
	f.Fuzz(func(t *testing.T, script []byte) {
		p := pagesOf()
		p.fetch = func(_ context.Context, offset int) (page[string], error) {
			i := 2 * (offset / 10)
			if i+1 >= len(script) {
				return page[string]{total: pointerTo(0)}, nil
			}
			total, count := int(int8(script[i])), int(script[i+1])%12 //nolint:gosec // wraps on purpose
			at := offset
			if script[i+1] >= 128 {
				at = max(0, offset-3)
			}

			return page[string]{numbers(at, at+count), &total}, nil
		}
		seen := map[string]bool{}
		rows, err := collect(t, p.all(t.Context()))
		for _, row := range rows {
			if seen[row] {
				t.Fatalf("row %s came twice", row)
			}
			seen[row] = true
		}
		switch {
		case err == nil && len(rows) > 0 && !complete(script, len(rows)):
			t.Fatalf("%d rows are called complete; no page said so: %v", len(rows), script)
		case err != nil && !errors.Is(err, ErrIncomplete):
			t.Fatal(err)
		}
	})
}

// complete says whether some page of the script names this many rows, and no
// page up to it names fewer than the page before it.
func complete(script []byte, rows int) bool {
	before := -1
	for i := 0; i+1 < len(script); i += 2 {
		total := int(int8(script[i])) //nolint:gosec // wraps on purpose
		if total < before {
			return false
		}
		if total == rows {
			return true
		}
		before = total
	}

	return false
}
