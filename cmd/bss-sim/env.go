// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"os"
	"strings"
)

// elsewhere are the variables that would send the provider to another account, site or
// identity service. Some come before the keys of the simulator.
var elsewhere = []string{
	"BSS_SITE", "HW_AUTH_URL", "OS_AUTH_URL",
	"HW_SECURITY_TOKEN", "HW_AUTH_TOKEN", "HW_USER_NAME", "HW_USER_PASSWORD", "HW_DOMAIN_ID", "HW_DOMAIN_NAME",
	"HW_ASSUME_ROLE_AGENCY_NAME", "HW_ASSUME_ROLE_DOMAIN_ID", "HW_ASSUME_ROLE_DOMAIN_NAME", "HW_ASSUME_ROLE_DURATION",
	"HW_ASSUME_ROLE_IDP_ID", "HW_ASSUME_ROLE_ID_TOKEN", "HW_ASSUME_ROLE_ID_TOKEN_FILE",
	"HW_PROFILE", "HW_SHARED_CONFIG_FILE",
	"OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_AUTH_TOKEN", "OS_USERNAME", "OS_PASSWORD",
	"OS_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME",
	"HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "HUAWEICLOUD_SDK_DOMAIN_ID",
	"HUAWEICLOUD_SDK_CREDENTIALS_FILE",
}

// nowhere is an endpoint at which nothing answers. The provider takes it as the address
// of the identity service too.
const nowhere = "http://127.0.0.1:9"

// lines are what a shell reads, so that the provider finds the simulator, and nothing
// else. The id is for ending it.
func (r *ready) lines() string {
	return fmt.Sprintf("unset %s\nexport BSS_ENDPOINT='%s'\nexport HW_ACCESS_KEY='%s'\nexport HW_SECRET_KEY='%s'\nexport BSS_SIM_PID=%d\n",
		strings.Join(elsewhere, " "), r.Endpoint, r.AccessKey, r.SecretKey, os.Getpid())
}

// failureLines are what a shell reads where no simulator runs. Keys of before would
// let the next command reach a real account, and so would those of a file.
func failureLines() string {
	return fmt.Sprintf("unset HW_ACCESS_KEY HW_SECRET_KEY BSS_SIM_PID %s\nexport BSS_ENDPOINT='%s'\n"+
		"echo 'bss-sim does not run. This shell has no keys of Huawei Cloud now, and BSS_ENDPOINT leads nowhere.' >&2\nfalse\n",
		strings.Join(elsewhere, " "), nowhere)
}

// wantsEnv says whether the arguments ask for lines of shell, also where they are wrong.
func wantsEnv(arguments []string) bool {
	for _, argument := range arguments {
		if name, value, _ := strings.Cut(strings.TrimLeft(argument, "-"), "="); name == "env" && name != argument && value != "false" {
			return true
		}
	}

	return false
}
