// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestRenewalLostAnswerLags loses the answer of a renewal whose order shows only
// a moment later than the price says that there is one: it is waited for, and
// named. The next plan states it, and its apply pays it.
func TestRenewalLostAnswerLags(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := renewalWorld(t, bsssim.Options{Lag: bsssim.Transition{Duration: 150 * time.Millisecond}})
		w.Advance(time.Second)
		addFault(t, w, bsssim.Fault{Operation: "renew_resources", Kind: bsssim.FaultDropAfter})

		c := newCore(w, "bss_renewal")
		c.run(t.Context(), renewalTo(t, "2027-03-31", "120")).says(t, "resource_id", "Order "+w.unpaid()[0], "neither paid nor canceled")

		if diags := c.run(t.Context(), renewalTo(t, "2027-03-31", "120")); diags.failed() {
			t.Fatal(diags)
		}

		has(t, c.state, map[string]string{"status": "reached", "amount_paid": "120"})
		paidOneOrder(t, w, "120")
	})
}
