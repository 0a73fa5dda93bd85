// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// recordsForBenchmark are so many lines of a bill, and what a state of them is
// made of.
func recordsForBenchmark(b *testing.B, count int) (*resourceRecordsModel, schema.Schema) {
	b.Helper()

	source := newResourceRecordsDataSource()

	var described datasource.SchemaResponse

	source.Schema(b.Context(), datasource.SchemaRequest{}, &described)

	amount, err := bssapi.ParseDecimal("1234.56789012")
	if err != nil {
		b.Fatal(err)
	}

	record := bssapi.ResourceRecord{
		ResourceCharge: bssapi.ResourceCharge{
			BillType: bssapi.BillTypeUse, CustomerID: "customer", Region: "ap-southeast-1", RegionName: "region", TradeID: "trade",
			CloudServiceType: "hws.service.type.ec2", CloudServiceTypeName: "server", ResourceName: "name", EnterpriseProjectID: "0",
			OfficialAmount: amount, CashAmount: amount, DebtAmount: amount,
		},
		Cycle: "2026-10", ResourceTypeCode: "hws.resource.type.vm", ResInstanceID: "resource", ChargeMode: bssapi.ChargeModeOnDemand,
		ConsumeAmount: amount, PeriodType: 25,
	}

	model := &resourceRecordsModel{}
	model.GroupBy = types.SetNull(types.StringType)

	line := resourceRecordLine(record)

	for range count {
		model.Records = append(model.Records, flattenResourceRecord(&line, record))
	}

	return model, described.Schema
}

// BenchmarkState makes the state of 10,000 lines of a bill, as the provider and
// as the framework do it. Its last metric says how many times as long the
// framework takes.
func BenchmarkState(b *testing.B) {
	const rows = 10_000

	model, schema := recordsForBenchmark(b, rows)
	typ := schema.Type().TerraformType(b.Context())

	var own, framework time.Duration

	b.Run("encoder", func(b *testing.B) {
		for b.Loop() {
			if _, err := encode(b.Context(), model, typ); err != nil {
				b.Fatal(err)
			}
		}

		own = b.Elapsed() / time.Duration(b.N)
	})

	b.Run("framework", func(b *testing.B) {
		for b.Loop() {
			state := tfsdk.State{Schema: schema}
			if diags := state.Set(b.Context(), model); diags.HasError() {
				b.Fatal(diags)
			}
		}

		framework = b.Elapsed() / time.Duration(b.N)

		if own > 0 {
			b.ReportMetric(float64(framework)/float64(own), "times-encoder")
		}
	})
}

// BenchmarkBillTotals adds up the amounts of lines.
func BenchmarkBillTotals(b *testing.B) {
	amount, err := bssapi.ParseDecimal("1234.56789012")
	if err != nil {
		b.Fatal(err)
	}

	line := resourceRecordLine(bssapi.ResourceRecord{
		ResourceCharge: bssapi.ResourceCharge{
			CloudServiceType: "hws.service.type.ec2",
			OfficialAmount:   amount, CashAmount: amount, CreditAmount: amount, CouponAmount: amount, DebtAmount: amount,
			DiscountAmount: amount, AdjustmentAmount: amount, BonusAmount: amount, StoredCardAmount: amount, FlexipurchaseCouponAmount: amount,
		},
		ChargeMode: bssapi.ChargeModeOnDemand, ConsumeAmount: amount,
	})
	sums := newBillSums([]string{groupByServiceType, groupByChargeMode})

	b.ReportAllocs()

	for b.Loop() {
		sums.add(line)
	}
}
