// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

const (
	memberAddress  = typeMember + ".this"
	memberPassword = "Secret-4711"
	memberPhone    = "13800001234"
)

func newMemberWorld(t tester, options bsssim.Options) *world {
	t.Helper()

	options.Site, options.Seed = bsssim.SiteChina, "demo"

	return newWorld(t, options)
}

// newMember are the arguments of a member that needs no code.
func newMember(but map[string]tftypes.Value) map[string]tftypes.Value {
	arguments := map[string]tftypes.Value{
		"name": str("team-c"), "organization_id": str("ou-data"), "use_primary_phone": yes(true), "password_wo": str(memberPassword),
	}
	maps.Copy(arguments, but)

	return arguments
}

func yes(value bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, value) }

func none(typ tftypes.Type) tftypes.Value { return tftypes.NewValue(typ, nil) }

// memberCode sends a code to the phone, and reads it there.
func (w *world) memberCode(t *testing.T) string {
	t.Helper()

	sent := invocation{typeName: typeMemberCode, config: attributes{"name": str("team-c"), "mobile_phone": str(memberPhone)}}.run(t, w)
	if sent.diagnostics.failed() {
		t.Fatal(sent.diagnostics)
	}

	return fmt.Sprint(w.console("read_code", map[string]any{"mobile_phone": memberPhone})["verification_code"])
}

func (w *world) membersNamed(name string) (found []*bsssim.Member) {
	for _, member := range w.World().Enterprise.Members {
		if member.Name == name {
			found = append(found, member)
		}
	}

	return found
}

func memberConfig(arguments string) string {
	return `
variable "password" {
  type      = string
  ephemeral = true
  default   = "` + memberPassword + `"
}

resource "bss_enterprise_member" "this" {
  name = "team-c"
` + arguments + "\n}\n"
}

func TestAccEnterpriseMember(t *testing.T) {
	t.Parallel()
	needs(t, catalog.WriteOnly())

	w := newMemberWorld(t, bsssim.Options{Processing: bsssim.Transition{Reads: 1}})
	config := memberConfig(`
  display_name      = "Team C"
  organization_path = "Simulated Group/Engineering/Data"
  use_primary_phone = true
  password_wo       = var.password
  permission_ids    = ["view_bills", "share_credit"]
`)
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	state := shown{
		"name": "team-c", "display_name": "Team C", "organization_id": "ou-data", "organization_path": "Simulated Group/Engineering/Data",
		"use_primary_phone": true, "password_wo": nil, "verification_code_wo": nil, "mobile_phone": nil, "financial_custody": nil,
		"member_id": knownvalue.NotNull(), "status": "creating",
	}

	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: w.factories(),
		Steps: []resource.TestStep{
			{
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(memberAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(memberAddress, tfjsonpath.New("organization_id"), knownvalue.StringExact("ou-data")),
					plancheck.ExpectUnknownValue(memberAddress, tfjsonpath.New("member_id")),
					plancheck.ExpectUnknownValue(memberAddress, tfjsonpath.New("status")),
				}},
				ConfigStateChecks: stateChecks(t, map[string]shown{memberAddress: state}),
			},
			{Config: config, ConfigPlanChecks: empty},
			{
				Config: strings.Replace(config, `"Simulated Group/Engineering/Data"`, `"Simulated Group/Sales"`, 1),
				ExpectError: regexp.MustCompile(
					`organization_path cannot change`),
			},
			{Config: strings.Replace(config, `"team-c"`, `"team-d"`, 1), ExpectError: regexp.MustCompile(`name cannot change`)},
			{
				ResourceName: memberAddress, ImportState: true, ImportStateId: "team-c", ImportStateVerify: true, Config: config,
				ImportStateVerifyIdentifierAttribute: "name",
				ImportStateVerifyIgnore:              []string{"organization_path", "use_primary_phone", "permission_ids", "password_wo"},
			},
		},
	})

	if w.called("create_sub_customer") != 1 || len(w.membersNamed("team-c")) != 1 {
		t.Errorf("calls %v, members %v", w.calls(), w.membersNamed("team-c"))
	}
}

// TestMemberWithACode: the code of a phone is asked for, and given within its time.
func TestMemberWithACode(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	own := newMember(map[string]tftypes.Value{"use_primary_phone": none(tftypes.Bool), "mobile_phone": str(memberPhone)})
	c := newCore(w, typeMember)

	c.plan(t.Context(), own).diagnostics.says(t, "verification_code_wo", "code that was sent", typeMemberCode)

	own["verification_code_wo"] = str("000000")
	c.run(t.Context(), own).says(t, "verification_code_wo", "CBC.99000026", "newest one")

	code := w.memberCode(t)
	w.Advance(11 * time.Minute)

	own["verification_code_wo"] = str(code)
	c.run(t.Context(), own).says(t, "verification_code_wo", "CBC.99000027", "time of the code is over")

	if !c.absent() || len(w.membersNamed("team-c")) != 0 {
		t.Error("there is a member")
	}

	own["verification_code_wo"] = str(w.memberCode(t))
	if diags := c.run(t.Context(), own); diags.failed() {
		t.Fatal(diags)
	}

	for _, name := range []string{"password_wo", "verification_code_wo"} {
		if !c.attribute(name).IsNull() {
			t.Errorf("the state has %s", name)
		}

		// Neither is needed any more, and another one is no change.
		own[name] = str("Another-123"[:min(len("Another-123"), map[string]int{"password_wo": 11}[name]+6)])
		c.plansNothing(t.Context(), own)

		own[name] = none(tftypes.String)
		c.plansNothing(t.Context(), own)
	}
}

// TestMemberNeeds: the plan says what is missing, and asks for nothing twice.
func TestMemberNeeds(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	c := newCore(w, typeMember)

	for name, test := range map[string]struct {
		but  map[string]tftypes.Value
		at   string
		says string
	}{
		"no password": {map[string]tftypes.Value{"password_wo": none(tftypes.String)}, "password_wo", "Password is missing"},
		"no phone":    {map[string]tftypes.Value{"use_primary_phone": yes(false)}, "mobile_phone", "Phone is missing"},
		"no such path": {
			map[string]tftypes.Value{"organization_id": none(tftypes.String), "organization_path": str("Group/X")},
			"organization_path", "No such organization",
		},
		"closed": {map[string]tftypes.Value{"name": str("old-team"), "organization_id": str("ou-sales")}, "name", "status closed"},
		"elsewhere": {
			map[string]tftypes.Value{"name": str("team-b"), "organization_id": str("ou-sales")}, "name",
			"is in organization ou-data",
		},
		"called otherwise": {
			map[string]tftypes.Value{"name": str("team-b"), "display_name": str("Team C")}, "display_name", "exists with the display name",
		},
	} {
		c.plan(t.Context(), newMember(test.but)).diagnostics.says(t, test.at, test.says)

		if w.mutations() != 0 {
			t.Errorf("%s: %v", name, w.calls())
		}
	}

	if diags := c.run(t.Context(), newMember(map[string]tftypes.Value{"organization_id": str("ou-none")})); !diags.failed() || !c.absent() {
		t.Error(diags)
	}
}

// TestMemberOldCLI: a CLI that knows no write-only arguments is told so, and can still
// record what exists.
func TestMemberOldCLI(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	c := newCore(w, typeMember)
	c.old = true

	c.plan(t.Context(), newMember(nil)).diagnostics.says(t, "password_wo", "Write-only", "1.11")

	if diags := c.run(
		t.Context(),
		newMember(map[string]tftypes.Value{"name": str("team-b"), "password_wo": none(tftypes.String)}),
	); diags.failed() {
		t.Error(diags)
	}

	if w.mutations() != 0 {
		t.Error(w.calls())
	}
}

// TestMemberAdopted: what exists is recorded, with a warning, in each status that is
// alive; the plan names its id.
func TestMemberAdopted(t *testing.T) {
	t.Parallel()

	for _, status := range []int{1, 2, 101, 102} {
		w := newMemberWorld(t, bsssim.Options{})
		id := w.membersNamed("team-b")[0].ID
		w.console("set_member", map[string]any{"member_id": id, "status": status})

		c := newCore(w, typeMember)
		arguments := newMember(map[string]tftypes.Value{"name": str("team-b"), "password_wo": none(tftypes.String)})
		plan := c.plan(t.Context(), arguments)

		if said := plan.diagnostics.String(); plan.diagnostics.failed() || !strings.Contains(said, "nothing is created") ||
			!attributeOf(t, plan.value, "member_id").Equal(str(id)) {
			t.Fatalf("status %d: %s\n%s", status, plan.value, said)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() || !c.attribute("member_id").Equal(str(id)) ||
			!c.attribute("display_name").Equal(str("Team B")) {
			t.Errorf("status %d: %s\n%s", status, c.state, diags)
		}

		c.plansNothing(t.Context(), arguments)

		// -replace and taint adopt it again.
		c.tainted = true
		if diags := c.run(t.Context(), arguments); diags.failed() || c.tainted || w.mutations() != 0 {
			t.Error(diags, w.calls())
		}

		if diags := c.destroy(t.Context()); diags.failed() || !strings.Contains(diags.String(), "no call deletes it") || !c.absent() {
			t.Error(diags)
		}
	}
}

// TestMemberChanges: no argument changes, and nothing is replaced.
func TestMemberChanges(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	c := newCore(w, typeMember)
	written := newMember(map[string]tftypes.Value{"display_name": str("Team C"), "permission_ids": strs("view_bills")})

	if diags := c.run(t.Context(), written); diags.failed() {
		t.Fatal(diags)
	}

	for name, change := range map[string]map[string]tftypes.Value{
		"name":              {"name": str("team-d")},
		"display_name":      {"display_name": str("Team D")},
		"organization_id":   {"organization_id": str("ou-sales")},
		"organization_path": {"organization_id": none(tftypes.String), "organization_path": str("Simulated Group/Sales")},
		"mobile_phone":      {"use_primary_phone": none(tftypes.Bool), "mobile_phone": str(memberPhone)},
		"use_primary_phone": {"use_primary_phone": yes(false)},
		"permission_ids":    {"permission_ids": strs("view_bills", "view_finances")},
		"financial_custody": {"financial_custody": yes(true), "permission_ids": none(tftypes.Set{ElementType: tftypes.String})},
	} {
		arguments := maps.Clone(written)
		maps.Copy(arguments, change)

		plan := c.plan(t.Context(), arguments)
		plan.diagnostics.says(t, name, "cannot change", "No call changes member team-c")

		if plan.replaces || strings.Contains(plan.diagnostics.String(), memberPhone) {
			t.Errorf("%s: replaces %t\n%s", name, plan.replaces, plan.diagnostics)
		}
	}

	// The same organization, by its path, is recorded in place; so is the way back.
	for _, where := range []map[string]tftypes.Value{
		{"organization_id": none(tftypes.String), "organization_path": str("Simulated Group/Engineering/Data")},
		{"organization_id": str("ou-data"), "organization_path": none(tftypes.String)},
	} {
		arguments := maps.Clone(written)
		maps.Copy(arguments, where)

		if diags := c.run(t.Context(), arguments); diags.failed() || !c.attribute("organization_path").Equal(arguments["organization_path"]) {
			t.Error(diags)
		}

		c.plansNothing(t.Context(), arguments)
	}

	// What is left to the API is kept.
	delete(written, "display_name")
	c.plansNothing(t.Context(), written)

	if w.called("create_sub_customer") != 1 {
		t.Error(w.calls())
	}
}

// TestMemberDrift: what the console changes shows, and has to be written.
func TestMemberDrift(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	c := newCore(w, typeMember)
	written := newMember(
		map[string]tftypes.Value{"organization_id": none(tftypes.String), "organization_path": str("Simulated Group/Engineering/Data")},
	)

	if diags := c.run(t.Context(), written); diags.failed() {
		t.Fatal(diags)
	}

	id := w.membersNamed("team-c")[0].ID
	w.console("set_member", map[string]any{"member_id": id, "organization_id": "ou-sales", "status": 3, "display_name": "Renamed"})

	c.plan(t.Context(), written).diagnostics.says(t, "organization_path", "cannot change", "ou-sales")

	for name, want := range map[string]string{
		"organization_id": "ou-sales", "organization_path": "Simulated Group/Sales", "status": "closing", "display_name": "Renamed",
	} {
		if got := show(c.attribute(name)); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}

	written["organization_path"] = str("Simulated Group/Sales")
	c.plansNothing(t.Context(), written)

	w.console("set_member", map[string]any{"member_id": id, "status": 77})

	if diags := c.refresh(t.Context()); diags.failed() || show(c.attribute("status")) != "unknown(77)" {
		t.Error(diags)
	}
}

// TestMemberRenamed: a member is found by its id when its name is another, and one that
// is gone stays in state.
func TestMemberRenamed(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	gate := w.gated()
	c := newCore(w, typeMember)
	written := newMember(nil)

	if diags := c.run(t.Context(), written); diags.failed() {
		t.Fatal(diags)
	}

	gate.answersWith(func(operation string, body []byte) []byte {
		if operation == "list_sub_customers" {
			return []byte(strings.Replace(string(body), `"team-c"`, `"team-x"`, 1))
		}

		return body
	})
	c.plan(t.Context(), written).diagnostics.says(t, "name", "name cannot change", "team-x")

	written["name"] = str("team-x")
	gate.answersWith(func(operation string, body []byte) []byte {
		if operation == "list_sub_customers" {
			return []byte(`{"total_count":0,"sub_customer_infos":[]}`)
		}

		return body
	})

	if diags := c.refresh(t.Context()); diags.failed() || c.absent() || !strings.Contains(diags.String(), "not known any more") {
		t.Error(diags)
	}
}

// TestMemberImported: an import by name or identity is followed by an empty plan; what
// no call shows is recorded, once, and nothing is sent.
func TestMemberImported(t *testing.T) {
	t.Parallel()

	for _, by := range []string{"id", "identity"} {
		w := newMemberWorld(t, bsssim.Options{})
		c := newCore(w, typeMember)

		if diags := c.importBy(t.Context(), by, "team-b", "name"); diags.failed() {
			t.Fatal(diags)
		}

		written := map[string]tftypes.Value{"name": str("team-b"), "organization_id": str("ou-data")}
		c.plansNothing(t.Context(), written)

		written["permission_ids"], written["mobile_phone"] = strs("view_bills"), str(memberPhone)

		plan := c.plan(t.Context(), written)
		if said := plan.diagnostics.String(); plan.diagnostics.failed() || !strings.Contains(said, "nothing is sent") ||
			strings.Contains(said, memberPhone) {
			t.Error(plan.diagnostics)
		}

		if diags := c.apply(t.Context(), plan); diags.failed() {
			t.Error(diags)
		}

		c.plansNothing(t.Context(), written)

		written["permission_ids"] = strs("view_finances")
		c.plan(t.Context(), written).diagnostics.says(t, "permission_ids", "cannot change")

		if w.mutations() != 0 {
			t.Error(w.calls())
		}
	}

	w := newMemberWorld(t, bsssim.Options{})
	for name, says := range map[string]string{"team-z": "No such member", "": "Invalid text", strings.Repeat("n", 33): "Invalid text"} {
		if diags := newCore(w, typeMember).importBy(t.Context(), "id", name, "name"); !diags.refuses(says) {
			t.Errorf("%q: %s", name, diags)
		}
	}
}

// TestMemberOtherSites: a site that creates none says so at plan, and reads what is
// imported.
func TestMemberOtherSites(t *testing.T) {
	t.Parallel()

	for _, site := range []string{bsssim.SiteInternational, bsssim.SiteEurope} {
		w := newWorld(t, bsssim.Options{Site: site, Seed: "demo"})
		c := newCore(w, typeMember)
		c.plan(t.Context(), newMember(nil)).diagnostics.says(t, "", "only china has it", "import it")

		if diags := c.importBy(t.Context(), "id", "team-b", "name"); diags.failed() {
			t.Error(diags)
		}

		c.plansNothing(t.Context(), map[string]tftypes.Value{"name": str("team-b"), "organization_id": str("ou-data")})

		code := invocation{typeName: typeMemberCode, config: attributes{"name": str("x"), "mobile_phone": str("1")}}
		if diags := code.plan(t, w); !diags.failed() || !strings.Contains(diags.String(), "only china has it") {
			t.Error(diags)
		}
	}
}

// TestMemberOtherAccounts: an account that is not allowed gets no member, and its calls
// are not made.
func TestMemberOtherAccounts(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	c := newCore(w, typeMember)
	c.provider = map[string]tftypes.Value{"allowed_domain_ids": strs("another")}

	if diags := c.run(t.Context(), newMember(nil)); !diags.refuses("Account is not allowed") || w.mutations() != 0 {
		t.Error(diags, w.calls())
	}

	// It spends nothing, so that deny has no word in it.
	c.provider = deny()
	if diags := c.run(t.Context(), newMember(nil)); diags.failed() {
		t.Error(diags)
	}

	one, other := newCore(w, typeMember), newCore(w, typeMember)

	p, diags := one.start(t.Context())
	if diags.failed() {
		t.Fatal(diags)
	}

	one.planWith(t.Context(), p, newMember(nil))
	other.planWith(t.Context(), other.within(p), newMember(nil)).diagnostics.says(t, "name", "Member is managed twice")
}

// TestMemberFaults lets the call go wrong in every way, and applies twice: one member
// is made by one call, and nothing is tainted.
func TestMemberFaults(t *testing.T) {
	t.Parallel()

	for name, fault := range callFaults(lateDelay) {
		for _, hidden := range []string{"reads=0", "reads=1"} {
			for earlier := range 2 {
				t.Run(fmt.Sprintf("%s/%s/%d", name, hidden, earlier), func(t *testing.T) {
					t.Parallel()
					oneOfMany(t)
					synctest.Test(t, func(t *testing.T) {
						w := newMemberWorld(t, bsssim.Options{Settings: map[string]string{"member_shows_after": hidden}})
						c := newCore(w, typeMember)

						cell := faultCell{fault: fault, earlier: earlier}
						cell.fault.Operation = "create_sub_customer"
						first := cell.firstRun(t, c, newMember(nil))

						if first.failed() != c.absent() {
							t.Errorf("absent %t:\n%s", c.absent(), first)
						}

						cell.secondRun(t, c, newMember(map[string]tftypes.Value{"name": str("team-c")}), first)

						if got := w.membersNamed("team-c"); len(got) != 1 || !c.attribute("member_id").Equal(str(got[0].ID)) {
							t.Errorf("%d members, state %s\n%s", len(got), c.state, first)
						}

						c.plansNothing(t.Context(), newMember(nil))
					})
				})
			}
		}
	}
}

// TestMemberLooksFail: what cannot be looked at is not created, and what was created is
// not lost.
func TestMemberLooksFail(t *testing.T) {
	t.Parallel()

	for name, fault := range lookFaults() {
		for after := range 4 {
			t.Run(fmt.Sprintf("%s/%d", name, after), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					w := newMemberWorld(t, bsssim.Options{})
					c := newCore(w, typeMember)

					own := fault
					own.Operation, own.After, own.Times = "list_sub_customers", after, -1
					addFault(t, w, own)

					first := c.run(t.Context(), newMember(nil))
					if c.tainted || first.failed() != c.absent() || after < 2 && w.called("create_sub_customer") != 0 {
						t.Errorf("tainted %t, absent %t, %v\n%s", c.tainted, c.absent(), w.calls(), first)
					}

					w.ClearFaults()

					if diags := c.run(t.Context(), newMember(nil)); diags.failed() || len(w.membersNamed("team-c")) != 1 {
						t.Errorf("%d members\n%s", len(w.membersNamed("team-c")), diags)
					}

					c.plansNothing(t.Context(), newMember(nil))

					if got := w.called("create_sub_customer"); got != 1 || c.attribute("member_id").IsNull() {
						t.Errorf("%d calls, state %s", got, c.state)
					}
				})
			})
		}
	}
}

// TestMemberNeverShows: a member that was accepted and that no list shows is recorded
// without its id; a refresh finds it.
func TestMemberNeverShows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newMemberWorld(t, bsssim.Options{Settings: map[string]string{"member_shows_after": "duration=1h"}})
		c := newCore(w, typeMember)

		first := c.run(t.Context(), newMember(nil))
		if first.failed() || !strings.Contains(first.String(), "no list shows it yet") || !c.attribute("member_id").IsNull() {
			t.Fatalf("%s\n%s", c.state, first)
		}

		c.planOnly(t.Context(), newMember(nil))
		w.Advance(2 * time.Hour)
		c.plansNothing(t.Context(), newMember(nil))

		if got := w.called("create_sub_customer"); got != 1 || !c.attribute("status").Equal(str("normal")) {
			t.Errorf("%d calls, state %s", got, c.state)
		}
	})
}

// TestMemberTwoRuns: two applies that both saw nobody end with one member, and one of
// them adopts it.
func TestMemberTwoRuns(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	gate := w.gated()
	one, other := newCore(w, typeMember), newCore(w, typeMember)
	plan, rival := one.plan(t.Context(), newMember(nil)), other.plan(t.Context(), newMember(nil))

	var diags diagnostics

	// The rival's whole apply comes between the look and the call.
	var met atomic.Bool

	gate.on(func(_ int, operation string) {
		if operation == "create_sub_customer" && !met.Swap(true) {
			diags = other.apply(t.Context(), rival)
		}
	}, nil)

	first := one.apply(t.Context(), plan)
	if first.failed() || diags.failed() || len(w.membersNamed("team-c")) != 1 {
		t.Errorf("%d members\n%s\n%s", len(w.membersNamed("team-c")), first, diags)
	}

	if !one.attribute("member_id").Equal(other.attribute("member_id")) {
		t.Errorf("%s and %s", one.state, other.state)
	}
}

// TestMemberRefusals: a refusal names what to do, and shows no secret that the API says
// again.
func TestMemberRefusals(t *testing.T) {
	t.Parallel()

	for code, says := range map[string]string{
		"CBC.70900002": "HIS", "CBC.99007490": "distributor", "CBC.99000036": "password", "CBC.99000029": "phone", "CBC.99000031": "name",
		"CBC.99007197": "address of this machine", "CBC.0151": "master account", "CBC.99000051": "reserved",
	} {
		w := newMemberWorld(t, bsssim.Options{})
		c := newCore(w, typeMember)
		addFault(t, w, bsssim.Fault{Operation: "create_sub_customer", Kind: bsssim.FaultStatusBefore, Status: http.StatusBadRequest, Code: code})

		if diags := c.run(t.Context(), newMember(nil)); !diags.failed() || !strings.Contains(diags.String(), says) || !c.absent() ||
			w.called("create_sub_customer") != 1 {
			t.Errorf("%s: no word of %q:\n%s", code, says, diags)
		}
	}

	w := newMemberWorld(t, bsssim.Options{Settings: map[string]string{"refusals_echo": "on"}})
	c := newCore(w, typeMember)
	diags := c.run(t.Context(), newMember(map[string]tftypes.Value{
		"use_primary_phone": none(tftypes.Bool), "mobile_phone": str(memberPhone), "verification_code_wo": str("918273"),
	}))

	if said := diags.String(); !diags.failed() || !strings.Contains(said, "[redacted]") || strings.Contains(said, memberPassword) ||
		strings.Contains(said, memberPhone) || strings.Contains(said, "918273") {
		t.Error(diags)
	}
}

// TestMemberLies: answers that are not true make no second member, and take no other
// one for it.
func TestMemberLies(t *testing.T) {
	t.Parallel()

	for name, list := range map[string]string{
		"another name":    `{"total_count":1,"sub_customer_infos":[{"id":"m1","name":"TEAM-C","status":1,"org_id":"ou-data"}]}`,
		"no id":           `{"total_count":1,"sub_customer_infos":[{"name":"team-c","status":1,"org_id":"ou-data"}]}`,
		"no status":       `{"total_count":1,"sub_customer_infos":[{"id":"m1","name":"team-c","org_id":"ou-data"}]}`,
		"no organization": `{"total_count":1,"sub_customer_infos":[{"id":"m1","name":"team-c","status":1}]}`,
		"two":             `{"total_count":2,"sub_customer_infos":[{"id":"m1","name":"team-c","status":1,"org_id":"ou-data"},{"id":"m2","name":"team-c","status":1,"org_id":"ou-data"}]}`,
	} {
		w := newMemberWorld(t, bsssim.Options{})
		gate := w.gated()
		gate.answersWith(func(operation string, body []byte) []byte {
			if operation == "list_sub_customers" {
				return []byte(list)
			}

			return body
		})

		c := newCore(w, typeMember)
		diags := c.run(t.Context(), newMember(nil))
		free := slices.Contains([]string{"another name", "no id"}, name)

		if diags.failed() == free || len(w.membersNamed("team-c")) != map[bool]int{true: 1}[free] {
			t.Errorf("%s: %d members\n%s", name, len(w.membersNamed("team-c")), diags)
		}
	}
}

// TestMemberPlanOfAnother: a plan that adopts a member records no other one.
func TestMemberPlanOfAnother(t *testing.T) {
	t.Parallel()

	w := newMemberWorld(t, bsssim.Options{})
	gate := w.gated()
	c := newCore(w, typeMember)
	plan := c.plan(t.Context(), newMember(map[string]tftypes.Value{"name": str("team-b")}))
	id := w.membersNamed("team-b")[0].ID

	lists := 0

	gate.answersWith(func(operation string, body []byte) []byte {
		if operation == "list_sub_customers" {
			if lists++; lists > 1 {
				return []byte(strings.Replace(string(body), id, "another", 1))
			}
		}

		return body
	})

	if diags := c.apply(t.Context(), plan); !diags.refuses("Member is another one") || !c.absent() || w.mutations() != 0 {
		t.Error(diags)
	}
}

// TestMemberKilled ends the provider with SIGKILL at each of its calls, and applies again
// with a new plan or the same one.
func TestMemberKilled(t *testing.T) {
	t.Parallel()

	save := func(t *testing.T) *killable {
		t.Helper()

		w := newMemberWorld(t, bsssim.Options{})
		config := memberConfig("organization_id = \"ou-data\"\nuse_primary_phone = true\npassword_wo = var.password")

		return planToKill(t, w, config)
	}

	needs(t, catalog.WriteOnly())

	undisturbed := save(t)

	for _, boundary := range boundaries(t, undisturbed, "create_sub_customer") {
		t.Run(boundary.String(), func(t *testing.T) {
			t.Parallel()

			k := save(t)
			k.kill(t, boundary)

			if boundary.saved {
				// After the call, the plan adopts what the saved one creates.
				if code, output := k.run("apply", "-no-color", "-input=false", "saved"); code != 0 && !boundary.after {
					t.Fatal(output)
				}
			}

			k.ok("apply", "-no-color", "-input=false", "-auto-approve")
			k.empty()

			if got := k.world.membersNamed("team-c"); len(got) != 1 {
				t.Errorf("%d members", len(got))
			}

			if found := k.resource(memberAddress); found == nil || found.Tainted || found.Values["member_id"] == nil {
				t.Errorf("state = %v", found)
			}
		})
	}
}
