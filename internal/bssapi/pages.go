// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"iter"
	"sync"
)

// pagesAhead is how many pages are asked for at once. The limiter spaces them.
const pagesAhead = 12

// page is one page of rows.
type page[T any] struct {
	rows []T
	// total is the number of rows of all pages, nil if the answer has none.
	total *int
}

// paged is a read of many rows.
type paged[T any] struct {
	operation string
	// size is how many rows to ask for in a page.
	size int
	// fetch reads the page that starts at row offset.
	fetch func(ctx context.Context, offset int) (page[T], error)
	// key tells rows apart; a row that was seen before is dropped. Rows with
	// the key "" are all kept.
	key func(T) string
}

// fetcher is how pages are read: ask is the call for the page that starts at an
// offset, and take is the page in its answer.
func fetcher[Row, Answer any](
	c *Client,
	ask func(offset int) call,
	take func(*Answer) page[Row],
) func(ctx context.Context, offset int) (page[Row], error) {
	return func(ctx context.Context, offset int) (page[Row], error) {
		out, err := answered[Answer](ctx, c, ask(offset))

		return take(out), err
	}
}

// answered makes a call and returns its answer, or the part that came if the
// call failed.
func answered[Answer any](ctx context.Context, c *Client, cl call) (*Answer, error) {
	var out Answer
	cl.out = &out
	err := c.do(ctx, cl)

	return &out, err
}

// all yields every row once, in the order of the API. Pages are fetched ahead;
// leaving the loop stops that. The last element may be an error: that of a page
// that could not be read, or ErrIncomplete if the rows do not add up to the
// total of the last page, or if the list changed between two pages so that rows
// may be missing or repeated.
func (p paged[T]) all(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		first, err := p.fetch(ctx, 0)
		if err != nil {
			yield(zero, err)

			return
		}
		seen := make(map[string]bool)
		count, nameless := 0, false
		emit := func(rows []T) bool {
			for _, row := range rows {
				key := p.key(row)
				if seen[key] && key != "" {
					continue
				}
				seen[key] = true
				nameless = nameless || key == ""
				count++
				if !yield(row, nil) {
					return false
				}
			}

			return true
		}
		if !emit(first.rows) {
			return
		}
		total, ok := p.total(first)
		if !ok {
			yield(zero, p.incomplete("the answer names no total"))

			return
		}
		if len(first.rows) == p.size && total > p.size {
			ahead := p.start(ctx)
			defer ahead.stop()
			// Reading has to end even if the list keeps growing: it may double,
			// and grow by ten pages more for short lists.
			last := 2*total + 10*p.size
			for offset := p.size; offset < total && offset < last; offset += p.size {
				ahead.want(offset, total)
				next, err := ahead.take()
				if err != nil {
					yield(zero, err)

					return
				}
				if !emit(next.rows) {
					return
				}
				before := total
				if total, ok = p.total(next); !ok {
					yield(zero, p.incomplete("a page names no total"))

					return
				}
				// Removed rows moved others onto pages that were already read.
				// Added rows moved others onto the next page, where only a key
				// shows that they were already read.
				if total < before || (total > before && nameless) {
					yield(zero, p.incomplete(fmt.Sprintf("the list changed from %d to %d rows while it was read", before, total)))

					return
				}
				if len(next.rows) < p.size {
					break
				}
			}
		}
		if count != total {
			yield(zero, p.incomplete(fmt.Sprintf("%d rows came of %d", count, total)))
		}
	}
}

func (p paged[T]) total(pg page[T]) (int, bool) {
	if pg.total == nil || *pg.total < 0 {
		return 0, false
	}

	return *pg.total, true
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
	// next is the offset of the page to ask for next.
	next int
}

type fetched[T any] struct {
	page page[T]
	err  error
}

func (p paged[T]) start(ctx context.Context) *prefetch[T] {
	ctx, cancel := context.WithCancel(ctx) //nolint:gosec // stop calls cancel

	return &prefetch[T]{p: p, ctx: ctx, cancel: cancel, next: p.size}
}

// want asks for the page at offset and for a few after it, below total.
func (f *prefetch[T]) want(offset, total int) {
	for f.next < total && f.next < offset+pagesAhead*f.p.size {
		result := make(chan fetched[T], 1)
		f.queue = append(f.queue, result)
		at := f.next
		f.wg.Go(func() {
			page, err := f.p.fetch(f.ctx, at)
			result <- fetched[T]{page, err}
		})
		f.next += f.p.size
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
