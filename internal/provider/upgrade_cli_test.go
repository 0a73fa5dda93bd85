// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

var parent = flag.String("parent", "", "absolute `path` of the tree of an earlier commit, with its build in build/bin, for TestUpgrade")

// TestUpgrade holds the build of an earlier commit against this one, on the examples of
// that commit: what one of them applied is no change to the other.
func TestUpgrade(t *testing.T) {
	t.Parallel()

	if *parent == "" {
		t.Skip("there is no earlier build; make check-upgrade makes one")
	}

	earlier := os.DirFS(filepath.Join(*parent, "examples"))
	reads := map[string]map[string]string{}

	for _, pattern := range []string{"demo/main.tf", "resources/*/resource.tf", "data-sources/*/data-source.tf", "functions/*/function.tf"} {
		names, err := fs.Glob(earlier, pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no examples are %s: %v", pattern, err)
		}

		for _, name := range names {
			content, err := fs.ReadFile(earlier, name)
			if err != nil {
				t.Fatal(err)
			}

			kind, text := path.Base(path.Dir(name)), string(content)

			site := ""
			if strings.HasPrefix(kind, "bss_") {
				site = siteOfType(t, kind)
			}

			if strings.Contains(text, "\nresource ") {
				t.Run(kind, func(t *testing.T) {
					t.Parallel()
					upgrade(t, site, text)
				})

				continue
			}

			if reads[site] == nil {
				reads[site] = map[string]string{}
			}

			reads[site][kind] = text
		}
	}

	// What only reads is read in one run, by a module for each.
	for site, texts := range reads {
		t.Run("reads "+site, func(t *testing.T) {
			t.Parallel()
			upgradeReads(t, site, earlier, texts)
		})
	}
}

// earlierCLI is a CLI that runs the earlier build until it is told to run ours.
func earlierCLI(t *testing.T, site, config string) *cli {
	t.Helper()

	if strings.Contains(config, "_wo ") {
		needs(t, catalog.WriteOnly())
	}

	_, c := demoCLI(t, site, config)
	c.env = append(c.env, "TF_VAR_password=Secret-4711")
	c.runsProvider(earlierBuild())

	return c
}

func earlierBuild() string {
	return filepath.Join(*parent, "build", "bin", program("terraform-provider-bss"))
}

// upgrade has our build plan what the earlier one applied, and the earlier one what ours
// applied, where it can read that state. A saved plan does not go from one build to
// another: Terraform refuses it when the lock file names another one.
func upgrade(t *testing.T, site, config string) {
	t.Helper()

	c := earlierCLI(t, site, config)
	c.applyOK()

	versions := c.schemaVersions()

	c.runsProvider(binary(t))
	c.empty()

	c = earlierCLI(t, site, config)
	c.runsProvider(binary(t))
	c.applyOK()

	if ours := c.schemaVersions(); !maps.Equal(versions, ours) {
		t.Logf("the earlier build cannot read this state: its versions were %v, and are %v", versions, ours)

		return
	}

	c.runsProvider(earlierBuild())
	c.empty()
}

// schemaVersions are those of the types that are in state.
func (c *cli) schemaVersions() map[string]int {
	c.t.Helper()

	content, err := os.ReadFile(filepath.Join(c.dir, "terraform.tfstate"))
	if err != nil {
		c.t.Fatal(err)
	}

	var state struct {
		Resources []struct {
			Mode      string `json:"mode"`
			Type      string `json:"type"`
			Instances []struct {
				Version int `json:"schema_version"`
			} `json:"instances"`
		} `json:"resources"`
	}

	if err := json.Unmarshal(content, &state); err != nil {
		c.t.Fatal(err)
	}

	versions := map[string]int{}

	for _, one := range state.Resources {
		for _, instance := range one.Instances {
			if one.Mode == "managed" {
				versions[one.Type] = instance.Version
			}
		}
	}

	return versions
}

// upgradeReads has both builds read the same, which the outputs in state show.
func upgradeReads(t *testing.T, site string, earlier fs.FS, texts map[string]string) {
	t.Helper()

	root := ""

	for _, name := range slices.Sorted(maps.Keys(texts)) {
		root += fmt.Sprintf("module %q {\n  source = \"./%[1]s\"\n}\n\n", name)
		root += fmt.Sprintf("output %q {\n  value     = module.%[1]s\n  sensitive = true\n}\n\n", name)
	}

	c := earlierCLI(t, site, root)

	for name, text := range texts {
		folder := filepath.Join(c.dir, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}

		// One provider reads for all of them.
		c.write(filepath.Join(folder, "main.tf"), strings.Replace(text, "\nprovider \"bss\" {}\n", "\n", 1), 0o600)

		// A function reads a file beside it.
		if files, err := fs.Glob(earlier, "functions/"+name+"/*.json"); err == nil {
			for _, file := range files {
				content, err := fs.ReadFile(earlier, file)
				if err != nil {
					t.Fatal(err)
				}

				c.write(filepath.Join(folder, path.Base(file)), string(content), 0o600)
			}
		}
	}

	c.ok("get")
	c.applyOK()
	c.runsProvider(binary(t))
	c.planOK()

	changed := c.changedOutputs()
	if len(changed) == 0 {
		return
	}

	// What the earlier build does not read twice alike says nothing about ours.
	c.runsProvider(earlierBuild())
	c.planOK()

	byItself := c.changedOutputs()
	for name, values := range changed {
		if byItself[name] == "" {
			t.Errorf("%s reads something else than before:\n%s", name, values)
		} else {
			t.Logf("%s is different with each read, and is not compared", name)
		}
	}
}

// changedOutputs are those that the saved plan changes, with both values.
func (c *cli) changedOutputs() map[string]string {
	c.t.Helper()

	var plan struct {
		Changes map[string]struct {
			Actions []string        `json:"actions"`
			Before  json.RawMessage `json:"before"`
			After   json.RawMessage `json:"after"`
		} `json:"output_changes"`
	}

	if err := json.Unmarshal([]byte(c.ok("show", "-json", "tfplan")), &plan); err != nil {
		c.t.Fatal(err)
	}

	changed := map[string]string{}

	for name, change := range plan.Changes {
		if !slices.Equal(change.Actions, []string{"no-op"}) {
			changed[name] = fmt.Sprintf("%s\n%s", change.Before, change.After)
		}
	}

	return changed
}
