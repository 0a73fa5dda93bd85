// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// attributes are those of a configuration.
type attributes map[string]tftypes.Value

// configured is a provider server with this configuration; its diagnostics
// hold what was wrong with it.
func configured(t *testing.T, w *world, config attributes) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse, diagnostics) {
	t.Helper()

	server := w.server()

	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	typ := schemas.Provider.ValueType()
	value := dynamic(t, typ, objectOf(t, typ, config))

	validated, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: value})
	if err != nil {
		t.Fatal(err)
	}

	diags := diagnostics(validated.Diagnostics)
	if diags.failed() {
		return server, schemas, diags
	}

	answer, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: value})
	if err != nil {
		t.Fatal(err)
	}

	return server, schemas, append(diags, answer.Diagnostics...)
}

func dynamic(t *testing.T, typ tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()

	encoded, err := tfprotov6.NewDynamicValue(typ, value)
	if err != nil {
		t.Fatal(err)
	}

	return &encoded
}

// readData reads a data source over the plugin protocol, as a plan does: once.
func readData(t *testing.T, w *world, typeName string, provider, arguments attributes) (state, diagnostics) {
	t.Helper()
	w.serves(typeName)

	server, schemas, diags := configured(t, w, provider)
	if diags.failed() {
		t.Fatal(diags)
	}

	return readFrom(t, server, schemas, typeName, arguments)
}

// readFrom is readData from a provider that is configured.
func readFrom(
	t *testing.T, server tfprotov6.ProviderServer, schemas *tfprotov6.GetProviderSchemaResponse, typeName string, arguments attributes,
) (state, diagnostics) {
	t.Helper()

	schema := schemas.DataSourceSchemas[typeName]
	if schema == nil {
		t.Fatalf("no data source %s", typeName)
	}

	typ := schema.ValueType()
	config := dynamic(t, typ, objectOf(t, typ, arguments))

	if diags := validateData(t, server, typeName, config); diags.failed() {
		return nil, diags
	}

	answer, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
	if err != nil {
		t.Fatal(err)
	}

	if diags := diagnostics(answer.Diagnostics); diags.failed() {
		return nil, diags
	}

	value, err := answer.State.Unmarshal(typ)
	if err != nil {
		t.Fatal(err)
	}

	read := state{}
	read.add(t, "", value)

	return read, answer.Diagnostics
}

func validateData(t *testing.T, server tfprotov6.ProviderServer, typeName string, config *tfprotov6.DynamicValue) diagnostics {
	t.Helper()

	validated, err := server.ValidateDataResourceConfig(
		t.Context(),
		&tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: config},
	)
	if err != nil {
		t.Fatal(err)
	}

	return validated.Diagnostics
}

// mustRead is readData of what has to succeed.
func mustRead(t *testing.T, w *world, typeName string, arguments attributes) state {
	t.Helper()

	read, diags := readData(t, w, typeName, nil, arguments)
	if diags.failed() {
		t.Fatal(diags)
	}

	return read
}

// badArguments are refused at an attribute ("" for none), in words that say why.
type badArguments struct {
	arguments attributes
	at, says  string
}

// refusesArguments reads with bad arguments, which makes no call.
func refusesArguments(t *testing.T, typeName string, tests map[string]badArguments) {
	t.Helper()

	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})

			_, diags := readData(t, w, typeName, nil, test.arguments)
			diags.says(t, test.at, test.says)

			if calls := w.calls(); len(calls) != 0 {
				t.Errorf("calls in spite of the error: %v", calls)
			}
		})
	}
}

// state is every value of an object by its path, such as "orders.0.currency",
// as show writes it. A list is there too, by its length, as "3 elements".
type state map[string]string

func (s state) add(t *testing.T, path string, value tftypes.Value) {
	t.Helper()

	if !value.IsKnown() || value.IsNull() {
		s[path] = show(value)

		return
	}

	switch value.Type().(type) {
	case tftypes.List, tftypes.Set:
		var elements []tftypes.Value
		if err := value.As(&elements); err != nil {
			t.Fatal(err)
		}

		s[path] = fmt.Sprintf("%d elements", len(elements))

		for i, element := range elements {
			s.add(t, fmt.Sprintf("%s.%d", path, i), element)
		}
	case tftypes.Object, tftypes.Map:
		if value.Type().Is(tftypes.Map{}) {
			s[path] = show(value)
		}

		var parts map[string]tftypes.Value
		if err := value.As(&parts); err != nil {
			t.Fatal(err)
		}

		for name, part := range parts {
			s.add(t, strings.TrimPrefix(path+"."+name, "."), part)
		}
	default:
		if value.Type().Is(tftypes.Bool) {
			var yes bool
			if err := value.As(&yes); err != nil {
				t.Fatal(err)
			}

			s[path] = fmt.Sprint(yes)

			return
		}

		s[path] = show(value)
	}
}

// lists are the last names of the attributes that are lists of what the API answers.
var lists = []string{"discounts", "sub_orders", "enterprise_projects", "use_limits", "lines", "line_ids", "az_codes", "relations"}

// nothing is what an attribute shows that the API leaves out: null, and for a list an
// empty one.
func nothing(path string) string {
	if slices.Contains(lists, path[strings.LastIndexByte(path, '.')+1:]) {
		return "0 elements"
	}

	return "null"
}

// want compares some values.
func (s state) want(t *testing.T, expected map[string]string) {
	t.Helper()

	for _, path := range slices.Sorted(maps.Keys(expected)) {
		actual, there := s[path]
		if !there {
			t.Errorf("%s is not in the state", path)
		} else if actual != expected[path] {
			t.Errorf("%s = %s, want %s", path, actual, expected[path])
		}
	}
}

// calls are the operations of the journal, in order, with their queries.
func (w *world) calls() []string {
	var all []string

	for _, request := range w.Requests() {
		all = append(all, request.Operation)
	}

	return all
}

// query is the query of the only call of the journal.
func (w *world) query() url.Values {
	w.t.Helper()

	requests := w.Requests()
	if len(requests) != 1 {
		w.t.Fatalf("%d calls, want one: %v", len(requests), w.calls())
	}

	values, err := url.ParseQuery(requests[0].Query)
	if err != nil {
		w.t.Fatal(err)
	}

	return values
}

// readOnly fails if a call of the journal changes something, or is none of
// the operations.
func (w *world) readOnly(operations ...string) {
	w.t.Helper()

	if len(w.Requests()) == 0 {
		w.t.Error("no call was made")
	}

	for _, request := range w.Requests() {
		if request.Mutation || !slices.Contains(operations, request.Operation) {
			w.t.Errorf("call of %s, want none but %v", request.Operation, operations)
		}
	}
}

// says fails unless an error stands at the attribute ("" for none) and its text
// holds each of the parts.
func (d diagnostics) says(t *testing.T, attribute string, parts ...string) {
	t.Helper()

	if !d.errorAt(attribute) {
		t.Errorf("no error at %q:\n%s", attribute, d)
	}

	for _, part := range parts {
		if !strings.Contains(d.String(), part) {
			t.Errorf("no word of %q in:\n%s", part, d)
		}
	}
}

// readable is a demo account on a site that has the data source, arguments that
// it can be read with, and the operations that this calls.
func readable(t *testing.T, typeName string, schema *tfprotov6.Schema) (*world, attributes, []string) {
	t.Helper()

	var refused diagnostics

	for _, site := range []string{bsssim.SiteChina, bsssim.SiteInternational} {
		w := newWorld(t, bsssim.Options{Seed: "demo", Site: site})
		values := tree{}
		maps.Copy(values, quotes()[typeName])

		samples := tree{
			"order_id": "CS2611220000001", "resource_id": demoID(1), "statistic_type": "detail",
			"budget": 1000, "account_type": "balance", "member_id": demoMemberID(1),
			"month_begin":       w.Now().In(bssapi.BillingZone).Format(bssapi.MonthLayout),
			"service_type_code": "hws.service.type.ebs", "resource_type_code": "hws.resource.type.volume", "region_code": "ap-southeast-3",
			"granularity": "month", "begin": w.Now().In(bssapi.BillingZone).Format(bssapi.MonthLayout),
			"charge_mode": "yearly_monthly", "deduct_date_begin": "2026-01-01", "deduct_date_end": "2026-03-31",
		}

		maps.Copy(values, map[string]tree{
			"bss_usage95_summary": lineOfDemo(),
			"bss_usage95_details": pointsOfDemo(),
			"bss_invoices":        {"start_time": "2026-01-01T00:00:00Z", "end_time": "2026-12-31T00:00:00Z"},
		}[typeName])

		if typeName == "bss_order_refunds" {
			samples["order_id"] = w.console("unsubscribe", map[string]any{"resource_id": demoID(11)})["order_id"]
		}

		for _, attribute := range schema.Block.Attributes {
			if attribute.Required && values[attribute.Name] == nil {
				values[attribute.Name] = samples[attribute.Name]
			}
		}

		arguments := configuration(t, typeName, values)

		if _, refused = readData(t, w, typeName, nil, arguments); !refused.failed() {
			calls := slices.Compact(slices.Sorted(slices.Values(w.calls())))
			w.readOnly(calls...)

			return w, arguments, calls
		}
	}

	t.Fatal(refused)

	return nil, nil, nil
}

// lineOfDemo is what the demo account has of 95th-percentile usage.
func lineOfDemo() tree {
	return tree{"month": "2026-10", "service_type_code": "hws.service.type.vpc", "usage_type": "95peak_plus"}
}

func pointsOfDemo() tree {
	line := lineOfDemo()
	line["resource_id"], line["usage_type"], line["include_points"] = "trial-line", "bandwidth95peak", true

	return line
}

// TestDataSourceFailures shows that every data source words what went wrong with
// each of its calls, and answers nothing in its place.
func TestDataSourceFailures(t *testing.T) {
	t.Parallel()

	// Most errors are of the whole data source; these are of an argument.
	errorsAt := map[string]string{"bss_renewal_price": "resource_ids"}
	schemas, _ := surface(t)

	for name, schema := range schemas.DataSourceSchemas {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, arguments, operations := readable(t, name, schema)
			for _, operation := range operations {
				fail := func(fault bsssim.Fault, parts ...string) {
					t.Helper()

					// As often as the client may ask: a connection that was used before
					// is opened again, and the query sent again, by the standard library.
					fault.Operation, fault.Times = operation, -1
					if err := w.AddFault(fault); err != nil {
						t.Fatal(err)
					}

					read, diags := readData(t, w, name, attributes{"max_retries": num(t, "0")}, arguments)
					if read != nil {
						t.Errorf("a state in spite of %s of %s", fault.Kind, operation)
					}

					diags.says(t, errorsAt[name], parts...)
					w.ClearFaults()
				}

				permission := permissionOf(operation)
				if permission == (bssapi.Permission{}) && !needsNone(operation) {
					t.Errorf("no permission of %s is known", operation)
				}

				// What may not be seen of the balances is null there.
				if operation != "get_account_balances" || name != "bss_account" && name != typeRenewalForecast {
					fail(
						bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0151"},
						"CBC.0151",
						"Give the user the permission "+cmp.Or(permission.Policy, permission.IdentityPolicy, "for this call"),
						permission.IdentityPolicy,
						"billing:cloudServiceType",
					)
				}

				fail(bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusInternalServerError, Code: "CBC.0999"}, "HTTP 500", "CBC.0999",
					"only reads, so it changed nothing. Try again. If it keeps failing, open a ticket with the request id.")
				fail(bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusForbidden, Code: "CBC.0156"},
					"CBC.0156", "Set site (or BSS_SITE)")
				fail(bsssim.Fault{Kind: bsssim.FaultStatusBefore, Status: http.StatusTooManyRequests, Code: "APIG.0308"},
					"APIG.0308", "Try again later")
				fail(bsssim.Fault{Kind: bsssim.FaultGarbage}, "Check the proxy and the endpoint")
				fail(bsssim.Fault{Kind: bsssim.FaultTruncate}, "Check the proxy and the endpoint")
				fail(bsssim.Fault{Kind: bsssim.FaultDropAfter}, "o answer", "it changed nothing. Try again.")
			}

			w.readOnly(operations...)
		})
	}
}

// field is a field of an answer, as operations.json describes it.
type field struct {
	Name   string  `json:"name"`
	Type   string  `json:"type"`
	Format string  `json:"format"`
	Fields []field `json:"fields"`
	Items  *field  `json:"items"`
}

// responseFields are the fields of an operation's answer.
func responseFields(t *testing.T, operation string) []field {
	t.Helper()

	data, err := os.ReadFile("../bsssim/operations.json")
	if err != nil {
		t.Fatal(err)
	}

	var operations []struct {
		Name     string  `json:"name"`
		Response []field `json:"response"`
	}

	if err := json.Unmarshal(data, &operations); err != nil {
		t.Fatal(err)
	}

	for _, described := range operations {
		if described.Name == operation {
			return described.Response
		}
	}

	t.Fatalf("operations.json has no %s", operation)

	return nil
}

// document is an answer in which no two values are the same, and what each of
// its fields shows as in a state: a code is one that nobody knows yet.
type document struct {
	body   map[string]any
	leaves map[string]string
	// units are the paths of the units of amounts, each 1 unless it is fixed:
	// that of the currency, which is shown in its place.
	units []string
	next  int
}

// newDocument fills every field of an operation's answer. Numbers count up from
// start; fixed gives the values that have to be certain ones, by path.
func newDocument(t *testing.T, operation string, start int, fixed map[string]any) *document {
	t.Helper()

	d := &document{leaves: map[string]string{}, next: start}
	d.body = d.object(t, "", responseFields(t, operation), fixed)

	return d
}

func (d *document) object(t *testing.T, path string, fields []field, fixed map[string]any) map[string]any {
	t.Helper()

	object := map[string]any{}

	for _, part := range fields {
		at := strings.TrimPrefix(path+"."+part.Name, ".")
		object[part.Name] = d.value(t, at, part, fixed)
	}

	return object
}

func (d *document) value(t *testing.T, at string, part field, fixed map[string]any) any {
	t.Helper()

	value, there := fixed[at]

	if part.Name == "measure_id" {
		d.units = append(d.units, at)

		if !there {
			return 1
		}

		return value
	}

	if there {
		d.leaves[at] = fmt.Sprint(value)

		return value
	}

	d.next++

	switch {
	case part.Type == "object":
		return d.object(t, at, part.Fields, fixed)
	case strings.HasPrefix(part.Type, "array") && part.Items != nil && part.Items.Type == "string":
		d.leaves[at+".0"] = fmt.Sprintf("text-%d", d.next)

		return []any{d.leaves[at+".0"]}
	case strings.HasPrefix(part.Type, "array"):
		fields := part.Fields
		if part.Items != nil {
			fields = part.Items.Fields
		}

		return []any{d.object(t, at+".0", fields, fixed)}
	case part.Type == "int32", part.Type == "int64":
		d.leaves[at] = fmt.Sprintf("code %d", d.next)

		return d.next
	case part.Type == "bool":
		d.leaves[at] = "true"

		return true
	case part.Type == "decimal":
		d.leaves[at] = fmt.Sprintf("%d.00000000000000000001", d.next)

		return json.Number(d.leaves[at])
	case part.Format == "decimal_string":
		d.leaves[at] = fmt.Sprintf("%d.00000000000000000001", d.next)

		return d.leaves[at]
	case part.Type == "string" && strings.HasSuffix(at, "discount_value"):
		d.leaves[at] = fmt.Sprintf("0.%d", d.next)

		return d.leaves[at]
	case part.Type == "string":
		d.leaves[at] = fmt.Sprintf("text-%d", d.next)

		return d.leaves[at]
	default:
		t.Fatalf("%s: type %q is not known to this test", at, part.Type)

		return nil
	}
}

// without drops the fields whose path fails the test.
func (d *document) without(drop func(path string) bool) map[string]string {
	kept := map[string]string{}

	for path, value := range d.leaves {
		if !drop(path) {
			kept[path] = value
		}
	}

	return kept
}

// shows fails unless every leaf is in the state, where rename says that it
// belongs. A code may show as a word or as a plain number.
func (s state) shows(t *testing.T, leaves map[string]string, rename *strings.Replacer) {
	t.Helper()

	for _, path := range slices.Sorted(maps.Keys(leaves)) {
		at := strings.Trim(rename.Replace("."+path+"."), ".")
		actual, there := s[at]
		code, isCode := strings.CutPrefix(leaves[path], "code ")

		switch {
		case !there:
			t.Errorf("field %s has no attribute %s", path, at)
		case isCode && actual == "unknown("+code+")", isCode && actual == code, actual == leaves[path]:
		case isUnknownText(actual, leaves[path]):
		default:
			t.Errorf("field %s = %s, attribute %s = %s", path, leaves[path], at, actual)
		}
	}
}

// isUnknownText says whether a code that is a text shows as unknown(text).
func isUnknownText(actual, text string) bool { return actual == "unknown("+text+")" }

// answering is a world in which each path answers a fixed document, for what
// the simulator would never say.
func answering(t *testing.T, site string, documents map[string]any) *world {
	t.Helper()

	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		document, there := documents[r.URL.Path]
		if !there {
			http.NotFound(w, r)

			return
		}

		w.Header().Set("Content-Type", "application/json")

		if err := json.NewEncoder(w).Encode(document); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)

	return &world{t: t, home: t.TempDir(), env: map[string]string{
		"BSS_ENDPOINT": server.URL, "BSS_SITE": site, "HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "SK", "BSS_METADATA_ENDPOINT": "off",
	}}
}

const (
	pathOrders    = "/v2/orders/customer-orders"
	pathOrder     = "/v2/orders/customer-orders/details/"
	pathCoupons   = "/v2/orders/customer-orders/order-coupons"
	pathDiscounts = "/v2/orders/customer-orders/order-discounts"
	pathBalances  = "/v2/accounts/customer-accounts/balances"
)
