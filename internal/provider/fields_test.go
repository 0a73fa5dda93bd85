// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// effect is what comes of another value of a field of an answer. An effect that is
// greater counts where several data sources read the same operation.
type effect int

const (
	// effectNone: the same is read.
	effectNone effect = iota
	// effectError: an error.
	effectError
	// effectShown: another state, without an error.
	effectShown
)

// leftOut are fields that no attribute shows, and why.
type leftOut struct {
	Reason string `json:"reason"`
	// Checked: a value that is not as it has to be is an error.
	Checked bool `json:"checked"`
	// Fields are paths by operation, without the numbers of rows.
	Fields map[string][]string `json:"fields"`
}

// filledRead is how a data source reads the filled answers so that it shows all it can.
type filledRead struct {
	arguments tree
	// fixed are values without which the answers do not fit the arguments or each
	// other, by operation and path.
	fixed map[string]tree
}

// The order of the filled answers about one, and the account that is read.
const (
	filledOrder   = "CS2603010805003"
	filledAccount = "d1"
)

// filledReads has the ways to read each data source that needs arguments or more than
// one way.
func filledReads() map[string][]filledRead {
	with := func(arguments tree, fixed map[string]tree) []filledRead {
		return []filledRead{{arguments: arguments, fixed: fixed}}
	}
	order := with(tree{"order_id": filledOrder}, nil)
	price := func(operation string, more tree) []filledRead {
		arguments := maps.Clone(quotes()["bss_"+operation])
		arguments["products"] = tree{"id-8": tree{"ecs": tree{"flavor": "s6.large.2", "os": "linux"}}}

		return with(arguments, map[string]tree{"get_" + operation: more})
	}
	bill := func(more tree) []filledRead {
		arguments := tree{"month_begin": "2026-03"}
		maps.Copy(arguments, more)

		return with(arguments, nil)
	}
	costs := tree{"granularity": "day", "begin": "2026-03-01", "end": "2026-03-31", "group_by": []string{"service_type"}}
	renewal := func(id string) tree {
		return tree{
			"resource_ids": []string{id}, "period_unit": "month", "period": 1, "allow_failures": true, "include_associated": true,
		}
	}

	return map[string][]filledRead{
		"bss_account_change_records":          with(tree{"account_type": "balance"}, nil),
		"bss_enterprise_retrievable_amounts":  with(tree{"account_type": "credit", "member_id": "id-1"}, nil),
		"bss_enterprise_retrievable_coupons":  with(tree{"member_id": "id-1"}, nil),
		"bss_enterprise_transferable_amounts": with(tree{"account_type": "credit"}, nil),
		"bss_on_demand_price":                 price("on_demand_price", nil),
		"bss_order":                           order,
		"bss_order_coupons":                   order,
		"bss_order_discounts":                 order,
		"bss_order_refunds":                   order,
		"bss_orders":                          with(tree{"include_deadlines": true}, nil),
		"bss_period_price": price("period_price", tree{
			"optional_discount_rating_results.product_rating_results.id": "id-8",
		}),
		typePriceComparison: price("price_comparison", nil),
		typeBudgetStatus:    with(tree{"budget": 100, "month": "2026-03"}, nil),
		// Where a resource has no price, all of them together have none. An answer may also
		// hold resources that are associated with those of the arguments.
		"bss_renewal_price": {
			{arguments: renewal("resource_id-4"), fixed: map[string]tree{"get_renewal_price": {"fail_resource_infos": []any{}}}},
			{arguments: renewal("resource_id-4")},
			{arguments: renewal("resource_id-25")},
		},
		typeRenewalForecast: with(nil, map[string]tree{"list_resources": {"data.is_main_resource": 1}}),
		"bss_resource":      with(tree{"resource_id": "resource_id-3"}, nil),
		"bss_resource_package_usage_records": with(
			tree{"deduct_date_begin": "2026-01-01", "deduct_date_end": "2026-01-31"}, nil,
		),
		"bss_resource_package_usages": with(nil, map[string]tree{
			"list_package_usages": {"free_resources.free_resource_id": "free_resource_id-18"},
		}),
		"bss_resource_specs": with(tree{
			"service_type_code": "cloud_service_type-4", "resource_type_code": "resource_type-6", "region_code": "region_code-11",
			"charge_mode": "yearly_monthly",
		}, map[string]tree{"list_resource_specs": {"page_info.next_marker": ""}}),
		"bss_service_resources": with(tree{"service_type_code": "service_type_code-1"}, nil),
		"bss_usage95_summary":   with(lineOfDemo(), nil),
		"bss_usage95_details":   with(pointsOfDemo(), nil),
		"bss_invoices":          with(tree{"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-12-31T00:00:00Z"}, nil),
		// What a row says that its costs add up to is held against them.
		typeCosts: {
			{arguments: costs, fixed: map[string]tree{"list_costs": {
				"cost_data.amount_by_costs": nil, "cost_data.official_amount_by_costs": nil,
			}}},
			{arguments: costs},
		},
		typeCostBreakdown:      bill(nil),
		typeFeeRecords:         bill(nil),
		typeMonthlyBills:       bill(nil),
		typeResourceFeeRecords: bill(tree{"statistic_type": "detail"}),
		typeResourceRecords:    bill(tree{"statistic_type": "detail"}),
	}
}

// describedOperation is an operation of operations.json.
type describedOperation struct {
	Name     string   `json:"name"`
	Path     string   `json:"path"`
	Sites    []string `json:"sites"`
	Response []field  `json:"response"`
}

// describedOperations are the operations of operations.json by their names.
func describedOperations(t *testing.T) map[string]describedOperation {
	t.Helper()

	var all []describedOperation

	decodeFile(t, filepath.Join("..", "bsssim", "operations.json"), &all)

	byName := map[string]describedOperation{}
	for _, operation := range all {
		byName[operation.Name] = operation
	}

	return byName
}

func decodeFile(t *testing.T, name string, into any) {
	t.Helper()

	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}

	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()

	if err := decoder.Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// leavesOf are the paths of the fields that hold a value, without the numbers of rows.
func leavesOf(prefix string, fields []field) []string {
	var all []string

	for _, part := range fields {
		inner := part.Fields
		if part.Items != nil {
			inner = append(slices.Clone(inner), part.Items.Fields...)
		}

		if len(inner) == 0 {
			all = append(all, prefix+part.Name)
		}

		all = append(all, leavesOf(prefix+part.Name+".", inner)...)
	}

	return all
}

// filled is the recorded answer of an operation in which every field has a value.
func filled(t *testing.T, operation string) any {
	t.Helper()

	var answer any

	decodeFile(t, filepath.Join("..", "bssapi", "testdata", operation, "filled.json"), &answer)

	return answer
}

// changeField changes the value at a path in every row, and says whether there is one.
func changeField(value any, path string, change func(any) any) bool {
	name, rest, deeper := strings.Cut(path, ".")
	found := false

	switch value := value.(type) {
	case []any:
		for _, row := range value {
			found = changeField(row, path, change) || found
		}
	case tree:
		part, there := value[name]

		switch {
		case deeper:
			return changeField(part, rest, change)
		case there:
			value[name] = change(part)
		}

		return there
	}

	return found
}

// othersOf are other values that a field could have: a number and a code that nobody
// knows yet, both values of a flag, another time, text or currency.
func othersOf(value any) []any {
	var others []any

	switch value := value.(type) {
	case bool:
		return []any{!value}
	case []any:
		return []any{[]any{"other"}}
	case json.Number:
		others = []any{json.Number("987"), json.Number("0"), json.Number("1")}
	case string:
		if currency := strings.ToUpper(value); len(value) == len("CNY") && value == currency && !json.Valid([]byte(value)) {
			others = append(others, "JPY")
		}

		for _, layout := range []string{time.RFC3339, time.DateOnly, bssapi.MonthLayout} {
			if at, err := time.Parse(layout, value); err == nil {
				others = append(others, at.AddDate(0, 1, 1).Format(layout))
			}
		}

		if json.Valid([]byte(value)) {
			others = append(others, "987", "0", "1")
		}

		others = append(others, value+"-other")
	}

	return slices.DeleteFunc(others, func(other any) bool { return other == value })
}

// swapped is an answer that is swapped while a server gives it.
type swapped struct{ body atomic.Value }

func (c *swapped) MarshalJSON() ([]byte, error) { return json.Marshal(c.body.Load()) }

// filledReader reads one data source from answers that are changed in one field.
type filledReader struct {
	server    tfprotov6.ProviderServer
	schemas   *tfprotov6.GetProviderSchemaResponse
	name      string
	arguments attributes
	documents map[string]*swapped
}

func (r *filledReader) read(t *testing.T) (state, string) {
	t.Helper()

	// Nothing is kept of an earlier read, as in another process.
	typ := r.schemas.Provider.ValueType()

	configured, err := r.server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.11.4", Config: dynamic(t, typ, objectOf(t, typ, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}

	if diags := diagnostics(configured.Diagnostics); diags.failed() {
		t.Fatal(diags)
	}

	read, diags := readFrom(t, r.server, r.schemas, r.name, r.arguments)
	delete(read, "as_of")

	return read, diags.String()
}

// answerPath is where an operation is called, about what is in its filled answer.
func answerPath(operation describedOperation) string {
	return strings.NewReplacer("{order_id}", filledOrder, "{domain_id}", filledAccount).Replace(operation.Path)
}

// effects changes each field of each operation that the data source calls, by itself.
func effects(t *testing.T, name string, note func(operation, path string, is effect)) {
	t.Helper()

	operations, ways := describedOperations(t), filledReads()[name]
	if ways == nil {
		ways = []filledRead{{}}
	}

	site := "china"

	for operation := range catalog.CallsOf()[name] {
		if !slices.Contains(operations[operation].Sites, "cn") {
			site = "international"
		}
	}

	for _, way := range ways {
		answer := func(operation string) any {
			body := filled(t, operation)

			for path, value := range way.fixed[operation] {
				if !changeField(body, path, func(any) any { return value }) {
					t.Errorf("%s has no %s", operation, path)
				}
			}

			return body
		}

		documents := map[string]any{"/v3/auth/domains": tree{"domains": []any{tree{"id": filledAccount, "name": "demo"}}}}
		answers := map[string]*swapped{}

		for operation := range catalog.CallsOf()[name] {
			at := answerPath(operations[operation])
			answers[at] = &swapped{}
			answers[at].body.Store(answer(operation))
			documents[at] = answers[at]
		}

		server, schemas, diags := configured(t, answering(t, site, documents), nil)
		if diags.failed() {
			t.Fatal(diags)
		}

		r := &filledReader{
			server: server, schemas: schemas, name: name, documents: answers, arguments: configuration(t, name, way.arguments),
		}

		want, said := r.read(t)
		if want == nil {
			t.Fatalf("the filled answers are not read; give filledReads its arguments: %s", said)
		}

		if again, _ := r.read(t); !maps.Equal(want, again) {
			t.Fatal("the same answers are not read the same")
		}

		for operation := range catalog.CallsOf()[name] {
			for _, path := range leavesOf("", operations[operation].Response) {
				if !changeField(filled(t, operation), path, func(value any) any { return value }) {
					t.Errorf("internal/bssapi/testdata/%s/filled.json lacks %s: fill it", operation, path)
				}

				note(operation, path, r.effect(t, answerPath(operations[operation]), path, func() any { return answer(operation) }, want))
			}
		}
	}
}

// effect is the greatest that another value of a field has.
func (r *filledReader) effect(t *testing.T, at, path string, answer func() any, want state) effect {
	t.Helper()

	unchanged, greatest := answer(), effectNone
	defer func() { r.documents[at].body.Store(unchanged) }()

	var others []any

	changeField(answer(), path, func(value any) any {
		others = othersOf(value)

		return value
	})

	for _, other := range others {
		changed := answer()
		changeField(changed, path, func(any) any { return other })
		r.documents[at].body.Store(changed)

		switch got, _ := r.read(t); {
		case got == nil:
			greatest = effectError
		case !maps.Equal(want, got):
			return effectShown
		}
	}

	return greatest
}

// TestFieldsReachAttributes holds which fields of the answers no data source shows:
// those of testdata/fields_left_out.json, each with its reason, and no other. A field
// that several data sources read has to be shown by one of them.
func TestFieldsReachAttributes(t *testing.T) {
	t.Parallel()

	readsMuch(t)

	var (
		mutex sync.Mutex
		found = map[string]map[string]effect{}
	)

	schemas, _ := surface(t)

	t.Run("read", func(t *testing.T) {
		for _, name := range slices.Sorted(maps.Keys(schemas.DataSourceSchemas)) {
			t.Run(name, func(t *testing.T) {
				t.Parallel()

				effects(t, name, func(operation, path string, is effect) {
					mutex.Lock()
					defer mutex.Unlock()

					if found[operation] == nil {
						found[operation] = map[string]effect{}
					}

					found[operation][path] = max(found[operation][path], is)
				})
			})
		}
	})

	if t.Failed() {
		return
	}

	const list = "testdata/fields_left_out.json"

	var left []leftOut

	decodeFile(t, list, &left)

	for _, entry := range left {
		if strings.TrimSpace(entry.Reason) == "" {
			t.Errorf("%s: say why no attribute shows %v", list, entry.Fields)
		}

		for operation, paths := range entry.Fields {
			for _, path := range paths {
				is, there := found[operation][path]

				switch {
				case !there:
					t.Errorf("%s: no data source reads a field %s of %s, or it stands here twice: take it out", list, path, operation)
				case is == effectShown:
					t.Errorf("%s: an attribute shows %s of %s: take it out", list, path, operation)
				case (is == effectError) != entry.Checked:
					t.Errorf("%s: checked has to be %t for %s of %s: that is whether another value is an error",
						list, is == effectError, path, operation)
				}

				delete(found[operation], path)
			}
		}
	}

	for _, operation := range slices.Sorted(maps.Keys(found)) {
		for _, path := range slices.Sorted(maps.Keys(found[operation])) {
			if is := found[operation][path]; is != effectShown {
				t.Errorf("no attribute shows %s of %s (checked: %t): add one, or write the reason into %s",
					path, operation, is == effectError, list)
			}
		}
	}
}

// TestQueriesHaveDataSources: a data source makes each query that the simulator answers,
// but for those of testdata/queries_left_out.json, each with its reason.
func TestQueriesHaveDataSources(t *testing.T) {
	t.Parallel()

	const list = "testdata/queries_left_out.json"

	left := map[string]string{}
	decodeFile(t, list, &left)

	schemas, _ := surface(t)
	made := map[string]string{}

	for name := range schemas.DataSourceSchemas {
		for operation := range catalog.CallsOf()[name] {
			made[operation] = name
		}
	}

	for _, query := range newWorld(t, bsssim.Options{}).Queries() {
		reason, there := left[query]
		delete(left, query)

		switch by := made[query]; {
		case by == "" && !there:
			t.Errorf("no data source makes %s: add one, or write the reason into %s", query, list)
		case by != "" && there:
			t.Errorf("%s: %s makes %s: take it out", list, by, query)
		case there && strings.TrimSpace(reason) == "":
			t.Errorf("%s: say why no data source makes %s", list, query)
		}
	}

	for query := range left {
		t.Errorf("%s: %s is no query that the simulator answers: take it out", list, query)
	}
}
