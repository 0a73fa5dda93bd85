// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"bytes"
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
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// fakeBilling is a transport that answers the resource query and the change to
// pay-per-use, and can be made to lie. Its answers show the state at the arrival
// of the call, and come after the latency.
type fakeBilling struct {
	latency time.Duration
	// alter changes the answer to call number n, counted from 0.
	alter func(n int, call fakeCall, answer *fakeAnswer)

	mu        sync.Mutex
	resources []bssapi.Resource
	calls     []fakeCall
	running   int
	// most is how many calls ran at once.
	most int
	// given up are the calls whose context ended.
	givenUp int
}

type fakeCall struct {
	Operation   string                  `json:"operation"`
	ResourceIDs []string                `json:"resource_ids"`
	OnlyMain    int                     `json:"only_main_resource"`
	StatusList  []bssapi.ResourceStatus `json:"status_list"`
	Offset      int                     `json:"offset"`
	Limit       int                     `json:"limit"`
}

// kind is "ids 10", "count", "page 500" or "SET_UP 3".
func (c fakeCall) kind() string {
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

type fakeAnswer struct {
	status   int
	code     string
	total    any
	rows     []bssapi.Resource
	failures []bssapi.ResourceFailure
	// cut says that no answer comes.
	cut bool
}

func (f *fakeBilling) RoundTrip(req *http.Request) (*http.Response, error) {
	var call fakeCall
	if err := json.NewDecoder(req.Body).Decode(&call); err != nil {
		return nil, err
	}
	answer := f.arrive(call)
	err := bssapi.SystemClock().Sleep(req.Context(), f.latency)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running--
	if err != nil {
		f.givenUp++

		return nil, err
	}
	if answer.cut {
		return nil, io.ErrUnexpectedEOF
	}
	body := map[string]any{"data": answer.rows, "total_count": answer.total, "error_details": answer.failures}
	if answer.code != "" {
		body = map[string]any{"error_code": answer.code, "error_msg": "refused"}
	}
	data, err := json.Marshal(body)

	return &http.Response{StatusCode: answer.status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(data))}, err
}

func (f *fakeBilling) arrive(call fakeCall) *fakeAnswer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running++
	f.most = max(f.most, f.running)
	answer := &fakeAnswer{status: http.StatusOK}
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
		answer.total = len(found)
		answer.rows = slices.Clone(found[min(call.Offset, len(found)):min(call.Offset+call.Limit, len(found))])
	}
	if f.alter != nil {
		f.alter(len(f.calls), call, answer)
	}
	f.calls = append(f.calls, call)

	return answer
}

// add adds n primary resources r0001, r0002 and so on.
func (f *fakeBilling) add(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range n {
		f.resources = append(f.resources, resourceNamed(fmt.Sprintf("r%04d", i+1)))
	}
}

func resourceNamed(id string) bssapi.Resource {
	policy := 0

	return bssapi.Resource{
		ID: "record-" + id, ResourceID: id, Status: bssapi.ResourceStatusInUse,
		ExpireTime: "2026-12-31T15:59:59Z", ExpirePolicy: &policy,
	}
}

func attachedTo(parent, id string) bssapi.Resource {
	r, main := resourceNamed(id), 0
	r.ParentResourceID, r.IsMainResource = parent, &main

	return r
}

// change renames a resource to "changed", as somebody may at the console.
func (f *fakeBilling) change(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.resources {
		if f.resources[i].ResourceID == id {
			f.resources[i].ResourceName = "changed"
		}
	}
}

// kinds are the calls up to now, which it forgets.
func (f *fakeBilling) kinds() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var kinds []string
	for _, call := range f.calls {
		kinds = append(kinds, call.kind())
	}
	f.calls = nil

	return kinds
}

func (f *fakeBilling) count(prefix string) int {
	n := 0
	for _, kind := range f.kinds() {
		if strings.HasPrefix(kind, prefix) {
			n++
		}
	}

	return n
}

// client repeats nothing, so that each fault counts once.
func (f *fakeBilling) client(t *testing.T) *bssapi.Client {
	t.Helper()
	client, err := bssapi.New(
		bssapi.WithSite(bssapi.SiteInternational), bssapi.WithEndpoint("https://billing.example.com"),
		bssapi.WithCredentials(bssapi.StaticCredentials(bssapi.Keys{AccessKey: "access", SecretKey: "secret"})),
		bssapi.WithTransport(f), bssapi.WithMaxRetries(0),
	)
	if err != nil {
		t.Fatal(err)
	}

	return client
}

func (f *fakeBilling) reader(t *testing.T) *subscription.Reader {
	t.Helper()

	return subscription.NewReader(f.client(t))
}

// wait lets d pass.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	if err := bssapi.SystemClock().Sleep(t.Context(), d); err != nil {
		t.Fatal(err)
	}
}

// each calls do for each number below n, ten at a time as Terraform does.
func each(n int, do func(i int)) {
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

// readAll gets r0001 to r000n, ten at a time.
func readAll(t *testing.T, reader *subscription.Reader, n int) {
	t.Helper()
	each(n, func(i int) {
		id := fmt.Sprintf("r%04d", i+1)
		got, err := reader.Get(t.Context(), id)
		if err != nil || got.ResourceID != id {
			t.Errorf("Get(%s) = %q, %v", id, got.ResourceID, err)
		}
	})
}

func (f *fakeBilling) clock() bssapi.Clock { return bssapi.SystemClock() }
