// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// stackTests run the stacks among the examples, by their folder.
var stackTests = map[string]func(t *testing.T){
	"break-even":       testBreakEven,
	"budget-gate":      testBudgetGate,
	"cost-report":      testCostReport,
	"expiry-gate":      testExpiryGate,
	"fleet":            testFleet,
	"member-costs":     testMemberCosts,
	"pull-request":     testPullRequest,
	"renewal-forecast": testRenewalForecastStack,
}

func testExampleStack(t *testing.T, name, _ string) {
	t.Helper()

	run := stackTests[path.Base(path.Dir(name))]
	if run == nil {
		t.Fatalf("no test runs examples/%s", path.Dir(name))
	}

	run(t)
}

// stackCLI runs Terraform in a copy of the stack's folder.
func stackCLI(t *testing.T, w *world, name string) *cli {
	t.Helper()

	c := newCLI(t, w, "")
	c.copies(path.Join("stacks", name))

	return c
}

// copies copies the files of a folder among the examples.
func (c *cli) copies(folder string) {
	c.t.Helper()

	files, err := fs.ReadDir(examples, folder)
	if err != nil {
		c.t.Fatal(err)
	}

	for _, file := range files {
		text, err := fs.ReadFile(examples, path.Join(folder, file.Name()))
		if err != nil {
			c.t.Fatal(err)
		}

		c.write(filepath.Join(c.dir, file.Name()), string(text), 0o600)
	}
}

// recentMonths are the current billing month and the two before it, in
// ascending order.
func recentMonths() []string {
	now := bssapi.SystemClock().Now().In(bssapi.BillingZone)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)

	return billingMonths{month.AddDate(0, -2, 0), month}.cycles()
}

func rational(t *testing.T, text string) *big.Rat {
	t.Helper()

	number, ok := new(big.Rat).SetString(text)
	if !ok {
		t.Fatalf("%q is no number", text)
	}

	return number
}

// paged is an amount as a page shows it, with two decimals at least.
func paged(t *testing.T, amount string) string {
	t.Helper()

	text := strings.TrimRight(rational(t, amount).FloatString(20), "0")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")

	for len(fraction) < 2 {
		fraction += "0"
	}

	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}

	if strings.HasPrefix(text, "-") {
		whole = "-" + whole
	}

	return whole + "." + fraction
}

// testMemberCosts holds what each member spent, from the one bill and from a bill of
// each, against the ledger of the simulator.
func testMemberCosts(t *testing.T) {
	t.Helper()

	month := recentMonths()[1]
	w := newWorld(t, bsssim.Options{Site: "china", Seed: "demo", Generate: bsssim.Generate{Members: 3, BillLines: 3000}})
	c := stackCLI(t, w, "member-costs")
	c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-var=one_by_one=true", "-var=month="+month)

	type cost struct {
		ID       string  `json:"id"`
		Spent    *string `json:"spent"`
		IsMember bool    `json:"is_member"`
	}

	spent := func(row cost) *big.Rat {
		if row.Spent == nil {
			return nil
		}

		return rational(t, strings.ReplaceAll(*row.Spent, ",", ""))
	}

	var outputs struct {
		ByAccount struct {
			Value []cost `json:"value"`
		} `json:"spent_by_member"`
		Single struct {
			Value []cost `json:"value"`
		} `json:"spent_by_member_and_service"`
	}

	if err := json.Unmarshal([]byte(c.ok("output", "-json")), &outputs); err != nil {
		t.Fatal(err)
	}

	entries, err := w.Ledger("month", "customer")
	if err != nil {
		t.Fatal(err)
	}

	ledger := map[string]*big.Rat{}

	for _, entry := range entries {
		if entry.Month == month {
			ledger[entry.CustomerID] = rational(t, string(entry.Consume))
		}
	}

	// The bill is in cents: what was cut off it stands beside what was spent.
	byAccount := mustRead(t, w, typeMonthlyBills, attributes{"month_begin": str(month), "group_by": strs("account")})
	charged := map[string]*big.Rat{}

	for i := range len(ledger) {
		prefix := fmt.Sprintf("grouped_totals.%d.", i)
		id := byAccount[prefix+"customer_id"]
		charged[id] = rational(t, byAccount[prefix+"consume_amount"])

		if whole := new(
			big.Rat,
		).Add(charged[id], rational(t, byAccount[prefix+"truncated_amount"])); ledger[id] == nil ||
			whole.Cmp(ledger[id]) != 0 {
			t.Errorf("%s spent %s, the ledger has %s", id, whole.FloatString(8), ledger[id])
		}
	}

	// Six members, and the master, which is none.
	members := w.World().Enterprise.Members
	if len(members) != 6 || len(charged) != 4 || len(outputs.ByAccount.Value) != 7 || len(outputs.Single.Value) != 6 {
		t.Fatalf("%d members, %d accounts in the bill: %v", len(members), len(charged), outputs)
	}

	for _, row := range outputs.ByAccount.Value {
		if got, want := spent(row), charged[row.ID]; (want == nil) != (got == nil) || want != nil && got.Cmp(want) != 0 {
			t.Errorf("by account, %s spent %v, want %v", row.ID, got, want)
		}

		if row.IsMember == (row.ID == w.World().CustomerID) {
			t.Errorf("whether %s is a member: %t", row.ID, row.IsMember)
		}
	}

	for _, row := range outputs.Single.Value {
		want := charged[row.ID]
		if want == nil {
			want = new(big.Rat)
		}

		if got := spent(row); got == nil || got.Cmp(want) != 0 {
			t.Errorf("by its own bill, %s spent %v, want %v", row.ID, got, want)
		}
	}

	calls := map[string]int{}
	for _, call := range w.calls() {
		calls[call]++
	}

	// One bill of all here and in the stack, one of each member, each planned once.
	if calls["list_sub_customers"] != 1 || calls["get_monthly_sum_bill"] != 1+6+1 {
		t.Errorf("calls: %v", calls)
	}

	// Charges that name no service, such as a support plan, and no account are in the tables.
	oddly(t, w).edits(pathMonthlySum, func(object map[string]any) {
		delete(object, "service_type_code")
		delete(object, "customer_id")
	})

	output := stackCLI(t, w, "member-costs").ok("plan", "-no-color", "-input=false", "-var=one_by_one=true", "-var=month="+month)
	for _, shown := range []string{`+ none = "`, `+ id           = null`} {
		if !strings.Contains(strings.Join(strings.Fields(output), " "), strings.Join(strings.Fields(shown), " ")) {
			t.Errorf("no %s in %s", shown, output)
		}
	}
}
