// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const pathCards = "/v2/promotions/benefits/stored-value-cards"

func TestAccStoredValueCards(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	w.console(
		"add_card",
		map[string]any{"id": "SC1", "name": "Annual", "face_value": "200.00", "balance": "150.12345678901234567890", "expire_time": "2400h"},
	)
	w.console("add_card", map[string]any{"id": "SC2", "face_value": "30.00", "expire_time": "240h"})
	w.console("add_card", map[string]any{"id": "SC3", "face_value": "40.00", "effective_time": "24h"})
	w.console("add_card", map[string]any{"id": "SC4", "face_value": "50.00", "balance": "0"})

	w.shows(t, `
data "bss_stored_value_cards" "all" {}
data "bss_stored_value_cards" "used" { status = "used_up" }
data "bss_stored_value_cards" "soon" {
  status               = "available"
  expiring_within_days = 9
}`, map[string]shown{
		"data.bss_stored_value_cards.all": {
			"card_ids": []string{"SC1", "SC2", "SC3", "SC4"}, "usable_card_ids": []string{"SC1", "SC2"}, "expiring_card_ids": []string{"SC2"},
			"usable_amount": amount("180.12345678901234567890"), "expiring_amount": amount("30"), "undetermined_count": 0, "total_count": 4,
			"expiring_within_days": 30, "cards.0.card_name": "Annual", "cards.0.face_value": amount("200"), "cards.0.status": "available",
			"cards.0.is_usable": true, "cards.2.is_usable": false, "cards.3.is_usable": false, "cards.3.status": "used_up", "cards.1.card_name": nil,
		},
		"data.bss_stored_value_cards.used": {"card_ids": []string{"SC4"}, "usable_amount": amount("0"), "usable_card_ids": []string{}},
		"data.bss_stored_value_cards.soon": {"expiring_card_ids": []string{}, "expiring_amount": amount("0"), "total_count": 3},
	})
	w.readOnly("list_stored_value_cards")
}

// TestStoredValueCardsAsOf shows the same plan for another time.
func TestStoredValueCardsAsOf(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo"})
	later := w.Now().AddDate(0, 0, 21).Format("2006-01-02T15:04:05Z07:00")
	mustRead(t, w, "bss_stored_value_cards", attributes{"as_of": str(later), "status": str("available")}).want(t, map[string]string{
		"as_of": later, "usable_card_ids": "0 elements", "usable_amount": "0", "total_count": "1",
	})

	if diff := cmp.Diff([]string{"list_stored_value_cards"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}

func TestStoredValueCardsShowEveryField(t *testing.T) {
	t.Parallel()

	document := newDocument(t, "list_stored_value_cards", 100, map[string]any{"total_count": 1})
	w := answering(t, "china", map[string]any{pathCards: document.body})
	read := mustRead(t, w, "bss_stored_value_cards", attributes{"status": str("available")})
	read.shows(t, document.leaves, strings.NewReplacer(".stored_value_cards.", ".cards."))
	// A status that nobody knows yet, and times that are none.
	read.want(t, map[string]string{"cards.0.is_usable": "null", "undetermined_count": "1", "usable_amount": "0"})
}

// TestStoredValueCardsUndetermined shows what is not known as null, never as 0.
func TestStoredValueCardsUndetermined(t *testing.T) {
	t.Parallel()

	w := answering(t, "china", map[string]any{pathCards: map[string]any{"total_count": 2, "stored_value_cards": []any{
		map[string]any{"card_id": "SC1", "status": 1, "expire_time": "2099-01-01T00:00:00Z", "balance": nil, "card_name": ""},
		map[string]any{"card_id": "SC2", "status": 1, "balance": "5"},
	}}})
	mustRead(t, w, "bss_stored_value_cards", attributes{"status": str("available")}).want(t, map[string]string{
		"cards.0.is_usable":  "true",
		"cards.0.balance":    "null",
		"cards.0.face_value": "null",
		"cards.0.card_name":  "null",
		"usable_amount":      "null",
		"expiring_amount":    "0",
		"cards.1.is_usable":  "null",
		"undetermined_count": "1",
		"usable_card_ids":    "1 elements",
	})
}

func TestStoredValueCardsOfManyPages(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Site: "china"})
	mustRead(t, w, "bss_stored_value_cards", nil).want(t, map[string]string{
		"cards": "0 elements", "card_ids": "0 elements", "usable_amount": "0", "expiring_card_ids": "0 elements",
	})

	for range 101 {
		w.console("add_card", map[string]any{"face_value": "1.01"})
	}

	before := len(w.calls())

	mustRead(t, w, "bss_stored_value_cards", nil).want(t, map[string]string{"total_count": "101", "usable_amount": "102.01"})

	if calls := w.calls()[before:]; len(calls) != 3 {
		t.Errorf("%d calls, want two pages and one of used up cards: %v", len(calls), calls)
	}
}

// TestStoredValueCardUsedUpMeanwhile is in the answers of both calls.
func TestStoredValueCardUsedUpMeanwhile(t *testing.T) {
	t.Parallel()

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := 1
		if r.URL.Query().Get("status") == "2" {
			status = 2
		}

		if err := json.NewEncoder(w).Encode(map[string]any{"total_count": 1, "stored_value_cards": []any{
			map[string]any{"card_id": "SC1", "expire_time": "2099-01-01T00:00:00Z", "balance": "1", "status": status},
		}}); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)

	w := answering(t, "china", nil)
	w.env["BSS_ENDPOINT"] = server.URL
	mustRead(t, w, "bss_stored_value_cards", nil).want(t, map[string]string{
		"total_count": "1", "cards.0.status": "used_up", "usable_amount": "0",
	})
}
