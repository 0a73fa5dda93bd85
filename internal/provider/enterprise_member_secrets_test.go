// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/catalog"
)

const secretMemberConfig = `
variable "password" {
  type      = string
  ephemeral = true
  sensitive = true
}

variable "verification_code" {
  type      = string
  ephemeral = true
  sensitive = true
}

resource "bss_enterprise_member" "this" {
  name                 = "team-c"
  organization_id      = "ou-data"
  mobile_phone         = "` + memberPhone + `"
  password_wo          = var.password
  verification_code_wo = var.verification_code
}
`

// secretMember is a talkative Terraform that creates a member with a code.
func secretMember(t *testing.T) (w *world, c *cli, secrets []string) {
	t.Helper()
	needs(t, catalog.WriteOnly())

	w = newMemberWorld(t, bsssim.Options{Settings: map[string]string{"refusals_echo": "on"}})
	code := w.memberCode(t)

	w.env["TF_LOG"], w.env["TF_LOG_PATH"] = "TRACE", filepath.Join(w.home, "trace.log")
	w.env["TF_VAR_password"], w.env["TF_VAR_verification_code"] = memberPassword, code
	w.env["HW_MAX_RETRIES"] = "1"

	return w, newCLI(t, w, secretMemberConfig), []string{memberPassword, code}
}

// noSecrets fails where a place holds a secret, as it is or encoded.
func noSecrets(t *testing.T, left map[string][]byte, secrets ...string) {
	t.Helper()

	for _, place := range slices.Sorted(maps.Keys(left)) {
		for _, secret := range secrets {
			forms := encodings(secret)
			if len(secret) < 9 {
				// So few digits are found in anything that is encoded.
				forms = forms[:1]
			}

			for _, form := range forms {
				if at := bytes.Index(left[place], []byte(form)); at >= 0 {
					t.Errorf("%s holds %q: …%q…", place, form, left[place][max(0, at-200):min(len(left[place]), at+50)])
				}
			}
		}
	}
}

// TestMemberSecretsStayOut creates a member, failures included, at the most talkative
// level, and searches everything that it leaves behind. The phone is in the state, which
// says so, and in no text.
func TestMemberSecretsStayOut(t *testing.T) {
	t.Parallel()

	w, c, secrets := secretMember(t)
	left := map[string][]byte{}

	// A wrong code is refused with a text that says all of it again.
	wrong := slices.Clone(c.env)
	c.env = append(c.env, "TF_VAR_verification_code=999999")

	_, refused := c.run("apply", "-input=false", "-no-color", "-auto-approve")
	left["output of refusal"] = []byte(refused)
	c.env = wrong

	if !strings.Contains(refused, "CBC.99000026") || !strings.Contains(refused, "[redacted]") || strings.Contains(refused, memberPhone) {
		t.Errorf("the refusal is not worded:\n%s", refused)
	}

	left["output of plan"] = []byte(c.ok("plan", "-input=false", "-no-color", "-out=tfplan"))
	left["plan as JSON"] = []byte(c.ok("show", "-json", "tfplan"))

	addFault(t, w, bsssim.Fault{Operation: "create_sub_customer", Kind: bsssim.FaultDropAfter})
	left["output of apply"] = []byte(c.ok("apply", "-input=false", "-no-color", "tfplan"))
	left["state as JSON"] = []byte(c.ok("show", "-json"))
	left["output of destroy plan"] = []byte(c.ok("plan", "-destroy", "-input=false", "-no-color"))

	gather(t, left, "file ", c.dir)
	unzip(t, left, filepath.Join(c.dir, "tfplan"))

	trace, err := os.ReadFile(w.env["TF_LOG_PATH"])
	if err != nil {
		t.Fatal(err)
	}

	left["log"] = trace

	journal, err := json.Marshal(w.Requests())
	if err != nil {
		t.Fatal(err)
	}

	dump, err := json.Marshal(w.World())
	if err != nil {
		t.Fatal(err)
	}

	left["journal"], left["world"] = journal, dump

	for _, place := range []string{
		"log", "output of apply", "plan as JSON", "plan file, tfplan", "state as JSON", "file terraform.tfstate", "world",
	} {
		if !bytes.Contains(left[place], []byte("team-c")) {
			t.Errorf("%s (%d bytes) says nothing of the member: it was not searched", place, len(left[place]))
		}
	}

	if !bytes.Contains(trace, []byte("operation=create_sub_customer")) {
		t.Error("the log has no creation")
	}

	noSecrets(t, left, secrets...)

	// The phone is recorded, and shown nowhere else.
	for _, place := range []string{
		"log", "output of plan", "output of refusal", "output of apply", "output of destroy plan", "journal", "world",
	} {
		if bytes.Contains(left[place], []byte(memberPhone)) {
			t.Errorf("%s holds the phone", place)
		}
	}
}

// TestMemberSecretsStayOutOfCrashes aborts the provider while it creates, and searches
// the dump of its goroutines.
func TestMemberSecretsStayOutOfCrashes(t *testing.T) {
	t.Parallel()

	w, c, secrets := secretMember(t)
	c.env = append(c.env, "GOTRACEBACK=system")

	addFault(t, w, bsssim.Fault{Operation: "create_sub_customer", Kind: bsssim.FaultDelayAfter, Delay: 3 * time.Second})

	apply, output := c.command("apply", "-no-color", "-input=false", "-auto-approve")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}

	until(t, "the member is made", func() bool { return len(w.membersNamed("team-c")) == 1 })
	c.signalProvider(syscall.SIGABRT)

	if err := apply.Wait(); err == nil {
		t.Error("the apply has succeeded")
	}

	trace, err := os.ReadFile(w.env["TF_LOG_PATH"])
	if err != nil {
		t.Fatal(err)
	}

	left := map[string][]byte{"log": trace, "output": output.Bytes()}
	gather(t, left, "file ", c.dir)

	for _, part := range []string{"SIGABRT", "goroutine ", "(*Client).CreateMember"} {
		if !bytes.Contains(trace, []byte(part)) {
			t.Errorf("the log (%d bytes) has no %q of the crash", len(trace), part)
		}
	}

	noSecrets(t, left, secrets...)
}
