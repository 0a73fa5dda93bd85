// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	signAlgorithm = "SDK-HMAC-SHA256"
	signDate      = "20060102T150405Z"

	headerDate          = "X-Sdk-Date"
	headerSecurityToken = "X-Security-Token"
	headerAuthToken     = "X-Auth-Token" //nolint:gosec // the name of a header
	headerDomainID      = "X-Domain-Id"
)

// signable is what a signature covers.
type signable struct {
	method string
	// path is the path before percent-encoding.
	path  string
	query url.Values
	// header is signed whole, but for Content-Type and names with an underscore.
	header http.Header
	body   []byte
	// date is the same as in the X-Sdk-Date header.
	date time.Time
}

// sign returns the Authorization header for the request, as the vendor's API
// gateway checks it (SDK-HMAC-SHA256).
func sign(s signable, accessKey, secretKey string) string {
	names := signedNames(s.header)
	bodyHash := sha256.Sum256(s.body)
	canonical := strings.Join([]string{
		s.method,
		canonicalPath(s.path),
		canonicalQuery(s.query),
		canonicalHeader(s.header, names),
		strings.Join(names, ";"),
		hex.EncodeToString(bodyHash[:]),
	}, "\n")
	canonicalHash := sha256.Sum256([]byte(canonical))
	toSign := strings.Join([]string{signAlgorithm, s.date.UTC().Format(signDate), hex.EncodeToString(canonicalHash[:])}, "\n")
	mac := hmac.New(sha256.New, []byte(secretKey))
	mac.Write([]byte(toSign))

	return signAlgorithm + " Access=" + accessKey +
		", SignedHeaders=" + strings.Join(names, ";") +
		", Signature=" + hex.EncodeToString(mac.Sum(nil))
}

func signedNames(header http.Header) []string {
	var names []string
	for name := range header {
		name = strings.ToLower(name)
		if strings.HasPrefix(name, "content-type") || strings.Contains(name, "_") {
			continue
		}
		names = append(names, name)
	}
	slices.Sort(names)

	return names
}

// canonicalPath encodes each segment and ends in a slash, even if the sent path
// does not.
func canonicalPath(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = percentEncode(segment)
	}
	path = strings.Join(segments, "/")
	if !strings.HasSuffix(path, "/") {
		path += "/"
	}

	return path
}

func canonicalQuery(query url.Values) string {
	keys := make([]string, 0, len(query))
	for key := range query {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var pairs []string
	for _, key := range keys {
		values := slices.Sorted(slices.Values(query[key]))
		for _, value := range values {
			pairs = append(pairs, percentEncode(key)+"="+percentEncode(value))
		}
	}

	return strings.Join(pairs, "&")
}

func canonicalHeader(header http.Header, names []string) string {
	lower := make(map[string][]string, len(header))
	for name, values := range header {
		lower[strings.ToLower(name)] = values
	}
	var b strings.Builder
	for _, name := range names {
		for _, value := range slices.Sorted(slices.Values(lower[name])) {
			b.WriteString(name + ":" + strings.TrimSpace(value) + "\n")
		}
	}

	return b.String()
}

// percentEncode encodes every byte but letters, digits and -_.~ .
func percentEncode(s string) string {
	const hexDigits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9', strings.IndexByte("-_.~", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
		}
	}

	return b.String()
}

// signTransport authenticates each attempt, with a date of its own.
type signTransport struct {
	credentials Credentials
	clock       Clock
	domainID    string
	next        http.RoundTripper
}

func (t *signTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	var body []byte
	if req.Body != nil {
		var err error
		body, err = io.ReadAll(req.Body)
		closeBody(req)
		if err != nil {
			return nil, notSent(err)
		}
	}
	a := attemptsOf(ctx)
	var keys Keys
	if !a.op.unsigned {
		var err error
		if keys, err = t.credentials.Retrieve(ctx); err != nil {
			return nil, notSent(err)
		}
	}
	a.remember(keys)
	if temporary, ok := t.credentials.(*temporaryCredentials); ok {
		a.keysRefused = func() bool { return temporary.refused(ctx, keys) }
	}

	signed := req.Clone(ctx)
	signed.Body, signed.GetBody = http.NoBody, nil
	if len(body) > 0 {
		// Without GetBody, net/http cannot send a body a second time when it loses
		// a connection: that decision belongs to the repeating layer alone.
		signed.Body = io.NopCloser(bytes.NewReader(body))
	}
	signed.ContentLength = int64(len(body))
	if t.domainID != "" {
		signed.Header.Set(headerDomainID, t.domainID)
	}
	if keys.Token != "" {
		signed.Header.Set(headerAuthToken, keys.Token)
	}
	if keys.Token != "" || a.op.unsigned {
		return t.next.RoundTrip(signed)
	}
	if keys.AccessKey == "" || keys.SecretKey == "" {
		return nil, notSent(&CredentialsError{Reason: "they have neither an access key with its secret key nor a token"})
	}
	if keys.SecurityToken != "" {
		signed.Header.Set(headerSecurityToken, keys.SecurityToken)
	}
	date := t.clock.Now()
	signed.Header.Set(headerDate, date.UTC().Format(signDate))
	covered := signed.Header.Clone()
	covered.Set("Host", signed.URL.Host)
	signed.Header.Set("Authorization", sign(signable{
		method: signed.Method,
		path:   signed.URL.Path,
		query:  signed.URL.Query(),
		header: covered,
		body:   body,
		date:   date,
	}, keys.AccessKey, keys.SecretKey))

	return t.next.RoundTrip(signed)
}

// notSent marks an error of a request that was not handed to the network.
func notSent(err error) error {
	return &notSentError{err}
}

type notSentError struct{ cause error }

func (e *notSentError) Error() string        { return e.cause.Error() }
func (e *notSentError) Unwrap() error        { return e.cause }
func (e *notSentError) Is(target error) bool { return target == ErrNotSent }

// closeBody closes a request's body, as a RoundTripper has to.
func closeBody(req *http.Request) {
	if req.Body != nil {
		_ = req.Body.Close()
	}
}

// attempts is what the layers share about one call.
type attempts struct {
	op   *operation
	site Site

	// secrets are the values that must not appear in a message, and sent those of them
	// that the body has.
	secrets, sent []string

	// keysRefused drops the keys of the latest attempt, and says whether others are to be
	// had; nil if there never are.
	keysRefused func() bool
}

type attemptsKey struct{}

func withAttempts(ctx context.Context, a *attempts) context.Context {
	return context.WithValue(ctx, attemptsKey{}, a)
}

// attemptsOf returns what withAttempts stored. Every request of a Client has it.
func attemptsOf(ctx context.Context) *attempts {
	a, ok := ctx.Value(attemptsKey{}).(*attempts)
	if !ok {
		return &attempts{op: &operation{name: "unknown"}}
	}

	return a
}

func (a *attempts) remember(keys Keys) {
	a.secrets = a.secrets[:0]
	for _, secret := range []string{keys.SecretKey, keys.SecurityToken, keys.Token} {
		if secret != "" {
			a.secrets = append(a.secrets, secret)
		}
	}
}

// redact takes the call's secrets out of a text that came from outside.
func (a *attempts) redact(text string) string {
	var forms []string
	for _, secret := range append(slices.Clone(a.secrets), a.sent...) {
		if secret == "" {
			continue
		}
		// As JSON and as an address would write it, too.
		sent, _ := json.Marshal(secret)
		for _, quoted := range []string{strconv.Quote(secret), strconv.QuoteToASCII(secret), string(sent)} {
			forms = append(forms, quoted[1:len(quoted)-1])
		}
		forms = append(forms, secret, url.QueryEscape(secret), url.PathEscape(secret))
	}
	// The longest is first: of one that begins with another, the rest would stay.
	slices.SortFunc(forms, func(x, y string) int { return len(y) - len(x) })
	var pairs []string
	for _, form := range forms {
		pairs = append(pairs, form, "[redacted]")
	}

	return strings.NewReplacer(pairs...).Replace(text)
}
