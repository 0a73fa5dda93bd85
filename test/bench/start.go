// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/bss-community/terraform-provider-bss/internal/bssapi"
)

// The figures of the vendor's own provider, which this one is used beside.
const (
	vendorStart = 1150 * time.Millisecond
	vendorSize  = 139e6
)

// start starts the provider as Terraform does, and asks for its schema.
func (b *bench) start(ctx context.Context) ([]row, error) {
	var times []time.Duration
	for range 1 + 10*b.repeat {
		took, err := b.startToSchema(ctx)
		if err != nil {
			return nil, fmt.Errorf("starting the provider: %w", err)
		}
		times = append(times, took)
	}
	// The first one read the binary from the disk.
	times = times[1:]
	slices.Sort(times)
	started := row{work: "start and answer the schema (median)", wall: times[len(times)/2]}
	started.ratio, started.ratioOf = started.wall.Seconds()/vendorStart.Seconds(), "of 1.15 s"
	started.budgets = []budget{{"ratio", started.ratio, 1.0 / 10}}

	info, err := os.Stat(b.provider)
	if err != nil {
		return nil, err
	}
	size := row{
		work:    fmt.Sprintf("size of the binary: %.1f MB", float64(info.Size())/1e6),
		ratio:   float64(info.Size()) / vendorSize,
		ratioOf: "of 139 MB",
	}
	size.budgets = []budget{{"ratio", size.ratio, 1.0 / 5}}

	return []row{started, size}, nil
}

// startToSchema returns how long it took from the start of a process to the
// schema.
func (b *bench) startToSchema(ctx context.Context) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	process := exec.CommandContext(ctx, b.provider) //nolint:gosec // it was built by buildTools
	process.Env = []string{
		"TMPDIR=" + b.dir, "PLUGIN_PROTOCOL_VERSIONS=6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return 0, err
	}
	clock := bssapi.SystemClock()
	begin := clock.Now()
	if err := process.Start(); err != nil {
		return 0, err
	}
	err = askSchema(ctx, bufio.NewReader(stdout))
	took := clock.Now().Sub(begin)
	cancel()
	// It was killed, which is no failure.
	var exit *exec.ExitError
	if ended := process.Wait(); !errors.As(ended, &exit) && !errors.Is(ended, context.Canceled) {
		err = errors.Join(err, ended)
	}

	return took, err
}

// askSchema reads the address that the plugin listens on, such as
// 1|6|unix|/tmp/plugin1|grpc|, and asks there. Nothing of the answer matters
// here but its size.
func askSchema(ctx context.Context, stdout *bufio.Reader) error {
	line, err := stdout.ReadString('\n')
	if err != nil {
		return fmt.Errorf("no handshake: %w", err)
	}
	fields := strings.Split(strings.TrimSpace(line), "|")
	if len(fields) < 5 || fields[1] != "6" || fields[2] != "unix" {
		return fmt.Errorf("unexpected handshake %q", line)
	}
	connection, err := grpc.NewClient("unix:"+fields[3], grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(64<<20)))
	if err != nil {
		return err
	}
	defer connection.Close()
	var schema emptypb.Empty
	if err := connection.Invoke(ctx, "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &schema); err != nil {
		return err
	}
	if len(schema.ProtoReflect().GetUnknown()) == 0 {
		return errors.New("the schema is empty")
	}

	return nil
}
