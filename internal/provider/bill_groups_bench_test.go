// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package provider

import (
	"bytes"
	"io"
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// replay answers a request that was made before as it was answered then, so
// that no processor time goes to a server.
type replay struct {
	mu    sync.Mutex
	pages map[string][]byte
}

func (r *replay) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}

	r.mu.Lock()
	page, there := r.pages[string(body)]
	r.mu.Unlock()

	if !there {
		req.Body = io.NopCloser(bytes.NewReader(body))

		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			return nil, err
		}

		page, err = io.ReadAll(resp.Body)
		if closed := resp.Body.Close(); err != nil || closed != nil {
			return nil, err
		}

		r.mu.Lock()
		r.pages[string(body)] = page
		r.mu.Unlock()
	}

	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(page)), Request: req}, nil
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()

	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}

	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkBillGroups reads 100,000 lines of bills without groups and grouped by a
// tag, in turns. Its metric times-ungrouped is the processor time of the latter by
// that of the former, each the least of all turns; BENCHMARKS.md has the budget.
func BenchmarkBillGroups(b *testing.B) {
	const lines = 100_000

	server, err := bsssim.New(bsssim.Options{Site: bsssim.SiteChina, Now: billNow, Generate: bsssim.Generate{BillLines: lines}})
	if err != nil {
		b.Fatal(err)
	}

	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	})

	w := &world{Server: server, home: b.TempDir(), env: map[string]string{
		"BSS_ENDPOINT": server.URL(), "BSS_SITE": "china", "BSS_METADATA_ENDPOINT": "off",
		"HW_ACCESS_KEY": server.Credentials().AccessKey, "HW_SECRET_KEY": server.Credentials().SecretKey,
	}}

	made := w.provider()
	made.environment.transport = &replay{pages: map[string][]byte{}}

	services, diags := made.environment.build(b.Context(), "bench", providerModel{AllowedDomainIDs: types.SetNull(types.StringType)})
	if diags.HasError() {
		b.Fatal(diags)
	}

	read := func(groups types.Set) time.Duration {
		model := &resourceRecordsModel{}
		model.MonthBegin, model.MonthEnd = types.StringValue("2026-08"), types.StringValue("2026-10")
		model.StatisticType = types.StringValue("detail")
		model.IncludeRows, model.IncludeZeroRecords, model.GroupBy = types.BoolValue(false), types.BoolValue(true), groups
		before := processorTime(b)

		if diags := readResourceRecords(b.Context(), services, model); diags.HasError() || model.TotalCount.ValueInt64() != lines {
			b.Fatal(model.TotalCount, diags)
		}

		return processorTime(b) - before
	}

	none, byTag := types.SetNull(types.StringType), types.SetValueMust(types.StringType, []attr.Value{types.StringValue(groupByTag + "team")})
	least := map[bool]time.Duration{}

	read(none) // Records the answers.

	for b.Loop() {
		for grouped, groups := range map[bool]types.Set{false: none, true: byTag} {
			used := read(groups)
			if best, there := least[grouped]; !there || used < best {
				least[grouped] = used
			}
		}
	}

	b.ReportMetric(least[true].Seconds()/least[false].Seconds(), "times-ungrouped")
	b.ReportMetric(least[false].Seconds(), "ungrouped-s")
}
