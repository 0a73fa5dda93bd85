// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"math/big"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

type storedValueCardsModel struct {
	usabilityArguments

	Status            types.String          `tfsdk:"status"`
	CardID            types.String          `tfsdk:"card_id"`
	CardIDs           []*string             `tfsdk:"card_ids"`
	Cards             []storedValueCardItem `tfsdk:"cards"`
	TotalCount        types.Int64           `tfsdk:"total_count"`
	UsableCardIDs     []*string             `tfsdk:"usable_card_ids"`
	UsableAmount      types.Number          `tfsdk:"usable_amount"`
	ExpiringCardIDs   []*string             `tfsdk:"expiring_card_ids"`
	ExpiringAmount    types.Number          `tfsdk:"expiring_amount"`
	UndeterminedCount types.Int64           `tfsdk:"undetermined_count"`
}

type storedValueCardItem struct {
	CardID        *string    `tfsdk:"card_id"`
	CardName      *string    `tfsdk:"card_name"`
	Status        *string    `tfsdk:"status"`
	FaceValue     *big.Float `tfsdk:"face_value"`
	Balance       *big.Float `tfsdk:"balance"`
	EffectiveTime *string    `tfsdk:"effective_time"`
	ExpireTime    *string    `tfsdk:"expire_time"`
	IsUsable      *bool      `tfsdk:"is_usable"`
}

func newStoredValueCardsDataSource() datasource.DataSource {
	return &dataSource[storedValueCardsModel]{
		name: "stored_value_cards", calls: []string{"list_stored_value_cards"},
		schema: schema.Schema{
			MarkdownDescription: "Stored-value cards of the account: what is left on them, and what expires soon. " +
				"Amounts are in the currency of the site.\n\nThe API lists cards in one status at a time: without `status`, both are read.",
			Attributes: joined(usabilityArgumentAttributes(), map[string]schema.Attribute{
				"status":   wordArgument("Only cards in this status: %s.", bssapi.StoredValueCardStatuses),
				"card_id":  idArgument("Only this card."),
				"card_ids": computedStrings("Ids of the cards."),
				"cards": computedList("The cards.", map[string]schema.Attribute{
					"card_id":        computedString("Id of the card."),
					"card_name":      computedString("Name of the card."),
					"status":         computedString(wordsOf(bssapi.StoredValueCardStatuses) + "."),
					"face_value":     computedNumber("What was on it when it was issued."),
					"balance":        computedNumber("What is left on it."),
					"effective_time": computedString("From when it can be used (UTC)."),
					"expire_time":    computedString("Until when it can be used (UTC)."),
					"is_usable": computedBool("Whether it is available and can be used at `as_of`. Null if its times do not tell, " +
						"or if its status is not known yet."),
				}),
				"total_count":        computedInt("How many cards were read."),
				"usable_card_ids":    computedStrings("Ids of the cards that are usable at `as_of`."),
				"usable_amount":      computedNumber("Exact sum of what is left on them. Null if it is not known of one of them."),
				"expiring_card_ids":  computedStrings("Ids of the usable cards that end within `expiring_within_days`."),
				"expiring_amount":    computedNumber("Exact sum of what is left on those. Null if it is not known of one of them."),
				"undetermined_count": computedInt("How many cards are in no sum, because it is not known whether they are usable."),
			}),
		},
		read: readStoredValueCards,
	}
}

func readStoredValueCards(ctx context.Context, services *services, model *storedValueCardsModel) diag.Diagnostics {
	statuses := []bssapi.StoredValueCardStatus{bssapi.StoredValueCardAvailable, bssapi.StoredValueCardUsedUp}
	// The validators know the words.
	if status, is := bssapi.StoredValueCardStatuses.Code(model.Status.ValueString()); is {
		statuses = []bssapi.StoredValueCardStatus{status}
	}

	var cards []bssapi.StoredValueCard

	for _, status := range statuses {
		for card, err := range services.client.ListStoredValueCards(ctx, bssapi.ListStoredValueCardsRequest{
			Status: status, CardID: model.CardID.ValueString(),
			// Of both states together, it does not matter which answer holds a card.
			Strict: bssapi.Strict(len(statuses) == 1),
		}) {
			if err != nil {
				return diag.Diagnostics{apiDiagnostic("list stored-value cards", err)}
			}

			// A card that was used up between the two calls is in both answers:
			// the later one counts.
			cards = slices.DeleteFunc(cards, func(earlier bssapi.StoredValueCard) bool {
				return earlier.CardID == card.CardID && card.CardID != ""
			})
			cards = append(cards, card)
		}
	}

	span, diags := model.span(services.client)
	if diags.HasError() {
		return diags
	}

	var usable, expiring usableSum

	undetermined := int64(0)
	model.CardIDs, model.Cards = []*string{}, []storedValueCardItem{}
	model.UsableCardIDs, model.ExpiringCardIDs = []*string{}, []*string{}

	for _, card := range cards {
		valid := span.validity(card.EffectiveTime, card.ExpireTime)

		switch card.Status {
		case bssapi.StoredValueCardUsedUp:
			valid = validity{known: true}
		case bssapi.StoredValueCardAvailable:
		default:
			valid = validity{}
		}

		if !valid.known {
			undetermined++
		}

		if valid.usable {
			usable.add(card.Balance)
			model.UsableCardIDs = append(model.UsableCardIDs, textPtr(card.CardID))
		}

		if valid.expiring {
			expiring.add(card.Balance)
			model.ExpiringCardIDs = append(model.ExpiringCardIDs, textPtr(card.CardID))
		}

		model.CardIDs = append(model.CardIDs, textPtr(card.CardID))
		model.Cards = append(model.Cards, storedValueCardItem{
			CardID:        textPtr(card.CardID),
			CardName:      textPtr(card.CardName),
			Status:        wordPtr(bssapi.StoredValueCardStatuses, card.Status),
			FaceValue:     numberPtr(card.FaceValue),
			Balance:       numberPtr(card.Balance),
			EffectiveTime: textPtr(card.EffectiveTime),
			ExpireTime:    textPtr(card.ExpireTime),
			IsUsable:      valid.isUsable(),
		})
	}

	model.TotalCount, model.UndeterminedCount = types.Int64Value(int64(len(cards))), types.Int64Value(undetermined)
	model.UsableAmount, model.ExpiringAmount = usable.value(), expiring.value()

	return nil
}
