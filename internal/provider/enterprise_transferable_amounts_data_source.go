// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type enterpriseTransferableAmountsModel struct {
	movableAmounts
}

func newEnterpriseTransferableAmountsDataSource() datasource.DataSource {
	return &dataSource[enterpriseTransferableAmountsModel]{
		name: "enterprise_transferable_amounts", calls: []string{"get_transferable_amount"},
		schema: schema.Schema{
			MarkdownDescription: "Money on the account that can be transferred to members of the enterprise whose master it is." + ofMaster,
			Attributes:          movableAmountAttributes("transferred"),
		},
		read: readEnterpriseTransferableAmounts,
	}
}

func readEnterpriseTransferableAmounts(
	ctx context.Context, services *services, model *enterpriseTransferableAmountsModel,
) diag.Diagnostics {
	return showMovable(&model.movableAmounts, "read what can be transferred to members",
		services.client.ListTransferableFunds(ctx, model.balanceType()),
		func(fund bssapi.TransferableFund) movableRow { return movableRow{fund.Fund, fund.Available} })
}
