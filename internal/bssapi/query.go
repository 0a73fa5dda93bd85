// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"net/url"
	"strconv"
	"time"
)

// params collects query parameters; zero values are not sent.
type params url.Values

func (p params) text(name, value string) {
	if value != "" {
		url.Values(p).Set(name, value)
	}
}

func (p params) number(name string, value int) {
	if value != 0 {
		p.text(name, strconv.Itoa(value))
	}
}

func (p params) instant(name string, value time.Time) {
	p.text(name, formatTime(value))
}

// page asks for rows from offset on. Both are always sent: the defaults of the
// API are small, and documented in more than one way.
func (p params) page(offset, limit int) params {
	p.text("offset", strconv.Itoa(offset))
	p.text("limit", strconv.Itoa(limit))

	return p
}
