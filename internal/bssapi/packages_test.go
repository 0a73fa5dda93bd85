// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListPackages(t *testing.T) {
	t.Parallel()
	fake := always(200, filledBut(t, "list_packages", map[string]any{
		"status": 0, "order_id": nil, "product_id": "", "service_type_code": "s",
	}))
	c, _ := newTestClient(t, fake)
	waiting := PackageStatusNotEffective
	for want, req := range map[string]ListPackagesRequest{
		`{"offset":0,"limit":1000}`:            {},
		`{"status":0,"offset":0,"limit":1000}`: {Status: &waiting},
		`{"region_code":"r","order_id":"o","product_id":"p","product_name":"n","enterprise_project_id":"0","offset":0,"limit":1000,"service_type_code_list":["s"]}`: {
			RegionCode: "r", OrderID: "o", ProductID: "p", ProductName: "n", EnterpriseProjectID: "0", ServiceTypeCodeList: []string{"s"},
		},
	} {
		got, err := collect(t, c.ListPackages(t.Context(), req))
		if err != nil || len(got) != 1 || got[0].Status == nil || len(got[0].FreeResources) != 1 || got[0].FreeResources[0].Amount.IsNull() {
			t.Errorf("got %+v, %v", got, err)
		}
		requests := fake.requests()
		if body := requests[len(requests)-1].body; body != want {
			t.Errorf("body %s, want %s", body, want)
		}
	}
}

// TestListPackageUsages asks for many ids in several calls, and for none in none.
func TestListPackageUsages(t *testing.T) {
	t.Parallel()
	fake := &network{answer: func(_ int, req sent) (*http.Response, error) {
		var asked listPackageUsagesBody
		if err := json.Unmarshal([]byte(req.body), &asked); err != nil {
			return nil, err
		}
		rows := make([]string, len(asked.FreeResourceIDs))
		for i, id := range asked.FreeResourceIDs {
			rows[i] = fmt.Sprintf(`{"free_resource_id":%q,"amount":1.5}`, id)
		}

		return reply(200, `{"free_resources":[`+strings.Join(rows, ",")+`]}`), nil
	}}
	c, _ := newTestClient(t, fake)
	ids := numbers(0, 2*packageUsageBatch+1)
	got, err := c.ListPackageUsages(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var answered []string
	for _, usage := range got {
		answered = append(answered, usage.FreeResourceID)
	}
	if diff := cmp.Diff(ids, answered); diff != "" || len(fake.requests()) != 3 {
		t.Errorf("%d calls %s", len(fake.requests()), diff)
	}
	if got, err := c.ListPackageUsages(t.Context(), nil); err != nil || len(got) != 0 || len(fake.requests()) != 3 {
		t.Errorf("of none: %v, %v, %d calls", got, err, len(fake.requests()))
	}
}

func TestListPackageUsageRecords(t *testing.T) {
	t.Parallel()
	fake := always(200, filled(t, "list_package_usage_records"))
	c, _ := newTestClient(t, fake)
	got, err := collect(t, c.ListPackageUsageRecords(t.Context(), ListPackageUsageRecordsRequest{
		DeductTimeBegin: "2026-01-01", DeductTimeEnd: "2026-04-01",
	}))
	if err != nil || len(got) != 1 || got[0].UsedAmount.IsNull() {
		t.Errorf("got %+v, %v", got, err)
	}
	for name, req := range map[string]ListPackageUsageRecordsRequest{
		"no days":         {},
		"one day":         {DeductTimeBegin: "2026-01-01"},
		"a month":         {DeductTimeBegin: "2026-01", DeductTimeEnd: "2026-02"},
		"the wrong way":   {DeductTimeBegin: "2026-01-02", DeductTimeEnd: "2026-01-01"},
		"91 days between": {DeductTimeBegin: "2026-01-01", DeductTimeEnd: "2026-04-02"},
	} {
		got, err := collect(t, c.ListPackageUsageRecords(t.Context(), req))
		if !errors.Is(err, ErrNotSent) || len(got) != 0 {
			t.Errorf("%s: %d rows, %v", name, len(got), err)
		}
	}
	if n := len(fake.requests()); n != 1 {
		t.Errorf("%d requests were sent", n)
	}
}
