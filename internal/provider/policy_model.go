// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// What bss_autorenew and bss_expiry_policy have in common: both set what
// happens to a yearly/monthly resource at its expiry.

const (
	typeAutorenew    = "bss_autorenew"
	typeExpiryPolicy = "bss_expiry_policy"
	typeRenewal      = "bss_renewal"

	onDestroyKeep    = "keep"
	onDestroyDisable = "disable"

	policyTimeout = 5 * time.Minute

	// chargesAtOnce is how close to expiry automatic renewal charges at once.
	chargesAtOnce = 8 * 24 * time.Hour
)

func policyAttributes() map[string]schema.Attribute {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return map[string]schema.Attribute{
		"resource_id": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Id of a yearly/monthly resource, as its cloud service knows it; of a primary one, which those attached to it " +
				"follow.",
			Validators:    []validator.String{isID},
			PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"on_destroy": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "What destroying this does: `keep` the setting, which is meant where it is left out, or `disable` it, so that " +
				"the " +
				"resource lapses unless somebody renews it. Nothing is disabled where another resource of the same run manages it.",
			Validators: []validator.String{stringvalidator.OneOf(onDestroyKeep, onDestroyDisable)},
		},
		"status": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "`in_use`, `expired`, `frozen`, `closed` or `unknown(N)`.",
			PlanModifiers:       keeps,
		},
		"expire_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the paid term ends (UTC).",
			PlanModifiers:       keeps,
		},
		"expire_policy": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "What the API says will happen then: `auto_renew`, `pay_per_use`, `grace_period`, `delete`, `freeze`, " +
				"`delete_after_retention` or `unknown(N)`.",
			PlanModifiers: keeps,
		},
		"expires_at_enabling": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "When the paid term ended as automatic renewal was turned on from here (UTC). The plan states it; where it moves " +
				"before the apply, the apply is refused. Within about eight days of it, turning automatic renewal on can charge at once.",
			PlanModifiers: keeps,
		},
	}
}

func policyTimeouts(ctx context.Context) map[string]schema.Block {
	return map[string]schema.Block{
		"timeouts": timeoutsBlock(ctx, timeouts.Opts{
			Create:            true,
			CreateDescription: "How long to wait until billing knows the resource and shows the setting, 5 minutes (`5m`) where left out.",
			Update:            true,
			UpdateDescription: "How long to wait until the setting shows, 5 minutes (`5m`) where left out.",
			Delete:            true,
			DeleteDescription: "How long to wait until a setting that is disabled shows so, 5 minutes (`5m`) where left out.",
		}),
	}
}

type policyIdentity struct {
	ResourceID types.String `tfsdk:"resource_id"`
	AccountID  types.String `tfsdk:"account_id"`
}

func policyIdentitySchema() identityschema.Schema {
	return identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"resource_id": identityschema.StringAttribute{
				RequiredForImport: true,
				Description:       "Id of the yearly/monthly resource.",
			},
			"account_id": identityschema.StringAttribute{
				OptionalForImport: true,
				Description:       "Id of the account that the resource belongs to.",
			},
		},
	}
}

// policyResource is the base of both.
type policyResource struct {
	resourceBase

	typeName string
}

func (r *policyResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = r.typeName
}

func (r *policyResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = policyIdentitySchema()
}

func (r *policyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	identity := policyIdentity{ResourceID: types.StringValue(req.ID), AccountID: types.StringNull()}

	if req.ID == "" {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	}

	resp.Diagnostics.Append(validateID(path.Root("resource_id"), identity.ResourceID.ValueString())...)

	if resp.Diagnostics.HasError() {
		return
	}

	if r.services == nil {
		resp.Diagnostics.Append(notConfigured("import resource " + identity.ResourceID.ValueString()))

		return
	}

	switch account := r.services.account(ctx); {
	case identity.AccountID.IsNull():
		identity.AccountID = text(account)
	case account != "" && account != identity.AccountID.ValueString():
		resp.Diagnostics.AddError("Resource belongs to another account",
			fmt.Sprintf("The import names account %s, but the credentials belong to account %s.", identity.AccountID.ValueString(), account))

		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("resource_id"), identity.ResourceID)...)
	resp.Diagnostics.Append(resp.Identity.Set(ctx, identity)...)
}

// claim notes that this run manages the id, and refuses a second type on it.
func (r *policyResource) claim(id string) diag.Diagnostics {
	if r.services == nil {
		return nil
	}

	other := r.services.claims.Claim(id, r.typeName)
	if other == "" {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Resource is managed twice",
		fmt.Sprintf("Both %s and %s manage what happens to resource %s at its expiry, and would undo each other. Keep one of them.",
			typeAutorenew, typeExpiryPolicy, id))}
}

// quote is what a plan can know of the resource. It is nil, with a warning,
// where billing does not know the resource yet.
func (r *policyResource) quote(ctx context.Context, id string, want subscription.Want) (*bssapi.Resource, diag.Diagnostics) {
	found, err := r.services.reader.Get(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return nil, diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("resource_id"), "Billing does not know the resource yet",
			fmt.Sprintf("No yearly/monthly resource %s was found. A new one may take a moment to be known, which the apply waits for; a "+
				"pay-per-use resource never is.", id))}
	case err != nil:
		return nil, diag.Diagnostics{apiDiagnostic("read resource "+id, err)}
	}

	if err := subscription.Check(found, want); err != nil {
		return nil, diag.Diagnostics{policyDiagnostic("plan what happens to resource "+id, err)}
	}

	return &found, nil
}

// enabling plans that automatic renewal is turned on, at the argument that asks
// for it: the plan states the expiry that this was agreed for. Where it is on,
// only new terms make a call.
func (r *policyResource) enabling(found *bssapi.Resource, asks path.Path, newTerms bool) (types.String, diag.Diagnostics) {
	on := found != nil && found.ExpirePolicy != nil && bssapi.ExpirePolicy(*found.ExpirePolicy) == bssapi.ExpirePolicyAutoRenew

	var diags diag.Diagnostics

	if newTerms || found != nil && !on {
		diags = spendingDiagnostics("plan automatic renewal", asks, r.services.spending.Denied())
	}

	if found == nil || on || diags.HasError() {
		return types.StringUnknown(), diags
	}

	if expires, err := bssapi.ParseTime(found.ExpireTime); err == nil && expires.Sub(r.services.client.Now()) < chargesAtOnce {
		diags.AddAttributeWarning(path.Root("resource_id"), "A charge may follow at once",
			fmt.Sprintf("Resource %s expires at %s. So close to expiry, turning automatic renewal on can charge the next term at once.",
				found.ResourceID, found.ExpireTime))
	}

	return text(found.ExpireTime), diags
}

// read reads the resource. gone says that billing certainly does not know it
// any more.
func (r *policyResource) read(
	ctx context.Context,
	id string,
	recorded *tfsdk.ResourceIdentity,
) (found bssapi.Resource, gone bool, _ diag.Diagnostics) {
	if r.services == nil {
		return found, false, diag.Diagnostics{notConfigured("read resource " + id)}
	}

	found, err := r.services.reader.Get(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return found, true, r.sameAccount(ctx, id, recorded)
	case err != nil:
		return found, false, diag.Diagnostics{apiDiagnostic("read resource "+id, err)}
	}

	var diags diag.Diagnostics

	if subscription.Lapsed(found) {
		diags.AddWarning("Resource is out of use",
			fmt.Sprintf("Resource %s is %s; its paid term ended at %s. It stays in state, and its setting cannot be changed until it is renewed.",
				id, subscription.StatusWord(found.Status), found.ExpireTime))
	}

	return found, false, diags
}

// sameAccount is an error where the credentials are those of another account
// than the recorded one: what they do not see may well exist.
func (r *policyResource) sameAccount(ctx context.Context, id string, recorded *tfsdk.ResourceIdentity) diag.Diagnostics {
	identity, diags := policyIdentityOf(ctx, recorded)
	if diags.HasError() || identity.AccountID.ValueString() == "" {
		return diags
	}

	account := r.services.account(ctx)
	if account == "" || account == identity.AccountID.ValueString() {
		return nil
	}

	return diag.Diagnostics{
		diag.NewErrorDiagnostic(
			"Credentials belong to another account",
			fmt.Sprintf(
				"Resource %s is managed in account %s, but the credentials belong to account %s. Use the credentials of the account that the "+
					"state belongs to.",
				id,
				identity.AccountID.ValueString(),
				account,
			),
		),
	}
}

func policyIdentityOf(ctx context.Context, recorded *tfsdk.ResourceIdentity) (policyIdentity, diag.Diagnostics) {
	var identity policyIdentity

	if recorded == nil || recorded.Raw.IsFullyNull() {
		return identity, nil
	}

	return identity, recorded.Get(ctx, &identity)
}

// identify writes the identity where there is none yet. It asks nobody for the
// account: a refresh of many resources should not cost a call more.
func (r *policyResource) identify(ctx context.Context, id types.String, recorded, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	known, diags := policyIdentityOf(ctx, recorded)
	if diags.HasError() || identity == nil || !known.ResourceID.IsNull() {
		return diags
	}

	return append(diags, identity.Set(ctx, policyIdentity{ResourceID: id, AccountID: types.StringNull()})...)
}

// identifyNew writes the identity of what was created.
func (r *policyResource) identifyNew(ctx context.Context, id types.String, identity *tfsdk.ResourceIdentity) diag.Diagnostics {
	return identity.Set(ctx, policyIdentity{ResourceID: id, AccountID: text(r.services.account(ctx))})
}

// release does what on_destroy says.
func (r *policyResource) release(
	ctx context.Context,
	id string,
	onDestroy types.String,
	want subscription.Want,
	wait time.Duration,
) diag.Diagnostics {
	if onDestroy.ValueString() != onDestroyDisable {
		return nil
	}

	if r.services == nil {
		return diag.Diagnostics{notConfigured("disable what happens to resource " + id)}
	}

	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()

	released, warnings, err := r.services.policies.Release(ctx, subscription.Setting{ResourceID: id, Want: want}, r.services.claims)
	if err != nil {
		return diag.Diagnostics{policyDiagnostic("disable what happens to resource "+id, err)}
	}

	diags := policyWarnings(warnings)

	if !released {
		diags.AddWarning(
			"Setting is kept",
			fmt.Sprintf("Another resource of this run manages what happens to resource %s, so nothing is disabled.", id),
		)
	}

	return diags
}

// ends says what destroying does.
func ends(id, policy, expireTime, onDestroy types.String) diag.Diagnostic {
	if onDestroy.ValueString() == onDestroyDisable {
		return diag.NewWarningDiagnostic("Setting is disabled",
			fmt.Sprintf("Terraform stops managing what happens to resource %s, and disables it: from then on the resource lapses at %s unless "+
				"somebody renews it.", id.ValueString(), expireTime.ValueString()))
	}

	return diag.NewWarningDiagnostic(
		"Setting is kept",
		fmt.Sprintf(
			"Terraform stops managing what happens to resource %s, and leaves it as it is: at %s it will %s. Set on_destroy = \"disable\" "+
				"and apply before destroying to change that.",
			id.ValueString(),
			expireTime.ValueString(),
			willHappen(policy.ValueString()),
		),
	)
}

func willHappen(policy string) string {
	switch policy {
	case "auto_renew":
		return "be renewed automatically and charged"
	case "pay_per_use":
		return "turn pay-per-use and be charged by use"
	case "grace_period":
		return "enter its grace period and then lapse"
	case "delete":
		return "be deleted"
	case "freeze":
		return "be frozen"
	case "delete_after_retention":
		return "be kept for the retention period and then deleted"
	default:
		return "do what the platform does for policy " + policy
	}
}

func policyDiagnostic(doing string, err error) diag.Diagnostic {
	var refusal *subscription.Refusal
	if !errors.As(err, &refusal) {
		return apiDiagnostic(doing, err)
	}

	detail := refusal.Detail
	if refusal.Err != nil {
		detail += "\n\n" + answer(refusal.Err) + nextStep(refusal.Err)
	}

	return diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), refusal.Summary, detail)
}

func policyWarnings(warnings []subscription.Warning) diag.Diagnostics {
	var diags diag.Diagnostics

	for _, warning := range warnings {
		diags.AddAttributeWarning(path.Root("resource_id"), warning.Summary, warning.Detail)
	}

	return diags
}
