// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// OIDC is what an identity provider outside of the vendor's vouches for. It shows no
// secret.
type OIDC struct {
	// IdpID is the id of the identity provider, as the account has it.
	IdpID string
	// IDToken is its token. IDTokenFile is a file of it, which is read anew whenever
	// keys are got, in the place of IDToken.
	IDToken, IDTokenFile string
	// Duration is how long keys live: DefaultRoleDuration if zero.
	Duration time.Duration
}

// String shows no secret.
func (o OIDC) String() string { return "identity provider " + o.IdpID }

// GoString is as String.
func (o OIDC) GoString() string { return o.String() }

// Format is as String, whatever the verb.
func (o OIDC) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(o.String())) }

// MarshalText is as String, so that no encoder writes a secret.
func (o OIDC) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// blockOIDC is the place of an identity provider in a configuration.
const blockOIDC = "assume_role_with_oidc"

// identityProvider takes what the configuration says, and what it leaves out from the
// variables, which do without the configuration too.
func (f *search) identityProvider(context.Context) (*FoundCredentials, error) {
	var o OIDC
	inBlock := f.s.OIDC != nil
	if inBlock {
		o = *f.s.OIDC
	}
	c := f.look("an identity provider (" + blockOIDC + ", or the variable HW_ASSUME_ROLE_IDP_ID)")
	o.IdpID = strings.TrimSpace(firstOf(o.IdpID, f.variable("HW_ASSUME_ROLE_IDP_ID")))
	where := "id_token"
	if o.IDToken == "" && o.IDTokenFile == "" {
		where = "HW_ASSUME_ROLE_ID_TOKEN"
		if o.IDToken = f.variable(where); o.IDToken == "" {
			o.IDTokenFile = f.variable("HW_ASSUME_ROLE_ID_TOKEN_FILE")
		}
	}
	if o.IDTokenFile != "" {
		where = "the file " + o.IDTokenFile
	}
	argument := func(name string) string {
		if inBlock {
			return blockOIDC + "." + name
		}

		return ""
	}
	if o.IdpID == "" && !inBlock {
		if o.IDToken != "" || o.IDTokenFile != "" {
			return nil, f.fail("the token of an identity provider", "HW_ASSUME_ROLE_IDP_ID",
				"HW_ASSUME_ROLE_IDP_ID is missing: the id of the provider that it is of")
		}

		return nil, nil
	}
	c.source, c.domainID = fmt.Sprintf("the identity provider %q", o.IdpID), f.s.DomainID
	wrongID := checkID("idp_id (or HW_ASSUME_ROLE_IDP_ID)", o.IdpID)
	switch {
	case o.IdpID == "":
		return nil, f.failAt(argument("idp_id"), "the block "+blockOIDC, "idp_id (or HW_ASSUME_ROLE_IDP_ID) is missing")
	case wrongID != nil:
		return nil, f.failAt(argument("idp_id"), c.source, wrongID.Error())
	case o.IDToken == "" && o.IDTokenFile == "":
		return nil, f.failAt(argument("id_token_file"), c.source,
			"there is no token of it: id_token_file (or HW_ASSUME_ROLE_ID_TOKEN_FILE), or id_token (or HW_ASSUME_ROLE_ID_TOKEN), is missing")
	}
	o.IDTokenFile = AtHome(strings.TrimSpace(o.IDTokenFile), f.s.HomeDir)
	if _, err := o.token(); err != nil {
		return nil, f.failAt(argument("id_token_file"), c.source, err.Error())
	}
	duration := o.Duration
	if duration == 0 {
		var err error
		if duration, err = f.roleDuration(); err != nil {
			return nil, err
		}
	}

	var login idLogin

	return f.login(c, func(ctx context.Context, client *Client) (Keys, error) {
		token, err := o.token()
		if err != nil {
			return Keys{}, err
		}

		return login.keys(ctx, client, o.IdpID, token, Role{Duration: duration}.duration())
	}, fmt.Sprintf("Check the id of the identity provider, and that its token, of %s, is meant for it and has not expired.", where))
}

// token is the provider's token as it is now.
func (o OIDC) token() (string, error) {
	token := strings.TrimSpace(o.IDToken)
	if o.IDTokenFile != "" {
		data, err := readText(o.IDTokenFile)
		if err != nil {
			return "", fmt.Errorf("the file of its token cannot be read: %w", err)
		}
		if token = strings.TrimSpace(string(data)); token == "" {
			return "", fmt.Errorf("the file %s is empty: it has to hold the token", o.IDTokenFile)
		}
	}
	if !wellFormed(token) {
		return "", errors.New("its token" + malformed)
	}

	return token, nil
}

// user logs a user in.
func (f *search) user(c candidate) (*FoundCredentials, error) {
	switch {
	case c.userName == "":
		return nil, f.fail(c.source, c.userNameName, c.userNameName+" is missing: the user that the password is of")
	case c.domainID == "" && c.domainName == "":
		return nil, f.fail(c.source, c.domainNameName, c.domainNameName+" is missing: the account of the user, by its name; its id would do too")
	}
	if err := f.checkDomainID(c.source, c.domainIDName, c.domainID); err != nil {
		return nil, err
	}
	user := userIdentity{Name: c.userName, Password: c.password}
	// The id is the surer of the two.
	if user.Domain.ID = c.domainID; c.domainID == "" {
		user.Domain.Name = c.domainName
	}
	c.source = fmt.Sprintf("the user %q of %s", c.userName, c.userNameName)

	return f.login(c, func(ctx context.Context, client *Client) (Keys, error) {
		return client.tokenOfPassword(ctx, user)
	}, "Check the name, the password and the account of the user, and that it may log in by API without a second factor.")
}

// login makes credentials of what the identity service gives without any.
func (f *search) login(c candidate, ask func(context.Context, *Client) (Keys, error), hint string) (*FoundCredentials, error) {
	found, err := f.exchanged(c.source, c.domainID, FoundCredentials{Credentials: StaticCredentials(Keys{})}, ask, hint)
	if err != nil {
		return nil, err
	}
	if !found.client.knowsIdentity() {
		return nil, f.failAt("site", c.source, "the identity service is asked first, and nothing says where it is: "+
			"set site (or BSS_SITE), or auth_url (or HW_AUTH_URL)")
	}

	return &found.FoundCredentials, nil
}

// exchange is credentials of the identity service, with the client that asks it.
type exchange struct {
	FoundCredentials

	client *Client
}

// exchanged makes credentials of what ask gives for those of a source.
func (f *search) exchanged(
	source, domainID string, by FoundCredentials, ask func(context.Context, *Client) (Keys, error), hint string,
) (*exchange, error) {
	client, err := New(append([]Option{
		WithClock(f.s.Clock), WithCredentials(by.Credentials), WithDomainID(by.DomainID), WithSource(by.Source),
	}, f.s.Identity...)...)
	if err != nil {
		return nil, err
	}
	looked := f.looked
	credentials := newTemporaryCredentials(f.s.Clock, func(ctx context.Context) (Keys, error) {
		keys, err := ask(ctx, client)
		var without *CredentialsError
		switch {
		case err == nil:
			return keys, nil
		case ctx.Err() != nil:
			return Keys{}, ctx.Err()
		case errors.As(err, &without):
			return Keys{}, without
		}

		failed := &CredentialsError{Source: source, Looked: looked, Reason: err.Error()}
		for _, kind := range []error{ErrNotSent, ErrNoAnswer, ErrServer, ErrThrottled, ErrUnreadable} {
			if errors.Is(err, kind) {
				failed.Unheard = err

				return Keys{}, failed
			}
		}
		advice := hint
		if by.Source != "" && errors.Is(err, ErrUnauthenticated) {
			advice = CheckCredentials(err)
		}
		failed.Hint = cmp.Or(WrongClock(err), advice+client.identityHint(ctx))

		return Keys{}, failed
	})

	return &exchange{FoundCredentials{Credentials: credentials, DomainID: domainID, Source: source}, client}, nil
}

// assume takes on one agency after the other, beginning with what was found: those of
// s, else that of the variables, else that of the place.
func (f *search) assume(found *FoundCredentials) (*FoundCredentials, error) {
	roles, err := f.roles(found)
	if err != nil {
		return nil, err
	}
	for _, role := range roles {
		source := fmt.Sprintf("the agency %q of the account %s, taken on with %s",
			role.Agency, firstOf(role.DomainName, role.DomainID), found.Source)
		next, err := f.exchanged(source, role.DomainID, *found,
			func(ctx context.Context, client *Client) (Keys, error) { return client.keysOfAgency(ctx, role) },
			"Check the name of the agency and the account that it is of, that it delegates to the account of the source, and that the user there "+
				"has the permission Agent Operator.")
		if err != nil {
			return nil, err
		}
		found = &next.FoundCredentials
	}

	return found, nil
}

func (f *search) roles(found *FoundCredentials) ([]Role, error) {
	if len(f.s.Roles) > 0 {
		roles := slices.Clone(f.s.Roles)
		for i := range roles {
			roles[i].Agency, roles[i].DomainName = strings.TrimSpace(roles[i].Agency), strings.TrimSpace(roles[i].DomainName)
		}

		return roles, nil
	}
	role := Role{
		Agency:   f.variable("HW_ASSUME_ROLE_AGENCY_NAME"),
		DomainID: f.variable("HW_ASSUME_ROLE_DOMAIN_ID"), DomainName: f.variable("HW_ASSUME_ROLE_DOMAIN_NAME"),
	}
	switch {
	case role.Agency == "" && (role.DomainID != "" || role.DomainName != ""):
		// Without it everything would be done in another account than the one that is named.
		return nil, f.fail("the account of an agency, in HW_ASSUME_ROLE_DOMAIN_NAME or HW_ASSUME_ROLE_DOMAIN_ID", "HW_ASSUME_ROLE_AGENCY_NAME",
			"HW_ASSUME_ROLE_AGENCY_NAME is missing: the agency to take on")
	case role.Agency == "" && found.role == nil:
		return nil, nil
	case role.Agency == "":
		return []Role{*found.role}, nil
	case role.DomainID == "" && role.DomainName == "":
		return nil, f.fail("the variable HW_ASSUME_ROLE_AGENCY_NAME", "HW_ASSUME_ROLE_DOMAIN_NAME",
			"HW_ASSUME_ROLE_DOMAIN_NAME (or HW_ASSUME_ROLE_DOMAIN_ID) is missing: the account that the agency is of")
	}
	err := f.checkDomainID("the variable HW_ASSUME_ROLE_DOMAIN_ID", "HW_ASSUME_ROLE_DOMAIN_ID", role.DomainID)
	if err == nil {
		role.Duration, err = f.roleDuration()
	}

	return []Role{role}, err
}

// roleDuration is that of the variable, zero if it is not set.
func (f *search) roleDuration() (time.Duration, error) {
	const name = "HW_ASSUME_ROLE_DURATION"
	text := f.variable(name)
	if text == "" {
		return 0, nil
	}
	seconds, err := strconv.Atoi(text)
	duration := time.Duration(seconds) * time.Second
	if err != nil || duration < ShortestRoleDuration || duration > LongestRoleDuration {
		return 0, f.fail("the variable "+name, "", fmt.Sprintf("it is %q, but has to be a number of seconds from %d to %d",
			text, int(ShortestRoleDuration.Seconds()), int(LongestRoleDuration.Seconds())))
	}

	return duration, nil
}
