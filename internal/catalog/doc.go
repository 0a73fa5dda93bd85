// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package catalog says of each type of the provider what it calls, where it stands
// in the documentation, and what undoes it. Tests hold it against what is
// called; the generator of the documentation reads it. It is no part of the provider.
package catalog
