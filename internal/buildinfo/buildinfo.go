// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package buildinfo says which version and commit a command was built from.
package buildinfo

import (
	"runtime/debug"
	"strings"
)

// Build is what a command was built from.
type Build struct {
	// Version is such as 0.1.0, or dev.
	Version string
	// Commit is a whole hash, which ends in -dirty if files were changed; empty if
	// it is not known.
	Commit string
}

// Of completes what the linker was told, which is all that a release has, by what
// Go itself recorded: go install knows the version, go build in a clone the commit.
func Of(version, commit string) Build {
	info, _ := debug.ReadBuildInfo()

	return complete(Build{Version: version, Commit: commit}, info)
}

func complete(build Build, info *debug.BuildInfo) Build {
	if info != nil {
		if build.Version == "" && info.Main.Version != "(devel)" {
			build.Version = strings.TrimPrefix(info.Main.Version, "v")
		}

		if build.Commit == "" {
			build.Commit = commit(info.Settings)
		}
	}

	if build.Version == "" {
		build.Version = "dev"
	}

	return build
}

func commit(settings []debug.BuildSetting) string {
	values := map[string]string{}
	for _, setting := range settings {
		values[setting.Key] = setting.Value
	}

	hash := values["vcs.revision"]
	if hash != "" && values["vcs.modified"] == "true" {
		hash += "-dirty"
	}

	return hash
}

// String is what -version prints after the name of the command.
func (b Build) String() string {
	if b.Commit == "" {
		return b.Version
	}

	return b.Version + ", commit " + b.Commit
}

// Agent is the version with its commit, short, as semantic versions and user agents
// may have it: 0.1.0+076813b4c672.
func (b Build) Agent() string {
	hash, dirty, _ := strings.Cut(b.Commit, "-")
	// As long as in the versions that Go makes of commits, which have it already.
	hash = hash[:min(len(hash), 12)]
	if hash == "" || strings.Contains(b.Version, hash) {
		return b.Version
	}

	if dirty != "" {
		hash += "." + dirty
	}

	if strings.Contains(b.Version, "+") {
		return b.Version + "." + hash
	}

	return b.Version + "+" + hash
}
