// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type enterpriseMembersModel struct {
	Name                types.String       `tfsdk:"name"`
	NameContains        types.String       `tfsdk:"name_contains"`
	DisplayName         types.String       `tfsdk:"display_name"`
	DisplayNameContains types.String       `tfsdk:"display_name_contains"`
	OrganizationID      types.String       `tfsdk:"organization_id"`
	Status              types.Set          `tfsdk:"status"`
	IDs                 []*string          `tfsdk:"ids"`
	IDsByName           map[string]*string `tfsdk:"ids_by_name"`
	Members             []enterpriseMember `tfsdk:"members"`
	CountsByStatus      map[string]int64   `tfsdk:"counts_by_status"`
	TotalCount          types.Int64        `tfsdk:"total_count"`
}

type enterpriseMember struct {
	ID               *string `tfsdk:"id"`
	Name             *string `tfsdk:"name"`
	DisplayName      *string `tfsdk:"display_name"`
	Status           *string `tfsdk:"status"`
	OrganizationID   *string `tfsdk:"organization_id"`
	OrganizationName *string `tfsdk:"organization_name"`
}

const ofMaster = "\n\nOnly the master account of an enterprise can read it."

func newEnterpriseMembersDataSource() datasource.DataSource {
	return &dataSource[enterpriseMembersModel]{
		name: "enterprise_members", calls: []string{"list_sub_customers"},
		schema: schema.Schema{
			MarkdownDescription: "Member accounts of the enterprise whose master the account is. Their ids are what `member_id` of the bills, and " +
				"`customer_id` in their rows, is about.\n\nWhat each member spent is read best in one go: the bills of a master with " +
				"`scope = \"all\"` and `group_by = [\"account\"]`. One bill for each member takes as many calls as there are members. " +
				"A member that is financially independent is in bills only if it has granted that." + ofMaster,
			Attributes: map[string]schema.Attribute{
				"name":                  memberNameArgument("Only the member with this name to log in with.", "name_contains"),
				"name_contains":         memberNameArgument("Only members whose name to log in with contains this. The API compares.", ""),
				"display_name":          memberNameArgument("Only members with this display name.", "display_name_contains"),
				"display_name_contains": memberNameArgument("Only members whose display name contains this. The API compares.", ""),
				"organization_id":       idArgument("Only members in this organization itself, not in those below it."),
				"status":                wordsArgument("Only members in one of these statuses: %s. Default: all.", bssapi.MemberStatuses),
				"ids":                   computedStrings("Ids of the members, in the order of `members`."),
				"ids_by_name": schema.MapAttribute{
					Computed: true, ElementType: types.StringType,
					MarkdownDescription: "Ids by `name`, fit for `for_each`. A name that several members have is left out.",
				},
				"members": computedList("The members, in order of their names.", map[string]schema.Attribute{
					"id":                computedString("Customer id of the member."),
					"name":              computedString("Name to log in with."),
					"display_name":      computedString("Display name."),
					"status":            computedString(wordsOf(bssapi.MemberStatuses) + "."),
					"organization_id":   computedString("Id of its organization."),
					"organization_name": computedString("Name of that organization."),
				}),
				"counts_by_status": computedCounts("Number of members by `status`; those without one are not counted."),
				"total_count":      computedInt("Number of members."),
			},
		},
		read: readEnterpriseMembers,
	}
}

// memberNameArgument is a name, or a part of one, that does not go together with
// another argument.
func memberNameArgument(description, without string) schema.StringAttribute {
	argument := schema.StringAttribute{
		Optional: true, MarkdownDescription: description, Validators: []validator.String{trimmed{maxSpecNameLength}},
	}

	if without != "" {
		argument.MarkdownDescription += " Not together with `" + without + "`."
		argument.Validators = append(argument.Validators, stringvalidator.ConflictsWith(path.MatchRoot(without)))
	}

	return argument
}

func readEnterpriseMembers(ctx context.Context, services *services, model *enterpriseMembersModel) diag.Diagnostics {
	var statuses []string

	diags := model.Status.ElementsAs(ctx, &statuses, false)
	if diags.HasError() {
		return diags
	}

	// The API has one switch for parts of both names, and does not say whether an
	// organization has those below it. What is exact is compared here; a member of
	// which the API names no organization is in the one that it was asked for.
	is := func(argument types.String, value string) bool {
		return argument.IsNull() || argument.ValueString() == value
	}
	request := bssapi.ListMembersRequest{
		Name:        cmp.Or(model.Name.ValueString(), model.NameContains.ValueString()),
		DisplayName: cmp.Or(model.DisplayName.ValueString(), model.DisplayNameContains.ValueString()),
		Fuzzy:       !model.NameContains.IsNull() || !model.DisplayNameContains.IsNull(),
		OrgID:       model.OrganizationID.ValueString(),
	}

	var members []bssapi.Member

	for member, err := range services.client.ListMembers(ctx, request) {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list the members of the enterprise", err)}
		}

		if is(model.Name, member.Name) && is(model.DisplayName, member.DisplayName) &&
			(member.OrgID == "" || is(model.OrganizationID, member.OrgID)) &&
			(model.Status.IsNull() || slices.Contains(statuses, wordOf(bssapi.MemberStatuses, member.Status))) {
			members = append(members, member)
		}
	}

	model.show(members)

	return nil
}

// show writes what was found. The API promises no order, so there is one here.
func (m *enterpriseMembersModel) show(members []bssapi.Member) {
	slices.SortFunc(members, func(a, b bssapi.Member) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})

	var names uniqueNames

	m.IDs, m.Members, m.CountsByStatus = []*string{}, []enterpriseMember{}, map[string]int64{}

	for _, member := range members {
		item := enterpriseMember{
			ID: textPtr(member.ID), Name: textPtr(member.Name), DisplayName: textPtr(member.DisplayName),
			Status:         wordPtr(bssapi.MemberStatuses, member.Status),
			OrganizationID: textPtr(member.OrgID), OrganizationName: textPtr(member.OrgName),
		}
		m.IDs = append(m.IDs, item.ID)
		m.Members = append(m.Members, item)
		names.add(member.Name, member.ID)

		if item.Status != nil {
			m.CountsByStatus[*item.Status]++
		}
	}

	m.IDsByName, m.TotalCount = names.ids(), types.Int64Value(int64(len(members)))
}

// uniqueNames are ids by names. A name that stands for several ids stands for none.
type uniqueNames map[string][]string

func (u *uniqueNames) add(name, id string) {
	if *u == nil {
		*u = uniqueNames{}
	}

	if name != "" && id != "" {
		(*u)[name] = append((*u)[name], id)
	}
}

func (u *uniqueNames) ids() map[string]*string {
	ids := map[string]*string{}

	for name, all := range *u {
		if len(all) == 1 {
			ids[name] = &all[0]
		}
	}

	return ids
}
