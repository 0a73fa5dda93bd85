// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"time"
)

// Credentials are what the simulator accepts: the permanent pair, alone or with
// the security token; the temporary pair, with the security token only; or the
// token in X-Auth-Token; and what its identity service gives keys for. They are fixed and fictitious; the domain is the
// customer of the world.
type Credentials struct {
	AccessKey          string
	SecretKey          string
	TemporaryAccessKey string
	TemporarySecretKey string
	SecurityToken      string
	Token              string
	DomainID           string
	// The operator is another account, to which the agencies of the customer are
	// delegated. BSS refuses its keys.
	OperatorAccessKey string
	OperatorSecretKey string
	OperatorDomainID  string
	// The user, of the customer.
	UserName string
	Password string
	// IDToken is the token of the identity provider IdpID of the customer.
	IdpID   string
	IDToken string
}

func simulatedCredentials(customer string) Credentials {
	return Credentials{
		AccessKey:          "SIMULATORACCESSKEY00",
		SecretKey:          "simulator-secret-key-of-no-worth-0000000",
		TemporaryAccessKey: "SIMULATORTEMPORARY00",
		TemporarySecretKey: "simulator-temporary-key-of-no-worth-0000",
		SecurityToken:      "simulator-security-token-of-no-worth",
		Token:              "simulator-token-of-no-worth",
		DomainID:           customer,
		OperatorAccessKey:  "SIMULATOROPERATOR000",
		OperatorSecretKey:  "simulator-operator-key-of-no-worth-00000",
		OperatorDomainID:   operatorID,
		UserName:           "finance",
		Password:           "simulator-password-of-no-worth",
		IdpID:              "pipeline",
		IDToken:            "simulator-id-token-of-no-worth",
	}
}

const (
	signatureScheme = "SDK-HMAC-SHA256"
	signatureTime   = "20060102T150405Z"
	signatureSkew   = 15 * time.Minute
)

func unauthorized(reason string) *failure {
	return refuse(http.StatusUnauthorized, "APIGW.0301", "Incorrect IAM authentication information: "+reason)
}

// gate knows what is accepted at one moment: the fixed credentials, and those that the
// identity service has given.
type gate struct {
	Credentials

	issued []issuedNow
}

// authenticate checks the token or the signature of a request against real
// time, and returns the account that it is of.
func (g gate) authenticate(r *http.Request, body []byte, now time.Time) (string, *failure) {
	caller, refusal := g.caller(r, body, now)
	if refusal != nil {
		return "", refusal
	}
	if domain := r.Header.Get("X-Domain-Id"); domain != "" && domain != caller {
		return "", refuse(http.StatusForbidden, "CBC.0155", messages["CBC.0155"])
	}

	return caller, nil
}

func (g gate) caller(r *http.Request, body []byte, now time.Time) (string, *failure) {
	if token := r.Header.Get("X-Auth-Token"); token != "" {
		return g.callerOfToken(token)
	}
	key, refusal := g.key(r)
	if refusal != nil {
		return "", refusal
	}

	return key.domain, key.signed(r, body, now)
}

func (g gate) callerOfToken(token string) (string, *failure) {
	if token == g.Token {
		return g.DomainID, nil
	}
	for _, issued := range g.issued {
		if issued.Token == token && !issued.Unscoped && !issued.ended {
			return issued.DomainID, nil
		}
	}

	return "", refuse(http.StatusForbidden, "CBC.0154", messages["CBC.0154"])
}

// signingKey is the secret of an access key, and whose it is.
type signingKey struct{ secret, domain string }

// authorization are the fields of the header Authorization.
func authorization(r *http.Request) map[string]string {
	_, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	fields := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}

	return fields
}

// key finds the key that a request is signed with.
func (g gate) key(r *http.Request) (signingKey, *failure) {
	if scheme, _, _ := strings.Cut(r.Header.Get("Authorization"), " "); scheme != signatureScheme {
		return signingKey{}, unauthorized("neither a token nor a signature of " + signatureScheme)
	}
	accessKey, securityToken := authorization(r)["Access"], r.Header.Get("X-Security-Token")
	for _, issued := range g.issued {
		switch {
		case issued.AccessKey == "" || issued.AccessKey != accessKey:
		case issued.SecurityToken != securityToken:
			return signingKey{}, unauthorized("the security token is not that of the access key")
		case issued.ended:
			return signingKey{}, unauthorized("the security token has expired")
		default:
			return signingKey{issued.SecretKey, issued.DomainID}, nil
		}
	}
	if accessKey == g.OperatorAccessKey && securityToken == "" {
		return signingKey{g.OperatorSecretKey, g.OperatorDomainID}, nil
	}
	secret, refusal := g.secretOf(accessKey, securityToken)

	return signingKey{secret, g.DomainID}, refusal
}

// signed checks the signature of a request.
func (k signingKey) signed(r *http.Request, body []byte, now time.Time) *failure {
	fields := authorization(r)
	signed := strings.Split(fields["SignedHeaders"], ";")
	if !slices.Contains(signed, "x-sdk-date") {
		return unauthorized("x-sdk-date is not among the signed headers")
	}
	at, err := time.Parse(signatureTime, r.Header.Get("X-Sdk-Date"))
	if err != nil {
		return unauthorized("x-sdk-date is not of the form " + signatureTime)
	}
	if age := now.Sub(at); age > signatureSkew || age < -signatureSkew {
		return unauthorized("x-sdk-date is more than 15 minutes off")
	}
	digest := sha256.Sum256(body)
	content := hex.EncodeToString(digest[:])
	if declared := r.Header.Get("X-Sdk-Content-Sha256"); declared != "" && declared != content {
		return unauthorized("x-sdk-content-sha256 is not the digest of the body")
	}
	canonical := sha256.Sum256([]byte(canonicalRequest(r, signed, content)))
	mac := hmac.New(sha256.New, []byte(k.secret))
	mac.Write([]byte(signatureScheme + "\n" + at.Format(signatureTime) + "\n" + hex.EncodeToString(canonical[:])))
	want := hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(fields["Signature"])) {
		return unauthorized("verify aksk signature fail")
	}

	return nil
}

func (c Credentials) secretOf(accessKey, securityToken string) (string, *failure) {
	if securityToken != "" && securityToken != c.SecurityToken {
		return "", unauthorized("the security token is not valid")
	}
	switch {
	case accessKey == c.AccessKey:
		return c.SecretKey, nil
	case accessKey == c.TemporaryAccessKey && securityToken != "":
		return c.TemporarySecretKey, nil
	case accessKey == c.TemporaryAccessKey:
		return "", unauthorized("a temporary access key needs its security token")
	default:
		return "", unauthorized("the access key does not exist")
	}
}

// canonicalRequest is the text that the vendor's scheme signs: method, path
// with a final slash, sorted query, signed headers and the digest of the body.
func canonicalRequest(r *http.Request, signed []string, content string) string {
	var b strings.Builder
	b.WriteString(r.Method + "\n" + canonicalPath(r.URL.EscapedPath()) + "\n" + canonicalQuery(r.URL.Query()) + "\n")
	for _, name := range signed {
		values := slices.Clone(r.Header.Values(name))
		if name == "host" {
			values = []string{r.Host}
		}
		sort.Strings(values)
		for _, value := range values {
			b.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
		}
	}
	b.WriteString("\n" + strings.Join(signed, ";") + "\n" + content)

	return b.String()
}

func canonicalPath(escaped string) string {
	segments := strings.Split(escaped, "/")
	for i, segment := range segments {
		if plain, err := url.PathUnescape(segment); err == nil {
			segments[i] = percentEncode(plain)
		}
	}
	path := strings.Join(segments, "/")
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}

	return path
}

func canonicalQuery(query url.Values) string {
	names := make([]string, 0, len(query))
	for name := range query {
		names = append(names, name)
	}
	sort.Strings(names)
	var parts []string
	for _, name := range names {
		values := slices.Clone(query[name])
		sort.Strings(values)
		for _, value := range values {
			parts = append(parts, percentEncode(name)+"="+percentEncode(value))
		}
	}

	return strings.Join(parts, "&")
}

// percentEncode leaves only the unreserved characters of RFC 3986 as they are.
func percentEncode(text string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("-_.~", c) >= 0 {
			b.WriteByte(c)

			continue
		}
		b.WriteByte('%')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}

	return b.String()
}
