// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	codesPath     = "/v2/enterprises/multi-accounts/sm-verification-code"
	authorityPath = "/v2/enterprises/enterprise-projects/authority"
	testPhone     = "13800001234"
	testPassword  = "Secret-4711"
)

func (c *client) create(t *testing.T, name string, more string) reply {
	t.Helper()

	return c.must(t, http.MethodPost, membersPath, fmt.Sprintf(
		`{"party_id":"ou-data","sub_customer_association_type":1,"new_sub_customer":{"customer_name":%q,"password":%q%s}}`,
		name,
		testPassword,
		more,
	))
}

// code sends a code to the test phone, and reads it there.
func (c *client) code(t *testing.T, minutes int) string {
	t.Helper()
	c.must(t, http.MethodPost, codesPath, fmt.Sprintf(
		`{"mobile_phone":%q,"timeout":%d,"sm_template_args":[{"key":"sub_customer_name","value":"team-c"}]}`, testPhone, minutes)).want(t, 204)
	read, err := c.Console("read_code", map[string]any{"mobile_phone": testPhone})
	if err != nil {
		t.Fatal(err)
	}

	return fmt.Sprint(read["verification_code"])
}

func (c *client) memberStatus(t *testing.T) []string {
	t.Helper()

	return columns(c.get(t, membersPath+"?sub_customer_account_name=team-c").rows(t, "sub_customer_infos"), "status", "org_id", "display_name")
}

const primaryPhone = `,"use_pri_mobile_phone":"Y"`

func TestCreateMember(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo", Processing: Transition{Reads: 1}})
	same(t, "no body", c.create(t, "team-c", primaryPhone).want(t, 204).raw, "")
	same(t, "at first", c.memberStatus(t), []string{"2 ou-data "})
	c.memberStatus(t)
	same(t, "then", c.memberStatus(t), []string{"1 ou-data "})
	c.create(t, "team-c", primaryPhone).refused(t, http.StatusInternalServerError, "CBC.7004")
	c.create(t, "old-team", primaryPhone).refused(t, http.StatusInternalServerError, "CBC.7004")
	c.create(t, "team d", primaryPhone).refused(t, http.StatusBadRequest, "CBC.99000031")
	c.create(t, "team-d", "").refused(t, http.StatusBadRequest, "CBC.0100")
	c.create(t, "team-d", `,"use_pri_mobile_phone":"y"`).refused(t, http.StatusBadRequest, "CBC.0100")
	c.must(t, http.MethodPost, membersPath, `{"party_id":"ou-none","sub_customer_association_type":1,`+
		`"new_sub_customer":{"customer_name":"team-d","password":"Secret-4711","use_pri_mobile_phone":"Y"}}`).refused(t, 400, "CBC.0100")
	for _, kind := range []string{"0", "-1"} {
		c.must(t, http.MethodPost, membersPath, `{"party_id":"ou-data","sub_customer_association_type":`+kind+
			`,"new_sub_customer":{"customer_name":"team-d","password":"Secret-4711","use_pri_mobile_phone":"Y"}}`).refused(t, 400, "CBC.0100")
	}
	c.set(t, "server_locks", "off")
	c.create(t, "team-c", primaryPhone).want(t, 204)
	same(t, "two of one name", len(c.memberStatus(t)), 2)
	start(t, Options{}).create(t, "team-c", primaryPhone).refused(t, http.StatusNotFound, "APIG.0101")
	c.set(t, "enterprise_master", "CBC.0155")
	c.create(t, "team-e", primaryPhone).refused(t, http.StatusForbidden, "CBC.0155")
}

func TestCreateMemberSettings(t *testing.T) {
	t.Parallel()
	c := start(
		t,
		Options{Site: SiteChina, Seed: "demo", Settings: map[string]string{"new_member_status": "101", "member_shows_after": "reads=1"}},
	)
	c.create(t, "team-c", primaryPhone).want(t, 204)
	same(t, "hidden", len(c.memberStatus(t)), 0)
	same(t, "shows", c.memberStatus(t), []string{"1 ou-data "})
}

// TestMemberCodes: a code lives for its time and works once; the newest message counts.
func TestMemberCodes(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	with := func(code string) string {
		return fmt.Sprintf(`,"mobile_phone":%q,"verification_code":%q`, testPhone, code)
	}
	c.create(t, "team-c", with("123456")).refused(t, http.StatusBadRequest, "CBC.99000026")
	old := c.code(t, 10)
	code := c.code(t, 5)
	if old == code {
		t.Fatal("two messages have one code")
	}
	c.create(t, "team-c", with(old)).refused(t, http.StatusBadRequest, "CBC.99000026")
	c.Advance(5 * time.Minute)
	c.create(t, "team-c", with(code)).refused(t, http.StatusBadRequest, "CBC.99000027")
	code = c.code(t, 0)
	c.Advance(9 * time.Minute)
	c.create(t, "team-c", with(code)).want(t, 204)
	c.create(t, "team-d", with(code)).refused(t, http.StatusBadRequest, "CBC.99000026")
	// More than an hour is five minutes.
	code = c.code(t, 61)
	c.Advance(6 * time.Minute)
	c.create(t, "team-d", with(code)).refused(t, http.StatusBadRequest, "CBC.99000027")
	for range codesPerDay - 4 {
		c.code(t, 1)
	}
	body := `{"mobile_phone":"` + testPhone + `","sm_template_args":[{"key":"sub_customer_name","value":"x"}]}`
	c.must(t, http.MethodPost, codesPath, body).refused(t, http.StatusBadRequest, "CBC.99000082")
	c.Advance(25 * time.Hour)
	for form, want := range map[string]reply{"204": {status: 204}, "200": {status: 200, raw: "{}"}, "200_empty": {status: 200}} {
		c.set(t, "code_success", form)
		got := c.must(t, http.MethodPost, codesPath, body).want(t, want.status)
		same(t, form, got.raw, want.raw)
	}
	for _, bad := range []string{
		`{"mobile_phone":"1"}`, `{"mobile_phone":"1","sm_template_args":[]}`,
		`{"mobile_phone":"1","sm_template_args":[{"key":"other","value":"x"}]}`, strings.Replace(body, `"sm_`, `"timeout":101,"sm_`, 1),
		strings.Replace(body, `"sm_`, `"language":"de-de","sm_`, 1),
	} {
		c.must(t, http.MethodPost, codesPath, bad).refused(t, http.StatusBadRequest, "CBC.0100")
	}
	if _, err := c.Console("read_code", map[string]any{"mobile_phone": "1"}); err == nil {
		t.Error("a phone without a message has a code")
	}
}

// TestMemberSecretsStayOut: neither the journal nor the world holds a password, a phone
// number or a code; an answer does only where it is told to.
func TestMemberSecretsStayOut(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Site: SiteChina, Seed: "demo"})
	code := c.code(t, 10)
	refused := c.create(t, "team-c", fmt.Sprintf(`,"mobile_phone":%q,"verification_code":"000000"`, testPhone))
	c.set(t, "refusals_echo", "on")
	echoed := c.create(t, "team-c", fmt.Sprintf(`,"mobile_phone":%q,"verification_code":"000000"`, testPhone))
	c.create(t, "team-c", fmt.Sprintf(`,"mobile_phone":%q,"verification_code":%q`, testPhone, code)).want(t, 204)
	journal, err := json.Marshal(c.Requests())
	if err != nil {
		t.Fatal(err)
	}
	world := c.must(t, http.MethodGet, "/_sim/world", "").raw
	for place, text := range map[string]string{"journal": string(journal), "world": world, "refusal": refused.raw} {
		for _, secret := range []string{testPhone, testPassword, code} {
			if strings.Contains(text, secret) {
				t.Errorf("the %s holds %s", place, secret)
			}
		}
	}
	if !strings.Contains(echoed.raw, testPhone) || !strings.Contains(echoed.raw, testPassword) {
		t.Errorf("nothing is said again: %s", echoed.raw)
	}
	// What was loaded again still knows the code.
	loaded := start(t, Options{Site: SiteChina, World: []byte(world)})
	read, err := loaded.Console("read_code", map[string]any{"mobile_phone": testPhone})
	if err != nil || read["verification_code"] != code {
		t.Error(read, err)
	}
}

func TestEnterpriseProjects(t *testing.T) {
	t.Parallel()
	for _, site := range []string{SiteChina, SiteInternational, SiteEurope} {
		c := start(t, Options{Site: site})
		for range 2 {
			c.must(t, http.MethodPost, authorityPath, "").want(t, 204)
		}
		same(t, site, c.World().EnterpriseProjectsOpen, true)
		c.set(t, "projects_open_again", "NOT_OPEN_ENTERPRISE_PROJECT")
		for form, want := range map[string]string{
			"texts": `["NOT_OPEN_ENTERPRISE_PROJECT"]`, "text": `"NOT_OPEN_ENTERPRISE_PROJECT"`,
			"object":  `{"check_item_id":"NOT_OPEN_ENTERPRISE_PROJECT","reason":"Checked by the business: NOT_OPEN_ENTERPRISE_PROJECT"}`,
			"without": "null",
		} {
			c.set(t, "fail_check_items", form)
			refused := c.must(t, http.MethodPost, authorityPath, "")
			refused.refused(t, http.StatusBadRequest, "CBC.99007004")
			items, err := json.Marshal(refused.body["fail_check_items"])
			same(t, form, string(items), want)
			same(t, form, err, nil)
		}
		c.must(t, http.MethodPost, authorityPath, "{}").refused(t, http.StatusBadRequest, "CBC.0100")
	}
	c := start(t, Options{Settings: map[string]string{"project_authority": "NOT_OPEN_MULTI_PROJECT"}})
	c.must(t, http.MethodPost, authorityPath, "").refused(t, http.StatusBadRequest, "CBC.99007004")
	same(t, "closed", c.World().EnterpriseProjectsOpen, false)
}
