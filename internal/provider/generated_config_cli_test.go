// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// TestGeneratedConfiguration: what Terraform writes for an import of a payment or of an
// unsubscription is complete, and changes nothing.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	paid := w.placeOrder(map[string]any{"amount": "42.50", "order_type": 3})
	w.console("pay_order", map[string]any{"order_id": paid})
	w.console("unsubscribe", map[string]any{"resource_id": demoID(7)})

	// The argument provider is for imports whose resource is not written yet.
	imports := func(provider string) string {
		return fmt.Sprintf(`
import {
  to = bss_order_payment.paid
  id = %q
  %[3]s
}

import {
  to = bss_unsubscription.gone
  id = %[2]q
  %[3]s
}
`, paid, demoID(7), provider)
	}
	c := newCLI(t, w, imports("provider = bss"))

	c.ok("plan", "-no-color", "-input=false", "-generate-config-out=generated.tf")

	generated, err := os.ReadFile(filepath.Join(c.dir, "generated.tf"))
	if err != nil {
		t.Fatal(err)
	}

	written := strings.Join(strings.Fields(string(generated)), " ")
	for _, argument := range []string{"max_amount = 42.5", `scope = "resource_and_renewals"`} {
		if !strings.Contains(written, argument) {
			t.Errorf("the configuration lacks %s: %s", argument, generated)
		}
	}

	c.configure(imports(""))

	output := c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	if !strings.Contains(output, "2 imported, 0 added, 0 changed") {
		t.Errorf("more than an import: %s", output)
	}

	c.empty()

	if w.mutations() > 0 {
		t.Errorf("an import has changed something: %v", w.calls())
	}
}
