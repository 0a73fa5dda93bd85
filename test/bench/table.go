// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// row is what a work came to. What does not apply is zero.
type row struct {
	work string
	traffic
	// floor is how long the fewest calls that do the work take at their quota.
	floor time.Duration
	// base is how long the same command takes where calls are answered at once.
	base time.Duration
	wall time.Duration
	// ratio compares two of these; which, says ratioOf.
	ratio   float64
	ratioOf string
	// memory is the peak of the provider's process, in bytes.
	memory  int64
	budgets []budget
}

// budget is a bound that a work has to keep.
type budget struct {
	what      string
	got, most float64
}

func (b budget) met() bool { return b.got <= b.most }

func (b budget) String() string {
	text := fmt.Sprintf("%s <= %.4g", b.what, b.most)
	if !b.met() {
		text += fmt.Sprintf(" MISSED with %.4g", b.got)
	}

	return text
}

func (r row) met() bool {
	for _, b := range r.budgets {
		if !b.met() {
			return false
		}
	}

	return true
}

// printTable writes the rows as a table of Markdown.
func printTable(w io.Writer, rows []row) error {
	table := [][]string{{"work", "calls", "429s", "floor", "base", "wall", "memory", "ratio", "budget", "calls by operation"}}
	for _, r := range rows {
		var budgets []string
		for _, b := range r.budgets {
			budgets = append(budgets, b.String())
		}
		ratio := ""
		if r.ratio > 0 {
			ratio = fmt.Sprintf("%.2f %s", r.ratio, r.ratioOf)
		}
		table = append(table, []string{
			r.work,
			strconv.Itoa(r.total()),
			strconv.Itoa(r.throttled),
			seconds(r.floor),
			seconds(r.base),
			seconds(r.wall),
			mebibytes(r.memory),
			ratio,
			strings.Join(budgets, "; "),
			r.String(),
		})
	}
	widths := make([]int, len(table[0]))
	for _, cells := range table {
		for i, cell := range cells {
			widths[i] = max(widths[i], len(cell))
		}
	}
	var text strings.Builder
	for n, cells := range table {
		for i, cell := range cells {
			fmt.Fprintf(&text, "| %-*s ", widths[i], cell)
		}
		text.WriteString("|\n")
		if n == 0 {
			for _, width := range widths {
				text.WriteString("| " + strings.Repeat("-", width) + " ")
			}
			text.WriteString("|\n")
		}
	}
	_, err := io.WriteString(w, text.String())

	return err
}

func seconds(d time.Duration) string {
	switch {
	case d == 0:
		return ""
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	default:
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
}

func mebibytes(n int64) string {
	if n == 0 {
		return ""
	}

	return fmt.Sprintf("%d MiB", n>>20)
}
