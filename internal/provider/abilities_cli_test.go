// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

// commandLine is the name and the minor version of the CLI that tests run.
func commandLine(t *testing.T) (name string, minor int) {
	t.Helper()

	said, err := exec.CommandContext(t.Context(), cliPath(t), "version").Output()
	if err != nil {
		t.Fatal(err)
	}

	version := regexp.MustCompile(`(Terraform|OpenTofu) v1\.(\d+)\.`).FindStringSubmatch(string(said))
	if version == nil {
		t.Fatalf("neither Terraform nor OpenTofu says: %s", said)
	}

	minor, err = strconv.Atoi(version[2])
	if err != nil {
		t.Fatal(err)
	}

	return version[1], minor
}

// can says whether the table on the first page has it that the CLI can.
func can(t *testing.T, one catalog.Ability) bool {
	t.Helper()

	name, minor := commandLine(t)

	return one.Of(name == "Terraform", minor)
}

// needs leaves a test out where the CLI cannot do what it is about.
func needs(t *testing.T, one catalog.Ability) {
	t.Helper()

	if !can(t, one) {
		name, minor := commandLine(t)
		t.Skipf("%s: this is %s 1.%d, and it needs %s", one.For, name, minor, one.Needs())
	}
}

// TestAbilities holds each row of the table of command lines against the CLI: it does
// what the table says it can, and nothing of what it says it cannot.
func TestAbilities(t *testing.T) {
	t.Parallel()

	policy := func(typeName, argument string) string {
		return fmt.Sprintf("resource %q \"web\" {\n  resource_id = %q\n  %s\n}\n", typeName, demoID(4), argument)
	}

	// Each answers the exit code of the last command that has to succeed.
	tries := map[catalog.Ability]func(c *cli) (int, string){
		catalog.Everything(): func(c *cli) (int, string) {
			c.configure(policy(typeAutorenew, "enabled = true"))

			return c.run("plan", "-no-color")
		},
		catalog.NullArguments(): func(c *cli) (int, string) {
			c.configure(`output "none" { value = provider::bss::format_amount(null) == null }`)

			return c.run("plan", "-no-color")
		},
		catalog.Moves(): func(c *cli) (int, string) {
			c.configure(policy(typeAutorenew, "enabled = true"))
			c.applyOK()
			c.configure(policy(typeExpiryPolicy, `policy = "auto_renew"`) + "moved {\n  from = bss_autorenew.web\n  to = bss_expiry_policy.web\n}\n")

			if code, output := c.run("apply", "-no-color", "-auto-approve"); code != 0 {
				return code, output
			}

			return c.run("plan", "-no-color", "-detailed-exitcode")
		},
		catalog.EphemeralVariables(): func(c *cli) (int, string) {
			c.configure("variable \"password\" {\n  type = string\n  ephemeral = true\n}\n")

			return c.run("validate", "-no-color")
		},
		catalog.WriteOnly(): func(c *cli) (int, string) {
			c.configure("resource \"bss_enterprise_member\" \"this\" {\n  name = \"team-c\"\n  organization_id = \"ou-data\"\n" +
				"  use_primary_phone = true\n  password_wo = \"" + memberPassword + "\"\n}\n")

			return c.run("validate", "-no-color")
		},
		catalog.IdentityImports(): func(c *cli) (int, string) {
			c.configure(policy(typeAutorenew, "enabled = true") +
				fmt.Sprintf("import {\n  to = bss_autorenew.web\n  identity = { resource_id = %q }\n}\n", demoID(4)))

			if code, output := c.run("apply", "-no-color", "-auto-approve"); code != 0 {
				return code, output
			}

			return c.run("plan", "-no-color", "-detailed-exitcode")
		},
		catalog.Actions(): func(c *cli) (int, string) {
			c.configure("action \"bss_order_cancel\" \"one\" {\n  config {\n    order_id = \"CS2611220000003\"\n  }\n}\n")

			return c.run("apply", "-no-color", "-auto-approve", "-invoke=action.bss_order_cancel.one")
		},
		catalog.Queries(): func(c *cli) (int, string) {
			c.write(filepath.Join(c.dir, "all.tfquery.hcl"), "list \"bss_autorenew\" \"all\" {\n  provider = bss\n  config {}\n}\n", 0o600)

			return c.run("query", "-no-color")
		},
	}

	for _, one := range catalog.Abilities() {
		t.Run(one.For, func(t *testing.T) {
			t.Parallel()

			try := tries[one]
			if try == nil {
				t.Fatal("nothing here tries it")
			}

			c := newCLI(t, newWorld(t, bsssim.Options{Seed: "demo", Site: "china"}), "")

			if code, output := try(c); (code == 0) != can(t, one) {
				t.Errorf("it needs %s, says the table, and this CLI exits with %d:\n%s", one.Needs(), code, output)
			}
		})
	}
}
