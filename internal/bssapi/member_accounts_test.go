// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Parts of the secrets are of every kind that encodings change.
//
//nolint:gosec // they are secrets of nobody
var testMember = NewMember{
	OrganizationID:   "ou-1",
	Name:             "team-c",
	DisplayName:      "Team C",
	MobilePhone:      "13800001234",
	Password:         `Pa"ss<w&rd/+1`,
	VerificationCode: "654321",
	Permissions:      []MemberPermission{MemberPermissionViewBills, MemberPermissionShareCredit},
}

func TestCreateMember(t *testing.T) {
	t.Parallel()
	own := testMember
	own.Password = "Secret-123"
	master := NewMember{OrganizationID: "ou-1", Name: "team-c", UsePrimaryPhone: true, Password: "Secret-123", FinancialCustody: true}
	for name, test := range map[string]struct {
		member NewMember
		body   string
	}{
		"phone of its own": {own, `{"party_id":"ou-1","display_name":"Team C","sub_customer_association_type":1,` +
			`"permission_ids":["READ_CONSUME_BILL","SHARE-CREDIT-TO-SUB"],"new_sub_customer":{"customer_name":"team-c",` +
			`"mobile_phone":"13800001234","password":"Secret-123","verification_code":"654321"}}`},
		"phone of the master": {master, `{"party_id":"ou-1","sub_customer_association_type":1,"new_sub_customer":{"customer_name":"team-c",` +
			`"use_pri_mobile_phone":"Y","password":"Secret-123"},"financial_custody":1}`},
	} {
		fake := always(204, "")
		c, _ := newTestClient(t, fake, WithSite(SiteChina))
		if err := c.CreateMember(t.Context(), test.member); err != nil || len(fake.requests()) != 1 {
			t.Errorf("%s: %v after %d calls", name, err, len(fake.requests()))
		}
		if diff := cmp.Diff(test.body, fake.requests()[0].body); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestCreateMemberRefuses: what cannot be right is not sent, and the error says nothing
// of the secrets.
func TestCreateMemberRefuses(t *testing.T) {
	t.Parallel()
	fake := always(204, "")
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	for name, change := range map[string]func(*NewMember){
		"no organization":  func(m *NewMember) { m.OrganizationID = "" },
		"no name":          func(m *NewMember) { m.Name = "" },
		"long name":        func(m *NewMember) { m.Name = strings.Repeat("n", MaxMemberName+1) },
		"short password":   func(m *NewMember) { m.Password = "seven-7" },
		"long password":    func(m *NewMember) { m.Password = strings.Repeat("p", MaxMemberPassword+1) },
		"no phone":         func(m *NewMember) { m.MobilePhone = "" },
		"phone and master": func(m *NewMember) { m.UsePrimaryPhone = true },
	} {
		member := testMember
		change(&member)
		err := c.CreateMember(t.Context(), member)
		if said := fmt.Sprint(err); !errors.Is(err, ErrNotSent) || strings.Contains(said, member.Password) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(fake.requests()) != 0 {
		t.Errorf("%d calls", len(fake.requests()))
	}
	other, _ := newTestClient(t, fake)
	if err := other.CreateMember(t.Context(), testMember); !errors.Is(err, ErrNotOnSite) {
		t.Error(err)
	}
}

// TestSecretsOfCallsStayOut: an answer that says again what was sent is redacted,
// whatever its form, and one that cannot be read is not shown at all.
func TestSecretsOfCallsStayOut(t *testing.T) {
	t.Parallel()
	echo := fmt.Sprintf("bad %s of %s with %s", testMember.Password, testMember.MobilePhone, testMember.VerificationCode)
	encoded, err := json.Marshal(map[string]any{
		"error_code": "CBC.7004", "error_msg": echo, "fail_check_items": []any{map[string]any{"id": "PASSWORD_RULE", "name": echo}},
	})
	if err != nil {
		t.Fatal(err)
	}
	asCode, err := json.Marshal(map[string]any{
		"error_code": echo, "quota_infos": []any{map[string]any{"region_code": echo}}, "request_id": echo,
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, fake := range map[string]*network{
		"code":     always(400, string(asCode), "X-Request-Id", ""),
		"refusal":  always(500, string(encoded)),
		"page":     always(502, "<html>"+echo+"</html>"),
		"success?": always(200, string(encoded)),
		"strange":  always(400, `{"echo":`+string(encoded)+`}`),
	} {
		c, _ := newTestClient(t, fake, WithSite(SiteChina))
		err := c.CreateMember(t.Context(), testMember)
		if err == nil || len(fake.requests()) != 1 {
			t.Fatalf("%s: %v after %d calls", name, err, len(fake.requests()))
		}
		said := err.Error() + strings.Join(FailedChecks(err), " ") + fmt.Sprintf("%+v %#v %v", err, testMember, testMember)
		if e := new(Error); errors.As(err, &e) {
			said += fmt.Sprintf("%+v", *e)
		}
		for _, secret := range []string{testMember.Password, testMember.MobilePhone, testMember.VerificationCode, `Pa\"ss`, "rd/+1"} {
			if strings.Contains(said, secret) {
				t.Errorf("%s: %q is in %s", name, secret, said)
			}
		}
		if name == "refusal" && (!NotDone(err) || !errors.Is(err, CodeChecksFailed) ||
			FailedChecks(err)[0] != "PASSWORD_RULE: bad [redacted] of [redacted] with [redacted]") {
			t.Errorf("%s: %v, %q", name, err, FailedChecks(err))
		}
	}
}

// TestOpenSuccess: where sources do not agree how a success looks, HTTP 200 is one, too,
// unless it says otherwise.
func TestOpenSuccess(t *testing.T) {
	t.Parallel()
	calls := map[string]func(*Client) error{
		"code": func(c *Client) error {
			return c.SendMemberCode(t.Context(), SendMemberCodeRequest{MobilePhone: "13800001234", Name: "team-c", Timeout: 5, Language: "en-us"})
		},
		"projects": func(c *Client) error { return c.EnableEnterpriseProjects(t.Context()) },
	}
	for name, test := range map[string]struct {
		status int
		body   string
		want   error
	}{
		"204":         {204, "", nil},
		"empty 200":   {200, "", nil},
		"object":      {200, "{}", nil},
		"code":        {200, `{"error_code":"CBC.0000"}`, nil},
		"failure":     {200, `{"error_code":"CBC.99007197"}`, CodeAddressThrottled},
		"page":        {200, "<html></html>", ErrUnreadable},
		"accepted":    {202, "{}", ErrUnreadable},
		"400":         {400, `{"error_code":"CBC.99000082"}`, CodeTooManyCodes},
		"nothing 500": {500, "", ErrServer},
	} {
		for call, send := range calls {
			fake := always(test.status, test.body)
			c, _ := newTestClient(t, fake, WithSite(SiteChina), WithMaxRetries(3))
			if err := send(c); !errors.Is(err, test.want) || (err == nil) != (test.want == nil) || len(fake.requests()) != 1 {
				t.Errorf("%s, %s: %v after %d calls", name, call, err, len(fake.requests()))
			}
		}
	}
	fake := always(204, "")
	c, _ := newTestClient(t, fake, WithSite(SiteChina))
	if err := calls["code"](c); err != nil {
		t.Fatal(err)
	}
	const want = `{"mobile_phone":"13800001234","timeout":5,"language":"en-us","sm_template_args":[{"key":"sub_customer_name","value":"team-c"}]}`
	if diff := cmp.Diff(want, fake.requests()[0].body); diff != "" {
		t.Error(diff)
	}
	for _, minutes := range []int{-1, MaxCodeTimeout + 1} {
		if err := c.SendMemberCode(
			t.Context(),
			SendMemberCodeRequest{MobilePhone: "1", Name: "n", Timeout: minutes},
		); !errors.Is(
			err,
			ErrNotSent,
		) {
			t.Errorf("%d minutes: %v", minutes, err)
		}
	}
}

// TestFailedChecks reads every form that the items could have.
func TestFailedChecks(t *testing.T) {
	t.Parallel()
	for items, want := range map[string][]string{
		`["A_CHECK","B_CHECK"]`: {"A_CHECK", "B_CHECK"},
		`[{"id":"A_CHECK","name":"why"},{"desc":"other","code":"B_CHECK"}]`: {"A_CHECK: why", "B_CHECK: other"},
		`[{"message":"why","check":{"code":"A_CHECK"}}]`:                    {"A_CHECK: why"},
		`{"item":"A_CHECK"}`:        {"A_CHECK"},
		`"A_CHECK"`:                 {"A_CHECK"},
		`[7,true,null,["a"," b "]]`: {"7", "true", "a: b"},
		`[]`:                        nil,
		`null`:                      nil,
		`[{}]`:                      nil,
		`[" "]`:                     nil,
	} {
		c, _ := newTestClient(t, always(400, `{"error_code":"CBC.99007004","error_msg":"no","fail_check_items":`+items+`}`))
		if diff := cmp.Diff(want, FailedChecks(c.EnableEnterpriseProjects(t.Context()))); diff != "" {
			t.Errorf("%s: %s", items, diff)
		}
	}
	if got := FailedChecks(errors.New("other")); got != nil {
		t.Error(got)
	}
	long, _ := newTestClient(t, always(400, `{"error_code":"CBC.99007004","fail_check_items":["`+strings.Repeat("x", 2000)+`"`+
		strings.Repeat(`,"y"`, 50)+`]}`))
	if got := FailedChecks(long.EnableEnterpriseProjects(t.Context())); len(got) != mostFailedChecks || len(got[0]) > mostFailedCheck+4 {
		t.Errorf("%d items, the first has %d bytes", len(got), len(got[0]))
	}
}

// TestProjectsAreOpen: only names of checks tell it, and all of them have to.
func TestProjectsAreOpen(t *testing.T) {
	t.Parallel()
	for items, want := range map[string]bool{
		`["NOT_OPEN_ENTERPRISE_PROJECT"]`:                                              true,
		`["ENTERPRISE_PROJECT_ALREADY_OPENED"]`:                                        true,
		`["NOT_OPEN_EP"]`:                                                              true,
		`[{"id":"NOT_OPEN_ENTERPRISE_PROJECT","name":"opened before"}]`:                true,
		`["NOT_OPEN_ENTERPRISE_PROJECT","NOT_OPEN_PROJECT_GROUP"]`:                     false,
		`["NOT_OPEN_PROJECT_GROUP"]`:                                                   false,
		`["NOT_OPEN_MULTI_PROJECT"]`:                                                   false,
		`["SELF_OPEN_ONLY_FOR_ENT_AND_INTR_CUST"]`:                                     false,
		`["ENTERPRISE_PROJECT_OPEN_ONLY_FOR_SOME"]`:                                    false,
		`["Enabling enterprise project management is not supported while it is open"]`: false,
		`[]`: false,
	} {
		c, _ := newTestClient(t, always(400, `{"error_code":"CBC.99007004","fail_check_items":`+items+`}`))
		if got := ProjectsAreOpen(c.EnableEnterpriseProjects(t.Context())); got != want {
			t.Errorf("%s: %t", items, got)
		}
	}
}
