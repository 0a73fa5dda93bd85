// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package simtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// Fake is a transport that answers the resource query and the change to
// pay-per-use, and can be made to lie. Its answers show the state at the arrival
// of the call, and come after the latency.
type Fake struct {
	Latency time.Duration
	// Alter changes the answer to call number n, counted from 0.
	Alter func(n int, call Call, answer *Answer)

	mu        sync.Mutex
	resources []bssapi.Resource
	calls     []Call
	running   int
	// Most is how many calls ran at once.
	Most int
	// GivenUp are the calls whose context ended.
	GivenUp int
}

// Call is a call as it arrived.
type Call struct {
	Operation   string                  `json:"operation"`
	ResourceIDs []string                `json:"resource_ids"`
	OnlyMain    int                     `json:"only_main_resource"`
	StatusList  []bssapi.ResourceStatus `json:"status_list"`
	Offset      int                     `json:"offset"`
	Limit       int                     `json:"limit"`
}

// Kind is "ids 10", "count", "page 500" or "SET_UP 3".
func (c Call) Kind() string {
	switch {
	case c.Operation != "":
		return fmt.Sprintf("%s %d", c.Operation, len(c.ResourceIDs))
	case len(c.ResourceIDs) > 0:
		return fmt.Sprintf("ids %d", len(c.ResourceIDs))
	case c.Limit == 1:
		return "count"
	default:
		return fmt.Sprintf("page %d", c.Offset)
	}
}

// Answer is what the call is answered.
type Answer struct {
	Status   int
	Code     string
	Total    any
	Rows     []bssapi.Resource
	Failures []bssapi.ToOnDemandFailure
	// Cut says that no answer comes.
	Cut bool
}

// RoundTrip answers a call, once the latency is over.
func (f *Fake) RoundTrip(req *http.Request) (*http.Response, error) {
	var call Call
	if err := json.NewDecoder(req.Body).Decode(&call); err != nil {
		return nil, err
	}
	answer := f.arrive(call)
	err := bssapi.SystemClock().Sleep(req.Context(), f.Latency)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	if err != nil {
		f.GivenUp++

		return nil, err
	}
	if answer.Cut {
		return nil, io.ErrUnexpectedEOF
	}
	body := map[string]any{"data": answer.Rows, "total_count": answer.Total, "error_details": answer.Failures}
	if answer.Code != "" {
		body = map[string]any{"error_code": answer.Code, "error_msg": "refused"}
	}
	data, err := json.Marshal(body)

	return &http.Response{StatusCode: answer.Status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(data))}, err
}

func (f *Fake) arrive(call Call) *Answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running++
	f.Most = max(f.Most, f.running)
	answer := &Answer{Status: http.StatusOK}
	if call.Operation == "" {
		var found []bssapi.Resource
		for _, r := range f.resources {
			asked := len(call.ResourceIDs) == 0 || slices.Contains(call.ResourceIDs, r.ResourceID) ||
				call.OnlyMain == 0 && slices.Contains(call.ResourceIDs, r.ParentResourceID)
			if asked && (call.OnlyMain == 0 || r.ParentResourceID == "") &&
				(len(call.StatusList) == 0 || slices.Contains(call.StatusList, r.Status)) {
				found = append(found, r)
			}
		}
		answer.Total = len(found)
		answer.Rows = slices.Clone(found[min(call.Offset, len(found)):min(call.Offset+call.Limit, len(found))])
	}
	if f.Alter != nil {
		f.Alter(len(f.calls), call, answer)
	}
	f.calls = append(f.calls, call)

	return answer
}

// Add adds n primary resources r0001, r0002 and so on, and returns their ids.
func (f *Fake) Add(n int) []string {
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprintf("r%04d", i+1))
		f.Put(ResourceNamed(ids[i]))
	}

	return ids
}

// Put adds resources.
func (f *Fake) Put(resources ...bssapi.Resource) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.resources = append(f.resources, resources...)
}

// ResourceNamed is a primary resource in use.
func ResourceNamed(id string) bssapi.Resource {
	policy := 0

	return bssapi.Resource{
		ID: "record-" + id, ResourceID: id, Status: bssapi.ResourceStatusInUse,
		ExpireTime: "2026-12-31T15:59:59Z", ExpirePolicy: &policy,
	}
}

// AttachedTo is a resource that belongs to another.
func AttachedTo(parent, id string) bssapi.Resource {
	r, main := ResourceNamed(id), 0
	r.ParentResourceID, r.IsMainResource = parent, &main

	return r
}

// Change renames a resource to "changed", as somebody may at the console.
func (f *Fake) Change(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.resources {
		if f.resources[i].ResourceID == id {
			f.resources[i].ResourceName = "changed"
		}
	}
}

// Kinds are the calls up to now, which it forgets.
func (f *Fake) Kinds() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var kinds []string
	for _, call := range f.calls {
		kinds = append(kinds, call.Kind())
	}
	f.calls = nil

	return kinds
}

// SortedSends are the writes up to now, each with its sorted ids.
func (f *Fake) SortedSends() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var sends []string
	for _, call := range f.calls {
		ids := slices.Sorted(slices.Values(call.ResourceIDs))
		sends = append(sends, fmt.Sprintf("%s %v", call.Operation, ids))
	}
	f.calls = nil

	return sends
}

// Count is how many calls up to now are of a kind, and forgets them all.
func (f *Fake) Count(prefix string) int {
	n := 0
	for _, kind := range f.Kinds() {
		if strings.HasPrefix(kind, prefix) {
			n++
		}
	}

	return n
}

// Client is a client of the fake.
func (f *Fake) Client(t *testing.T) *bssapi.Client {
	t.Helper()

	return ClientOf(t, f)
}

// ClientOf is a client of what answers in the place of the API. It repeats
// nothing, so that each fault counts once.
func ClientOf(t *testing.T, api http.RoundTripper, options ...bssapi.Option) *bssapi.Client {
	t.Helper()
	client, err := bssapi.New(append([]bssapi.Option{
		bssapi.WithSite(bssapi.SiteInternational), bssapi.WithEndpoint("https://billing.example.com"),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: "access", SecretKey: "secret"})),
		bssapi.WithTransport(api), bssapi.WithMaxRetries(0),
	}, options...)...)
	if err != nil {
		t.Fatal(err)
	}

	return client
}

// Decimal is an amount of a test.
func Decimal(t *testing.T, text string) bssapi.Decimal {
	t.Helper()
	value, err := bssapi.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}

	return value
}

// Wait lets d pass.
func Wait(t *testing.T, d time.Duration) {
	t.Helper()
	if err := bssapi.SystemClock().Sleep(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// Each calls do for each number below n, ten at a time as Terraform does.
func Each(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range 10 {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// ReadAll gets the resources of the ids, ten at a time.
func ReadAll(tb testing.TB, get func(context.Context, string) (bssapi.Resource, error), ids []string) {
	tb.Helper()
	Each(len(ids), func(i int) {
		got, err := get(tb.Context(), ids[i])
		if err != nil || got.ResourceID != ids[i] {
			tb.Errorf("Get(%s) = %q, %v", ids[i], got.ResourceID, err)
		}
	})
}
