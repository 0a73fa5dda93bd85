// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-bss serves the provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/bss-community/terraform-provider-bss/internal/buildinfo"
	"github.com/bss-community/terraform-provider-bss/internal/provider"
)

// version and commit are set by the release build.
var version, commit string

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger can be attached")
	tell := flag.Bool("version", false, "print version and commit")
	flag.Parse()

	build := buildinfo.Of(version, commit)
	if *tell {
		fmt.Fprintln(os.Stdout, "terraform-provider-bss", build)

		return
	}

	err := providerserver.Serve(context.Background(), provider.New(build.Agent()), providerserver.ServeOpts{
		Address: "registry.terraform.io/bss-community/bss",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
