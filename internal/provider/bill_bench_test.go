// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// BenchmarkBillLines reads the totals of bills with so many lines at the
// published quota, of 30 pages of 1,000 lines a second. Its metric times-floor
// is how many times as long it takes as the quota alone would.
func BenchmarkBillLines(b *testing.B) {
	for _, lines := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			server, err := bsssim.New(bsssim.Options{
				Site: bsssim.SiteChina, Now: billNow, Quota: "published", Generate: bsssim.Generate{BillLines: lines},
			})
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

			services, diags := w.provider().environment.build(b.Context(), "bench", providerModel{AllowedDomainIDs: types.SetNull(types.StringType)})
			if diags.HasError() {
				b.Fatal(diags)
			}

			b.ReportAllocs()

			for b.Loop() {
				model := &resourceRecordsModel{}
				model.MonthBegin, model.MonthEnd = types.StringValue("2026-08"), types.StringValue("2026-10")
				model.StatisticType = types.StringValue("detail")
				model.IncludeRows, model.IncludeZeroRecords = types.BoolValue(false), types.BoolValue(true)
				model.GroupBy = types.SetValueMust(types.StringType, []attr.Value{types.StringValue(groupByServiceType)})

				if diags := readResourceRecords(b.Context(), services, model); diags.HasError() || model.TotalCount.ValueInt64() != int64(lines) {
					b.Fatal(model.TotalCount, diags)
				}
			}

			const linesPerSecond = 30 * 1000

			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/(float64(lines)/linesPerSecond), "times-floor")
		})
	}
}
