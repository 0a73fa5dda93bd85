// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// maxOrganizationPath bounds the path of an organization. No source names a limit.
const maxOrganizationPath = 2000

type enterpriseMemberModel struct {
	Name               types.String `tfsdk:"name"`
	DisplayName        types.String `tfsdk:"display_name"`
	OrganizationID     types.String `tfsdk:"organization_id"`
	OrganizationPath   types.String `tfsdk:"organization_path"`
	MobilePhone        types.String `tfsdk:"mobile_phone"`
	UsePrimaryPhone    types.Bool   `tfsdk:"use_primary_phone"`
	PasswordWO         types.String `tfsdk:"password_wo"`
	VerificationCodeWO types.String `tfsdk:"verification_code_wo"`
	PermissionIDs      types.Set    `tfsdk:"permission_ids"`
	FinancialCustody   types.Bool   `tfsdk:"financial_custody"`
	MemberID           types.String `tfsdk:"member_id"`
	Status             types.String `tfsdk:"status"`

	// fromImport says that nothing was applied since an import.
	fromImport bool
}

// validate checks the arguments against each other.
func (m *enterpriseMemberModel) validate() diag.Diagnostics {
	var diags diag.Diagnostics

	primary := m.UsePrimaryPhone.ValueBool()

	if primary && !m.MobilePhone.IsNull() {
		diags.AddAttributeError(path.Root("mobile_phone"), "Two phones",
			"With use_primary_phone = true, the member has the phone of the master. Leave out one of the two.")
	}

	if primary && !m.VerificationCodeWO.IsNull() {
		diags.AddAttributeError(path.Root("verification_code_wo"), "Code without a phone",
			"With use_primary_phone = true, no code is needed. Leave it out.")
	}

	if m.FinancialCustody.ValueBool() && !m.PermissionIDs.IsNull() {
		diags.AddAttributeError(path.Root("permission_ids"), "Permissions under financial custody",
			"With financial_custody = true, the API ignores permission_ids and gives a fixed set. Leave one of the two out.")
	}

	return diags
}

// creatable says what the creation of a member needs that is not there.
func (m *enterpriseMemberModel) creatable() diag.Diagnostics {
	var diags diag.Diagnostics

	name := m.Name.ValueString()

	if m.PasswordWO.IsNull() {
		diags.AddAttributeError(path.Root("password_wo"), "Password is missing", fmt.Sprintf(
			"There is no member %q in this organization yet, and creating it needs its password, best from an ephemeral variable.", name))
	}

	if m.MobilePhone.IsNull() && !m.UsePrimaryPhone.IsUnknown() && !m.UsePrimaryPhone.ValueBool() {
		diags.AddAttributeError(path.Root("mobile_phone"), "Phone is missing", fmt.Sprintf(
			"There is no member %q in this organization yet, and creating it needs a mobile_phone of its own with its code, or "+
				"use_primary_phone = true for the phone of the master.", name))
	}

	if isKnown(m.MobilePhone) && m.VerificationCodeWO.IsNull() {
		diags.AddAttributeError(path.Root("verification_code_wo"), "Verification code is missing", fmt.Sprintf(
			"There is no member %q in this organization yet, and creating it with a phone of its own needs the code that was sent to that phone. "+
				"Have one sent, with the action bss_enterprise_member_code or in the console, and give it within its time, best as an ephemeral "+
				"variable.", name))
	}

	return diags
}

// member is the one to create.
func (m *enterpriseMemberModel) member(ctx context.Context) (bssapi.NewMember, diag.Diagnostics) {
	var words []string

	diags := m.PermissionIDs.ElementsAs(ctx, &words, false)

	member := bssapi.NewMember{
		OrganizationID: m.OrganizationID.ValueString(), Name: m.Name.ValueString(), DisplayName: m.DisplayName.ValueString(),
		MobilePhone: m.MobilePhone.ValueString(), UsePrimaryPhone: m.UsePrimaryPhone.ValueBool(),
		Password: m.PasswordWO.ValueString(), VerificationCode: m.VerificationCodeWO.ValueString(),
		FinancialCustody: m.FinancialCustody.ValueBool(),
	}

	for _, word := range words {
		// The validator knows the words.
		permission, _ := bssapi.MemberPermissions.Code(word)
		member.Permissions = append(member.Permissions, permission)
	}

	return member, diags
}

// adopts plans to take over a member that exists.
func (m *enterpriseMemberModel) adopts(there bssapi.Member) diag.Diagnostics {
	var diags diag.Diagnostics

	if isKnown(m.DisplayName) && m.DisplayName.ValueString() != there.DisplayName {
		diags.AddAttributeError(path.Root("display_name"), "Member has another display name", fmt.Sprintf(
			"Member %s (%s) exists with the display name %q, and the configuration says %s. No call changes a member: write what it has, or "+
				"change it in the console.", there.Name, there.ID, there.DisplayName, m.DisplayName))

		return diags
	}

	m.MemberID = types.StringValue(there.ID)

	diags.AddAttributeWarning(path.Root("name"), "Member exists", fmt.Sprintf(
		"Member %s (%s) exists in organization %s, and is adopted: nothing is created, and its password stays as it is. Its phone, permissions "+
			"and custody, which no call shows, are recorded as written.", there.Name, there.ID, cmp.Or(there.OrgName, there.OrgID)))

	return diags
}

// show writes what the API shows of the member. What it leaves out stays as it is
// recorded. What a plan has promised stays where fresh says that it was made just now.
func (m *enterpriseMemberModel) show(found bssapi.Member, fresh bool) {
	shown := func(value *types.String, seen string) {
		switch {
		case fresh && isKnown(*value):
		case seen != "" || value.IsUnknown():
			*value = textValue(seen)
		}
	}

	shown(&m.Name, found.Name)
	shown(&m.DisplayName, found.DisplayName)
	shown(&m.OrganizationID, found.OrgID)
	shown(&m.MemberID, found.ID)
	shown(&m.Status, wordOf(bssapi.MemberStatuses, found.Status))
}

// keep keeps what no plan changes.
func (m *enterpriseMemberModel) keep(state *enterpriseMemberModel) {
	m.MemberID, m.Status = state.MemberID, state.Status

	if m.DisplayName.IsUnknown() && state.DisplayName.IsNull() {
		m.DisplayName = state.DisplayName
	}
}

// changes are the errors that an argument differs from what is recorded of the member,
// and the warnings that one is recorded.
func (m *enterpriseMemberModel) changes(state *enterpriseMemberModel) diag.Diagnostics {
	var diags diag.Diagnostics

	for _, one := range []struct {
		name       string
		plan, have attr.Value
		// told says that the API shows it, secret that no text may.
		told, secret bool
	}{
		{name: "display_name", plan: m.DisplayName, have: state.DisplayName, told: true},
		{name: "organization_id", plan: m.OrganizationID, have: state.OrganizationID, told: true},
		{name: "mobile_phone", plan: m.MobilePhone, have: state.MobilePhone, secret: true},
		{name: "use_primary_phone", plan: m.UsePrimaryPhone, have: state.UsePrimaryPhone},
		{name: "permission_ids", plan: m.PermissionIDs, have: state.PermissionIDs},
		{name: "financial_custody", plan: m.FinancialCustody, have: state.FinancialCustody},
	} {
		switch {
		case one.plan.IsUnknown(), one.plan.Equal(one.have):
		case !one.told && state.fromImport && one.have.IsNull():
			diags.AddAttributeWarning(path.Root(one.name), one.name+" is recorded", fmt.Sprintf(
				"No call shows %s of member %s, which was imported. It is recorded as written, and nothing is sent.",
				one.name,
				state.Name.ValueString(),
			))
		default:
			at, values := path.Root(one.name), ""
			if one.name == "organization_id" && isKnown(m.OrganizationPath) {
				at, values = path.Root("organization_path"), fmt.Sprintf(" %s is organization %s.", m.OrganizationPath, m.OrganizationID)
			}

			if !one.secret {
				values += fmt.Sprintf(" The member has %s, and the configuration %s.", one.have, one.plan)
			}

			diags.AddAttributeError(at, fmt.Sprintf("%s cannot change", at), cannotChange(state.Name.ValueString(), values))
		}
	}

	return diags
}

func cannotChange(name, values string) string {
	return fmt.Sprintf("No call changes member %s, and it is not replaced: a member cannot be deleted.%s Write what the member has; what was "+
		"changed in the console has to be changed here, too. To stop managing it, use a removed block, or terraform state rm.", name, values)
}

// memberNameStays refuses another name for a member.
type memberNameStays struct{}

var _ planmodifier.String = memberNameStays{}

func (memberNameStays) Description(context.Context) string { return "cannot change" }

func (s memberNameStays) MarkdownDescription(ctx context.Context) string { return s.Description(ctx) }

func (memberNameStays) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() || req.PlanValue.Equal(req.StateValue) {
		return
	}

	values := fmt.Sprintf(" The member has the name %s, and the configuration says %s.", req.StateValue, req.PlanValue)
	resp.Diagnostics.AddAttributeError(req.Path, fmt.Sprintf("%s cannot change", req.Path), cannotChange(req.StateValue.ValueString(), values)+
		" For another member, write a block of its own.")
}

// findOrganization finds the organization of a path.
func (m *enterpriseMemberModel) findOrganization(ctx context.Context, services *services, config *enterpriseMemberModel) diag.Diagnostics {
	if m.OrganizationPath.IsNull() {
		return nil
	}

	if m.OrganizationPath.IsUnknown() {
		m.OrganizationID = types.StringUnknown()

		return nil
	}

	ids, err := services.organizationsByPath(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("find the organization of the member", err)}
	}

	at := path.Root("organization_path")

	switch found := ids[config.OrganizationPath.ValueString()]; len(found) {
	case 1:
		m.OrganizationID = types.StringValue(found[0])

		return nil
	case 0:
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "No such organization", fmt.Sprintf(
			"The enterprise has no organization %s. A path begins with the name of the root; bss_enterprise_organizations lists all of them.",
			m.OrganizationPath))}
	default:
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, "Several organizations have this path", fmt.Sprintf(
			"%d organizations have the path %s: %s. Use organization_id.", len(found), m.OrganizationPath, strings.Join(found, ", ")))}
	}
}

// organizationsByPath are the ids of organizations by their paths, with the root.
func (s *services) organizationsByPath(ctx context.Context) (map[string][]string, error) {
	tree, err := s.client.ListOrganizations(ctx)
	if err != nil {
		return nil, err
	}

	ids := map[string][]string{}
	if root := organizationPath([]string{tree.RootName}); root != "" {
		ids[root] = []string{tree.RootID}
	}

	for _, one := range tree.All {
		if at := organizationPath(one.Names); at != "" {
			ids[at] = append(ids[at], one.ID)
		}
	}

	return ids, nil
}

// pathOf is the path of an organization, null if it cannot be found out.
func (s *services) pathOf(ctx context.Context, id string) types.String {
	ids, err := s.organizationsByPath(ctx)
	if err != nil {
		return types.StringNull()
	}

	for at, found := range ids {
		if len(found) == 1 && found[0] == id {
			return types.StringValue(at)
		}
	}

	return types.StringNull()
}
