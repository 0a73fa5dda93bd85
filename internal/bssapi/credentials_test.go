// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi/clocktest"
)

// place is where credentials can be found in a test: variables, files under the
// home directory, and metadata.
type place struct {
	env      map[string]string
	files    map[string]string
	metadata http.HandlerFunc
}

// find looks for credentials in that place only.
func (p place) find(t *testing.T, s CredentialSources) (*FoundCredentials, error) {
	t.Helper()
	s.HomeDir = t.TempDir()
	for name, content := range p.files {
		path := filepath.Join(s.HomeDir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.Getenv = func(name string) string { return strings.ReplaceAll(p.env[name], "$HOME", s.HomeDir) }
	s.MetadataEndpoint = "off"
	if p.metadata != nil {
		server := newServer(t, p.metadata)
		s.MetadataEndpoint = server.URL
	}

	return s.Find(t.Context())
}

const (
	cliFile  = ".hcloud/config.json"
	sdkFile  = ".huaweicloud/credentials"
	cliUsual = `{"current":"main","profiles":[
		{"name":"default","mode":"AKSK","accessKeyId":"cli-default","secretAccessKey":"s"},
		{"name":"main","mode":"AKSK","accessKeyId":"cli-main","secretAccessKey":"s","securityToken":"t","domainId":"cli-domain"},
		{"name":"half","mode":"AKSK","accessKeyId":"cli-half"},
		{"name":"sso","mode":"SSO"},
		{"name":"encrypted","mode":"AKSK","accessKeyId":"q83vEjRWeJCrze8=","secretAccessKey":"q83vEjRWeJCrze8="}]}`
	sdkUsual = "# comment\n[basic]\nak = no\nsk = no\n[global]\nak = sdk-file\nsk = 's'\nsecurity_token=\ndomain_id = " +
		"sdk-file-domain\n[other]\nak=no\n"
)

// metadataKeys are what metadataAnswers gives.
var metadataKeys = Keys{
	AccessKey: "metadata", SecretKey: "s", SecurityToken: "t", Expires: time.Date(2036, 1, 1, 0, 0, 0, 0, time.UTC),
}

func metadataAnswers(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(
		w,
		`{"credential":{"access":"metadata","secret":"s","securitytoken":"t","expires_at":"2036-01-01T00:00:00.000000Z"}}`,
	)
}

func TestFindOrder(t *testing.T) {
	t.Parallel()
	// Each step has everything that the steps after it have.
	steps := []struct {
		want, domain string
		add          func(*place, *CredentialSources)
	}{
		{"metadata", "", func(p *place, _ *CredentialSources) { p.metadata = metadataAnswers }},
		{"sdk-file", "sdk-file-domain", func(p *place, _ *CredentialSources) { p.files[sdkFile] = sdkUsual }},
		{"sdk-env", "sdk-env-domain", func(p *place, _ *CredentialSources) {
			p.env["HUAWEICLOUD_SDK_AK"], p.env["HUAWEICLOUD_SDK_SK"] = "sdk-env", "s"
			p.env["HUAWEICLOUD_SDK_DOMAIN_ID"] = "sdk-env-domain"
		}},
		{"cli-main", "cli-domain", func(p *place, _ *CredentialSources) { p.files[cliFile] = cliUsual }},
		{"os-env", "os-domain", func(p *place, _ *CredentialSources) {
			p.env["OS_ACCESS_KEY"], p.env["OS_SECRET_KEY"], p.env["OS_USER_DOMAIN_ID"] = "os-env", "s", "os-domain"
		}},
		{"hw-env", "hw-domain", func(p *place, _ *CredentialSources) {
			p.env["HW_ACCESS_KEY"], p.env["HW_SECRET_KEY"], p.env["HW_DOMAIN_ID"] = "hw-env\n", " s ", "hw-domain"
		}},
		{"block", "", func(_ *place, s *CredentialSources) { s.AccessKey, s.SecretKey = "block", "s" }},
		{"block", "block-domain", func(_ *place, s *CredentialSources) { s.DomainID = "block-domain" }},
	}
	p := place{env: map[string]string{}, files: map[string]string{}}
	var s CredentialSources
	for _, step := range steps {
		step.add(&p, &s)
		found, err := p.find(t, s)
		if err != nil {
			t.Fatalf("%s: %v", step.want, err)
		}
		keys, err := found.Credentials.Retrieve(t.Context())
		if err != nil || keys.AccessKey != step.want || keys.SecretKey != "s" || found.DomainID != step.domain || found.Source == "" {
			t.Errorf("want %s, %s: got %s, %s of %s, %v", step.want, step.domain, keys.AccessKey, found.DomainID, found.Source, err)
		}
	}
}

func TestFindVariants(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		place
		sources CredentialSources
		want    Keys
	}{
		"token in the configuration wins over its keys": {
			sources: CredentialSources{Token: "tok", AccessKey: "a", SecretKey: "s"},
			want:    Keys{Token: "tok"},
		},
		"temporary keys in the configuration": {
			sources: CredentialSources{AccessKey: "a", SecretKey: "s", SecurityToken: "t"},
			want:    Keys{AccessKey: "a", SecretKey: "s", SecurityToken: "t"},
		},
		"HW token": {place: place{env: map[string]string{"HW_AUTH_TOKEN": "tok"}}, want: Keys{Token: "tok"}},
		"OS token": {place: place{env: map[string]string{"OS_AUTH_TOKEN": "tok"}}, want: Keys{Token: "tok"}},
		"HW temporary keys": {
			place: place{env: map[string]string{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_SECURITY_TOKEN": "t"}},
			want:  Keys{AccessKey: "a", SecretKey: "s", SecurityToken: "t"},
		},
		"SDK temporary keys": {
			place: place{env: map[string]string{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_SECURITY_TOKEN": "t"}},
			want:  Keys{AccessKey: "a", SecretKey: "s", SecurityToken: "t"},
		},
		"a security token is not mixed into other keys": {
			place: place{
				env: map[string]string{"HW_SECURITY_TOKEN": "t", "HW_ACCESS_KEY": "x", "HW_SECRET_KEY": "y"},
			},
			sources: CredentialSources{AccessKey: "a", SecretKey: "s"},
			want:    Keys{AccessKey: "a", SecretKey: "s"},
		},
		"profile by argument": {
			place:   place{files: map[string]string{cliFile: cliUsual}},
			sources: CredentialSources{Profile: "default"},
			want:    Keys{AccessKey: "cli-default", SecretKey: "s"},
		},
		"profile by variable": {
			place: place{files: map[string]string{cliFile: cliUsual}, env: map[string]string{"HW_PROFILE": "default"}},
			want:  Keys{AccessKey: "cli-default", SecretKey: "s"},
		},
		"file by variable": {
			place: place{
				files: map[string]string{"elsewhere.json": cliUsual},
				env:   map[string]string{"HW_SHARED_CONFIG_FILE": "$HOME/elsewhere.json"},
			},
			want: Keys{AccessKey: "cli-main", SecretKey: "s", SecurityToken: "t"},
		},
		"file under ~": {
			place:   place{files: map[string]string{"elsewhere.json": cliUsual}},
			sources: CredentialSources{SharedConfigFile: "~/elsewhere.json"},
			want:    Keys{AccessKey: "cli-main", SecretKey: "s", SecurityToken: "t"},
		},
		"SDK file by variable": {
			place: place{
				files: map[string]string{"ini": sdkUsual},
				env:   map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": "$HOME/ini"},
			},
			want: Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
		"a CLI profile without a mode": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","accessKeyId":"a","secretAccessKey":"s"}],` +
				`"authEncrypt":false}`}},
			want: Keys{AccessKey: "a", SecretKey: "s"},
		},
		"a CLI profile whose file says as text that nothing is encrypted": {
			place: place{files: map[string]string{cliFile: `{"authEncrypt":"false","profiles":[` +
				`{"name":"default","mode":"aksk","accessKeyId":"a","secretAccessKey":"s"}]}`}},
			want: Keys{AccessKey: "a", SecretKey: "s"},
		},
		"a CLI profile of another mode is passed over": {
			place: place{files: map[string]string{cliFile: `{"current":"sso","profiles":[{"name":"sso","mode":"SSO"}]}`, sdkFile: sdkUsual}},
			want:  Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
		"an encrypted CLI profile of another mode is passed over": {
			place: place{
				files: map[string]string{cliFile: `{"authEncrypt":true,"profiles":[{"name":"default","mode":"AssumeRole"}]}`},
				env:   map[string]string{"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s"},
			},
			want: Keys{AccessKey: "a", SecretKey: "s"},
		},
		"a CLI profile without keys is passed over": {
			place: place{
				files: map[string]string{cliFile: `{"authEncrypt":"true","profiles":[{"name":"default","mode":"AKSK"}]}`, sdkFile: sdkUsual},
			},
			want: Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
		"a CLI profile of the metadata, before what comes after it": {
			place: place{
				files:    map[string]string{cliFile: `{"profiles":[{"name":"default","mode":"ecsAgency"}]}`, sdkFile: sdkUsual},
				metadata: metadataAnswers,
			},
			want: metadataKeys,
		},
		"a named CLI profile of the metadata": {
			place: place{
				files:    map[string]string{cliFile: `{"profiles":[{"name":"server","mode":"ECSAGENCY"}]}`},
				metadata: metadataAnswers,
			},
			sources: CredentialSources{Profile: "server"},
			want:    metadataKeys,
		},
		"a CLI profile of the metadata on a machine without them is passed over": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","mode":"ecsAgency"}]}`, sdkFile: sdkUsual}},
			want:  Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
		"files as Windows writes them": {
			place: place{files: map[string]string{cliFile: markUTF8 + strings.ReplaceAll(cliUsual, "\n", "\r\n")}},
			want:  Keys{AccessKey: "cli-main", SecretKey: "s", SecurityToken: "t"},
		},
		"SDK file as Windows writes it": {
			place: place{files: map[string]string{sdkFile: markUTF8 + "[global]\r\nak = a\r\nsk = s\r\n"}},
			want:  Keys{AccessKey: "a", SecretKey: "s"},
		},
		"SDK file with remarks after sections": {
			place: place{files: map[string]string{sdkFile: "[basic] ; theirs\nak = no\n[ global ] # ours\nak = a\nsk = s\n"}},
			want:  Keys{AccessKey: "a", SecretKey: "s"},
		},
		"an account that is no id, of a place without keys": {
			place: place{env: map[string]string{"HW_DOMAIN_ID": "my account", "OS_AUTH_TOKEN": "tok"}},
			want:  Keys{Token: "tok"},
		},
		"SDK file in UTF-16": {
			place: place{files: map[string]string{sdkFile: inUTF16("[global]\r\nak = a\r\nsk = s\r\n")}},
			want:  Keys{AccessKey: "a", SecretKey: "s"},
		},
		"standard files that cannot be read are passed over": {
			place: place{
				files: map[string]string{cliFile + "/in a folder": "", sdkFile + "/in a folder": ""}, metadata: metadataAnswers,
			},
			want: metadataKeys,
		},
		"names with white space around them": {
			place: place{
				files: map[string]string{"x.json": cliUsual},
				env:   map[string]string{"HW_SHARED_CONFIG_FILE": "$HOME/x.json\r\n", "HW_PROFILE": "\tdefault\n", "HW_ASSUME_ROLE_AGENCY_NAME": " "},
			},
			want: Keys{AccessKey: "cli-default", SecretKey: "s"},
		},
		"an empty CLI file is passed over": {
			place: place{files: map[string]string{cliFile: "\n", sdkFile: sdkUsual}},
			want:  Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
		"a blank profile is none": {
			place: place{files: map[string]string{cliFile: cliUsual}, env: map[string]string{"HW_PROFILE": " ", "HW_SHARED_CONFIG_FILE": "\n"}},
			want:  Keys{AccessKey: "cli-main", SecretKey: "s", SecurityToken: "t"},
		},
		"a profile of the configuration with white space around it": {
			place:   place{files: map[string]string{"x.json": cliUsual}},
			sources: CredentialSources{SharedConfigFile: "~/x.json\n", Profile: "default\n"},
			want:    Keys{AccessKey: "cli-default", SecretKey: "s"},
		},
		"a CLI file without its current profile is passed over": {
			place: place{
				files: map[string]string{cliFile: `{"current":"gone","profiles":[]}`, sdkFile: sdkUsual},
			},
			want: Keys{AccessKey: "sdk-file", SecretKey: "s"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := test.find(t, test.sources)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := found.Credentials.Retrieve(t.Context()); err != nil || got != test.want {
				t.Errorf("got %q %q %q %q, %v", got.AccessKey, got.SecretKey, got.SecurityToken, got.Token, err)
			}
		})
	}
}

// inUTF16 is a text as a shell of Windows writes it to a file.
func inUTF16(text string) string {
	wide := []byte(markUTF16)
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}

	return string(wide)
}

// A profile that the configuration asks for and that is not used is told of.
func TestUnusedProfile(t *testing.T) {
	t.Parallel()
	keys := map[string]string{"HW_ACCESS_KEY": "AK", "HW_SECRET_KEY": "s"}
	for name, test := range map[string]struct {
		place
		sources CredentialSources
		want    string
	}{
		"keys by variables":     {place{env: keys}, CredentialSources{Profile: "main"}, "profile"},
		"a file beside them":    {place{env: keys}, CredentialSources{SharedConfigFile: "/x"}, "shared_config_file"},
		"no profile":            {place{env: keys}, CredentialSources{}, ""},
		"the profile is used":   {place{files: map[string]string{cliFile: cliUsual}}, CredentialSources{Profile: "main"}, ""},
		"an agency is taken on": {place{env: keys}, CredentialSources{Profile: "main", Roles: oneRole}, "profile"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if found, err := test.find(t, test.sources); err != nil || found.Unused != test.want {
				t.Errorf("got %q, %v", found.Unused, err)
			}
		})
	}
}

func TestFindErrors(t *testing.T) {
	t.Parallel()
	all := map[string]string{"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s"}
	with := func(more map[string]string) map[string]string {
		env := map[string]string{}
		for _, m := range []map[string]string{all, more} {
			for name, value := range m {
				env[name] = value
			}
		}

		return env
	}
	tests := map[string]struct {
		place
		sources CredentialSources
		missing string
		text    string
		looked  int
	}{
		"nothing anywhere": {text: "none were found", looked: 8},
		"key without secret": {
			place:   place{env: all},
			sources: CredentialSources{AccessKey: "a"},
			missing: "secret_key",
			text:    "secret_key",
			looked:  1,
		},
		"secret without key": {
			place:   place{env: all},
			sources: CredentialSources{SecretKey: "s"},
			missing: "access_key",
			text:    "access_key",
			looked:  1,
		},
		"security token alone": {
			place:   place{env: all},
			sources: CredentialSources{SecurityToken: "t"},
			missing: "access_key",
			text:    "access_key",
			looked:  1,
		},
		"HW half does not fall through": {
			place:   place{env: with(map[string]string{"HW_ACCESS_KEY": "a"})},
			missing: "HW_SECRET_KEY",
			text:    "HW_SECRET_KEY",
			looked:  3,
		},
		"HW other half": {
			place:   place{env: with(map[string]string{"HW_SECRET_KEY": "s"})},
			missing: "HW_ACCESS_KEY",
			text:    "HW_ACCESS_KEY",
			looked:  3,
		},
		"OS half": {
			place:   place{env: map[string]string{"OS_SECRET_KEY": "s"}},
			missing: "OS_ACCESS_KEY",
			text:    "OS_ACCESS_KEY",
			looked:  4,
		},
		"CLI half": {
			place:   place{files: map[string]string{cliFile: cliUsual}},
			sources: CredentialSources{Profile: "half"},
			missing: "secretAccessKey",
			text:    `"half"`,
			looked:  5,
		},
		"SDK half": {
			place:   place{env: map[string]string{"HUAWEICLOUD_SDK_SK": "s"}},
			missing: "HUAWEICLOUD_SDK_AK",
			text:    "HUAWEICLOUD_SDK_AK",
			looked:  6,
		},
		"SDK file half": {
			place:   place{files: map[string]string{sdkFile: "[global]\nsk=s\n"}},
			missing: "ak",
			text:    "credentials",
			looked:  7,
		},
		"named CLI file is missing": {sources: CredentialSources{SharedConfigFile: "~/missing.json"}, text: "missing.json", looked: 5},
		"named profile is missing": {
			place:   place{files: map[string]string{cliFile: cliUsual}},
			sources: CredentialSources{Profile: "nobody"},
			text:    `"nobody"`,
			looked:  5,
		},
		"named profile without any file": {sources: CredentialSources{Profile: "nobody"}, text: `"nobody"`, looked: 5},
		"named file without the profile": {
			place:   place{files: map[string]string{"x.json": `{}`}},
			sources: CredentialSources{SharedConfigFile: "~/x.json"},
			text:    `"default"`,
			looked:  5,
		},
		"named profile in a standard file that cannot be read": {
			place:   place{files: map[string]string{cliFile + "/in a folder": ""}},
			sources: CredentialSources{Profile: "main"},
			text:    "it cannot be read",
			looked:  5,
		},
		"standard file that cannot be read, and nothing elsewhere": {
			place:  place{files: map[string]string{cliFile + "/in a folder": ""}},
			text:   "config.json: it cannot be read",
			looked: 8,
		},
		"file that is far too long": {
			place: place{
				files: map[string]string{"x.json": strings.Repeat(" ", longestText) + cliUsual},
				env:   map[string]string{"HW_SHARED_CONFIG_FILE": "$HOME/x.json"},
			},
			text:   "is longer than 8388608 bytes",
			looked: 5,
		},
		"key on two lines": {
			place:  place{env: map[string]string{"HW_ACCESS_KEY": "AK\nAK", "HW_SECRET_KEY": "very-secret"}},
			text:   "HW_ACCESS_KEY has a space, a line end",
			looked: 3,
		},
		"secret key on two lines": {
			place:  place{env: map[string]string{"OS_ACCESS_KEY": "AK", "OS_SECRET_KEY": "very-secret\nvery-secret"}},
			text:   "OS_SECRET_KEY has a space, a line end",
			looked: 4,
		},
		"token on two lines": {
			place:  place{env: map[string]string{"HW_AUTH_TOKEN": "very-secret\r\nvery-secret"}},
			text:   "HW_AUTH_TOKEN has a space, a line end",
			looked: 3,
		},
		"security token with a character that nobody sees": {
			sources: CredentialSources{AccessKey: "AK", SecretKey: "s", SecurityToken: "very-secret\u200b"},
			text:    "security_token has a space, a line end",
			looked:  1,
		},
		"named CLI file that is empty": {
			place:   place{files: map[string]string{"x.json": ""}},
			sources: CredentialSources{SharedConfigFile: "~/x.json"},
			text:    `it has no profile "default"`,
			looked:  5,
		},
		"named SDK file without keys": {
			place: place{
				files: map[string]string{"ini": "[basic]\nak = a\nsk = s\n"}, metadata: metadataAnswers,
				env: map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": "$HOME/ini"},
			},
			text:   "it has no keys",
			looked: 7,
		},
		"CLI file is no JSON": {
			place:  place{files: map[string]string{cliFile: `accessKeyId: very-secret`}},
			text:   "no JSON file of the expected form, from byte 1 on",
			looked: 5,
		},
		"CLI file has another type": {
			place:  place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","secretAccessKey":["very-secret"]}]}`}},
			text:   "profiles.secretAccessKey is of another type",
			looked: 5,
		},
		"single sign-on profile": {
			place:   place{files: map[string]string{cliFile: cliUsual}},
			sources: CredentialSources{Profile: "sso"},
			text:    "SSO",
			looked:  5,
		},
		"encrypted profile": {
			place:   place{files: map[string]string{cliFile: cliUsual}},
			sources: CredentialSources{Profile: "encrypted"},
			text:    "encrypted",
			looked:  5,
		},
		"encrypted profile, by the file's flag as text": {
			place: place{files: map[string]string{cliFile: `{"authEncrypt":"true","profiles":[` +
				`{"name":"default","mode":"AKSK","accessKeyId":"q83vEjRWeJCrze8","secretAccessKey":"q83vEjRWeJCrze8"}]}`}},
			text:   "authEncrypt",
			looked: 5,
		},
		"encrypted profile, by the file's flag": {
			place: place{files: map[string]string{cliFile: `{"authEncrypt":true,"profiles":[` +
				`{"name":"default","accessKeyId":"PLAIN","secretAccessKey":"q83vEjRWeJCrze8"}]}`}},
			text:   "authEncrypt",
			looked: 5,
		},
		"encrypted profile, by its own flag": {
			place: place{files: map[string]string{cliFile: `{"profiles":[` +
				`{"name":"x","authEncrypt":"TRUE","accessKeyId":"PLAIN","secretAccessKey":"q83vEjRWeJCrze8"}]}`}},
			sources: CredentialSources{Profile: "x"},
			text:    "authEncrypt",
			looked:  5,
		},
		"profile of another mode that nobody named": {
			place:  place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","mode":"AssumeRole"}]}`}},
			text:   `its mode is "AssumeRole"`,
			looked: 8,
		},
		"profile of another mode in a file that a variable names": {
			place: place{
				files: map[string]string{"x.json": `{"profiles":[{"name":"default","mode":"SSO"}]}`},
				env:   map[string]string{"HW_SHARED_CONFIG_FILE": "$HOME/x.json"},
			},
			text:   `its mode is "SSO"`,
			looked: 5,
		},
		"named profile without keys": {
			place:   place{files: map[string]string{cliFile: `{"profiles":[{"name":"work","mode":"AKSK"}]}`}},
			sources: CredentialSources{Profile: "work"},
			text:    "it has no keys",
			looked:  5,
		},
		"profile of the metadata, which has none": {
			place: place{
				files: map[string]string{cliFile: `{"profiles":[{"name":"server","mode":"ecsAgency"}]}`},
				env:   map[string]string{"HW_PROFILE": "server"},
			},
			text:   "the instance metadata gave no keys",
			looked: 6,
		},
		"profile of the metadata that nobody named": {
			place:  place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","mode":"ecsAgency"}]}`}},
			text:   `its mode is "ecsAgency"`,
			looked: 8,
		},
		"profile that is there twice": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","accessKeyId":"a","secretAccessKey":"s"},` +
				`{"name":"default","accessKeyId":"b","secretAccessKey":"t"}]}`}},
			text:   `it has 2 profiles "default"`,
			looked: 5,
		},
		"standard file without its profile": {
			place:  place{files: map[string]string{cliFile: `{"profiles":[{"name":"main","accessKeyId":"a","secretAccessKey":"s"}]}`}},
			text:   `config.json: it has no profile "default"`,
			looked: 8,
		},
		"standard SDK file without its section": {
			place:  place{files: map[string]string{sdkFile: "[default]\nak = a\nsk = s\n"}},
			text:   "credentials: it has no keys, ak and sk",
			looked: 8,
		},
		"account of the variables is a name": {
			place:  place{env: map[string]string{"HW_ACCESS_KEY": "a", "HW_SECRET_KEY": "s", "HW_DOMAIN_ID": "my account"}},
			text:   "HW_DOMAIN_ID has a character that no id has; it has to be the id of the account",
			looked: 3,
		},
		"account of the other variables is on two lines": {
			place:  place{env: map[string]string{"OS_ACCESS_KEY": "a", "OS_SECRET_KEY": "s", "OS_USER_DOMAIN_ID": "0a\n0b"}},
			text:   "OS_DOMAIN_ID or OS_USER_DOMAIN_ID or OS_PROJECT_DOMAIN_ID has a character that no id has",
			looked: 4,
		},
		"account of a profile is no id": {
			place: place{files: map[string]string{cliFile: `{"profiles":[{"name":"default","accessKeyId":"a","secretAccessKey":"s",` +
				`"domainId":"a/b"}]}`}},
			text:   "domainId has a character that no id has",
			looked: 5,
		},
		"account of the SDK's variables is no id": {
			place: place{env: map[string]string{
				"HUAWEICLOUD_SDK_AK": "a", "HUAWEICLOUD_SDK_SK": "s", "HUAWEICLOUD_SDK_DOMAIN_ID": "a b",
			}},
			text:   "HUAWEICLOUD_SDK_DOMAIN_ID has a character that no id has",
			looked: 6,
		},
		"account of the SDK's file is no id": {
			place:  place{files: map[string]string{sdkFile: "[global]\nak = a\nsk = s\ndomain_id = a b\n"}},
			text:   "domain_id has a character that no id has",
			looked: 7,
		},
		"named SDK file is missing": {
			place:  place{env: map[string]string{"HUAWEICLOUD_SDK_CREDENTIALS_FILE": "/nowhere/ini"}},
			text:   "/nowhere/ini",
			looked: 7,
		},
		"metadata without an agency": {
			place:  place{metadata: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }},
			text:   ": HTTP 404",
			looked: 8,
		},
		"metadata answers with a web page": {
			place:  place{metadata: func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>") }},
			text:   ": the answer holds no keys",
			looked: 8,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := test.find(t, test.sources)
			var e *CredentialsError
			if !errors.As(err, &e) {
				t.Fatalf("got %v", err)
			}
			if e.Missing != test.missing || len(e.Looked) != test.looked {
				t.Errorf("missing %q, looked at %d places: %v", e.Missing, len(e.Looked), e)
			}
			text := e.Error()
			if !strings.Contains(text, test.text) || strings.Contains(text, "very-secret") || strings.Contains(text, "q83vEjRWeJCrze8") {
				t.Errorf("text %q", text)
			}
			for _, place := range e.Looked {
				if !strings.Contains(text, place) {
					t.Errorf("%q is not in %q", place, text)
				}
			}
		})
	}
}

// fakeMetadata hands out numbered keys that last an hour of the clock.
type fakeMetadata struct {
	clock   *clocktest.Clock
	calls   atomic.Int32
	token   string
	failing atomic.Bool
}

func (m *fakeMetadata) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if m.failing.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)

		return
	}
	if r.Method == http.MethodPut && r.URL.Path == "/meta-data/latest/api/token" && r.Header.Get("X-Metadata-Token-Ttl-Seconds") != "" {
		_, _ = io.WriteString(w, m.token)

		return
	}
	if r.Header.Get("X-Metadata-Token") != m.token {
		w.WriteHeader(http.StatusUnauthorized)

		return
	}
	if r.URL.Path != "/openstack/latest/securitykey" {
		w.WriteHeader(http.StatusNotFound)

		return
	}
	n := m.calls.Add(1)
	_, _ = fmt.Fprintf(w, `{"credential":{"access":"ak%d","secret":"s","securitytoken":"t","expires_at":%q}}`,
		n, m.clock.Now().Add(time.Hour).Format("2006-01-02T15:04:05.000000Z"))
}

func findMetadata(t *testing.T, m *fakeMetadata) Credentials {
	t.Helper()
	server := httptest.NewServer(m)
	t.Cleanup(server.Close)
	found, err := CredentialSources{
		Getenv: func(string) string { return "" }, HomeDir: t.TempDir(), MetadataEndpoint: server.URL, Clock: m.clock,
	}.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	return found.Credentials
}

func TestTemporaryKeysAreRefreshed(t *testing.T) {
	t.Parallel()
	m := &fakeMetadata{clock: clocktest.New(start)}
	credentials := findMetadata(t, m)
	want := func(accessKey string) {
		t.Helper()
		keys, err := credentials.Retrieve(t.Context())
		if err != nil || keys.AccessKey != accessKey || keys.SecurityToken != "t" {
			t.Errorf("got %q, %v; want %s", keys.AccessKey, err, accessKey)
		}
	}
	want("ak1")
	m.clock.Advance(54 * time.Minute)
	want("ak1")
	m.clock.Advance(2 * time.Minute)
	want("ak2")
	m.failing.Store(true)
	m.clock.Advance(57 * time.Minute)
	want("ak2") // not renewed, but valid still
	m.clock.Advance(5 * time.Minute)
	if _, err := credentials.Retrieve(t.Context()); err == nil {
		t.Error("keys are given that have ended")
	}
	m.failing.Store(false)
	want("ak3")
}

// What does not answer takes long to fail. The pause before it is tried again begins
// then, and keys that have ended meanwhile are not given.
func TestTemporaryKeysOfWhatDoesNotAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		takes time.Duration
		ended bool
	}{
		"keys are valid still":      {takes: 2 * time.Minute},
		"keys have ended meanwhile": {takes: 6 * time.Minute, ended: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clock := clocktest.New(start)
			asked := 0
			credentials := newTemporaryCredentials(clock, func(context.Context) (Keys, error) {
				asked++
				if asked == 1 {
					return Keys{AccessKey: "AK", SecretKey: "s", Expires: clock.Now().Add(time.Hour)}, nil
				}
				clock.Advance(test.takes)

				return Keys{}, errors.New("no answer")
			})
			if _, err := credentials.Retrieve(t.Context()); err != nil {
				t.Fatal(err)
			}
			clock.Advance(56 * time.Minute)
			for range 3 {
				if _, err := credentials.Retrieve(t.Context()); (err != nil) != test.ended {
					t.Errorf("got %v", err)
				}
				if test.ended {
					return
				}
			}
			if asked != 2 {
				t.Errorf("asked %d times for keys, want 2", asked)
			}
		})
	}
}

func TestMetadataWithSessionToken(t *testing.T) {
	t.Parallel()
	m := &fakeMetadata{clock: clocktest.New(start), token: "session"}
	if keys, err := findMetadata(t, m).Retrieve(t.Context()); err != nil || keys.AccessKey != "ak1" {
		t.Errorf("got %v, %v", keys, err)
	}
}

func TestTemporaryKeysAreFetchedOnce(t *testing.T) {
	t.Parallel()
	m := &fakeMetadata{clock: clocktest.New(start)}
	credentials := findMetadata(t, m)
	m.clock.Advance(2 * time.Hour)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if keys, err := credentials.Retrieve(t.Context()); err != nil || keys.AccessKey != "ak2" {
				t.Errorf("got %v, %v", keys.AccessKey, err)
			}
		})
	}
	wg.Wait()
	if got := m.calls.Load(); got != 2 {
		t.Errorf("%d calls of the metadata, want 2", got)
	}
}

func TestRetrieveObeysContext(t *testing.T) {
	t.Parallel()
	m := &fakeMetadata{clock: clocktest.New(start)}
	credentials, ok := findMetadata(t, m).(*temporaryCredentials)
	if !ok {
		t.Fatal("other credentials")
	}
	credentials.lock <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := credentials.Retrieve(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestPrintingShowsNoSecret(t *testing.T) {
	t.Parallel()
	keys := Keys{AccessKey: "AK", SecretKey: testSecretKey, SecurityToken: testSecurityToken, Token: testToken}
	sources := CredentialSources{
		AccessKey: "AK", SecretKey: testSecretKey, SecurityToken: testSecurityToken, Token: testToken, Password: testPassword,
		OIDC: &OIDC{IDToken: testIDToken},
	}
	found, err := sources.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := &temporaryCredentials{keys: func() Keys { return keys }}
	c, _ := newTestClient(t, always(200, "{}"), WithCredentials(StaticCredentials(keys)))
	for name, value := range map[string]any{
		"keys": keys, "pointer": &keys, "inside": struct{ K Keys }{keys}, "list": []Keys{keys}, "sources": sources, "pointer to " +
			"sources": &sources,
		"found": found, "credentials": found.Credentials, "metadata": *m, "client": c,
		"identity provider": sources.OIDC, "its value": *sources.OIDC, "temporary": Keys{SecretKey: testSecretKey},
	} {
		text := ""
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			text += fmt.Sprintf(verb, value)
		}
		if data, err := json.Marshal(value); err == nil && !strings.Contains(name, "sources") {
			text += string(data)
		}
		for _, secret := range []string{
			testSecretKey, testSecurityToken, testToken, testPassword, testIDToken, fmt.Sprintf("%x", testSecretKey),
		} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %q: %s", name, secret, text)
			}
		}
	}
}
