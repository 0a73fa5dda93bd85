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

type expenditureQuotaModel struct {
	GrantedAmount   types.Number `tfsdk:"granted_amount"`
	UsedAmount      types.Number `tfsdk:"used_amount"`
	RemainingAmount types.Number `tfsdk:"remaining_amount"`
	UsedPercentage  types.Number `tfsdk:"used_percentage"`
	Currency        types.String `tfsdk:"currency"`
}

func newExpenditureQuotaDataSource() datasource.DataSource {
	return &dataSource[expenditureQuotaModel]{
		name: "expenditure_quota", calls: []string{"get_expenditure_quota"},
		schema: schema.Schema{
			MarkdownDescription: "What a partner lets the account spend, and what is left of it. Takes no arguments. A quota does not expire.",
			Attributes: map[string]schema.Attribute{
				"granted_amount": computedNumber("The quota."),
				"used_amount":    computedNumber("What is used of it."),
				"remaining_amount": computedNumber("What is left: `granted_amount` less `used_amount`. Negative if more is used; null if the API " +
					"leaves either out."),
				"used_percentage": computedNumber("Used share in percent, as the API rounds it."),
				"currency":        computedString("Currency of the amounts."),
			},
		},
		read: readExpenditureQuota,
	}
}

func readExpenditureQuota(ctx context.Context, services *services, model *expenditureQuotaModel) diag.Diagnostics {
	quota, err := services.client.GetExpenditureQuota(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("read the expenditure quota", err)}
	}

	var remaining bssapi.Decimal
	if !quota.GrantingAmount.IsNull() && !quota.GrantingAmountUsed.IsNull() {
		remaining = quota.GrantingAmount.Sub(quota.GrantingAmountUsed)
	}

	*model = expenditureQuotaModel{
		GrantedAmount:   numberValue(quota.GrantingAmount),
		UsedAmount:      numberValue(quota.GrantingAmountUsed),
		RemainingAmount: numberValue(remaining),
		UsedPercentage:  numberValue(quota.PercentageGrantingAmountUsed),
		Currency:        textValue(quota.Currency),
	}

	return nil
}
