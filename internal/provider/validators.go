// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
)

// mostAmount bounds amounts and quantities: what is above it is a slip.
var mostAmount = big.NewFloat(1e12)

// notNegative accepts amounts from zero up to mostAmount.
type notNegative struct{}

func (notNegative) Description(context.Context) string {
	return "must not be negative, nor more than 1000000000000"
}

func (v notNegative) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v notNegative) ValidateNumber(ctx context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	value := req.ConfigValue.ValueBigFloat()
	wanted := v.Description(ctx)

	switch {
	case value.Sign() >= 0 && value.Cmp(mostAmount) <= 0 && !decimalOf(req.ConfigValue).IsNull():
		return
	case value.Sign() >= 0 && value.Cmp(mostAmount) <= 0:
		// A bound that cannot be held exactly would bound nothing.
		wanted = "must not have more digits than an amount can have"
	}

	resp.Diagnostics.AddAttributeError(req.Path, "Invalid amount",
		fmt.Sprintf("%s %s, but is %s.", req.Path, wanted, value.Text('g', 20)))
}

// movable accepts amounts that can be moved between accounts.
type movable struct{}

func (movable) Description(context.Context) string {
	return fmt.Sprintf("must be above 0, with at most %d decimals, and not more than 1000000000000", bssapi.MaxTransferDecimals)
}

func (v movable) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v movable) ValidateNumber(ctx context.Context, req validator.NumberRequest, resp *validator.NumberResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	if value := req.ConfigValue.ValueBigFloat(); value.Cmp(mostAmount) > 0 || !bssapi.Movable(decimalOf(req.ConfigValue)) {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid amount",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), value.Text('g', 20)))
	}
}

// notBlank accepts texts that are not only white space, such as secrets and
// names of files.
var notBlank = stringvalidator.RegexMatches(regexp.MustCompile(`\S`), "must not be empty")

const (
	// maxCodeLength is that of codes of services, resources and specifications.
	maxCodeLength = 400
	// maxNameLength is that of regions, zones and the names of products.
	maxNameLength = 64
)

// trimmed accepts texts of 1 to most characters without white space at their
// ends, such as names and codes that only the API can check further.
type trimmed struct{ most int }

func (v trimmed) Description(context.Context) string {
	return fmt.Sprintf("must be 1 to %d characters long, without spaces at its ends", v.most)
}

func (v trimmed) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v trimmed) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	value := req.ConfigValue.ValueString()
	if value == "" || utf8.RuneCountInString(value) > v.most || strings.TrimSpace(value) != value {
		resp.Diagnostics.AddAttributeError(
			req.Path,
			"Invalid text",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue),
		)
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

// areCoupons accepts the coupons of a payment.
var areCoupons = []validator.Set{
	setvalidator.SizeAtMost(bssapi.MaxPayCoupons), setvalidator.NoNullValues(), setvalidator.ValueStringsAre(trimmed{maxNameLength}),
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
	case err != nil || parsed.Hostname() == "" || !isPort(parsed.Port()):
		return "must be a URL such as https://bss-intl.myhuaweicloud.com."
	case parsed.User != nil:
		return "must not carry a user name or password."
	case parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "":
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

// isPort accepts a port, and none.
func isPort(text string) bool {
	port, err := strconv.ParseUint(text, 10, 16)

	return text == "" || err == nil && port > 0
}

// isID accepts the id of an order or a resource.
var isID validator.String = idText{}

type idText struct{}

const wantedID = "must be an id of at most 64 characters, without spaces or slashes"

func (idText) Description(context.Context) string { return wantedID }

func (v idText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (idText) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !req.ConfigValue.IsNull() && !req.ConfigValue.IsUnknown() {
		resp.Diagnostics.Append(validateID(req.Path, req.ConfigValue.ValueString())...)
	}
}

// validateID refuses what cannot be the id of an order or a resource.
func validateID(at path.Path, id string) diag.Diagnostics {
	if idPattern.MatchString(id) {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Invalid id",
		fmt.Sprintf("%s %s, but is %q.", at, wantedID, id))}
}

// isCurrency accepts a code such as USD.
var isCurrency = stringvalidator.RegexMatches(regexp.MustCompile(`^[A-Z]{3}$`), "must be a currency code of three capital letters")

var idPattern = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._:@$+=~-]{0,63}$`)

// dayText accepts a day of the calendar.
type dayText struct{}

func (dayText) Description(context.Context) string { return "must be a day such as 2027-12-31" }

func (v dayText) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v dayText) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	if _, err := renewal.ParseDate(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(
			req.Path,
			"Invalid day",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue),
		)
	}
}

// dated accepts months or days in one layout.
type dated struct{ layout, form, example string }

func (v dated) Description(context.Context) string {
	return fmt.Sprintf("must be %s, such as %s", v.form, v.example)
}

func (v dated) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v dated) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}

	if _, err := time.Parse(v.layout, req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(
			req.Path,
			"Invalid date",
			fmt.Sprintf("%s %s, but is %s.", req.Path, v.Description(ctx), req.ConfigValue),
		)
	}
}
