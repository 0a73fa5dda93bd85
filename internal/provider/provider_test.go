// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

func unknown(typ tftypes.Type) tftypes.Value { return tftypes.NewValue(typ, tftypes.UnknownValue) }

// file writes a file below the home of the world, and returns its path.
func (w *world) file(name, content string) string {
	w.t.Helper()

	path := filepath.Join(w.home, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}

	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}

	return path
}

// withoutKeys takes the credentials away.
func (w *world) withoutKeys() {
	delete(w.env, "HW_ACCESS_KEY")
	delete(w.env, "HW_SECRET_KEY")
}

// profiles is a file of the vendor's command line.
func profiles(t *testing.T, current string, all ...map[string]string) string {
	t.Helper()

	content, err := json.Marshal(map[string]any{"current": current, "profiles": all})
	if err != nil {
		t.Fatal(err)
	}

	return string(content)
}

func TestProviderRefusesBadArguments(t *testing.T) {
	t.Parallel()

	const secret = "hunter2-secret"

	for name, test := range map[string]struct {
		arguments attributes
		env       map[string]string
		at, says  string
	}{
		"unknown site":                {arguments: attributes{"site": str("mars")}, at: "site", says: "international"},
		"unknown site by environment": {env: map[string]string{"BSS_SITE": "mars"}, at: "site", says: "BSS_SITE"},
		"http endpoint far away":      {arguments: attributes{"endpoint": str("http://bss.example.com")}, at: "endpoint", says: "loopback"},
		"http endpoint, by address":   {arguments: attributes{"endpoint": str("http://192.0.2.1:8080")}, at: "endpoint", says: "loopback"},
		"http endpoint that looks near": {
			arguments: attributes{"endpoint": str("http://127.0.0.1.example.com")}, at: "endpoint", says: "loopback",
		},
		"http endpoint by environment": {
			env: map[string]string{"BSS_ENDPOINT": "http://bss.example.com"}, at: "endpoint", says: "BSS_ENDPOINT",
		},
		"endpoint with a user": {
			arguments: attributes{"endpoint": str("https://me:" + secret + "@bss.example.com")}, at: "endpoint", says: "user name",
		},
		"endpoint with a user, by environ": {
			env: map[string]string{"BSS_ENDPOINT": "https://me:" + secret + "@bss.example.com"}, at: "endpoint", says: "user name",
		},
		"endpoint without a scheme":  {arguments: attributes{"endpoint": str("bss.example.com")}, at: "endpoint", says: "must be a URL"},
		"endpoint of another scheme": {arguments: attributes{"endpoint": str("ftp://bss.example.com")}, at: "endpoint", says: "https"},
		"endpoint that is malformed": {arguments: attributes{"endpoint": str("https://[::1")}, at: "endpoint", says: "must be a URL"},
		"endpoint with a query": {
			arguments: attributes{"endpoint": str("https://bss.example.com/?a=b")}, at: "endpoint", says: "host or a path",
		},
		"endpoint that is empty": {arguments: attributes{"endpoint": str("")}, at: "endpoint", says: "must be a URL"},
		"auth_url far away": {
			arguments: attributes{"auth_url": str("http://iam.example.com/v3")}, at: "auth_url", says: "loopback",
		},
		"auth_url by HW_AUTH_URL": {
			env: map[string]string{"HW_AUTH_URL": "http://iam.example.com/v3"}, at: "auth_url", says: "HW_AUTH_URL",
		},
		"auth_url by OS_AUTH_URL":    {env: map[string]string{"OS_AUTH_URL": "iam.example.com"}, at: "auth_url", says: "OS_AUTH_URL"},
		"unknown language":           {arguments: attributes{"language": str("de_DE")}, at: "language", says: "zh_CN"},
		"negative retries":           {arguments: attributes{"max_retries": num(t, "-1")}, at: "max_retries", says: "between 0 and 20"},
		"too many retries":           {arguments: attributes{"max_retries": num(t, "21")}, at: "max_retries", says: "between 0 and 20"},
		"garbage for HW_MAX_RETRIES": {env: map[string]string{"HW_MAX_RETRIES": "many"}, at: "max_retries", says: `HW_MAX_RETRIES is "many"`},
		"negative HW_MAX_RETRIES":    {env: map[string]string{"HW_MAX_RETRIES": "-1"}, at: "max_retries", says: "HW_MAX_RETRIES"},
		"too large HW_MAX_RETRIES":   {env: map[string]string{"HW_MAX_RETRIES": "21"}, at: "max_retries", says: "HW_MAX_RETRIES"},
		"timeout without a unit":     {arguments: attributes{"request_timeout": str("30")}, at: "request_timeout", says: "duration"},
		"garbage for a timeout":      {arguments: attributes{"request_timeout": str("soon")}, at: "request_timeout", says: "duration"},
		"timeout that is too short":  {arguments: attributes{"request_timeout": str("999ms")}, at: "request_timeout", says: "1s"},
		"timeout that is too long":   {arguments: attributes{"request_timeout": str("10m1s")}, at: "request_timeout", says: "10m"},
		"negative timeout":           {arguments: attributes{"request_timeout": str("-30s")}, at: "request_timeout", says: "duration"},
		"certificates that are not there": {
			arguments: attributes{"cacert_file": str("/does/not/exist.pem")}, at: "cacert_file", says: "/does/not/exist.pem",
		},
		"OS_CACERT that is not there": {env: map[string]string{"OS_CACERT": "/does/not/exist.pem"}, at: "cacert_file", says: "OS_CACERT"},
		"no allowed account":          {arguments: attributes{"allowed_domain_ids": strs()}, at: "allowed_domain_ids", says: "at least 1"},
		"allowed accounts with spaces": {
			arguments: attributes{"allowed_domain_ids": strs("a", "b c")}, at: "allowed_domain_ids", says: "domain id",
		},
		"an empty allowed account": {arguments: attributes{"allowed_domain_ids": strs("")}, at: "allowed_domain_ids", says: "domain id"},
		"an empty access key": {
			arguments: attributes{"access_key": str(""), "secret_key": str(secret)}, at: "access_key", says: "must not be empty",
		},
		"an empty token": {arguments: attributes{"token": str("")}, at: "token", says: "must not be empty"},

		// Half of a pair is an error even where another place has a whole one.
		"no secret key": {arguments: attributes{"access_key": str("AK")}, at: "secret_key", says: "secret_key is missing"},
		"no access key": {arguments: attributes{"secret_key": str(secret)}, at: "access_key", says: "access_key is missing"},
		"security token alone": {
			arguments: attributes{"security_token": str(secret)}, at: "access_key", says: "access_key is missing",
		},
		"no HW_SECRET_KEY": {env: map[string]string{"HW_SECRET_KEY": ""}, says: "HW_SECRET_KEY is missing"},
		"no HW_ACCESS_KEY": {env: map[string]string{"HW_ACCESS_KEY": ""}, says: "HW_ACCESS_KEY is missing"},
		"HW_SECURITY_TOKEN alone": {
			env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HW_SECURITY_TOKEN": secret}, says: "HW_ACCESS_KEY is missing",
		},
		"no OS_SECRET_KEY": {
			env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "OS_ACCESS_KEY": "AK"}, says: "OS_SECRET_KEY is missing",
		},
		"no OS_ACCESS_KEY": {
			env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "OS_SECRET_KEY": secret}, says: "OS_ACCESS_KEY is missing",
		},
		"no HUAWEICLOUD_SDK_SK": {
			env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_AK": "AK"}, says: "HUAWEICLOUD_SDK_SK is missing",
		},
		"no HUAWEICLOUD_SDK_AK": {
			env: map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_SK": secret}, says: "HUAWEICLOUD_SDK_AK is missing",
		},
		"HUAWEICLOUD_SDK_SECURITY_TOKEN too": {
			env:  map[string]string{"HW_ACCESS_KEY": "", "HW_SECRET_KEY": "", "HUAWEICLOUD_SDK_SECURITY_TOKEN": secret},
			says: "HUAWEICLOUD_SDK_AK is missing",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			for variable, value := range test.env {
				w.env[variable] = value
			}

			_, _, diags := configured(t, w, test.arguments)
			diags.says(t, test.at, test.says)
			refusedQuietly(t, w, diags, secret)
		})
	}
}

// refusedQuietly fails if the refusal shows a secret, or comes after a call.
func refusedQuietly(t *testing.T, w *world, diags diagnostics, secret string) {
	t.Helper()

	if strings.Contains(diags.String(), secret) {
		t.Errorf("the secret is shown:\n%s", diags)
	}

	if calls := w.calls(); len(calls) != 0 {
		t.Errorf("calls in spite of the error: %v", calls)
	}
}

func TestProviderRefusesBadFiles(t *testing.T) {
	t.Parallel()

	const (
		secret = "hunter2-secret"
		cli    = ".hcloud/config.json"
		sdk    = ".huaweicloud/credentials"
	)

	whole := map[string]string{"name": "work", "mode": "AKSK", "accessKeyId": "AK", "secretAccessKey": secret}

	for name, test := range map[string]struct {
		prepare func(t *testing.T, w *world) attributes
		at      string
		says    []string
	}{
		"shared file that is not there": {func(*testing.T, *world) attributes {
			return attributes{"shared_config_file": str("/does/not/exist.json")}
		}, "shared_config_file", []string{"/does/not/exist.json", "cannot be read"}},
		"HW_SHARED_CONFIG_FILE that is not there": {func(_ *testing.T, w *world) attributes {
			w.env["HW_SHARED_CONFIG_FILE"] = "/does/not/exist.json"

			return nil
		}, "", []string{"/does/not/exist.json", "cannot be read"}},
		"shared file that is no JSON": {func(_ *testing.T, w *world) attributes {
			return attributes{"shared_config_file": str(w.file("broken.json", `{"profiles": [{"secretAccessKey": "`+secret+`"`))}
		}, "shared_config_file", []string{"broken.json", "no JSON"}},
		"profile that is not in the file": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", whole))

			return attributes{"profile": str("play")}
		}, "profile", []string{`no profile "play"`, "config.json"}},
		"HW_PROFILE that is not in the file": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", whole))
			w.env["HW_PROFILE"] = "play"

			return nil
		}, "", []string{`no profile "play"`}},
		"profile without a file": {func(*testing.T, *world) attributes {
			return attributes{"profile": str("work")}
		}, "profile", []string{`profile "work"`, "no such file"}},
		"profile with encrypted keys": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", map[string]string{"name": "work", "mode": "AKSK", "accessKeyId": "c2VjcmV0+/==",
				"secretAccessKey": secret}))

			return nil
		}, "", []string{`"work" of`, "encrypted"}},
		"profile that authEncrypt says is encrypted": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", map[string]string{"name": "work", "mode": "AKSK", "accessKeyId": "AK",
				"secretAccessKey": secret, "authEncrypt": "true"}))

			return attributes{"profile": str("work")}
		}, "profile", []string{`"work" of`, "authEncrypt"}},
		"named profile of another mode": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "", map[string]string{"name": "work", "mode": "SSO"}))

			return attributes{"profile": str("work")}
		}, "profile", []string{`"work" of`, "SSO", "AKSK"}},
		"profile of another mode": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", map[string]string{"name": "work", "mode": "SSO"}))

			return nil
		}, "", []string{`"work" of`, "SSO", "AKSK"}},
		"profile without a secret key": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", map[string]string{"name": "work", "accessKeyId": "AK"}))

			return nil
		}, "", []string{"secretAccessKey is missing", "config.json"}},
		"profile without an access key": {func(t *testing.T, w *world) attributes {
			t.Helper()
			w.file(cli, profiles(t, "work", map[string]string{"name": "work", "secretAccessKey": secret}))

			return nil
		}, "", []string{"accessKeyId is missing"}},
		"ini file without a secret key": {func(_ *testing.T, w *world) attributes {
			w.file(sdk, "[global]\nak = AK\n")

			return nil
		}, "", []string{"sk is missing", "credentials"}},
		"ini file without an access key": {func(_ *testing.T, w *world) attributes {
			w.file(sdk, "[basic]\nak = AK\n[global]\nsk = "+secret+"\n")

			return nil
		}, "", []string{"ak is missing"}},
		"ini file that is not there": {func(_ *testing.T, w *world) attributes {
			w.env["HUAWEICLOUD_SDK_CREDENTIALS_FILE"] = "/does/not/exist"

			return nil
		}, "", []string{"/does/not/exist", "cannot be read"}},
		"certificates that are none": {func(_ *testing.T, w *world) attributes {
			w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = "AK", secret

			return attributes{"cacert_file": str(w.file("ca.pem", "no certificate"))}
		}, "cacert_file", []string{"ca.pem", "no PEM certificate"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			w.withoutKeys()

			_, _, diags := configured(t, w, test.prepare(t, w))
			diags.says(t, test.at, test.says...)
			refusedQuietly(t, w, diags, secret)
		})
	}
}

// seen is what a server was asked with.
type seen struct {
	*httptest.Server

	mu       sync.Mutex
	requests []*http.Request
}

// newSeen serves balances, and remembers who asked for them.
func newSeen(t *testing.T) *seen {
	t.Helper()

	s := &seen{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r)
		s.mu.Unlock()

		if _, err := fmt.Fprint(w, `{"account_balances": [], "currency": "EUR"}`); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(s.Close)

	return s
}

func (s *seen) all() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.requests
}

// world is one whose calls go to this server, with no credentials at all.
func (s *seen) world(t *testing.T) *world {
	t.Helper()

	return &world{t: t, home: t.TempDir(), env: map[string]string{
		"BSS_ENDPOINT": s.URL, "BSS_SITE": "international", "BSS_METADATA_ENDPOINT": "off",
	}}
}

var accessKey = regexp.MustCompile(`Access=([^,]+)`)

// key is who the last request came from.
func (s *seen) key(t *testing.T) string {
	t.Helper()

	all := s.all()
	if len(all) == 0 {
		t.Fatal("no call was made")
	}

	last := all[len(all)-1]
	if token := last.Header.Get("X-Auth-Token"); token != "" {
		return "token " + token
	}

	found := accessKey.FindStringSubmatch(last.Header.Get("Authorization"))
	if found == nil {
		t.Fatalf("neither a token nor a signature: %v", last.Header)
	}

	return found[1]
}

// TestProviderFindsCredentials fills every place, and empties them one by one,
// the one that counts most first.
func TestProviderFindsCredentials(t *testing.T) {
	t.Parallel()

	metadata := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/openstack/latest/securitykey" {
			http.NotFound(w, r)

			return
		}

		_, err := fmt.Fprint(
			w,
			`{"credential": {"access": "METADATA", "secret": "S", "securitytoken": "T", "expires_at": "2126-01-31T00:00:00.000000Z"}}`,
		)
		if err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(metadata.Close)

	s := newSeen(t)
	w := s.world(t)
	arguments := attributes{"token": str("BLOCK"), "access_key": str("BLOCK"), "secret_key": str("S")}

	for name, value := range map[string]string{
		"HW_AUTH_TOKEN": "HW", "HW_ACCESS_KEY": "HW", "HW_SECRET_KEY": "S", "HW_SECURITY_TOKEN": "T",
		"OS_AUTH_TOKEN": "OS", "OS_ACCESS_KEY": "OS", "OS_SECRET_KEY": "S",
		"HUAWEICLOUD_SDK_AK": "SDK", "HUAWEICLOUD_SDK_SK": "S",
		"HW_PROFILE": "named", "BSS_METADATA_ENDPOINT": metadata.URL,
	} {
		w.env[name] = value
	}

	entry := func(name string) map[string]string {
		return map[string]string{"name": name, "mode": "AKSK", "accessKeyId": "CLI" + name, "secretAccessKey": "S"}
	}

	cli := w.file(".hcloud/config.json", profiles(t, "current", entry("current"), entry("named"), entry("default")))
	ini := w.file(".huaweicloud/credentials", "[basic]\nak = NO\nsk = NO\n\n[global]\nak = INI\nsk = S\n")
	remove := func(path string) func() {
		return func() {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	unset := func(names ...string) func() {
		return func() {
			for _, name := range names {
				delete(w.env, name)
			}
		}
	}

	for _, step := range []struct {
		key  string
		next func()
	}{
		{"token BLOCK", func() { delete(arguments, "token") }},
		{"BLOCK", func() { arguments = nil }},
		{"token HW", unset("HW_AUTH_TOKEN")},
		{"HW", unset("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN")},
		{"token OS", unset("OS_AUTH_TOKEN")},
		{"OS", unset("OS_ACCESS_KEY", "OS_SECRET_KEY")},
		{"CLInamed", func() { arguments = attributes{"profile": str("default")} }},
		{"CLIdefault", func() { arguments = nil; unset("HW_PROFILE")() }},
		{"CLIcurrent", func() {
			w.env["HW_SHARED_CONFIG_FILE"] = w.file("elsewhere.json",
				profiles(t, "", map[string]string{"name": "default", "accessKeyId": "ELSEWHERE", "secretAccessKey": "S"}))
		}},
		{"ELSEWHERE", func() { unset("HW_SHARED_CONFIG_FILE")(); remove(cli)() }},
		{"SDK", unset("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK")},
		{"INI", remove(ini)},
		{"METADATA", unset("BSS_METADATA_ENDPOINT")},
	} {
		if _, diags := readData(t, w, "bss_account_balances", arguments, nil); diags.failed() {
			t.Fatalf("%s: %s", step.key, diags)
		}

		if got := s.key(t); got != step.key {
			t.Fatalf("credentials of %s, want those of %s", got, step.key)
		}

		step.next()
	}
}

// TestProviderVariablesWithLineEnds takes variables as files with line ends leave them.
func TestProviderVariablesWithLineEnds(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.env["HW_MAX_RETRIES"], w.env["OS_CACERT"], w.env["BSS_METADATA_ENDPOINT"] = "3", " ", "off"

	for name, value := range w.env {
		w.env[name] = value + "\r\n"
	}

	if _, diags := readData(t, w, "bss_account_balances", nil, nil); len(diags) != 0 {
		t.Error(diags)
	}
}

// TestProviderUnusedProfile warns where keys of the environment come before the profile
// that the configuration asks for: another account would pay.
func TestProviderUnusedProfile(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})

	_, _, diags := configured(t, w, attributes{"profile": str("production")})
	if diags.failed() || !diags.warns("Profile is not used") || !strings.Contains(diags.String(), "HW_ACCESS_KEY") {
		t.Errorf("got %s", diags)
	}
}

// TestProviderCertificatesAtHome finds the file of certificates as a shell would.
func TestProviderCertificatesAtHome(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.file("ca.pem", "no certificate")

	_, _, diags := configured(t, w, attributes{"cacert_file": str("~/ca.pem")})
	diags.says(t, "cacert_file", filepath.Join(w.home, "ca.pem"), "no PEM certificate")
}

func TestProviderNamesEveryPlaceWithoutCredentials(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.withoutKeys()

	_, _, diags := configured(t, w, nil)
	diags.says(t, "", "No usable credentials", "access_key", "secret_key", "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_AUTH_TOKEN",
		"OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_AUTH_TOKEN", filepath.Join(w.home, ".hcloud", "config.json"), "HUAWEICLOUD_SDK_AK",
		"HUAWEICLOUD_SDK_SK", filepath.Join(w.home, ".huaweicloud", "credentials"), "instance metadata")

	if got := strings.Count(diags.String(), "HUAWEICLOUD_SDK_AK"); got != 1 {
		t.Errorf("the places are named %d times:\n%s", got, diags)
	}

	if calls := w.calls(); len(calls) != 0 {
		t.Errorf("calls without credentials: %v", calls)
	}
}

func TestProviderWithWrongKeys(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	w.env["HW_SECRET_KEY"] = "not-the-secret-key"

	_, diags := readData(t, w, "bss_account_balances", nil, nil)
	diags.says(t, "", "APIGW.0301", "Check the credentials", "They are from the variables HW_ACCESS_KEY and HW_SECRET_KEY")

	if strings.Contains(diags.String(), "not-the-secret-key") {
		t.Errorf("the secret is shown:\n%s", diags)
	}
}

func TestProviderConfigureMakesNoCall(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{})
	delete(w.env, "BSS_SITE")

	_, _, diags := configured(t, w, attributes{
		"allowed_domain_ids": strs(w.Credentials().DomainID), "auth_url": str(w.URL()), "language": str("zh_CN"),
		"max_retries": num(t, "20"), "request_timeout": str("10m"), "domain_id": str(w.Credentials().DomainID),
	})
	if len(diags) != 0 {
		t.Error(diags)
	}

	if calls := w.calls(); len(calls) != 0 {
		t.Errorf("calls of Configure: %v", calls)
	}
}

// TestProviderToleratesUnknownValues shows that a provider whose configuration
// waits for another resource plans what it can, and says what it cannot do.
func TestProviderToleratesUnknownValues(t *testing.T) {
	t.Parallel()

	names := map[string]tftypes.Type{}

	schemas, err := providerserver.NewProtocol6(New("test")())().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}

	for _, attribute := range schemas.Provider.Block.Attributes {
		names[attribute.Name] = attribute.Type
	}

	for name, typ := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Seed: "demo"})
			c := newCore(w, "bss_order_payment")
			c.t, c.provider = t, attributes{name: unknown(typ)}

			plan := c.plan(t.Context(), attributes{"order_id": str("CS2611220000001"), "max_amount": num(t, "150")})
			if plan.diagnostics.failed() {
				t.Error(plan.diagnostics)
			}

			for _, computed := range []string{"amount_due", "currency", "status", "amount_paid", "payment_time", "resource_ids", "trade_number"} {
				if value := attributeOf(t, plan.value, computed); value.IsKnown() {
					t.Errorf("%s = %s, want unknown", computed, show(value))
				}
			}

			_, diags := readData(t, w, "bss_order", attributes{name: unknown(typ)}, attributes{"order_id": str("CS2611220000001")})
			diags.says(t, "", "Provider is not configured yet", "Could not read data.bss_order:", "-target")

			if calls := w.calls(); len(calls) != 0 {
				t.Errorf("calls of a provider that is not configured: %v", calls)
			}
		})
	}
}

func TestProviderSettingsReachTheWire(t *testing.T) {
	t.Parallel()

	s := newSeen(t)
	w := s.world(t)
	w.env["HW_TF_CUSTOM_UA"] = " pipeline/7\n\x1brun/8 "

	keys := attributes{
		"access_key": str("AK"), "secret_key": str("SK"), "security_token": str("TEMPORARY"), "domain_id": str("DOMAIN"),
	}
	if _, diags := readData(t, w, "bss_account_balances", keys, nil); diags.failed() {
		t.Fatal(diags)
	}

	header := s.all()[0].Header
	got := map[string]string{}

	for _, name := range []string{"User-Agent", "X-Domain-Id", "X-Security-Token", "X-Auth-Token"} {
		got[name] = header.Get(name)
	}

	want := map[string]string{
		"User-Agent": "terraform-provider-bss/test pipeline/7 run/8", "X-Domain-Id": "DOMAIN",
		"X-Security-Token": "TEMPORARY", "X-Auth-Token": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestProviderLanguage(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo"})

	var names []string

	for _, language := range []string{"en_US", "zh_CN"} {
		read, diags := readData(t, w, "bss_order", attributes{"language": str(language)}, attributes{"order_id": str("CS2611220000001")})
		if diags.failed() {
			t.Fatal(diags)
		}

		names = append(names, read["service_type_name"])
	}

	if diff := cmp.Diff([]string{"Elastic Cloud Server", "弹性云服务器"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestProviderRetries(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		arguments attributes
		env       string
		calls     int
	}{
		"none":             {attributes{"max_retries": num(t, "0")}, "", 1},
		"by environment":   {nil, "1", 2},
		"the block counts": {attributes{"max_retries": num(t, "0")}, "7", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{})
			w.env["HW_MAX_RETRIES"] = test.env

			if err := w.AddFault(bsssim.Fault{Operation: "get_account_balances", Kind: bsssim.FaultStatusBefore, Times: -1}); err != nil {
				t.Fatal(err)
			}

			_, diags := readData(t, w, "bss_account_balances", test.arguments, nil)
			diags.says(t, "", "CBC.0999")

			if calls := w.calls(); len(calls) != test.calls {
				t.Errorf("%d calls, want %d", len(calls), test.calls)
			}
		})
	}
}

func TestProviderRequestTimeout(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Latency: 1500 * time.Millisecond})

	_, diags := readData(t, w, "bss_account_balances", attributes{"request_timeout": str("1s"), "max_retries": num(t, "0")}, nil)
	diags.says(t, "", "Could not read the balances of the account", "deadline exceeded")
}

// TestProviderFindsOutTheSite shows that the site is asked for when it matters,
// once, and not before.
func TestProviderFindsOutTheSite(t *testing.T) {
	t.Parallel()

	w := newWorld(t, bsssim.Options{Seed: "demo", Site: "china"})
	delete(w.env, "BSS_SITE")

	mustRead(t, w, "bss_order_discounts", attributes{"order_id": str("CS2611220000012")})

	if diff := cmp.Diff([]string{"list_order_discounts"}, w.calls()); diff != "" {
		t.Error(diff)
	}

	w.ClearRequests()
	mustRead(t, w, "bss_order_coupons", attributes{"order_id": str("CS2611220000001")}).want(t, map[string]string{"coupons": "3 elements"})

	if diff := cmp.Diff([]string{"get_account_balances", "list_order_coupons"}, w.calls()); diff != "" {
		t.Error(diff)
	}
}
