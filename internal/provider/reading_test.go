// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/bss-community/terraform-provider-bss/internal/bsssim"
)

// everyDataSource runs a test for each data source, in a demo account that it can be
// read in.
func everyDataSource(t *testing.T, test func(t *testing.T, r *reading)) {
	t.Helper()

	schemas, _ := surface(t)

	for name, schema := range schemas.DataSourceSchemas {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w, arguments, operations := readable(t, name, schema)
			test(t, &reading{world: w, name: name, schema: schema, arguments: arguments, operations: operations})
		})
	}
}

// reading is a data source that can be read, and the operations that this calls.
type reading struct {
	*world

	name       string
	schema     *tfprotov6.Schema
	arguments  attributes
	operations []string
}

// changed is the data source in the same account, where each answer is changed on its
// way. It counts the calls.
func (r *reading) changed(t *testing.T, change func(body []byte) []byte) (state, diagnostics, int) {
	t.Helper()

	target, err := url.Parse(r.env["BSS_ENDPOINT"])
	if err != nil {
		t.Fatal(err)
	}

	var calls atomic.Int32

	// What is signed is the host that was called.
	rewrite := func(req *httputil.ProxyRequest) {
		req.SetURL(target)
		req.Out.Host = req.In.Host
	}
	modify := func(resp *http.Response) error {
		calls.Add(1)

		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return err
		}

		if resp.StatusCode == http.StatusOK {
			body = change(body)
		}

		resp.Body = io.NopCloser(bytes.NewReader(body))
		resp.ContentLength = int64(len(body))
		resp.Header.Set("Content-Length", fmt.Sprint(len(body)))

		return nil
	}

	server := httptest.NewServer(&httputil.ReverseProxy{Rewrite: rewrite, ModifyResponse: modify})
	t.Cleanup(server.Close)

	between := *r.world
	between.env = map[string]string{}

	for name, value := range r.env {
		between.env[name] = value
	}

	between.env["BSS_ENDPOINT"] = server.URL

	read, diags := readData(t, &between, r.name, nil, r.arguments)

	return read, diags, int(calls.Load())
}

// same fails unless two states are the same, but for the time of day.
func same(t *testing.T, what string, want, got state) {
	t.Helper()

	for _, read := range []state{want, got} {
		delete(read, "as_of")
	}

	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

// edited changes the JSON of an answer.
func edited(t *testing.T, change func(value any) any) func(body []byte) []byte {
	t.Helper()

	return func(body []byte) []byte {
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()

		var value any
		if err := decoder.Decode(&value); err != nil {
			t.Error(err)
		}

		written, err := json.Marshal(change(value))
		if err != nil {
			t.Error(err)
		}

		return written
	}
}

// eachScalar changes the numbers and texts of a JSON value.
func eachScalar(value any, number func(json.Number) any, text func(string) any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, part := range value {
			value[name] = eachScalar(part, number, text)
		}
	case []any:
		for i, part := range value {
			value[i] = eachScalar(part, number, text)
		}
	case json.Number:
		return number(value)
	case string:
		return text(value)
	}

	return value
}

// TestReadsOfOtherTypes reads every data source from answers whose numbers are texts,
// or whose texts that hold a number are one, or which begin with a mark of the byte
// order: the same is read.
func TestReadsOfOtherTypes(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()

		want := mustRead(t, r.world, r.name, r.arguments)
		asIs := func(number json.Number) any { return number }
		kept := func(text string) any { return text }

		for what, change := range map[string]func([]byte) []byte{
			"as it is": func(body []byte) []byte { return body },
			"numbers as texts": edited(t, func(value any) any {
				return eachScalar(value, func(number json.Number) any { return number.String() }, kept)
			}),
			"whole numbers with a point": edited(t, func(value any) any {
				return eachScalar(value, func(number json.Number) any {
					if strings.Contains(number.String(), ".") {
						return number
					}

					return json.Number(number.String() + ".0")
				}, kept)
			}),
			"texts as numbers": edited(t, func(value any) any {
				return eachScalar(value, asIs, func(text string) any {
					if number := json.Number(text); json.Valid([]byte(text)) && text == strings.Trim(text, `"{}[]tfn`) {
						return number
					}

					return text
				})
			}),
			"a mark of the byte order": func(body []byte) []byte { return append([]byte("\ufeff"), body...) },
		} {
			read, diags, _ := r.changed(t, change)
			if diags.failed() {
				t.Errorf("%s: %s", what, diags)

				continue
			}

			same(t, what, want, read)
		}
	})
}

// TestReadsOfOtherAnswers gives every data source, in place of each answer, a JSON
// object of something else, or one whose total is of another type. It is an error after
// one call, and nothing is shown.
func TestReadsOfOtherAnswers(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()

		for body, says := range map[string]string{
			`{}`:              "Check the proxy and the endpoint",
			`{"status":"UP"}`: "Check the proxy and the endpoint",
			`{"errorCode":"CBC.0100","errorMsg":"no"}`: "CBC.0100",
			`{"resultCode":"CBC.0100"}`:                "CBC.0100",
			`{"error_code":"CBC.0100"}`:                "CBC.0100",
		} {
			read, diags, calls := r.changed(t, func([]byte) []byte { return []byte(body) })
			if read != nil || !strings.Contains(diags.String(), says) || calls > 2 {
				t.Errorf("%s: %d calls, %s", body, calls, diags)
			}
		}

		// A list is of no other type. An answer without any has nothing to change.
		lists := false
		read, diags, calls := r.changed(t, edited(t, func(value any) any {
			object, ok := value.(map[string]any)
			if !ok {
				return value
			}

			for name, part := range object {
				switch part.(type) {
				case []any, map[string]any:
					object[name], lists = "several", true
				}
			}

			return object
		}))

		said := diags.String()
		if lists && (read != nil || !strings.Contains(said, "of the answer is a text, not a") || strings.Contains(said, "proxy") || calls > 2) {
			t.Errorf("%d calls, %s", calls, diags)
		}

		// A code of no failure beside what was asked for is none.
		want := mustRead(t, r.world, r.name, r.arguments)

		for _, code := range []any{0, "", "0", nil, "CBC.0000"} {
			read, diags, _ := r.changed(t, edited(t, func(value any) any {
				if object, ok := value.(map[string]any); ok {
					object["error_code"] = code
				}

				return value
			}))
			if diags.failed() {
				t.Fatalf("error_code %v: %s", code, diags)
			}

			same(t, fmt.Sprintf("error_code %v", code), want, read)
		}
	})
}

// TestReadsOfEmptyLists: a list that is empty, null or not there is an empty list, in
// every data source, at every depth.
func TestReadsOfEmptyLists(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()

		// The rows themselves stay, without what is in them.
		var strip func(value any, depth int, with func(object map[string]any, name string)) any

		strip = func(value any, depth int, with func(object map[string]any, name string)) any {
			switch value := value.(type) {
			case map[string]any:
				for name, part := range value {
					// Without these, rows are the same, or sums of the answer do not hold.
					held := slices.Contains([]string{"product_rating_results", "costs", "dimensions"}, name)
					if _, isList := part.([]any); isList && depth > 0 && !held {
						with(value, name)

						continue
					}

					value[name] = strip(part, depth+1, with)
				}
			case []any:
				for i, part := range value {
					value[i] = strip(part, depth+1, with)
				}
			}

			return value
		}

		var before state

		for what, with := range map[string]func(object map[string]any, name string){
			"empty":   func(object map[string]any, name string) { object[name] = []any{} },
			"null":    func(object map[string]any, name string) { object[name] = nil },
			"missing": func(object map[string]any, name string) { delete(object, name) },
		} {
			read, diags, _ := r.changed(t, edited(t, func(value any) any { return strip(value, 0, with) }))
			if diags.failed() {
				t.Fatalf("%s: %s", what, diags)
			}

			for _, attribute := range r.schema.Block.Attributes {
				lists := attribute.NestedType != nil && attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList
				if lists && !attribute.Optional && read[attribute.Name] == "null" && attribute.Name != "grouped_totals" {
					t.Errorf("%s: %s is null", what, attribute.Name)
				}
			}

			for path, value := range read {
				if slices.Contains(lists, path[strings.LastIndexByte(path, '.')+1:]) && value == "null" {
					t.Errorf("%s: %s is null", what, path)
				}
			}

			if before != nil {
				same(t, what, before, read)
			}

			before = read
		}
	})
}

// TestReadsOfOtherAccounts: allowed_domain_ids guards what is read, too, with one call.
func TestReadsOfOtherAccounts(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()
		r.ClearRequests()

		read, diags := readData(t, r.world, r.name, attributes{"allowed_domain_ids": strs("another")}, r.arguments)
		if diags.says(t, "", "The credentials belong to account ", "allowed_domain_ids of the provider allows another only."); read != nil {
			t.Error("a state of an account that is not allowed")
		}

		if diff := cmp.Diff([]string{"list_auth_domains"}, r.calls()); diff != "" {
			t.Error(diff)
		}

		r.ClearRequests()

		own := attributes{"allowed_domain_ids": strs(r.Credentials().DomainID)}
		if _, diags := readData(t, r.world, r.name, own, r.arguments); diags.failed() {
			t.Error(diags)
		}

		if asked := slices.DeleteFunc(r.calls(), func(call string) bool { return call != "list_auth_domains" }); len(asked) != 1 {
			t.Errorf("the account was asked for %d times", len(asked))
		}
	})
}

// TestTimesOfReads: whatever takes a time says what to write in place of one without its
// zone, and as_of shows the time that was used.
func TestTimesOfReads(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()

		read := mustRead(t, r.world, r.name, r.arguments)

		for _, attribute := range r.schema.Block.Attributes {
			if attribute.Name != "as_of" {
				continue
			}

			if !attribute.Optional || !attribute.Computed {
				t.Error("as_of cannot be both set and shown")
			}

			if at := read["as_of"]; at != "null" {
				if _, err := time.Parse(time.RFC3339, at); err != nil {
					t.Errorf("as_of = %s", at)
				}
			}
		}
	})
}

// TestReadsOfOddPages reads every data source from a server that gives pages as it
// likes: the same is read, or it is an error.
func TestReadsOfOddPages(t *testing.T) {
	t.Parallel()

	everyDataSource(t, func(t *testing.T, r *reading) {
		t.Helper()

		want := mustRead(t, r.world, r.name, r.arguments)

		for name, test := range map[string]struct {
			settings map[string]string
			// incomplete: an error will do.
			incomplete bool
		}{
			"pages of one row":        {settings: map[string]string{"page_most": "1"}},
			"pages of three rows":     {settings: map[string]string{"page_most": "3"}},
			"totals of pages":         {settings: map[string]string{"page_total": "page"}},
			"numbers as texts":        {settings: map[string]string{"numbers": "texts"}},
			"three rows, as texts":    {settings: map[string]string{"page_most": "3", "numbers": "texts"}},
			"an offset ignored":       {settings: map[string]string{"page_offset": "ignored"}},
			"one row, time and again": {settings: map[string]string{"page_most": "1", "page_offset": "ignored"}, incomplete: true},
		} {
			for setting, value := range test.settings {
				if err := r.Set(setting, value); err != nil {
					t.Fatal(err)
				}
			}

			read, diags := readData(t, r.world, r.name, nil, r.arguments)

			switch {
			case diags.failed() && test.incomplete && strings.Contains(diags.String(), "Incomplete answer"):
			case diags.failed():
				t.Errorf("%s: %s", name, diags)
			default:
				same(t, name, want, read)
			}

			for setting, value := range map[string]string{"page_most": "0", "page_total": "all", "page_offset": "kept", "numbers": "numbers"} {
				if err := r.Set(setting, value); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// TestLargeReadsOfOddPages: rows of several pages, from a server that gives pages as it
// likes, are read to the end, and never twice.
func TestLargeReadsOfOddPages(t *testing.T) {
	t.Parallel()

	for name, test := range map[string]struct {
		settings map[string]string
		total    int
		calls    int
		says     string
	}{
		"as asked":          {total: 250, calls: 3},
		"pages of ten":      {settings: map[string]string{"page_most": "10"}, total: 250, calls: 25},
		"totals of pages":   {settings: map[string]string{"page_total": "page"}, total: 250, calls: 3},
		"of full pages":     {settings: map[string]string{"page_total": "page"}, total: 200, calls: 3},
		"one full page":     {total: 100, calls: 2},
		"an offset ignored": {settings: map[string]string{"page_offset": "ignored"}, total: 250, calls: 3, says: "a page came twice"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			w := newWorld(t, bsssim.Options{Generate: bsssim.Generate{Orders: test.total}, Settings: test.settings})

			read, diags := readData(t, w, "bss_orders", nil, nil)
			if test.says != "" {
				if diags.says(t, "", test.says); read != nil {
					t.Error("a state of what came twice")
				}

				return
			}

			if diags.failed() {
				t.Fatal(diags)
			}

			read.want(t, map[string]string{"total_count": fmt.Sprint(test.total)})

			if calls := len(w.calls()); calls != test.calls {
				t.Errorf("%d calls, want %d", calls, test.calls)
			}
		})
	}
}
