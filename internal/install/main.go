// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command install builds the provider and puts it where terraform init and tofu
// init look without any CLI configuration: their implied local mirrors. It puts
// the simulator where go install puts commands.
//
//	go run ./internal/install
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
)

const module = "github.com/bss-community/terraform-provider-bss"

// released is a version that init chooses. It passes over pre-releases unless a
// configuration names them.
var released = regexp.MustCompile(`^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$`)

func main() {
	version := flag.String("version", "0.0.1", "version that the provider is installed as and reports")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := install(ctx, *version, os.Stdout)

	stop()

	if err != nil {
		fmt.Fprintln(os.Stderr, "install:", err)
		os.Exit(1)
	}
}

// errNotReleased: Terraform finds no other versions in a folder.
var errNotReleased = errors.New("not a released version such as 0.0.1")

// install builds and installs both, and writes to out where they are.
func install(ctx context.Context, version string, out io.Writer) error {
	if !released.MatchString(version) {
		return fmt.Errorf("%w: %q", errNotReleased, version)
	}

	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}

	plugins, err := pluginsDir(runtime.GOOS, home, os.Getenv)
	if err != nil {
		return err
	}

	work, err := os.MkdirTemp("", "bss-install-")
	if err != nil {
		return err
	}

	defer func() { _ = os.RemoveAll(work) }()

	built, flags := filepath.Join(work, "provider"), "-X main.version="+version
	if err := run(ctx, "build", "-trimpath", "-ldflags", flags, "-o", built, module); err != nil {
		return err
	}

	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		path := filepath.Join(plugins, packagePath(host, version, runtime.GOOS, runtime.GOARCH))
		if err := replace(path, built); err != nil {
			return err
		}

		fmt.Fprintln(out, path)
	}

	if err := run(ctx, "install", "-trimpath", "-ldflags", flags, module+"/cmd/bss-sim"); err != nil {
		return err
	}

	// Where go install has put it.
	if err := run(ctx, "list", "-f", "{{.Target}}", module+"/cmd/bss-sim"); err != nil {
		return err
	}

	if _, err := exec.LookPath("bss-sim"); err != nil {
		fmt.Fprintln(out, "\nA shell does not find bss-sim: add its folder to PATH.")
	}

	// Init compares checksums, with -upgrade too.
	fmt.Fprintf(out, "\nThe provider %s and bss-sim are installed. Run terraform init. Where an earlier build of this "+
		"version was used, delete its block in .terraform.lock.hcl first.\n", version)

	return nil
}

// pluginsDir is the folder of a user's own providers, which both CLIs search.
func pluginsDir(goos, home string, getenv func(string) string) (string, error) {
	if goos == "windows" {
		roaming := getenv("APPDATA")
		if roaming == "" {
			return "", errors.New("APPDATA is not set")
		}

		return filepath.Join(roaming, "terraform.d", "plugins"), nil
	}

	config := filepath.Join(home, ".terraform.d")
	if _, err := os.Stat(config); err == nil || getenv("XDG_CONFIG_HOME") == "" && getenv("XDG_DATA_HOME") == "" {
		return filepath.Join(config, "plugins"), nil
	}

	// If OpenTofu follows XDG, a new ~/.terraform.d would hide the credentials
	// and plugins that it has elsewhere. Both CLIs search the data folder, too.
	if goos == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "io.terraform", "plugins"), nil
	}

	data := getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) {
		data = filepath.Join(home, ".local", "share")
	}

	return filepath.Join(data, "terraform", "plugins"), nil
}

// packagePath is where a mirror has the provider's binary.
func packagePath(host, version, goos, goarch string) string {
	name := "terraform-provider-bss_v" + version
	if goos == "windows" {
		name += ".exe"
	}

	return filepath.Join(host, "bss-community", "bss", version, goos+"_"+goarch, name)
}

// replace puts a copy of the file source at path in one step, also while the
// file that was there is running.
func replace(path, source string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // others may run it, as with any other command
		return err
	}

	content, err := os.ReadFile(source)
	if err != nil {
		return err
	}

	// Its name must not begin like that of a provider.
	fresh := filepath.Join(dir, "new-"+filepath.Base(path))
	if err := os.WriteFile(fresh, content, 0o755); err != nil { //nolint:gosec // it is a program
		return err
	}

	if err := os.Rename(fresh, path); err != nil {
		return errors.Join(err, os.Remove(fresh))
	}

	return nil
}

// run runs the go command.
func run(ctx context.Context, args ...string) error {
	command := exec.CommandContext(ctx, "go", args...)
	command.Stdout, command.Stderr = os.Stdout, os.Stderr

	if err := command.Run(); err != nil {
		return fmt.Errorf("go %s: %w", args[0], err)
	}

	return nil
}
