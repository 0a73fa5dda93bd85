// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const paymentAddress = "bss_order_payment.this"

func paymentConfig(orderID, rest string) string {
	return `
resource "bss_order_payment" "this" {
  order_id = "` + orderID + `"
` + rest + `
}
`
}

func TestAccOrderPayment(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 2}})
	order := w.placeOrder(map[string]any{"amount": "136.80", "official_amount": "136.80", "resources": 2})
	config := paymentConfig(order, "  max_amount = 136.80")

	w.console("set_balance", map[string]any{"amount": "1000.00"})

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(paymentAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(paymentAddress, tfjsonpath.New("amount_due"), knownvalue.NumberExact(exact(t, "136.8"))),
					plancheck.ExpectKnownValue(paymentAddress, tfjsonpath.New("currency"), knownvalue.StringExact("USD")),
					plancheck.ExpectUnknownValue(paymentAddress, tfjsonpath.New("status")),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{paymentAddress: {
					"status": "completed", "amount_paid": amount("136.8"), "payment_time": knownvalue.NotNull(), "resource_ids": elements(2),
					"trade_number": nil,
				}}),
			},
			{
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})

	if got := w.payments(order); len(got) != 1 || got[0] != "136.80 USD by api" {
		t.Errorf("payments = %q", got)
	}
}
