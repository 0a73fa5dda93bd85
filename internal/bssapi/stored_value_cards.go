// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"iter"
)

// cardPageSize is the most rows that the list of cards gives in a page.
const cardPageSize = 100

// StoredValueCardStatus is the state of a card.
type StoredValueCardStatus int

// The states.
const (
	StoredValueCardAvailable StoredValueCardStatus = 1
	StoredValueCardUsedUp    StoredValueCardStatus = 2
)

// StoredValueCard is a card that holds money. Amounts are in the currency of the
// site.
type StoredValueCard struct {
	CardID        string                `json:"card_id"`
	CardName      string                `json:"card_name"`
	Status        StoredValueCardStatus `json:"status"`
	FaceValue     Decimal               `json:"face_value"`
	Balance       Decimal               `json:"balance"`
	EffectiveTime string                `json:"effective_time"`
	ExpireTime    string                `json:"expire_time"`
}

// ListStoredValueCardsRequest says which cards to list.
type ListStoredValueCardsRequest struct {
	// Status is required: the API lists cards in one state at a time.
	Status StoredValueCardStatus
	CardID string
	Strict Strict
}

func (r ListStoredValueCardsRequest) params() params {
	p := params{}
	p.number("status", int(r.Status))
	p.text("card_id", r.CardID)

	return p
}

func (r ListStoredValueCardsRequest) other(row StoredValueCard) string {
	var f filters
	f.text("id", r.CardID, row.CardID)
	compareCodes(&f, "status", StoredValueCardStatuses, row.Status, r.Status)

	return f.other
}

type listStoredValueCardsResponse struct {
	TotalCount       *int              `json:"total_count"`
	StoredValueCards []StoredValueCard `json:"stored_value_cards"`
}

// ListStoredValueCards yields the cards of the account in one state. Only the
// China site has this operation (ErrNotOnSite).
//
// Permission: bss:coupon:view.
func (c *Client) ListStoredValueCards(ctx context.Context, req ListStoredValueCardsRequest) iter.Seq2[StoredValueCard, error] {
	if _, known := StoredValueCardStatuses[req.Status]; !known {
		return failing[StoredValueCard](opListStoredValueCards.refuse(fmt.Errorf("the status %d is not one of a card", req.Status)))
	}

	return paged[StoredValueCard]{
		operation: opListStoredValueCards.name,
		size:      cardPageSize,
		key:       func(card StoredValueCard) string { return card.CardID },
		other:     strictly(req.Strict, req.other),
		fetch: fetcher(c,
			func(offset int) call {
				return call{op: opListStoredValueCards, query: req.params().page(offset, cardPageSize)}
			},
			func(out *listStoredValueCardsResponse) page[StoredValueCard] {
				return page[StoredValueCard]{rows: out.StoredValueCards, total: out.TotalCount}
			}),
	}.all(ctx)
}
