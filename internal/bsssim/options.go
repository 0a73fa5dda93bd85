// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
)

// The sites of the vendor.
const (
	SiteChina         = "china"
	SiteInternational = "international"
	SiteEurope        = "europe"
)

// Options configure a [Server]. The zero value is an empty international world
// without quotas on a free port of the loopback interface.
type Options struct {
	// Clock takes the place of real time, for delays, quotas and signatures too;
	// nil is the clock of this machine.
	Clock Clock
	// InProcess listens on no address: calls are handed to [Server.ServeHTTP].
	InProcess bool
	// Addr is the address to listen on, of the loopback interface only;
	// 127.0.0.1:0 when empty.
	Addr string
	// Site is china, international (the default) or europe.
	Site string
	// Seed is demo, empty (the default), or the path of a world file as GET
	// /_sim/world writes it.
	Seed string
	// World is the content of such a file, in the place of Seed.
	World []byte
	// Generate adds invented objects in bulk.
	Generate Generate
	// Latency is the wait before each call of the API is handled.
	Latency time.Duration
	// Quota is published (the vendor's calls a second) or off (the default).
	Quota string
	// StateFile keeps the world: loaded at the start when it exists, saved
	// after each change. A loaded state takes precedence over Seed and Generate.
	StateFile string
	// Now is where simulated time starts; real time when zero.
	Now time.Time
	// Processing is how long a paid order stays in processing.
	Processing Transition
	// Lag is how long reads of orders and resources answer the state before a
	// change.
	Lag Transition
	// Settings are the initial settings, by name.
	Settings map[string]string
}

// Generate says how many objects to invent.
type Generate struct {
	// Resources is the number of primary ones, and Attached that of the disks
	// attached to each of them. BillLines are spread over three months.
	Resources, Attached, Orders, BillLines int
	// Packages is the number of resource packages. Usage in the bills of the last
	// thirty days comes with them.
	Packages int
	// Members is the number of member accounts of the enterprise, with what they
	// hold and orders of their own.
	Members int
}

// Transition is a delay of a change of state, as a number of reads of the
// object, or as simulated time. Zero is no delay.
type Transition struct {
	Reads    int
	Duration time.Duration
}

// ParseTransition reads "reads=2" or "duration=5s".
func ParseTransition(text string) (Transition, error) {
	name, value, _ := strings.Cut(text, "=")
	switch name {
	case "reads":
		reads, err := strconv.Atoi(value)
		if err != nil || reads < 0 {
			return Transition{}, fmt.Errorf("%q: reads must be a whole number from 0", text)
		}

		return Transition{Reads: reads}, nil
	case "duration":
		duration, err := time.ParseDuration(value)
		if err != nil || duration < 0 {
			return Transition{}, fmt.Errorf("%q: not a duration such as 5s", text)
		}

		return Transition{Duration: duration}, nil
	default:
		return Transition{}, fmt.Errorf("%q: want reads=N or duration=D", text)
	}
}

// ParseGenerate reads "resources=1000,attached=2,orders=10000,bill_lines=100000,packages=100,members=1000".
func ParseGenerate(text string) (Generate, error) {
	var generate Generate
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(part, "=")
		number, err := strconv.Atoi(value)
		if err != nil || number < 0 {
			return Generate{}, fmt.Errorf("%q: want NAME=NUMBER", part)
		}
		switch name {
		case "resources":
			generate.Resources = number
		case "attached":
			generate.Attached = number
		case "orders":
			generate.Orders = number
		case "bill_lines":
			generate.BillLines = number
		case "packages":
			generate.Packages = number
		case "members":
			generate.Members = number
		default:
			return Generate{}, fmt.Errorf("%q: want resources, attached, orders, bill_lines, packages or members", name)
		}
	}

	return generate, nil
}

func (o *Options) complete() error {
	if o.Addr == "" {
		o.Addr = "127.0.0.1:0"
	}
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return fmt.Errorf("address %q: %w", o.Addr, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("address %q: the simulator listens on the loopback interface only", o.Addr)
	}
	switch o.Site {
	case "":
		o.Site = SiteInternational
	case SiteChina, SiteInternational, SiteEurope:
	default:
		return fmt.Errorf("site %q: want china, international or europe", o.Site)
	}
	switch o.Quota {
	case "":
		o.Quota = "off"
	case "published", "off":
	default:
		return fmt.Errorf("quota %q: want published or off", o.Quota)
	}

	return nil
}

func currencyOf(site string) string {
	switch site {
	case SiteChina:
		return "CNY"
	case SiteEurope:
		return "EUR"
	default:
		return "USD"
	}
}
