// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// laidOut is what a browser makes of a page at one width.
type laidOut struct {
	Findings []string              `json:"findings"`
	Tables   map[string][][]string `json:"tables"`
	Bars     [][]float64           `json:"bars"`
	Texts    []string              `json:"texts"`
	Dark     bool                  `json:"dark"`
	Page     []float64             `json:"page"`
	Rows     []string              `json:"rows"`
}

const (
	phoneWidth = 390
	deskWidth  = 1280
)

// TestReportInBrowser has a browser lay out the pages of the cost report, narrow and wide,
// light and dark: nothing is beyond an edge, too small or too pale, and what is to be
// read is there.
func TestReportInBrowser(t *testing.T) {
	t.Parallel()

	browser := os.Getenv("PAGE_BROWSER")
	if browser == "" {
		t.Skip("PAGE_BROWSER names no browser; make check-page finds one, and runs this")
	}

	for name, world := range reportWorlds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, arguments := world(t)
			report := costReport(t, w, arguments...)

			for _, dark := range []bool{false, true} {
				for width, got := range browse(t, browser, report.html, dark) {
					wantSeen(t, fmt.Sprintf("%d px, dark %t", width, dark), report.page, got)

					if narrow := slices.Contains(got.Rows, "block"); got.Dark != dark || (got.Page[0] < 128) != dark ||
						len(got.Rows) > 0 && narrow != (width == phoneWidth) {
						t.Errorf("%d px, dark %t: it is dark: %t, %v, and its tables are %v", width, dark, got.Dark, got.Page, got.Rows)
					}
				}
			}
		})
	}
}

// wantSeen fails for what is found, and unless everything that the page says is seen.
func wantSeen(t *testing.T, how string, page *element, got *laidOut) {
	t.Helper()

	for _, finding := range got.Findings {
		t.Errorf("%s: %s", how, finding)
	}

	texts := []string{page.all("h1")[0].content()}
	for _, fact := range page.all("dd") {
		texts = append(texts, fact.content())
	}

	if diff := cmp.Diff(texts, got.Texts); diff != "" {
		t.Errorf("%s: %s", how, diff)
	}

	tables := map[string][][]string{}

	for _, table := range page.all("table") {
		for _, row := range table.bodyRows() {
			row = slices.DeleteFunc(row, func(text string) bool { return text == "" })
			tables[table.attribute("id")] = append(tables[table.attribute("id")], row)
		}
	}

	if diff := cmp.Diff(tables, got.Tables); diff != "" {
		t.Errorf("%s: %s", how, diff)
	}

	for _, bar := range got.Bars {
		for _, part := range bar {
			// A part that nobody sees says nothing.
			if part < 2 {
				t.Errorf("%s: a part of a bar is %f px wide", how, part)
			}
		}
	}
}

// browse lays a page out at all widths.
func browse(t *testing.T, browser, page string, dark bool) map[int]*laidOut {
	t.Helper()

	script, err := os.ReadFile("testdata/page/measure.js")
	if err != nil {
		t.Fatal(err)
	}

	// JSON writes < as a code, so that no markup in the page ends the script.
	text, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}

	file := filepath.Join(t.TempDir(), "measure.html")
	content := fmt.Sprintf("<!DOCTYPE html><body><script>%s\nmeasureAll(%s, [%d, %d])</script></body>", script, text, phoneWidth, deskWidth)

	//nolint:gosec // the folder is the test's own
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}

	scheme := 1
	if dark {
		scheme = 0
	}

	output, err := exec.CommandContext(t.Context(), browser,
		"--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1400,900", "--user-data-dir="+t.TempDir(),
		"--virtual-time-budget=10000", fmt.Sprintf("--blink-settings=preferredColorScheme=%d", scheme), "--dump-dom", "file://"+file,
	).Output()
	if err != nil {
		t.Fatal(err)
	}

	_, result, _ := strings.Cut(string(output), `<pre id="measured">`)
	result, _, _ = strings.Cut(result, "</pre>")

	measured := map[int]*laidOut{}
	if err := json.Unmarshal([]byte(html.UnescapeString(result)), &measured); err != nil || len(measured) != 2 {
		t.Fatalf("the browser measured nothing (%v): %s", err, output)
	}

	return measured
}
