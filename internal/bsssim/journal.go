// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"encoding/json"
	"slices"
	"time"
)

// Request is an entry of the journal. It is made when the request arrives,
// refused ones included; Status is 0 until it is answered, and stays 0 when the
// connection is cut. Acted says that a mutation changed what it was asked to
// change.
type Request struct {
	Seq         int       `json:"seq"`
	Operation   string    `json:"operation"`
	Method      string    `json:"method"`
	Path        string    `json:"path"`
	Query       string    `json:"query,omitempty"`
	Status      int       `json:"status"`
	At          time.Time `json:"at"`
	Mutation    bool      `json:"mutation"`
	Acted       bool      `json:"acted"`
	OrderID     string    `json:"order_id"`
	ResourceIDs []string  `json:"resource_ids"`
}

// journal keeps the calls of the API in the order of their arrival. The
// server's mutex guards it.
type journal struct {
	entries []*Request
	seq     int
}

func (j *journal) arrive(entry *Request) {
	j.seq++
	entry.Seq = j.seq
	j.entries = append(j.entries, entry)
}

func (j *journal) clear() { j.entries = nil }

func (j *journal) copies() []Request {
	all := make([]Request, len(j.entries))
	for i, entry := range j.entries {
		all[i] = *entry
		all[i].ResourceIDs = slices.Clone(entry.ResourceIDs)
	}

	return all
}

// subjects are the ids that a request names, read before anything is checked.
func (r *Request) subjects(path map[string]string, query map[string][]string, body []byte) {
	var fields struct {
		OrderID     any `json:"order_id"`
		OrderIDv1   any `json:"orderId"`
		ResourceIDs any `json:"resource_ids"`
	}
	_ = json.Unmarshal(body, &fields)
	for _, id := range []any{path["order_id"], first(query["order_id"]), fields.OrderID, fields.OrderIDv1} {
		if text, _ := id.(string); text != "" {
			r.OrderID = text
		}
	}
	r.ResourceIDs = []string{}
	if id := path["resource_id"]; id != "" {
		r.ResourceIDs = append(r.ResourceIDs, id)
	}
	list, _ := fields.ResourceIDs.([]any)
	for _, id := range list {
		if text, _ := id.(string); text != "" {
			r.ResourceIDs = append(r.ResourceIDs, text)
		}
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}

	return list[0]
}
