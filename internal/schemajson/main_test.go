// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/bss-community/terraform-provider-bss/internal/provider"
)

// address is the name under which the test installs the provider.
const address = "example.com/bss-community/bss"

// TestSameAsTerraform holds what this command prints against what Terraform or
// OpenTofu prints for the same provider. Older ones know fewer kinds of
// things, so what they leave out is no difference.
func TestSameAsTerraform(t *testing.T) {
	t.Parallel()

	var printed bytes.Buffer
	if err := printSchema(t.Context(), &printed, providerserver.NewProtocol6(provider.New("docs")())()); err != nil {
		t.Fatal(err)
	}

	ours := kindsOf(t, printed.Bytes(), shortName)
	theirs := kindsOf(t, askTerraform(t), address)

	for _, required := range []string{"provider", "resource_schemas", "data_source_schemas"} {
		if theirs[required] == nil {
			t.Fatalf("Terraform printed no %s", required)
		}
	}
	for kind, want := range theirs {
		if diff := cmp.Diff(normal(want), normal(ours[kind])); diff != "" {
			t.Errorf("%s differs (-terraform +schemajson):\n%s", kind, diff)
		}
	}
}

// kindsOf takes what is printed about one provider apart, by kind.
func kindsOf(t *testing.T, printed []byte, name string) map[string]any {
	t.Helper()

	var document struct {
		Providers map[string]map[string]any `json:"provider_schemas"`
	}
	if err := json.Unmarshal(printed, &document); err != nil {
		t.Fatal(err)
	}

	return document.Providers[name]
}

// normal removes what says nothing: false, zero, and what is empty.
func normal(value any) any {
	switch value := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, inner := range value {
			if inner := normal(inner); inner != nil {
				out[key] = inner
			}
		}
		if len(out) == 0 {
			return nil
		}

		return out
	case []any:
		out := make([]any, 0, len(value))
		for _, inner := range value {
			out = append(out, normal(inner))
		}

		return out
	case bool:
		if !value {
			return nil
		}
	case float64:
		if value == 0 {
			return nil
		}
	}

	return value
}

// askTerraform builds the provider and has the command-line tool print its
// schema.
func askTerraform(t *testing.T) []byte {
	t.Helper()

	cli := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if cli == "" {
		var err error
		if cli, err = exec.LookPath("terraform"); err != nil {
			t.Fatalf("no Terraform, which make test finds or builds: %s", err)
		}
	}

	dir := t.TempDir()
	mirror := filepath.Join(dir, "mirror", filepath.FromSlash(address), "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
	binary := filepath.Join(mirror, "terraform-provider-bss_v0.0.1")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	run(t, "go", "build", "-o", binary, "../..")

	config := filepath.Join(dir, "cli.tfrc")
	write(t, config, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", filepath.Join(dir, "mirror")))
	write(
		t,
		filepath.Join(dir, "main.tf"),
		fmt.Sprintf("terraform {\n  required_providers {\n    bss = {\n      source = %q\n    }\n  }\n}\n", address),
	)

	terraform := func(args ...string) []byte {
		cmd := exec.CommandContext(t.Context(), cli, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "CHECKPOINT_DISABLE=1")

		return output(t, cmd)
	}
	terraform("init", "-backend=false", "-input=false")

	return terraform("providers", "schema", "-json")
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()

	output(t, exec.CommandContext(t.Context(), name, args...))
}

func output(t *testing.T, cmd *exec.Cmd) []byte {
	t.Helper()

	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %s\n%s%s", cmd, err, out, stderr.Bytes())
	}

	return out
}

func write(t *testing.T, name, content string) {
	t.Helper()

	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// BenchmarkSchema is what the provider does before Terraform asks it for
// anything else: start, and answer the schema.
func BenchmarkSchema(b *testing.B) {
	for b.Loop() {
		if err := printSchema(b.Context(), io.Discard, providerserver.NewProtocol6(provider.New("bench")())()); err != nil {
			b.Fatal(err)
		}
	}
}
