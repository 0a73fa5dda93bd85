// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// origin is a place in the code that makes a message. What only a run knows of its
// texts is an ellipsis in them.
type origin struct {
	// name is the function and the summary, and a number if it makes several so.
	name            string
	summary, detail template
	// says and explains are what they read like.
	says, explains *regexp.Regexp
}

const ellipsis = "…"

// template is a text as the code has it, with ellipses.
type template string

// letters counts what is known of the text.
func (t template) letters() int { return len(strings.ReplaceAll(string(t), ellipsis, "")) }

func (t template) pattern() string {
	var parts []string
	for _, part := range strings.Split(string(t), ellipsis) {
		parts = append(parts, regexp.QuoteMeta(part))
	}

	return "(?s)" + strings.Join(parts, ".*")
}

// matches says how much of a text is known from the template, below zero if it is
// another. A warning can have its subject behind its summary.
func (o origin) matches(one message) int {
	if !o.says.MatchString(squeezed(one.summary)) {
		return -1
	}

	known := 1000 * o.summary.letters()
	if !o.explains.MatchString(squeezed(one.detail)) {
		// Some details are written after the rest.
		return known
	}

	return known + 1 + o.detail.letters()
}

// squeezed is a text on one line.
func squeezed(text string) string { return strings.Join(strings.Fields(text), " ") }

// makers are the functions that make a message, and which of their arguments are its
// summary and its detail.
var makers = map[string][2]int{
	"AddError": {0, 1}, "AddWarning": {0, 1}, "AddAttributeError": {1, 2}, "AddAttributeWarning": {1, 2},
	"NewErrorDiagnostic": {0, 1}, "NewWarningDiagnostic": {0, 1},
	"NewAttributeErrorDiagnostic": {1, 2}, "NewAttributeWarningDiagnostic": {1, 2},
	"NewArgumentFuncError": {1, -1}, "NewFuncError": {0, -1},
	"couponRefusal": {0, 1},
}

// leastWords is the shortest summary that is written, rather than handed on.
const leastWords = 4

// origins are all places that make a message, in the provider and the packages below
// it.
func origins() ([]origin, error) {
	files, err := filepath.Glob("../*/*.go")
	if err != nil {
		return nil, err
	}

	var all []origin

	for _, file := range files {
		folder := filepath.Base(filepath.Dir(file))
		if strings.HasSuffix(file, "_test.go") || folder == "bsssim" || folder == "simtest" {
			continue
		}

		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}

		for _, declared := range parsed.Decls {
			all = append(all, originsIn(declared, folder)...)
		}
	}

	slices.SortStableFunc(all, func(a, b origin) int { return strings.Compare(a.name, b.name) })

	seen := map[string]int{}

	for i, one := range all {
		if seen[one.name]++; seen[one.name] > 1 {
			all[i].name += fmt.Sprintf(" (%d)", seen[one.name])
		}
	}

	return all, nil
}

func originsIn(declared ast.Decl, folder string) []origin {
	var found []origin

	add := func(summary, detail ast.Expr) {
		made := origin{summary: templateOf(summary), detail: templateOf(detail)}
		made.name = folder + "." + nameOf(declared) + ": " + string(made.summary)

		made.says = regexp.MustCompile("^" + made.summary.pattern() + "(: .*)?$")
		made.explains = regexp.MustCompile(made.detail.pattern())

		if made.summary.letters() >= leastWords {
			found = append(found, made)
		}
	}

	ast.Inspect(declared, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			if at, makes := makers[calledName(node)]; makes && len(node.Args) > max(at[0], at[1]) {
				if at[1] < 0 {
					add(node.Args[at[0]], nil)
				} else {
					add(node.Args[at[0]], node.Args[at[1]])
				}
			}
		case *ast.CompositeLit:
			// What a function of the provider does is no message.
			if kind, is := node.Type.(*ast.SelectorExpr); is && kind.Sel.Name == "Definition" {
				return true
			}

			fields := map[string]ast.Expr{}

			for _, element := range node.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok {
					if key, ok := pair.Key.(*ast.Ident); ok {
						fields[key.Name] = pair.Value
					}
				}
			}

			if fields["Summary"] != nil {
				add(fields["Summary"], fields["Detail"])
			}
		case *ast.BlockStmt:
			addAssigned(node.List, add)
		case *ast.CaseClause:
			addAssigned(node.Body, add)
		}

		return true
	})

	return found
}

// calledName is the name of the function or method of a call.
func calledName(call *ast.CallExpr) string {
	switch called := call.Fun.(type) {
	case *ast.SelectorExpr:
		return called.Sel.Name
	case *ast.Ident:
		return called.Name
	default:
		return ""
	}
}

// addAssigned adds what statements assign to a summary, with the detail that they assign
// beside it.
func addAssigned(statements []ast.Stmt, add func(summary, detail ast.Expr)) {
	var summary, detail ast.Expr

	for _, statement := range statements {
		assigned, is := statement.(*ast.AssignStmt)
		if !is || assigned.Tok == token.ADD_ASSIGN {
			continue
		}

		for i, to := range assigned.Lhs {
			field, isField := to.(*ast.SelectorExpr)

			switch {
			case len(assigned.Rhs) <= i:
			case assignsSummary(to):
				summary = assigned.Rhs[i]
			case isField && field.Sel.Name == "Detail":
				detail = assigned.Rhs[i]
			}
		}
	}

	if summary != nil {
		add(summary, detail)
	}
}

// assignsSummary says whether what is assigned to is a summary, or becomes one.
func assignsSummary(to ast.Expr) bool {
	switch to := to.(type) {
	case *ast.SelectorExpr:
		return to.Sel.Name == "Summary"
	case *ast.Ident:
		return to.Name == "summary"
	default:
		return false
	}
}

func nameOf(declared ast.Decl) string {
	function, ok := declared.(*ast.FuncDecl)
	if !ok {
		return "var"
	}

	if function.Recv == nil {
		return function.Name.Name
	}

	receiver := function.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}

	if generic, ok := receiver.(*ast.IndexExpr); ok {
		receiver = generic.X
	}

	if name, ok := receiver.(*ast.Ident); ok {
		return name.Name + "." + function.Name.Name
	}

	return function.Name.Name
}

var verb = regexp.MustCompile(`%[-+# 0]*[0-9]*(\.[0-9]+)?[a-zA-Z]`)

// templateOf is the text of an expression, as far as it is written there.
func templateOf(expression ast.Expr) template {
	switch expression := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(expression.Value); err == nil {
			return template(squeezedWithin(text))
		}
	case *ast.BinaryExpr:
		if expression.Op == token.ADD {
			return templateOf(expression.X) + templateOf(expression.Y)
		}
	case *ast.ParenExpr:
		return templateOf(expression.X)
	case *ast.CallExpr:
		if called, ok := expression.Fun.(*ast.SelectorExpr); ok && called.Sel.Name == "Sprintf" {
			format := string(templateOf(expression.Args[0]))

			return template(strings.ReplaceAll(verb.ReplaceAllString(format, ellipsis), "%%", "%"))
		}
	}

	return ellipsis
}

var blanks = regexp.MustCompile(`\s+`)

// squeezedWithin is a part of a text, with single blanks.
func squeezedWithin(text string) string { return blanks.ReplaceAllString(text, " ") }
