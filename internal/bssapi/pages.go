// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"reflect"
	"sync"
)

// pagesAhead is how many pages are asked for at once. The limiter spaces them.
const pagesAhead = 12

// mostPages is how many pages are read of a list whose total is not known.
const mostPages = 10_000

// page is one page of rows.
type page[T any] struct {
	rows []T
	// total is the number of rows of all pages, nil if the answer has none.
	total *int
	// digest is the same for answers that are the same byte for byte; 0 is unknown.
	digest uint64
}

// paged is a read of many rows.
type paged[T any] struct {
	operation string
	// size is how many rows to ask for in a page. A server may give fewer.
	size int
	// fetch reads the page that starts at row offset.
	fetch func(ctx context.Context, offset int) (page[T], error)
	// key tells rows apart; a row that was seen before is dropped. Rows with
	// the key "" are all kept.
	key func(T) string
	// other says how a row differs from what was asked for, "" if it does not; nil
	// compares nothing.
	other func(T) string
	// fixed says that a list whose total changes while it is read is of no use.
	fixed bool
}

// fetcher is how pages are read: ask is the call for the page that starts at an
// offset, and take is the page in its answer.
func fetcher[Row, Answer any](
	c *Client,
	ask func(offset int) call,
	take func(*Answer) page[Row],
) func(ctx context.Context, offset int) (page[Row], error) {
	return func(ctx context.Context, offset int) (page[Row], error) {
		cl, digest := ask(offset), uint64(0)
		cl.digest = &digest
		out, err := answered[Answer](ctx, c, cl)
		next := take(out)
		next.digest = digest

		return next, err
	}
}

// answered makes a call and returns its answer, empty if the call failed.
func answered[Answer any](ctx context.Context, c *Client, cl call) (*Answer, error) {
	var out Answer
	cl.out = &out
	err := c.do(ctx, cl)

	return &out, err
}

// all yields every row once, in the order of the API. Pages are fetched ahead;
// leaving the loop stops that. The last element may be an error: that of a page
// that could not be read, or ErrIncomplete if the rows do not add up to the
// total of the last page, if the list changed between two pages so that rows
// may be missing or repeated, or if a page came twice; or ErrNotAsked.
//
// A server that gives fewer rows than it is asked for is asked for the rows after
// them. If its total is that of the first page, which is full, it is asked once
// more: it may count the rows of a page alone. Then the list ends with a page that
// is not full.
func (p paged[T]) all(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		next, err := p.fetch(ctx, 0)
		if err != nil {
			yield(zero, err)

			return
		}
		r := &reading[T]{paged: p, keys: make(map[string]bool), digests: make(map[uint64]bool)}
		ahead := p.start(ctx, len(next.rows))
		defer func() { ahead.stop() }()
		for {
			if err := p.compare(next.rows); err != nil {
				yield(zero, err)

				return
			}
			rows, why := r.take(next)
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
			if why != "" {
				yield(zero, p.incomplete(why))

				return
			}
			if r.ended {
				return
			}
			// What was fetched ahead is of no use where pages differ in length.
			if len(next.rows) != ahead.stride {
				ahead.stop()
				ahead = p.start(ctx, len(next.rows))
				ahead.next, ahead.window = r.offset, 1
			}
			ahead.want(r.offset, max(r.total, r.offset+1))
			next, err = ahead.take()
			if err != nil && r.suspected && refusedAsked(err) {
				// There is nothing after the last row, and that was to be found out.
				return
			}
			if err != nil {
				yield(zero, err)

				return
			}
		}
	}
}

// refusedAsked says whether the API refused what it was asked for.
func refusedAsked(err error) bool {
	var e *Error

	return errors.As(err, &e) && e.Status == http.StatusBadRequest && e.Code != "" && !transient(err)
}

// reading is how far the pages of a list are read.
type reading[T any] struct {
	paged[T]

	// total is what the last page said, and offset how many rows came.
	total, offset int
	// count is how many of them were no repetitions.
	count int
	keys  map[string]bool
	// nameless: a row has no key.
	nameless bool
	digests  map[uint64]bool
	last     []T
	pages    int
	// most bounds how far a list that grows is read.
	most int
	// suspected: the total is that of the first page, which is full.
	suspected bool
	// byPage: the server counts the rows of a page alone.
	byPage bool
	ended  bool
}

// take returns the new rows of the next page, and what is wrong with it, if
// anything.
func (r *reading[T]) take(next page[T]) (rows []T, why string) {
	if why := r.repeated(next); why != "" {
		return nil, why
	}
	if r.suspected {
		// Whatever total an answer without rows has, it is behind the last row.
		if len(next.rows) == 0 && (next.total == nil || *next.total <= r.total) {
			r.ended = true

			return nil, ""
		}
		r.byPage = next.total != nil && *next.total == len(next.rows) && len(next.rows) <= r.size
	}
	for _, row := range next.rows {
		key := r.key(row)
		if r.keys[key] && key != "" {
			continue
		}
		r.keys[key] = true
		r.nameless = r.nameless || key == ""
		r.count++
		rows = append(rows, row)
	}
	r.offset += len(next.rows)
	r.pages++

	return rows, r.follow(next)
}

// repeated says that a page came before.
func (r *reading[T]) repeated(next page[T]) string {
	//nolint:forbidigo // what differs does not matter
	again := next.digest != 0 && r.digests[next.digest] || reflect.DeepEqual(r.last, next.rows)
	if len(next.rows) > 0 && again {
		return "a page came twice, so that rows would count twice"
	}
	r.digests[next.digest] = true
	r.last = next.rows

	return ""
}

// follow judges the total of a page whose rows are counted, and whether the list
// has ended.
func (r *reading[T]) follow(next page[T]) (why string) {
	before := r.total
	first := r.pages == 1
	switch {
	case next.total == nil || *next.total < 0:
		if first {
			return "the answer names no total"
		}

		return "a page names no total"
	case r.byPage:
		return r.followByPage(*next.total, len(next.rows))
	case first:
		r.total = *next.total
		// Reading has to end even if the list keeps growing: it may double, and
		// grow by ten pages more for short lists.
		r.most = 2*r.total + 10*r.size
	case r.fixed && *next.total != before:
		return "the list changed while it was read"
	default:
		r.total = *next.total
	}
	// Removed rows moved others onto pages that were already read. Added rows moved
	// others onto the next page, where only a key shows that they were already read.
	if !first && (r.total < before || r.total > before && r.nameless) {
		return fmt.Sprintf("the list changed from %d to %d rows while it was read", before, r.total)
	}
	r.suspected = first && len(next.rows) == r.size && r.total == r.size && r.count == r.total
	if r.suspected {
		return ""
	}
	r.ended = r.offset >= r.total || len(next.rows) == 0 || r.offset >= r.most
	if r.ended && r.count != r.total {
		return fmt.Sprintf("%d rows came of %d", r.count, r.total)
	}

	return ""
}

// followByPage is follow where each page has a total of its own.
func (r *reading[T]) followByPage(total, rows int) string {
	r.suspected = false
	switch {
	case total != rows:
		return fmt.Sprintf("a page of %d rows has the total %d, and those before it had their own", rows, total)
	case r.count != r.offset:
		return "rows came twice"
	case r.pages >= mostPages:
		return fmt.Sprintf("it has not ended after %d pages", r.pages)
	}
	r.ended = rows < r.size

	return ""
}

// compare fails at a row that was not asked for.
func (p paged[T]) compare(rows []T) error {
	if p.other == nil {
		return nil
	}
	for _, row := range rows {
		if other := p.other(row); other != "" {
			return &Error{Operation: p.operation, Err: fmt.Errorf("%w: %s", ErrNotAsked, other)}
		}
	}

	return nil
}

func (p paged[T]) incomplete(why string) error {
	return &Error{Operation: p.operation, Err: fmt.Errorf("%w: %s", ErrIncomplete, why)}
}

// prefetch asks for pages before they are wanted and hands them out in order.
type prefetch[T any] struct {
	p      paged[T]
	ctx    context.Context // of the loop that it serves
	cancel context.CancelFunc
	wg     sync.WaitGroup
	queue  []chan fetched[T]
	// next is the offset of the page to ask for next, stride the number of rows
	// from one to the next, and window how many are asked for at once.
	next, stride, window int
}

type fetched[T any] struct {
	page page[T]
	err  error
}

// start reads the pages after the first, which has so many rows.
func (p paged[T]) start(ctx context.Context, rows int) *prefetch[T] {
	ctx, cancel := context.WithCancel(ctx) //nolint:gosec // stop calls cancel

	return &prefetch[T]{p: p, ctx: ctx, cancel: cancel, next: rows, stride: rows, window: pagesAhead}
}

// want asks for the page at offset and for a few after it, below total.
func (f *prefetch[T]) want(offset, total int) {
	for f.next < total && f.next < offset+f.window*f.stride {
		result := make(chan fetched[T], 1)
		f.queue = append(f.queue, result)
		at := f.next
		f.wg.Go(func() {
			page, err := f.p.fetch(f.ctx, at)
			result <- fetched[T]{page, err}
		})
		f.next += f.stride
	}
}

// take returns the oldest page asked for.
func (f *prefetch[T]) take() (page[T], error) {
	result := <-f.queue[0]
	f.queue = f.queue[1:]

	return result.page, result.err
}

// stop gives up what is still on its way and waits for it to end.
func (f *prefetch[T]) stop() {
	f.cancel()
	f.wg.Wait()
}
