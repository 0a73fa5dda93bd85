// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package a holds what the analyzer has to tell apart.
package a

import (
	"errors"
	"regexp"
	"strings"
)

var errGone = errors.New("gone")

type coded struct{ code string }

func (c *coded) Error() string { return c.code }

func forbidden(err error, c coded) []bool {
	switch err.Error() { // want "not by its text"
	case "gone":
	}
	return []bool{
		strings.Contains(err.Error(), "gone"),                   // want "not by its text"
		strings.HasPrefix((err.Error()), "gone"),                // want "not by its text"
		regexp.MustCompile("gone").MatchString(errGone.Error()), // want "not by its text"
		err.Error() == "gone",                                   // want "not by its text"
		"gone" != c.Error(),                                     // want "not by its text"
	}
}

func allowed(err error) []bool {
	return []bool{
		errors.Is(err, errGone),
		strings.Contains("gone", "go"),
		strings.TrimSpace(err.Error()) == strings.TrimSpace("gone"),
		len(err.Error()) == 0,
	}
}
