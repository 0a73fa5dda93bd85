// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// brokenNames are names of resources, by their ids, that would break a page.
var brokenNames = map[string]string{
	"hostile":   `<b>"R&D"</b> </table> \" \u003c ${x} %{ if }`,
	"backwards": "\u202eشركة الخوادم",
	"long":      strings.Repeat("a-name-without-a-space-", 12),
}

// report is what the stack makes, as Terraform prints it, and the calls that it took.
type report struct {
	html    string
	page    *element
	records [][]string
	calls   map[string]int
}

func costReport(t *testing.T, w *world, arguments ...string) *report {
	t.Helper()

	c := stackCLI(t, w, "cost-report")
	before := len(w.calls())
	args := []string{"apply", "-no-color", "-input=false", "-auto-approve"}

	for _, argument := range arguments {
		args = append(args, "-var="+argument)
	}

	if output := c.ok(args...); strings.Contains(output, "<html") || strings.Contains(output, "service_type_code") {
		t.Errorf("the apply prints the report: %s", output)
	}

	made := &report{calls: map[string]int{}}
	for _, call := range w.calls()[before:] {
		made.calls[call]++
	}

	if w.mutations() > 0 {
		t.Errorf("a report has changed something: %v", w.calls())
	}

	_, made.html, _ = strings.Cut(c.ok("output", "-raw", "html"), "<!DOCTYPE html>")
	made.html = "<!DOCTYPE html>" + made.html
	made.page = parsePage(t, made.html)

	var err error
	if made.records, err = csv.NewReader(strings.NewReader(c.ok("output", "-raw", "csv"))).ReadAll(); err != nil {
		t.Fatal(err)
	}

	return made
}

// reportWorlds are worlds with the arguments of their reports.
var reportWorlds = map[string]func(t *testing.T) (*world, []string){
	"a master": masterWorld,
	"a year": func(t *testing.T) (*world, []string) {
		t.Helper()

		return yearWorld(t), []string{"last_month=2026-02", "months=12"}
	},
	"refunds alone": refundWorld,
	"nothing": func(t *testing.T) (*world, []string) {
		t.Helper()

		return newWorld(t, bsssim.Options{}), nil
	},
}

// masterWorld has members, refunds, renewals, and names that would break a page.
func masterWorld(t *testing.T) (*world, []string) {
	t.Helper()

	w := newWorld(t, bsssim.Options{Seed: "demo", Generate: bsssim.Generate{BillLines: 2000, Members: 3}})

	for id, name := range brokenNames {
		w.console("add_usage", map[string]any{
			"hourly_price": "4321.56789012", "since": "-26h", "until": "-2h", "resource_id": id, "name": name,
			"service_type_code": "hws.service.type.cce", "tags": map[string]string{"team": "<i>&x"},
		})
	}

	w.console("add_usage", map[string]any{"hourly_price": "0.5", "since": "-26h", "until": "-2h", "service_type_code": "hws.service.type.nat"})
	refund(w, "20000.50")
	w.console("set_expire_policy", map[string]any{"resource_id": demoID(6), "policy": 3})

	return w, []string{"last_month=" + recentMonths()[2], "tag=team", "budget=70000"}
}

// yearWorld has bills from January 2025 to February 2026, which is not final.
func yearWorld(t *testing.T) *world {
	t.Helper()

	w := newWorld(t, bsssim.Options{Site: "europe", Now: time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)})

	for i, since := range []string{"2025-01-20", "2025-03-10", "2025-07-01", "2025-12-31"} {
		w.console("add_usage", map[string]any{
			"hourly_price": fmt.Sprintf("%d.1234567", 1+i*i), "settlement": "day", "since": since + "T00:00:00+08:00",
			"until": "2026-02-20T00:00:00+08:00", "service_type_code": []string{"hws.service.type.ec2", "hws.service.type.ebs"}[i%2],
		})
	}

	return w
}

// refundWorld has a refund of this month, and nothing else.
func refundWorld(t *testing.T) (*world, []string) {
	t.Helper()

	w := newWorld(t, bsssim.Options{})
	refund(w, "100.25")

	return w, []string{"months=1", "budget=50"}
}

// monthsThrough are months of bills, the last one named.
func monthsThrough(t *testing.T, last string, count int) []string {
	t.Helper()

	end, err := time.Parse(bssapi.MonthLayout, last)
	if err != nil {
		t.Fatal(err)
	}

	return billingMonths{end.AddDate(0, 1-count, 0), end}.cycles()
}

func monthName(t *testing.T, month, layout string) string {
	t.Helper()

	at, err := time.Parse(bssapi.MonthLayout, month)
	if err != nil {
		t.Fatal(err)
	}

	return at.Format(layout)
}

// reported is what a report is about, and what the ledger says of it.
type reported struct {
	t      *testing.T
	w      *world
	page   *element
	months []string
	// running is the month that is not over, if it is among them.
	running string
	// open is one that is over, and can still change.
	open   string
	budget *big.Rat

	// rows are the bills of the months, and all those of the account.
	rows, all []ledgerRow
	lines     []ledgerRow
	names     map[string]string
}

func newReported(t *testing.T, w *world, page *element, months []string) *reported {
	t.Helper()

	r := &reported{t: t, w: w, page: page, months: months, all: billedRows(t, w), lines: lineRows(t, w, months)}

	for _, row := range r.all {
		if slices.Contains(months, row.month) {
			r.rows = append(r.rows, row)
		}
	}

	read := mustRead(t, w, "bss_service_types", nil)
	r.names = map[string]string{
		"yearly_monthly": "Prepaid (yearly/monthly)", "pay_per_use": "Pay-per-use", "reserved_instance": "Reserved instances",
		"null": "No enterprise project", "0": "default", "6e1c0000-51a0-4000-8000-000000000001": "production",
		"": "Without the tag", w.World().CustomerID: "demo-user",
	}

	for i := 0; ; i++ {
		prefix := fmt.Sprintf("service_types.%d.", i)
		if read[prefix+"service_type_code"] == "" {
			break
		}

		r.names[read[prefix+"service_type_code"]] = read[prefix+"service_type_name"]
	}

	if enterprise := w.World().Enterprise; enterprise != nil {
		for _, member := range enterprise.Members {
			r.names[member.ID] = member.Name
		}
	}

	return r
}

func (r *reported) name(code string) string {
	if name := r.names[code]; name != "" {
		return name
	}

	return code
}

// netted is what is one amount in the bills by service.
func netted(row ledgerRow) string { return row.month + row.service + row.mode + row.kind }

// monthSum is what a month cost, which the report may not be about.
func (r *reported) monthSum(month string) *reportSum {
	for _, sum := range sumsBy(r.all, func(row ledgerRow) string { return row.month }, netted) {
		if sum.key == month {
			return sum
		}
	}

	return newReportSum(month)
}

func (r *reported) monthBefore(month string) string { return monthsThrough(r.t, month, 2)[0] }

// columns are the cells that a table has where it has refunds, and elsewhere.
func (r *reported) apart(sum, total *reportSum) []string {
	if total.refunds.Sign() == 0 {
		return []string{shownAmount(r.t, sum.net)}
	}

	return []string{shownAmount(r.t, sum.charges), shownAmount(r.t, sum.refunds), shownAmount(r.t, sum.net)}
}

// wantMonths compares the table of months, and the bars in it.
func (r *reported) wantMonths() {
	r.t.Helper()

	var sums []*reportSum
	for _, month := range r.months {
		sums = append(sums, r.monthSum(month))
	}

	total := totalOf(sums)
	rounded := slices.ContainsFunc(sums, func(sum *reportSum) bool { return shownAmount(r.t, sum.rounding) != "0.00" })
	cells := func(sum *reportSum) []string {
		cells := []string{shownAmount(r.t, sum.list), shownAmount(r.t, sum.discount)}
		if rounded {
			cells = append(cells, shownAmount(r.t, sum.rounding))
		}

		return append(cells, r.apart(sum, total)...)
	}

	var want [][]string

	for _, sum := range sums {
		row := append([]string{monthName(r.t, sum.key, "January 2006"), ""}, cells(sum)...)

		if sum.key == r.running {
			yesterday := r.w.Now().Add(-24 * time.Hour).In(bssapi.BillingZone)

			row[1] = "so far, through " + yesterday.Format("2 January 2006")
			if yesterday.Format(bssapi.MonthLayout) != r.running {
				row[1] = "no day is billed yet"
			}

			row = append(row, "–")
		} else {
			if sum.key == r.open {
				row[1] = "not final yet"
			}

			row = append(row, change(r.t, r.monthSum(r.monthBefore(sum.key)).net, sum.net))
		}

		if r.budget != nil {
			used := percent(sum.net, r.budget)
			if sum.net.Cmp(r.budget) > 0 {
				used += ", over"
			}

			row = append(row, used)
		}

		want = append(want, row)
	}

	if len(sums) > 1 {
		row := append(append([]string{"Total", ""}, cells(total)...), "")
		if r.budget != nil {
			row = append(row, "")
		}

		want = append(want, row)
	}

	if diff := gocmp.Diff(want, r.page.byID("months").bodyRows()); diff != "" {
		r.t.Errorf("months: %s", diff)
	}

	r.wantBars(sums)
}

// wantBars compares the bars of the months with their figures: all parts are drawn to one
// scale, from one zero.
func (r *reported) wantBars(sums []*reportSum) {
	r.t.Helper()

	services := map[string]string{}

	for _, entry := range r.page.all("li") {
		key := entry.all("span")[0]
		services[strings.TrimPrefix(key.attribute("class"), "key ")] = entry.all("bdi")[0].content()
	}

	charged := map[string]*big.Rat{}

	for _, row := range sumsBy(r.rows, func(row ledgerRow) string { return row.month + " " + row.service }, netted) {
		month, service, _ := strings.Cut(row.key, " ")

		name := r.name(service)
		if !slices.Contains(slices.Collect(maps.Values(services)), name) {
			name = services["part-0"]
		}

		if charged[month+name] == nil {
			charged[month+name] = new(big.Rat)
		}

		charged[month+name].Add(charged[month+name], row.charges)
	}

	type drawing struct {
		what          string
		amount, width float64
	}

	var drawings []drawing

	zero := -1.0
	// Widths have three decimals.
	near := func(a, b float64) bool { return max(a-b, b-a) < 0.005 }
	drawn := func(what string, amount *big.Rat, width float64) {
		value, _ := amount.Float64()
		drawings = append(drawings, drawing{what, value, width})
	}

	var pictures []*element

	for _, row := range r.page.byID("months").all("tr") {
		if row.attribute("class") == "picture" {
			pictures = append(pictures, row)
		}
	}

	if len(pictures) != len(sums) {
		r.t.Fatalf("%d bars of %d months", len(pictures), len(sums))
	}

	for i, sum := range sums {
		gap, refunds, parts := 0.0, 0.0, new(big.Rat)

		for _, part := range pictures[i].all("span")[0].all("span") {
			_, text, _ := strings.Cut(strings.TrimSuffix(part.attribute("style"), "%"), ": ")
			width, _ := strconv.ParseFloat(text, 64)

			switch class := part.attribute("class"); class {
			case "gap":
				gap = width
			case "refund":
				refunds = width
				drawn("the refund", new(big.Rat).Neg(sum.refunds), width)
			case "zero":
			case "budget":
				drawn("the budget", new(big.Rat).Sub(r.budget, sum.refunds), width-zero)
			default:
				amount := charged[sum.key+services[class]]
				if services[class] == "" || amount == nil {
					r.t.Fatalf("part %s of %s is no service of the legend: %v", class, sum.key, services)
				}

				parts.Add(parts, amount)
				drawn(services[class], amount, width)
			}

			if class := part.attribute("class"); class == "zero" {
				if zero < 0 {
					zero = gap + refunds
				}

				if !near(gap+refunds, zero) {
					r.t.Errorf("zero of %s is at %f, not at %f", sum.key, gap+refunds, zero)
				}
			}
		}

		if parts.Cmp(sum.charges) != 0 {
			r.t.Errorf("%s of %s are drawn in %s", parts.FloatString(2), sum.charges.FloatString(2), sum.key)
		}
	}

	widest := slices.MaxFunc(drawings, func(a, b drawing) int { return cmp.Compare(a.width, b.width) })
	for _, one := range drawings {
		if want := one.amount / widest.amount * widest.width; !near(one.width, want) {
			r.t.Errorf("%s of %f is %f wide, want %f", one.what, one.amount, one.width, want)
		}
	}
}

// wantServices compares the table of services.
func (r *reported) wantServices() {
	r.t.Helper()

	sums := sumsBy(r.rows, func(row ledgerRow) string { return row.service }, netted)
	total := totalOf(sums)
	late := r.months[max(0, len(r.months)-3):]
	whole := slices.DeleteFunc(slices.Clone(r.months), func(month string) bool { return month == r.running })
	in := func(service, month string) *big.Rat {
		sum := new(big.Rat)

		for _, row := range r.all {
			if row.month == month && (service == "" || row.service == service) {
				sum.Add(sum, row.amount)
			}
		}

		return sum
	}
	early := func(service string) []string {
		var cells []string

		if len(r.months) > 1 {
			for _, month := range late {
				cells = append(cells, shownAmount(r.t, in(service, month)))
			}
		}

		if len(whole) > 0 {
			last := whole[len(whole)-1]
			cells = append(cells, change(r.t, in(service, r.monthBefore(last)), in(service, last)))
		}

		return cells
	}

	var want [][]string

	for _, sum := range sums {
		row := append([]string{r.name(sum.key), ""}, early(sum.key)...)
		want = append(want, append(append(row, r.apart(sum, total)...), r.share(sum, total)))
	}

	row := append([]string{"Total", ""}, early("")...)
	want = append(want, append(append(row, r.apart(total, total)...), ""))

	if diff := gocmp.Diff(want, r.page.byID("services").bodyRows()); diff != "" {
		r.t.Errorf("services: %s", diff)
	}
}

func (r *reported) share(sum, total *reportSum) string {
	if total.charges.Sign() == 0 {
		return "–"
	}

	return percent(sum.charges, total.charges)
}

// wantParts compares another table. Rows beyond most are added up in the last one.
func (r *reported) wantParts(id string, sums []*reportSum, most int, name func(key string) []string) {
	r.t.Helper()

	total := totalOf(sums)

	var want [][]string
	for _, sum := range sums[:min(most, len(sums))] {
		want = append(want, append(append(name(sum.key), r.apart(sum, total)...), r.share(sum, total)))
	}

	if rest := sums[min(most, len(sums)):]; len(rest) > 0 {
		sum := totalOf(rest)
		want = append(want, append(append([]string{fmt.Sprintf("%d others", len(rest)), ""}, r.apart(sum, total)...), r.share(sum, total)))
	}

	want = append(want, append(append([]string{"Total", ""}, r.apart(total, total)...), ""))

	table := r.page.byID(id)
	if table == nil {
		r.t.Fatalf("the page has no table %s", id)
	}

	if diff := gocmp.Diff(want, table.bodyRows()); diff != "" {
		r.t.Errorf("%s: %s", id, diff)
	}
}

// wantAll compares all tables but that of tags, and the facts.
func (r *reported) wantAll() {
	r.t.Helper()

	r.wantMonths()
	r.wantServices()

	r.wantParts("modes", sumsBy(r.rows, func(row ledgerRow) string { return row.mode }, netted), 100,
		func(key string) []string { return []string{r.name(key), ""} })

	line := func(row ledgerRow) string {
		return row.service + " " + row.resource + " " + row.project + row.kind + row.tag
	}
	r.wantParts("projects", sumsBy(r.lines, func(row ledgerRow) string { return row.project }, line), 100, func(key string) []string {
		if key == "null" || key == "0" {
			return []string{r.name(key), ""}
		}

		return []string{r.name(key), key}
	})
	r.wantParts("resources", sumsBy(r.lines, func(row ledgerRow) string { return row.service + " " + row.resource }, line), 10,
		func(key string) []string {
			service, id, _ := strings.Cut(key, " ")
			if number, generated := strings.CutPrefix(id, "used-"); generated {
				return []string{"generated-" + number, r.name(service) + ", " + id}
			}

			if r.names[id] == "" {
				return []string{id, r.name(service)}
			}

			return []string{r.name(id), r.name(service) + ", " + id}
		})

	total := totalOf(sumsBy(r.rows, func(row ledgerRow) string { return row.month }, netted))
	lines := totalOf(sumsBy(r.lines, func(ledgerRow) string { return "" }, line))
	facts := r.page.byID("facts")

	texts := map[string]string{}
	for _, fact := range facts.all("div") {
		texts[fact.all("dt")[0].content()] = fact.all("dd")[0].content()
	}

	currency := mustRead(r.t, r.w, typeMonthlyBills, attributes{
		"month_begin": str(r.months[0]), "month_end": str(r.months[len(r.months)-1]),
	})["currency"]

	want := map[string]string{"Net cost": shownAmount(r.t, total.net) + " " + currency}
	listed := "List price"

	if total.refunds.Sign() < 0 {
		want["Charges"], want["Refunds"] = shownAmount(r.t, total.charges), shownAmount(r.t, total.refunds)
		listed = "List price, less refunds"
	}

	if total.discount.Sign() != 0 {
		want[listed] = shownAmount(r.t, total.list)
		want["Discounts"] = shownAmount(r.t, total.discount) + " (" + percent(total.discount, total.list) + ")"
	}

	if whole := slices.DeleteFunc(slices.Clone(r.months), func(month string) bool { return month == r.running }); len(whole) > 0 {
		last := whole[len(whole)-1]
		before := r.monthBefore(last)
		want[monthName(r.t, last, "January 2006")+" against "+monthName(r.t, before, "January 2006")] = change(
			r.t, r.monthSum(before).net, r.monthSum(last).net,
		)
	}

	if diff := gocmp.Diff(want, texts); diff != "" {
		r.t.Errorf("facts: %s", diff)
	}

	// That lines add up to something else is said where it is so.
	said := strings.Contains(r.page.content(), "The lines of the bills add up to "+shownAmount(r.t, lines.net)+" "+currency)
	if differ := shownAmount(r.t, lines.net) != shownAmount(r.t, total.net); said != differ {
		r.t.Errorf("lines are %s, bills %s: said is %t", shownAmount(r.t, lines.net), shownAmount(r.t, total.net), said)
	}
}

// wantCSV compares the sums of the CSV with the bills.
func (r *reported) wantCSV(records [][]string) {
	r.t.Helper()

	column := func(name string) int { return slices.Index(records[0], name) }
	got := map[string]string{}
	sums := map[string]*big.Rat{}

	for _, record := range records[1:] {
		key := strings.Join([]string{
			record[column("month")], record[column("service_type_code")], record[column("charge_mode")], record[column("bill_type")],
		}, " ")
		if sums[key] != nil {
			r.t.Errorf("two rows of %s", key)
		}

		sums[key] = rational(r.t, record[column("amount")])
		got[key] = sums[key].FloatString(8)

		if partial := record[column("partial")] == "true"; partial != (record[column("month")] == r.running) {
			r.t.Errorf("partial is %t of %s", partial, key)
		}

		left := rational(r.t, record[column("list_price")])
		for _, off := range []string{"discounts", "rounding", "amount"} {
			left.Sub(left, rational(r.t, record[column(off)]))
		}

		if left.Sign() != 0 {
			r.t.Errorf("of the list price of %s, %s is left", key, left.FloatString(8))
		}
	}

	want := map[string]string{}
	for _, sum := range sumsBy(r.rows, func(row ledgerRow) string {
		return strings.Join([]string{row.month, row.service, row.mode, row.kind}, " ")
	}, netted) {
		want[sum.key] = sum.net.FloatString(8)
	}

	if diff := gocmp.Diff(want, got); diff != "" {
		r.t.Errorf("CSV: %s", diff)
	}
}

func testCostReport(t *testing.T) {
	t.Helper()

	t.Run("a master", testReportOfMaster)
	t.Run("a year", testReportOfYear)
	t.Run("refunds alone", testReportOfRefunds)
	t.Run("nothing", testReportOfNothing)
	t.Run("the first day of a month", testReportOfFirstDay)
	t.Run("what cannot be", testReportInput)
}

func testReportOfMaster(t *testing.T) {
	t.Parallel()

	months := recentMonths()
	w, arguments := masterWorld(t)
	made := costReport(t, w, arguments...)
	page := made.page

	// Of each month: two bills and a page of lines; of the month before, one bill; and the
	// daily lines of the last month for the budget.
	if made.calls["get_monthly_sum_bill"] != 2*3+1 || made.calls["list_resource_records"] != 3+1 {
		t.Errorf("calls: %v", made.calls)
	}

	r := newReported(t, w, page, months)
	r.running, r.budget = months[2], big.NewRat(70000, 1)
	maps.Copy(r.names, brokenNames)
	r.wantAll()
	r.wantCSV(made.records)

	r.wantParts("tags", sumsBy(r.lines, func(row ledgerRow) string { return row.tag },
		func(row ledgerRow) string { return row.service + row.resource + row.project + row.kind }), 100,
		func(key string) []string { return []string{r.name(key), ""} })
	r.wantParts("accounts", sumsBy(r.rows, func(row ledgerRow) string { return row.customer },
		func(row ledgerRow) string { return row.kind }), 100, func(key string) []string {
		if key == w.World().CustomerID {
			return []string{r.name(key), key + ", this account"}
		}

		return []string{r.name(key), key}
	})

	year := months[0][:4]

	title := "Cost of " + monthName(t, months[0], "January 2006") + " to " + monthName(t, months[2], "January 2006")
	if months[2][:4] == year {
		title = "Cost of " + monthName(t, months[0], "January") + " to " + monthName(t, months[2], "January 2006")
	}

	if got := page.all("h1")[0].content(); got != title || page.all("title")[0].content() != title {
		t.Errorf("the title is %q, want %q", got, title)
	}

	if got := page.byID("account").content(); !strings.Contains(got, w.World().CustomerID) {
		t.Errorf("the account is %q", got)
	}

	if !strings.Contains(page.content(), monthName(t, months[2], "January 2006")+" is expected to cost") {
		t.Error("no word of what the month is expected to cost")
	}

	reportsRenewals(t, w, page)
}

// reportsRenewals compares what renews and lapses with the forecast, whose own tests hold
// it against the simulator.
func reportsRenewals(t *testing.T, w *world, page *element) {
	t.Helper()

	read := mustRead(t, w, typeRenewalForecast, nil)
	fates := map[string]string{
		"renews": "Renews", "turns_pay_per_use": "Turns pay-per-use", "lapses": "Lapses unless renewed", "expired": "Has expired",
		"frozen": "Is frozen",
	}
	or := func(text string) string { return strings.Replace(text, "null", "–", 1) }

	var want [][]string

	for i := 0; read[fmt.Sprintf("events.%d.resource_id", i)] != ""; i++ {
		row := fmt.Sprintf("events.%d.", i)
		amount := or(read[row+"amount"])

		if amount != "–" {
			amount = paged(t, amount)
		}

		want = append(want, []string{
			read[row+"resource_name"], read[row+"service_type_name"] + ", " + read[row+"resource_id"], read[row+"day"],
			fates[read[row+"fate"]], or(read[row+"paid_through"]), amount,
		})
	}

	total := paged(t, read["total_amount"])
	want = append(want, []string{"All renewals", "", "", "", "", total})

	if diff := gocmp.Diff(want, page.byID("renewals").bodyRows()); diff != "" || len(want) < 5 {
		t.Errorf("renewals: %s", diff)
	}

	for _, text := range []string{" charged: " + total + " USD.", "Balance and credit", "lost unless somebody acts"} {
		if !strings.Contains(page.content(), text) {
			t.Errorf("the page does not say %q", text)
		}
	}
}

func testReportOfYear(t *testing.T) {
	t.Parallel()

	w := yearWorld(t)

	for _, count := range []int{12, 1} {
		made := costReport(t, w, "last_month=2026-02", fmt.Sprintf("months=%d", count), "renewal_days=0")

		if made.calls["get_monthly_sum_bill"] != 2*count+1 || made.calls["list_resource_records"] != count || made.calls["list_resources"] != 0 {
			t.Errorf("calls: %v", made.calls)
		}

		r := newReported(t, w, made.page, monthsThrough(t, "2026-02", count))
		r.open = "2026-02"
		r.wantAll()
		r.wantCSV(made.records)

		want := map[int]string{12: "Cost of March 2025 to February 2026", 1: "Cost of February 2026"}[count]
		if got := made.page.all("h1")[0].content(); got != want {
			t.Errorf("the title is %q, want %q", got, want)
		}

		for _, id := range []string{"renewals", "accounts", "tags"} {
			if made.page.byID(id) != nil {
				t.Errorf("the page has the table %s, which was not asked for", id)
			}
		}
	}
}

func testReportOfRefunds(t *testing.T) {
	t.Parallel()

	w, arguments := refundWorld(t)
	made := costReport(t, w, arguments...)
	r := newReported(t, w, made.page, recentMonths()[2:])
	r.running, r.budget = r.months[0], big.NewRat(50, 1)
	r.wantAll()
	r.wantCSV(made.records)

	// What was refunded is in the list, though nothing was charged for it.
	if rows := made.page.byID("resources").bodyRows(); !slices.Equal(rows[0][2:], []string{"0.00", "-100.25", "-100.25", "–"}) {
		t.Errorf("%v", rows)
	}
}

func testReportOfNothing(t *testing.T) {
	t.Parallel()

	made := costReport(t, newWorld(t, bsssim.Options{}))
	if made.page.byID("empty") == nil || len(made.page.all("table")) != 0 || made.page.byID("facts") != nil {
		t.Errorf("the page of no bills: %s", made.page.content())
	}

	if len(made.records) != 1 {
		t.Errorf("CSV of no bills: %v", made.records)
	}
}

func testReportOfFirstDay(t *testing.T) {
	t.Parallel()

	// Half past six in the morning of UTC+8, when nothing of the month is billed.
	w := newWorld(t, bsssim.Options{Now: time.Date(2026, 2, 28, 22, 30, 0, 0, time.UTC)})
	w.console("add_usage", map[string]any{
		"hourly_price": "2", "settlement": "day", "since": "2026-01-05T00:00:00+08:00", "until": "2026-02-10T00:00:00+08:00",
	})

	page := costReport(t, w, "last_month=2026-03", "months=2").page
	rows := page.byID("months").bodyRows()

	if rows[0][1] != "not final yet" || rows[1][1] != "no day is billed yet" || !strings.Contains(rows[0][len(rows[0])-1], "-66.7\u00a0%") {
		t.Errorf("%v", rows)
	}
}

func testReportInput(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	c := stackCLI(t, w, "cost-report")

	for argument, says := range map[string]string{
		"months=0": "a whole number of months", "months=37": "a whole number of months", "months=1.5": "a whole number of months",
		"last_month=2026-13": "such as 2026-09", "last_month=September": "such as 2026-09", "tag= ": "the key of a tag",
		"budget=0": "an amount above 0", "renewal_days=367": "from 0 to 366", "renewal_days=-1": "from 0 to 366",
	} {
		if code, output := c.run("plan", "-no-color", "-input=false", "-var="+argument); code != 1 || !strings.Contains(output, says) {
			t.Errorf("%s: exit code %d: %s", argument, code, output)
		}
	}
}

// refund makes a service that has cost nothing cost less.
func refund(w *world, amount string) {
	w.console("add_resource", map[string]any{"resource_id": "refunded", "service_type_code": "hws.service.type.obs"})
	w.console("unsubscribe", map[string]any{"resource_id": "refunded", "refund": amount})
}
