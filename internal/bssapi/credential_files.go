// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
)

// longestText is more bytes than a file of credentials or certificates has.
const longestText = 8 << 20

// The marks of their byte order that programs of Windows begin texts with.
const (
	markUTF8  = "\xef\xbb\xbf"
	markUTF16 = "\xff\xfe"
)

// readText reads a file of credentials or certificates, whichever program wrote it.
func readText(path string) (data []byte, err error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err = io.ReadAll(io.LimitReader(file, longestText+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > longestText:
		return nil, fmt.Errorf("%s is longer than %d bytes", path, longestText)
	}
	wide, ok := bytes.CutPrefix(data, []byte(markUTF16))
	if !ok {
		return bytes.TrimPrefix(data, []byte(markUTF8)), nil
	}
	units := make([]uint16, len(wide)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(wide[2*i:])
	}

	return []byte(string(utf16.Decode(units))), nil
}

// openFile opens what can be read without waiting for somebody to write it, as a pipe
// or a terminal cannot: nothing would end that, not even an interrupt of the run.
func openFile(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", path)
	}

	return os.Open(path)
}

// AtHome is a path as a shell would take it.
func AtHome(path, home string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && home != "" {
		return filepath.Join(home, rest)
	}

	return path
}

// open looks into a file. A standard one that is not there holds nothing, and so does
// one that cannot be read, unless something in it is asked for.
func (f *search) open(place, named, standard string, asked bool) (c candidate, data []byte, err error) {
	path := AtHome(firstOf(named, filepath.Join(f.s.HomeDir, standard)), f.s.HomeDir)
	if named == "" && f.s.HomeDir == "" {
		return f.look(fmt.Sprintf("%s%s of the home directory, which is not known", place, standard)), nil, nil
	}
	c = f.look(place + path)
	data, err = readText(path)
	switch {
	case err == nil || named != "":
		return c, data, err
	case os.IsNotExist(err):
		return c, nil, nil
	case asked:
		return c, nil, err
	}
	f.note(fmt.Sprintf("%s: it cannot be read: %v", c.source, err))

	return c, nil, nil
}

// sdkFile looks into the section [global] of the vendor SDK's file.
func (f *search) sdkFile(context.Context) (*FoundCredentials, error) {
	named := f.variable("HUAWEICLOUD_SDK_CREDENTIALS_FILE")
	c, data, err := f.open("the section [global] of the file ", named, filepath.Join(".huaweicloud", "credentials"), false)
	if err != nil {
		return nil, f.fail(c.source, "", "it cannot be read: "+err.Error())
	}
	global := iniSection(data, "global")
	c.accessKey, c.secretKey, c.securityToken, c.domainID = global["ak"], global["sk"], global["security_token"], global["domain_id"]
	c.accessKeyName, c.secretKeyName, c.securityTokenName, c.domainIDName = "ak", "sk", "security_token", "domain_id"

	found, err := f.complete(c)
	if found != nil || err != nil || data == nil {
		return found, err
	}

	return nil, f.without(named != "", "", c.source, "it has no keys, ak and sk")
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
			// A remark can follow.
			name, _, _ := strings.Cut(line[1:], "]")
			inside = strings.TrimSpace(name) == section

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
