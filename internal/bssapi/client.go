// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// LogLevel is how important a log entry is.
type LogLevel int

// The levels.
const (
	LogDebug LogLevel = iota
	LogWarn
)

// DefaultMaxRetries is how often a repeatable call is repeated, unless
// WithMaxRetries says otherwise.
const DefaultMaxRetries = 5

// Client calls the billing API of one account. It is safe for concurrent use.
type Client struct {
	config   config
	repeater *repeater

	// offset is server time minus local time, in nanoseconds.
	offset atomic.Int64

	// probing is held while the site is being found out.
	probing chan struct{}
	found   atomic.Pointer[Site]
}

type config struct {
	site        Site
	endpoint    *url.URL
	iamEndpoint *url.URL
	credentials Credentials
	source      string
	domainID    string
	language    string
	userAgent   string
	maxRetries  int
	timeout     time.Duration
	maxAnswer   int64
	transport   http.RoundTripper
	clock       Clock
	log         func(context.Context, LogLevel, string, map[string]any)
}

// Option sets a property of a Client.
type Option func(*config) error

// WithSite sets the account's site. Without it, or with "", a probe finds the
// site when it is needed.
func WithSite(site Site) Option {
	return func(c *config) error {
		if site == "" {
			return nil
		}
		var err error
		c.site, err = ParseSite(string(site))

		return err
	}
}

// WithEndpoint sets the address of the billing API, in place of the site's. It
// is https, or plain http to a loopback host. "" changes nothing.
func WithEndpoint(address string) Option {
	return func(c *config) (err error) {
		c.endpoint, err = parseEndpoint("endpoint", address)

		return err
	}
}

// WithIAMEndpoint sets the address of the identity service, in place of the
// site's. Without it, a loopback billing endpoint serves for both.
func WithIAMEndpoint(address string) Option {
	return func(c *config) (err error) {
		c.iamEndpoint, err = parseEndpoint("IAM endpoint", address)

		return err
	}
}

// WithCredentials sets who calls. It is required.
func WithCredentials(credentials Credentials) Option {
	return func(c *config) error {
		c.credentials = credentials

		return nil
	}
}

// WithSource says which place the credentials are from, in words. Where they are not
// accepted, the error has it.
func WithSource(source string) Option {
	return func(c *config) error {
		c.source = source

		return nil
	}
}

// WithDomainID sets the id of the caller's account, which is then sent along as
// X-Domain-Id.
func WithDomainID(id string) Option {
	return func(c *config) error {
		c.domainID = id

		return nil
	}
}

// WithLanguage sets the language of names in answers: zh_CN or en_US. "" leaves
// it to the site.
func WithLanguage(language string) Option {
	return func(c *config) error {
		switch language {
		case "", "zh_CN", "en_US":
			c.language = language

			return nil
		}

		return fmt.Errorf("unknown language %q: it is zh_CN or en_US", language)
	}
}

// WithUserAgent sets the User-Agent header.
func WithUserAgent(agent string) Option {
	return func(c *config) error {
		c.userAgent = agent

		return nil
	}
}

// WithMaxRetries sets how often a repeatable call is repeated, by default
// DefaultMaxRetries.
func WithMaxRetries(n int) Option {
	return func(c *config) error {
		if n < 0 {
			return errors.New("the number of retries cannot be negative")
		}
		c.maxRetries = n

		return nil
	}
}

// WithRequestTimeout bounds each attempt including its answer, by default 30 s.
func WithRequestTimeout(d time.Duration) Option {
	return func(c *config) error {
		if d <= 0 {
			return errors.New("the request timeout must be positive")
		}
		c.timeout = d

		return nil
	}
}

// WithTransport sets what sends the requests, by default NewTransport(""). An
// *http.Transport is copied, and the copy sends what writes, over HTTP/1.1.
func WithTransport(transport http.RoundTripper) Option {
	return func(c *config) error {
		c.transport = transport

		return nil
	}
}

// WithClock sets the clock, by default SystemClock.
func WithClock(clock Clock) Option {
	return func(c *config) error {
		c.clock = clock

		return nil
	}
}

// WithLogger sets a function that is told of every attempt. It is never given a
// secret, a header or a body.
func WithLogger(log func(ctx context.Context, level LogLevel, msg string, fields map[string]any)) Option {
	return func(c *config) error {
		c.log = log

		return nil
	}
}

// New returns a client. It makes no call.
func New(opts ...Option) (*Client, error) {
	c := &Client{
		config: config{
			userAgent:  "bssapi",
			maxRetries: DefaultMaxRetries,
			timeout:    30 * time.Second,
			maxAnswer:  64 << 20,
			clock:      SystemClock(),
			log:        func(context.Context, LogLevel, string, map[string]any) {},
		},
		probing: make(chan struct{}, 1),
	}
	for _, opt := range opts {
		if err := opt(&c.config); err != nil {
			return nil, err
		}
	}
	if c.config.credentials == nil {
		return nil, errors.New("no credentials were given")
	}
	if c.config.transport == nil {
		transport, err := NewTransport("")
		if err != nil {
			return nil, err
		}
		c.config.transport = transport
	}
	if c.config.iamEndpoint == nil && c.config.endpoint != nil && isLoopback(c.config.endpoint.Hostname()) {
		c.config.iamEndpoint = c.config.endpoint
	}
	if c.config.site != "" {
		c.found.Store(&c.config.site)
	}
	client := &http.Client{
		Transport: &limitTransport{
			clock:    c.config.clock,
			limiters: make(map[limiterKey]*limiter),
			next: &signTransport{
				credentials: c.config.credentials,
				clock:       c.config.clock,
				domainID:    c.config.domainID,
				next: &sendTransport{
					clock:     c.config.clock,
					timeout:   c.config.timeout,
					maxAnswer: c.config.maxAnswer,
					log:       c.config.log,
					date:      c.learnTime,
					next:      c.config.transport,
					writes:    forWrites(c.config.transport),
				},
			},
		},
		CheckRedirect: followRedirect,
	}
	c.repeater = newRepeater(client, c.config.maxRetries, c.config.clock)

	return c, nil
}

// Now returns the server's time as learned from its answers, else local time.
func (c *Client) Now() time.Time {
	return c.config.clock.Now().Add(time.Duration(c.offset.Load()))
}

// Settled says whether an instant of an answer, such as that of a payment, is a
// day ago. By then, all its effects show in answers: what does not show does
// not exist. It is false if there is no instant.
func (c *Client) Settled(instant string) bool {
	at, err := ParseTime(instant)

	return err == nil && c.Now().Sub(at) > settled
}

// learnTime keeps how far the server's clock is from ours. The Date header has
// whole seconds, so a difference below two seconds counts as none.
func (c *Client) learnTime(date time.Time) {
	offset := date.Sub(c.config.clock.Now())
	if offset.Abs() < 2*time.Second {
		offset = 0
	}
	c.offset.Store(int64(offset))
}

// followRedirect follows a redirect only for a query, and only on the same
// host.
func followRedirect(req *http.Request, via []*http.Request) error {
	first := via[0]
	if attemptsOf(req.Context()).op.kind != kindQuery || len(via) > 3 ||
		req.URL.Scheme != first.URL.Scheme || req.URL.Host != first.URL.Host || req.Method != first.Method {
		return http.ErrUseLastResponse
	}

	return nil
}

func parseEndpoint(what, address string) (*url.URL, error) {
	if address == "" {
		return nil, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("the %s must be an address such as %s", what, SiteInternational.endpoint())
	}
	switch {
	case u.Scheme == "https":
	case u.Scheme == "http" && isLoopback(u.Hostname()):
	default:
		return nil, fmt.Errorf("the %s must be https: plain http is allowed to a loopback address only", what)
	}
	u.Path = strings.TrimRight(u.Path, "/")

	return u, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)

	return ip != nil && ip.IsLoopback()
}
