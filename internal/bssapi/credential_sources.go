// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"
)

// CredentialSources says where to look for credentials: first its own fields,
// then the environment, then files, then the metadata of the cloud server.
type CredentialSources struct {
	AccessKey, SecretKey, SecurityToken, Token string
	// UserName and Password log a user of an account in.
	UserName, Password string
	// DomainID is used with whatever credentials are found. DomainName can stand in its
	// place to log a user in.
	DomainID, DomainName string
	// OIDC is an identity provider, nil for none but that of the variables.
	OIDC *OIDC
	// Roles are agencies to take on, one with the keys of the one before. None are those
	// of the variables.
	Roles []Role
	// Identity are the options of clients that ask the identity service.
	Identity []Option
	// SharedConfigFile and Profile name the vendor CLI's file and an entry of it.
	SharedConfigFile, Profile string
	// Getenv reads the environment; nil means os.Getenv.
	Getenv func(string) string
	// HomeDir is where files are looked for; "" means the user's.
	HomeDir string
	// MetadataEndpoint is the address of the instance metadata, by default
	// http://169.254.169.254; "off" means not to ask it.
	MetadataEndpoint string
	// Transport reaches the instance metadata; nil means a plain one.
	Transport http.RoundTripper
	// Clock is by default SystemClock.
	Clock Clock
}

// String shows no secret.
func (s CredentialSources) String() string { return "credential sources [redacted]" }

// GoString is as String.
func (s CredentialSources) GoString() string { return s.String() }

// Format is as String, whatever the verb.
func (s CredentialSources) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(s.String())) }

// FoundCredentials are credentials and where they are from.
type FoundCredentials struct {
	Credentials Credentials
	// DomainID is the id of the account, "" if the source does not name it.
	DomainID string
	// Source is the place, in words.
	Source string

	// Unused is an argument that asks for a later place than that: "profile",
	// "shared_config_file", or "".
	Unused string

	// role is the agency that the place names beside the keys, nil for none.
	role *Role
}

// candidate is what one place holds. The names are those of its settings, for
// messages.
type candidate struct {
	source                                               string
	accessKey, secretKey, securityToken, token, domainID string
	userName, password, domainName                       string
	accessKeyName, secretKeyName                         string
	securityTokenName, tokenName                         string
	userNameName, domainNameName, domainIDName           string
	role                                                 *Role
}

// search is one pass over the places.
type search struct {
	s      CredentialSources
	looked []string
	// askedMetadata: the metadata was asked already, and had nothing.
	askedMetadata bool
	// lookedAtProfile: the search came as far as the vendor CLI's file.
	lookedAtProfile bool
}

// Find returns the first credentials there are, in this order: the fields of s, or an
// identity provider that they or the variables name; HW_ACCESS_KEY, HW_SECRET_KEY,
// HW_SECURITY_TOKEN, HW_AUTH_TOKEN, HW_USER_NAME, HW_USER_PASSWORD; OS_ACCESS_KEY,
// OS_SECRET_KEY, OS_AUTH_TOKEN, OS_USERNAME, OS_PASSWORD; the vendor CLI's file;
// HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_SECURITY_TOKEN; the
// vendor SDK's file; the instance metadata. A place with half of its settings
// is a *CredentialsError, and so is a file or profile that is named but does
// not exist or has no keys. With them it takes on the agencies that there are. It
// calls the metadata alone; the identity service is asked when keys are needed.
func (s CredentialSources) Find(ctx context.Context) (*FoundCredentials, error) {
	if s.Getenv == nil {
		s.Getenv = os.Getenv
	}
	if s.HomeDir == "" {
		// Without a home there are no default files, which is no error.
		s.HomeDir, _ = os.UserHomeDir()
	}
	if s.Clock == nil {
		s.Clock = SystemClock()
	}
	s.Profile, s.SharedConfigFile = strings.TrimSpace(s.Profile), strings.TrimSpace(s.SharedConfigFile)
	f := &search{s: s}
	for _, look := range []func(context.Context) (*FoundCredentials, error){
		f.arguments, f.identityProvider, f.incumbentVariables, f.openStackVariables, f.cliProfile, f.sdkVariables, f.sdkFile, f.metadata,
	} {
		found, err := look(ctx)
		if err != nil {
			return nil, err
		}
		if found == nil {
			continue
		}
		if found, err = f.assume(found); err != nil {
			return nil, err
		}
		switch {
		case f.lookedAtProfile:
		case s.Profile != "":
			found.Unused = "profile"
		case s.SharedConfigFile != "":
			found.Unused = "shared_config_file"
		}

		return found, nil
	}

	return nil, f.fail("", "", "none were found")
}

// complete turns a candidate into credentials: nil if the place is empty, an
// error if half of it is missing.
func (f *search) complete(c candidate) (*FoundCredentials, error) {
	for _, text := range []*string{&c.accessKey, &c.secretKey, &c.securityToken, &c.token, &c.domainID, &c.domainName, &c.userName} {
		*text = strings.TrimSpace(*text)
	}
	// A password can begin or end with a space.
	c.password = strings.Trim(c.password, "\r\n")
	if f.s.DomainID != "" {
		c.domainID, c.domainIDName = f.s.DomainID, "domain_id"
	}
	missing := ""
	switch {
	case c.token != "":
	case c.accessKey != "" && c.secretKey == "":
		missing = c.secretKeyName
	case c.accessKey == "" && (c.secretKey != "" || c.securityToken != ""):
		missing = c.accessKeyName
	case c.accessKey == "" && c.password != "":
		return f.user(c)
	case c.accessKey == "":
		return nil, nil
	}
	if missing != "" {
		return nil, f.fail(c.source, missing, missing+" is missing; the two keys have to be in one place, since places are not mixed")
	}
	if err := f.checkDomainID(c.source, c.domainIDName, c.domainID); err != nil {
		return nil, err
	}
	keys := Keys{Token: c.token}
	if c.token == "" {
		keys = Keys{AccessKey: c.accessKey, SecretKey: c.secretKey, SecurityToken: c.securityToken}
	}
	for _, text := range []struct{ name, value string }{
		{c.accessKeyName, keys.AccessKey}, {c.secretKeyName, keys.SecretKey},
		{c.securityTokenName, keys.SecurityToken}, {c.tokenName, keys.Token},
	} {
		// No header could carry it.
		if !wellFormed(text.value) {
			argument := ""
			// The first place is the configuration.
			if len(f.looked) == 1 {
				argument = text.name
			}

			return nil, f.failAt(argument, c.source, text.name+malformed)
		}
	}

	return &FoundCredentials{Credentials: StaticCredentials(keys), DomainID: c.domainID, Source: c.source, role: c.role}, nil
}

// malformed is what is wrong with a key or a token that is not wellFormed.
const malformed = " has a space, a line end or another character in it that none has; it may have been copied or wrapped wrongly"

// wellFormed says whether a text can be a key or a token.
func wellFormed(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

// checkDomainID refuses what is no id: no header could carry it, or nobody would know it.
func (f *search) checkDomainID(source, name, id string) error {
	if id == "" {
		return nil
	}
	if err := checkID(name, id); err != nil {
		return f.fail(source, "", err.Error()+"; it has to be the id of the account, and not its name")
	}

	return nil
}

// variable is one of the environment without the white space around it: one that was
// taken from a file ends with a line end.
func (f *search) variable(name string) string { return strings.TrimSpace(f.s.Getenv(name)) }

func (f *search) firstVariable(names []string) string {
	for _, name := range names {
		if text := f.variable(name); text != "" {
			return text
		}
	}

	return ""
}

// accountVariables name an account, by its name or its id.
type accountVariables struct{ names, ids []string }

var (
	incumbentAccount = accountVariables{[]string{"HW_DOMAIN_NAME"}, []string{"HW_DOMAIN_ID"}}
	openStackAccount = accountVariables{
		[]string{"OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME"},
		[]string{"OS_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID"},
	}
)

func (f *search) fail(source, missing, reason string) error {
	return &CredentialsError{Missing: missing, Source: source, Looked: f.looked, Reason: reason}
}

// failAt is fail, for a place that an argument asks for; "" if none does.
func (f *search) failAt(argument, source, reason string) error {
	return &CredentialsError{Argument: argument, Source: source, Looked: f.looked, Reason: reason}
}

func (f *search) look(source string) candidate {
	f.looked = append(f.looked, source)

	return candidate{source: source}
}

// note says more about the place that was looked at last.
func (f *search) note(text string) { f.looked[len(f.looked)-1] = text }

func (f *search) arguments(context.Context) (*FoundCredentials, error) {
	c := f.look("the configuration (access_key and secret_key, or token, or user_name and password)")
	c.userName, c.password, c.domainName = f.s.UserName, f.s.Password, f.s.DomainName
	c.userNameName, c.domainNameName = "user_name", "domain_name"
	for _, names := range []accountVariables{incumbentAccount, openStackAccount} {
		// The account of a user alone can be that of the variables: it is no secret.
		if c.password != "" && f.s.DomainID == "" && c.domainID == "" && c.domainName == "" {
			c.domainName, c.domainID = f.firstVariable(names.names), f.firstVariable(names.ids)
			c.domainIDName = strings.Join(names.ids, " or ")
		}
	}
	c.accessKey, c.secretKey, c.securityToken, c.token = f.s.AccessKey, f.s.SecretKey, f.s.SecurityToken, f.s.Token
	c.accessKeyName, c.secretKeyName, c.securityTokenName, c.tokenName = "access_key", "secret_key", "security_token", "token"

	return f.complete(c)
}

// lookForKeys looks for keys in variables of these names.
func (f *search) lookForKeys(place, accessKey, secretKey string) candidate {
	c := f.look(place)
	c.accessKeyName, c.secretKeyName = accessKey, secretKey
	c.accessKey, c.secretKey = f.variable(accessKey), f.variable(secretKey)

	return c
}

// lookForUser looks for a user in variables of these names. The account of the
// configuration counts for users of all places.
func (f *search) lookForUser(c *candidate, userName, password string, account accountVariables) {
	c.userNameName, c.domainNameName = userName, account.names[0]
	c.userName, c.domainName = f.variable(userName), firstOf(f.s.DomainName, f.firstVariable(account.names))
	c.domainID, c.domainIDName = f.firstVariable(account.ids), strings.Join(account.ids, " or ")
	c.password = f.s.Getenv(password)
}

func (f *search) incumbentVariables(context.Context) (*FoundCredentials, error) {
	c := f.lookForKeys("the variables HW_ACCESS_KEY and HW_SECRET_KEY, or HW_AUTH_TOKEN, or HW_USER_NAME and HW_USER_PASSWORD",
		"HW_ACCESS_KEY", "HW_SECRET_KEY")
	f.lookForUser(&c, "HW_USER_NAME", "HW_USER_PASSWORD", incumbentAccount)
	c.securityTokenName, c.tokenName = "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN"
	c.securityToken, c.token = f.variable(c.securityTokenName), f.variable(c.tokenName)

	return f.complete(c)
}

func (f *search) openStackVariables(context.Context) (*FoundCredentials, error) {
	c := f.lookForKeys("the variables OS_ACCESS_KEY and OS_SECRET_KEY, or OS_AUTH_TOKEN, or OS_USERNAME and OS_PASSWORD",
		"OS_ACCESS_KEY", "OS_SECRET_KEY")
	f.lookForUser(&c, "OS_USERNAME", "OS_PASSWORD", openStackAccount)
	c.tokenName = "OS_AUTH_TOKEN"
	c.token = f.variable(c.tokenName)

	return f.complete(c)
}

func (f *search) sdkVariables(context.Context) (*FoundCredentials, error) {
	c := f.lookForKeys("the variables HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK")
	c.securityTokenName = "HUAWEICLOUD_SDK_SECURITY_TOKEN"
	c.securityToken = f.variable(c.securityTokenName)
	c.domainIDName = "HUAWEICLOUD_SDK_DOMAIN_ID"
	c.domainID = f.variable(c.domainIDName)

	return f.complete(c)
}
