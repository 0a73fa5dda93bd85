// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

//go:build unix

package bssapi

import (
	"fmt"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe that nobody writes to would be read for ever.
func TestFilesThatAreNone(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, variables := range map[string]map[string]string{
		"command line tool": {"HW_SHARED_CONFIG_FILE": pipe},
		"SDK":               {"HUAWEICLOUD_SDK_CREDENTIALS_FILE": pipe},
		"identity provider": {"HW_ASSUME_ROLE_IDP_ID": "idp", "HW_ASSUME_ROLE_ID_TOKEN_FILE": pipe},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := (place{env: variables}).find(t, CredentialSources{}); !strings.Contains(fmt.Sprint(err), "not a regular file") {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("certificates", func(t *testing.T) {
		t.Parallel()
		if _, err := NewTransport(pipe); !strings.Contains(fmt.Sprint(err), "not a regular file") {
			t.Errorf("got %v", err)
		}
	})
}
