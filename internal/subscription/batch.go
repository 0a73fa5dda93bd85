// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// carry answers a batch of questions: by id, or from a snapshot if that costs
// less.
func (r *Reader) carry(ctx context.Context, b *Batch[question, reply]) {
	var byID, either []string
	for _, q := range b.waiting() {
		switch {
		case q.current:
			byID = append(byID, q.id)
		default:
			either = append(either, q.id)
		}
	}
	taking := r.survey(ctx, len(either))
	for _, id := range either {
		if taking != nil {
			b.Answer(question{id: id}, reply{wait: taking})

			continue
		}
		if !slices.Contains(byID, id) {
			byID = append(byID, id)
		}
	}
	if len(byID) > 0 {
		r.query(ctx, b, byID)
	}
}

// query asks for ids. If the API refuses all of them and one may be the cause,
// it asks for each half alone.
func (r *Reader) query(ctx context.Context, b *Batch[question, reply], ids []string) {
	begun := r.moment()
	found, err := r.resources(ctx, ids)
	if len(ids) > 1 && (errors.Is(err, bssapi.CodeParameterInvalid) || errors.Is(err, bssapi.CodeParameterNotValid)) {
		r.query(ctx, b, ids[:len(ids)/2])
		r.query(ctx, b, ids[len(ids)/2:])

		return
	}
	for _, id := range ids {
		answered := reply{err: err}
		if err == nil {
			answered.tree, answered.err = found.tree(id)
		}
		r.mu.Lock()
		answered.again = r.forgotten[id] > begun || r.stale(begun, answered.tree.Resource, answered.tree.Attached...)
		r.mu.Unlock()
		b.Answer(question{id: id}, answered)
		b.Answer(question{id: id, current: true}, answered)
	}
}

// rows is a complete answer to a question by id.
type rows struct {
	byID map[string]bssapi.Resource
	// foreign is an id that was not asked for, "" for none.
	foreign string
}

func (r *Reader) resources(ctx context.Context, ids []string) (rows, error) {
	found := rows{byID: map[string]bssapi.Resource{}}
	for row, err := range r.client.ListResources(ctx, bssapi.ListResourcesRequest{ResourceIDs: ids}) {
		if err != nil {
			return rows{}, err
		}
		if known, ok := found.byID[row.ResourceID]; !ok || newer(row, known) {
			found.byID[row.ResourceID] = row
		}
		primary := row.ParentResourceID == "" && (row.IsMainResource == nil || *row.IsMainResource != 0)
		if primary && !slices.Contains(ids, row.ResourceID) {
			found.foreign = row.ResourceID
		}
	}

	return found, nil
}

// tree returns the resource of an id. Only an answer that holds no foreign id
// can say that it does not exist.
func (f rows) tree(id string) (Tree, error) {
	resource, ok := f.byID[id]
	switch {
	case !ok && f.foreign != "":
		return Tree{}, fmt.Errorf("%w: resource %s is missing, but %s, which was not asked for, is there",
			bssapi.ErrIncomplete, id, f.foreign)
	case !ok:
		return Tree{}, fmt.Errorf("%w: %s", ErrUnknown, id)
	}
	tree := Tree{Resource: resource}
	for _, row := range f.byID {
		if row.ParentResourceID == id {
			tree.Attached = append(tree.Attached, row)
		}
	}
	slices.SortFunc(tree.Attached, func(a, b bssapi.Resource) int { return strings.Compare(a.ResourceID, b.ResourceID) })

	return tree, nil
}
