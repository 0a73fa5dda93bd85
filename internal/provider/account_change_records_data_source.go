// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type accountChangeRecordsModel struct {
	changeArguments
	changeResults

	AccountType      types.String        `tfsdk:"account_type"`
	PaymentChannel   types.String        `tfsdk:"payment_channel"`
	PaymentChannelNo types.String        `tfsdk:"payment_channel_no"`
	Records          []accountChangeItem `tfsdk:"records"`
}

type accountChangeItem struct {
	changeItem

	AccountChangeID  *string `tfsdk:"account_change_id"`
	PaymentChannel   *string `tfsdk:"payment_channel"`
	PaymentChannelNo *string `tfsdk:"payment_channel_no"`
	ConsumeTime      *string `tfsdk:"consume_time"`
}

func newAccountChangeRecordsDataSource() datasource.DataSource {
	return &dataSource[accountChangeRecordsModel]{
		name: "account_change_records", calls: []string{"list_account_change_records"},
		schema: schema.Schema{
			MarkdownDescription: "What came into the balance or the credit of the account, and what went out, with exact sums by kind.\n\n" +
				"The customers of a reseller cannot read it.",
			Attributes: joined(changeArgumentAttributes(bssapi.AccountTradeTypes), changeResultAttributes(), map[string]schema.Attribute{
				"account_type": schema.StringAttribute{
					Required: true,
					MarkdownDescription: "Account whose changes are listed: " + explained(bssapi.BalanceTypes, map[bssapi.BalanceType]string{
						bssapi.BalanceTypeDebit:  "cash",
						bssapi.BalanceTypeCredit: "the credit account",
					}) + ".",
					Validators: []validator.String{oneOf(bssapi.BalanceTypes)},
				},
				"payment_channel":    wordArgument("Only what came this way: %s.", bssapi.PaymentChannels),
				"payment_channel_no": codeArgument("Only what has this number in its payment channel."),
				"records": computedList("The changes.", joined(changeItemAttributes(wordsOf(bssapi.AccountTradeDetails)),
					map[string]schema.Attribute{
						"account_change_id":  computedString("Id of the change."),
						"payment_channel":    computedString("Way on which the money came: " + wordsOf(bssapi.PaymentChannels) + "."),
						"payment_channel_no": computedString("Number in the payment channel."),
						"consume_time":       computedString("When it was used (UTC)."),
					})),
			}),
		},
		validate: func(_ context.Context, model *accountChangeRecordsModel) diag.Diagnostics {
			return model.validate()
		},
		read: readAccountChangeRecords,
	}
}

func readAccountChangeRecords(ctx context.Context, services *services, model *accountChangeRecordsModel) diag.Diagnostics {
	filter, diags := model.filter(services.client, bssapi.AccountTradeTypes)
	if diags.HasError() {
		return diags
	}

	// The validators know the words.
	account, _ := bssapi.BalanceTypes.Code(model.AccountType.ValueString())
	channel, _ := bssapi.PaymentChannels.Code(model.PaymentChannel.ValueString())

	changes := services.client.ListAccountChangeRecords(ctx, bssapi.ListAccountChangeRecordsRequest{
		ChangeFilter: filter, BalanceType: account, PaymentChannelID: channel, PaymentChannelNo: model.PaymentChannelNo.ValueString(),
	})
	sums := changeSums{kinds: map[string]*changeSum{}}
	model.Records = []accountChangeItem{}

	for record, err := range changes.Rows {
		if err != nil {
			return diag.Diagnostics{apiDiagnostic("list the changes of the account", err)}
		}

		kind := wordOf(bssapi.AccountTradeDetails, bssapi.AccountTradeDetail(record.TradeDetailType))
		sums.add(kind, record.ChangeRecord)

		model.Records = append(model.Records, accountChangeItem{
			changeItem:       flattenChange(record.ChangeRecord, kind),
			AccountChangeID:  textPtr(record.AccountChangeID),
			PaymentChannel:   wordPtr(bssapi.PaymentChannels, record.PaymentChannelID),
			PaymentChannelNo: textPtr(record.PaymentChannelNo),
			ConsumeTime:      textPtr(record.ConsumeTime),
		})
	}

	model.changeResults = sums.results(changes.Currency)

	return nil
}
