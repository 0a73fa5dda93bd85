// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// tools are what the works run.
type tools struct {
	// cli is the path of Terraform or OpenTofu.
	cli string
	// provider is the path of the provider's binary.
	provider string
	// pagewise builds the command that reads with the vendor's SDK, once, and
	// returns its path.
	pagewise func() (string, error)
	// config is the path of a CLI configuration that leads to it.
	config string
	// dir is a folder to leave things in.
	dir string
}

// program is the file name of a command.
func program(name string) string {
	if runtime.GOOS == "windows" {
		return name + ".exe"
	}

	return name
}

// buildTools builds the provider much as a release does, if none is given.
func buildTools(ctx context.Context, dir, provider string) (tools, error) {
	t := tools{
		cli:      os.Getenv("TF_ACC_TERRAFORM_PATH"),
		provider: filepath.Join(dir, "bin", program("terraform-provider-bss")),
		config:   filepath.Join(dir, "cli.tfrc"),
		dir:      dir,
	}
	t.pagewise = sync.OnceValues(func() (string, error) { return buildPagewise(ctx, dir) })
	for _, name := range []string{"terraform", "tofu"} {
		if found, err := exec.LookPath(name); err == nil && t.cli == "" {
			t.cli = found
		}
	}
	if t.cli == "" {
		return t, errors.New("neither terraform nor tofu is on PATH; make bench sees to that")
	}
	if provider == "" {
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", t.provider, //nolint:gosec // a folder of our own
			"github.com/bss-community/terraform-provider-bss")
		if output, err := build.CombinedOutput(); err != nil {
			return t, fmt.Errorf("building the provider: %w\n%s", err, output)
		}
	} else {
		var err error
		if t.provider, err = filepath.Abs(provider); err != nil {
			return t, err
		}
	}
	content := fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"bss-community/bss\" = %q\n  }\n  direct {}\n}\n",
		filepath.Dir(t.provider),
	)

	return t, os.WriteFile(t.config, []byte(content), 0o600)
}

// account is a simulated customer.
type account struct{ *bsssim.Server }

// generated is when each account begins, so that all are the same.
var generated = time.Date(2026, time.November, 22, 0, 0, 0, 0, time.UTC)

// newAccount makes an account that lives until ctx is done.
func newAccount(ctx context.Context, options bsssim.Options) (account, error) {
	options.Now = generated
	server, err := bsssim.New(options) //nolint:contextcheck // it takes none
	if err != nil {
		return account{}, err
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })

	return account{server}, nil
}

// workspace is a folder with a configuration and its state.
type workspace struct {
	tools
	// path is the folder.
	path string
	// reattach leads to a provider that runs already; if empty, Terraform
	// starts its own.
	reattach string
}

// newWorkspace writes a configuration into a folder of its own.
func (t tools) newWorkspace(configuration string) (workspace, error) {
	path, err := os.MkdirTemp(t.dir, "workspace-")
	if err != nil {
		return workspace{}, err
	}
	content := "terraform {\n  required_providers {\n    bss = { source = \"bss-community/bss\" }\n  }\n}\n\n" + configuration

	return workspace{tools: t, path: path}, os.WriteFile(filepath.Join(path, "main.tf"), []byte(content), 0o600)
}

// environment leads to an account, as that of a pipeline does.
func (w workspace) environment(a account) []string {
	keys := a.Credentials()

	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + w.path, "USERPROFILE=" + w.path, "TMPDIR=" + os.TempDir(), "TEMP=" + os.TempDir(),
		"TF_CLI_CONFIG_FILE=" + w.config, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1",
		"BSS_ENDPOINT=" + a.URL(), "HW_ACCESS_KEY=" + keys.AccessKey, "HW_SECRET_KEY=" + keys.SecretKey,
	}
}

// run runs a command of Terraform against an account, and returns how long it
// took.
func (w workspace) run(ctx context.Context, a account, args ...string) (time.Duration, error) {
	command := exec.CommandContext(ctx, w.cli, args...) //nolint:gosec // the path comes from make bench
	command.Dir = w.path
	command.Env = w.environment(a)
	if w.reattach != "" {
		command.Env = append(command.Env, "TF_REATTACH_PROVIDERS="+w.reattach)
	}
	clock := bssapi.SystemClock()
	start := clock.Now()
	output, err := command.CombinedOutput()
	wall := clock.Now().Sub(start)
	if err != nil {
		err = fmt.Errorf("terraform %v: %w\n%s", args, err, output)
	}

	return wall, err
}

// unchanged fails unless a plan reads everything and finds nothing to do. It
// returns how long that took.
func (w workspace) unchanged(ctx context.Context, a account) (time.Duration, error) {
	return w.run(ctx, a, "plan", "-no-color", "-input=false", "-detailed-exitcode")
}

// plan saves a plan.
func (w workspace) plan(ctx context.Context, a account) error {
	_, err := w.run(ctx, a, "plan", "-no-color", "-input=false", "-out=tfplan")

	return err
}

// apply applies the saved plan, and returns how long that took.
func (w workspace) apply(ctx context.Context, a account, parallelism int) (time.Duration, error) {
	return w.run(ctx, a, "apply", "-no-color", "-input=false", "-parallelism="+strconv.Itoa(parallelism), "tfplan")
}
