// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type enterpriseOrganizationsModel struct {
	ParentID      types.String             `tfsdk:"parent_id"`
	Recursive     types.Bool               `tfsdk:"recursive"`
	RootID        types.String             `tfsdk:"root_id"`
	RootName      types.String             `tfsdk:"root_name"`
	IDs           []*string                `tfsdk:"ids"`
	IDsByPath     map[string]*string       `tfsdk:"ids_by_path"`
	Organizations []enterpriseOrganization `tfsdk:"organizations"`
	TotalCount    types.Int64              `tfsdk:"total_count"`
}

type enterpriseOrganization struct {
	ID          *string   `tfsdk:"id"`
	Name        *string   `tfsdk:"name"`
	RelationID  *string   `tfsdk:"relation_id"`
	ParentID    *string   `tfsdk:"parent_id"`
	ChildrenIDs []*string `tfsdk:"children_ids"`
	Path        *string   `tfsdk:"path"`
	Names       []*string `tfsdk:"names"`
	Depth       int64     `tfsdk:"depth"`
}

func newEnterpriseOrganizationsDataSource() datasource.DataSource {
	return &dataSource[enterpriseOrganizationsModel]{
		name: "enterprise_organizations", calls: []string{"list_organizations"},
		schema: schema.Schema{
			MarkdownDescription: "Organizations of the enterprise whose master the account is, as a flat list: each with its path from the root, " +
				"and with what is above and below it. The root itself is `root_id`, and no row.\n\nOne call reads the whole tree, whatever the " +
				"arguments." + ofMaster,
			Attributes: map[string]schema.Attribute{
				"parent_id": idArgument("Only what is in this organization. Default: the root. One that does not exist is an error."),
				"recursive": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Set to `false` to list only what is in the parent itself, not what is further below. Default: `true`.",
				},
				"root_id":   computedString("Id of the root."),
				"root_name": computedString("Name of the root."),
				"ids":       computedStrings("Ids of the organizations, in the order of `organizations`."),
				"ids_by_path": schema.MapAttribute{
					Computed: true, ElementType: types.StringType,
					MarkdownDescription: "Ids by `path`, fit for `for_each`. A path that several organizations have is left out.",
				},
				"organizations": computedList("The organizations, in order of their paths, name by name.", map[string]schema.Attribute{
					"id":           computedString("Id of the organization."),
					"name":         computedString("Name of the organization."),
					"relation_id":  computedString("Id of its place in the tree."),
					"parent_id":    computedString("Id of the parent organization. It can be the root."),
					"children_ids": computedStrings("Ids of the organizations in it, whether they are listed or not."),
					"path": computedString("Names from the root to it, such as `Group/Engineering/Platform`. A slash in a name is written `\\/` and " +
						"a backslash `\\\\`. Null if one of the names is missing."),
					"names": computedStrings("The names of `path`, as they are. One that is missing is null."),
					"depth": computedInt("How far it is below the root: 1 is in the root itself."),
				}),
				"total_count": computedInt("Number of organizations."),
			},
		},
		read: readEnterpriseOrganizations,
	}
}

func readEnterpriseOrganizations(ctx context.Context, services *services, model *enterpriseOrganizationsModel) diag.Diagnostics {
	tree, err := services.client.ListOrganizations(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("list the organizations of the enterprise", err)}
	}

	parent := cmp.Or(model.ParentID.ValueString(), tree.RootID)
	exists := parent == tree.RootID || slices.ContainsFunc(tree.All, func(one bssapi.Organization) bool { return one.ID == parent })

	if !exists {
		return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("parent_id"), "No such organization",
			fmt.Sprintf("The enterprise has no organization %q. Leave out parent_id to list all of them.", parent))}
	}

	model.show(tree, parent)

	return nil
}

// show writes what is in the parent. The API promises no order, so there is one
// here.
func (m *enterpriseOrganizationsModel) show(tree *bssapi.Organizations, parent string) {
	slices.SortFunc(tree.All, func(a, b bssapi.Organization) int {
		return cmp.Or(slices.Compare(a.Names, b.Names), cmp.Compare(len(a.Names), len(b.Names)), cmp.Compare(a.ID, b.ID))
	})

	above, children := map[string]string{}, map[string][]*string{}

	for _, one := range tree.All {
		above[one.ID] = one.ParentID
		children[one.ParentID] = append(children[one.ParentID], textPtr(one.ID))
	}

	within := func(id string) bool {
		if m.Recursive.IsNull() || m.Recursive.ValueBool() {
			for up, there := above[id]; there; up, there = above[up] {
				if up == parent {
					return true
				}
			}
		}

		return above[id] == parent
	}

	var paths uniqueNames

	m.RootID, m.RootName = textValue(tree.RootID), textValue(tree.RootName)
	m.IDs, m.Organizations = []*string{}, []enterpriseOrganization{}

	for _, one := range tree.All {
		if !within(one.ID) {
			continue
		}

		at := organizationPath(one.Names)
		paths.add(at, one.ID)

		below := children[one.ID]
		if below == nil {
			below = []*string{}
		}

		m.IDs = append(m.IDs, textPtr(one.ID))
		m.Organizations = append(m.Organizations, enterpriseOrganization{
			ID: textPtr(one.ID), Name: textPtr(one.Name), RelationID: textPtr(one.RelationID), ParentID: textPtr(one.ParentID),
			ChildrenIDs: below, Path: textPtr(at), Names: textPtrs(one.Names), Depth: int64(len(one.Names) - 1),
		})
	}

	m.IDsByPath, m.TotalCount = paths.ids(), types.Int64Value(int64(len(m.IDs)))
}

// organizationPath joins names so that no two lists of names look the same; "" if
// one is missing.
func organizationPath(names []string) string {
	if slices.Contains(names, "") {
		return ""
	}

	written := make([]string, len(names))
	for i, name := range names {
		written[i] = strings.NewReplacer(`\`, `\\`, "/", `\/`).Replace(name)
	}

	return strings.Join(written, "/")
}
