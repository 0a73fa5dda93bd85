// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"time"
)

// Card is a stored-value card. No payment takes from it.
type Card struct {
	CardID        string    `json:"card_id"`
	Name          string    `json:"card_name"`
	FaceValue     Amount    `json:"face_value"`
	Balance       Amount    `json:"balance"`
	EffectiveTime time.Time `json:"effective_time"`
	ExpireTime    time.Time `json:"expire_time"`
}

// States of a card.
const (
	cardAvailable = 1
	cardUsedUp    = 2
)

func (c *Card) status() int {
	if c.Balance.positive() {
		return cardAvailable
	}

	return cardUsedUp
}

// cardSpec is a card as the console describes it.
type cardSpec struct {
	ID        string         `json:"id"`
	Name      string         `json:"name"`
	FaceValue Amount         `json:"face_value"`
	Balance   *Amount        `json:"balance"`
	Effective instantOrDelay `json:"effective_time"`
	Expire    instantOrDelay `json:"expire_time"`
}

func addCard(w *world, data []byte) (map[string]any, error) {
	var request cardSpec
	if err := decodeStrictly(data, &request); err != nil {
		return nil, err
	}
	c, err := w.issueCard(request)
	if err != nil {
		return nil, err
	}

	return map[string]any{"card_id": c.CardID}, nil
}

func (w *world) issueCard(spec cardSpec) (*Card, error) {
	now := w.clock.now()
	effective, err := spec.Effective.at(now, now)
	if err != nil {
		return nil, err
	}
	expire, err := spec.Expire.at(now, addMonths(now, 12))
	if err != nil {
		return nil, err
	}
	c := &Card{
		CardID: spec.ID, Name: spec.Name, FaceValue: spec.FaceValue.plus("0.00"), Balance: spec.FaceValue.plus("0.00"),
		EffectiveTime: effective, ExpireTime: expire,
	}
	if spec.Balance != nil {
		c.Balance = spec.Balance.plus("0.00")
	}
	if c.CardID == "" {
		c.CardID = fmt.Sprintf("SC%010d", w.next("card"))
	}
	w.dirty = true
	w.Cards = append(w.Cards, c)

	return c, nil
}

// listStoredValueCards answers the cards in one state.
func listStoredValueCards(w *world, c *call) (answer, error) {
	var found []*Card
	for _, card := range w.Cards {
		if card.status() == c.number("status", 0) && (!c.has("card_id") || c.text("card_id") == card.CardID) {
			found = append(found, card)
		}
	}
	list := []map[string]any{}
	for _, card := range page(c, found, 10) {
		list = append(list, map[string]any{
			"card_id": card.CardID, "card_name": card.Name, "status": card.status(), "face_value": card.FaceValue,
			"balance": card.Balance, "effective_time": wireInstant(card.EffectiveTime), "expire_time": wireInstant(card.ExpireTime),
		})
	}

	return answer{status: http.StatusOK, body: map[string]any{"total_count": len(found), "stored_value_cards": list}}, nil
}
