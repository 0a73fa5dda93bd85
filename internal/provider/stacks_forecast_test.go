// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// demoStack is a stack in the account of the demo customer, which its own tests have
// passed.
func demoStack(t *testing.T, name string) (*world, *cli) {
	t.Helper()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	c := stackCLI(t, w, name)

	if output := c.ok("test", "-no-color"); !strings.Contains(output, "0 failed") {
		t.Errorf("not a summary of tests: %s", output)
	}

	return w, c
}

// unwrapped is what Terraform printed, in one line.
func unwrapped(output string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " ")
}

func testExpiryGate(t *testing.T) {
	t.Helper()

	w, c := demoStack(t, "expiry-gate")

	code, output := c.run("plan", "-no-color", "-input=false")
	output = strings.ReplaceAll(output, "│ ", "")

	if code != 1 {
		t.Errorf("the gate is open: %s", output)
	}

	// The oldest first; what lapses after the days, or renews, is not named.
	for _, named := range []string{"to act:\n- suspended-server: frozen", "\n- old-server: expired", "\n- orders-db: lapses"} {
		at := strings.Index(output, named)
		if at < 0 {
			t.Fatalf("no word of %q after what is older: %s", named, output)
		}

		output = output[at:]
	}

	if strings.Contains(output, "web-2") {
		t.Errorf("what renews is named: %s", output)
	}

	// Only what renews is left. What expires soon, or has, renews at once.
	for _, one := range w.World().Resources {
		w.console("set_expire_policy", map[string]any{"resource_id": one.ResourceID, "policy": 3})
	}

	c.ok("plan", "-no-color", "-input=false", "-var=days=30")

	w.console("set_expire_policy", map[string]any{"resource_id": demoID(6), "policy": 1})
	c.ok("plan", "-no-color", "-input=false", "-var=days=60")

	if code, output := c.run("plan", "-no-color", "-input=false", "-var=days=60", "-var=allow_pay_per_use=false"); code != 1 ||
		!strings.Contains(output, "orders-db: turns_pay_per_use") {
		t.Errorf("exit code %d: %s", code, output)
	}

	// What should have renewed some days ago, and still runs.
	w.console("set_balance", map[string]any{"amount": "0.00", "credit": "0.00"})

	late := w.addResource(map[string]any{"expire_policy": apiAutoRenew, "monthly_price": "10.00", "expire_time": "72h"})

	if code, output := c.run("plan", "-no-color", "-input=false", "-var=days=30"); code != 1 ||
		!strings.Contains(output, late+": in_use, and not renewed yet") {
		t.Errorf("exit code %d: %s", code, output)
	}

	w.console("expire", map[string]any{"resource_id": late})
	c.ok("plan", "-no-color", "-input=false", "-var=days=30", fmt.Sprintf("-var=may_lapse=[%q]", late))

	// What should have renewed, and has ended.
	w.console("expire", map[string]any{"resource_id": demoID(4)})

	if code, output := c.run("plan", "-no-color", "-input=false", "-var=days=30"); code != 1 ||
		!strings.Contains(output, "web-2: expired, and not renewed yet") {
		t.Errorf("exit code %d: %s", code, output)
	}

	w.readOnly("list_resources")
}

func testRenewalForecastStack(t *testing.T) {
	t.Helper()

	w, c := demoStack(t, "renewal-forecast")
	w.console("set_balance", map[string]any{"amount": "20.00", "credit": "4.50"})

	output := c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-var=days=60")
	if !strings.Contains(unwrapped(output), "100.50 USD is missing") {
		t.Errorf("the warning does not say what is missing: %s", output)
	}

	var outputs struct {
		Days struct {
			Value map[string][]string `json:"value"`
		} `json:"days"`
		Funds struct {
			Value struct {
				Available     string  `json:"available"`
				Covered       bool    `json:"covered"`
				FirstShortDay *string `json:"first_short_day"`
			} `json:"value"`
		} `json:"funds"`
		CSV struct {
			Value string `json:"value"`
		} `json:"csv"`
	}

	if err := json.Unmarshal([]byte(c.ok("output", "-json")), &outputs); err != nil {
		t.Fatal(err)
	}

	funds := outputs.Funds.Value
	if funds.Available != "24.50" || funds.Covered || funds.FirstShortDay == nil {
		t.Fatalf("%+v", funds)
	}

	if lines := outputs.Days.Value[*funds.FirstShortDay]; len(lines) != 1 || lines[0] != "web-2: 125.00" {
		t.Errorf("on %s: %q", *funds.FirstShortDay, lines)
	}

	records, err := csv.NewReader(strings.NewReader(outputs.CSV.Value)).ReadAll()
	if err != nil || len(records) != 7 || records[6][4] != "125" {
		t.Errorf("%v, %q", err, records)
	}
}

func testBreakEven(t *testing.T) {
	t.Helper()

	w := newWorld(t, bsssim.Options{Settings: map[string]string{"price_discounts": "none"}})
	c := stackCLI(t, w, "break-even")
	c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-var=project_id=any")

	records, err := csv.NewReader(strings.NewReader(c.ok("output", "-raw", "csv"))).ReadAll()
	if err != nil || len(records) != 3 {
		t.Fatalf("%v, %q", err, records)
	}

	// 160 and 730 hours of what the price list of the simulator has, with 40 GB.
	for i, want := range []string{
		"build,160,pay_per_use,36.99,116.30,96.92,503.03,419.19,0.00,USD", "website,730,year,49.42,34.40,28.67,508.13,423.44,20.75,USD",
	} {
		if got := strings.Join(records[i+1], ","); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}

	// What is not sold has no price, and stops nothing.
	c.ok("plan", "-no-color", "-input=false", "-var=project_id=any", `-var=servers={ old = { flavor = "none.such" } }`)
}

func testFleet(t *testing.T) {
	t.Helper()

	w, c := demoStack(t, "fleet")
	w.ClearRequests()

	// The import that its page shows.
	adopting := stackCLI(t, w, "fleet")
	readme, err := fs.ReadFile(examples, "stacks/fleet/README.md")
	if err != nil {
		t.Fatal(err)
	}

	_, page, _ := strings.Cut(string(readme), "```terraform\n")
	imports, _, _ := strings.Cut(page, "```")
	adopting.write(filepath.Join(adopting.dir, "imports.tf"), imports, 0o600)

	if output := adopting.ok("plan", "-no-color", "-input=false"); !strings.Contains(output, "2 to import") {
		t.Errorf("nothing is imported: %s", output)
	}

	output := c.ok("apply", "-no-color", "-input=false", "-auto-approve")
	if !strings.Contains(unwrapped(output), "Nobody said what happens to: suspended-server (") {
		t.Errorf("what the file does not have is not named: %s", output)
	}

	c.ok("plan", "-no-color", "-input=false", "-detailed-exitcode")

	// A person changes it at the console; the next plan says so, and sets it right.
	w.console("set_expire_policy", map[string]any{"resource_id": demoID(6), "policy": 0})

	if code, output := c.run("plan", "-no-color", "-input=false", "-detailed-exitcode"); code != 2 {
		t.Errorf("the change is not seen: %d, %s", code, output)
	}

	c.ok("apply", "-no-color", "-input=false", "-auto-approve")

	if policy := w.World().Resource(demoID(6)).ExpirePolicy; policy != 1 {
		t.Errorf("the policy is %d", policy)
	}
}
