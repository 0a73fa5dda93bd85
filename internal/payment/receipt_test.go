// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package payment_test

import (
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/payment"
)

// TestStatuses holds the words that are treated specially against those of the
// orders.
func TestStatuses(t *testing.T) {
	t.Parallel()

	for word, code := range map[string]bssapi.OrderStatus{
		payment.StatusProcessing: bssapi.OrderStatusProcessing,
		payment.StatusCompleted:  bssapi.OrderStatusCompleted,
	} {
		if got := bssapi.OrderStatuses.Word(code); got != word {
			t.Errorf("%s is the word of the API, and %s the one of payments", got, word)
		}
	}

	if code, known := bssapi.OrderStatuses.Code(payment.StatusAwaitingPayer); known {
		t.Errorf("%s is the word of status %d", payment.StatusAwaitingPayer, code)
	}
}
