// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"fmt"
	"time"
)

// wireTime is how the API writes an instant, always in UTC.
const wireTime = "2006-01-02T15:04:05Z"

// ParseTime reads an instant of an answer. The API writes
// yyyy-MM-ddTHH:mm:ssZ; fractions of a second and an offset are accepted too.
// The result is in UTC.
func ParseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}

	return time.Time{}, fmt.Errorf("%q is not an instant of the form yyyy-MM-ddTHH:mm:ssZ", s)
}

// formatTime writes an instant as the API wants it, "" for the zero time.
func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}

	return t.UTC().Format(wireTime)
}
