// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// workflowStep is a step of the workflow that runs a shell.
var workflowStep = regexp.MustCompile(`(?m)^      - name: (.+)\n(?:        .*\n)*?        run: \|\n((?:          .*\n?)+)`)

// comments are those of a pull request, as the API of GitHub keeps them.
type comments struct {
	bodies []string
	calls  []string
}

func (c *comments) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.calls = append(c.calls, r.Method+" "+r.URL.Path)

	if r.Header.Get("Authorization") != "Bearer token" {
		http.Error(w, "who?", http.StatusUnauthorized)

		return
	}

	var sent struct {
		Body string `json:"body"`
	}

	if r.Method != http.MethodGet && json.NewDecoder(r.Body).Decode(&sent) != nil {
		http.Error(w, "what?", http.StatusBadRequest)

		return
	}

	const all, one = "/repos/owner/name/issues/7/comments", "/repos/owner/name/issues/comments/"

	switch {
	case r.Method == http.MethodGet && r.URL.Path == all:
		// A person who writes the same words is none of ours.
		list := []map[string]any{{"id": 900, "user": map[string]any{"type": "User"}, "body": "<!-- bss-plan-report -->"}}
		if r.URL.Query().Get("page") == "1" {
			for len(list) < 100 {
				list = append(list, list[0])
			}
		} else {
			for i, body := range c.bodies {
				list = append(list, map[string]any{"id": 1000 + i, "user": map[string]any{"type": "Bot"}, "body": body})
			}
		}

		_ = json.NewEncoder(w).Encode(list) //nolint:errchkjson // the caller sees what is missing
	case r.Method == http.MethodPost && r.URL.Path == all:
		c.bodies = append(c.bodies, sent.Body)
	case r.Method == http.MethodPatch && r.URL.Path == one+"1000":
		c.bodies[0] = sent.Body
	default:
		http.NotFound(w, r)
	}
}

// testPullRequest runs the shell steps of the workflow, as they are shown.
func testPullRequest(t *testing.T) {
	t.Helper()
	needsUnix(t, "the steps are of bash on Linux")

	w := newRichWorld(t, bsssim.Options{})
	c := newCLI(t, w, "")

	text, err := fs.ReadFile(examples, "stacks/pull-request/workflow.yml")
	if err != nil {
		t.Fatal(err)
	}

	steps := map[string]string{}
	for _, found := range workflowStep.FindAllStringSubmatch(string(text), -1) {
		steps[found[1]] = strings.ReplaceAll("\n"+found[2], "\n          ", "\n")
	}

	// A checkout, in which init finds the provider without a registry.
	checkout, temp := t.TempDir(), t.TempDir()

	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(temp, "mirror", host, "bss-community", "bss", "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}

		if err := os.Symlink(binary(t), filepath.Join(folder, "terraform-provider-bss_v0.0.1")); err != nil {
			t.Fatal(err)
		}
	}

	c.dir = filepath.Join(checkout, "pull-request")
	infra := filepath.Join(checkout, "infra")

	for _, folder := range []string{c.dir, infra, filepath.Join(temp, "bin")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}

	c.copies("stacks/pull-request")
	c.write(filepath.Join(temp, "rc"), fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n",
		filepath.Join(temp, "mirror")), 0o600)

	if err := os.Symlink(c.path, filepath.Join(temp, "bin", "terraform")); err != nil {
		t.Fatal(err)
	}

	page := &comments{}

	server := httptest.NewServer(page)
	t.Cleanup(server.Close)

	run := func(name string, env ...string) (bool, string) {
		t.Helper()

		if steps[name] == "" {
			t.Fatalf("the workflow has no step %s", name)
		}

		command := exec.CommandContext(t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", steps[name])
		command.Dir = checkout
		command.Env = append(append(c.env, "TF_CLI_CONFIG_FILE="+filepath.Join(temp, "rc"), "RUNNER_TEMP="+temp, "GITHUB_API_URL="+server.URL,
			"GITHUB_REPOSITORY=owner/name", "PATH="+filepath.Join(temp, "bin")+":"+os.Getenv("PATH")), env...)

		output, err := command.CombinedOutput()

		return err == nil, string(output)
	}
	ok := func(name string, env ...string) {
		t.Helper()

		if ok, output := run(name, env...); !ok {
			t.Fatalf("%s: %s", name, output)
		}
	}

	c.dir = infra
	c.configure(reviewedPlan(w, 40))
	ok("Plan")
	ok("Report")
	ok("Comment", "GH_TOKEN=token", "NUMBER=7")

	if len(page.bodies) != 1 || !strings.HasPrefix(page.bodies[0], "<!-- bss-plan-report -->\n### What") ||
		!strings.Contains(page.bodies[0], "**Charged on apply: 99.70 USD.**") {
		t.Fatalf("the comment is %q", page.bodies)
	}

	for limit, want := range map[string]string{"MAX=99.70": "", "MAX=99.69": "99.7 USD can be charged, and 99.69 are allowed\n"} {
		if ok, output := run("Limit", limit, "CURRENCY=USD"); ok != (want == "") || output != want {
			t.Errorf("%s: %t, %q", limit, ok, output)
		}
	}

	if ok, output := run("Limit", "MAX=500", "CURRENCY=CNY"); ok || !strings.Contains(output, "another currency than CNY") {
		t.Errorf("another currency: %t, %s", ok, output)
	}

	testPolicy(t, run, "bss_unsubscription.old deletes")

	// Another push: the comment is updated.
	c.configure("")
	ok("Plan")
	ok("Report")
	ok("Comment", "GH_TOKEN=token", "NUMBER=7")

	if len(page.bodies) != 1 || !strings.Contains(page.bodies[0], "**The plan states no charge on apply.**") {
		t.Errorf("the comments are %q, after %v", page.bodies, page.calls)
	}

	ok("Limit", "MAX=0", "CURRENCY=USD")
	testPolicy(t, run, "")

	if w.mutations() != 0 {
		t.Errorf("%d mutating calls", w.mutations())
	}
}

// testPolicy runs the policy where conftest is on PATH or was built below build; .ci/run
// builds it.
func testPolicy(t *testing.T, run func(string, ...string) (bool, string), denies string) {
	t.Helper()

	folder, err := filepath.Abs("../../build/tools")
	if err != nil {
		t.Fatal(err)
	}

	path := os.Getenv("PATH") + ":" + folder
	if _, err := os.Stat(filepath.Join(folder, "conftest")); err != nil {
		if _, err := exec.LookPath("conftest"); err != nil {
			t.Log("NOT CHECKED: the policy, as there is no conftest; make build/tools/conftest builds it")

			return
		}
	}

	if ok, output := run("Policy", "PATH="+path); ok != (denies == "") || !strings.Contains(output, denies) {
		t.Errorf("the policy: %t, %s", ok, output)
	}
}
