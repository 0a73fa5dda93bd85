// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command docpages completes the pages that the documentation generator rendered
// from the schema: where each stands in the registry, what it costs and deletes, which
// permission, calls and sites it has, what undoes it, and what to read next. It also
// turns links between the pages into ones that work in the registry and on the web.
//
//	docpages DIR
//
// A link to a page, a heading or a file that is not there is an error.
package main

import (
	"errors"
	"io/fs"
	"log"
	"os"
	"path"
	"strings"
)

var errNoPages = errors.New("no pages")

func main() {
	log.SetFlags(0)

	if len(os.Args) != 2 {
		log.Fatal("usage: docpages DIR")
	}

	dir, err := os.OpenRoot(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}

	if err := complete(dir); err != nil {
		log.Fatal(err)
	}
}

// complete rewrites every page below dir.
func complete(dir *os.Root) error {
	pages, err := load(dir.FS())
	if err != nil {
		return err
	}

	for name, text := range pages {
		if pages[name], err = completed(name, text); err != nil {
			return err
		}
	}

	site := siteOf(pages)

	var broken []error

	for name, text := range pages {
		linked, err := site.linked(name, text)
		broken = append(broken, err)

		if err := dir.WriteFile(name, []byte(linked), 0o600); err != nil {
			return err
		}
	}

	return errors.Join(broken...)
}

// load reads the pages below dir, by their path such as "resources/renewal.md".
func load(dir fs.FS) (map[string]string, error) {
	pages := map[string]string{}

	err := fs.WalkDir(dir, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".md" {
			return err
		}

		text, err := fs.ReadFile(dir, name)
		pages[name] = string(text)

		return err
	})
	if err == nil && len(pages) == 0 {
		err = errNoPages
	}

	return pages, err
}

// typeOf is the name of what a page is about: "bss_renewal", or "csvencode". It is ""
// for guides and the index.
func typeOf(page string) string {
	name := strings.TrimSuffix(path.Base(page), ".md")

	switch path.Dir(page) {
	case "guides", ".":
		return ""
	case "functions":
		return name
	default:
		return "bss_" + name
	}
}
