// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kinds of failure, for errors.Is on any error that a method of Client returns.
// An error can be of several kinds.
var (
	// ErrThrottled: too many requests; nothing was done.
	ErrThrottled = errors.New("too many requests")
	// ErrAccessDenied: the caller may not do this.
	ErrAccessDenied = errors.New("access denied")
	// ErrUnauthenticated: key, signature or token were not accepted.
	ErrUnauthenticated = errors.New("credentials not accepted")
	// ErrWrongSite: the account belongs to another site.
	ErrWrongSite = errors.New("the account belongs to another site")
	// ErrNotFound: the API says that the object does not exist.
	ErrNotFound = errors.New("not found")
	// ErrServer: an error of the server; whether a mutation was done is unknown.
	ErrServer = errors.New("server error")
	// ErrLookupFailed: the API could not look up what its answer needs, a
	// temporary failure. It comes with HTTP 400.
	ErrLookupFailed = errors.New("look-up failed")
	// ErrNoAnswer: the request may have reached the server, and no answer came
	// (connection cut, timeout).
	ErrNoAnswer = errors.New("no answer")
	// ErrNotSent: the request certainly never reached the server.
	ErrNotSent = errors.New("not sent")
	// ErrUnreadable: the answer is no JSON object of the expected form, is cut
	// off or too large. Error.Status is kept.
	ErrUnreadable = errors.New("unreadable answer")
	// ErrIncomplete: the pages of an answer do not add up to its total.
	ErrIncomplete = errors.New("incomplete answer")
	// ErrNotAsked: a row of an answer does not pass a filter of the request.
	ErrNotAsked = errors.New("answer to another question")
	// ErrOtherUnit: amounts of an answer are in another unit than that of their
	// currency, so they stand for nothing that is known.
	ErrOtherUnit = errors.New("amounts in another unit than their currency")
	// ErrNotOnSite: the site does not have this operation; no call was made.
	ErrNotOnSite = errors.New("operation not available on this site")
)

// Error is a failed call.
type Error struct {
	// Operation is the name of the operation, for example "pay_order".
	Operation string
	// Status is the HTTP status, 0 if there was no answer.
	Status int
	// Code is the API's error code, "" if there was none.
	Code Code
	// Message is what the API wrote, or a short excerpt of an unreadable answer.
	Message string
	// Host is who was asked, "" if nothing was or an answer came.
	Host string
	// RequestID is the vendor's id of the request, "" if unknown.
	RequestID string
	// ClockAhead is how far the clock of this machine is ahead of the server's, with
	// [ErrUnauthenticated]: no signature is accepted that is older or newer by 15 minutes.
	ClockAhead time.Duration
	// Source is the place that the credentials are from, in words, with
	// [ErrUnauthenticated]; "" if it is not known.
	Source string
	// Quotas says what is short, with CodeQuotaShort.
	Quotas []QuotaInfo
	// FailedChecks are the checks of the business that failed, with CodeChecksFailed, as
	// the API names them.
	FailedChecks []string
	// EnterpriseProjects says which are short, with CodeEnterpriseProjectFundsShort.
	EnterpriseProjects []EnterpriseProjectAuth
	// Err is the cause, if it is not the answer's code.
	Err error
}

// How many bytes are shown of a code, an id or a name, and of a message.
const (
	mostWord    = 100
	mostMessage = 1000
)

// shown is a reason as it may be shown: short, on one line.
func shown(code Code, message string) (Code, string) {
	return Code(excerpt(string(code), mostWord)), excerpt(message, mostMessage)
}

func (e *Error) Error() string {
	code, message := shown(e.Code, e.Message)
	var said []string
	if e.Status != 0 {
		said = append(said, "HTTP "+strconv.Itoa(e.Status))
	}
	// The identity service has the status for its code.
	if e.Code != "" && string(e.Code) != strconv.Itoa(e.Status) {
		said = append(said, string(code))
	}
	if e.Err != nil {
		said = append(said, e.Err.Error())
	}
	// What an answer says of one resource is as it came.
	if message != "" {
		said = append(said, message)
	}
	// What only a ticket needs comes last.
	names := e.Operation
	if e.RequestID != "" {
		names += ", request id " + e.RequestID
	}

	return strings.Join(said, ": ") + " (" + names + ")"
}

// clockTolerance is how far the clocks may be apart before that is named as a cause.
const clockTolerance = 5 * time.Minute

// WrongClock says that the clock of this machine is why credentials were not accepted,
// or "" if it is not.
func WrongClock(err error) string {
	var e *Error
	if !errors.As(err, &e) || e.ClockAhead.Abs() < clockTolerance {
		return ""
	}
	direction := "ahead of"
	if e.ClockAhead < 0 {
		direction = "behind"
	}
	apart := strings.TrimSuffix(e.ClockAhead.Abs().Round(time.Minute).String(), "0s")

	return fmt.Sprintf("The clock of this machine is %s %s that of the API, which then accepts no signature. Set the clock.", apart, direction)
}

// CheckCredentials says what to do about credentials that were not accepted, and which
// place they are from: it need not be the one that the user has in mind.
func CheckCredentials(err error) string {
	from := ""
	if e := (*Error)(nil); errors.As(err, &e) && e.Source != "" {
		from = " They are from " + e.Source + "."
	}

	return "Check the credentials: the keys may be wrong or expired." + from +
		" The clock of this machine must not be off by more than a few minutes."
}

// OnlyReads says whether the operation changes nothing, whatever became of the call.
func (e *Error) OnlyReads() bool {
	op := rows[e.Operation]

	return op != nil && op.kind == kindQuery
}

// Permission returns what the caller needs for the operation, in each model of
// IAM. It is empty if the vendor lists none.
func (e *Error) Permission() Permission {
	if op := rows[e.Operation]; op != nil {
		return op.permission
	}

	return Permission{}
}

// Sites returns the sites that have the operation, none if all of them do.
func (e *Error) Sites() []Site {
	if op := rows[e.Operation]; op != nil {
		return op.sites
	}

	return nil
}

// ForMaster says whether only the master account of an enterprise may make the call.
func (e *Error) ForMaster() bool {
	op := rows[e.Operation]

	return op != nil && op.master
}

// Page returns the address of the vendor's page about the operation, "" if
// unknown.
func (e *Error) Page() string {
	if op := rows[e.Operation]; op != nil {
		return op.page
	}

	return ""
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether the failure is of a kind, or carries a code of the same
// family.
func (e *Error) Is(target error) bool {
	if code, ok := target.(Code); ok {
		return e.Code != "" && code.family() == e.Code.family()
	}
	switch target {
	case ErrThrottled:
		return e.Status == http.StatusTooManyRequests || e.throttleCode()
	case ErrUnauthenticated:
		return e.Status == http.StatusUnauthorized || e.Code == CodeTokenInvalid
	case ErrWrongSite:
		return e.Code == CodeWrongSite || e.Code == CodeWrongSiteOld
	case ErrAccessDenied:
		return e.accessDenied()
	case ErrNotFound:
		// A 404 of a gateway or proxy says nothing about the object.
		return e.Code == CodeOrderNotFound ||
			e.Status == http.StatusNotFound && strings.HasPrefix(string(e.Code), "CBC.")
	case ErrLookupFailed:
		return lookupFailures[e.Code.family()]
	case ErrServer:
		return e.Status >= 500 || e.Code == CodeServer
	}

	return false
}

func (e *Error) throttleCode() bool {
	return e.Code == CodeGatewayThrottled || e.Code == CodeGatewayThrottledNew || e.Code == CodeServiceThrottled
}

func (e *Error) accessDenied() bool {
	switch e.Code {
	case CodeAccessDenied, CodeCallerNotAllowed, CodePartnerRightsMissing:
		return true
	case CodeWrongSite, CodeWrongSiteOld, CodeTokenInvalid, "":
		return false
	default:
		return e.Status == http.StatusForbidden
	}
}

// FailedChecks are those that an error names, see [Error.FailedChecks].
func FailedChecks(err error) []string {
	var e *Error
	if !errors.As(err, &e) {
		return nil
	}

	return e.FailedChecks
}

// NotDone reports whether err says for certain that the mutation was not
// carried out: it never reached the server, was throttled, or was refused with
// a code that the vendor documents as a refusal. When it is false, the outcome
// is in doubt, and only looking can tell.
func NotDone(err error) bool {
	if errors.Is(err, ErrNotSent) || errors.Is(err, ErrNotOnSite) {
		return true
	}
	var e *Error
	if !errors.As(err, &e) || e.Code == "" {
		return false
	}
	switch {
	case e.Is(CodeChecksFailed):
		// It is documented with HTTP 500 for the creation of members.
		return true
	case e.Status >= 500:
		return false
	case e.throttleCode():
		return e.Status == http.StatusTooManyRequests
	case e.Status == http.StatusUnauthorized && strings.HasPrefix(string(e.Code), "APIG"):
		// The gateway checks signatures before it hands a request on.
		return true
	}

	return refusals[e.Code.family()]
}
