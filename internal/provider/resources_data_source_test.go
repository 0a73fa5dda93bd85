// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const pathResources = "/v2/orders/suscriptions/resources/query"

func boolean(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

// demoID is the id of a resource of the demo customer, from 1.
func demoID(n int) string { return fmt.Sprintf("b5500000-51a0-4000-8000-%012x", n) }

func TestAccResources(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	exactly := "12345678901234567890.12345678901234567890"
	server := w.addResource(
		map[string]any{"name": "server", "expire_time": "240h", "expire_policy": apiAutoRenew, "enterprise_project_id": "0"},
	)
	disk := w.addResource(map[string]any{
		"name": "disk", "expire_time": "240h", "expire_policy": apiAutoRenew, "parent_resource_id": server,
		"service_type_code": "hws.service.type.ebs", "spec_size": exactly,
	})
	cache := w.addResource(map[string]any{"name": "cache", "expire_time": "24h", "expire_policy": 9})
	closed := w.addResource(map[string]any{"name": "closed", "status": 3, "expire_time": "-24h"})

	w.shows(t, `data "bss_resources" "this" {}`, map[string]shown{"data.bss_resources.this": {
		"ids":                               []string{cache, server, disk},
		"total_count":                       3,
		"counts_by_policy":                  map[string]int{"auto_renew": 2, "unknown(9)": 1},
		"counts_by_status":                  map[string]int{"in_use": 3},
		"resources.0.expire_policy":         "unknown(9)",
		"resources.0.enterprise_project":    nil,
		"resources.0.primary":               true,
		"resources.0.parent_resource_id":    nil,
		"resources.0.spec_size":             nil,
		"resources.1.expire_policy":         "auto_renew",
		"resources.1.status":                "in_use",
		"resources.1.resource_name":         "server",
		"resources.1.enterprise_project.id": "0",
		"resources.2.primary":               false,
		"resources.2.parent_resource_id":    server,
		"resources.2.spec_size":             amount(exactly),
	}})

	w.shows(t, `data "bss_resources" "this" {
		status       = ["closed"]
		primary_only = true
	}`, map[string]shown{"data.bss_resources.this": {"ids": []string{closed}, "resources.0.status": "closed"}})

	w.readOnly("list_resources")
}

// resourceNames are the names of a resource's fields where the attribute's
// differs.
var resourceNames = []string{".data.0.id.", ".resources.0.record_id.", ".data.", ".resources."}

func TestResourcesShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_resources", 100, map[string]any{"total_count": 1, "data.0.is_main_resource": 1})
	w := answering(t, "international", map[string]any{pathResources: document.body})
	read := mustRead(t, w, "bss_resources", nil)

	read.shows(t, document.without(func(path string) bool { return path == "data.0.is_main_resource" }), strings.NewReplacer(resourceNames...))
	read.want(t, map[string]string{"resources.0.primary": "true", "ids": "1 elements", "ids.0": read["resources.0.resource_id"]})
}

func TestResourcesAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathResources: map[string]any{
		"total_count": 2,
		"data": []any{
			map[string]any{"resource_id": "A"},
			map[string]any{"resource_id": "B", "id": "", "resource_name": "", "is_main_resource": nil, "expire_policy": nil, "spec_size": nil,
				"spec_size_measure_id": nil, "expire_time": "", "enterprise_project": nil},
		},
	}})
	read := mustRead(t, w, "bss_resources", nil)

	for path, value := range read {
		row := strings.HasPrefix(path, "resources.") && strings.Count(path, ".") == 2
		if row && !strings.HasSuffix(path, ".resource_id") && value != "null" {
			t.Errorf("%s = %s, want null", path, value)
		}
	}

	read.want(t, map[string]string{"resources.0.resource_id": "A", "resources.1.resource_id": "B", "total_count": "2"})

	if policies := read["counts_by_policy"]; strings.Contains(policies, "1") || strings.Contains(policies, "2") {
		t.Errorf("policies of resources that have none: %s", policies)
	}
}

func TestResourcesOfNoResource(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	mustRead(t, w, "bss_resources", nil).want(t, map[string]string{
		"resources": "0 elements", "ids": "0 elements", "total_count": "0",
	})

	w.readOnly("list_resources")
}

// TestResourcesOfAnEmptySet shows that no id never becomes every resource.
func TestResourcesOfAnEmptySet(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	mustRead(t, w, "bss_resources", attributes{"resource_ids": strs()}).want(t, map[string]string{
		"resources": "0 elements", "ids": "0 elements", "total_count": "0",
	})

	if calls := w.calls(); len(calls) != 0 {
		t.Errorf("calls for no id: %v", calls)
	}
}

func TestResourcesOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1100}})
	read := mustRead(t, w, "bss_resources", nil)

	read.want(t, map[string]string{"resources": "1100 elements", "ids": "1100 elements", "total_count": "1100"})

	if calls := w.calls(); len(calls) != 4 {
		t.Errorf("%d calls, want one that counts and three pages: %v", len(calls), calls)
	}

	seen, policies := map[string]bool{}, map[string]int{}
	for i := range 1100 {
		seen[read[fmt.Sprintf("ids.%d", i)]] = true
		policies[read[fmt.Sprintf("resources.%d.expire_policy", i)]]++

		if i > 0 && read[fmt.Sprintf("resources.%d.expire_time", i-1)] > read[fmt.Sprintf("resources.%d.expire_time", i)] {
			t.Fatalf("row %d expires before the one in front of it", i)
		}
	}

	if len(seen) != 1100 {
		t.Errorf("%d different resources of 1100", len(seen))
	}

	for policy, count := range policies {
		if !strings.Contains(read["counts_by_policy"], fmt.Sprintf("%q:tftypes.Number<\"%d\">", policy, count)) {
			t.Errorf("%d are %s, but the counts are %s", count, policy, read["counts_by_policy"])
		}
	}

	w.ClearRequests()

	mustRead(t, w, "bss_resources", attributes{"include_rows": boolean(false)}).want(t, map[string]string{
		"resources": "null", "ids": "1100 elements", "total_count": "1100",
	})
}

// TestResourcesOfManyIDs shows that ids are asked for fifty at a time, and that
// what is attached to one of them comes once.
func TestResourcesOfManyIDs(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 130, Attached: 1}})

	// The fiftieth comes with what is attached to it, and that again by its own id
	// in the next call.
	ids := []string{"res-000050-1", "res-999999"}
	for i := range 120 {
		ids = append(ids, fmt.Sprintf("res-%06d", i+1))
	}

	read := mustRead(t, w, "bss_resources", attributes{"resource_ids": strs(ids...)})
	read.want(t, map[string]string{"total_count": "240", "ids": "240 elements"})

	seen := map[string]bool{}
	for i := range 240 {
		seen[read[fmt.Sprintf("ids.%d", i)]] = true
	}

	if len(seen) != 240 {
		t.Errorf("%d different resources of 240", len(seen))
	}

	asked := map[string]bool{}

	for _, request := range w.Requests() {
		if count := len(request.ResourceIDs); request.Operation != "list_resources" || count == 0 || count > 50 {
			t.Errorf("%s of %d ids", request.Operation, count)
		}

		for _, id := range request.ResourceIDs {
			asked[id] = true
		}
	}

	if len(w.Requests()) != 3 || len(asked) != len(ids) {
		t.Errorf("%d calls for %d ids, want 3 for %d", len(w.Requests()), len(asked), len(ids))
	}

	mustRead(t, w, "bss_resources", attributes{"resource_ids": strs(ids...), "primary_only": boolean(true)}).want(t, map[string]string{
		"total_count": "120", "resources.0.primary": "true", "resources.119.primary": "true",
	})
}

func TestResourcesFailWithAnyPage(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1100}})

	for after := range 4 {
		for name, arguments := range map[string]attributes{
			"all":   nil,
			"by id": {"resource_ids": strs(slices.Collect(generatedIDs(180))...)},
		} {
			w.ClearFaults()

			err := w.AddFault(bsssim.Fault{
				Operation: "list_resources", Kind: bsssim.FaultStatusBefore, After: after, Times: -1,
				Status: http.StatusInternalServerError, Code: "CBC.0999",
			})
			if err != nil {
				t.Fatal(err)
			}

			read, diags := readData(t, w, "bss_resources", attributes{"max_retries": num(t, "0")}, arguments)
			if read != nil {
				t.Errorf("%s, %d: %s resources of an answer that is not whole", name, after, read["total_count"])
			}

			diags.says(t, "", "Could not list resources", "CBC.0999")
		}
	}
}

func generatedIDs(count int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for i := range count {
			if !yield(fmt.Sprintf("res-%06d", i+1)) {
				return
			}
		}
	}
}

// TestResourcesIncompleteLists shows that a total that lies, or pages that shift
// while they are read, are an error instead of a list that lacks something.
func TestResourcesIncompleteLists(t *testing.T) {
	t.Parallel()

	for name, settings := range map[string]map[string]string{
		"more than there are":  {"total_count_lies": "7"},
		"fewer than there are": {"total_count_lies": "-7"},
		"a row is missed":      {"page_shift": "miss"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Resources: 1100}, Settings: settings})

			read, diags := readData(t, w, "bss_resources", nil, nil)
			if read != nil {
				t.Errorf("%s resources", read["total_count"])
			}

			diags.says(t, "", "Could not list resources", "Incomplete answer")

			if calls := len(w.calls()); calls > 7 {
				t.Errorf("%d calls", calls)
			}
		})
	}
}

func TestResourcesRefusedAnswers(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		fault bsssim.Fault
		says  string
	}{
		"permission": {bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151"}, "bss:renewal:view"},
		"throttled":  {bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusTooManyRequests, Code: "APIG.0308"}, "Try again later"},
		"garbage":    {bsssim.Fault{Kind: bsssim.FaultGarbage}, "Check the proxy and the endpoint"},
		"truncated":  {bsssim.Fault{Kind: bsssim.FaultTruncate}, "Check the proxy and the endpoint"},
	} {
		for typeName, arguments := range map[string]attributes{
			"bss_resource":  {"resource_id": str(demoID(1))},
			"bss_resources": {"expiring_within_days": num(t, "30")},
		} {
			t.Run(name+" "+typeName, func(t *testing.T) {
				t.Parallel()

				w := newWorld(t, bsssim.Options{Seed: "demo"})
				fault := test.fault
				fault.Operation, fault.Times = "list_resources", -1

				if err := w.AddFault(fault); err != nil {
					t.Fatal(err)
				}

				read, diags := readData(t, w, typeName, attributes{"max_retries": num(t, "0")}, arguments)
				if read != nil {
					t.Errorf("a state in spite of the failure: %v", read)
				}

				diags.says(t, "", test.says)
			})
		}
	}
}

// bodies is a world that has no resource, and keeps what it is asked.
func bodies(t *testing.T) (*world, func() []map[string]any) {
	t.Helper()

	var (
		mu    sync.Mutex
		asked []map[string]any
	)

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := map[string]any{}

		decoder := json.NewDecoder(r.Body)
		decoder.UseNumber()

		if err := decoder.Decode(&body); err != nil || r.URL.Path != pathResources {
			t.Errorf("%s: %v", r.URL, err)
		}

		mu.Lock()
		asked = append(asked, body)
		mu.Unlock()

		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Date", "Thu, 01 Jan 2026 00:00:00 GMT")

		if _, err := w.Write([]byte(`{"total_count":0,"data":[]}`)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)

	w := &world{t: t, home: t.TempDir(), env: map[string]string{
		"BSS_ENDPOINT": server.URL, "BSS_SITE": "international", "HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "SK", "BSS_METADATA_ENDPOINT": "off",
		"HW_DOMAIN_ID": "domain",
	}}

	return w, func() []map[string]any {
		mu.Lock()
		defer mu.Unlock()

		return asked
	}
}

func TestResourcesFilters(t *testing.T) {
	t.Parallel()

	n := func(value string) json.Number { return json.Number(value) }

	for name, test := range map[string]struct {
		arguments attributes
		body      map[string]any
	}{
		"none":           {nil, nil},
		"ids":            {attributes{"resource_ids": strs("B", "A")}, map[string]any{"resource_ids": []any{"A", "B"}}},
		"order":          {attributes{"order_id": str("CS1")}, map[string]any{"order_id": "CS1"}},
		"primary only":   {attributes{"primary_only": boolean(true)}, map[string]any{"only_main_resource": n("1")}},
		"not only those": {attributes{"primary_only": boolean(false)}, nil},
		"service": {
			attributes{"service_type_code": str("hws.service.type.ec2")}, map[string]any{"service_type_code": "hws.service.type.ec2"},
		},
		"in use":  {attributes{"status": strs("in_use")}, map[string]any{"status_list": []any{n("2")}}},
		"expired": {attributes{"status": strs("expired")}, map[string]any{"status_list": []any{n("5")}}},
		"frozen":  {attributes{"status": strs("frozen")}, map[string]any{"status_list": []any{n("4")}}},
		"closed":  {attributes{"status": strs("closed")}, map[string]any{"status_list": []any{n("3")}}},
		"any status": {
			attributes{"status": strs("closed", "frozen", "in_use", "expired")},
			map[string]any{"status_list": []any{n("2"), n("5"), n("4"), n("3")}},
		},
		"expires after": {
			attributes{"expires_after": str("2026-01-31T08:00:00+08:00")}, map[string]any{"expire_time_begin": "2026-01-31T00:00:00Z"},
		},
		"expires before": {
			attributes{"expires_before": str("2026-01-31T00:00:00-05:00")}, map[string]any{"expire_time_end": "2026-01-31T05:00:00Z"},
		},
		"policy":          {attributes{"expire_policy": strs("auto_renew")}, nil},
		"project":         {attributes{"enterprise_project_id": str("0")}, nil},
		"without any row": {attributes{"include_rows": boolean(false)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, asked := bodies(t)
			mustRead(t, w, "bss_resources", test.arguments)

			want := map[string]any{
				"limit": n("500"), "offset": n("0"), "only_main_resource": n("0"), "status_list": []any{n("2"), n("5"), n("4")},
			}
			maps.Copy(want, test.body)

			counting := maps.Clone(want)
			counting["limit"] = n("1")

			expected := []map[string]any{counting, want}
			if want["resource_ids"] != nil {
				expected = expected[1:]
			}

			if diff := cmp.Diff(expected, asked()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestResourcesExpiringWithinDays shows that the days are counted by the clock
// of the API, not by that of this machine.
func TestResourcesExpiringWithinDays(t *testing.T) {
	t.Parallel()

	w, asked := bodies(t)
	read := mustRead(t, w, "bss_resources", attributes{"expiring_within_days": num(t, "90")})

	all := asked()
	if len(all) != 3 {
		t.Fatalf("%d calls, want one that tells the time, one that counts and one that lists", len(all))
	}

	if !strings.HasPrefix(read["as_of"], "2026-01-01T00:00:0") {
		t.Errorf("as_of = %s, want the clock of the API", read["as_of"])
	}

	for name, want := range map[string]string{"expire_time_begin": "2026-01-01T00:00:0", "expire_time_end": "2026-04-01T00:00:0"} {
		if actual := fmt.Sprint(all[2][name]); !strings.HasPrefix(actual, want) {
			t.Errorf("%s = %s, want %s…", name, actual, want)
		}
	}
}

// TestResourcesExpiringAsOf shows that the days begin where they are told to, and
// that no call asks for the time then.
func TestResourcesExpiringAsOf(t *testing.T) {
	t.Parallel()

	w, asked := bodies(t)
	read := mustRead(t, w, "bss_resources", attributes{"expiring_within_days": num(t, "1"), "as_of": str("2027-03-01T00:00:00+08:00")})
	read.want(t, map[string]string{"as_of": "2027-03-01T00:00:00+08:00"})

	all := asked()
	if len(all) != 2 {
		t.Fatalf("%d calls, want one that counts and one that lists", len(all))
	}

	for name, want := range map[string]string{"expire_time_begin": "2027-02-28T16:00:00Z", "expire_time_end": "2027-03-01T16:00:00Z"} {
		if actual := fmt.Sprint(all[1][name]); actual != want {
			t.Errorf("%s = %s, want %s", name, actual, want)
		}
	}

	mustRead(t, w, "bss_resources", nil).want(t, map[string]string{"as_of": show(tftypes.NewValue(tftypes.String, nil))})
}

// TestResourcesFilterWhatTheyName shows that the simulator's answer to a filter
// is what the state holds.
func TestResourcesFilterWhatTheyName(t *testing.T) {
	t.Parallel()

	// Which of two resources ends first depends on the time of the day.
	w := newWorld(t, bsssim.Options{Seed: "demo", Now: time.Date(2026, 11, 22, 20, 0, 0, 0, time.UTC)})
	w.addResource(map[string]any{"resource_id": "other", "enterprise_project_id": "P7", "expire_time": "8760h", "order_id": "CS7"})

	soon := time.Duration(30) * 24 * time.Hour

	for name, test := range map[string]struct {
		arguments attributes
		want      []string
	}{
		"within days": {
			attributes{"expiring_within_days": num(t, "30"), "primary_only": boolean(true)}, []string{demoID(6), demoID(1), demoID(15)},
		},
		"renewed": {attributes{"expire_policy": strs("auto_renew")}, []string{demoID(4), demoID(5), demoID(8), demoID(9)}},
		"two policies": {
			attributes{"expire_policy": strs("auto_renew", "pay_per_use"), "primary_only": boolean(true)}, []string{demoID(4), demoID(7), demoID(8)},
		},
		"project":          {attributes{"enterprise_project_id": str("P7")}, []string{"other"}},
		"order":            {attributes{"order_id": str("CS7")}, []string{"other"}},
		"service":          {attributes{"service_type_code": str("hws.service.type.rds")}, []string{demoID(6)}},
		"expired, frozen":  {attributes{"status": strs("frozen", "expired")}, []string{demoID(11), demoID(10)}},
		"attached alone":   {attributes{"resource_ids": strs(demoID(2))}, []string{demoID(2)}},
		"attached, main":   {attributes{"resource_ids": strs(demoID(2)), "primary_only": boolean(true)}, nil},
		"a closed id":      {attributes{"resource_ids": strs(demoID(12))}, nil},
		"a closed id, yes": {attributes{"resource_ids": strs(demoID(12)), "status": strs("closed")}, []string{demoID(12)}},
		"window": {attributes{"expires_after": str(w.Now().Add(soon).UTC().Format(time.RFC3339)), "primary_only": boolean(true),
			"expires_before": str(w.Now().Add(2 * soon).UTC().Format(time.RFC3339))}, []string{demoID(4)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			read := mustRead(t, w, "bss_resources", test.arguments)

			var ids []string
			for i := 0; read[fmt.Sprintf("ids.%d", i)] != ""; i++ {
				ids = append(ids, read[fmt.Sprintf("ids.%d", i)])
			}

			if diff := cmp.Diff(test.want, ids); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestResourcesRefuseBadArguments(t *testing.T) {
	t.Parallel()

	refusesArguments(t, "bss_resources", map[string]badArguments{
		"id with a slash": {attributes{"resource_ids": strs("a/b")}, "resource_ids", "id"},
		"empty id":        {attributes{"resource_ids": strs("")}, "resource_ids", "id"},
		"unknown status":  {attributes{"status": strs("running")}, "status", "in_use"},
		"no status":       {attributes{"status": strs()}, "status", "at least 1"},
		"unknown policy":  {attributes{"expire_policy": strs("manual")}, "expire_policy", "grace_period"},
		"no policy":       {attributes{"expire_policy": strs()}, "expire_policy", "at least 1"},
		"empty service":   {attributes{"service_type_code": str("")}, "service_type_code", ""},
		"empty project":   {attributes{"enterprise_project_id": str("")}, "enterprise_project_id", ""},
		"no days":         {attributes{"expiring_within_days": num(t, "0")}, "expiring_within_days", "between 1"},
		"too many days":   {attributes{"expiring_within_days": num(t, "99999999999")}, "expiring_within_days", "between 1"},
		"days and a window": {
			attributes{"expiring_within_days": num(t, "9"), "expires_after": str("2026-01-31T00:00:00Z")}, "expiring_within_days", "expires_after",
		},
		"days and an end": {
			attributes{"expiring_within_days": num(t, "9"), "expires_before": str("2026-01-31T00:00:00Z")}, "expiring_within_days", "expires_before",
		},
		"no time": {attributes{"expires_after": str("2026-01-31")}, "expires_after", "write 2026-01-31T00:00:00+08:00"},
		"time without effect": {
			attributes{"as_of": str("2026-01-31T00:00:00Z")}, "as_of", "expiring_within_days",
		},
		"no time as of": {
			attributes{"as_of": str("2026-11-01"), "expiring_within_days": num(t, "9")}, "as_of", "write 2026-11-01T00:00:00+08:00",
		},
		"ends before it begins": {
			attributes{"expires_after": str("2026-02-01T00:00:00Z"), "expires_before": str("2026-01-31T23:59:59Z")},
			"expires_before", "Window ends before it begins",
		},
	})
}

// TestResourcesOfUnknownArguments shows that what is not known yet is judged
// later.
func TestResourcesOfUnknownArguments(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	server, schemas, diags := configured(t, w, nil)

	if diags.failed() {
		t.Fatal(diags)
	}

	typ := schemas.DataSourceSchemas["bss_resources"].ValueType()
	arguments := attributes{}

	for _, attribute := range schemas.DataSourceSchemas["bss_resources"].Block.Attributes {
		if attribute.Optional && attribute.Name != "expiring_within_days" {
			arguments[attribute.Name] = unknown(attribute.Type)
		}
	}

	if diags := validateData(t, server, "bss_resources", dynamic(t, typ, objectOf(t, typ, arguments))); diags.failed() {
		t.Error(diags)
	}
}
