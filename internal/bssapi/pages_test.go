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
	rows := func(total int, rows ...string) page[string] { return page[string]{rows: rows, total: &total} }
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
		"rows without total":    {[]page[string]{{rows: numbers(0, 3)}}, numbers(0, 3), true},
		"negative total":        {[]page[string]{rows(-1, numbers(0, 3)...)}, numbers(0, 3), true},
		"more rows than total":  {[]page[string]{rows(2, numbers(0, 3)...)}, numbers(0, 3), true},
		"more rows than a page": {[]page[string]{rows(12, numbers(0, 12)...)}, numbers(0, 12), false},
		"a row is left out between pages": {
			[]page[string]{rows(25, numbers(0, 10)...), rows(25, numbers(11, 20)...), rows(25, numbers(20, 25)...)},
			append(numbers(0, 10), numbers(11, 20)...), true,
		},
		"a page comes twice": {
			[]page[string]{rows(25, numbers(0, 10)...), rows(25, numbers(0, 10)...), rows(25, numbers(20, 25)...)}, numbers(0, 10), true,
		},
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

// list serves rows as a server does that may do as it likes.
type list struct {
	rows []string
	// most is how many rows it gives at most in a page, 0 for what it is asked.
	most func(offset int) int
	// total is what it says, given all rows and those of the page.
	total func(all, page int) int
	// shown is the offset that it answers from.
	shown func(offset int) int
	// after is what it answers behind the last row, nil for an empty page.
	after error
	named bool
	// asked are the offsets of the calls.
	mu    sync.Mutex
	asked []int
}

func (l *list) pages() paged[string] {
	return paged[string]{
		operation: "list_things", size: 10,
		key: func(s string) string {
			if l.named {
				return s
			}

			return ""
		},
		fetch: func(_ context.Context, offset int) (page[string], error) {
			l.mu.Lock()
			l.asked = append(l.asked, offset)
			l.mu.Unlock()
			if offset >= len(l.rows) && l.after != nil {
				return page[string]{}, l.after
			}
			if l.shown != nil {
				offset = l.shown(offset)
			}
			most := 10
			if l.most != nil {
				most = l.most(offset)
			}
			rows := l.rows[min(offset, len(l.rows)):min(offset+most, len(l.rows))]
			total := len(l.rows)
			if l.total != nil {
				total = l.total(total, len(rows))
			}

			return page[string]{rows: rows, total: &total}, nil
		},
	}
}

func TestPagesOfAnyServer(t *testing.T) {
	t.Parallel()
	ofPage := func(_, page int) int { return page }
	always := func(n int) func(int) int { return func(int) int { return n } }
	tests := map[string]struct {
		rows       int
		most       func(offset int) int
		total      func(all, page int) int
		shown      func(offset int) int
		after      error
		incomplete bool
		// calls is how many there are at most.
		calls int
	}{
		"pages as asked for":             {rows: 95, calls: 10},
		"pages of 3":                     {rows: 95, most: always(3), calls: 32},
		"pages of 1":                     {rows: 25, most: always(1), calls: 25},
		"half a page at first":           {rows: 95, most: func(offset int) int { return min(10, 5+offset) }, calls: 32},
		"pages that become shorter":      {rows: 95, most: func(offset int) int { return 10 - offset/20 }, calls: 40},
		"pages of any length":            {rows: 95, most: func(offset int) int { return 1 + offset%7 }, calls: 60},
		"more than asked for":            {rows: 95, most: always(15), calls: 10},
		"one page, the whole":            {rows: 10, calls: 2},
		"one page, and a refusal":        {rows: 10, after: &Error{Status: 400, Code: CodeParameterInvalid}, calls: 2},
		"one page, and a failure":        {rows: 10, after: &Error{Status: 500, Code: CodeServer}, incomplete: true, calls: 2},
		"two pages, the whole":           {rows: 20, calls: 2},
		"totals of pages, of one":        {rows: 7, total: ofPage, calls: 1},
		"totals of pages, of a full one": {rows: 10, total: ofPage, calls: 2},
		"totals of pages, of some":       {rows: 95, total: ofPage, calls: 10},
		"totals of pages, of full ones":  {rows: 90, total: ofPage, calls: 10},
		"totals that are too low":        {rows: 95, total: func(int, int) int { return 10 }, incomplete: true, calls: 10},
		"an offset that is ignored":      {rows: 95, shown: always(0), incomplete: true, calls: 13},
		"an offset ignored, one page":    {rows: 10, shown: always(0), incomplete: true, calls: 2},
		"an offset ignored, page totals": {rows: 95, shown: always(0), total: ofPage, incomplete: true, calls: 3},
		"an offset ignored, small pages": {rows: 95, shown: always(0), most: always(4), incomplete: true, calls: 13},
		"an offset that wraps":           {rows: 95, shown: func(offset int) int { return offset % 30 }, incomplete: true, calls: 13},
		"an offset rounded to full pages": {
			rows: 95, most: always(4), shown: func(offset int) int { return offset / 10 * 10 }, incomplete: true, calls: 30,
		},
	}
	for name, test := range tests {
		for _, named := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, named %t", name, named), func(t *testing.T) {
				t.Parallel()
				served := &list{rows: numbers(0, test.rows), most: test.most, total: test.total, shown: test.shown, after: test.after, named: named}
				got, err := collect(t, served.pages().all(t.Context()))
				if len(served.asked) > test.calls {
					t.Errorf("%d calls, want %d at most: %v", len(served.asked), test.calls, served.asked)
				}
				if test.incomplete {
					if err == nil {
						t.Errorf("%d rows pass for the whole", len(got))
					}

					return
				}
				if diff := cmp.Diff(served.rows, got); err != nil || diff != "" {
					t.Errorf("%v %s", err, diff)
				}
			})
		}
	}
}

// TestAnswersThatComeAgain: an answer that is the same byte for byte as any before
// is the same page, whichever it stood for.
func TestAnswersThatComeAgain(t *testing.T) {
	t.Parallel()
	answer := pagesOfABill(4000, alike, unchanged)
	fake := &network{answer: func(n int, req sent) (*http.Response, error) {
		if offsetOf(req) == 3000 {
			req.body = strings.Replace(req.body, `"offset":3000`, `"offset":1000`, 1)
		}

		return answer.answer(n, req)
	}}
	c, _ := newTestClient(t, fake)
	bill, err := c.ListResourceRecords(t.Context(), march)
	if err != nil {
		t.Fatal(err)
	}
	if rows, err := collect(t, bill.Rows); !errors.Is(err, ErrIncomplete) || !strings.Contains(fmt.Sprint(err), "twice") || len(rows) != 3000 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestPagesKeepRowsWithoutKey(t *testing.T) {
	t.Parallel()
	p := pagesOf(page[string]{rows: []string{"", ""}, total: pointerTo(2)})
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

		return page[string]{rows: numbers(offset, offset+10), total: pointerTo(100)}, nil
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

		return page[string]{rows: numbers(offset, offset+10), total: pointerTo(offset + 25)}, nil
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

			return page[string]{rows: numbers(offset, offset+10), total: pointerTo(1000)}, nil
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
		return page[string]{rows: numbers(offset, offset+10), total: pointerTo(1000)}, ctx.Err()
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
	f.Fuzz(func(t *testing.T, bytes []byte) {
		played := script(bytes)
		p := pagesOf()
		p.fetch = func(_ context.Context, offset int) (page[string], error) {
			rows, total := played.at(offset)

			return page[string]{rows: rows, total: &total}, nil
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
		case err == nil && len(rows) > 0 && !played.complete(len(rows)):
			t.Fatalf("%d rows are called complete; no page said so: %v", len(rows), played)
		case err != nil && !errors.Is(err, ErrIncomplete):
			t.Fatal(err)
		}
	})
}

// script is a list as a server shows it: two bytes for each ten offsets, the total
// and how many rows a page has. From 128 rows on, it begins three rows too early.
type script []byte

// at returns the rows and the total of the page at offset.
func (s script) at(offset int) (rows []string, total int) {
	i := 2 * (offset / 10)
	if i+1 >= len(s) {
		return nil, 0
	}
	from, count := offset, int(s[i+1])%12
	if s[i+1] >= 128 {
		from = max(0, offset-3)
	}

	return numbers(from, from+count), int(int8(s[i])) //nolint:gosec // wraps on purpose
}

// complete says whether some page names this many rows, and no page up to it
// names fewer than the page before it; or whether every page of them names its
// own, and the first is full. The pages are those that follow upon each other: a
// page that is longer than asked for skips what the script has for its last rows.
func (s script) complete(rows int) bool {
	before, own := -1, 0
	for offset := 0; ; {
		page, total := s.at(offset)
		if own >= 0 && total == len(page) && (own > 0 || total == 10) {
			own += total
		} else {
			own = -1
		}
		if total < before && own < 0 {
			return false
		}
		if total == rows || own == rows {
			return true
		}
		if len(page) == 0 {
			return false
		}
		before = total
		offset += len(page)
	}
}
