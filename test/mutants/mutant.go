// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsimple"
)

// exploration is where all orders of events are gone through.
const exploration = "./internal/explore"

//go:embed *.hcl
var tables embed.FS

// mutant is one guard, broken.
type mutant struct {
	Name string `hcl:"name,label"`
	// File is where Replace stands, once, in the place of which With is put.
	File    string `hcl:"file"`
	Replace string `hcl:"replace"`
	With    string `hcl:"with"`
	// Why is what the guard is for.
	Why string `hcl:"why"`
	// Tests are the packages that are to notice, in this order, after that of the
	// file. After a space comes which of its tests, as a regular expression. The
	// package of the file is not run whole where it is among them.
	Tests []string `hcl:"tests,optional"`
	// Explored is the act of which the exploration alone is to notice, with its
	// reductions and without them; empty where that is not said.
	Explored string `hcl:"explored,optional"`
	// Survives is why no test notices, empty where one has to.
	Survives string `hcl:"survives,optional"`
}

func (m *mutant) String() string { return m.File + ": " + m.Name }

// mutated is the file with the guard broken.
func (m *mutant) mutated(root string) ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(root, m.File))
	if err != nil {
		return nil, err
	}

	if count := strings.Count(string(text), m.Replace); count != 1 {
		return nil, fmt.Errorf("%s: what it replaces stands there %d times, not once", m, count)
	}

	return []byte(strings.Replace(string(text), m.Replace, m.With, 1)), nil
}

// explorations are the tests of which each has to notice, with reductions and without.
func (m *mutant) explorations() []trial {
	told := []string{"-explore.only=" + m.Explored + ",", "-explore.budget=240s"}

	return []trial{
		{folder: exploration, only: "TestExplore$", arguments: told},
		{folder: exploration, only: "TestExplore$", arguments: append(told, "-explore.whole")},
	}
}

// load reads the tables, in which every mutant has to fit the tree.
func load(root string) ([]*mutant, error) {
	names, err := fs.Glob(tables, "*.hcl")
	if err != nil {
		return nil, err
	}

	var all []*mutant

	for _, name := range names {
		text, err := tables.ReadFile(name)
		if err != nil {
			return nil, err
		}

		var table struct {
			Mutants []*mutant `hcl:"mutant,block"`
		}
		if err := hclsimple.Decode(name, text, nil, &table); err != nil {
			return nil, err
		}

		all = append(all, table.Mutants...)
	}

	var failures []error

	seen := map[string]bool{}

	for _, one := range all {
		if seen[one.String()] {
			failures = append(failures, fmt.Errorf("%s stands there twice", one))
		}

		seen[one.String()] = true

		if _, err := one.mutated(root); err != nil {
			failures = append(failures, err)
		}
	}

	return all, errors.Join(failures...)
}

// trials are the tests of which one has to notice.
func (m *mutant) trials() []trial {
	var all []trial

	for _, tests := range m.Tests {
		folder, only, _ := strings.Cut(tests, " ")
		all = append(all, trial{folder: folder, only: only})
	}

	own := "./" + filepath.ToSlash(filepath.Dir(m.File))
	if slices.ContainsFunc(all, func(one trial) bool { return one.folder == own }) {
		return all
	}

	return append([]trial{{folder: own}}, all...)
}

// choose takes those that match, and of them a sample: another one for each seed.
func choose(all []*mutant, pattern *regexp.Regexp, sample int, seed string) []*mutant {
	chosen := slices.DeleteFunc(slices.Clone(all), func(m *mutant) bool { return !pattern.MatchString(m.String()) })
	if sample == 0 || sample >= len(chosen) {
		return chosen
	}

	rank := func(m *mutant) string {
		sum := sha256.Sum256([]byte(seed + m.String()))

		return string(sum[:])
	}

	slices.SortFunc(chosen, func(a, b *mutant) int { return cmp.Compare(rank(a), rank(b)) })

	return chosen[:sample]
}
