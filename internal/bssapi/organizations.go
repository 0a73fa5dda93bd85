// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bssapi

import (
	"context"
	"fmt"
)

// mostOrganizationDepth bounds how deep organizations are nested. No source names
// a limit; the bound keeps an answer that never ends from being followed.
const mostOrganizationDepth = 100

// Organizations are the organizations of an enterprise.
type Organizations struct {
	RootID, RootName string
	// All are those below the root, each one before those below it, in the order of
	// the API.
	All []Organization
}

// Organization is a part of an enterprise.
type Organization struct {
	ID, Name string
	// RelationID is the id of its place in the tree.
	RelationID string
	// ParentID is the organization that it is in: the root, or one before it.
	ParentID string
	// Names are those on the way from the root to it, both included. A name that the
	// API leaves out is empty.
	Names []string
}

type listOrganizationsResponse struct {
	RootID     string             `json:"root_id"`
	RootName   string             `json:"root_name"`
	ChildNodes []organizationNode `json:"child_nodes"`
}

type organizationNode struct {
	RelationID string             `json:"relation_id"`
	ID         string             `json:"id"`
	Name       string             `json:"name"`
	ChildNodes []organizationNode `json:"child_nodes"`
}

// ListOrganizations returns all organizations of the enterprise whose master the
// account is, in one call. Only the China site has this operation (ErrNotOnSite).
//
// An organization without an id, one that comes twice, and more than 100 of them
// inside each other are an error of the kind ErrIncomplete.
//
// Permission: businessUnitCenter:businessUnit:view in an identity policy.
func (c *Client) ListOrganizations(ctx context.Context) (*Organizations, error) {
	answer, err := answered[listOrganizationsResponse](ctx, c, call{op: opListOrganizations, query: organizationsQuery()})
	if err != nil {
		return nil, err
	}
	tree := Organizations{RootID: answer.RootID, RootName: answer.RootName}
	seen := map[string]bool{answer.RootID: true}
	if err := tree.add(answer.RootID, []string{answer.RootName}, answer.ChildNodes, seen); err != nil {
		return nil, &Error{Operation: opListOrganizations.name, Err: fmt.Errorf("%w: %w", ErrIncomplete, err)}
	}

	return &tree, nil
}

// organizationsQuery asks for the whole tree. The API would also give the part
// below a parent, but then nothing tells where in the tree that is.
func organizationsQuery() params {
	p := params{}
	p.number("recursive_query", 1)

	return p
}

// add adds nodes, and what is below them. Above are the names of what they are in.
func (o *Organizations) add(parent string, above []string, nodes []organizationNode, seen map[string]bool) error {
	if len(nodes) > 0 && len(above) > mostOrganizationDepth {
		return fmt.Errorf("more than %d organizations are inside each other", mostOrganizationDepth)
	}
	for _, node := range nodes {
		switch {
		case node.ID == "":
			return fmt.Errorf("an organization in %q has no id", parent)
		case seen[node.ID]:
			return fmt.Errorf("the organization %q comes twice", node.ID)
		}
		seen[node.ID] = true
		names := make([]string, len(above), len(above)+1)
		copy(names, above)
		names = append(names, node.Name)
		o.All = append(o.All, Organization{
			ID: node.ID, Name: node.Name, RelationID: node.RelationID, ParentID: parent, Names: names,
		})
		if err := o.add(node.ID, names, node.ChildNodes, seen); err != nil {
			return err
		}
	}

	return nil
}
