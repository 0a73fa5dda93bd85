// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/conversion"
	"github.com/bss-community/terraform-provider-bss/internal/enterprise"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
	"github.com/bss-community/terraform-provider-bss/internal/renewal"
	"github.com/bss-community/terraform-provider-bss/internal/spending"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
	"github.com/bss-community/terraform-provider-bss/internal/transfer"
	"github.com/bss-community/terraform-provider-bss/internal/unsubscription"
)

// services is what a configured provider hands to its resources and data
// sources. It is made anew by every Configure.
type services struct {
	client   *bssapi.Client
	payer    *payment.Payer
	renewals *renewal.Machine
	reader   *subscription.Reader
	policies *expiry.Policies
	claims   *expiry.Claims
	// autorenewals keeps numbers of renewals from starting again.
	autorenewals *autorenewals
	// unsubscriptions gives resources back.
	unsubscriptions *unsubscription.Machine
	// conversions changes resources to pay-per-use.
	conversions *conversion.Machine
	// enterprise creates members, and opens enterprise projects.
	enterprise *enterprise.Machine
	// transfers moves money between the account and its members.
	transfers *transfer.Machine
	// spending is nil where the configuration bounds nothing.
	spending *spending.Guard
	clock    bssapi.Clock
	// progressEvery is how often an action that waits says so.
	progressEvery time.Duration
	accounts      *accounts
	dictionaries  *dictionaries
}

// servicesFrom unpacks what Configure has made. It is nil where Terraform asks
// before the provider is configured, or where its configuration is not known.
func servicesFrom(data any, diags *diag.Diagnostics) *services {
	if data == nil || guardFrom(data) != nil {
		return nil
	}

	built, ok := data.(*services)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("The provider handed over %T. This is a defect of the provider: please report it.", data))
	}

	return built
}

// build makes the services from the configuration and the environment. It
// makes no call of the API.
func (e environment) build(ctx context.Context, version string, config providerModel) (*services, diag.Diagnostics) {
	var diags diag.Diagnostics

	transport := e.transport
	if transport == nil {
		network, err := bssapi.NewTransport(bssapi.AtHome(e.first(config.CACertFile, "OS_CACERT"), e.homeDir))
		if err != nil {
			diags.AddAttributeError(path.Root("cacert_file"), "Certificates cannot be used", "cacert_file (or OS_CACERT): "+sentence(err.Error()))

			return nil, diags
		}

		transport = network
	}

	options := []bssapi.Option{
		bssapi.WithLanguage(config.Language.ValueString()),
		bssapi.WithUserAgent(e.userAgent(version)),
		bssapi.WithTransport(transport),
		bssapi.WithLogger(log),
		bssapi.WithClock(e.clock),
	}

	if site := e.first(config.Site, "BSS_SITE"); site != "" {
		parsed, err := bssapi.ParseSite(site)
		if err != nil {
			diags.AddAttributeError(path.Root("site"), "Unknown site", "site (or BSS_SITE): "+sentence(err.Error()))
		}

		options = append(options, bssapi.WithSite(parsed))
	}

	if endpoint := e.first(config.Endpoint, "BSS_ENDPOINT"); endpoint != "" {
		if problem := endpointProblem(endpoint); problem != "" {
			diags.AddAttributeError(path.Root("endpoint"), "Invalid URL", "endpoint (or BSS_ENDPOINT) "+problem)
		}

		options = append(options, bssapi.WithEndpoint(endpoint))
	}

	if authURL := e.first(config.AuthURL, "HW_AUTH_URL", "OS_AUTH_URL"); authURL != "" {
		if problem := endpointProblem(authURL); problem != "" {
			diags.AddAttributeError(path.Root("auth_url"), "Invalid URL", "auth_url (or HW_AUTH_URL, OS_AUTH_URL) "+problem)
		}

		options = append(options, bssapi.WithIAMEndpoint(hostOf(authURL)))
	}

	retries, err := e.maxRetries(config.MaxRetries)
	if err != nil {
		diags.AddAttributeError(path.Root("max_retries"), "Invalid number of retries", sentence(err.Error()))
	}

	options = append(options, bssapi.WithMaxRetries(retries))

	if timeout := config.RequestTimeout.ValueString(); timeout != "" {
		// The validator has parsed it before.
		duration, err := time.ParseDuration(timeout)
		if err != nil {
			diags.AddAttributeError(path.Root("request_timeout"), "Invalid duration", sentence(err.Error()))
		}

		options = append(options, bssapi.WithRequestTimeout(duration))
	}

	if diags.HasError() {
		return nil, diags
	}

	found, err := bssapi.CredentialSources{
		AccessKey:        config.AccessKey.ValueString(),
		SecretKey:        config.SecretKey.ValueString(),
		SecurityToken:    config.SecurityToken.ValueString(),
		Token:            config.Token.ValueString(),
		UserName:         config.UserName.ValueString(),
		Password:         config.Password.ValueString(),
		DomainName:       config.DomainName.ValueString(),
		DomainID:         config.DomainID.ValueString(),
		OIDC:             config.AssumeRoleWithOIDC.provider(),
		Roles:            config.roles(),
		Identity:         options,
		SharedConfigFile: config.SharedConfigFile.ValueString(),
		Profile:          config.Profile.ValueString(),
		Getenv:           e.getenv,
		HomeDir:          e.homeDir,
		MetadataEndpoint: e.variable("BSS_METADATA_ENDPOINT"),
		Transport:        e.transport,
		Clock:            e.clock,
	}.Find(ctx)
	if err != nil {
		diags.Append(credentialsDiagnostic(err))

		return nil, diags
	}

	if found.Unused != "" {
		diags.AddAttributeWarning(path.Root(found.Unused), "Profile is not used", fmt.Sprintf(
			"%s is not looked at: the credentials are of a place that comes before it, %s. Unset those, or take %s out.",
			found.Unused, found.Source, found.Unused))
	}

	options = append(options, bssapi.WithCredentials(found.Credentials), bssapi.WithDomainID(found.DomainID), bssapi.WithSource(found.Source))

	guard, spendingDiags := config.Spending.guard()
	diags.Append(spendingDiags...)

	var allowed []string

	diags.Append(config.AllowedDomainIDs.ElementsAs(ctx, &allowed, false)...)

	if diags.HasError() {
		return nil, diags
	}

	client, err := bssapi.New(options...)
	if err != nil {
		diags.AddError("The provider cannot be configured", sentence(err.Error()))

		return nil, diags
	}

	accounts := &accounts{client: client, clock: e.clock, configured: found.DomainID, allowed: allowed}

	conditions := act.Conditions{
		Clock: e.clock, Timing: e.timing, Account: accounts.check, Spending: guard, Locks: &act.Locks{},
	}
	ofPolicies := conditions
	ofPolicies.Timing = e.policyTiming

	reader := subscription.NewReader(client, e.clock, subscription.DefaultReadTiming())
	payer := payment.New(client, conditions)

	return &services{
		client:          client,
		payer:           payer,
		renewals:        renewal.New(client, reader, payer, conditions),
		reader:          reader,
		policies:        expiry.New(client, reader, ofPolicies),
		claims:          &expiry.Claims{},
		autorenewals:    newAutorenewals(),
		unsubscriptions: unsubscription.New(client, reader, conditions),
		conversions:     conversion.New(client, reader, conditions),
		enterprise:      enterprise.New(client, conditions),
		transfers:       transfer.New(client, conditions),
		spending:        guard,
		clock:           e.clock,
		progressEvery:   e.progressEvery,
		accounts:        accounts,
		dictionaries:    &dictionaries{client: client},
	}, diags
}

// first is the argument, or the first of the variables that is set.
func (e environment) first(argument types.String, variables ...string) string {
	if value := argument.ValueString(); value != "" {
		return value
	}

	for _, name := range variables {
		if value := e.variable(name); value != "" {
			return value
		}
	}

	return ""
}

// variable is one of the environment without the white space around it: one that was
// taken from a file ends with a line end.
func (e environment) variable(name string) string { return strings.TrimSpace(e.getenv(name)) }

// mostRetries is how often a query can be repeated.
const mostRetries = 20

func (e environment) maxRetries(argument types.Int64) (int, error) {
	if !argument.IsNull() {
		return int(argument.ValueInt64()), nil
	}

	text := e.variable("HW_MAX_RETRIES")
	if text == "" {
		return bssapi.DefaultMaxRetries, nil
	}

	number, err := strconv.Atoi(text)
	if err != nil || number < 0 || number > mostRetries {
		return 0, fmt.Errorf("HW_MAX_RETRIES is %q, but has to be a number from 0 to %d", text, mostRetries)
	}

	return number, nil
}

func (e environment) userAgent(version string) string {
	agent := "terraform-provider-bss/" + version

	// No header has a line end, and a variable may.
	words := strings.FieldsFunc(e.getenv("HW_TF_CUSTOM_UA"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) })

	return strings.Join(append([]string{agent}, words...), " ")
}

// hostOf drops the path that an identity URL often carries (…/v3).
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}

	return parsed.Scheme + "://" + parsed.Host
}

func credentialsDiagnostic(err error) diag.Diagnostic {
	var missing *bssapi.CredentialsError
	if !errors.As(err, &missing) {
		missing = &bssapi.CredentialsError{Reason: err.Error()}
	}

	detail := sentence(missing.Reason)
	if missing.Source != "" {
		detail = sentence(missing.Source + ": " + missing.Reason)
	}

	if len(missing.Looked) > 0 {
		detail += "\n\nLooked, in this order, at:\n  - " + strings.Join(missing.Looked, "\n  - ")
	}

	if missing.Source != "" {
		detail += "\n\nCorrect it, or take it out to have the next place looked at."
	} else {
		detail += "\n\nGive one of these in one place: an access key and its secret key, a token, a user name and its password, or an identity " +
			"provider. An agency is taken on with what was found."
	}

	worded := diag.NewErrorDiagnostic("No usable credentials", detail)

	switch missing.Missing {
	case "access_key", "secret_key", "domain_name":
		return atArgument(path.Root(missing.Missing), worded)
	}

	if missing.Argument == "" {
		return worded
	}

	names := strings.Split(missing.Argument, ".")
	at := path.Root(names[0])

	for _, name := range names[1:] {
		at = at.AtName(name)
	}

	return atArgument(at, worded)
}

// log hands the client's messages to Terraform's log.
func log(ctx context.Context, level bssapi.LogLevel, message string, fields map[string]any) {
	switch level {
	case bssapi.LogWarn:
		tflog.Warn(ctx, message, fields)
	case bssapi.LogDebug:
		tflog.Debug(ctx, message, fields)
	default:
		tflog.Trace(ctx, message, fields)
	}
}
