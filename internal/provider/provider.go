// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package provider is the Terraform provider bss: schemas, models and the
// mapping between them and the API client.
package provider

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	tfaction "github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/act"
	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

// New returns the constructor of the provider in the given version, as the
// plugin server wants it.
func New(version string) func() provider.Provider {
	return func() provider.Provider {
		return &bssProvider{version: version, environment: processEnvironment()}
	}
}

// Surroundings are what tests put in the place of the machine that the provider runs
// on.
type Surroundings struct {
	Getenv func(string) string
	// Transport leads to the API.
	Transport http.RoundTripper
	Timing    act.Timing
	// PolicyTiming is that of bss_autorenew and bss_expiry_policy.
	PolicyTiming act.Timing
}

// NewWithin returns the constructor of a provider within such surroundings. It keeps
// the clock, which tests drive with testing/synctest.
func NewWithin(surroundings Surroundings) func() provider.Provider {
	environment := processEnvironment()
	environment.getenv, environment.homeDir = surroundings.Getenv, ""
	environment.transport = surroundings.Transport
	environment.timing, environment.policyTiming = surroundings.Timing, surroundings.PolicyTiming

	return func() provider.Provider { return &bssProvider{version: "test", environment: environment} }
}

// environment is what the provider takes from outside its configuration.
type environment struct {
	getenv  func(string) string
	homeDir string
	clock   bssapi.Clock
	timing  act.Timing
	// policyTiming is that of bss_autorenew and bss_expiry_policy.
	policyTiming act.Timing
	// progressEvery is how often an action that waits says so.
	progressEvery time.Duration
	// transport leads to the API; nil is the network.
	transport http.RoundTripper
}

func processEnvironment() environment {
	// Without a home directory the files in it are simply not looked for.
	home, _ := os.UserHomeDir()

	return environment{
		getenv: os.Getenv, homeDir: home, clock: bssapi.SystemClock(),
		timing: act.DefaultTiming(), policyTiming: expiry.DefaultTiming(), progressEvery: 30 * time.Second,
	}
}

type bssProvider struct {
	version     string
	environment environment
}

type providerModel struct {
	Site             types.String `tfsdk:"site"`
	Endpoint         types.String `tfsdk:"endpoint"`
	AuthURL          types.String `tfsdk:"auth_url"`
	AccessKey        types.String `tfsdk:"access_key"`
	SecretKey        types.String `tfsdk:"secret_key"`
	SecurityToken    types.String `tfsdk:"security_token"`
	Token            types.String `tfsdk:"token"`
	UserName         types.String `tfsdk:"user_name"`
	Password         types.String `tfsdk:"password"`
	DomainName       types.String `tfsdk:"domain_name"`
	DomainID         types.String `tfsdk:"domain_id"`
	SharedConfigFile types.String `tfsdk:"shared_config_file"`
	Profile          types.String `tfsdk:"profile"`
	Language         types.String `tfsdk:"language"`
	MaxRetries       types.Int64  `tfsdk:"max_retries"`
	RequestTimeout   types.String `tfsdk:"request_timeout"`
	CACertFile       types.String `tfsdk:"cacert_file"`
	AllowedDomainIDs types.Set    `tfsdk:"allowed_domain_ids"`

	AssumeRole         []assumeRoleModel        `tfsdk:"assume_role"`
	AssumeRoleWithOIDC *assumeRoleWithOIDCModel `tfsdk:"assume_role_with_oidc"`

	Spending *spendingModel `tfsdk:"spending"`
}

func (p *bssProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "bss"
	resp.Version = p.version
}

func (p *bssProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	notEmpty := []validator.String{notBlank}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Orders, payments, renewals, expiry, unsubscription, prices, bills and balances of a Huawei Cloud " +
			"account: the customer side of its Business Support System (BSS), which the consoles and other tools also call CBC.",
		Attributes: map[string]schema.Attribute{
			"site": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The site of the account: `china`, `international` or `europe`. Environment: `BSS_SITE`. " +
					"If neither is set, one cheap call finds it out when it is first needed.",
				Validators: []validator.String{oneOfTexts{string(bssapi.SiteChina), string(bssapi.SiteInternational), string(bssapi.SiteEurope)}},
			},
			"endpoint": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the BSS API, instead of the site's own. Plain `http` is accepted for a loopback " +
					"address only. Environment: `BSS_ENDPOINT`.",
				Validators: []validator.String{endpointURL{}},
			},
			"auth_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the identity service (IAM), which gives temporary keys and tokens, and is asked for the account only if " +
					"no order names it. If unset, that of the site. " +
					"Environment: `HW_AUTH_URL`, `OS_AUTH_URL`.",
				Validators: []validator.String{endpointURL{}},
			},
			"access_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Access key (AK). Environment: `HW_ACCESS_KEY`, `OS_ACCESS_KEY`, `HUAWEICLOUD_SDK_AK`. " +
					"What is written here is stored in plan files; the environment is not.",
				Validators: notEmpty,
			},
			"secret_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Secret key (SK). Environment: `HW_SECRET_KEY`, `OS_SECRET_KEY`, `HUAWEICLOUD_SDK_SK`.",
				Validators:          notEmpty,
			},
			"security_token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Security token of temporary keys. Environment: `HW_SECURITY_TOKEN`, " +
					"`HUAWEICLOUD_SDK_SECURITY_TOKEN`.",
				Validators: notEmpty,
			},
			"token": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "IAM token, instead of keys. Environment: `HW_AUTH_TOKEN`, `OS_AUTH_TOKEN`.",
				Validators:          notEmpty,
			},
			"user_name": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "User to log in, instead of keys. Required with it: `password`, and `domain_name` or `domain_id`. " +
					"Environment: `HW_USER_NAME`, `OS_USERNAME`.",
				Validators: []validator.String{notBlank, stringvalidator.AlsoRequires(path.MatchRoot("password"))},
			},
			"password": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Password of that user. Environment: `HW_USER_PASSWORD`, `OS_PASSWORD`.",
				Validators:          []validator.String{notBlank, stringvalidator.AlsoRequires(path.MatchRoot("user_name"))},
			},
			"domain_name": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Name of the account (domain) that the user is of, in the place of `domain_id`. Environment: " +
					"`HW_DOMAIN_NAME`, `OS_DOMAIN_NAME`, `OS_USER_DOMAIN_NAME`, `OS_PROJECT_DOMAIN_NAME`.",
				Validators: notEmpty,
			},
			"domain_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Id of the account (domain) of the credentials; with `assume_role`, of those that the agency is taken on " +
					"with. Environment: `HW_DOMAIN_ID`, `OS_DOMAIN_ID`, " +
					"`HUAWEICLOUD_SDK_DOMAIN_ID`.",
				Validators: []validator.String{isID},
			},
			"shared_config_file": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Configuration file of the vendor's command line (KooCLI), with unencrypted keys. " +
					"Environment: `HW_SHARED_CONFIG_FILE`. Default: `~/.hcloud/config.json`, if it exists.",
				Validators: notEmpty,
			},
			"profile": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Profile in that file. Environment: `HW_PROFILE`. Default: its current profile.",
				Validators:          notEmpty,
			},
			"language": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Language of names and messages from the API: `en_US` or `zh_CN`. Default: the site's own language.",
				Validators:          []validator.String{oneOfTexts{"en_US", "zh_CN"}},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How often a query is repeated after a temporary failure. Default: `%d`. "+
					"Calls that spend are never repeated. Environment: `HW_MAX_RETRIES`.", bssapi.DefaultMaxRetries),
				Validators: []validator.Int64{int64validator.Between(0, mostRetries)},
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "How long one call may take, a duration from `1s` to `10m`. Default: `30s`.",
				Validators:          []validator.String{durationBetween{time.Second, 10 * time.Minute}},
			},
			"cacert_file": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "File of certificates (PEM) to trust beside the system's, for a proxy that opens TLS. " +
					"Environment: `OS_CACERT`. Proxies are taken from `HTTPS_PROXY` and `NO_PROXY`.",
				Validators: notEmpty,
			},
			"allowed_domain_ids": schema.SetAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Accounts (domain ids) that may be acted on, and read by data sources and lists. Before the first of these, " +
					"a run looks up the account of the credentials, and refuses one that is not in this list or cannot be found out.",
				Validators: []validator.Set{
					setvalidator.SizeAtLeast(1),
					setvalidator.NoNullValues(),
					setvalidator.ValueStringsAre(stringvalidator.RegexMatches(regexp.MustCompile(`^\S+$`), "must be a domain id")),
				},
			},
		},
		Blocks: map[string]schema.Block{
			"assume_role": assumeRoleBlock(), "assume_role_with_oidc": assumeRoleWithOIDCBlock(), "spending": spendingBlock(),
		},
	}
}

func (p *bssProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	// A value is known only after an apply: everything that needs the
	// API then says so itself, and plans what it can.
	if !req.Config.Raw.IsFullyKnown() {
		guard, diags := unpricedGuard(ctx, req.Config)
		resp.Diagnostics.Append(diags...)

		resp.ActionData, resp.ResourceData = guard, guard

		return
	}

	var config providerModel

	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if resp.Diagnostics.HasError() {
		return
	}

	built, diags := p.environment.build(ctx, p.version, config)
	resp.Diagnostics.Append(diags...)

	if resp.Diagnostics.HasError() {
		return
	}

	resp.ActionData = built
	resp.DataSourceData = built
	resp.ResourceData = built
	resp.ListResourceData = built
}

// Actions need Terraform 1.14; older ones do not ask.
func (p *bssProvider) Actions(context.Context) []func() tfaction.Action {
	return []func() tfaction.Action{
		newOrderCancelAction,
		newOrderPayAction,
		newEnterpriseMemberCodeAction,
		newResourceRenewAction,
		newResourceConvertAction,
		newResourceUnsubscribeAction,
	}
}

var _ provider.ProviderWithActions = (*bssProvider)(nil)

func (p *bssProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		newAccountBalancesDataSource,
		newAccountChangeRecordsDataSource,
		newAccountDataSource,
		newCouponChangeRecordsDataSource,
		newEnterpriseMembersDataSource,
		newEnterpriseOrganizationsDataSource,
		newEnterpriseRetrievableAmountsDataSource,
		newEnterpriseRetrievableCouponsDataSource,
		newEnterpriseTransferableAmountsDataSource,
		newEnterpriseTransferableCouponsDataSource,
		newExpenditureQuotaDataSource,
		newOrderRefundsDataSource,
		newStoredValueCardsDataSource,
		newFeeRecordsDataSource,
		newMonthlyBillsDataSource,
		newMonthlyCostBreakdownDataSource,
		newOnDemandPriceDataSource,
		newBudgetStatusDataSource,
		newCostsDataSource,
		newCouponsDataSource,
		newMeasureConversionsDataSource,
		newMeasureUnitsDataSource,
		newOrderCouponsDataSource,
		newOrderDataSource,
		newOrderDiscountsDataSource,
		newOrdersDataSource,
		newPeriodPriceDataSource,
		newPriceComparisonDataSource,
		newRenewalForecastDataSource,
		newRenewalPriceDataSource,
		newResourceDataSource,
		newResourceFeeRecordsDataSource,
		newResourcePackagesDataSource,
		newResourcePackageUsageRecordsDataSource,
		newResourcePackageUsagesDataSource,
		newResourceRecordsDataSource,
		newResourceSpecsDataSource,
		newResourceTypesDataSource,
		newResourcesDataSource,
		newServiceResourcesDataSource,
		newServiceTypesDataSource,
		newUsageTypesDataSource,
		newUsage95SummaryDataSource,
		newUsage95DetailsDataSource,
		newInvoicesDataSource,
	}
}

// Functions need Terraform 1.8; older ones do not ask.
func (p *bssProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		newAddPeriodsFunction,
		newBillingDayFunction,
		newBillingMonthFunction,
		newCSVEncodeFunction,
		newDaysBetweenFunction,
		newFormatAmountFunction,
		newPlanReportFunction,
	}
}

var _ provider.ProviderWithFunctions = (*bssProvider)(nil)

// ListResources needs Terraform 1.14; older ones do not ask.
func (p *bssProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		newAutorenewList,
		newExpiryPolicyList,
		newEnterpriseMemberList,
		newOrderPaymentList,
	}
}

var _ provider.ProviderWithListResources = (*bssProvider)(nil)

func (p *bssProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		newAutorenewResource,
		newExpiryPolicyResource,
		newEnterpriseMemberResource,
		newEnterpriseProjectAuthorityResource,
		newOrderPaymentResource,
		newRenewalResource,
		newOrderCancellationResource,
		newRenewalSettingsResource,
		newOnDemandConversionResource,
		newUnsubscriptionResource,
		newEnterpriseTransferResource,
		newEnterpriseCouponTransferResource,
	}
}
