// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type enterpriseRetrievableAmountsModel struct {
	movableAmounts

	MemberID types.String `tfsdk:"member_id"`
}

func newEnterpriseRetrievableAmountsDataSource() datasource.DataSource {
	return &dataSource[enterpriseRetrievableAmountsModel]{
		name: "enterprise_retrievable_amounts", calls: []string{"get_retrievable_amount"},
		schema: schema.Schema{
			MarkdownDescription: "Money on a member account that the master of its enterprise can retrieve." + ofMaster,
			Attributes: joined(movableAmountAttributes("retrieved"), map[string]schema.Attribute{
				"member_id": requiredText("Customer id of the member account: `ids` of `bss_enterprise_members`.", isID),
			}),
		},
		read: readEnterpriseRetrievableAmounts,
	}
}

func readEnterpriseRetrievableAmounts(
	ctx context.Context, services *services, model *enterpriseRetrievableAmountsModel,
) diag.Diagnostics {
	return showMovable(&model.movableAmounts, "read what can be retrieved from member "+model.MemberID.ValueString(),
		services.client.ListRetrievableFunds(ctx, model.MemberID.ValueString(), model.balanceType()),
		func(fund bssapi.RetrievableFund) movableRow { return movableRow{fund.Fund, fund.Available} })
}
