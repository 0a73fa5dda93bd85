// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/enterprise"
)

type enterpriseMemberListModel struct {
	NameContains   types.String `tfsdk:"name_contains"`
	OrganizationID types.String `tfsdk:"organization_id"`
	Status         types.List   `tfsdk:"status"`
}

func newEnterpriseMemberList() list.ListResource {
	return &listResource[enterpriseMemberListModel]{
		name: "enterprise_member", subject: memberSubject, doing: "list the members of the enterprise",
		schema: schema.Schema{
			MarkdownDescription: "Lists the members of the enterprise as `bss_enterprise_member`.\n\n" + mustQuery +
				", whose first plan changes nothing. Passwords are needed only to create a member, so none is written." + ofMaster,
			Attributes: map[string]schema.Attribute{
				"name_contains": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only members whose name to log in with contains this. The API compares.",
					Validators: []validator.String{trimmed{maxSpecNameLength}},
				},
				"organization_id": schema.StringAttribute{
					Optional: true, MarkdownDescription: "Only members in this organization itself, not in those below it.",
					Validators: []validator.String{isID},
				},
				"status": schema.ListAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: fmt.Sprintf("Only members in one of these statuses: %s. Default: all but `closing` and `closed`.",
						listOf(bssapi.MemberStatuses.All())),
					Validators: []validator.List{
						listvalidator.SizeAtLeast(1),
						listvalidator.NoNullValues(),
						listvalidator.ValueStringsAre(oneOf(bssapi.MemberStatuses)),
					},
				},
			},
		},
		list: listMembers,
	}
}

func listMembers(ctx context.Context, services *services, config *enterpriseMemberListModel) (iter.Seq2[listed, error], diag.Diagnostics) {
	wanted, statuses := config.OrganizationID.ValueString(), textsOf(config.Status)

	request := bssapi.ListMembersRequest{
		Name: config.NameContains.ValueString(), Fuzzy: !config.NameContains.IsNull(), OrgID: wanted,
	}

	fits := func(member bssapi.Member) bool {
		inside := wanted == "" || member.OrgID == "" || member.OrgID == wanted
		status := slices.Contains(statuses, wordOf(bssapi.MemberStatuses, member.Status)) || statuses == nil && enterprise.Alive(member)

		return inside && status && member.Name != ""
	}

	return func(yield func(listed, error) bool) {
		for member, err := range services.client.ListMembers(ctx, request) {
			switch {
			case err != nil:
				yield(listed{}, err)

				return
			case !fits(member):
				continue
			}

			if !yield(listedMember(member), nil) {
				return
			}
		}
	}, nil
}

func listedMember(member bssapi.Member) listed {
	about := wordOf(bssapi.MemberStatuses, member.Status)
	if member.OrgName != "" {
		about = member.OrgName + ", " + about
	}

	return listed{
		id: member.Name, displayName: fmt.Sprintf("%s (%s)", member.Name, about),
		object: func() (any, diag.Diagnostics) {
			model := enterpriseMemberModel{Name: types.StringValue(member.Name), PermissionIDs: types.SetNull(types.StringType)}
			model.show(member, false)

			return &model, nil
		},
	}
}
