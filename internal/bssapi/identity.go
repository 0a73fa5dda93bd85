// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Role is an agency whose permissions are taken on.
type Role struct {
	// Agency is its name, in the account that made it.
	Agency string
	// DomainID or DomainName is that account.
	DomainID, DomainName string
	// Duration is how long its keys live: DefaultRoleDuration if zero.
	Duration time.Duration
}

// How long the keys of an agency live.
const (
	DefaultRoleDuration  = time.Hour
	ShortestRoleDuration = 15 * time.Minute
	LongestRoleDuration  = 24 * time.Hour
)

const headerSubjectToken = "X-Subject-Token"

// The calls of the identity service that give keys and tokens. They change nothing.
var (
	opKeysOfAgency = &operation{
		name: "keys_of_agency", method: http.MethodPost, path: securityTokens, answers: []string{"credential"}, secret: true,
	}
	opKeysOfToken = &operation{
		name: "keys_of_token", method: http.MethodPost, path: securityTokens, answers: []string{"credential"}, secret: true, unsigned: true,
	}
	opTokenOfIDToken = &operation{
		name: "token_of_id_token", method: http.MethodPost, path: "/v3.0/OS-AUTH/id-token/tokens", answers: []string{"token"},
		secret: true, unsigned: true,
	}
	opTokenOfPassword = &operation{
		name: "token_of_password", method: http.MethodPost, path: "/v3/auth/tokens", answers: []string{"token"}, secret: true, unsigned: true,
	}
)

const securityTokens = "/v3.0/OS-CREDENTIAL/securitytokens" //nolint:gosec // the path of a call

// authentication is the body of these calls.
type authentication struct {
	Identity *identityMethod `json:"identity,omitempty"`
	IDToken  *tokenIdentity  `json:"id_token,omitempty"`
	Scope    *tokenScope     `json:"scope,omitempty"`
}

type identityMethod struct {
	Methods    []string          `json:"methods"`
	AssumeRole *agencyIdentity   `json:"assume_role,omitempty"`
	Token      *tokenIdentity    `json:"token,omitempty"`
	Password   *passwordIdentity `json:"password,omitempty"`
}

type agencyIdentity struct {
	AgencyName      string `json:"agency_name"`
	DomainID        string `json:"domain_id,omitempty"`
	DomainName      string `json:"domain_name,omitempty"`
	DurationSeconds int    `json:"duration_seconds"`
}

type tokenIdentity struct {
	ID              string `json:"id"`
	DurationSeconds int    `json:"duration_seconds,omitempty"`
}

type passwordIdentity struct {
	User userIdentity `json:"user"`
}

type userIdentity struct {
	Name     string         `json:"name"`
	Password string         `json:"password"`
	Domain   domainIdentity `json:"domain"`
}

type domainIdentity struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

type tokenScope struct {
	Domain domainIdentity `json:"domain"`
}

type tokenResponse struct {
	Token struct {
		ExpiresAt string `json:"expires_at"`
	} `json:"token"`
}

func authBody(auth authentication) any {
	return struct {
		Auth authentication `json:"auth"`
	}{auth}
}

// keysOfAgency takes an agency on.
func (c *Client) keysOfAgency(ctx context.Context, role Role) (Keys, error) {
	return c.temporaryKeys(ctx, role.duration(), call{op: opKeysOfAgency, body: authBody(authentication{Identity: &identityMethod{
		Methods: []string{"assume_role"},
		AssumeRole: &agencyIdentity{
			AgencyName: role.Agency, DomainID: role.DomainID, DomainName: role.DomainName, DurationSeconds: int(role.duration().Seconds()),
		},
	}})})
}

// idLogin is a login by an identity provider.
type idLogin struct {
	// held is the token of the last login, and ends is when it ends. A provider's own token
	// often ends before the first keys do.
	held string
	ends time.Time
}

// keys changes what an identity provider vouches for into keys.
func (l *idLogin) keys(ctx context.Context, c *Client, idpID, idToken string, duration time.Duration) (Keys, error) {
	var out tokenResponse
	token, err := c.subjectToken(ctx, &out, call{
		op: opTokenOfIDToken, header: http.Header{"X-Idp-Id": {idpID}}, body: authBody(authentication{IDToken: &tokenIdentity{ID: idToken}}),
		secrets: []string{idToken},
	})
	switch {
	case err == nil:
		l.held, l.ends = token, c.endOf(out.Token.ExpiresAt, 0)
	case !errors.Is(err, ErrUnauthenticated) || !c.config.clock.Now().Before(l.ends):
		return Keys{}, err
	}

	return c.temporaryKeys(ctx, duration, call{
		op: opKeysOfToken, body: authBody(authentication{Identity: &identityMethod{
			Methods: []string{"token"}, Token: &tokenIdentity{ID: l.held, DurationSeconds: int(duration.Seconds())},
		}}),
		secrets: []string{l.held},
	})
}

// tokenOfPassword logs a user in, to the whole of its account.
func (c *Client) tokenOfPassword(ctx context.Context, user userIdentity) (Keys, error) {
	var out tokenResponse
	token, err := c.subjectToken(ctx, &out, call{
		op: opTokenOfPassword, query: params{"nocatalog": {"true"}},
		body: authBody(authentication{
			Identity: &identityMethod{Methods: []string{"password"}, Password: &passwordIdentity{User: user}},
			Scope:    &tokenScope{Domain: user.Domain},
		}),
		secrets: []string{user.Password},
	})
	if err != nil {
		return Keys{}, err
	}

	return Keys{Token: token, Expires: c.endOf(out.Token.ExpiresAt, DefaultRoleDuration)}, nil
}

// temporaryKeys makes a call that answers keys.
func (c *Client) temporaryKeys(ctx context.Context, duration time.Duration, cl call) (Keys, error) {
	var out securityKeyResponse
	cl.out = &out
	if err := c.askIdentity(ctx, cl); err != nil {
		return Keys{}, err
	}
	if out.Credential.Access == "" || out.Credential.Secret == "" || out.Credential.SecurityToken == "" {
		return Keys{}, errors.New("the answer of the identity service holds no temporary keys")
	}

	return Keys{
		AccessKey:     out.Credential.Access,
		SecretKey:     out.Credential.Secret,
		SecurityToken: out.Credential.SecurityToken,
		Expires:       c.endOf(out.Credential.ExpiresAt, duration),
	}, nil
}

// subjectToken makes a call that answers a token in its header.
func (c *Client) subjectToken(ctx context.Context, out *tokenResponse, cl call) (string, error) {
	var header http.Header
	cl.out, cl.answered = out, &header
	if err := c.askIdentity(ctx, cl); err != nil {
		return "", err
	}
	token := header.Get(headerSubjectToken)
	if token == "" {
		return "", errors.New("the answer of the identity service has no " + headerSubjectToken)
	}

	return token, nil
}

// endOf is when keys end by the local clock, which may be off from the server's. An
// answer that does not say so gives what was asked for.
func (c *Client) endOf(expiresAt string, asked time.Duration) time.Time {
	now := c.config.clock.Now()
	ends, err := ParseTime(expiresAt)
	if err != nil {
		return now.Add(asked)
	}

	return now.Add(ends.Sub(c.Now()))
}

// askIdentity makes a call of the identity service.
func (c *Client) askIdentity(ctx context.Context, cl call) error {
	base, err := c.identityService(ctx)
	if err != nil {
		return err
	}

	return c.send(ctx, base, c.config.site, cl)
}

// identityService is the address of the identity service.
func (c *Client) identityService(ctx context.Context) (*url.URL, error) {
	if c.config.iamEndpoint != nil {
		return c.config.iamEndpoint, nil
	}
	site, err := c.Site(ctx)
	if err != nil {
		return nil, err
	}

	return url.Parse(site.iamEndpoint())
}

// identityHint says which identity service refused: one of another site knows nobody.
func (c *Client) identityHint(ctx context.Context) string {
	if !c.knowsIdentity() {
		return ""
	}
	service, err := c.identityService(ctx)
	if err != nil {
		return ""
	}

	return fmt.Sprintf(" The identity service that refused is %s: it has to be that of the account's site, which site (or BSS_SITE) or "+
		"auth_url (or HW_AUTH_URL) says.", service.Host)
}

// knowsIdentity says whether it is known where the identity service is, without a call
// that needs credentials.
func (c *Client) knowsIdentity() bool {
	return c.config.iamEndpoint != nil || c.found.Load() != nil || c.config.endpoint != nil &&
		slices.ContainsFunc(allSites, func(site Site) bool { return site.endpoint() == "https://"+c.config.endpoint.Host })
}

func (r Role) duration() time.Duration {
	if r.Duration == 0 {
		return DefaultRoleDuration
	}

	return r.Duration
}
