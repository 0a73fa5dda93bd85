// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

//nolint:gosec // the paths of calls
const (
	keysPath     = "/v3.0/OS-CREDENTIAL/securitytokens"
	idTokenPath  = "/v3.0/OS-AUTH/id-token/tokens"
	passwordPath = "/v3/auth/tokens?nocatalog=true"
	typesPath    = "/v2/products/service-types?limit=1"
)

// as is a call with a token in the place of the fixed one.
func (c *client) as(t *testing.T, token, method, path, body string, headers ...string) reply {
	t.Helper()

	return c.must(t, method, path, body, append([]string{"X-Auth-Token", token}, headers...)...)
}

func loginBody(password, domain, scope string) string {
	return fmt.Sprintf(`{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"finance","password":%q,`+
		`"domain":{"name":%q}}}},"scope":{"domain":{"name":%q}}}}`, password, domain, scope)
}

func agencyBody(agency, more string) string {
	return fmt.Sprintf(`{"auth":{"identity":{"methods":["assume_role"],"assume_role":{"agency_name":%q%s}}}}`, agency, more)
}

// refusedBy wants a refusal of the identity service, in its own form.
func (r reply) refusedBy(t *testing.T, status int) {
	t.Helper()
	r.want(t, status)
	same(t, "code in the body", r.text("error", "code"), fmt.Sprint(status))
}

func TestTokenOfPassword(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	password := c.Credentials().Password
	login := func(body string) reply { return c.as(t, "", http.MethodPost, passwordPath, body) }
	for _, wrong := range []string{
		loginBody("wrong", domainName, domainName), loginBody(password, "other", domainName), loginBody(password, "", domainName),
	} {
		login(wrong).refusedBy(t, http.StatusUnauthorized)
	}
	login(loginBody(password, domainName, "other")).refusedBy(t, http.StatusForbidden)
	login(`{"auth":{"password":"x"}}`).refusedBy(t, http.StatusBadRequest)
	c.as(t, "", http.MethodPost, "/v3/auth/tokens?x=1", loginBody(password, domainName, domainName)).refusedBy(t, http.StatusBadRequest)

	answer := login(loginBody(password, domainName, domainName)).want(t, http.StatusCreated)
	token := answer.header.Get("X-Subject-Token")
	c.as(t, token, http.MethodGet, typesPath, "").want(t, http.StatusOK)
	same(t, "account", c.as(t, token, http.MethodGet, "/v3/auth/domains", "").text("domains", 0, "id"), domainID)
	c.Advance(24 * time.Hour)
	c.as(t, token, http.MethodGet, typesPath, "").refused(t, http.StatusForbidden, "CBC.0154")

	c.act(t, "set_password", map[string]any{"user_name": "finance", "password": "other"})
	login(loginBody(password, domainName, domainName)).refusedBy(t, http.StatusUnauthorized)
	login(loginBody("other", domainName, domainName)).want(t, http.StatusCreated)
}

func TestKeysOfIDToken(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	fixed := c.Credentials()
	exchange := func(idp, token string) reply {
		return c.as(t, "", http.MethodPost, idTokenPath, fmt.Sprintf(`{"auth":{"id_token":{"id":%q}}}`, token), "X-Idp-Id", idp)
	}
	keys := func(token, more string) reply {
		return c.as(t, "", http.MethodPost, keysPath, fmt.Sprintf(`{"auth":{"identity":{"methods":["token"],"token":{"id":%q%s}}}}`, token, more))
	}
	exchange("nobody", fixed.IDToken).refusedBy(t, http.StatusNotFound)
	exchange(fixed.IdpID, "wrong").refusedBy(t, http.StatusUnauthorized)
	token := exchange(fixed.IdpID, fixed.IDToken).want(t, http.StatusCreated).header.Get("X-Subject-Token")
	// An unscoped token is good for keys alone.
	c.as(t, token, http.MethodGet, typesPath, "").refused(t, http.StatusForbidden, "CBC.0154")
	keys(token, `,"duration_seconds":899`).refusedBy(t, http.StatusBadRequest)
	keys(token, `,"duration_seconds":86401`).refusedBy(t, http.StatusBadRequest)
	keys("wrong", "").refusedBy(t, http.StatusUnauthorized)
	keys(token, "").want(t, http.StatusCreated)

	c.act(t, "set_id_token", map[string]any{"id": fixed.IdpID, "id_token": "next", "expires_at": c.Now().Add(time.Minute)})
	exchange(fixed.IdpID, fixed.IDToken).refusedBy(t, http.StatusUnauthorized)
	exchange(fixed.IdpID, "next").want(t, http.StatusCreated)
	c.Advance(time.Minute)
	exchange(fixed.IdpID, "next").refusedBy(t, http.StatusUnauthorized)
	c.Advance(24 * time.Hour)
	keys(token, "").refusedBy(t, http.StatusUnauthorized)
}

func TestKeysOfAgency(t *testing.T) {
	t.Parallel()
	c := start(t, Options{})
	keys := func(agency, more string) reply { return c.must(t, http.MethodPost, keysPath, agencyBody(agency, more)) }
	mine := `,"domain_name":"` + domainName + `"`
	keys("nobody", mine).refusedBy(t, http.StatusNotFound)
	keys("billing", `,"domain_name":"other"`).refusedBy(t, http.StatusNotFound)
	keys("billing", `,"domain_id":"other"`).refusedBy(t, http.StatusNotFound)
	keys("billing", "").refusedBy(t, http.StatusNotFound)
	keys("billing", mine+`,"duration_seconds":899`).refusedBy(t, http.StatusBadRequest)
	keys("billing", mine+`,"more":1`).refusedBy(t, http.StatusBadRequest)
	c.must(t, http.MethodPost, keysPath, `{"auth":{"identity":{"methods":["other"]}}}`).refusedBy(t, http.StatusBadRequest)
	c.as(t, "wrong", http.MethodPost, keysPath, agencyBody("billing", mine)).refused(t, http.StatusForbidden, "CBC.0154")
	c.act(t, "add_agency", map[string]any{"name": "closed"})
	keys("closed", mine).refusedBy(t, http.StatusForbidden)

	given := keys("billing", mine).want(t, http.StatusCreated)
	signedWith := func(securityToken string) (signingKey, *failure) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.URL(), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", signatureScheme+" Access="+given.text("credential", "access")+", SignedHeaders=x, Signature=00")
		request.Header.Set("X-Security-Token", securityToken)

		return gate{c.Credentials(), c.world.issuedNow()}.key(request)
	}
	key, refusal := signedWith(given.text("credential", "securitytoken"))
	if refusal != nil || key.secret != given.text("credential", "secret") || key.domain != domainID {
		t.Errorf("key of %q, %v", key.domain, refusal)
	}
	if _, refusal := signedWith("other"); refusal == nil {
		t.Error("keys go with another security token")
	}
	c.act(t, "end_keys", map[string]any{})
	if _, refusal := signedWith(given.text("credential", "securitytoken")); refusal == nil || refusal.status != http.StatusUnauthorized {
		t.Errorf("keys that have ended: %v", refusal)
	}
}

// What the identity service knows and has given is part of the world.
func TestIdentityIsKept(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/state.json"
	first := start(t, Options{StateFile: file})
	first.act(t, "set_password", map[string]any{"user_name": "finance", "password": "other"})
	login := loginBody("other", domainName, domainName)
	token := first.as(t, "", http.MethodPost, passwordPath, login).want(t, http.StatusCreated).header.Get("X-Subject-Token")
	second := start(t, Options{StateFile: file})
	second.as(t, token, http.MethodGet, typesPath, "").want(t, http.StatusOK)
	second.as(t, "", http.MethodPost, passwordPath, login).want(t, http.StatusCreated)
}
