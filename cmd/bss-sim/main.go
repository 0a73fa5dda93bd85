// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command bss-sim runs the simulator of Huawei Cloud BSS on the loopback
// interface. When it listens, it prints one line of JSON with the endpoint and
// the credentials that it accepts, or with -env the lines of shell that give them
// to the provider, and take away what would lead it elsewhere. Then it closes its
// standard output, and serves until it is interrupted:
//
//	eval "$(bss-sim -env &)"
//
// If it cannot start, those lines fail, and leave the shell without any keys.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
	"github.com/bss-community/terraform-provider-bss/internal/buildinfo"
)

// version and commit are set by the release build.
var version, commit string

func main() {
	ends := []os.Signal{syscall.SIGTERM}
	// A shell has what it runs in the background ignore the interrupts of others.
	if !signal.Ignored(syscall.SIGINT) {
		ends = append(ends, syscall.SIGINT)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errVersion):
		fmt.Fprintln(os.Stdout, "bss-sim", buildinfo.Of(version, commit))
	case err != nil:
		fmt.Fprintln(os.Stderr, "bss-sim:", err)
		if wantsEnv(os.Args[1:]) {
			// Where it ran before, its standard output is closed, and nobody reads on.
			_, _ = io.WriteString(os.Stdout, failureLines())
		}
		os.Exit(1)
	}
}

// ready is the line that tells how to reach the simulator.
type ready struct {
	Endpoint  string `json:"endpoint"`
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
	DomainID  string `json:"domain_id"`
	Site      string `json:"site"`
}

func run(ctx context.Context, arguments []string, stdout io.WriteCloser, stderr io.Writer) error {
	options, env, err := parse(arguments, stderr)
	if err != nil {
		return err
	}
	server, err := bsssim.New(options) //nolint:contextcheck // It lives until Close.
	if err != nil {
		return err
	}
	credentials := server.Credentials()
	told := ready{
		Endpoint: server.URL(), AccessKey: credentials.AccessKey, SecretKey: credentials.SecretKey,
		DomainID: credentials.DomainID, Site: server.Site(),
	}
	if env {
		_, err = io.WriteString(stdout, told.lines())
	} else {
		err = json.NewEncoder(stdout).Encode(told) //nolint:gosec // The key opens the simulator alone.
	}
	// The shell that substitutes this command waits until nothing can follow.
	if err = errors.Join(err, stdout.Close()); err == nil {
		<-ctx.Done()
	}

	return errors.Join(err, server.Close())
}

// errVersion says that the version is wanted, and no simulator.
var errVersion = errors.New("the version is wanted")

func parse(arguments []string, stderr io.Writer) (options bsssim.Options, env bool, err error) {
	options.Settings = map[string]string{}
	flags := flag.NewFlagSet("bss-sim", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&env, "env", false, "print lines of shell, to eval, in place of JSON")
	flags.StringVar(&options.Addr, "addr", "127.0.0.1:0", "`address` to listen on, of the loopback interface")
	flags.StringVar(&options.Site, "site", bsssim.SiteInternational, "china, international or europe")
	flags.StringVar(&options.Seed, "seed", "demo", "demo, empty, or the `path` of a world file")
	flags.DurationVar(&options.Latency, "latency", 0, "wait before each call")
	flags.StringVar(&options.Quota, "quota", "published", "published or off")
	flags.StringVar(&options.StateFile, "state", "", "`file` that keeps the world")
	flags.Func(
		"generate",
		"numbers of objects to invent, as `resources=1000,attached=2,orders=10000,bill_lines=100000,packages=100,members=1000`",
		func(text string) (err error) {
			options.Generate, err = bsssim.ParseGenerate(text)

			return err
		},
	)
	flags.Func("now", "where simulated time starts, as `RFC3339` (default: real time)", func(text string) (err error) {
		options.Now, err = time.Parse(time.RFC3339, text)

		return err
	})
	flags.Func("processing", "how long a paid order is processed, as `reads=2` or duration=5s", func(text string) (err error) {
		options.Processing, err = bsssim.ParseTransition(text)

		return err
	})
	flags.Func("lag", "how long reads answer the state before a change, as `reads=2` or duration=2s", func(text string) (err error) {
		options.Lag, err = bsssim.ParseTransition(text)

		return err
	})
	flags.Func("set", "a setting, as `NAME=VALUE`; may be repeated", func(text string) error {
		name, value, found := strings.Cut(text, "=")
		if !found {
			return errors.New("want NAME=VALUE")
		}
		options.Settings[name] = value

		return nil
	})
	tell := flags.Bool("version", false, "print version and commit")
	if err := flags.Parse(arguments); err != nil {
		return options, env, err
	}
	if *tell {
		return options, env, errVersion
	}
	if flags.NArg() > 0 {
		return options, env, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}

	return options, env, nil
}
