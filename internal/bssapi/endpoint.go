// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// ParseEndpoint reads the address of an API: https, or plain http to a loopback
// host, as keys and signatures never travel in the clear over a network. An
// error says what the address must be, and never what it is: it may hold a
// password.
func ParseEndpoint(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || !isPort(u.Port()):
		return nil, fmt.Errorf("must be a URL such as %s", SiteInternational.endpoint())
	case u.User != nil:
		return nil, errors.New("must not carry a user name or password")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, errors.New("must end with the host or a path")
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("must start with https://")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, errors.New("must use https: plain http is accepted for a loopback address only")
	}
	u.Path = strings.TrimRight(u.Path, "/")

	return u, nil
}

// isPort accepts a port, and none.
func isPort(text string) bool {
	port, err := strconv.ParseUint(text, 10, 16)

	return text == "" || err == nil && port > 0
}

func isLoopback(host string) bool {
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}
