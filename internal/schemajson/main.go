// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command schemajson prints the schema of this provider in the form of
// "terraform providers schema -json", so that the documentation of everything
// the provider has, list resources and actions included, is generated whatever
// command-line tool is installed, or none.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/bss-community/terraform-provider-bss/internal/provider"
)

// shortName is the key under which the documentation generator looks.
const shortName = "bss"

func main() {
	server := providerserver.NewProtocol6(provider.New("docs")())()

	if err := printSchema(context.Background(), os.Stdout, server); err != nil {
		log.Fatal(err)
	}
}

// printSchema asks the server for its schemas over the plugin protocol and
// writes them to w.
func printSchema(ctx context.Context, w io.Writer, server tfprotov6.ProviderServer) error {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return fmt.Errorf("get provider schema: %w", err)
	}
	if err := firstError(schemas.Diagnostics); err != nil {
		return fmt.Errorf("get provider schema: %w", err)
	}

	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return fmt.Errorf("get resource identity schemas: %w", err)
	}
	if err := firstError(identities.Diagnostics); err != nil {
		return fmt.Errorf("get resource identity schemas: %w", err)
	}

	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")

	return encoder.Encode(document{
		FormatVersion: "1.0",
		Providers: map[string]providerJSON{shortName: {
			Provider:           schemaOf(schemas.Provider),
			Resources:          mapValues(schemas.ResourceSchemas, schemaOf),
			DataSources:        mapValues(schemas.DataSourceSchemas, schemaOf),
			EphemeralResources: mapValues(schemas.EphemeralResourceSchemas, schemaOf),
			ListResources:      mapValues(schemas.ListResourceSchemas, schemaOf),
			Actions: mapValues(schemas.ActionSchemas, func(a *tfprotov6.ActionSchema) *schemaJSON {
				return schemaOf(a.Schema)
			}),
			Functions:  mapValues(schemas.Functions, functionOf),
			Identities: mapValues(identities.IdentitySchemas, identityOf),
		}},
	})
}

func firstError(diagnostics []*tfprotov6.Diagnostic) error {
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			return errors.New(d.Summary + ": " + d.Detail)
		}
	}

	return nil
}

func mapValues[In, Out any](in map[string]In, convert func(In) Out) map[string]Out {
	out := make(map[string]Out, len(in))
	for name, value := range in {
		out[name] = convert(value)
	}

	return out
}
