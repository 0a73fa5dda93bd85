// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-bss serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

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

	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}

	// Not providerserver.Serve, which would bring all of protocol 5 along: half a megabyte.
	server := providerserver.NewProtocol6(provider.New(build.Agent())())
	if err := tf6server.Serve("registry.terraform.io/bss-community/bss", server, options...); err != nil {
		log.Fatal(err)
	}
}
