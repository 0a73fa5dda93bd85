// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command platforms checks the types of packages and of their tests as other
// platforms see them. It finds numbers that do not fit 32 bits, and names that
// only one system has. It compiles nothing, which takes a fraction of the time of
// go vet.
//
//	platforms windows/amd64,linux/386 ./...
package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: platforms GOOS/GOARCH,... PACKAGE ...")
		os.Exit(2)
	}

	status := 0

	for platform := range strings.SplitSeq(os.Args[1], ",") {
		count, err := check(".", platform, os.Args[2:]...)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s:\n%v\n", platform, err)

			status = 1
		}

		fmt.Fprintf(os.Stdout, "%s: %d packages, tests included\n", platform, count)
	}

	os.Exit(status)
}

// check loads the packages of the module in dir for a platform. It returns how
// many there are, and what is wrong with them.
func check(dir, platform string, patterns ...string) (int, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return 0, err
	}

	system, architecture, _ := strings.Cut(platform, "/")

	loaded, err := packages.Load(&packages.Config{
		Mode:      packages.NeedImports | packages.NeedDeps | packages.NeedSyntax | packages.NeedTypes,
		Dir:       root,
		Env:       append(os.Environ(), "GOOS="+system, "GOARCH="+architecture, "CGO_ENABLED=0"),
		Tests:     true,
		ParseFile: parseBelow(root),
	}, patterns...)
	if err != nil {
		return 0, err
	}

	var problems []error

	for _, p := range loaded {
		// The main package of a test is made by go test, and lies elsewhere.
		if strings.HasSuffix(p.ID, ".test") {
			continue
		}

		for _, problem := range p.Errors {
			problems = append(problems, problem)
		}
	}

	return len(loaded), errors.Join(problems...)
}

// parseBelow parses files. Those outside of root, which are of other modules,
// lose the bodies of their functions: only their declarations matter here.
func parseBelow(root string) func(*token.FileSet, string, []byte) (*ast.File, error) {
	return func(files *token.FileSet, name string, source []byte) (*ast.File, error) {
		file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
		if err != nil || strings.HasPrefix(name, root+string(filepath.Separator)) {
			return file, err
		}

		for _, declaration := range file.Decls {
			if function, is := declaration.(*ast.FuncDecl); is {
				function.Body = nil
			}
		}

		return file, nil
	}
}
