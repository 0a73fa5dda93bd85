// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
)

// cliConfig is the file of the vendor's command line tool.
type cliConfig struct {
	Current  string       `json:"current"`
	Profiles []cliProfile `json:"profiles"`
}

type cliProfile struct {
	Name            string `json:"name"`
	Mode            string `json:"mode"`
	AccessKeyID     string `json:"accessKeyId"`
	SecretAccessKey string `json:"secretAccessKey"`
	SecurityToken   string `json:"securityToken"`
	DomainID        string `json:"domainId"`
}

// cliProfile looks into the vendor CLI's file.
func (f *search) cliProfile() (candidate, error) {
	named := firstOf(f.s.SharedConfigFile, f.s.Getenv("HW_SHARED_CONFIG_FILE"))
	wanted := firstOf(f.s.Profile, f.s.Getenv("HW_PROFILE"))
	path, data, err := f.file(named, filepath.Join(".hcloud", "config.json"))
	c := f.look("the command line tool's file " + path)
	var fileArgument, profileArgument string
	if f.s.SharedConfigFile != "" {
		fileArgument = "shared_config_file"
	}
	if f.s.Profile != "" {
		profileArgument = "profile"
	}
	switch {
	case err != nil:
		return c, f.failAt(fileArgument, c.source, "it cannot be read: "+err.Error())
	case data == nil && wanted != "":
		return c, f.failAt(profileArgument, c.source, fmt.Sprintf("profile %q is asked for, and there is no such file", wanted))
	case data == nil:
		return c, nil
	}
	var config cliConfig
	if err := json.Unmarshal(data, &config); err != nil {
		// The error of the decoder could quote the file.
		return c, f.failAt(fileArgument, c.source, "it is no JSON file of the expected form")
	}
	name := firstOf(wanted, config.Current, "default")
	for _, profile := range config.Profiles {
		if profile.Name == name {
			return profile.candidate(f, c)
		}
	}
	if named == "" && wanted == "" {
		return c, nil
	}

	return c, f.failAt(firstOf(profileArgument, fileArgument), c.source, fmt.Sprintf("it has no profile %q", name))
}

func (p cliProfile) candidate(f *search, c candidate) (candidate, error) {
	c.source = fmt.Sprintf("profile %q of %s", p.Name, c.source)
	if mode := strings.ToUpper(p.Mode); mode != "" && mode != "AKSK" {
		return c, f.fail(c.source, "", fmt.Sprintf("its mode is %q: only AKSK can be used", p.Mode))
	}
	// Keys are letters and digits. Encrypted ones are base64.
	if strings.ContainsAny(p.AccessKeyID, "+/=") || len(p.AccessKeyID) > 64 {
		return c, f.fail(c.source, "", "its keys are encrypted: let the command line tool store them unencrypted, or give them in another way")
	}
	c.accessKey, c.secretKey, c.securityToken, c.domainID = p.AccessKeyID, p.SecretAccessKey, p.SecurityToken, p.DomainID
	c.accessKeyName, c.secretKeyName = "accessKeyId", "secretAccessKey"

	return c, nil
}

// sdkFile looks into the section [global] of the vendor SDK's file.
func (f *search) sdkFile() (candidate, error) {
	path, data, err := f.file(f.s.Getenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE"), filepath.Join(".huaweicloud", "credentials"))
	c := f.look("the section [global] of the file " + path)
	if err != nil {
		return c, f.fail(c.source, "", "it cannot be read: "+err.Error())
	}
	global := iniSection(data, "global")
	c.accessKey, c.secretKey, c.securityToken, c.domainID = global["ak"], global["sk"], global["security_token"], global["domain_id"]
	c.accessKeyName, c.secretKeyName = "ak", "sk"

	return c, nil
}

// iniSection returns the keys of a section of an ini file.
func iniSection(data []byte, section string) map[string]string {
	keys := make(map[string]string)
	inside := false
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if strings.HasPrefix(line, "[") {
			inside = strings.TrimSpace(strings.Trim(line, "[]")) == section

			continue
		}
		if key, value, ok := strings.Cut(line, "="); ok && inside {
			keys[strings.TrimSpace(key)] = strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}

	return keys
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}

	return ""
}
