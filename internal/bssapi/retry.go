// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"crypto/tls"
	"errors"
	"math"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// backoffBase and backoffCap bound the pause before a repeat, which is drawn
	// at random below base * 2^n.
	backoffBase = 500 * time.Millisecond
	backoffCap  = 10 * time.Second
	// throttledPause is the least pause after a 429 that names none: quotas are
	// counted by the second.
	throttledPause = time.Second
	// longestRetryAfter is the longest pause that a server may ask for; a call
	// that would have to wait longer fails instead.
	longestRetryAfter = 2 * time.Minute
)

// repeatable decides whether a failed attempt of an operation of this kind may
// be repeated.
func repeatable(k kind, err error) bool {
	switch k {
	case kindQuery:
		return transient(err) || errors.Is(err, ErrLookupFailed)
	case kindSetting:
		return NotDone(err) && transient(err)
	case kindAct:
		return false
	}

	return false
}

// transient reports whether the same request may succeed later.
func transient(err error) bool {
	var certificate *tls.CertificateVerificationError
	var credentials *CredentialsError
	var wrongType *WrongTypeError
	if errors.As(err, &certificate) || errors.As(err, &credentials) || errors.As(err, &wrongType) ||
		errors.Is(err, errTooLong) || errors.Is(err, errOtherAnswer) {
		return false
	}
	var e *Error
	if !errors.As(err, &e) || e.Status == http.StatusNotImplemented {
		return false
	}
	if errors.Is(err, ErrUnreadable) && e.Status < 300 {
		return true
	}

	return errors.Is(err, ErrThrottled) || errors.Is(err, ErrServer) ||
		errors.Is(err, ErrNoAnswer) || errors.Is(err, ErrNotSent)
}

// repeater sends a request as often as its operation allows.
type repeater struct {
	http  *http.Client
	max   int
	clock Clock
	// jitter returns a random share in [0, 1).
	jitter func() float64
}

func newRepeater(client *http.Client, maxRetries int, clock Clock) *repeater {
	return &repeater{http: client, max: maxRetries, clock: clock, jitter: rand.Float64}
}

// do sends req and hands each answer to read, whose error decides whether to go
// on. The error of the last attempt is returned.
func (r *repeater) do(req *http.Request, a *attempts, read func(*http.Response) error) error {
	ctx := req.Context()
	renewed := false
	for attempt := 0; ; attempt++ {
		once := req.Clone(ctx)
		if req.GetBody != nil {
			// The body is in memory, and reads from its start without an error.
			once.Body, _ = req.GetBody()
		}
		resp, err := r.http.Do(once)
		if err == nil {
			err = read(resp)
			_ = resp.Body.Close()
		}
		if err == nil {
			return nil
		}
		failed := a.failure(err)
		// What keys were refused for was not done: with others it is sent again, once. An act
		// is left to what looks first, and finds other keys then.
		if errors.Is(failed, ErrUnauthenticated) && !renewed && a.keysRefused != nil && a.keysRefused() &&
			(a.op.kind == kindQuery || a.op.kind == kindSetting && NotDone(failed)) {
			renewed = true
			attempt--

			continue
		}
		wanted, short := retryAfter(resp, r.clock)
		if attempt >= r.max || ctx.Err() != nil || !repeatable(a.op.kind, failed) || !short {
			return failed
		}
		if sleepErr := r.clock.Sleep(ctx, wanted+r.backoff(attempt)); sleepErr != nil {
			// The caller gave up while waiting to repeat.
			var e *Error
			if errors.As(failed, &e) {
				e.Err = errors.Join(sleepErr, e.Err)
			}

			return failed
		}
	}
}

// backoff draws the pause before repeat number attempt+1.
func (r *repeater) backoff(attempt int) time.Duration {
	ceiling := backoffCap
	if attempt < 10 {
		ceiling = min(backoffCap, backoffBase<<attempt)
	}

	return time.Duration(r.jitter() * float64(ceiling))
}

// retryAfter returns the pause that an answer asks for, and whether it is short
// enough to wait. After a 429 it is throttledPause at least, whatever its header
// says.
func retryAfter(resp *http.Response, clock Clock) (time.Duration, bool) {
	if resp == nil {
		return 0, true
	}
	least := time.Duration(0)
	if resp.StatusCode == http.StatusTooManyRequests {
		least = throttledPause
	}
	value := strings.TrimSpace(resp.Header.Get("Retry-After"))
	if seconds, err := strconv.ParseFloat(value, 64); err == nil && !math.IsNaN(seconds) {
		if seconds > longestRetryAfter.Seconds() {
			return 0, false
		}

		return max(time.Duration(max(seconds, 0)*float64(time.Second)), least), true
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return least, true
	}
	now, err := http.ParseTime(resp.Header.Get("Date"))
	if err != nil {
		now = clock.Now()
	}
	pause := max(until.Sub(now), least)

	return pause, pause <= longestRetryAfter
}
