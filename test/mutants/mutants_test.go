// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"io"
	"regexp"
	"testing"
)

// Every mutant fits the tree, says why it matters, and its guards are many.
func TestTables(t *testing.T) {
	t.Parallel()

	all, err := load("../..")
	if err != nil {
		t.Fatal(err)
	}

	for _, one := range all {
		if one.Why == "" || one.Replace == one.With {
			t.Errorf("%s: it changes nothing, or says no reason", one)
		}
	}

	if len(all) < 80 {
		t.Errorf("%d mutants, want at least 80", len(all))
	}

	explored := 0

	for _, one := range all {
		if one.Explored != "" {
			explored++
		}
	}

	if explored < 20 {
		t.Errorf("the exploration alone has to notice %d mutants, want at least 20", explored)
	}

	every := regexp.MustCompile("")

	first, second := choose(all, every, 8, "a"), choose(all, every, 8, "b")
	if len(first) != 8 || first[0] == second[0] && first[1] == second[1] && first[2] == second[2] {
		t.Error("the seed does not change the sample")
	}
}

// A mutant that a test notices is killed, one that changes nothing survives, and one
// that does not compile is said to be none.
func TestJudge(t *testing.T) {
	t.Parallel()

	guard := mutant{
		Name: "no bound", File: "internal/spending/guard.go", Replace: "sum.Add(amount).Cmp(most) > 0", With: "false", Why: "the bound of a run",
	}

	for name, test := range map[string]struct {
		with, survives string
		want           outcome
	}{
		"broken guard":           {with: "false", want: killed},
		"the same":               {with: "most.Cmp(sum.Add(amount)) < 0", want: survived},
		"the same, with reason":  {with: "most.Cmp(sum.Add(amount)) < 0", survives: "it is the same", want: excused},
		"a reason that is wrong": {with: "false", survives: "nobody knows", want: broken},
		"no Go":                  {with: "nonsense", want: broken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			one := guard
			one.With, one.Survives = test.with, test.survives

			verdicts, err := try(t.Context(), io.Discard, "../..", []*mutant{&one}, 1, (*mutant).judge)
			if err != nil || len(verdicts) != 1 || verdicts[0].outcome != test.want {
				t.Errorf("%v, %v, want %s", verdicts, err, test.want)
			}
		})
	}
}

// What only takes too long, or dies outside any test, has noticed nothing.
func TestNoticed(t *testing.T) {
	t.Parallel()

	if test, found := noticed([]byte("panic: test timed out after 5m0s\n\trunning tests:\n\t\tTestPay (5m0s)\n")); found {
		t.Errorf("%s noticed a mutant that does not end", test)
	}

	if test, _ := noticed([]byte("ok\n    --- FAIL: TestPay/free (0.01s)\n--- FAIL: TestCap (0.02s)\n")); test != "TestPay/free" {
		t.Errorf("%q noticed", test)
	}
}

// The exploration has to notice what says so: a guard that only changes its words
// survives it.
func TestExplore(t *testing.T) {
	t.Parallel()

	if testing.Short() {
		t.Skip("it builds the exploration")
	}

	guard := mutant{
		Name: "no bound", File: "internal/spending/guard.go", Replace: "sum.Add(amount).Cmp(most) > 0", With: "most.Cmp(sum.Add(amount)) < 0",
		Why: "the bound of a run", Explored: "canceling",
	}

	verdicts, err := try(t.Context(), io.Discard, "../..", []*mutant{&guard}, 1, (*mutant).explore)
	if err != nil || len(verdicts) != 1 || verdicts[0].outcome != survived {
		t.Errorf("%v, %v", verdicts, err)
	}
}
