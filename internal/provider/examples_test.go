// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
	"github.com/bss-community/terraform-provider-bss/internal/expiry"
)

var examples = os.DirFS("../../examples")

// exampleTests run the examples, by the path that a file of theirs has.
var exampleTests = map[string]func(t *testing.T, name, text string){
	"provider/provider.tf":                       testExampleProvider,
	"data-sources/*/data-source.tf":              testExampleDataSource,
	"resources/*/resource.tf":                    testExampleResource,
	"resources/*/import.sh":                      testExampleImportCommand,
	"resources/*/import-by-string-id.tf":         testExampleImportBlock,
	"resources/*/import-by-identity.tf":          testExampleImportIdentity,
	"list-resources/*/list-resource.tfquery.hcl": testExampleList,
	"actions/*/action.tf":                        testExampleAction,
	"functions/*/function.tf":                    testExampleFunction,
	"functions/*/*.json":                         nil, // testExampleFunction reads the whole folder
	"demo/main.tf":                               testExampleDemo,
	"stacks/*/main.tf":                           testExampleStack,
	"stacks/*/*":                                 nil, // testExampleStack runs the whole folder
	"README.md":                                  nil,
	"demo/README.md":                             nil,
}

func TestExamples(t *testing.T) {
	t.Parallel()

	err := fs.WalkDir(examples, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}

		text, err := fs.ReadFile(examples, name)
		if err != nil {
			return err
		}

		used := false

		for pattern, run := range exampleTests {
			matches, err := path.Match(pattern, name)
			if err != nil {
				return err
			}

			used = used || matches

			if matches && run != nil {
				t.Run(name, func(t *testing.T) {
					t.Parallel()
					run(t, name, string(text))
				})
			}
		}

		if !used {
			t.Errorf("no test uses examples/%s", name)
		}

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// exampleResources is what the examples of imports need: the argument that holds
// the id, the one that is required beside it, and the status of what is
// imported.
var exampleResources = map[string]struct{ id, required, status string }{
	"bss_order_payment":   {"order_id", "max_amount = 30", "completed"},
	typeAutorenew:         {"resource_id", "enabled = true", "in_use"},
	typeExpiryPolicy:      {"resource_id", `policy = "pay_per_use"`, "in_use"},
	typeOrderCancellation: {"order_id", "", "canceled"},
	typeMember:            {"name", `organization_id = "ou-platform"`, "normal"},
	typeUnsubscription:    {"resource_id", `scope = "resource_and_renewals"`, "unsubscribed"},
	typeRenewal: {"resource_id", `
  paid_through = "2026-11-27"
  period_unit  = "month"
  max_amount   = 350
`, "reached"},
}

// TestExamplesOfEveryType names the types that lack an example.
func TestExamplesOfEveryType(t *testing.T) {
	t.Parallel()

	schemas, identities := surface(t)
	want := []string{"provider/provider.tf"}

	for name := range schemas.DataSourceSchemas {
		want = append(want, "data-sources/"+name+"/data-source.tf")
	}

	for name := range schemas.ResourceSchemas {
		folder := "resources/" + name + "/"
		want = append(want, folder+"resource.tf")

		// What no call shows cannot be imported.
		if onlyRecorded(t)[name] || name == typeOnDemandConversion {
			continue
		}

		want = append(want, folder+"import.sh", folder+"import-by-string-id.tf")

		if identities.IdentitySchemas[name] != nil {
			want = append(want, folder+"import-by-identity.tf")
		}
	}

	for name := range schemas.ListResourceSchemas {
		want = append(want, "list-resources/"+name+"/list-resource.tfquery.hcl")
	}

	for name := range schemas.ActionSchemas {
		want = append(want, "actions/"+name+"/action.tf")
	}

	for name := range schemas.Functions {
		want = append(want, "functions/"+name+"/function.tf")
	}

	for _, name := range want {
		if _, err := fs.Stat(examples, name); err != nil {
			t.Error(err)
		}
	}
}

// demoCLI runs Terraform with a configuration against the demo customer.
func demoCLI(t *testing.T, site, config string) (*world, *cli) {
	t.Helper()

	// Examples name days, which have to stay ahead.
	w := newWorld(t, bsssim.Options{Seed: "demo", Site: site, Now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)})

	return w, newCLI(t, w, config)
}

// wholly replaces the configuration by one that names its own provider.
func (c *cli) wholly(config string) {
	c.t.Helper()
	c.write(filepath.Join(c.dir, "main.tf"), config, 0o600)
}

func (c *cli) planOK() string {
	c.t.Helper()

	return c.ok("plan", "-input=false", "-no-color", "-out=tfplan")
}

func (c *cli) applyOK() {
	c.t.Helper()
	c.ok("apply", "-input=false", "-no-color", "-auto-approve")
}

func testExampleProvider(t *testing.T, _, text string) {
	t.Helper()

	w, c := demoCLI(t, "", "")
	c.wholly(text + "\ndata \"bss_account_balances\" \"now\" {}\n")
	c.planOK()
	w.readOnly("get_account_balances")
}

// testExampleDataSource plans the example, and wants something in each of its
// outputs.
// dataSourceOutputs are what the examples of the questions print that people have most
// often, each answered by ten lines at most.
var dataSourceOutputs = map[string]map[string]string{
	typeRenewalForecast: {
		"renewals": `["2026-12-30: web-2, 125.00"]`, "covered": "true",
		"lapsing": `["old-server: expired, 2026-11-20","orders-db: lapses, 2026-11-27","CS2611220000004-1: lapses, 2026-12-12",` +
			`"web-1: lapses, 2026-12-12"]`,
	},
	typePriceComparison: {"cheapest": `"pay_per_use"`},
}

func testExampleDataSource(t *testing.T, name, text string) {
	t.Helper()

	typeName := path.Base(path.Dir(name))
	if !strings.Contains(text, `data "`+typeName+`"`) {
		t.Errorf("the example does not show %s", typeName)
	}

	w, c := demoCLI(t, siteOfType(t, typeName), text)
	w.console("unsubscribe", map[string]any{"resource_id": demoID(11)})

	c.planOK()

	if w.mutations() > 0 || len(w.Requests()) == 0 {
		t.Errorf("calls: %v", w.calls())
	}

	var plan struct {
		PlannedValues struct {
			Outputs map[string]struct {
				Value json.RawMessage `json:"value"`
			} `json:"outputs"`
		} `json:"planned_values"`
	}

	if err := json.Unmarshal([]byte(c.ok("show", "-json", "tfplan")), &plan); err != nil {
		t.Fatal(err)
	}

	if len(plan.PlannedValues.Outputs) == 0 {
		t.Error("the example has no output")
	}

	for output, want := range dataSourceOutputs[typeName] {
		if got := string(plan.PlannedValues.Outputs[output].Value); got != want {
			t.Errorf("output %s is %s, want %s", output, got, want)
		}
	}

	for output, shown := range plan.PlannedValues.Outputs {
		if value := string(shown.Value); value == "" || value == "null" || value == "[]" || value == "{}" {
			t.Errorf("output %s is %q", output, value)
		}
	}
}

// siteOfType is a site that has all calls of a type: the international one if it does.
// Members exist on every site, and are created on one.
func siteOfType(t *testing.T, typeName string) string {
	t.Helper()

	if typeName == typeMember {
		return string(bssapi.SiteChina)
	}

	sites := catalog.CallsOf()[typeName].Sites()
	if slices.Contains(sites, bssapi.SiteInternational) {
		return string(bssapi.SiteInternational)
	}

	return string(sites[0])
}

// testExampleResource applies the example, and looks at what it changed.
func testExampleResource(t *testing.T, name, text string) {
	t.Helper()

	typeName := path.Base(path.Dir(name))
	if strings.Contains(text, "_wo ") {
		needs(t, catalog.WriteOnly())
	}

	w, c := demoCLI(t, siteOfType(t, typeName), text)
	c.env = append(c.env, "TF_VAR_password=Secret-4711")
	before := w.World()
	c.applyOK()
	c.empty()

	after, payments, policies := w.World(), map[string][]string{}, map[string]string{}
	for _, payment := range after.Payments {
		payments[payment.OrderID] = w.payments(payment.OrderID)
	}

	var closed []string

	for i, one := range before.Resources {
		if one.Status != 3 && after.Resources[i].Status == 3 {
			closed = append(closed, one.Name)
		}

		if policy := after.Resources[i].ExpirePolicy; one.ParentID == "" && one.ExpirePolicy != policy {
			policies[one.Name] = expiry.PolicyWord(bssapi.Resource{ExpirePolicy: &policy})
		}
	}

	type changes struct {
		Payments map[string][]string
		Policies map[string]string
		Closed   []string
		// Members are how many there are now, beside those of the demo.
		Members  int
		Projects bool
		// Transfers are those between the account and its members.
		Transfers []string
	}

	want := map[string]changes{
		"bss_order_payment": {Payments: map[string][]string{
			"CS2611220000001": {"136.80 USD by api"},
			"CS2611220000012": {"170.00 USD by api"},
		}},
		// The commercial discount is the better one.
		typeRenewal:            {Payments: map[string][]string{"CS2611220000013": {"314.28 USD by api"}}},
		typeAutorenew:          {Policies: map[string]string{"web-1": "auto_renew", "cache": "auto_renew", "CS2611220000004-1": "auto_renew"}},
		typeExpiryPolicy:       {Policies: map[string]string{"web-2": "pay_per_use", "cache": "grace_period"}},
		typeUnsubscription:     {Closed: []string{"cache"}},
		typeOnDemandConversion: {Closed: []string{"cache"}},
		typeMember:             {Members: 1},
		typeProjectAuthority:   {Projects: true},
		typeTransfer:           {Transfers: []string{"100.00 to by api", "25.50 from by api"}},
		typeCouponTransfer:     {Transfers: []string{"12.50 to by api", "20.00 from by api"}},
	}[typeName]

	got := changes{
		payments, policies, closed, len(after.Enterprise.Members) - len(before.Enterprise.Members), after.EnterpriseProjectsOpen,
		slices.Sorted(slices.Values(w.transfers())),
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}

	if sent, acted := w.payCalls(); sent != len(want.Payments) || acted != sent {
		t.Errorf("%d pay calls, of which %d acted", sent, acted)
	}
}

// testExampleImportCommand runs the command, but for its first word, which is
// the name of the CLI.
func testExampleImportCommand(t *testing.T, _, text string) {
	t.Helper()

	var words []string

	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 0 && !strings.HasPrefix(line, "#") {
			words = append(words, fields...)
		}
	}

	if len(words) != 4 || words[0] != "terraform" || words[1] != "import" {
		t.Fatalf("not an import command: %q", words)
	}

	typeName, name, _ := strings.Cut(words[2], ".")
	arguments := exampleResources[typeName]
	w, c := demoCLI(t, siteOfType(t, typeName), `
resource "`+typeName+`" "`+name+`" {
  `+arguments.id+` = "`+words[3]+`"
  `+arguments.required+`
}
`)
	c.ok(words[1:]...)
	imported(t, w, c, words[2])
}

// imported fails unless the resource is in state, and neither the import nor an
// apply after it changes anything.
func imported(t *testing.T, w *world, c *cli, address string) {
	t.Helper()

	before := len(w.World().Payments)
	c.applyOK()
	c.empty()

	typeName, _, _ := strings.Cut(address, ".")
	if one := c.resource(address); one == nil || one.Values["status"] != exampleResources[typeName].status {
		t.Errorf("state after the import: %v", one)
	}

	if w.mutations() > 0 || len(w.World().Payments) != before {
		t.Errorf("an import has changed something: %v", w.calls())
	}
}

func testExampleImportBlock(t *testing.T, name, text string) {
	t.Helper()

	w, c := demoCLI(t, siteOfType(t, path.Base(path.Dir(name))), text)

	if output := c.planOK(); !strings.Contains(output, "1 to import, 0 to add") {
		t.Errorf("the plan imports nothing:\n%s", output)
	}

	imported(t, w, c, resourceAddress(t, text))
}

// resourceAddress is that of the resource that an example declares.
func resourceAddress(t *testing.T, text string) string {
	t.Helper()

	for _, block := range parsed(t, text).Blocks.OfType("resource") {
		return strings.Join(block.Labels, ".")
	}

	t.Fatal("no resource")

	return ""
}

// parsed is the content of an import example.
func parsed(t *testing.T, text string) *hcl.BodyContent {
	t.Helper()

	file, diags := hclparse.NewParser().ParseHCL([]byte(text), "example.tf")
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	content, diags := file.Body.Content(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "import"}, {Type: "resource", LabelNames: []string{"type", "name"}},
	}})
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	return content
}

// testExampleImportIdentity does over the plugin protocol what only newer CLIs
// can be asked for.
func testExampleImportIdentity(t *testing.T, name, text string) {
	t.Helper()

	typeName := path.Base(path.Dir(name))
	w := newWorld(t, bsssim.Options{Seed: "demo", Site: siteOfType(t, typeName)})
	c := newCore(w, typeName)

	var (
		identity  map[string]cty.Value
		arguments attributes
	)

	for _, block := range parsed(t, text).Blocks {
		values := evaluated(t, block)

		if block.Type == "import" {
			identity = values["identity"].AsValueMap()

			continue
		}

		if block.Labels[0] != c.typeName {
			t.Errorf("the example is of %s", block.Labels[0])
		}

		arguments = attributes{}
		for name, value := range values {
			arguments[name] = argument(t, value)
		}
	}

	_, identities := surface(t)
	for _, attribute := range identities.IdentitySchemas[c.typeName].IdentityAttributes {
		if _, given := identity[attribute.Name]; attribute.RequiredForImport && !given {
			t.Errorf("the identity lacks %s", attribute.Name)
		}
	}

	if len(identity) != 1 {
		t.Errorf("the identity has %d attributes, of which this test gives one", len(identity))
	}

	expected := exampleResources[c.typeName]

	if diags := c.importBy(t.Context(), "identity", identity[expected.id].AsString(), expected.id); diags.failed() {
		t.Fatal(diags)
	}

	if diags := c.run(t.Context(), arguments); diags.failed() {
		t.Fatal(diags)
	}

	if plan := c.plan(t.Context(), arguments); plan.diagnostics.failed() || !plan.empty() {
		t.Errorf("the plan after the import is not empty: %s", plan.diagnostics)
	}

	if got := show(c.attribute("status")); got != expected.status {
		t.Errorf("status = %s", got)
	}

	if w.mutations() > 0 {
		t.Errorf("an import has changed something: %v", w.calls())
	}
}

// functions are those of Terraform that the examples use.
var functions = &hcl.EvalContext{Functions: map[string]function.Function{
	"timeadd": stdlib.TimeAddFunc,
	"plantimestamp": function.New(&function.Spec{
		Type: function.StaticReturnType(cty.String),
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
			return cty.StringVal(bssapi.SystemClock().Now().UTC().Format(time.RFC3339)), nil
		},
	}),
}}

// evaluated are the arguments of a block, but for those that name a resource.
func evaluated(t *testing.T, block *hcl.Block) map[string]cty.Value {
	t.Helper()

	written, diags := block.Body.JustAttributes()
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	values := map[string]cty.Value{}

	for name, attribute := range written {
		if block.Type == "import" && name == "to" {
			continue
		}

		value, diags := attribute.Expr.Value(functions)
		if diags.HasErrors() {
			t.Fatal(diags)
		}

		values[name] = value
	}

	return values
}

func argument(t *testing.T, value cty.Value) tftypes.Value {
	t.Helper()

	if value.Type().IsTupleType() {
		var elements []tftypes.Value
		for _, element := range value.AsValueSlice() {
			elements = append(elements, argument(t, element))
		}

		return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, elements)
	}

	switch value.Type() {
	case cty.String:
		return str(value.AsString())
	case cty.Number:
		return tftypes.NewValue(tftypes.Number, value.AsBigFloat())
	case cty.Bool:
		return tftypes.NewValue(tftypes.Bool, value.True())
	default:
		t.Fatalf("a value of type %s is not known to this test", value.Type().FriendlyName())

		return tftypes.Value{}
	}
}

// testExampleList lists over the plugin protocol what only newer CLIs can be
// asked for.
func testExampleList(t *testing.T, name, text string) {
	t.Helper()

	file, diags := hclparse.NewParser().ParseHCL([]byte(text), name)
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	content, diags := file.Body.Content(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "list", LabelNames: []string{"type", "name"}}}})
	if diags.HasErrors() || len(content.Blocks) == 0 {
		t.Fatalf("%d lists: %v", len(content.Blocks), diags)
	}

	for _, block := range content.Blocks {
		inner, diags := block.Body.Content(&hcl.BodySchema{
			Attributes: []hcl.AttributeSchema{{Name: "provider", Required: true}, {Name: "include_resource"}, {Name: "limit"}},
			Blocks:     []hcl.BlockHeaderSchema{{Type: "config"}},
		})
		if diags.HasErrors() || len(inner.Blocks) != 1 {
			t.Fatalf("%d configurations: %v", len(inner.Blocks), diags)
		}

		if block.Labels[0] != path.Base(path.Dir(name)) {
			t.Errorf("the example is of %s", block.Labels[0])
		}

		config := attributes{}
		for name, value := range evaluated(t, inner.Blocks[0]) {
			config[name] = argument(t, value)
		}

		w := newWorld(t, bsssim.Options{Seed: "demo"})

		listed := listRequest{typeName: block.Labels[0], config: config, includeResource: true}.list(t, w, nil)
		if len(listed.results) == 0 || len(listed.diagnostics) > 0 {
			t.Errorf("%d results: %s", len(listed.results), listed.diagnostics)
		}
	}
}

// testExampleAction invokes over the plugin protocol what only newer CLIs know,
// twice, and looks at what it changed: something, and once.
func testExampleAction(t *testing.T, name, text string) {
	t.Helper()

	file, diags := hclparse.NewParser().ParseHCL([]byte(text), name)
	if diags.HasErrors() {
		t.Fatal(diags)
	}

	content, diags := file.Body.Content(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{
		{Type: "terraform"}, {Type: "provider", LabelNames: []string{"name"}}, {Type: "action", LabelNames: []string{"type", "name"}},
	}})
	actions := content.Blocks.OfType("action")

	if diags.HasErrors() || len(actions) != 1 {
		t.Fatalf("%d actions: %v", len(actions), diags)
	}

	block := actions[0]

	inner, diags := block.Body.Content(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "config"}}})
	if diags.HasErrors() || len(inner.Blocks) != 1 {
		t.Fatalf("%d configurations: %v", len(inner.Blocks), diags)
	}

	if block.Labels[0] != path.Base(path.Dir(name)) {
		t.Errorf("the example is of %s", block.Labels[0])
	}

	example := invocation{typeName: block.Labels[0], config: attributes{}}
	for name, value := range evaluated(t, inner.Blocks[0]) {
		example.config[name] = argument(t, value)
	}

	w := newWorld(t, bsssim.Options{Seed: "demo", Site: siteOfType(t, example.typeName)})

	var changes []int

	for range 2 {
		result := example.run(t, w)
		if result.diagnostics.failed() || len(result.progress) == 0 {
			t.Errorf("%q\n%s", result.progress, result.diagnostics)
		}

		changes = append(changes, w.mutations())
	}

	// Each code is a message of its own, as its page says.
	if example.typeName == typeMemberCode {
		changes[1]--
	}

	if changes[0] == 0 || changes[1] != changes[0] {
		t.Errorf("%d calls that change something, and %d after the second invocation: %v", changes[0], changes[1], w.calls())
	}
}

// testExampleDemo plans what make demo applies.
func testExampleDemo(t *testing.T, _, text string) {
	t.Helper()

	w, c := demoCLI(t, "", "")
	c.wholly(text)

	output := c.planOK()
	for _, line := range []string{"+ amount_due   = 136.8", "+ amount_due   = 58.2", "+ expires_at_enabling = ", "3 to add, 0 to change, " +
		"0 to destroy"} {
		if !strings.Contains(output, line) {
			t.Errorf("the plan does not say %q:\n%s", line, output)
		}
	}

	if w.mutations() > 0 {
		t.Errorf("a plan has changed something: %v", w.calls())
	}
}
