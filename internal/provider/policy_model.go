// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
	"github.com/bss-community/terraform-provider-bss/internal/subscription"
)

// What bss_autorenew and bss_expiry_policy have in common: both set what
// happens to a yearly/monthly resource at its expiry.

const (
	onDestroyKeep    = "keep"
	onDestroyDisable = "disable"

	policyTimeout = 5 * time.Minute

	// chargesAtOnce is how close to expiry turning on automatic renewal charges at once.
	chargesAtOnce = 8 * 24 * time.Hour
)

func policyAttributes() map[string]schema.Attribute {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}

	return map[string]schema.Attribute{
		"resource_id": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: primaryID + "Attached resources follow it.",
			Validators:          []validator.String{isID},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"on_destroy": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "What destroying this does. `keep`: leave the setting as it is. `disable`: turn it off; the resource " +
				"then lapses unless somebody renews it. Nothing is disabled if another resource of the same run manages the setting. Default: `keep`.",
			Validators: []validator.String{oneOfTexts{onDestroyKeep, onDestroyDisable}},
		},
		"status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: wordsOf(bssapi.ResourceStatuses) + "; or `in_doubt`: automatic renewal may or may not have been turned on, and " +
				"the next apply looks again.",
			PlanModifiers: keeps,
		},
		"expire_time": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the paid term ends (UTC).",
			PlanModifiers:       keeps,
		},
		"expire_policy": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "What the API says will happen when the paid term ends: " + wordsOf(bssapi.ExpirePolicies) + ".",
			PlanModifiers:       keeps,
		},
		"expires_at_enabling": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "End of the paid term (UTC) when this resource turned automatic renewal on, as the plan stated it. If it " +
				"moves before the apply, the apply is refused.",
			PlanModifiers: keeps,
		},
	}
}

func policyTimeouts(ctx context.Context) map[string]schema.Block {
	return map[string]schema.Block{
		"timeouts": timeoutsBlock(ctx, timeouts.Opts{
			Create: true, CreateDescription: "How long to wait until billing knows the resource and shows the setting. Default: `5m`.",
			Update: true, UpdateDescription: "How long to wait until billing shows the setting. Default: `5m`.",
			Delete: true, DeleteDescription: "How long to wait until billing shows that the setting is disabled. Default: `5m`.",
		}),
	}
}

// statusOf is the status of a resource whose policy was set.
func statusOf(outcome expiry.Outcome) types.String {
	if outcome.InDoubt {
		return types.StringValue(expiry.StatusInDoubt)
	}

	return textValue(wordOf(bssapi.ResourceStatuses, outcome.Resource.Status))
}

// showsClosed says whether a state has the resource as closed.
func showsClosed(status types.String) bool {
	return status.ValueString() == bssapi.ResourceStatuses.Word(bssapi.ResourceStatusClosed)
}

func inDoubt(status types.String) bool { return status.ValueString() == expiry.StatusInDoubt }

// quotePolicy is what a plan can know of the resource. It is nil, with a warning,
// where billing does not know the resource yet.
func (s *services) quotePolicy(ctx context.Context, id string, want expiry.Want) (*bssapi.Resource, diag.Diagnostics) {
	found, err := s.reader.Get(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return nil, diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("resource_id"), "Billing does not know the resource yet",
			fmt.Sprintf("No yearly/monthly resource %s was found. Billing may take a moment to know a new one, "+
				"and the apply waits for it; it never knows a pay-per-use resource.", id))}
	case err != nil:
		return nil, diag.Diagnostics{apiDiagnostic("read resource "+id, err)}
	}

	err = expiry.Check(found, want)
	if err == nil && !want.Met(found) {
		err = s.policies.Allowed(ctx)
	}

	if err != nil {
		return nil, diag.Diagnostics{actDiagnostic("plan what happens to resource "+id, err)}
	}

	return &found, nil
}

// changing warns, at plan, of what a setting changes. It stands in a warning, as an
// attribute that the plan knows would be a promise that a renaming breaks.
func changing(found *bssapi.Resource, want expiry.Want, to, means string) diag.Diagnostics {
	if found == nil || want.Met(*found) {
		return nil
	}

	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("resource_id"),
		fmt.Sprintf("Resource %s changes from %s to %s", subscription.Describe(*found), expiry.PolicyWord(*found), to),
		fmt.Sprintf("When its paid term ends, at %s, %s.", found.ExpireTime, means))}
}

// enabling plans that automatic renewal is turned on, at the argument that asks
// for it: the plan states the expiry that this was agreed for. Where it is on,
// only new terms make a call.
func (s *services) enabling(found *bssapi.Resource, asks path.Path, newTerms bool) (types.String, diag.Diagnostics) {
	on := found != nil && found.ExpirePolicy != nil && bssapi.ExpirePolicy(*found.ExpirePolicy) == bssapi.ExpirePolicyAutoRenew

	var diags diag.Diagnostics

	if newTerms || found != nil && !on && !s.policies.Released(found.ResourceID) {
		diags = spendingDiagnostics("plan automatic renewal", asks, s.spending.Denied())
	}

	if found == nil || diags.HasError() {
		return types.StringUnknown(), diags
	}

	// Also where it is on: a renewal before the apply may have used its number up.
	if on {
		return textValue(found.ExpireTime), diags
	}

	if expires, err := bssapi.ParseTime(found.ExpireTime); err == nil && expires.Sub(s.client.Now()) < chargesAtOnce {
		diags.AddAttributeWarning(path.Root("resource_id"), "A charge may follow at once",
			fmt.Sprintf("Resource %s expires at %s. So close to expiry, turning automatic renewal on can charge the next term at once.",
				found.ResourceID, found.ExpireTime))
	}

	return textValue(found.ExpireTime), diags
}

// readPolicy reads the resource of a policy, and hands it to show. A resource
// that billing certainly no longer knows leaves the state.
func (s *services) readPolicy(ctx context.Context, id string, show func(bssapi.Resource)) (sight, diag.Diagnostics) {
	found, err := s.reader.Get(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return sight{absent: true, forget: true}, nil
	case err != nil:
		return sight{}, diag.Diagnostics{apiDiagnostic("read resource "+id, err)}
	}

	show(found)

	var diags diag.Diagnostics

	switch {
	case subscription.Closed(found):
		diags.AddWarning("Resource "+id+" is closed", "Nothing happens to it any more. Its setting stays in state: remove the block.")
	case expiry.Lapsed(found):
		diags.AddWarning("Resource "+id+" is out of use",
			fmt.Sprintf("It is %s; its paid term ended at %s. Until it is renewed, its setting can only be turned off.",
				bssapi.ResourceStatuses.Word(found.Status), found.ExpireTime))
	}

	return sight{}, diags
}

// adoptResource refuses to import a resource that is unknown or attached.
func adoptResource[M any](ctx context.Context, services *services, id string, _ *M) (sight, diag.Diagnostics) {
	found, err := services.reader.Get(ctx, id)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return sight{}, diag.Diagnostics{unknownImport(id)}
	case err != nil:
		return sight{}, diag.Diagnostics{apiDiagnostic("import resource "+id, err)}
	case subscription.Attached(found):
		return sight{}, diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Resource "+id+" is attached to another",
			fmt.Sprintf("Resource %s belongs to %s, and shares its paid term and expiry policy. Import %[2]s.",
				id, found.ParentResourceID))}
	default:
		return sight{}, nil
	}
}

// orderID is the form of the ids of orders.
var orderID = regexp.MustCompile(`^[A-Z]{2}[0-9]{10,}$`)

func unknownImport(id string) diag.Diagnostic {
	detail := "No yearly/monthly resource " + id + " was found. Check that the id is the cloud service's own, that the resource is not " +
		"pay-per-use, and that the credentials are those of its account."
	if orderID.MatchString(id) {
		detail = "No yearly/monthly resource " + id + " was found. It looks like the id of an order: bss_order_payment imports paid orders, " +
			"and data.bss_resources with order_id names the resources of one."
	}

	return diag.NewAttributeErrorDiagnostic(path.Root("resource_id"), "Billing does not know resource "+id, detail)
}

// release does what on_destroy says.
func (s *services) release(wait context.Context, onDestroy types.String, setting expiry.Setting) (sight, diag.Diagnostics) {
	id := setting.ResourceID

	if !disables(onDestroy) {
		return sight{}, nil
	}

	released, warnings, err := s.policies.Release(wait, setting, s.claims)

	switch {
	case errors.Is(err, subscription.ErrUnknown):
		return sight{absent: true}, nil
	case err != nil:
		return sight{}, diag.Diagnostics{actDiagnostic("disable what happens to resource "+id, err)}
	}

	diags := actWarnings(warnings)

	if !released {
		diags.AddWarning(
			"Setting of resource "+id+" is kept",
			fmt.Sprintf("Another resource of this run manages what happens to resource %s, so nothing is disabled.", id),
		)
	}

	return sight{}, diags
}

// disables says whether destroying turns the setting off.
func disables(onDestroy types.String) bool { return onDestroy.ValueString() == onDestroyDisable }

// endsPolicy says what destroying does.
func endsPolicy(id, policy, expireTime, onDestroy, status types.String) diag.Diagnostic {
	if showsClosed(status) {
		return diag.NewWarningDiagnostic("Nothing to disable for resource "+id.ValueString(),
			fmt.Sprintf("Resource %s is closed, and nothing happens to it any more. Terraform stops managing it.", id.ValueString()))
	}

	if disables(onDestroy) {
		return diag.NewWarningDiagnostic("Setting of resource "+id.ValueString()+" is disabled",
			fmt.Sprintf("Terraform stops managing what happens to resource %s, and disables it: from then on the resource lapses at %s unless "+
				"somebody renews it.", id.ValueString(), expireTime.ValueString()))
	}

	return diag.NewWarningDiagnostic("Setting of resource "+id.ValueString()+" is kept",
		fmt.Sprintf("Terraform stops managing what happens to resource %s, and leaves it as it is: at %s it will %s. "+
			"Set on_destroy = \"disable\" and apply before destroying to change that.",
			id.ValueString(), expireTime.ValueString(), willHappen(policy.ValueString())))
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
