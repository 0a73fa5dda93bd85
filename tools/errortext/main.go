// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Command errortext is a vet tool that forbids telling errors apart by their
// wording, which changes with the language of the API and with the version of
// a library. Run it with go vet -vettool.
package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

const message = "an error is told by errors.Is or errors.As, not by its text"

var analyzer = &analysis.Analyzer{
	Name: "errortext",
	Doc:  "report comparisons and searches of an error's text",
	Run:  run,
}

func main() {
	unitchecker.Main(analyzer)
}

func run(pass *analysis.Pass) (any, error) {
	for _, file := range pass.Files {
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				if !isSearch(pass.TypesInfo, node) {
					return true
				}
				for _, arg := range node.Args {
					if isErrorText(pass.TypesInfo, arg) {
						pass.Reportf(node.Pos(), message)
					}
				}
			case *ast.BinaryExpr:
				if node.Op != token.EQL && node.Op != token.NEQ {
					return true
				}
				if isErrorText(pass.TypesInfo, node.X) || isErrorText(pass.TypesInfo, node.Y) {
					pass.Reportf(node.Pos(), message)
				}
			case *ast.SwitchStmt:
				if node.Tag != nil && isErrorText(pass.TypesInfo, node.Tag) {
					pass.Reportf(node.Pos(), message)
				}
			}

			return true
		})
	}

	return nil, nil
}

// searches are the functions and methods of packages strings and regexp that
// answer whether or where a text holds another.
var searches = regexp.MustCompile(`^(Contains|HasPrefix|HasSuffix|EqualFold|Compare|Count|Cut|Index|LastIndex|Match|Find)`)

// isSearch reports whether the call searches or compares a text.
func isSearch(info *types.Info, call *ast.CallExpr) bool {
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	callee, ok := info.Uses[selector.Sel].(*types.Func)
	if !ok || callee.Pkg() == nil {
		return false
	}
	path := callee.Pkg().Path()

	return (path == "strings" || path == "regexp") && searches.MatchString(callee.Name())
}

// isErrorText reports whether the expression is a call of the Error method of
// an error.
func isErrorText(info *types.Info, expr ast.Expr) bool {
	call, ok := ast.Unparen(expr).(*ast.CallExpr)
	if !ok {
		return false
	}
	selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "Error" || len(call.Args) != 0 {
		return false
	}
	receiver := info.TypeOf(selector.X)
	errorType, ok := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

	return ok && receiver != nil &&
		(types.Implements(receiver, errorType) || types.Implements(types.NewPointer(receiver), errorType))
}
