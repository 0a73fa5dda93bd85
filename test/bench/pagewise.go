// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// pagewiseRow names the rows of reading with the vendor's SDK.
const pagewiseRow = "vendor SDK, page after page"

// pagewiseResult is what the command prints.
type pagewiseResult struct {
	Rows   int         `json:"rows"`
	Sum    json.Number `json:"sum"`
	Memory int64       `json:"memory"`
}

// readPagewise reads an account page after page with the vendor's SDK, by a
// command that lives in the module of the SDK. The work is what is read, and
// the fewest calls to the operation do it.
func (b *bench) readPagewise(
	ctx context.Context,
	a account,
	work, operation string,
	calls int,
	arguments ...string,
) (row, pagewiseResult, error) {
	var result pagewiseResult
	path, err := b.pagewise()
	if err != nil {
		return row{}, result, err
	}
	keys := a.Credentials()
	command := exec.CommandContext(ctx, path, arguments...)
	command.Env = []string{
		"BSS_ENDPOINT=" + a.URL(), "HW_ACCESS_KEY=" + keys.AccessKey, "HW_SECRET_KEY=" + keys.SecretKey, "HW_DOMAIN_ID=" + keys.DomainID,
	}
	r := row{work: work + ", " + pagewiseRow, floor: floor(operation, calls)}
	clock := bssapi.SystemClock()
	start := clock.Now()
	output, err := command.Output()
	r.wall = clock.Now().Sub(start)
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			err = fmt.Errorf("%w: %s", err, failed.Stderr)
		}

		return row{}, result, fmt.Errorf("reading with the SDK: %w", err)
	}
	if err := json.Unmarshal(output, &result); err != nil {
		return row{}, result, fmt.Errorf("what was read with the SDK: %w", err)
	}
	r.memory, r.traffic = result.Memory, a.traffic()
	r.ratio, r.ratioOf = r.span.Seconds()/r.floor.Seconds(), "of floor"

	return r, result, nil
}

// buildPagewise builds the command into a folder. The SDK is in a module of its
// own, beside this one. It takes no flags, so that the tests there have compiled
// most of it.
func buildPagewise(ctx context.Context, dir string) (string, error) {
	module, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	path := filepath.Join(dir, "bin", program("pagewise"))
	build := exec.CommandContext(ctx, "go", "build", "-o", path, "./pagewise")
	build.Dir = filepath.Join(filepath.Dir(strings.TrimSpace(string(module))), "test", "witness")
	if output, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the reader with the vendor's SDK: %w\n%s", err, output)
	}

	return path, nil
}
