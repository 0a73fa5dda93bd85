// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/enterprise"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

var memberSubject = subject{
	argument: "name", title: "Member", description: "member account", known: "Name", valid: validateMemberName,
}

func newEnterpriseMemberResource() resource.Resource {
	return &managedResource[enterpriseMemberModel]{
		name: "enterprise_member", schema: enterpriseMemberSchema,
		subject: memberSubject, manages: expiry.AspectMember,
		validate: func(config *enterpriseMemberModel) diag.Diagnostics { return config.validate() },
		plan:     planEnterpriseMember,
		create:   createEnterpriseMember,
		writeOnly: func(into, from *enterpriseMemberModel) {
			into.PasswordWO, into.VerificationCodeWO = from.PasswordWO, from.VerificationCodeWO
		},
		read:     readEnterpriseMember,
		update:   updateEnterpriseMember,
		ends:     keepsMember,
		imported: func(state *enterpriseMemberModel) { state.fromImport = true },
		adopt:    adoptEnterpriseMember,
	}
}

// validateMemberName refuses what cannot be the name of a member.
func validateMemberName(at path.Path, name string) diag.Diagnostics {
	resp := validator.StringResponse{}
	memberName.ValidateString(context.Background(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(name)}, &resp)

	return resp.Diagnostics
}

var memberName = trimmed{bssapi.MaxMemberName}

func enterpriseMemberSchema(context.Context) schema.Schema {
	keeps := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	recorded := " The API does not show it: it is recorded as written, and cannot change."
	permissions := wordsArgument("What the master may do with the member: %s. If unset, the API decides. "+
		"Not together with `financial_custody = true`, which has a fixed set: `view_finances`, `view_bills` and `share_discount`."+recorded,
		bssapi.MemberPermissions)

	return schema.Schema{
		MarkdownDescription: "A member account of the enterprise whose master the account is. Only the master can create it. **Only the china " +
			"site creates member accounts.** On the other sites, members can be imported and are read.\n\n" +
			"- **Changes:** no call changes a member. A changed argument is an error at plan, never a replacement. A change " +
			"at the console shows as drift: write it into the configuration, too.\n" +
			"- **Destroy:** keeps the member. No call deletes one.\n" +
			"- **Adoption:** a member that has exactly this `name`, is alive, and is in this organization is adopted. " +
			"Nothing is created, and a warning says so. If it is not there any more at the apply, the apply is " +
			"refused. A name that belongs to any other member is an error.\n" +
			"- **A run that was cut off:** apply again. It looks for the name first, and creates no member twice.\n" +
			"- **Costs:** creating one costs nothing, so `spending` of the provider does not count it. What the member buys " +
			"later is paid by it, or by its master.\n\n" +
			"**The password and the verification code** are write-only: they are in no plan and no state, and need Terraform " +
			"or OpenTofu 1.11. They are needed only to create, so take them out afterwards. Give them as ephemeral variables " +
			"(`ephemeral = true`), and apply without a saved plan, or give the variables again with it.\n\n" +
			"**A new member with a phone of its own** takes two steps:\n\n" +
			"1. Have a code sent to the phone: the action `bss_enterprise_member_code` (Terraform 1.14), or the console.\n" +
			"2. Read it there, and apply within its time: `terraform apply -var verification_code=123456`.\n\n" +
			"With `use_primary_phone = true`, the member has the phone of the master, and no code is needed.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: fmt.Sprintf("Name to log in with, of at most %d characters. Names are taken across the whole platform.",
					bssapi.MaxMemberName),
				Validators:    []validator.String{memberName},
				PlanModifiers: []planmodifier.String{memberNameStays{}},
			},
			"display_name": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: fmt.Sprintf("Display name, of at most %d characters. If unset, what the API shows.", bssapi.MaxMemberDisplayName),
				Validators:          []validator.String{trimmed{bssapi.MaxMemberDisplayName}},
				PlanModifiers:       keeps,
			},
			"organization_id": schema.StringAttribute{
				Optional: true, Computed: true,
				MarkdownDescription: "Id of the organization that the member is in. Either this or `organization_path`.",
				Validators: []validator.String{
					isID, stringvalidator.ExactlyOneOf(path.MatchRoot("organization_id"), path.MatchRoot("organization_path")),
				},
				PlanModifiers: keeps,
			},
			"organization_path": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Path of the organization, as `bss_enterprise_organizations` shows it, such as `Group/Engineering/Platform`; " +
					"the name of the root alone is the root. Only on the china site.",
				Validators: []validator.String{stringvalidator.LengthBetween(1, maxOrganizationPath)},
			},
			"mobile_phone": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: "Mobile phone of the member. Needs `verification_code_wo`. One of this and `use_primary_phone = true` is " +
					"needed to create." + recorded,
				Validators: []validator.String{trimmed{bssapi.MaxMobilePhone}},
			},
			"use_primary_phone": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Set to `true` to give the member the phone of the master. No code is needed then. Default: `false`." + recorded,
			},
			"password_wo": schema.StringAttribute{
				Optional: true, WriteOnly: true, Sensitive: true,
				MarkdownDescription: fmt.Sprintf("Password to log in with, of %d to %d characters. Needed only to create. Write-only: it is not "+
					"stored, and a change is not seen.", bssapi.MinMemberPassword, bssapi.MaxMemberPassword),
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(bssapi.MinMemberPassword, bssapi.MaxMemberPassword)},
			},
			"verification_code_wo": schema.StringAttribute{
				Optional: true, WriteOnly: true, Sensitive: true,
				MarkdownDescription: "Code that was sent to `mobile_phone`. Needed only to create, and only with a phone of its own. Write-only: " +
					"it is not stored, and a change is not seen.",
				Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, bssapi.MaxVerificationCode)},
			},
			"permission_ids": schema.SetAttribute{
				Optional: true, ElementType: permissions.ElementType, MarkdownDescription: permissions.MarkdownDescription,
				Validators: permissions.Validators,
			},
			"financial_custody": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Set to `true` to put the money of the member into the hands of the master, who then pays its " +
					"orders. Default: " +
					"`false`." + recorded,
			},
			"member_id": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "Customer id of the member, the `member_id` of bills. Null until a list shows the new member; a refresh finds it.",
				PlanModifiers:       keeps,
			},
			"status": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: wordsOf(bssapi.MemberStatuses) + ". Null as long as `member_id` is.",
				PlanModifiers:       keeps,
			},
		},
	}
}

// planEnterpriseMember says early what an apply would be refused for.
func planEnterpriseMember(ctx context.Context, services *services, plan, state, config *enterpriseMemberModel) diag.Diagnostics {
	if services == nil {
		if state != nil {
			plan.keep(state)
		}

		return nil
	}

	if state == nil || !isKnown(plan.OrganizationPath) || !plan.OrganizationPath.Equal(state.OrganizationPath) {
		if diags := plan.findOrganization(ctx, services, config); diags.HasError() {
			return diags
		}
	}

	if state != nil {
		plan.keep(state)

		return plan.changes(state)
	}

	if err := services.client.CheckMembersCreated(ctx); err != nil {
		return diag.Diagnostics{apiDiagnostic("plan the creation of a member", err)}
	}

	if plan.Name.IsUnknown() || plan.OrganizationID.IsUnknown() {
		return nil
	}

	there, err := services.enterprise.Look(ctx, plan.Name.ValueString(), plan.OrganizationID.ValueString())

	switch {
	case err != nil:
		return diag.Diagnostics{actDiagnostic("look for member "+plan.Name.ValueString(), err)}
	case there == nil:
		return config.creatable()
	}

	return plan.adopts(*there)
}

func createEnterpriseMember(ctx, _ context.Context, services *services, plan *enterpriseMemberModel) (sight, diag.Diagnostics) {
	member, diags := plan.member(ctx)
	if diags.HasError() {
		return sight{}, diags
	}

	planned := plan.MemberID

	made, err := services.enterprise.Create(ctx, member, planned.ValueString())
	if err != nil {
		return sight{}, diag.Diagnostics{actDiagnostic("create member "+member.Name, err)}
	}

	switch {
	case made.Adopted && !isKnown(planned):
		diags.Append(plan.adopts(made.Member)...)

		if diags.HasError() {
			return sight{}, diags
		}
	case made.Member.ID == "":
		diags.AddAttributeWarning(path.Root("name"), "Member does not show yet", fmt.Sprintf(
			"The API accepted the creation of member %q, and no list shows it yet. It is recorded without its id; a refresh finds "+
				"it.", member.Name))
	}

	plan.show(made.Member, true)

	return sight{}, diags
}

// readEnterpriseMember reads the member by its id, also one that was renamed.
func readEnterpriseMember(ctx context.Context, services *services, state *enterpriseMemberModel) (sight, diag.Diagnostics) {
	name := state.Name.ValueString()

	found, err := services.enterprise.Find(ctx, state.MemberID.ValueString(), name)

	switch {
	case errors.Is(err, enterprise.ErrNoMember):
		return sight{absent: true}, nil
	case err != nil:
		return sight{}, diag.Diagnostics{actDiagnostic("read member "+name, err)}
	}

	// A path that is recorded is that of the organization that is recorded.
	if found.OrgID != "" && found.OrgID != state.OrganizationID.ValueString() && !state.OrganizationPath.IsNull() {
		state.OrganizationPath = services.pathOf(ctx, found.OrgID)
	}

	state.show(found, false)

	return sight{}, nil
}

// updateEnterpriseMember records arguments, and sends nothing.
func updateEnterpriseMember(_ context.Context, _ *services, plan, state *enterpriseMemberModel) (sight, diag.Diagnostics) {
	diags := plan.changes(state)

	return sight{}, diags.Errors()
}

func keepsMember(state *enterpriseMemberModel) diag.Diagnostic {
	return diag.NewWarningDiagnostic("Member is kept", fmt.Sprintf(
		"Terraform stops managing member %s. The account stays, with all that it has; no call deletes it. If it is to go, close it "+
			"in the console.",
		state.Name.ValueString(),
	))
}

// adoptEnterpriseMember imports a member by its name.
func adoptEnterpriseMember(ctx context.Context, services *services, name string, state *enterpriseMemberModel) (sight, diag.Diagnostics) {
	found, err := services.enterprise.Find(ctx, "", name)

	switch {
	case errors.Is(err, enterprise.ErrNoMember):
		return sight{}, diag.Diagnostics{
			diag.NewErrorDiagnostic("No such member", fmt.Sprintf("The enterprise has no member %q. Names are compared "+
				"letter by letter; bss_enterprise_members lists them.", name)),
		}
	case err != nil:
		return sight{}, diag.Diagnostics{actDiagnostic("import member "+name, err)}
	}

	state.show(found, false)

	return sight{}, nil
}
