// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"io/fs"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// testBudgetGate holds the gate against the ledger of the simulator, a cent to each
// side of what it has to say.
func testBudgetGate(t *testing.T) {
	t.Helper()

	_, demo := demoStack(t, "budget-gate")
	if code, output := demo.run("plan", "-no-color", "-input=false", "-var=budget=1"); code != 1 ||
		!regexp.MustCompile(`Over budget: \d+\.\d\d of 1\.00 USD is spent in`).MatchString(unwrapped(output)) {
		t.Errorf("exit code %d: %s", code, output)
	}

	month := recentMonths()[1]
	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{BillLines: 600}})
	c := stackCLI(t, w, "budget-gate")

	entries, err := w.Ledger("month", "tag:team")
	if err != nil {
		t.Fatal(err)
	}

	all, team := new(big.Rat), new(big.Rat)

	for _, entry := range entries {
		if entry.Month != month {
			continue
		}

		all.Add(all, rational(t, string(entry.Consume)))

		if entry.Tag == "a" {
			team.Add(team, rational(t, string(entry.Consume)))
		}
	}

	const (
		warning  = "percent of the budget is spent"
		over     = "Over budget"
		currency = "The budget is in CNY"
		teamA    = `scope={ tag = { key = "team", value = "a" } }`
	)

	cent := big.NewRat(1, 100)
	more := new(big.Rat).Mul(all, big.NewRat(5, 4))

	for _, test := range []struct {
		name      string
		budget    *big.Rat
		arguments []string
		code      int
		says      []string
		spent     *big.Rat
	}{
		{"80 percent of it", new(big.Rat).Add(more, cent), nil, 0, nil, all},
		{"more than that", new(big.Rat).Sub(more, cent), nil, 0, []string{warning}, all},
		{"90 percent is fine", new(big.Rat).Sub(more, cent), []string{"warn_at=90"}, 0, nil, all},
		{"all of it", all, nil, 0, []string{warning}, all},
		{"a cent more", new(big.Rat).Sub(all, cent), nil, 1, []string{over}, nil},
		{"a team", all, []string{teamA}, 0, nil, team},
		{"the account alone", new(big.Rat).Add(all, all), []string{"scope={ own = true }"}, 0, nil, nil},
		{"a team over budget", new(big.Rat).Sub(team, cent), []string{teamA}, 1, []string{over}, nil},
		{"another currency", new(big.Rat).Add(all, all), []string{"currency=CNY"}, 1, []string{currency}, nil},
	} {
		args := []string{
			"plan", "-no-color", "-input=false", "-out=tfplan", "-var=month=" + month, "-var=budget=" + test.budget.FloatString(8),
		}
		for _, argument := range test.arguments {
			args = append(args, "-var="+argument)
		}

		code, output := c.run(args...)
		if code != test.code {
			t.Errorf("%s: exit code %d:\n%s", test.name, code, output)
		}

		for _, text := range []string{warning, over, currency} {
			if strings.Contains(unwrapped(output), text) != slices.Contains(test.says, text) {
				t.Errorf("%s: whether %q is said:\n%s", test.name, text, output)
			}
		}

		if test.spent != nil {
			if got, want := plannedStatus(t, c)["spent"], paged(t, test.spent.FloatString(2)); got != want {
				t.Errorf("%s: %v is spent, want %s", test.name, got, want)
			}
		}
	}

	// Unless a month is said, it is that of yesterday.
	c.ok("plan", "-no-color", "-input=false", "-out=tfplan", "-var=budget=1e12")

	yesterday := bssapi.SystemClock().Now().Add(-24 * time.Hour).In(bssapi.BillingZone).Format(bssapi.MonthLayout)
	if got := plannedStatus(t, c)["month"]; got != yesterday {
		t.Errorf("the month is %v, want %s", got, yesterday)
	}

	if w.mutations() > 0 {
		t.Errorf("a gate has changed something: %v", w.calls())
	}
}

// plannedStatus is the output of the gate in its last plan.
func plannedStatus(t *testing.T, c *cli) map[string]any {
	t.Helper()

	var plan struct {
		PlannedValues struct {
			Outputs struct {
				Status struct {
					Value map[string]any `json:"value"`
				} `json:"status"`
			} `json:"outputs"`
		} `json:"planned_values"`
	}

	if err := json.Unmarshal([]byte(c.ok("show", "-json", "tfplan")), &plan); err != nil {
		t.Fatal(err)
	}

	return plan.PlannedValues.Outputs.Status.Value
}

var (
	interpolation = regexp.MustCompile(`\$\{[^}]*\}`)
	moneyWord     = regexp.MustCompile(`\w*(amount|price|budget|spent)\w*`)
)

// printedRaw are the amounts that a configuration writes into texts by itself: %.2f
// rounds half to even and refuses null, and a number has as many decimals in a text as
// binary arithmetic gave it.
func printedRaw(text string) []string {
	var all []string

	if strings.Contains(text, "%.2f") {
		all = append(all, "%.2f")
	}

	for _, found := range interpolation.FindAllString(text, -1) {
		// Names of data sources and resources are no amounts.
		value := regexp.MustCompile(`\bbss_\w+(\.\w+)?`).ReplaceAllString(found, "")

		if moneyWord.MatchString(value) && !strings.Contains(value, "format_amount(") {
			all = append(all, found)
		}
	}

	return all
}

// TestExamplesFormatAmounts: what a person reads in a text has the decimals of money.
func TestExamplesFormatAmounts(t *testing.T) {
	t.Parallel()

	for text, want := range map[string]int{
		`"${self.actual_amount} USD"`: 1, `"${data.bss_order.a.amount_after_discount}"`: 1, `"of ${coalesce(var.budget, 0)}"`: 1,
		`format("%.2f", 1)`: 1, `"${provider::bss::format_amount(self.actual_amount)}"`: 0, `"${data.bss_budget_status.budget.month}"`: 0,
	} {
		if found := printedRaw(text); len(found) != want {
			t.Errorf("%s: %q", text, found)
		}
	}

	err := fs.WalkDir(examples, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".tf") {
			return err
		}

		text, err := fs.ReadFile(examples, name)

		for _, found := range printedRaw(string(text)) {
			// What the gate names so is formatted.
			if !slices.Contains([]string{"${local.spent}", "${local.budget}"}, found) {
				t.Errorf("%s writes an amount with %s: use provider::bss::format_amount", name, found)
			}
		}

		return err
	})
	if err != nil {
		t.Error(err)
	}
}
