// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"bytes"
	"context"
	"path/filepath"
	"strings"
)

// sdkFile looks into the section [global] of the vendor SDK's file.
func (f *search) sdkFile(context.Context) (*FoundCredentials, error) {
	path, data, err := f.file(f.s.Getenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE"), filepath.Join(".huaweicloud", "credentials"))
	c := f.look("the section [global] of the file " + path)
	if err != nil {
		return nil, f.fail(c.source, "", "it cannot be read: "+err.Error())
	}
	global := iniSection(data, "global")
	c.accessKey, c.secretKey, c.securityToken, c.domainID = global["ak"], global["sk"], global["security_token"], global["domain_id"]
	c.accessKeyName, c.secretKeyName = "ak", "sk"

	return f.complete(c)
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
