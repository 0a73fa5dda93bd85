// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// call is one call of an operation.
type call struct {
	op    *operation
	path  map[string]string
	query params
	// header is sent beside what every call sends.
	header http.Header
	// body is sent as JSON unless nil.
	body any
	// out takes the answer; nil if the operation answers nothing.
	out any
	// secrets are what the body has and no message may say again.
	secrets []string
	// answered takes the header of the answer; nil if unwanted.
	answered *http.Header
	// digest takes what tells whether two answers are the same; nil if unwanted.
	digest *uint64
}

// digestSeed makes digests comparable with each other.
var digestSeed = maphash.MakeSeed()

// do makes a call on the account's site.
func (c *Client) do(ctx context.Context, cl call) error {
	base, site, err := c.resolve(ctx, cl.op)
	if err != nil {
		return err
	}

	return c.send(ctx, base, site, cl)
}

// resolve returns where to call the operation. It finds out the site only if
// the address depends on it.
func (c *Client) resolve(ctx context.Context, op *operation) (*url.URL, Site, error) {
	if c.config.endpoint != nil && op.sites == nil {
		return c.config.endpoint, c.config.site, nil
	}
	site, err := c.Site(ctx)
	if err != nil {
		return nil, "", err
	}
	if !op.on(site) {
		return nil, "", &Error{Operation: op.name, Err: fmt.Errorf("%w (%s)", ErrNotOnSite, site)}
	}
	if c.config.endpoint != nil {
		return c.config.endpoint, site, nil
	}
	base, err := url.Parse(site.endpoint())

	return base, site, err
}

// send makes a call at an address.
func (c *Client) send(ctx context.Context, base *url.URL, site Site, cl call) error {
	a := &attempts{op: cl.op, site: site, sent: cl.secrets}
	req, err := c.build(withAttempts(ctx, a), base, cl)
	if err != nil {
		return cl.op.refuse(err)
	}

	return c.repeater.do(req, a, func(resp *http.Response) error {
		if cl.answered != nil {
			*cl.answered = resp.Header
		}
		if body, ok := resp.Body.(*answer); ok && cl.digest != nil {
			*cl.digest = maphash.Bytes(digestSeed, body.data)
		}
		err := a.read(resp, cl.out)
		var refused *Error
		if errors.Is(err, ErrUnauthenticated) && errors.As(err, &refused) {
			refused.ClockAhead, refused.Source = -time.Duration(c.offset.Load()), c.config.source
		}

		return err
	})
}

func (c *Client) build(ctx context.Context, base *url.URL, cl call) (*http.Request, error) {
	u := *base
	path := cl.op.path
	for name, value := range cl.path {
		if err := checkID(name, value); err != nil {
			return nil, err
		}
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	u.Path += path
	// As it is signed, with a space as %20: not every server takes a + for one.
	u.RawQuery = canonicalQuery(url.Values(cl.query))
	var body io.Reader
	if cl.body != nil {
		data, err := json.Marshal(cl.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(ctx, cl.op.method, u.String(), body)
	if err != nil {
		return nil, err
	}
	maps.Copy(req.Header, cl.header)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", c.config.userAgent)
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if cl.op.language && c.config.language != "" {
		req.Header.Set("X-Language", c.config.language)
	}

	return req, nil
}

// checkID refuses what cannot be an id or would change a path.
func checkID(name, id string) error {
	if id == "" {
		return fmt.Errorf("%s is empty", name)
	}
	if len(id) > 64 {
		return fmt.Errorf("%s is longer than 64 characters", name)
	}
	for _, r := range id {
		if r > unicode.MaxASCII || !unicode.IsPrint(r) || strings.ContainsRune(` /\?#%{}`, r) {
			return fmt.Errorf("%s has a character that no id has", name)
		}
	}
	if strings.Trim(id, ".") == "" {
		return fmt.Errorf("%s is no id", name)
	}

	return nil
}

// errOtherAnswer says that an answer is a JSON object, and not that of the call.
var errOtherAnswer = errors.New("the answer is none of this call")

// read turns an answer into out, or into an *Error.
func (a *attempts) read(resp *http.Response, out any) error {
	data, cut := []byte(nil), error(nil)
	if body, ok := resp.Body.(*answer); ok {
		data, cut = body.data, body.err
	}
	failed := &Error{Operation: a.op.name, Status: resp.StatusCode, RequestID: requestID(resp.Header)}
	unreadable := func(cause error) error {
		failed.Err = fmt.Errorf("%w: %w", ErrUnreadable, cause)
		// What cannot be read may say a secret again in a form that nobody knows.
		if len(a.sent) == 0 && !a.op.secret {
			failed.Message = excerpt(a.redact(string(data)), 120)
		}

		return failed
	}
	success := resp.StatusCode >= 200 && resp.StatusCode < 300
	// Whether something was written is told by the documented success alone: any
	// other may come from something in between.
	documented := http.StatusOK
	if out == nil {
		documented = http.StatusNoContent
	}
	switch {
	case success && documented == http.StatusNoContent && resp.StatusCode == documented:
		return nil
	case resp.StatusCode == http.StatusOK && a.op.anySuccess && cut == nil:
		return a.readOpen(data, failed, unreadable)
	case success && a.op.kind != kindQuery && resp.StatusCode != documented:
		return unreadable(fmt.Errorf("a success is HTTP %d", documented))
	}
	// Some servers begin a text with a mark of its byte order.
	object := bytes.TrimSpace(bytes.TrimPrefix(data, []byte(markUTF8)))
	switch {
	case cut != nil:
		return unreadable(cut)
	case len(object) == 0:
		return unreadable(errors.New("the answer is empty"))
	case object[0] != '{':
		return unreadable(errors.New("the answer is no JSON object"))
	}
	if !success || out == nil {
		if !json.Valid(object) {
			return unreadable(errors.New("the answer is no JSON object"))
		}
		if !a.refused(object, failed) {
			return unreadable(errors.New("the answer has no error code"))
		}

		return failed
	}
	// What an attempt before this one has answered is not mixed with it.
	fresh := reflect.New(reflect.TypeOf(out).Elem())
	err := decode(object, fresh.Interface())
	var wrongType *WrongTypeError
	if err != nil && !errors.As(err, &wrongType) {
		return unreadable(errors.New("the answer is no JSON object"))
	}
	names := fieldNames(object)
	switch {
	case slices.ContainsFunc(names, isErrorField) && a.refused(object, failed):
		return failed
	case err != nil && a.op.secret:
		return unreadable(errors.New("the answer is not of the expected form"))
	case err != nil:
		failed.Err = fmt.Errorf("%w: %w", ErrUnreadable, err)

		return failed
	case !slices.ContainsFunc(names, a.op.answeredBy):
		return unreadable(fmt.Errorf("%w: it has no %s", errOtherAnswer, strings.Join(a.op.answers, " or ")))
	}
	reflect.ValueOf(out).Elem().Set(fresh.Elem())

	return nil
}

// readOpen reads HTTP 200 of an operation that may answer so or with HTTP 204: nothing,
// or a JSON object without a code of failure.
func (a *attempts) readOpen(data []byte, failed *Error, unreadable func(error) error) error {
	object := bytes.TrimSpace(bytes.TrimPrefix(data, []byte(markUTF8)))
	switch {
	case len(object) == 0:
		return nil
	case object[0] != '{' || !json.Valid(object):
		return unreadable(errors.New("the answer is no JSON object"))
	case a.refused(object, failed):
		return failed
	}

	return nil
}

// refused fills in what an answer says about a failure; false if it says none.
func (a *attempts) refused(object []byte, failed *Error) bool {
	var envelope errorEnvelope
	// A field of another type than expected must not hide the code beside it.
	_ = json.Unmarshal(object, &envelope)
	code, message := envelope.failure(failed.Status < 300)
	if failed.RequestID == "" {
		failed.RequestID = excerpt(a.redact(string(envelope.RequestID)), mostWord)
	}
	if code == "" {
		return false
	}
	failed.Code = Code(a.redact(string(code)))
	failed.Message = excerpt(a.redact(message), mostMessage)
	failed.Quotas = listOf[QuotaInfo](a.redact, envelope.QuotaInfos, envelope.QuotaInfosV1)
	failed.FailedChecks = failedChecks(a.redact, envelope.FailCheckItems, envelope.FailCheckItemsV1)
	failed.EnterpriseProjects = listOf[EnterpriseProjectAuth](a.redact, envelope.EnterpriseProjects, envelope.EnterpriseProjectsV1)

	return true
}

// failure makes an *Error of a transport's error.
func (a *attempts) failure(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	var (
		urlErr *url.Error
		host   string
	)
	if errors.As(err, &urlErr) {
		err = urlErr.Err
		if asked, parseErr := url.Parse(urlErr.URL); parseErr == nil {
			host = asked.Host
		}
	}
	if text := err.Error(); a.redact(text) != text {
		err = &redactedError{text: a.redact(text), cause: err}
	}

	return &Error{Operation: a.op.name, Host: host, Err: err}
}

// redactedError replaces the text of an error that held a secret.
type redactedError struct {
	text  string
	cause error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.cause }

// excerpt cuts text that came from outside to n bytes on one line.
func excerpt(text string, n int) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError
	}), " ")
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}

	return text[:n] + "…"
}

// errorEnvelope has every form of a failure: the API's own, that of its old calls,
// the gateway's, and that of the identity service.
type errorEnvelope struct {
	ErrorCode            looseText       `json:"error_code"`
	ErrorMsg             looseText       `json:"error_msg"`
	ErrorCodeV1          looseText       `json:"errorCode"`
	ErrorMsgV1           looseText       `json:"errorMsg"`
	ResultCode           looseText       `json:"resultCode"`
	ResultMsg            looseText       `json:"resultMsg"`
	RequestID            looseText       `json:"request_id"`
	QuotaInfos           json.RawMessage `json:"quota_infos"`
	QuotaInfosV1         json.RawMessage `json:"quotaInfos"`
	FailCheckItems       json.RawMessage `json:"fail_check_items"`
	FailCheckItemsV1     json.RawMessage `json:"failCheckItems"`
	EnterpriseProjects   json.RawMessage `json:"enterprise_project_auth_result"`
	EnterpriseProjectsV1 json.RawMessage `json:"enterpriseProjectAuthResult"`
	// IAM is how the identity service answers.
	IAM struct {
		Code    looseText `json:"code"`
		Message looseText `json:"message"`
	} `json:"error"`
}

// isErrorField says whether a failure could be told by a field of this name.
func isErrorField(name string) bool {
	return slices.ContainsFunc([]string{"error_code", "errorCode", "resultCode", "error"}, func(known string) bool {
		return strings.EqualFold(name, known)
	})
}

// failure is the code and the text of a failure, "" if there is none. In a success,
// a code that says so is none.
func (e *errorEnvelope) failure(success bool) (Code, string) {
	for _, told := range []struct{ code, message looseText }{
		{e.ErrorCode, e.ErrorMsg}, {e.ErrorCodeV1, e.ErrorMsgV1}, {e.ResultCode, e.ResultMsg}, {e.IAM.Code, e.IAM.Message},
	} {
		code := Code(told.code)
		if code != "" && (!success || code != CodeSuccess && strings.Trim(string(code), "0") != "") {
			return code, string(told.message)
		}
	}

	return "", ""
}

// listOf decodes the first of the lists that can be decoded, with its texts as they
// may be shown.
func listOf[T any](redact func(string) string, lists ...json.RawMessage) []T {
	for _, list := range lists {
		var out []T
		if len(list) == 0 || json.Unmarshal(list, &out) != nil {
			continue
		}
		for i := range out {
			for _, field := range reflect.ValueOf(&out[i]).Elem().Fields() {
				if field.Kind() == reflect.String {
					field.SetString(excerpt(redact(field.String()), mostWord))
				}
			}
		}

		return out
	}

	return nil
}

// looseText takes a JSON string or number.
type looseText string

func (t *looseText) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		return json.Unmarshal(data, (*string)(t))
	}
	if text := string(data); text != "null" {
		*t = looseText(text)
	}

	return nil
}
