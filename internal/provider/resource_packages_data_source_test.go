// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	pathPackages       = "/v3/payments/free-resources/query"
	pathPackageUsages  = "/v2/payments/free-resources/usages/details/query"
	pathPackageRecords = "/v2/bills/customer-bills/free-resources-usage-records"
)

func TestAccResourcePackages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo", Site: "europe"})
	w.shows(t, `
data "bss_resource_packages" "all" {}

data "bss_resource_packages" "waiting" { status = "not_effective" }

data "bss_resource_package_usages" "all" {}

data "bss_resource_package_usages" "one" {
  status            = "in_effect"
  free_resource_ids = [data.bss_resource_packages.all.free_resource_ids[1]]
}
`, map[string]shown{
		"data.bss_resource_packages.all": {
			"total_count": 6, "free_resource_ids": elements(7), "packages": elements(6),
			"counts_by_status": map[string]int{"not_effective": 1, "in_effect": 2, "used_up": 1, "expired": 1, "unsubscribed": 1},
			"packages.0": shown{
				"order_instance_id":        "PK2611220000001",
				"order_id":                 "CSP0000000001",
				"product_id":               "00302-120001-0--0",
				"product_name":             "EIP 720 hours a month",
				"enterprise_project_id":    nil,
				"enterprise_project_scope": "all_enterprise_projects",
				"effective_time":           knownvalue.NotNull(),
				"expire_time":              knownvalue.NotNull(),
				"status":                   "in_effect",
				"service_type_code":        "hws.service.type.vpc",
				"service_type_name":        "Virtual Private Cloud",
				"region_code":              "ap-southeast-3",
				"source_type":              "order",
				"bundle_type":              "combined",
				"quota_reuse_mode":         "resettable",
				"free_resources":           elements(2),
			},
			"packages.1.status": "used_up", "packages.1.free_resources.0.remaining_amount": amount("0"),
			"packages.1.free_resources.0.used_amount": amount("100"), "packages.1.free_resources.0.share_used": amount("1"),
			"packages.1.quota_reuse_mode": "not_resettable",
			"packages.2.source_type":      "devcloud_gift", "packages.2.order_id": nil, "packages.2.free_resources.0.share_used": amount("0"),
			"packages.2.free_resources.0.measure_id": 17,
			"packages.5.status":                      "unsubscribed", "packages.5.enterprise_project_id": "0",
			"packages.5.enterprise_project_scope": "one_enterprise_project",
		},
		"data.bss_resource_packages.waiting": {"total_count": 1, "packages.0.order_instance_id": "PK2611220000004"},
		"data.bss_resource_package_usages.all": {
			"total_count": 7, "unanswered_ids": elements(0), "usages.0.order_instance_id": "PK2611220000001",
			"usages.0.quota_reuse_cycle": "month", "usages.0.quota_reuse_cycle_type": "calendar", "usages.0.measure_id": 4,
			"usages.0.product_name": "EIP 720 hours a month", "usages.2.share_used": amount("1"), "usages.2.quota_reuse_cycle": nil,
			"usages.2.status": "used_up", "usages.2.free_resource_type_name": "IP Address",
		},
		"data.bss_resource_package_usages.one": {
			"total_count": 1, "usages.0.free_resource_id": "FR00000000001-2", "usages.0.free_resource_type_name": "Bandwidth",
			"usages.0.remaining_amount": amount("720"),
		},
	})

	w.readOnly("list_packages", "list_package_usages")
}

func TestPackagesShowEveryField(t *testing.T) {
	t.Parallel()

	packages := newDocument(t, "list_packages", 1000, map[string]any{
		"total_count": 1, "free_resource_packages.0.free_resources.0.free_resource_id": "FR1",
		"free_resource_packages.0.free_resources.0.amount": "1.5", "free_resource_packages.0.free_resources.0.original_amount": "6",
	})
	usages := newDocument(t, "list_package_usages", 2000, map[string]any{"free_resources.0.free_resource_id": "FR1"})
	records := newDocument(t, "list_package_usage_records", 3000, map[string]any{
		"total_count": 1, "free_resource_records.0.available_amount": "3", "free_resource_records.0.remaining_amount": "2.25",
		"free_resource_records.0.used_amount": "0.75",
	})
	w := answering(t, "international", map[string]any{
		pathPackages: packages.body, pathPackageUsages: usages.body, pathPackageRecords: records.body,
	})
	all := func(string) bool { return false }

	listed := mustRead(t, w, "bss_resource_packages", nil)
	listed.shows(t, packages.without(all), strings.NewReplacer(".free_resource_packages.", ".packages.", ".amount.", ".remaining_amount."))
	listed.want(t, map[string]string{
		"free_resource_ids.0": "FR1", "packages.0.free_resources.0.used_amount": "4.5", "packages.0.free_resources.0.share_used": "0.75",
		"packages.0.free_resources.0.measure_id": "1",
	})

	used := mustRead(t, w, "bss_resource_package_usages", nil)
	used.shows(t, usages.without(all), strings.NewReplacer(".free_resources.", ".usages.", ".amount.", ".remaining_amount."))

	// What the usage does not say of its package comes from the list.
	used.shows(t, packages.without(func(path string) bool {
		return path == "total_count" || strings.Contains(path, ".free_resources.") || strings.HasSuffix(path, "_scope") ||
			strings.HasSuffix(path, "source_type") || strings.HasSuffix(path, "bundle_type")
	}), strings.NewReplacer(".free_resource_packages.", ".usages."))

	deducted := mustRead(t, w, "bss_resource_package_usage_records", recordsOf("2026-01-01", "2026-04-01"))
	deducted.shows(t, records.without(all), strings.NewReplacer(".free_resource_records.", ".records."))
	deducted.want(t, map[string]string{"totals": "1 elements", "totals.0.used_amount": "0.75", "totals.0.measure_id": "1"})
}

// TestPackageRecordsWithoutAnAmount: no sum lacks a part.
func TestPackageRecordsWithoutAnAmount(t *testing.T) {
	t.Parallel()

	w := answering(t, "international", map[string]any{pathPackageRecords: map[string]any{
		"total_count": 3,
		"free_resource_records": []any{
			map[string]any{"free_resource_id": "FR1", "used_amount": "1.5"},
			map[string]any{"free_resource_id": "FR1"},
			map[string]any{"free_resource_id": "FR2", "used_amount": "0.25"},
		},
	}})
	mustRead(t, w, "bss_resource_package_usage_records", recordsOf("2026-01-01", "2026-01-02")).want(t, map[string]string{
		"totals.0.free_resource_id": "FR1", "totals.0.used_amount": "null", "totals.0.record_count": "2", "totals.1.used_amount": "0.25",
	})
}

func recordsOf(begin, end string) attributes {
	return attributes{"deduct_date_begin": str(begin), "deduct_date_end": str(end)}
}

func TestPackagesOfNothing(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	mustRead(t, w, "bss_resource_packages", nil).want(t, map[string]string{
		"packages": "0 elements", "free_resource_ids": "0 elements", "total_count": "0",
	})
	mustRead(t, w, "bss_resource_package_usages", nil).want(t, map[string]string{
		"usages": "0 elements", "unanswered_ids": "0 elements", "total_count": "0",
	})
	mustRead(t, w, "bss_resource_package_usage_records", recordsOf("2026-01-01", "2026-01-01")).want(t, map[string]string{
		"records": "0 elements", "totals": "0 elements", "total_count": "0",
	})

	// There is nothing whose usage could be asked for.
	if diff := cmp.Diff([]string{"list_packages", "list_packages", "list_package_usage_records"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}

func TestPackagesAbsentFieldsAreNull(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{
		pathPackages: map[string]any{"total_count": 2, "free_resource_packages": []any{
			map[string]any{"free_resources": []any{map[string]any{"free_resource_id": "FR1", "amount": nil, "original_amount": "0"}}},
			map[string]any{"free_resources": nil, "status": nil, "order_id": ""},
		}},
		pathPackageUsages:  map[string]any{"free_resources": []any{map[string]any{"free_resource_id": "FR1", "original_amount": nil}}},
		pathPackageRecords: map[string]any{"total_count": 1, "free_resource_records": []any{map[string]any{}}},
	})

	for name, test := range map[string]struct {
		arguments attributes
		beside    []string
	}{
		"bss_resource_packages": {nil, []string{
			"packages.0.free_resources", "packages.0.free_resources.0.free_resource_id", "packages.0.free_resources.0.original_amount",
			"packages.1.free_resources", "free_resource_ids.0",
		}},
		"bss_resource_package_usages":        {nil, []string{"usages.0.free_resource_id"}},
		"bss_resource_package_usage_records": {recordsOf("2026-01-01", "2026-01-01"), []string{"totals.0.record_count"}},
	} {
		for path, value := range mustRead(t, w, name, test.arguments) {
			if strings.Contains(path, ".0.") || strings.Contains(path, ".1.") {
				if value != "null" && !slices.Contains(test.beside, path) {
					t.Errorf("%s: %s = %s, want null", name, path, value)
				}
			}
		}
	}

	mustRead(t, w, "bss_resource_packages", nil).want(t, map[string]string{"packages.1.free_resources": "0 elements"})
}

func TestPackageFilters(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	for name, arguments := range map[string]attributes{
		"PK2611220000004": {"status": str("not_effective"), "service_type_codes": strs("hws.service.type.ec2")},
		"PK2611220000002": {"order_id": str("CSP0000000002"), "product_id": str("00302-120002-0--0"), "product_name": str("EIP 100 hours")},
		"PK2611220000001": {"region_code": str("ap-southeast-3")},
		"PK2611220000006": {"enterprise_project_id": str("0")},
	} {
		mustRead(t, w, "bss_resource_packages", arguments).want(t, map[string]string{
			"total_count": "1", "packages.0.order_instance_id": name,
		})
	}

	w = newWorld(t, bsssim.Options{})
	mustRead(t, w, "bss_resource_package_usage_records", attributes{
		"deduct_date_begin": str("2026-11-01"), "deduct_date_end": str("2026-11-30"), "free_resource_id": str("FR1"),
		"product_id": str("P1"), "resource_type_code": str("hws.resource.type.ip"),
	})

	want := url.Values{
		"deduct_time_begin": {"2026-11-01"}, "deduct_time_end": {"2026-11-30"}, "free_resource_id": {"FR1"}, "product_id": {"P1"},
		"resource_type_code": {"hws.resource.type.ip"}, "limit": {"1000"}, "offset": {"0"},
	}
	if diff := cmp.Diff(want, w.query()); diff != "" {
		t.Error(diff)
	}
}

// TestPackagesOfManyPages reads more packages than a page has, the usage of all
// their free resources, and all deductions; what they add up to is in the bills.
func TestPackagesOfManyPages(t *testing.T) {
	t.Parallel()

	readsMuch(t)

	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Packages: 1001}, Settings: map[string]string{"package_usage_ids": "50"}})
	mustRead(t, w, "bss_resource_packages", nil).want(t, map[string]string{"total_count": "1001"})

	if calls := w.calls(); len(calls) != 2 {
		t.Errorf("%d calls for two pages: %v", len(calls), calls)
	}

	mustRead(t, w, "bss_resource_package_usages", attributes{"status": str("used_up")})

	now := w.Now().In(bssapi.BillingZone)
	records := recordsOf(now.AddDate(0, 0, -60).Format("2006-01-02"), now.Format("2006-01-02"))
	records["include_rows"] = tftypes.NewValue(tftypes.Bool, false)

	read := mustRead(t, w, "bss_resource_package_usage_records", records)
	if read["records"] != "null" || read["total_count"] == "0" {
		t.Errorf("records %s of %s", read["records"], read["total_count"])
	}
}

// TestPackageUsagesThatDoNotCome: an id that the API leaves out is named, and
// what it adds is left out.
func TestPackageUsagesThatDoNotCome(t *testing.T) {
	t.Parallel()

	free := func(ids ...string) []any {
		var rows []any
		for _, id := range ids {
			rows = append(rows, map[string]any{"free_resource_id": id, "original_amount": 3, "amount": 1})
		}

		return rows
	}
	w := answering(t, "international", map[string]any{
		pathPackages: map[string]any{"total_count": 1, "free_resource_packages": []any{
			map[string]any{
				"order_instance_id": "PK1",
				"status":            7,
				"quota_reuse_mode":  9,
				"bundle_type":       "X_PKG",
				"free_resources":    free("FR1", "FR2"),
			},
		}},
		pathPackageUsages: map[string]any{"free_resources": free("FR3", "FR2")},
	})

	mustRead(t, w, "bss_resource_package_usages", nil).want(t, map[string]string{
		"total_count": "1", "usages.0.free_resource_id": "FR2", "unanswered_ids": "1 elements", "unanswered_ids.0": "FR1",
		"usages.0.share_used": "0.666666", "usages.0.status": "unknown(7)", "usages.0.quota_reuse_mode": "unknown(9)",
	})
	mustRead(t, w, "bss_resource_packages", nil).want(t, map[string]string{"packages.0.bundle_type": "unknown(X_PKG)"})
}

// TestSharesUsed: a share is 1 only if nothing is left.
func TestSharesUsed(t *testing.T) {
	t.Parallel()

	for _, test := range []struct{ original, remaining, want string }{
		{"3", "0", "1"}, {"3", "0.000000001", "0.999999"}, {"3", "3", "0"}, {"0", "0", "<nil>"}, {"", "1", "<nil>"}, {"1", "", "<nil>"},
		{"4", "5", "-0.25"}, {"-1", "0", "<nil>"}, {"8", "7", "0.125"},
	} {
		original, remaining := decimalText(t, test.original), decimalText(t, test.remaining)

		got := "<nil>"
		if share := newPackageAmounts(original, remaining, 4).ShareUsed; share != nil {
			got = share.Text('g', 10)
		}

		if got != test.want {
			t.Errorf("%s left of %s: %s, want %s", test.remaining, test.original, got, test.want)
		}
	}
}

// decimalText reads an amount; null is "".
func decimalText(t *testing.T, text string) bssapi.Decimal {
	t.Helper()

	if text == "" {
		return bssapi.Decimal{}
	}

	value, err := bssapi.ParseDecimal(text)
	if err != nil {
		t.Fatal(fmt.Errorf("%q: %w", text, err))
	}

	return value
}
