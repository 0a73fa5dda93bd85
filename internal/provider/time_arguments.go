// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

const timeForm = " An RFC 3339 time with its zone, such as `2026-01-31T00:00:00+08:00`."

// timeArgument is an argument that takes an instant; timeOf reads it.
func timeArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, MarkdownDescription: description + timeForm, Validators: []validator.String{isTime},
	}
}

// asOfArgument is the time that an answer is for, where it depends on the time of
// day. With it, a plan can be repeated. asOf reads and fills it.
func asOfArgument(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Computed: true,
		MarkdownDescription: description + timeForm + " Default: now, by the clock of the API. Shows the time that was used.",
		Validators:          []validator.String{isTime},
	}
}

// asOf is the time that an answer is for. If the argument is unset, it is the
// clock of the API, which is written to it, in UTC and whole seconds. Any answer
// of the API tells its clock: before the first, it is that of this machine.
func asOf(argument *types.String, client *bssapi.Client) (time.Time, diag.Diagnostics) {
	if !argument.IsNull() {
		return timeOf(*argument)
	}

	now := client.Now().UTC().Truncate(time.Second)
	*argument = types.StringValue(now.Format(time.RFC3339))

	return now, nil
}

// timeOf is the value of a time argument, the zero time if it is unset.
func timeOf(value types.String) (time.Time, diag.Diagnostics) {
	if value.IsNull() {
		return time.Time{}, nil
	}

	at, err := time.Parse(time.RFC3339, value.ValueString())
	if err != nil {
		return time.Time{}, diag.Diagnostics{diag.NewErrorDiagnostic("Invalid time", timeProblem(value))}
	}

	// Parsed, it may be in the zone of this machine, whose days are not all of 24 hours.
	return at.UTC(), nil
}

// isTime accepts instants with a zone.
var isTime validator.String = timeText{}

type timeText struct{}

func (timeText) Description(context.Context) string { return "must be an RFC 3339 time with its zone" }

func (v timeText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (timeText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !isKnown(req.ConfigValue) {
		return
	}

	if _, diags := timeOf(req.ConfigValue); diags.HasError() {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid time", fmt.Sprintf("%s %s", req.Path, timeProblem(req.ConfigValue)))
	}
}

// timesWithoutZone are forms of an instant that lack parts of it, and
// timesWithZone those that only write it differently.
var (
	timesWithoutZone = []string{
		time.DateOnly, "2006-01-02T15:04:05", time.DateTime, "2006-01-02T15:04", "2006-01-02 15:04", "2006-01", "2006/01/02", "20060102",
	}
	timesWithZone = []string{
		"2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02t15:04:05Z07:00", "2006-01-02t15:04:05z07:00",
		time.RFC1123, time.RFC1123Z,
	}
)

// timeProblem says what is wrong with a time, and what to write instead.
func timeProblem(value types.String) string {
	problem := "must be an RFC 3339 time with its zone, but is " + value.String()

	for _, layout := range timesWithoutZone {
		if at, err := time.ParseInLocation(layout, value.ValueString(), bssapi.BillingZone); err == nil {
			return problem + ": write " + at.Format(time.RFC3339) + ", or another zone."
		}
	}

	for _, layout := range timesWithZone {
		if at, err := time.Parse(layout, value.ValueString()); err == nil {
			return problem + ": write " + at.Format(time.RFC3339) + "."
		}
	}

	return problem + ": write one such as 2026-01-31T00:00:00+08:00."
}

// withinYear refuses windows of creation times that are too long for the API.
func withinYear(after, before types.String) diag.Diagnostics {
	begin, diags := timeOf(after)
	end, more := timeOf(before)
	diags.Append(more...)

	if !diags.HasError() && end.After(begin.AddDate(1, 0, 0)) {
		diags.AddAttributeError(path.Root("created_before"), "Window is too long",
			"From "+after.ValueString()+" to "+before.ValueString()+" is more than a year, the longest window of the API. "+
				"Read the orders of one year at a time.")
	}

	return diags
}

// ascending refuses a window that ends before it begins. What is no time has its
// own error.
func ascending(at path.Path, after, before types.String) diag.Diagnostics {
	if !isKnown(after) || !isKnown(before) {
		return nil
	}

	begin, problems := timeOf(after)
	end, more := timeOf(before)

	if !problems.HasError() && !more.HasError() && end.Before(begin) {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Window ends before it begins",
			"Nothing can be both after "+after.ValueString()+" and before "+before.ValueString()+".")}
	}

	return nil
}
