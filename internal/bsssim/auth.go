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
// token in X-Auth-Token. They are fixed and fictitious; the domain is the
// customer of the world.
type Credentials struct {
	AccessKey          string
	SecretKey          string
	TemporaryAccessKey string
	TemporarySecretKey string
	SecurityToken      string
	Token              string
	DomainID           string
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

// authenticate checks the token or the signature of a request against real
// time.
func (c Credentials) authenticate(r *http.Request, body []byte, now time.Time) *failure {
	if domain := r.Header.Get("X-Domain-Id"); domain != "" && domain != c.DomainID {
		return refuse(http.StatusForbidden, "CBC.0155", messages["CBC.0155"])
	}
	if token := r.Header.Get("X-Auth-Token"); token != "" {
		if token != c.Token {
			return refuse(http.StatusForbidden, "CBC.0154", messages["CBC.0154"])
		}

		return nil
	}
	scheme, rest, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if scheme != signatureScheme {
		return unauthorized("neither a token nor a signature of " + signatureScheme)
	}
	fields := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	secret, refusal := c.secretOf(fields["Access"], r.Header.Get("X-Security-Token"))
	if refusal != nil {
		return refusal
	}
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
	mac := hmac.New(sha256.New, []byte(secret))
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
