// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// Names of the simulated customer, of the master account that pays for it under
// financial custody, and of an account to which it delegates agencies.
const (
	domainID   = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
	domainName = "demo-customer"
	masterID   = "0f0e0d0c0b0a09080706050403020100"
	projectID  = "05aaaabbbbccccddddeeeeffff000001"
	operatorID = "0c0ffee00c0ffee00c0ffee00c0ffee0"
)

// How long keys and tokens of the identity service live.
const (
	shortestKeys = 15 * 60
	longestKeys  = 24 * 60 * 60
	tokenLife    = 24 * time.Hour
)

// identityOperations are the calls of IAM, served on the same host.
func identityOperations() []*operation {
	sites := []string{"cn", "intl"}
	nobody := func([]byte) bool { return true }

	return []*operation{
		{Name: "list_auth_domains", Kind: "query", Method: http.MethodGet, Path: "/v3/auth/domains", Sites: sites, identity: true},
		{
			Name: "create_temporary_keys", Kind: "identity", Method: http.MethodPost, Path: "/v3.0/OS-CREDENTIAL/securitytokens", Sites: sites,
			identity: true, anonymous: byTokenInBody,
		},
		{
			Name: "create_token_of_id_token", Kind: "identity", Method: http.MethodPost, Path: "/v3.0/OS-AUTH/id-token/tokens", Sites: sites,
			identity: true, anonymous: nobody,
		},
		{
			Name: "create_token_of_password", Kind: "identity", Method: http.MethodPost, Path: "/v3/auth/tokens", Sites: sites,
			identity: true, anonymous: nobody,
		},
	}
}

// identityRefusal is a refusal of the identity service.
func identityRefusal(status int, message string, args ...any) *failure {
	return &failure{status: status, code: "IAM", message: fmt.Sprintf(message, args...), identity: true}
}

var unauthenticated = identityRefusal(http.StatusUnauthorized, "The request you have made requires authentication.")

// listAuthDomains is IAM's answer to which account the credentials belong.
func listAuthDomains(w *world, c *call) (answer, error) {
	name := domainName
	if c.caller != w.CustomerID {
		name = "account-" + c.caller
	}

	return answer{status: http.StatusOK, body: map[string]any{
		"domains": []map[string]any{{"id": c.caller, "name": name, "enabled": true}},
		"links":   map[string]any{},
	}}, nil
}

// keysBody is what keys are asked for with.
type keysBody struct {
	Auth struct {
		Identity struct {
			Methods    []string `json:"methods"`
			AssumeRole *struct {
				AgencyName      string `json:"agency_name"`
				DomainID        string `json:"domain_id"`
				DomainName      string `json:"domain_name"`
				DurationSeconds *int   `json:"duration_seconds"`
			} `json:"assume_role"`
			Token *struct {
				ID              string `json:"id"`
				DurationSeconds *int   `json:"duration_seconds"`
			} `json:"token"`
		} `json:"identity"`
	} `json:"auth"`
}

// byTokenInBody says whether keys are asked for with a token in the body, which takes
// the place of a signature.
func byTokenInBody(body []byte) bool {
	var asked keysBody

	return json.Unmarshal(body, &asked) == nil && asked.Auth.Identity.Token != nil && asked.Auth.Identity.Token.ID != ""
}

func createTemporaryKeys(w *world, c *call) (answer, error) {
	var asked keysBody
	if err := decodeStrictly(c.body, &asked); err != nil {
		return answer{}, identityRefusal(http.StatusBadRequest, "Request body is invalid: %v", err)
	}
	identity := asked.Auth.Identity
	switch {
	case slices.Equal(identity.Methods, []string{"assume_role"}) && identity.AssumeRole != nil && identity.Token == nil:
		role := identity.AssumeRole
		agency, err := w.agency(role.AgencyName, role.DomainID, role.DomainName, c.caller)
		if err != nil {
			return answer{}, err
		}

		return w.issueKeys(agency.DomainID, role.DurationSeconds)
	case slices.Equal(identity.Methods, []string{"token"}) && identity.Token != nil && identity.AssumeRole == nil:
		for _, issued := range w.Issued {
			if issued.Token != "" && issued.Token == identity.Token.ID && w.clock.now().Before(issued.ExpiresAt) {
				return w.issueKeys(issued.DomainID, identity.Token.DurationSeconds)
			}
		}

		return answer{}, unauthenticated
	default:
		return answer{}, identityRefusal(http.StatusBadRequest, "Request body is invalid: methods do not fit the rest")
	}
}

func createTokenOfIDToken(w *world, c *call) (answer, error) {
	var asked struct {
		Auth struct {
			IDToken struct {
				ID string `json:"id"`
			} `json:"id_token"`
		} `json:"auth"`
	}
	if err := decodeStrictly(c.body, &asked); err != nil {
		return answer{}, identityRefusal(http.StatusBadRequest, "Request body is invalid: %v", err)
	}
	id := c.request.Header.Get("X-Idp-Id")
	provider := found(w.identity().Providers, func(p *IdentityProvider) bool { return p.ID == id })
	switch {
	case provider == nil:
		return answer{}, identityRefusal(http.StatusNotFound, "Could not find Identity Provider: %s.", id)
	case provider.IDToken != asked.Auth.IDToken.ID, !provider.ExpiresAt.IsZero() && !w.clock.now().Before(provider.ExpiresAt):
		return answer{}, unauthenticated
	}

	return w.issueToken(provider.DomainID, true)
}

// namedDomain is an account by its id or its name.
type namedDomain struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// of says whether an account is meant, and no other.
func (d namedDomain) of(id, name string) bool {
	return (d.ID != "" || d.Name != "") && (d.ID == "" || d.ID == id) && (d.Name == "" || d.Name == name)
}

func createTokenOfPassword(w *world, c *call) (answer, error) {
	var asked struct {
		Auth struct {
			Identity struct {
				Methods  []string `json:"methods"`
				Password struct {
					User struct {
						Name     string      `json:"name"`
						Password string      `json:"password"`
						Domain   namedDomain `json:"domain"`
					} `json:"user"`
				} `json:"password"`
			} `json:"identity"`
			Scope struct {
				Domain namedDomain `json:"domain"`
			} `json:"scope"`
		} `json:"auth"`
	}
	if err := decodeStrictly(c.body, &asked); err != nil || !slices.Equal(asked.Auth.Identity.Methods, []string{"password"}) {
		return answer{}, identityRefusal(http.StatusBadRequest, "Request body is invalid: %v", err)
	}
	sent := asked.Auth.Identity.Password.User
	user := found(w.identity().Users, func(u *User) bool {
		return u.Name == sent.Name && u.Password == sent.Password && sent.Domain.of(u.DomainID, u.DomainName)
	})
	switch {
	case user == nil:
		return answer{}, identityRefusal(http.StatusUnauthorized, "The username or password is wrong.")
	case !asked.Auth.Scope.Domain.of(user.DomainID, user.DomainName):
		return answer{}, identityRefusal(http.StatusForbidden, "The scope is not the account of the user.")
	}

	return w.issueToken(user.DomainID, false)
}
