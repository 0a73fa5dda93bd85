// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

const (
	secretsOrder = "CS2611220000001"
	// oddPassword is one that JSON, HTML, addresses and patterns write in other ways.
	oddPassword = `p&<a>s"s\w+o/r$(d).*[%]` //nolint:gosec // of the test
)

// TestSecretsStayOut runs Terraform through a whole life of a payment, failures
// included, at the most talkative level, and searches everything that it
// leaves behind.
func TestSecretsStayOut(t *testing.T) {
	t.Parallel()

	for name, test := range secretSources() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, between := newSecretWorld(t, test)
			left := leaveBehind(t, w, newCLI(t, w, secretsConfig(test.block, w.Credentials().DomainID)))

			if strings.Contains(test.block, "var.") {
				maps.DeleteFunc(left, func(place string, _ []byte) bool { return strings.HasPrefix(place, "plan") })
			}

			between.absentFrom(t, w, left)
		})
	}
}

// secretSource is a way to give the provider its credentials.
type secretSource struct {
	prepare func(t *testing.T, w *world, keys bsssim.Credentials)
	// block is what the provider block says. What is written there stands in
	// plan files, as its documentation says; Terraform itself writes it.
	block string
}

func secretSources() map[string]secretSource {
	return map[string]secretSource{
		"keys by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = keys.AccessKey, keys.SecretKey
		}},
		"temporary keys by metadata": {prepare: func(t *testing.T, w *world, keys bsssim.Credentials) {
			t.Helper()

			metadata := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if _, err := fmt.Fprintf(
					w,
					`{"credential": {"access": %q, "secret": %q, "securitytoken": %q, "expires_at": "2126-01-31T00:00:00.000000Z"}}`,
					keys.TemporaryAccessKey,
					keys.TemporarySecretKey,
					keys.SecurityToken,
				); err != nil {
					t.Error(err)
				}
			}))
			t.Cleanup(metadata.Close)

			w.env["BSS_METADATA_ENDPOINT"] = metadata.URL
		}},
		"temporary keys by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = keys.TemporaryAccessKey, keys.TemporarySecretKey
			w.env["HW_SECURITY_TOKEN"] = keys.SecurityToken
		}},
		"temporary keys by shared file": {prepare: func(t *testing.T, w *world, keys bsssim.Credentials) {
			t.Helper()

			w.env["HW_SHARED_CONFIG_FILE"] = w.file("shared.json", profiles(t, "work", map[string]string{
				"name": "work", "mode": "AKSK", "accessKeyId": keys.TemporaryAccessKey, "secretAccessKey": keys.TemporarySecretKey,
				"securityToken": keys.SecurityToken,
			}))
		}},
		"token by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_AUTH_TOKEN"] = keys.Token
		}},
		"agency by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = keys.OperatorAccessKey, keys.OperatorSecretKey
			w.env["HW_ASSUME_ROLE_AGENCY_NAME"], w.env["HW_ASSUME_ROLE_DOMAIN_NAME"] = "billing", "demo-customer"
		}},
		"agencies by block": {
			prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
				w.env["HW_ACCESS_KEY"], w.env["HW_SECRET_KEY"] = keys.AccessKey, keys.SecretKey
			},
			block: "assume_role {\n agency_name = \"relay\"\n domain_name = \"demo-operator\"\n }\n" +
				"assume_role {\n agency_name = \"billing\"\n domain_name = \"demo-customer\"\n duration = 900\n }\n",
		},
		"identity provider by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_ASSUME_ROLE_IDP_ID"] = keys.IdpID
			w.env["HW_ASSUME_ROLE_ID_TOKEN_FILE"] = w.file("id_token", keys.IDToken+"\n")
		}},
		"password by environment": {prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
			w.env["HW_USER_NAME"], w.env["HW_USER_PASSWORD"], w.env["HW_DOMAIN_NAME"] = keys.UserName, keys.Password, "demo-customer"
		}},
		"password by block": {
			prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
				w.console("set_password", map[string]any{"user_name": keys.UserName, "password": oddPassword})
				w.env["TF_VAR_secret"] = oddPassword
			},
			block: "user_name = \"finance\"\n password = var.secret\n domain_name = \"demo-customer\"\n",
		},
		"token by block": {
			prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) { w.env["TF_VAR_secret"] = keys.Token },
			block:   "token = var.secret\n",
		},
		"identity provider by block": {
			prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) { w.env["TF_VAR_secret"] = keys.IDToken },
			block:   "assume_role_with_oidc {\n idp_id = \"pipeline\"\n id_token = var.secret\n }\n",
		},
		"keys by block": {
			prepare: func(_ *testing.T, w *world, keys bsssim.Credentials) {
				w.env["TF_VAR_access_key"], w.env["TF_VAR_secret_key"] = keys.TemporaryAccessKey, keys.TemporarySecretKey
				w.env["TF_VAR_security_token"] = keys.SecurityToken
			},
			block: "access_key = var.access_key\n secret_key = var.secret_key\n security_token = var.security_token\n",
		},
	}
}

// newSecretWorld is the demo account with a listener before it, and a
// talkative Terraform.
func newSecretWorld(t *testing.T, source secretSource) (*world, *listener) {
	t.Helper()

	w := newWorld(t, bsssim.Options{Seed: "demo"})
	between := newListener(t, w.URL())

	w.withoutKeys()
	w.env["BSS_ENDPOINT"] = between.URL
	w.env["HW_MAX_RETRIES"] = "1"
	w.env["TF_LOG"], w.env["TF_LOG_PATH"] = "TRACE", filepath.Join(w.home, "trace.log")
	source.prepare(t, w, w.Credentials())

	return w, between
}

// absentFrom fails where a place holds a secret of the account, or a token or
// signature that went by, as it is or in an encoding that files of Terraform
// have.
func (l *listener) absentFrom(t *testing.T, w *world, left map[string][]byte) {
	t.Helper()

	secrets := l.secrets()
	if len(secrets) == 0 {
		t.Fatal("no request was authenticated")
	}

	keys := w.Credentials()
	secrets = append(secrets, keys.AccessKey, keys.SecretKey, keys.TemporaryAccessKey, keys.TemporarySecretKey, keys.SecurityToken, keys.Token,
		keys.OperatorAccessKey, keys.OperatorSecretKey, keys.Password, oddPassword, keys.IDToken)

	for _, issued := range w.World().Issued {
		for _, secret := range []string{issued.AccessKey, issued.SecretKey, issued.SecurityToken, issued.Token} {
			if secret != "" {
				secrets = append(secrets, secret)
			}
		}
	}

	for _, place := range slices.Sorted(maps.Keys(left)) {
		for _, secret := range secrets {
			for _, form := range encodings(secret) {
				if at := bytes.Index(left[place], []byte(form)); at >= 0 {
					t.Errorf("%s holds %q: …%q…", place, form, left[place][max(0, at-200):min(len(left[place]), at+50)])
				}
			}
		}
	}
}

// encodings are a text as it is, as addresses, HTML, Go and JSON write it, in hexadecimal digits, and in the
// middle of base64 at each of the three places that it can begin at.
func encodings(text string) []string {
	quoted := strconv.Quote(text)
	forms := []string{
		text, url.QueryEscape(text), url.PathEscape(text), html.EscapeString(text), hex.EncodeToString([]byte(text)), quoted[1 : len(quoted)-1],
	}

	if sent, err := json.Marshal(text); err == nil {
		forms = append(forms, string(sent[1:len(sent)-1]))
	}

	for skip := range 3 {
		// The digits at the ends depend on what is before and behind.
		inner := text[(3-skip)%3:]
		forms = append(forms, base64.RawStdEncoding.EncodeToString([]byte(inner[:len(inner)/3*3])))
	}

	return forms
}

func TestEncodings(t *testing.T) {
	t.Parallel()

	const secret = "s3cret/with+signs"

	for _, around := range []string{"", "a", "ab", "abc"} {
		encoded := base64.StdEncoding.EncodeToString([]byte(around + secret + around))
		if !slices.ContainsFunc(encodings(secret), func(form string) bool { return strings.Contains(encoded, form) }) {
			t.Errorf("%s is not found in %s", secret, encoded)
		}
	}
}

// TestSecretsStayOutOfCrashes aborts the provider while it pays, as a fault of
// the runtime would, and searches the dump of its goroutines.
func TestSecretsStayOutOfCrashes(t *testing.T) {
	t.Parallel()

	for _, name := range []string{
		"temporary keys by environment", "temporary keys by shared file", "token by environment", "agency by environment",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, between := newSecretWorld(t, secretSources()[name])
			w.env["GOTRACEBACK"] = "system"
			c := newCLI(t, w, secretsConfig("", w.Credentials().DomainID))

			addFault(t, w, bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDelayAfter, Delay: 3 * time.Second})

			apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve")
			if err := apply.Start(); err != nil {
				t.Fatal(err)
			}

			until(t, "the payment is taken", func() bool { return len(w.payments(secretsOrder)) == 1 })
			c.signalProvider(syscall.SIGABRT)

			if err := apply.Wait(); err == nil {
				t.Error("the apply has succeeded")
			}

			trace, err := os.ReadFile(w.env["TF_LOG_PATH"])
			if err != nil {
				t.Fatal(err)
			}

			left := map[string][]byte{"log": trace, "output": output.Bytes()}
			gather(t, left, "file ", c.dir)

			// The dump was searched only if it is there.
			for _, part := range []string{"SIGABRT", "goroutine ", "(*Client).PayOrder"} {
				if !bytes.Contains(trace, []byte(part)) {
					t.Errorf("the log (%d bytes) has no %q of the crash", len(trace), part)
				}
			}

			between.absentFrom(t, w, left)
		})
	}
}

func secretsConfig(block, account string) string {
	variables := ""
	if strings.Contains(block, "var.") {
		for _, name := range []string{"access_key", "secret_key", "security_token", "secret"} {
			variables += fmt.Sprintf("variable %q {\n  type = string\n  sensitive = true\n  default = null\n}\n", name)
		}
	}

	return variables + `
provider "bss" {
  ` + block + `
  allowed_domain_ids = ["` + account + `"]
}

data "bss_account_balances" "this" {}

data "bss_orders" "this" {}

data "bss_order_discounts" "this" {
  order_id = "CS2611220000012"
}

resource "bss_order_payment" "this" {
  order_id   = "` + secretsOrder + `"
  max_amount = 150
}

output "orders" {
  value = data.bss_orders.this
}
`
}

// leaveBehind plans, applies, shows, fails and destroys, and returns what was
// printed, logged and written, by place. Each kind of place is proven to be
// searched by something that has to be found there.
func leaveBehind(t *testing.T, w *world, c *cli) map[string][]byte {
	t.Helper()

	left := map[string][]byte{}

	fault := func(fault bsssim.Fault) {
		t.Helper()

		if err := w.AddFault(fault); err != nil {
			t.Fatal(err)
		}
	}

	fault(bsssim.Fault{Operation: "list_order_discounts", Kind: bsssim.FaultDropBefore})
	left["output of plan"] = []byte(c.ok("plan", "-input=false", "-no-color", "-out=tfplan"))
	left["plan as JSON"] = []byte(c.ok("show", "-json", "tfplan"))

	fault(bsssim.Fault{Operation: "pay_order", Kind: bsssim.FaultDropAfter})
	left["output of apply"] = []byte(c.ok("apply", "-input=false", "-no-color", "tfplan"))
	left["state as JSON"] = []byte(c.ok("show", "-json"))

	w.ClearFaults()
	fault(bsssim.Fault{Operation: "get_account_balances", Kind: bsssim.FaultDropBefore, Times: -1})
	fault(
		bsssim.Fault{Operation: "list_orders", Kind: bsssim.FaultStatusBefore, Status: http.StatusUnauthorized, Code: "APIGW.0301", Times: -1},
	)

	code, output := c.run("plan", "-input=false", "-no-color", "-out=failed")
	if code != 1 {
		t.Fatalf("the plan exited with %d in spite of the faults:\n%s", code, output)
	}

	left["output of the failure"] = []byte(output)

	gather(t, left, "file ", c.dir)
	w.ClearFaults()
	left["output of destroy"] = []byte(c.ok("destroy", "-auto-approve", "-input=false", "-no-color"))
	gather(t, left, "file after destroy ", c.dir)

	unzip(t, left, filepath.Join(c.dir, "tfplan"))

	trace, err := os.ReadFile(w.env["TF_LOG_PATH"])
	if err != nil {
		t.Fatal(err)
	}

	left["log"] = trace

	for _, place := range []string{
		"log", "output of plan", "output of apply", "output of destroy", "plan as JSON", "plan file, tfplan", "state as JSON",
		"file terraform.tfstate", "file after destroy terraform.tfstate.backup",
	} {
		if !bytes.Contains(left[place], []byte(secretsOrder)) {
			t.Errorf("%s (%d bytes) says nothing of the order: it was not searched", place, len(left[place]))
		}
	}

	for _, entry := range []string{"BSS request", "BSS request failed", "operation=pay_order", "operation=list_orders"} {
		if !bytes.Contains(trace, []byte(entry)) {
			t.Errorf("the log has no %q", entry)
		}
	}

	if !strings.Contains(output, "APIGW.0301") {
		t.Errorf("the failure is not worded:\n%s", output)
	}

	return left
}

// gather reads every file of a folder.
func gather(t *testing.T, left map[string][]byte, kind, folder string) {
	t.Helper()

	files := os.DirFS(folder)

	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}

		content, err := fs.ReadFile(files, path)
		left[kind+path] = content

		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unzip reads what is in a plan file.
func unzip(t *testing.T, left map[string][]byte, path string) {
	t.Helper()

	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}

	for _, member := range archive.File {
		file, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}

		content, err := io.ReadAll(io.LimitReader(file, 64<<20))
		if err != nil {
			t.Fatal(err)
		}

		left["plan file, "+member.Name] = content

		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}

	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
}

// listener hands requests on, and keeps what authenticates them.
type listener struct {
	*httptest.Server

	mu   sync.Mutex
	kept map[string]bool
}

var signature = regexp.MustCompile(`Signature=([0-9a-f]{64})`)

func newListener(t *testing.T, address string) *listener {
	t.Helper()

	target, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}

	l := &listener{kept: map[string]bool{}}
	l.Server = httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			l.keep(r.In.Header)
			r.SetURL(target)
			// The host is signed.
			r.Out.Host = r.In.Host
		},
		// A connection that is cut behind is cut in front.
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
	})
	t.Cleanup(l.Close)

	return l
}

func (l *listener) keep(header http.Header) {
	l.mu.Lock()
	defer l.mu.Unlock()

	for _, name := range []string{"X-Auth-Token", "X-Security-Token"} {
		if value := header.Get(name); value != "" {
			l.kept[value] = true
		}
	}

	if found := signature.FindStringSubmatch(header.Get("Authorization")); found != nil {
		l.kept[found[1]] = true
	}
}

// secrets are all tokens and signatures that went by.
func (l *listener) secrets() []string {
	l.mu.Lock()
	defer l.mu.Unlock()

	return slices.Collect(maps.Keys(l.kept))
}
