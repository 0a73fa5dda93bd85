// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

var kinds = map[string]error{
	"throttled": ErrThrottled, "access denied": ErrAccessDenied, "unauthenticated": ErrUnauthenticated,
	"wrong site": ErrWrongSite, "not found": ErrNotFound, "server": ErrServer, "no answer": ErrNoAnswer,
	"not sent": ErrNotSent, "unreadable": ErrUnreadable, "incomplete": ErrIncomplete, "not on site": ErrNotOnSite,
}

func TestKinds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  *Error
		want []string
	}{
		"throttled at the gateway":    {&Error{Status: 429, Code: CodeGatewayThrottled}, []string{"throttled"}},
		"throttled in the service":    {&Error{Status: 429, Code: CodeServiceThrottled}, []string{"throttled"}},
		"denied":                      {&Error{Status: 403, Code: CodeAccessDenied}, []string{"access denied"}},
		"denied by an unknown code":   {&Error{Status: 403, Code: "PDP5.0001"}, []string{"access denied"}},
		"a proxy's 403":               {&Error{Status: 403, Err: ErrUnreadable}, []string{"unreadable"}},
		"wrong site":                  {&Error{Status: 403, Code: CodeWrongSite}, []string{"wrong site"}},
		"wrong site, older":           {&Error{Status: 403, Code: CodeWrongSiteOld}, []string{"wrong site"}},
		"token":                       {&Error{Status: 403, Code: CodeTokenInvalid}, []string{"unauthenticated"}},
		"signature":                   {&Error{Status: 401, Code: "APIGW.0301"}, []string{"unauthenticated"}},
		"no such order":               {&Error{Status: 400, Code: CodeOrderNotFound}, []string{"not found"}},
		"no such order, old API":      {&Error{Status: 500, Code: CodeOrderNotFound}, []string{"not found", "server"}},
		"404 of the service":          {&Error{Status: 404, Code: "CBC.0404"}, []string{"not found"}},
		"404 of the gateway":          {&Error{Status: 404, Code: "APIG.0101"}, nil},
		"404 of a proxy":              {&Error{Status: 404}, nil},
		"server":                      {&Error{Status: 500, Code: CodeServer}, []string{"server"}},
		"server error inside 200":     {&Error{Status: 200, Code: CodeServer}, []string{"server"}},
		"no answer":                   {&Error{Err: fmt.Errorf("%w: reset", ErrNoAnswer)}, []string{"no answer"}},
		"refused for another reason":  {&Error{Status: 400, Code: CodeBalanceShort}, nil},
		"the site lacks an operation": {&Error{Err: fmt.Errorf("%w (china)", ErrNotOnSite)}, []string{"not on site"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Errors are asked through whatever wraps them.
			err := fmt.Errorf("paying: %w", test.err)
			for kind, sentinel := range kinds {
				if got, want := errors.Is(err, sentinel), slices.Contains(test.want, kind); got != want {
					t.Errorf("%s: %v, want %v", kind, got, want)
				}
			}
		})
	}
}

func TestCodeFamilies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code, sentinel Code
		want           bool
	}{
		{"CBC.99003106", CodeOrderStatusChanged, true},
		{"CBC.3106", CodeOrderStatusChanged, true},
		{"CBC.5003", CodeBalanceShort, true},
		{"CBC.99007281", CodeAccountFrozen, true},
		{"CBC.99005023", CodePayAccountType, true},
		{"CBC.3107", CodeOrderStatusChanged, false},
		{"APIG.3106", CodeOrderStatusChanged, false},
		{"APIG.0308", CodeGatewayThrottled, true},
		{"APIG.99000308", CodeGatewayThrottled, false},
		{"CBC.99000151", CodeAccessDenied, false},
		{"CBC.0151", CodeAccessDenied, true},
		{"CBC.31060", CodeOrderStatusChanged, false},
		{"", CodeOrderStatusChanged, false},
		{"", "", false},
	}
	for _, test := range tests {
		if got := errors.Is(&Error{Code: test.code}, test.sentinel); got != test.want {
			t.Errorf("%q is %q: %v", test.code, test.sentinel, got)
		}
	}
}

// documentedCode is what the vendor says about an error code.
type documentedCode struct {
	HTTP       []int    `json:"http"`
	Operations []string `json:"operations"`
	Retry      string   `json:"retry"`
}

func documentedCodes(t *testing.T) map[Code]documentedCode {
	t.Helper()
	data, err := os.ReadFile("testdata/errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var documented map[Code]documentedCode
	if err := json.Unmarshal(data, &documented); err != nil {
		t.Fatal(err)
	}

	return documented
}

// TestNotDoneFollowsDocumentation checks every code that the vendor documents
// for the mutations of this client.
func TestNotDoneFollowsDocumentation(t *testing.T) {
	t.Parallel()
	checked := 0
	for code, doc := range documentedCodes(t) {
		ours := slices.ContainsFunc(doc.Operations, func(op string) bool {
			return op == "*" || op == "pay_order" || op == "pay_order_v1" || op == "cancel_order"
		})
		if !ours || code == CodeSuccess {
			continue
		}
		for _, status := range doc.HTTP {
			// A code that came late to the look-first list must win over an older
			// entry of the same family.
			want := status < 500 && (doc.Retry == "never" || code == CodeTokenInvalid || status == http.StatusTooManyRequests)
			if code == "CBC.18000048" {
				want = false // about bills only
			}
			if got := NotDone(&Error{Status: status, Code: code}); got != want {
				t.Errorf("%s with HTTP %d: NotDone is %v, documented is %q", code, status, got, doc.Retry)
			}
			checked++
		}
	}
	if checked < 35 {
		t.Errorf("only %d codes were checked", checked)
	}
}

func TestNotDoneDoubts(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		err  error
		want bool
	}{
		"nil":                          {nil, false},
		"foreign error":                {errors.New("x"), false},
		"refusal with a server status": {&Error{Status: 500, Code: CodeBalanceShort}, false},
		"unknown code":                 {&Error{Status: 400, Code: "CBC.12345678"}, false},
		"status changed":               {&Error{Status: 400, Code: CodeOrderStatusChanged}, false},
		"payment in progress":          {&Error{Status: 400, Code: CodePaymentInProgress}, false},
		"not cancelable":               {&Error{Status: 400, Code: CodeOrderNotCancelable}, false},
		"throttle code with 400":       {&Error{Status: 400, Code: CodeServiceThrottled}, false},
		"429 of the gateway":           {&Error{Status: 429, Code: CodeGatewayThrottledNew}, true},
		"signature refused":            {&Error{Status: 401, Code: "APIGW.0301"}, true},
		"401 without code":             {&Error{Status: 401}, false},
		"balance short":                {&Error{Status: 400, Code: CodeBalanceShort}, true},
		"wrapped":                      {fmt.Errorf("x: %w", &Error{Status: 400, Code: CodeBalanceShort}), true},
		"error code inside 200":        {&Error{Status: 200, Code: CodePayAccountType}, true},
		"not sent":                     {&Error{Err: notSent(errors.New("refused"))}, true},
		"no answer":                    {&Error{Err: ErrNoAnswer}, false},
		"not on site":                  {&Error{Err: ErrNotOnSite}, true},
		"unreadable":                   {&Error{Status: 200, Err: ErrUnreadable}, false},
	}
	for name, test := range tests {
		if got := NotDone(test.err); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestErrorOfAnswer(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		status   int
		body     string
		code     Code
		contains string
	}{
		"of the service": {
			400,
			`{"error_code":"CBC.99005003","error_msg":"Insufficient balance"}`,
			CodeBalanceShort,
			"Insufficient balance",
		},
		"inside 200": {
			200,
			`{"error_code":"CBC.99005003","error_msg":"Insufficient balance"}`,
			CodeBalanceShort,
			"Insufficient balance",
		},
		"of the gateway": {401, `{"error_code":"APIGW.0301","error_msg":"no","request_id":"r-77"}`, "APIGW.0301", "r-77"},
		"of identity": {
			401,
			`{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`,
			"401",
			"requires authentication",
		},
		"number for a code":     {400, `{"error_code":17,"error_msg":null}`, "17", "HTTP 400"},
		"odd fields beside":     {400, `{"quota_infos":"none","error_code":"CBC.99003141","error_msg":{"a":1}}`, CodeQuotaShort, "HTTP 400"},
		"control characters":    {400, "{\"error_code\":\"CBC.0100\",\"error_msg\":\"a\\n\\u001b[31mb\"}", CodeParameterInvalid, "a [31mb"},
		"very long":             {400, `{"error_code":"CBC.0100","error_msg":"` + strings.Repeat("é", 5000) + `"}`, CodeParameterInvalid, "…"},
		"very long code":        {400, `{"error_code":"` + strings.Repeat("é", 5000) + `"}`, Code(strings.Repeat("é", 5000)), "…"},
		"odd code":              {400, "{\"error_code\":\"CBC.1\\n\\u001b[31m2\"}", "CBC.1\n\x1b[31m2", "CBC.1 [31m2"},
		"page":                  {403, "<html>\n<body>blocked by proxy</body></html>", "", "blocked by proxy"},
		"json without a code":   {404, `{"message":"no Route matched"}`, "", "no Route matched"},
		"success code in a 400": {400, `{"error_code":"CBC.0000","error_msg":"ok"}`, CodeSuccess, "HTTP 400"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, always(test.status, test.body, "X-Request-Id", ""), WithMaxRetries(0))
			_, err := c.GetAccountBalances(t.Context())
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Status != test.status || e.Code != test.code || e.Operation != "get_account_balances" {
				t.Errorf("got %+v", e)
			}
			text := e.Error()
			if !strings.Contains(text, test.contains) || len(text) > 1300 || strings.ContainsAny(text, "\n\x1b") {
				t.Errorf("text %q", text)
			}
		})
	}
}

func TestErrorDetails(t *testing.T) {
	t.Parallel()
	want := QuotaInfo{
		RegionCode:       "ap-southeast-3",
		CloudServiceType: "hws.service.type.ec2",
		ResourceType:     "vm",
		ResourceSpecCode: "s3.small",
		AuthResult:       2,
		AvailableZoneID:  "az1",
	}
	bodies := map[string]string{
		"current": `{"error_code":"CBC.99003141","error_msg":"x","quota_infos":[{"region_code":"ap-southeast-3","cloud_service_type":"hws.service.type.ec2","resource_type":"vm","resource_spec_code":"s3.small","auth_result":2,"available_zone_id":"az1"}],
			"enterprise_project_auth_result":[{"enterprise_project_id":"e1","enterprise_project_name":"n","auth_status":10}]}`,
		"old": `{"error_code":"CBC.3141","error_msg":"x","quotaInfos":[{"regionCode":"ap-southeast-3","cloudServiceType":"hws.service.type.ec2","resourceType":"vm","resourceSpecCode":"s3.small","authResult":2,"availableZoneId":"az1"}],
			"enterpriseProjectAuthResult":[{"enterpriseProjectId":"e1","enterpriseProjectName":"n","authStatus":10}]}`,
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := newTestClient(t, always(400, body, "X-Request-Id", "r-1"))
			err := c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, CodeQuotaShort) || e.RequestID != "r-1" {
				t.Fatalf("got %v", err)
			}
			if len(e.Quotas) != 1 || e.Quotas[0] != want {
				t.Errorf("quotas %+v", e.Quotas)
			}
			if len(e.EnterpriseProjects) != 1 || e.EnterpriseProjects[0] != (EnterpriseProjectAuth{"e1", "n", 10}) {
				t.Errorf("enterprise projects %+v", e.EnterpriseProjects)
			}
		})
	}
}
