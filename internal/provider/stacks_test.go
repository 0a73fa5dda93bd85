// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io/fs"
	"math/big"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// element is one of a page.
type element struct {
	XMLName    xml.Name   `xml:""`
	Attributes []xml.Attr `xml:",any,attr"`
	Text       string     `xml:",chardata"`
	Children   []element  `xml:",any"`
}

func (e *element) attribute(name string) string {
	for _, attribute := range e.Attributes {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}

	return ""
}

// all are the elements of that name in it.
func (e *element) all(name string) []*element {
	var found []*element

	for i := range e.Children {
		child := &e.Children[i]
		if child.XMLName.Local == name {
			found = append(found, child)
		}

		found = append(found, child.all(name)...)
	}

	return found
}

// byID is the element with that id, or nil.
func (e *element) byID(id string) *element {
	for i := range e.Children {
		child := &e.Children[i]
		if child.attribute("id") == id {
			return child
		}

		if found := child.byID(id); found != nil {
			return found
		}
	}

	return nil
}

// content is the text of an element and all in it.
func (e *element) content() string {
	text := e.Text
	for i := range e.Children {
		text += e.Children[i].content()
	}

	return strings.TrimSpace(text)
}

// rows are the texts of a table's rows, head and foot included.
func (e *element) rows() [][]string {
	var rows [][]string

	for _, row := range e.all("tr") {
		var cells []string
		for i := range row.Children {
			cells = append(cells, row.Children[i].content())
		}

		rows = append(rows, cells)
	}

	return rows
}

// costReport is the page that the stack makes, as Terraform prints it.
func costReport(t *testing.T, w *world, lastMonth string) *element {
	t.Helper()

	c := stackCLI(t, w, "cost-report")
	c.ok("apply", "-no-color", "-input=false", "-auto-approve", "-var=last_month="+lastMonth)
	html := c.ok("output", "-raw", "html")

	if w.mutations() > 0 {
		t.Errorf("a report has changed something: %v", w.calls())
	}

	html = html[strings.Index(html, "<!DOCTYPE html>"):]

	for _, outside := range []string{"http:", "https:", "//", "url(", "@import", "<script", "src=", "href="} {
		if strings.Contains(html, outside) {
			t.Errorf("the page is not self-contained: it has %q", outside)
		}
	}

	// It is well-formed XML as well, so that markup in a name would show.
	page := &element{}
	if err := xml.Unmarshal([]byte(html), page); err != nil {
		t.Fatalf("%v:\n%s", err, html)
	}

	accessible(t, page)

	return page
}

// accessible fails unless pictures and tables say what they are.
func accessible(t *testing.T, page *element) {
	t.Helper()

	if page.attribute("lang") == "" || len(page.all("h1")) != 1 || len(page.all("main")) != 1 {
		t.Error("the page lacks its language, its heading or its main part")
	}

	for _, picture := range page.all("svg") {
		for _, name := range []string{"aria-labelledby", "aria-describedby"} {
			if by := page.byID(picture.attribute(name)); by == nil || by.content() == "" {
				t.Errorf("%s of picture %s names nothing", name, picture.attribute("id"))
			}
		}

		if picture.attribute("role") != "img" {
			t.Errorf("picture %s has no role", picture.attribute("id"))
		}
	}

	for _, table := range page.all("table") {
		if len(table.all("caption")) != 1 {
			t.Errorf("table %s has no caption", table.attribute("id"))
		}

		for _, head := range table.all("th") {
			if head.attribute("scope") == "" {
				t.Errorf("%q of table %s has no scope", head.content(), table.attribute("id"))
			}
		}
	}
}

// paged is an amount as the page shows it, with that many decimals at least.
func paged(t *testing.T, amount string, decimals int) string {
	t.Helper()

	text := strings.TrimRight(rational(t, amount).FloatString(20), "0")
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")

	for len(fraction) < decimals {
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

// groups are the paths of a data source's grouped totals.
func (s state) groups() []string {
	var paths []string

	for i := 0; ; i++ {
		group := fmt.Sprintf("grouped_totals.%d.", i)
		if _, there := s[group+"consume_amount"]; !there {
			return paths
		}

		paths = append(paths, group)
	}
}

const namedToBreakPages = `<b>"R&D"</b> </svg>`

func testCostReport(t *testing.T) {
	t.Helper()

	months := recentMonths()
	w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{BillLines: 2000}})

	w.console("add_usage", map[string]any{
		"hourly_price": "1234.56789012", "since": "-26h", "until": "-2h", "name": namedToBreakPages, "service_type_code": "hws.service.type.cce",
	})
	w.console("add_usage", map[string]any{"hourly_price": "0.5", "since": "-26h", "until": "-2h", "service_type_code": "hws.service.type.nat"})
	refund(w, "20000.50")

	page := costReport(t, w, months[2])
	bills := func(keys ...string) state {
		return mustRead(t, w, typeMonthlyBills, attributes{"month_begin": str(months[0]), "month_end": str(months[2]), "group_by": strs(keys...)})
	}

	// The table of exact sums.
	cells, byMonth, byService := map[string]string{}, bills(groupByMonth), bills(groupByServiceType)

	for _, read := range []state{bills(groupByMonth, groupByServiceType), byMonth} {
		for _, group := range read.groups() {
			cells[read[group+"month"]+" "+read[group+"service_type_code"]] = read[group+"consume_amount"]
		}
	}

	row := func(title, code, total string) []string {
		texts := []string{title}

		for _, month := range months {
			amount, there := cells[month+" "+code]
			if !there {
				amount = "0"
			}

			texts = append(texts, paged(t, amount, 2))
		}

		return append(texts, paged(t, total, 2))
	}

	want := [][]string{append(append([]string{"Service"}, months...), "Total")}
	for _, group := range byService.groups() {
		want = append(want, row(byService[group+"service_type_name"], byService[group+"service_type_code"], byService[group+"consume_amount"]))
	}

	want = append(want, row("Total", "null", byMonth["total.consume_amount"]))

	if diff := cmp.Diff(want, page.byID("exact").rows()); diff != "" {
		t.Errorf("exact sums: %s", diff)
	}

	if got, want := page.byID("total").content(), paged(t, byMonth["total.consume_amount"], 2); got != want {
		t.Errorf("the total is %s, want %s", got, want)
	}

	drawnToScale(t, page.byID("months"), want[1:len(want)-1])
	reportsResources(t, w, page)
	reportsModes(t, page, bills(groupByChargeMode))

	leaveTurn(t)

	t.Run("refunds alone", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{})
		refund(w, "100.25")

		page := costReport(t, w, months[2])
		want := [][]string{{"Object Storage Service", "0.00", "0.00", "-100.25", "-100.25"}}
		drawnToScale(t, page.byID("months"), want)

		if rows := page.byID("exact").rows(); len(rows) != 3 || !slices.Equal(rows[1], want[0]) {
			t.Errorf("exact sums: %v", rows)
		}

		if page.byID("modes") != nil || page.byID("resources") != nil {
			t.Error("a picture shows what cannot be")
		}

		if !strings.Contains(page.content(), "There is no share to tell: more was refunded than charged.") {
			t.Error("no word of why there is no share")
		}
	})

	t.Run("refunds of one way of paying", func(t *testing.T) {
		t.Parallel()

		w := newWorld(t, bsssim.Options{})
		w.console(
			"add_usage",
			map[string]any{"hourly_price": "9.5", "since": "-26h", "until": "-2h", "service_type_code": "hws.service.type.nat"},
		)
		refund(w, "100.25")

		page := costReport(t, w, months[2])
		if page.byID("modes") != nil ||
			!strings.Contains(page.content(), "There is no share to tell: one way of paying had more refunds than charges.") {
			t.Error("no word of why there is no share")
		}

		read := mustRead(t, w, typeMonthlyBills, attributes{
			"month_begin": str(months[0]), "month_end": str(months[2]), "group_by": strs(groupByChargeMode),
		})
		want := [][]string{
			{"Charge mode", "Amount"},
			{"Pay-per-use", paged(t, read["grouped_totals.0.consume_amount"], 2)},
			{"Prepaid (yearly/monthly)", "-100.25"},
		}

		if diff := cmp.Diff(want, page.byID("mode-table").rows()); diff != "" {
			t.Errorf("charge modes: %s", diff)
		}

		// The picture of a single resource has no height for a text that stands
		// upright.
		picture := page.byID("resources")
		if bars, texts := picture.all("rect"), picture.all("text"); len(bars) != 1 || slices.ContainsFunc(texts, func(text *element) bool {
			return text.attribute("transform") != ""
		}) {
			t.Errorf("%d bars; or a text is cut off", len(bars))
		}
	})

	t.Run("nothing", func(t *testing.T) {
		t.Parallel()

		page := costReport(t, newWorld(t, bsssim.Options{}), months[2])
		if page.byID("total").content() != "0.00" || strings.Contains(page.content(), "currency") ||
			!strings.Contains(page.content(), "Nothing was billed") {
			t.Errorf("the page of no bills: %s", page.content())
		}
	})
}

// refund makes a service that has cost nothing cost less.
func refund(w *world, amount string) {
	w.console("add_resource", map[string]any{"resource_id": "refunded", "service_type_code": "hws.service.type.obs"})
	w.console("unsubscribe", map[string]any{"resource_id": "refunded", "refund": amount})
}

// drawnToScale compares the parts of the columns with the rows of the table,
// by the scale that the axis is labelled with.
func drawnToScale(t *testing.T, picture *element, rows [][]string) {
	t.Helper()

	number := func(text string) *big.Rat { return rational(t, strings.ReplaceAll(text, ",", "")) }

	// The labels of the axis have the class of no other text.
	var heights, labels []*big.Rat

	for _, text := range picture.all("text") {
		if text.attribute("text-anchor") == "end" {
			heights = append(heights, number(text.attribute("y")))
			labels = append(labels, number(text.content()))
		}
	}

	if len(labels) < 2 || len(labels) > 8 {
		t.Fatalf("%d labels of the axis", len(labels))
	}

	final := len(labels) - 1
	unit := new(big.Rat).Quo(new(big.Rat).Sub(heights[0], heights[final]), new(big.Rat).Sub(labels[final], labels[0]))
	zero := new(big.Rat).Add(heights[0], new(big.Rat).Mul(labels[0], unit))

	near := func(a, b *big.Rat) bool {
		difference := new(big.Rat).Sub(a, b)

		return difference.Abs(difference).Cmp(big.NewRat(1, 20)) <= 0
	}

	parts, ends := 0, map[string]*big.Rat{}
	drawn := map[string]string{}

	for _, part := range picture.all("rect") {
		title, amount, _ := strings.Cut(strings.TrimSuffix(part.all("title")[0].content(), " USD"), ": ")
		drawn[title] = amount
		value := number(amount)
		top, height := number(part.attribute("y")), number(part.attribute("height"))
		bottom := new(big.Rat).Add(top, height)

		if want := new(big.Rat).Mul(value, unit); !near(height, want.Abs(want)) {
			t.Errorf("%s of %s is %s high, want %s", title, amount, height.FloatString(2), want.FloatString(2))
		}

		// Each part begins where the one before it on its side of zero ends.
		begins, ending := bottom, top
		if value.Sign() < 0 {
			begins, ending = top, bottom
		}

		stack := fmt.Sprint(part.attribute("x"), value.Sign())
		if ends[stack] == nil {
			ends[stack] = zero
		}

		if !near(begins, ends[stack]) {
			t.Errorf("%s of %s begins at %s, want %s", title, amount, begins.FloatString(2), ends[stack].FloatString(2))
		}

		ends[stack] = ending
		parts++
	}

	if parts == 0 {
		t.Error("nothing is drawn")
	}

	// Where there are more than eight services, the picture adds up all but the
	// seven that cost most.
	apart := len(rows)
	if apart > 8 {
		apart = 7
	}

	for m, month := range recentMonths() {
		others := new(big.Rat)

		for i, row := range rows {
			if i >= apart {
				others.Add(others, number(row[m+1]))

				continue
			}

			amount, there := drawn[month+", "+row[0]]
			if amount != row[m+1] && (there || row[m+1] != "0.00") {
				t.Errorf("%s in %s: drawn as %q, the table has %s", row[0], month, amount, row[m+1])
			}
		}

		if amount := drawn[fmt.Sprintf("%s, %d other services", month, len(rows)-apart)]; others.Sign() != 0 &&
			amount != paged(t, others.FloatString(8), 2) {
			t.Errorf("other services in %s: drawn as %q, want %s", month, amount, others.FloatString(2))
		}
	}
}

// reportsResources compares the ten resources with the simulator's own ledger.
func reportsResources(t *testing.T, w *world, page *element) {
	t.Helper()

	entries, err := w.Ledger("resource")
	if err != nil {
		t.Fatal(err)
	}

	slices.SortFunc(entries, func(a, b bsssim.LedgerEntry) int {
		return rational(t, string(b.Consume)).Cmp(rational(t, string(a.Consume)))
	})

	decimals := 2

	for _, entry := range entries[:10] {
		_, fraction, _ := strings.Cut(paged(t, string(entry.Consume), 2), ".")
		decimals = max(decimals, len(fraction))
	}

	var want [][]string
	for _, entry := range entries[:10] {
		want = append(want, []string{entry.ResourceID, paged(t, string(entry.Consume), decimals)})
	}

	var got [][]string

	named := false

	for _, row := range page.byID("resource-table").rows()[1:] {
		got = append(got, []string{row[1], row[3]})
		named = named || row[0] == namedToBreakPages
	}

	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resources: %s", diff)
	}

	if !named {
		t.Errorf("the name %q is not among %v", namedToBreakPages, page.byID("resource-table").rows())
	}

	all, err := w.Ledger()
	if err != nil || len(all) != 1 {
		t.Fatal(len(all), err)
	}

	if got, want := page.byID("lines").content(), paged(t, string(all[0].Consume), 2); got != want {
		t.Errorf("all lines are %s, the ledger has %s", got, want)
	}

	var widths []string
	for _, bar := range page.byID("resources").all("rect") {
		widths = append(widths, bar.attribute("width"))
	}

	// Bars are as long as amounts are large.
	for i, width := range widths {
		expected := new(big.Rat).Quo(rational(t, string(entries[i].Consume)), rational(t, string(entries[0].Consume)))
		expected.Mul(expected, rational(t, widths[0]))

		if difference := expected.Sub(expected, rational(t, width)); difference.Abs(difference).Cmp(big.NewRat(1, 20)) > 0 {
			t.Errorf("bar %d is %s wide", i, width)
		}
	}

	if len(widths) != 10 {
		t.Errorf("%d bars", len(widths))
	}
}

func reportsModes(t *testing.T, page *element, read state) {
	t.Helper()

	names := map[string]string{
		"yearly_monthly":    "Prepaid (yearly/monthly)",
		"pay_per_use":       "Pay-per-use",
		"reserved_instance": "Reserved instances",
	}
	total := rational(t, read["total.consume_amount"])

	var (
		want    [][]string
		prepaid string
	)

	for _, group := range read.groups() {
		share := new(big.Rat).Quo(rational(t, read[group+"consume_amount"]), total)
		text := share.Mul(share, big.NewRat(100, 1)).FloatString(1) + " %"
		want = append(want, []string{names[read[group+"charge_mode"]], paged(t, read[group+"consume_amount"], 2), text})

		if read[group+"charge_mode"] == "yearly_monthly" {
			prepaid = text
		}
	}

	if diff := cmp.Diff(want, page.byID("mode-table").rows()[1:]); diff != "" || len(want) != 3 {
		t.Errorf("charge modes: %s", diff)
	}

	if got := page.byID("prepaid").content(); got != prepaid {
		t.Errorf("%s is prepaid, want %s", got, prepaid)
	}
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
}
