// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

// Package witness lets the vendor's official Go SDK talk to the simulator: an
// independent client, written by the people who wrote the API, has to have its
// signatures accepted and its answers understood. It also compares the vendor's
// signer with the one of this project.
//
// It is a module of its own so that nobody who uses the provider downloads the
// SDK.
package witness
