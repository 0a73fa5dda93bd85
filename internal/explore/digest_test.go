// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package explore

import (
	"fmt"
	"hash/maphash"
)

// digest stands for all that went into it.
type digest uint64

var seed = maphash.MakeSeed()

func digestOf(parts ...any) digest { return digest(0).with(parts...) }

func (d digest) with(parts ...any) digest {
	var hash maphash.Hash

	hash.SetSeed(seed)

	for _, part := range append(parts, uint64(d)) {
		if _, err := fmt.Fprintf(&hash, "%v\x00", part); err != nil {
			panic(err)
		}
	}

	return digest(hash.Sum64())
}
