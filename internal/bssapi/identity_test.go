// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

const (
	testPassword = "example-of-a-password"
	testIDToken  = "example-of-an-id-token"
)

// identityService answers the calls for keys, each with the next number, and every
// other call as it is told.
type identityService struct {
	*network

	clock *clocktest.Clock
	// ahead is how far its clock is ahead of the client's.
	ahead time.Duration

	mu     sync.Mutex
	issued int
	// refuse answers in the place of keys.
	refuse func() (*http.Response, error)
	// idTokenEnded: the token of the identity provider is not accepted any more.
	idTokenEnded bool
	// other answers the calls that are for no keys.
	other func(req sent) (*http.Response, error)
}

func newIdentityService() *identityService {
	s := &identityService{clock: clocktest.New(start)}
	s.network = &network{answer: func(_ int, req sent) (*http.Response, error) {
		s.mu.Lock()
		defer s.mu.Unlock()
		now := s.clock.Now().Add(s.ahead)
		date := now.Format(http.TimeFormat)
		switch {
		case !strings.HasPrefix(req.URL.Host, "iam."):
			if s.other != nil {
				return s.other(req)
			}

			return reply(http.StatusOK, noFunds, "Date", date), nil
		case s.refuse != nil:
			return s.refuse()
		case s.idTokenEnded && req.URL.Path == opTokenOfIDToken.path:
			return reply(http.StatusUnauthorized, `{"error":{"code":401,"message":"the id token has ended"}}`, "Date", date), nil
		}
		s.issued++
		if req.URL.Path != securityTokens {
			return reply(http.StatusCreated, fmt.Sprintf(`{"token":{"expires_at":%q}}`, now.Add(24*time.Hour).Format("2006-01-02T15:04:05.000000Z")),
				"Date", date, headerSubjectToken, fmt.Sprintf("token-%d-of-the-service", s.issued)), nil
		}

		return reply(http.StatusCreated, fmt.Sprintf(
			`{"credential":{"access":"TEMP%d","secret":"secret-%d-of-the-service","securitytoken":"token-%d-of-the-service","expires_at":%q}}`,
			s.issued, s.issued, s.issued, now.Add(time.Hour).Format("2006-01-02T15:04:05.000000Z")), "Date", date), nil
	}}

	return s
}

// options are those of clients that reach the service.
func (s *identityService) options() []Option {
	return []Option{WithSite(SiteInternational), WithTransport(s), WithClock(s.clock)}
}

// find looks for credentials of which the service gives the keys.
func (s *identityService) find(t *testing.T, p place, sources CredentialSources) (*FoundCredentials, error) {
	t.Helper()
	sources.Clock = s.clock
	if sources.Identity == nil {
		sources.Identity = s.options()
	}

	return p.find(t, sources)
}

// client is a client with such credentials.
func (s *identityService) client(t *testing.T, sources CredentialSources, opts ...Option) *Client {
	t.Helper()
	found, err := s.find(t, place{}, sources)
	if err != nil {
		t.Fatal(err)
	}
	client, err := New(append(append(s.options(), WithCredentials(found.Credentials), WithDomainID(found.DomainID)), opts...)...)
	if err != nil {
		t.Fatal(err)
	}

	return client
}

var oneRole = []Role{{Agency: "billing", DomainName: "customer"}}

// asked are the calls for keys.
func (s *identityService) asked() (calls []sent) {
	for _, req := range s.requests() {
		if strings.HasPrefix(req.URL.Host, "iam.") {
			calls = append(calls, req)
		}
	}

	return calls
}

// numberedKeys are those that the service gives in its nth answer.
func numberedKeys(n int) Keys {
	return Keys{
		AccessKey: fmt.Sprintf("TEMP%d", n), SecretKey: fmt.Sprintf("secret-%d-of-the-service", n),
		SecurityToken: fmt.Sprintf("token-%d-of-the-service", n),
	}
}

func TestKeysOfTheIdentityService(t *testing.T) {
	t.Parallel()
	keys := CredentialSources{AccessKey: "AK", SecretKey: testSecretKey, DomainID: "source"}
	with := func(change func(s *CredentialSources)) CredentialSources {
		s := keys
		change(&s)

		return s
	}
	const agency = `{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":"billing",`
	user := `{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"jo","password":"` + testPassword + `","domain":` +
		`{"name":"firm"}}}},"scope":{"domain":{"name":"firm"}}}}`
	for name, test := range map[string]struct {
		place
		sources CredentialSources
		// calls are path, who signs, X-Idp-Id and body of each call for keys.
		calls  [][4]string
		keys   Keys
		domain string
	}{
		"agency by the configuration": {
			sources: with(func(s *CredentialSources) { s.Roles = oneRole }),
			calls:   [][4]string{{securityTokens, "AK", "", agency + `"domain_name":"customer","duration_seconds":3600}}}}`}},
			keys:    numberedKeys(1),
		},
		"agency by variables alone": {
			place: place{env: map[string]string{
				"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_AGENCY_NAME": "billing", "HW_ASSUME_ROLE_DOMAIN_ID": "0a",
				"HW_ASSUME_ROLE_DURATION": "900",
			}},
			calls:  [][4]string{{securityTokens, "AK", "", agency + `"domain_id":"0a","duration_seconds":900}}}}`}},
			keys:   numberedKeys(1),
			domain: "0a",
		},
		"agency by a profile": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","mode":"AKSK","accessKeyId":"CLI","secretAccessKey":` +
				`"s","domainId":"other","agencyName":"billing","agencyDomainName":"customer"}]}`}},
			calls: [][4]string{{securityTokens, "CLI", "", agency + `"domain_name":"customer","duration_seconds":3600}}}}`}},
			keys:  numberedKeys(1),
		},
		"chain of agencies": {
			sources: with(func(s *CredentialSources) {
				s.Roles = []Role{{Agency: "relay", DomainID: "0b"}, {Agency: "billing", DomainID: "0a", Duration: 2 * time.Hour}}
			}),
			calls: [][4]string{
				{securityTokens, "AK", "", strings.Replace(agency, "billing", "relay", 1) + `"domain_id":"0b","duration_seconds":3600}}}}`},
				{securityTokens, "TEMP1", "", agency + `"domain_id":"0a","duration_seconds":7200}}}}`},
			},
			keys:   numberedKeys(2),
			domain: "0a",
		},
		"agency with a token": {
			sources: CredentialSources{Token: testToken, Roles: oneRole},
			calls:   [][4]string{{securityTokens, testToken, "", agency + `"domain_name":"customer","duration_seconds":3600}}}}`}},
			keys:    numberedKeys(1),
		},
		"identity provider": {
			sources: CredentialSources{OIDC: &OIDC{IdpID: "idp", IDToken: testIDToken}},
			calls: [][4]string{
				{opTokenOfIDToken.path, "", "idp", `{"auth":{"id_token":{"id":"` + testIDToken + `"}}}`},
				{securityTokens, "", "", `{"auth":{"identity":{"methods":["token"],"token":{"id":"token-1-of-the-service","duration_seconds":3600}}}}`},
			},
			keys: numberedKeys(2),
		},
		"identity provider by variables, before keys by variables": {
			place: place{
				env: map[string]string{
					"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_IDP_ID": "idp", "HW_ASSUME_ROLE_ID_TOKEN_FILE": "$HOME/token",
					"HW_ASSUME_ROLE_AGENCY_NAME": "billing", "HW_ASSUME_ROLE_DOMAIN_ID": "0a",
				},
				files: map[string]string{"token": testIDToken + "\n"},
			},
			calls: [][4]string{
				{opTokenOfIDToken.path, "", "idp", `{"auth":{"id_token":{"id":"` + testIDToken + `"}}}`},
				{securityTokens, "", "", `{"auth":{"identity":{"methods":["token"],"token":{"id":"token-1-of-the-service","duration_seconds":3600}}}}`},
				{securityTokens, "TEMP2", "", agency + `"domain_id":"0a","duration_seconds":3600}}}}`},
			},
			keys:   numberedKeys(3),
			domain: "0a",
		},
		"user and password": {
			sources: CredentialSources{UserName: "jo", Password: testPassword, DomainName: "firm"},
			calls:   [][4]string{{opTokenOfPassword.path, "", "", user}},
			keys:    Keys{Token: "token-1-of-the-service"},
		},
		"user and password by variables": {
			place:   place{env: map[string]string{"HW_USER_NAME": "jo", "HW_USER_PASSWORD": testPassword, "HW_DOMAIN_NAME": "firm"}},
			calls:   [][4]string{{opTokenOfPassword.path, "", "", user}},
			keys:    Keys{Token: "token-1-of-the-service"},
			sources: CredentialSources{},
		},
		"user and password by other variables, the account by its id": {
			place: place{env: map[string]string{
				"OS_USERNAME": "jo", "OS_PASSWORD": testPassword, "OS_USER_DOMAIN_NAME": "firm", "OS_DOMAIN_ID": "0a",
			}},
			calls:  [][4]string{{opTokenOfPassword.path, "", "", strings.ReplaceAll(user, `"name":"firm"`, `"id":"0a"`)}},
			keys:   Keys{Token: "token-1-of-the-service"},
			domain: "0a",
		},
		"user and password of the configuration, the account by a variable": {
			place:   place{env: map[string]string{"HW_DOMAIN_NAME": "firm", "OS_DOMAIN_ID": "other"}},
			sources: CredentialSources{UserName: "jo", Password: testPassword},
			calls:   [][4]string{{opTokenOfPassword.path, "", "", user}},
			keys:    Keys{Token: "token-1-of-the-service"},
		},
		"user and password of the configuration, from files with line ends": {
			sources: CredentialSources{UserName: "jo\n", Password: testPassword + "\n", DomainName: "firm\n"},
			calls:   [][4]string{{opTokenOfPassword.path, "", "", user}},
			keys:    Keys{Token: "token-1-of-the-service"},
		},
		"user and password with line ends": {
			place: place{env: map[string]string{
				"HW_USER_NAME": "jo\r", "HW_USER_PASSWORD": testPassword + "\r\n", "HW_DOMAIN_NAME": "firm\n",
			}},
			calls: [][4]string{{opTokenOfPassword.path, "", "", user}},
			keys:  Keys{Token: "token-1-of-the-service"},
		},
		"password that begins with a space": {
			place: place{env: map[string]string{"HW_USER_NAME": "jo", "HW_USER_PASSWORD": " " + testPassword, "HW_DOMAIN_NAME": "firm"}},
			calls: [][4]string{{opTokenOfPassword.path, "", "", strings.Replace(user, testPassword, " "+testPassword, 1)}},
			keys:  Keys{Token: "token-1-of-the-service"},
		},
		"agency by variables with line ends": {
			place: place{env: map[string]string{
				"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_AGENCY_NAME": "billing\r", "HW_ASSUME_ROLE_DOMAIN_ID": "0a\n",
				"HW_ASSUME_ROLE_DURATION": "900\r\n",
			}},
			calls:  [][4]string{{securityTokens, "AK", "", agency + `"domain_id":"0a","duration_seconds":900}}}}`}},
			keys:   numberedKeys(1),
			domain: "0a",
		},
		"agency by the configuration with line ends": {
			sources: with(func(s *CredentialSources) { s.Roles = []Role{{Agency: "billing\n", DomainName: "customer\n"}} }),
			calls:   [][4]string{{securityTokens, "AK", "", agency + `"domain_name":"customer","duration_seconds":3600}}}}`}},
			keys:    numberedKeys(1),
		},
		"identity provider whose token is in a file of Windows": {
			place: place{
				env:   map[string]string{"HW_ASSUME_ROLE_IDP_ID": "idp", "HW_ASSUME_ROLE_ID_TOKEN_FILE": "$HOME/token"},
				files: map[string]string{"token": inUTF16(testIDToken + "\r\n")},
			},
			calls: [][4]string{
				{opTokenOfIDToken.path, "", "idp", `{"auth":{"id_token":{"id":"` + testIDToken + `"}}}`},
				{securityTokens, "", "", `{"auth":{"identity":{"methods":["token"],"token":{"id":"token-1-of-the-service","duration_seconds":3600}}}}`},
			},
			keys: numberedKeys(2),
		},
		"keys before user and password of the same place": {
			place: place{env: map[string]string{
				"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_USER_NAME": "jo", "HW_USER_PASSWORD": testPassword, "HW_DOMAIN_NAME": "firm",
			}},
			keys: Keys{AccessKey: "AK", SecretKey: "s"},
		},
		"a user name alone is passed over": {
			place: place{env: map[string]string{"OS_USERNAME": "jo", "HUAWEICLOUD_SDK_AK": "AK", "HUAWEICLOUD_SDK_SK": "s"}},
			keys:  Keys{AccessKey: "AK", SecretKey: "s"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			found, err := service.find(t, test.place, test.sources)
			if err != nil {
				t.Fatal(err)
			}
			if len(service.requests()) > 0 {
				t.Error("looking for credentials calls the identity service")
			}
			got, err := found.Credentials.Retrieve(t.Context())
			got.Expires = time.Time{}
			if err != nil || got != test.keys || found.DomainID != test.domain {
				t.Errorf("got %q %q %q %q of %q, %v", got.AccessKey, got.SecretKey, got.SecurityToken, got.Token, found.DomainID, err)
			}
			var calls [][4]string
			for _, req := range service.requests() {
				_, signer, _ := strings.Cut(req.Header.Get("Authorization"), "Access=")
				signer, _, _ = strings.Cut(signer, ",")
				if req.Method != http.MethodPost || req.URL.Host != "iam.ap-southeast-1.myhuaweicloud.com" {
					t.Errorf("%s %s", req.Method, req.URL)
				}
				calls = append(calls, [4]string{
					req.URL.Path, signer + req.Header.Get(headerAuthToken), req.Header.Get("X-Idp-Id"), req.body,
				})
			}
			if diff := cmp.Diff(test.calls, calls); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestIdentityIsRefusedBeforeAnyCall(t *testing.T) {
	t.Parallel()
	roleBy := func(more ...string) place {
		env := map[string]string{"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_AGENCY_NAME": "billing"}
		for i := 1; i < len(more); i += 2 {
			env[more[i-1]] = more[i]
		}

		return place{env: env}
	}
	for name, test := range map[string]struct {
		place
		sources           CredentialSources
		missing, argument string
		text              string
	}{
		"agency of nobody": {place: roleBy(), missing: "HW_ASSUME_ROLE_DOMAIN_NAME", text: "HW_ASSUME_ROLE_DOMAIN_ID"},
		"duration in words": {
			place: roleBy("HW_ASSUME_ROLE_DOMAIN_ID", "0a", "HW_ASSUME_ROLE_DURATION", "1h"), text: "from 900 to 86400",
		},
		"duration too short": {
			place: roleBy("HW_ASSUME_ROLE_DOMAIN_ID", "0a", "HW_ASSUME_ROLE_DURATION", "899"), text: "from 900 to 86400",
		},
		"agency of nobody in a profile": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","accessKeyId":"CLI","secretAccessKey":"s",` +
				`"agencyName":"billing"}]}`}},
			text: "agencyDomainName",
		},
		"identity provider without a token": {
			place: place{env: map[string]string{"HW_ASSUME_ROLE_IDP_ID": "idp"}}, text: "HW_ASSUME_ROLE_ID_TOKEN_FILE",
		},
		"identity provider of the configuration without a token": {
			sources: CredentialSources{OIDC: &OIDC{IdpID: "idp"}}, argument: "assume_role_with_oidc.id_token_file", text: "id_token",
		},
		"token of an identity provider that nothing names": {
			place:   place{env: map[string]string{"HW_ASSUME_ROLE_ID_TOKEN": testIDToken, "OS_ACCESS_KEY": "AK", "OS_SECRET_KEY": "s"}},
			missing: "HW_ASSUME_ROLE_IDP_ID", text: "HW_ASSUME_ROLE_IDP_ID is missing",
		},
		"file of a token of an identity provider that nothing names": {
			place:   place{env: map[string]string{"HW_ASSUME_ROLE_ID_TOKEN_FILE": "/x", "OS_ACCESS_KEY": "AK", "OS_SECRET_KEY": "s"}},
			missing: "HW_ASSUME_ROLE_IDP_ID", text: "HW_ASSUME_ROLE_IDP_ID is missing",
		},
		"account of no agency": {
			place:   place{env: map[string]string{"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s", "HW_ASSUME_ROLE_DOMAIN_NAME": "customer"}},
			missing: "HW_ASSUME_ROLE_AGENCY_NAME", text: "HW_ASSUME_ROLE_AGENCY_NAME is missing",
		},
		"identity provider whose id no header could carry": {
			place: place{env: map[string]string{"HW_ASSUME_ROLE_IDP_ID": "pipe\nline", "HW_ASSUME_ROLE_ID_TOKEN": testIDToken}},
			text:  "idp_id (or HW_ASSUME_ROLE_IDP_ID) has a character that no id has",
		},
		"token of an identity provider on two lines": {
			place: place{
				env:   map[string]string{"HW_ASSUME_ROLE_IDP_ID": "idp", "HW_ASSUME_ROLE_ID_TOKEN_FILE": "$HOME/token"},
				files: map[string]string{"token": testIDToken + "\n" + testIDToken},
			},
			text: "its token has a space, a line end or another character",
		},
		"account of an agency is no id": {place: roleBy("HW_ASSUME_ROLE_DOMAIN_ID", "a b"), text: "HW_ASSUME_ROLE_DOMAIN_ID has a character"},
		"account of an agency in a profile is no id": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","accessKeyId":"CLI","secretAccessKey":"s",` +
				`"agencyName":"billing","agencyDomainId":"a b"}]}`}},
			text: "agencyDomainId has a character",
		},
		"account of a user is no id": {
			place: place{env: map[string]string{"OS_USERNAME": "jo", "OS_PASSWORD": testPassword, "OS_DOMAIN_ID": "my firm"}},
			text:  "has a character that no id has; it has to be the id of the account, and not its name",
		},
		"identity provider without an id": {
			sources:  CredentialSources{OIDC: &OIDC{IDToken: testIDToken}},
			argument: "assume_role_with_oidc.idp_id", text: "HW_ASSUME_ROLE_IDP_ID",
		},
		"file of a token that is not there": {
			sources:  CredentialSources{OIDC: &OIDC{IdpID: "idp", IDTokenFile: "/does/not/exist"}},
			argument: "assume_role_with_oidc.id_token_file", text: "/does/not/exist",
		},
		"file of a token that is empty": {
			place:    place{files: map[string]string{"token": "\n"}},
			sources:  CredentialSources{OIDC: &OIDC{IdpID: "idp", IDTokenFile: "~/token"}},
			argument: "assume_role_with_oidc.id_token_file", text: "is empty",
		},
		"password of nobody": {
			place: place{env: map[string]string{"HW_USER_PASSWORD": testPassword, "HW_DOMAIN_NAME": "firm"}}, missing: "HW_USER_NAME",
			text: "HW_USER_NAME",
		},
		"user of no account": {
			sources: CredentialSources{UserName: "jo", Password: testPassword}, missing: "domain_name", text: "domain_name",
		},
		"no site to log in at": {
			sources:  CredentialSources{UserName: "jo", Password: testPassword, DomainName: "firm", Identity: []Option{WithSite("")}},
			argument: "site", text: "HW_AUTH_URL",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			_, err := service.find(t, test.place, test.sources)
			var e *CredentialsError
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Missing != test.missing || e.Argument != test.argument || !strings.Contains(fmt.Sprint(e), test.text) || len(e.Looked) == 0 {
				t.Errorf("missing %q, argument %q: %v", e.Missing, e.Argument, e)
			}
			if strings.Contains(fmt.Sprint(e), testPassword) || strings.Contains(fmt.Sprint(e), testIDToken) || len(service.requests()) > 0 {
				t.Errorf("%v after %d calls", e, len(service.requests()))
			}
		})
	}
}

// A run of hours gets keys about once an hour, once for all who ask.
func TestAgencyKeysAreRenewedInARunOfHours(t *testing.T) {
	t.Parallel()
	for name, ahead := range map[string]time.Duration{
		"clocks agree": 0, "its clock is ahead": 5 * time.Hour, "its clock is behind": -5 * time.Hour,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			service.ahead = ahead
			client := service.client(t, CredentialSources{AccessKey: "AK", SecretKey: "s", Roles: oneRole})
			for minute := 0; minute < 240; minute += 4 {
				var wg sync.WaitGroup
				for range 3 {
					wg.Go(func() {
						if _, err := client.GetAccountBalances(t.Context()); err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				service.clock.Advance(4 * time.Minute)
			}
			if got := len(service.asked()); got < 4 || got > 6 {
				t.Errorf("keys were got %d times in four hours", got)
			}
		})
	}
}

// Keys that are refused are replaced once, and the call goes on with the new ones. A
// call that spends is not sent again.
func TestRefusedKeysAreReplacedOnce(t *testing.T) {
	t.Parallel()
	refusing := func(keys ...string) func(sent) (*http.Response, error) {
		return func(req sent) (*http.Response, error) {
			for _, key := range keys {
				if strings.Contains(req.Header.Get("Authorization"), "Access="+key+",") {
					return reply(http.StatusUnauthorized, `{"error_code":"APIGW.0301","error_msg":"expired"}`), nil
				}
			}
			if req.Method == http.MethodPost {
				return reply(http.StatusNoContent, ""), nil
			}

			return reply(http.StatusOK, noFunds), nil
		}
	}
	read := func(c *Client) error {
		_, err := c.GetAccountBalances(t.Context())

		return err
	}
	pay := func(c *Client) error { return c.PayOrder(t.Context(), PayOrderRequest{OrderID: "CS1"}) }
	for name, test := range map[string]struct {
		age     time.Duration
		refused []string
		calls   []func(*Client) error
		// fail says which of the calls do.
		fail []bool
		// sent is how many calls were not for keys, and keys how many were, with the read
		// that comes before.
		sent, keys int
	}{
		"a query goes on": {
			age: time.Minute, refused: []string{"TEMP1"}, calls: []func(*Client) error{read, read}, fail: []bool{false, false}, sent: 4, keys: 2,
		},
		"once": {
			age: time.Minute, refused: []string{"TEMP1", "TEMP2"}, calls: []func(*Client) error{read}, fail: []bool{true}, sent: 3, keys: 2,
		},
		"young keys are not replaced": {
			refused: []string{"TEMP1"}, calls: []func(*Client) error{read}, fail: []bool{true}, sent: 2, keys: 1,
		},
		"an act is not sent again, and the next call has others": {
			age: time.Minute, refused: []string{"TEMP1"}, calls: []func(*Client) error{pay, pay}, fail: []bool{true, false}, sent: 3, keys: 2,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			client := service.client(t, CredentialSources{AccessKey: "AK", SecretKey: "s", Roles: oneRole}, WithMaxRetries(0))
			if err := read(client); err != nil {
				t.Fatal(err)
			}
			service.clock.Advance(test.age)
			service.mu.Lock()
			service.other = refusing(test.refused...)
			service.mu.Unlock()
			for i, call := range test.calls {
				if err := call(client); (err != nil) != test.fail[i] || err != nil && !errors.Is(err, ErrUnauthenticated) {
					t.Errorf("call %d: %v", i, err)
				}
			}
			if sent := len(service.requests()) - len(service.asked()); sent != test.sent || len(service.asked()) != test.keys {
				t.Errorf("%d calls and %d for keys, want %d and %d", sent, len(service.asked()), test.sent, test.keys)
			}
		})
	}
}

// The file of an identity provider's token is read whenever keys are got.
func TestIDTokenIsReadAnew(t *testing.T) {
	t.Parallel()
	service := newIdentityService()
	file := filepath.Join(t.TempDir(), "token")
	write := func(token string) {
		if err := os.WriteFile(file, []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("first")
	client := service.client(t, CredentialSources{OIDC: &OIDC{IdpID: "idp", IDTokenFile: file}})
	var tokens []string
	for _, token := range []string{"second", "third"} {
		if _, err := client.GetAccountBalances(t.Context()); err != nil {
			t.Fatal(err)
		}
		asked := service.asked()
		tokens = append(tokens, asked[len(asked)-2].body)
		write(token)
		service.clock.Advance(56 * time.Minute)
	}
	if !strings.Contains(tokens[0], `"first"`) || !strings.Contains(tokens[1], `"second"`) {
		t.Errorf("sent %q", tokens)
	}
}

// A provider's token often ends within minutes. What it was changed into the first time
// gives keys for a day, and no longer.
func TestIDTokenThatEndsInARunOfHours(t *testing.T) {
	t.Parallel()
	service := newIdentityService()
	client := service.client(t, CredentialSources{OIDC: &OIDC{IdpID: "idp", IDToken: testIDToken}})
	for hour := range 23 {
		if _, err := client.GetAccountBalances(t.Context()); err != nil {
			t.Fatalf("after %d hours: %v", hour, err)
		}
		service.mu.Lock()
		service.idTokenEnded = true
		service.mu.Unlock()
		service.clock.Advance(time.Hour)
	}
	service.clock.Advance(2 * time.Hour)
	var e *CredentialsError
	if _, err := client.GetAccountBalances(t.Context()); !errors.As(err, &e) || !strings.Contains(e.Reason, "the id token has ended") {
		t.Errorf("after more than a day: %v", err)
	}
}

// What the identity service refuses, or answers in a form that nobody knows, is an error
// that says where and what to do, and nothing secret. The call that needs the keys was
// not sent, and is not repeated.
func TestIdentityFailures(t *testing.T) {
	t.Parallel()
	const echoed = testPassword + " " + testIDToken + " " + testSecretKey
	sources := map[string]CredentialSources{
		"agency":   {AccessKey: "AK", SecretKey: testSecretKey, Roles: oneRole},
		"provider": {OIDC: &OIDC{IdpID: "idp", IDToken: testIDToken}},
		"user":     {UserName: "jo", Password: testPassword, DomainName: "firm"},
	}
	for name, test := range map[string]struct {
		refuse func() (*http.Response, error)
		says   string
		calls  int
		// refused: the service has looked at what it was asked.
		refused bool
	}{
		"401":           {gives(401, `{"error":{"code":401,"message":"wrong `+echoed+`"}}`), "wrong", 1, true},
		"404":           {gives(404, `{"error_code":"IAM.0004","error_msg":"no agency `+echoed+`"}`), "no agency", 1, true},
		"429":           {gives(429, `{"error_code":"IAM.0429","error_msg":"too many"}`), "too many", 2, false},
		"503":           {gives(503, `{"error_code":"IAM.0011","error_msg":"down"}`), "down", 2, false},
		"page":          {gives(200, `<html>`+echoed), "no JSON", 2, false},
		"cut":           {gives(201, `{"credential":{"access":"A","secret":"secret-of-the-answer`), "no JSON", 2, false},
		"nothing in it": {gives(201, `{"credential":{"access":"A"},"token":{}}`), "holds no temporary keys|no X-Subject-Token", 1, true},
		"other types": {
			gives(201, `{"credential":{"access":["secret-of-the-answer"]},"token":["secret-of-the-answer"]}`), "expected form", 2, false,
		},
		"no network": {fails(errors.New("network of " + echoed)), "network", 2, false},
	} {
		for kind, source := range sources {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				var log logOf
				service := newIdentityService()
				service.refuse = test.refuse
				source.Identity = append(service.options(), log.option(), WithMaxRetries(1))
				client := service.client(t, source, log.option(), WithMaxRetries(3))
				_, err := client.GetAccountBalances(t.Context())
				var e *CredentialsError
				var api *Error
				if !errors.As(err, &e) || !errors.Is(err, ErrNotSent) || !NotDone(err) || !errors.As(err, &api) ||
					api.Operation != "get_account_balances" {
					t.Fatalf("got %v", err)
				}
				said := false
				for text := range strings.SplitSeq(test.says, "|") {
					said = said || strings.Contains(fmt.Sprint(err), text)
				}
				const which = "that refused is iam.ap-southeast-1.myhuaweicloud.com: it has to be that of the account's site"
				if (e.Unheard == nil) != test.refused || strings.Contains(e.Hint, which) != test.refused {
					t.Errorf("refused %t: %v, hint %q", test.refused, e.Unheard, e.Hint)
				}
				if !said || e.Source == "" || len(e.Looked) == 0 {
					t.Errorf("%v (source %q)", err, e.Source)
				}
				if got := len(service.requests()); got != test.calls {
					t.Errorf("%d calls, want %d", got, test.calls)
				}
				secrets := []string{"secret-of-the-answer"}
				switch kind {
				case "agency":
					secrets = append(secrets, testSecretKey)
				case "provider":
					secrets = append(secrets, testIDToken)
				case "user":
					secrets = append(secrets, testPassword)
				}
				for _, secret := range secrets {
					if text := fmt.Sprintf("%v %+v %#v", err, e, e) + log.String(); strings.Contains(text, secret) {
						t.Errorf("%q is in %s", secret, text)
					}
				}
			})
		}
	}
}

// A password that JSON writes in another form is not said again in that form either.
func TestPasswordAsItWasSentStaysOut(t *testing.T) {
	t.Parallel()
	const escaped = `p<a>s&s"word`
	sent, err := json.Marshal(escaped)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := json.Marshal(map[string]any{"error": map[string]any{"code": 400, "message": "malformed: " + string(sent)}})
	if err != nil {
		t.Fatal(err)
	}
	service := newIdentityService()
	service.refuse = gives(400, string(answer))
	_, err = service.client(t, CredentialSources{UserName: "jo", Password: escaped, DomainName: "firm"}).GetAccountBalances(t.Context())
	if text := fmt.Sprint(err); !strings.Contains(text, `malformed: "[redacted]"`) {
		t.Errorf("got %s", text)
	}
}

func TestIdentityGivesUpWithItsCaller(t *testing.T) {
	t.Parallel()
	service := newIdentityService()
	ctx, cancel := context.WithCancel(t.Context())
	service.refuse = func() (*http.Response, error) {
		cancel()

		return nil, ctx.Err()
	}
	client := service.client(t, CredentialSources{AccessKey: "AK", SecretKey: "s", Roles: oneRole})
	if _, err := client.GetAccountBalances(ctx); !errors.Is(err, context.Canceled) || !NotDone(err) {
		t.Errorf("got %v", err)
	}
}

// Where the clock of this machine is why nothing is accepted, the error says so, and by
// how much: of a call of billing, and of one for keys.
func TestWrongClock(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ahead time.Duration
		says  string
	}{
		"clocks agree":      {0, ""},
		"a few minutes off": {4 * time.Minute, ""},
		"behind":            {80 * time.Minute, "1h20m behind that of the API"},
		"ahead":             {-25 * time.Hour, "25h0m ahead of that of the API"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			refusal := func() *http.Response {
				date := service.clock.Now().Add(test.ahead).Format(http.TimeFormat)

				return reply(http.StatusUnauthorized, `{"error_code":"APIGW.0301","error_msg":"expired"}`, "Date", date)
			}
			service.refuse = func() (*http.Response, error) { return refusal(), nil }
			service.other = func(sent) (*http.Response, error) { return refusal(), nil }

			_, err := service.client(t, CredentialSources{AccessKey: "AK", SecretKey: "s"}).GetAccountBalances(t.Context())
			if got := WrongClock(err); (got == "") != (test.says == "") || !strings.Contains(got, test.says) {
				t.Errorf("of billing: %q of %v", got, err)
			}

			_, err = service.client(t, CredentialSources{AccessKey: "AK", SecretKey: "s", Roles: oneRole}).GetAccountBalances(t.Context())
			var without *CredentialsError
			if !errors.As(err, &without) || !strings.Contains(without.Hint, test.says) || without.Hint == "" {
				t.Errorf("for keys: %v", err)
			}
		})
	}
}

// Credentials that are not accepted are named with their place: it need not be the one
// that the user has in mind. An agency is not blamed for keys that nobody knows.
func TestRefusedCredentialsNameTheirPlace(t *testing.T) {
	t.Parallel()
	refusal := gives(http.StatusUnauthorized, `{"error_code":"APIGW.0301","error_msg":"no such key"}`)
	for name, test := range map[string]struct {
		sources CredentialSources
		says    string
		hides   string
	}{
		"keys":   {CredentialSources{AccessKey: "AK", SecretKey: "s"}, "They are from the configuration (", "agency"},
		"agency": {CredentialSources{AccessKey: "AK", SecretKey: "s", Roles: oneRole}, "They are from the configuration (", "name of the agency"},
		"user": {
			CredentialSources{UserName: "jo", Password: testPassword, DomainName: "firm"}, "Check the name, the password", "They are from",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := newIdentityService()
			service.refuse = refusal
			service.other = func(sent) (*http.Response, error) { return refusal() }
			found, err := service.find(t, place{}, test.sources)
			if err != nil {
				t.Fatal(err)
			}
			client, err := New(append(service.options(), WithCredentials(found.Credentials), WithSource(found.Source))...)
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.GetAccountBalances(t.Context())
			advice := CheckCredentials(err)
			var without *CredentialsError
			if errors.As(err, &without) {
				advice = without.Hint
			}
			if !strings.Contains(advice, test.says) || strings.Contains(advice, test.hides) {
				t.Errorf("%q of %v", advice, err)
			}
		})
	}
}
