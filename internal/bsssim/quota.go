// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net/http"
	"time"
)

// quotas counts calls by operation in a window of one second of real time that
// slides. The server's mutex guards it.
type quotas struct {
	enforced bool
	site     string
	recent   map[string][]time.Time
}

// take counts a call, or refuses it as the gateway does. A refused call does
// not count.
func (q *quotas) take(op *operation, now time.Time) *failure {
	if !q.enforced {
		return nil
	}
	recent := q.recent[op.Name]
	for len(recent) > 0 && now.Sub(recent[0]) >= time.Second {
		recent = recent[1:]
	}
	limit := op.quotaOn(q.site)
	if len(recent) >= limit {
		q.recent[op.Name] = recent
		refusal := refuse(http.StatusTooManyRequests, "APIG.0308",
			fmt.Sprintf("The throttling threshold has been reached: policy user over ratelimit,limit:%d,time:1 second", limit))
		refusal.extra = map[string]any{"encoded_authorization_message": ""}

		return refusal
	}
	q.recent[op.Name] = append(recent, now)

	return nil
}
