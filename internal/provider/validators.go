// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// notNegative accepts amounts from zero up.
type notNegative struct{}

func (notNegative) Description(context.Context) string { return "must not be negative" }

func (v notNegative) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v notNegative) ValidateNumber(ctx context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	switch {
	case req.ConfigValue.ValueBigFloat().Sign() < 0:
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid amount",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue))
	case decimal(req.ConfigValue).IsNull():
		// A bound that cannot be held exactly would bound nothing.
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid amount", fmt.Sprintf("%s has more digits than an amount can have.", req.Path))
	}
}

// durationBetween accepts durations such as 30s.
type durationBetween struct{ least, most time.Duration }

func (v durationBetween) Description(context.Context) string {
	return fmt.Sprintf("must be a duration such as 30s, from %s to %s", v.least, v.most)
}

func (v durationBetween) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v durationBetween) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	duration, err := time.ParseDuration(req.ConfigValue.ValueString())
	if err != nil || duration < v.least || duration > v.most {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue))
	}
}

// endpointURL accepts https addresses, and plain http ones of this machine.
type endpointURL struct{}

func (endpointURL) Description(context.Context) string {
	return "must be an https URL, or an http URL of a loopback address"
}

func (v endpointURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v endpointURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	if problem := endpointProblem(req.ConfigValue.ValueString()); problem != "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid URL", fmt.Sprintf("%s %s", req.Path, problem))
	}
}

// endpointProblem says what is wrong with the address of an API; empty if
// nothing is. Keys and signatures never travel in the clear over a network.
func endpointProblem(address string) string {
	parsed, err := url.Parse(address)

	switch {
	case err != nil || parsed.Host == "":
		return "must be a URL such as https://bss-intl.myhuaweicloud.com."
	case parsed.User != nil:
		return "must not carry a user name or password."
	case parsed.RawQuery != "" || parsed.Fragment != "":
		return "must end with the host or a path."
	case parsed.Scheme == "https":
		return ""
	case parsed.Scheme != "http":
		return "must start with https://."
	case parsed.Hostname() == "localhost", net.ParseIP(parsed.Hostname()).IsLoopback():
		return ""
	default:
		return "must use https: plain http is accepted for a loopback address only."
	}
}

// isID accepts the id of an order or a resource.
var isID validator.String = idText{}

type idText struct{}

func (idText) Description(context.Context) string {
	return "must be an id of at most 64 characters, without spaces or slashes"
}

func (v idText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v idText) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || idPattern.MatchString(req.ConfigValue.ValueString()) {
		return
	}

	resp.Diagnostics.AddAttributeError(req.Path, "Invalid id", fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue))
}

var idPattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._:@$+=~-]{0,63}$`)
