// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"math/big"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// services95 are the services that are billed by the 95th percentile, each with its
// one type of resource.
var services95 = []struct{ code, name, resourceType string }{
	{"hws.service.type.cdn", "CDN", "hws.resource.type.cdn"},
	{"hws.service.type.iec", "IEC", "hws.resource.type.edgebandwidth"},
	{"hws.service.type.obs", "OBS", "hws.resource.type.obs"},
	{"hws.service.type.vpc", "VPC", "hws.resource.type.bandwidth"},
}

// usages95 are what is measured. A code of the API is its own word here, as in
// bss_usage_types.
var usages95 = []struct{ code, name string }{
	{"95Peak", "peak of the month in units of 1,024"},
	{"95peak_1000", "the same in units of 1,000"},
	{"95peak_plus", "enhanced"},
	{"bandwidth95peak", "peak of a bandwidth"},
}

// usage95Arguments are those of both data sources of 95th-percentile usage.
type usage95Arguments struct {
	Month            types.String `tfsdk:"month"`
	ServiceTypeCode  types.String `tfsdk:"service_type_code"`
	ResourceTypeCode types.String `tfsdk:"resource_type_code"`
	UsageType        types.String `tfsdk:"usage_type"`
	AsOf             types.String `tfsdk:"as_of"`
	Final            types.Bool   `tfsdk:"final"`
}

// usage95Figures are the figures of a month.
type usage95Figures struct {
	ActualDays                 *big.Float `tfsdk:"actual_days"`
	Bandwidth                  *big.Float `tfsdk:"bandwidth"`
	MonthlyGuaranteedBandwidth *big.Float `tfsdk:"monthly_guaranteed_bandwidth"`
	MonthlyPeakBandwidth       *big.Float `tfsdk:"monthly_peak_bandwidth"`
	BandwidthMeasureID         *int64     `tfsdk:"bandwidth_measure_id"`
}

func usage95ArgumentAttributes() map[string]schema.Attribute {
	var services, resourceTypes, usages, servicesNamed, usagesNamed []string

	for _, service := range services95 {
		services, resourceTypes = append(services, service.code), append(resourceTypes, service.resourceType)
		servicesNamed = append(servicesNamed, fmt.Sprintf("`%s` (%s)", service.code, service.name))
	}

	for _, usage := range usages95 {
		usages, usagesNamed = append(usages, usage.code), append(usagesNamed, fmt.Sprintf("`%s` (%s)", usage.code, usage.name))
	}

	return map[string]schema.Attribute{
		"month": requiredText("Billing month, as `YYYY-MM`, in UTC+8.", isBillingMonth),
		"service_type_code": requiredText("Service: "+choice(servicesNamed, asIs)+". No other is billed in this way.",
			oneOfTexts(services)),
		"resource_type_code": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Type of the resources: " + listOf(resourceTypes) + ". Default: the one of the service, in this order.",
			Validators:          []validator.String{oneOfTexts(resourceTypes)},
		},
		"usage_type": requiredText("What is measured: "+choice(usagesNamed, asIs)+".", oneOfTexts(usages)),
		"as_of":      asOfArgument("When `final` is judged. It does not affect what is read."),
		"final": computedBool("Whether the figures of the month are there: they are from the second of the next month, 20:00 (UTC+8). " +
			"Before, only `actual_days` is."),
	}
}

func usage95FigureAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"actual_days": computedNumber(fmt.Sprintf("How many data points there were, in days of %d: one for five minutes. "+
			"Less than the days of the month is billed by this share of it.", bssapi.PointsOfDay)),
		"bandwidth": computedNumber("The bandwidth that is billed. Null until the figures are there."),
		"monthly_guaranteed_bandwidth": computedNumber("The bandwidth that is paid for in any case. Null until the figures are there, and for " +
			"all but `95peak_plus`."),
		"monthly_peak_bandwidth": computedNumber("The highest bandwidth of the month. Null until the figures are there, and for " +
			"all but `95peak_plus`."),
		"bandwidth_measure_id": computedInt("Id of the unit of these bandwidths, such as 15 for Mbit/s; `bss_measure_units` has its name. " +
			"Null until the figures are there."),
	}
}

// request is what the API is asked. It fills in the default of the resource type.
func (a *usage95Arguments) request() bssapi.ListUsage95SummaryRequest {
	for _, service := range services95 {
		if a.ResourceTypeCode.IsNull() && service.code == a.ServiceTypeCode.ValueString() {
			a.ResourceTypeCode = types.StringValue(service.resourceType)
		}
	}

	return bssapi.ListUsage95SummaryRequest{
		BillCycle: a.Month.ValueString(), ServiceTypeCode: a.ServiceTypeCode.ValueString(),
		ResourceTypeCode: a.ResourceTypeCode.ValueString(), UsageType: a.UsageType.ValueString(),
	}
}

// begun refuses a month that has not begun, by a clock that may be off by slack
// months.
func (a *usage95Arguments) begun(now time.Time, slack int) diag.Diagnostics {
	if month := a.month(); month.After(now.AddDate(0, slack, 0)) {
		return diag.Diagnostics{notBegun("month", "Month", bssapi.MonthLayout, month, now)}
	}

	return nil
}

// month is when the month begins. The validators know that it is one.
func (a *usage95Arguments) month() time.Time {
	month, _ := time.ParseInLocation(bssapi.MonthLayout, a.Month.ValueString(), bssapi.BillingZone)

	return month
}

// finish says whether the figures are there.
func (a *usage95Arguments) finish(client *bssapi.Client) diag.Diagnostics {
	at, diags := asOf(&a.AsOf, client)
	a.Final = types.BoolValue(!at.Before(a.month().AddDate(0, 1, 1).Add(20 * time.Hour)))

	return diags
}

func flattenUsage95(usage bssapi.Usage95) usage95Figures {
	return usage95Figures{
		ActualDays:                 numberPtr(usage.ActualDays),
		Bandwidth:                  numberPtr(usage.BandWidth),
		MonthlyGuaranteedBandwidth: numberPtr(usage.MonthlyGuaranteedBandWidth),
		MonthlyPeakBandwidth:       numberPtr(usage.MonthlyPeakBandWidth),
		BandwidthMeasureID:         countPtr(usage.BandWidthMeasureID),
	}
}
