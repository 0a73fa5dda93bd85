// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestSpendingThroughTerraform: real Terraform pays orders that it learns of at
// apply, ten at once, under a bound for three; then counts aliases apart.
func TestSpendingThroughTerraform(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	list := ""
	for range 10 {
		list += fmt.Sprintf("%q, ", w.placeOrder(map[string]any{"amount": "10.00", "order_type": 3}))
	}

	config := func(block, orders string) string {
		return `
provider "bss" {
  ` + block + `
}

resource "terraform_data" "orders" {
  input = [` + list + `]
}

resource "bss_order_payment" "this" {
  count      = 10
  order_id   = ` + orders + `[count.index]
  max_amount = 10
}
`
	}

	const (
		known = "terraform_data.orders.input"
		later = "terraform_data.orders.output"
	)

	c := newCLI(t, w, config("spending {\n max_per_apply = 30\n }", known))

	c.fails("Spending is above max_per_apply", "plan", "-no-color", "-input=false")
	noPayCalls(t, w)

	c.configure(config("spending {\n require_known_price = true\n }", later))
	c.fails("Price is not known", "plan", "-no-color", "-input=false")

	c.configure(config("spending {\n max_per_apply = 30\n }", later))
	c.ok("plan", "-no-color", "-input=false", "-out=saved")
	c.fails("Spending is above max_per_apply", "apply", "-no-color", "-input=false", "saved")

	if sent, acted := w.payCalls(); sent != 3 || acted != 3 {
		t.Errorf("%d paying calls, %d acted, want 3", sent, acted)
	}

	inState := 0

	for i := range 10 {
		switch found := c.resource(fmt.Sprintf("%s[%d]", paymentAddress, i)); {
		case found == nil:
		case found.Tainted || found.Values["status"] != "completed":
			t.Errorf("state = %+v", found)
		default:
			inState++
		}
	}

	if inState != 3 {
		t.Errorf("%d payments in state, want 3", inState)
	}

	// What is in state already counts nothing: each run pays three more.
	c.configure(config("spending {\n mode = \"deny\"\n }", later))
	c.fails("Spending is denied", "apply", "-no-color", "-input=false", "-auto-approve")

	if sent, _ := w.payCalls(); sent != 3 {
		t.Errorf("%d paying calls after a denied run, want 3", sent)
	}

	c.configure(config("spending {\n mode = \"allow\"\n max_per_apply = 70\n require_known_price = true\n }", later))
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	c.empty()

	if sent, _ := w.payCalls(); sent != 10 {
		t.Errorf("%d paying calls in all, want 10", sent)
	}
}

// TestSpendingAliases: each provider configuration counts for itself.
func TestSpendingAliases(t *testing.T) {
	t.Parallel()

	w := newRichWorld(t, bsssim.Options{})

	config := `
provider "bss" {
  spending {
    max_per_apply = 10
  }
}

provider "bss" {
  alias = "other"

  spending {
    max_per_apply = 10
  }
}
`

	for name, meta := range map[string]string{"one": "", "two": "provider = bss.other"} {
		config += fmt.Sprintf("resource \"bss_order_payment\" %q {\n  order_id   = %q\n  max_amount = 10\n  %s\n}\n",
			name, w.placeOrder(map[string]any{"amount": "10.00", "order_type": 3}), meta)
	}

	c := newCLI(t, w, config)
	c.ok("apply", "-no-color", "-input=false", "-auto-approve")

	if sent, _ := w.payCalls(); sent != 2 {
		t.Errorf("%d paying calls, want 2", sent)
	}
}

// fails runs Terraform, which has to fail with these words.
func (c *cli) fails(words string, args ...string) {
	c.t.Helper()

	if code, output := c.run(args...); code == 0 || !strings.Contains(output, words) {
		c.t.Errorf("%v exited with %d, want an error with %q:\n%s", args, code, words, output)
	}
}
