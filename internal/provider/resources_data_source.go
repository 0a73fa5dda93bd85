// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

// mostDaysAhead keeps the end of the window a date.
const mostDaysAhead = 36500

type resourcesModel struct {
	ResourceIDs         types.Set        `tfsdk:"resource_ids"`
	OrderID             types.String     `tfsdk:"order_id"`
	PrimaryOnly         types.Bool       `tfsdk:"primary_only"`
	Status              types.Set        `tfsdk:"status"`
	ServiceTypeCode     types.String     `tfsdk:"service_type_code"`
	ExpiresAfter        types.String     `tfsdk:"expires_after"`
	ExpiresBefore       types.String     `tfsdk:"expires_before"`
	ExpiringWithinDays  types.Int64      `tfsdk:"expiring_within_days"`
	AsOf                types.String     `tfsdk:"as_of"`
	ExpirePolicy        types.Set        `tfsdk:"expire_policy"`
	EnterpriseProjectID types.String     `tfsdk:"enterprise_project_id"`
	IncludeRows         types.Bool       `tfsdk:"include_rows"`
	IDs                 []*string        `tfsdk:"ids"`
	Resources           []resourceItem   `tfsdk:"resources" nil:"null"`
	TotalCount          types.Int64      `tfsdk:"total_count"`
	CountsByPolicy      map[string]int64 `tfsdk:"counts_by_policy"`
	CountsByStatus      map[string]int64 `tfsdk:"counts_by_status"`
}

func newResourcesDataSource() datasource.DataSource {
	return &dataSource[resourcesModel]{
		name: "resources", calls: []string{"list_resources"},
		schema: schema.Schema{
			MarkdownDescription: "Yearly/monthly resources of the account: what renews, what lapses, and when.\n\nWithout arguments, these are " +
				"all resources of the account that are not closed. Counts are exact; an incomplete answer of the API is an error.",
			Attributes: map[string]schema.Attribute{
				"resource_ids": schema.SetAttribute{
					Optional: true, ElementType: types.StringType,
					MarkdownDescription: "Only these resources, any number of them, and what is attached to them, unless `primary_only`. Ids unknown " +
						"to billing are left out. An empty set returns nothing.",
					Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(isID)},
				},
				"order_id": idArgument("Only resources of this order."),
				"primary_only": schema.BoolAttribute{
					Optional: true,
					MarkdownDescription: "Whether to leave out attached resources, such as the disks that a server was bought with. " +
						"`bss_autorenew` and `bss_expiry_policy` take primary ones.",
				},
				"status":            wordsArgument("Only resources in one of these statuses: %s. Default: all but `closed`.", bssapi.ResourceStatuses),
				"service_type_code": codeArgument("Only resources of this service, such as `hws.service.type.ec2`."),
				"expires_after":     timeArgument("Only resources whose paid term ends at this time or later."),
				"expires_before":    timeArgument("Only resources whose paid term ends at this time or earlier."),
				"expiring_within_days": schema.Int64Attribute{
					Optional: true,
					MarkdownDescription: "Only resources that expire in the N days from `as_of` on; without `as_of` this takes one more call. Does not " +
						"include what has expired by then: use `expires_before` for that.",
					Validators: []validator.Int64{
						int64validator.Between(1, mostDaysAhead),
						int64validator.ConflictsWith(path.MatchRoot("expires_after"), path.MatchRoot("expires_before")),
					},
				},
				"as_of":                 asOfArgument("When the days of `expiring_within_days` begin; only used with it."),
				"expire_policy":         wordsArgument("Only resources with one of these expiry policies: %s.", bssapi.ExpirePolicies),
				"enterprise_project_id": idArgument("Only resources of this enterprise project; `0` is the default one."),
				"include_rows": schema.BoolAttribute{
					Optional:            true,
					MarkdownDescription: "Set to `false` to leave out `resources` and read ids and counts only. Default: `true`.",
				},
				"ids":              computedStrings("Ids of the resources, in the order of `resources`."),
				"resources":        computedList("The resources, in order of expiry.", resourceAttributes()),
				"total_count":      computedInt("Number of resources."),
				"counts_by_policy": computedCounts("Number of resources by `expire_policy`; those without one are not counted."),
				"counts_by_status": computedCounts("Number of resources by `status`; those without one are not counted."),
			},
		},
		validate: validateResources,
		read:     readResources,
	}
}

func validateResources(_ context.Context, model *resourcesModel) diag.Diagnostics {
	diags := ascending(path.Root("expires_before"), model.ExpiresAfter, model.ExpiresBefore)

	if isKnown(model.AsOf) && model.ExpiringWithinDays.IsNull() {
		diags.AddAttributeError(path.Root("as_of"), "Time without effect",
			"as_of is only used with expiring_within_days. Leave it out, or set that too.")
	}

	return diags
}

func readResources(ctx context.Context, services *services, model *resourcesModel) diag.Diagnostics {
	filter, diags := resourcesFilter(ctx, *model)

	var ids []string

	diags.Append(model.ResourceIDs.ElementsAs(ctx, &ids, false)...)

	if diags.HasError() {
		return diags
	}

	if days := model.ExpiringWithinDays; !days.IsNull() {
		// Any answer tells the time of the API.
		if model.AsOf.IsNull() {
			if _, err := services.client.CountResources(ctx, filter.request); err != nil {
				return diag.Diagnostics{apiDiagnostic("list resources", err)}
			}
		}

		now, diags := asOf(&model.AsOf, services.client)
		if diags.HasError() {
			return diags
		}

		filter.request.ExpireTimeBegin, filter.request.ExpireTimeEnd = now, now.AddDate(0, 0, int(days.ValueInt64()))
	}

	batches := [][]string{nil}
	if !model.ResourceIDs.IsNull() {
		batches = slices.Collect(slices.Chunk(slices.Sorted(slices.Values(ids)), bssapi.MaxResourceIDs))
	}

	var found []bssapi.Resource

	// An attached one comes with its own id and with that of its primary.
	seen := map[string]bool{}

	for _, batch := range batches {
		filter.request.ResourceIDs = batch

		for one, err := range filter.list(ctx, services.client) {
			if err != nil {
				return diag.Diagnostics{apiDiagnostic("list resources", err)}
			}

			if key := cmp.Or(one.ID, one.ResourceID); !seen[key] {
				seen[key] = true

				found = append(found, one)
			}
		}
	}

	model.show(found)

	return nil
}

func resourcesFilter(ctx context.Context, model resourcesModel) (resourceFilter, diag.Diagnostics) {
	filter := resourceFilter{
		request: bssapi.ListResourcesRequest{
			OrderID:          model.OrderID.ValueString(),
			OnlyMainResource: model.PrimaryOnly.ValueBool(),
			ServiceTypeCode:  model.ServiceTypeCode.ValueString(),
			StatusList:       openStatuses,
		},
		project: model.EnterpriseProjectID.ValueString(),
	}

	diags := filter.expiring(model.ExpiresAfter, model.ExpiresBefore)
	diags.Append(model.ExpirePolicy.ElementsAs(ctx, &filter.policies, false)...)

	if model.Status.IsNull() {
		return filter, diags
	}

	var words []string

	diags.Append(model.Status.ElementsAs(ctx, &words, false)...)

	filter.request.StatusList = slices.DeleteFunc(slices.Clone(resourceStatuses), func(status bssapi.ResourceStatus) bool {
		return !slices.Contains(words, bssapi.ResourceStatuses.Word(status))
	})

	return filter, diags
}

// show writes what was found. The API promises no order, so there is one here.
func (m *resourcesModel) show(found []bssapi.Resource) {
	slices.SortFunc(found, func(a, b bssapi.Resource) int {
		return cmp.Or(cmp.Compare(a.ExpireTime, b.ExpireTime), cmp.Compare(a.ResourceID, b.ResourceID), cmp.Compare(a.ID, b.ID))
	})

	m.IDs = []*string{}
	m.CountsByPolicy, m.CountsByStatus = map[string]int64{}, map[string]int64{}
	rows := unlessFalse(m.IncludeRows)

	if rows {
		m.Resources = []resourceItem{}
	}

	for _, one := range found {
		m.IDs = append(m.IDs, textPtr(one.ResourceID))

		if status := wordOf(bssapi.ResourceStatuses, one.Status); status != "" {
			m.CountsByStatus[status]++
		}

		if policy := expiry.PolicyWord(one); policy != "" {
			m.CountsByPolicy[policy]++
		}

		if rows {
			m.Resources = append(m.Resources, flattenResource(one))
		}
	}

	m.TotalCount = types.Int64Value(int64(len(found)))
}
