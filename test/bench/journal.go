// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// traffic is what a simulator's journal says about a work.
type traffic struct {
	// calls are numbers of calls by operation, those that were refused included.
	calls map[string]int
	// throttled is how many of them were answered with 429.
	throttled int
	// span is from the arrival of the first call to that of the last.
	span time.Duration
}

// traffic reads the journal and empties it.
func (a account) traffic() traffic {
	t := traffic{calls: map[string]int{}}
	journal := a.Requests()
	a.ClearRequests()
	for _, request := range journal {
		t.calls[request.Operation]++
		if request.Status == http.StatusTooManyRequests {
			t.throttled++
		}
		t.span = request.At.Sub(journal[0].At)
	}

	return t
}

func (t traffic) total() int {
	total := 0
	for _, n := range t.calls {
		total += n
	}

	return total
}

func (t traffic) String() string {
	var parts []string
	for _, operation := range slices.Sorted(maps.Keys(t.calls)) {
		parts = append(parts, fmt.Sprintf("%s %d", operation, t.calls[operation]))
	}

	return strings.Join(parts, ", ")
}

// quotas are the calls a second that the vendor publishes for the
// international site, and of what is read on the China site for that; 10 is
// assumed where it publishes none.
var quotas = map[string]int{
	"enable_auto_renew":          10,
	"list_orders":                20,
	"list_resource_records":      30,
	"list_resources":             10,
	"list_sub_customers":         10,
	"set_to_on_demand_on_expiry": 10,
	"list_costs":                 10,
	"get_renewal_price":          10,
}

// floor is how long a number of calls takes that uses all of the quota.
func floor(operation string, calls int) time.Duration {
	return time.Duration(calls) * time.Second / time.Duration(quotas[operation])
}

// pages is how many calls or pages of a size hold n.
func pages(n, size int) int { return (n + size - 1) / size }
