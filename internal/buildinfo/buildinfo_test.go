// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package buildinfo

import (
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	t.Parallel()

	const hash = "076813b4c6729e631b57fd52cb48ab060fe5a204"

	for name, test := range map[string]struct {
		version, commit string
		module          string
		vcs, modified   string
		text, agent     string
	}{
		"a release":            {"0.1.0", hash, "(devel)", "", "", "0.1.0, commit " + hash, "0.1.0+076813b4c672"},
		"a release in a clone": {"0.1.0", hash, "v0.0.9", "ffff", "true", "0.1.0, commit " + hash, "0.1.0+076813b4c672"},
		"go install":           {"", "", "v0.1.0", "", "", "0.1.0", "0.1.0"},
		"go install of a commit": {
			"", "", "v0.0.0-20261129081057-076813b4c672", "", "",
			"0.0.0-20261129081057-076813b4c672", "0.0.0-20261129081057-076813b4c672",
		},
		"go build": {
			"", "", "v0.0.0-20261129081057-076813b4c672+dirty", hash, "true",
			"0.0.0-20261129081057-076813b4c672+dirty, commit " + hash + "-dirty", "0.0.0-20261129081057-076813b4c672+dirty",
		},
		"make build":           {"dev", "", "(devel)", hash, "false", "dev, commit " + hash, "dev+076813b4c672"},
		"make build, changed":  {"dev", "", "(devel)", hash, "true", "dev, commit " + hash + "-dirty", "dev+076813b4c672.dirty"},
		"a version with build": {"1.2.3+x", "", "(devel)", hash, "", "1.2.3+x, commit " + hash, "1.2.3+x.076813b4c672"},
		"without anything":     {"", "", "(devel)", "", "", "dev", "dev"},
	} {
		build := complete(Build{Version: test.version, Commit: test.commit}, &debug.BuildInfo{
			Main:     debug.Module{Version: test.module},
			Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: test.vcs}, {Key: "vcs.modified", Value: test.modified}},
		})
		if build.String() != test.text || build.Agent() != test.agent {
			t.Errorf("%s: %q and %q, want %q and %q", name, build, build.Agent(), test.text, test.agent)
		}
	}

	if got := complete(Build{}, nil); got.Version != "dev" {
		t.Errorf("without build information: %q", got.Version)
	}
}
