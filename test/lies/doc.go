// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package lies holds every act against answers that are not true: each ends in a
// refusal or a doubt that says so, and none acts on a lie, or twice.
package lies
