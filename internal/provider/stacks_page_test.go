// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"encoding/xml"
	"strings"
	"testing"
)

// element is one of a page.
type element struct {
	XMLName    xml.Name   `xml:""`
	Attributes []xml.Attr `xml:",any,attr"`
	Text       string     `xml:",chardata"`
	Children   []element  `xml:",any"`
}

func (e *element) attribute(name string) string {
	for _, attribute := range e.Attributes {
		if attribute.Name.Local == name {
			return attribute.Value
		}
	}

	return ""
}

// all are the elements of that name in it.
func (e *element) all(name string) []*element {
	var found []*element

	for i := range e.Children {
		child := &e.Children[i]
		if child.XMLName.Local == name {
			found = append(found, child)
		}

		found = append(found, child.all(name)...)
	}

	return found
}

// byID is the element with that id, or nil.
func (e *element) byID(id string) *element {
	for i := range e.Children {
		child := &e.Children[i]
		if child.attribute("id") == id {
			return child
		}

		if found := child.byID(id); found != nil {
			return found
		}
	}

	return nil
}

// content is the text of an element and all in it.
func (e *element) content() string {
	text := e.Text
	for i := range e.Children {
		text += e.Children[i].content()
	}

	return strings.TrimSpace(text)
}

// bodyRows are the texts of the rows of a table: the name, what stands below it, and the
// cells. The foot is the last one. Rows that are pictures have none.
func (e *element) bodyRows() [][]string {
	var rows [][]string

	for _, part := range append(e.all("tbody"), e.all("tfoot")...) {
		for _, row := range part.all("tr") {
			if row.attribute("class") == "picture" {
				continue
			}

			texts := []string{row.all("th")[0].content(), ""}

			for i, name := range row.all("th")[0].all("bdi") {
				texts[i] = name.content()
			}

			for _, cell := range row.all("td") {
				texts = append(texts, cell.content())
			}

			rows = append(rows, texts)
		}
	}

	return rows
}

// parsePage reads a page, which has to be well-formed XML as well, so that markup in a
// name would show.
func parsePage(t *testing.T, html string) *element {
	t.Helper()

	for _, outside := range []string{"http:", "https:", "//", "url(", "@import", "<script", "src=", "href="} {
		if strings.Contains(html, outside) {
			t.Errorf("the page is not self-contained: it has %q", outside)
		}
	}

	page := &element{}
	if err := xml.Unmarshal([]byte(html), page); err != nil {
		t.Fatalf("%v:\n%s", err, html)
	}

	accessible(t, page)

	return page
}

// accessible fails unless the page and its tables say what they are, and no picture is
// read aloud.
func accessible(t *testing.T, page *element) {
	t.Helper()

	if page.attribute("lang") == "" || len(page.all("h1")) != 1 || len(page.all("main")) != 1 {
		t.Error("the page lacks its language, its heading or its main part")
	}

	for _, table := range page.all("table") {
		if len(table.all("caption")) != 1 {
			t.Errorf("table %s has no caption", table.attribute("id"))
		}

		for _, head := range table.all("th") {
			if head.attribute("scope") == "" {
				t.Errorf("%q of table %s has no scope", head.content(), table.attribute("id"))
			}
		}
	}

	for _, section := range page.all("section") {
		if by := page.byID(section.attribute("aria-labelledby")); by == nil || by.XMLName.Local != "h2" || by.content() == "" {
			t.Errorf("a section is named by no heading: %s", section.content())
		}
	}

	ids := map[string]bool{}

	for _, kind := range []string{"h2", "table", "dl", "p"} {
		for _, named := range page.all(kind) {
			if id := named.attribute("id"); id != "" && ids[id] {
				t.Errorf("two elements have the id %q", id)
			} else {
				ids[id] = true
			}
		}
	}
}
