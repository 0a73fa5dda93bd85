// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type accountModel struct {
	DomainID types.String `tfsdk:"domain_id"`
	Name     types.String `tfsdk:"name"`
	Site     types.String `tfsdk:"site"`
	Currency types.String `tfsdk:"currency"`
}

func newAccountDataSource() datasource.DataSource {
	return &dataSource[accountModel]{
		name: "account", calls: []string{"get_account_balances"},
		without: "`currency` is null, and the rest is read all the same",
		schema: schema.Schema{
			MarkdownDescription: "The account behind the credentials of this provider: who am I? Takes no arguments.\n\n" +
				"The id and the name are those that the identity service tells for the credentials, whatever `domain_id` of the provider says.",
			Attributes: map[string]schema.Attribute{
				"domain_id": computedString("Id of the account (domain), as `allowed_domain_ids` of the provider takes it."),
				"name":      computedString("Name of the account."),
				"site":      computedString("Site on which the account lives: `china`, `international` or `europe`."),
				"currency":  computedString("Currency of the account, such as `USD`. Null without the permission to see balances."),
			},
		},
		read: readAccount,
	}
}

func readAccount(ctx context.Context, services *services, model *accountModel) diag.Diagnostics {
	account, err := services.accounts.who(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("find out the account of the credentials", err)}
	}

	// An endpoint of its own tells its site by the currency.
	site, err := services.client.Site(ctx)
	if err != nil {
		return diag.Diagnostics{apiDiagnostic("find out the site of the account", err)}
	}

	balances, err := services.client.GetAccountBalances(ctx)

	switch {
	case errors.Is(err, bssapi.ErrAccessDenied):
		model.Currency = types.StringNull()
	case err != nil:
		return diag.Diagnostics{apiDiagnostic("read the currency of the account", err)}
	default:
		model.Currency = textValue(balances.Currency)
	}

	model.DomainID, model.Name, model.Site = textValue(account.ID), textValue(account.Name), textValue(string(site))

	return nil
}
