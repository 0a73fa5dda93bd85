// Copyright (c) The terraform-provider-bss Authors
// SPDX-License-Identifier: MPL-2.0

package bsssim

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// openWorld makes the world that the options describe. What is there at the
// start does not lag.
func openWorld(options Options) (*world, error) {
	w := newWorld(options)
	if err := w.fill(options); err != nil {
		return nil, err
	}
	w.orderLag.length, w.resLag.length = options.Lag, options.Lag

	return w, w.configure(options.Settings)
}

// fill loads the state file when there is one, else the given world or the seed.
func (w *world) fill(options Options) error {
	if options.StateFile != "" {
		data, err := os.ReadFile(options.StateFile)
		switch {
		case err == nil:
			return w.load(data, options)
		case !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("state file: %w", err)
		}
	}
	if options.World != nil {
		return w.load(options.World, options)
	}
	switch options.Seed {
	case "", "empty":
	case "demo":
		if err := w.seedDemo(); err != nil {
			return fmt.Errorf("seed demo: %w", err)
		}
	default:
		data, err := os.ReadFile(options.Seed)
		if err != nil {
			return fmt.Errorf("seed: %w", err)
		}
		if err := w.load(data, options); err != nil {
			return err
		}
	}
	w.generate(options.Generate)

	return nil
}

// load takes over a world file: its time goes on, unless the options set
// another; its settings hold, unless the options change them later.
func (w *world) load(data []byte, options Options) error {
	loaded, err := readWorld(data)
	if err != nil {
		return err
	}
	if loaded.Site == "" {
		loaded.Site = options.Site
	}
	if loaded.Site != options.Site {
		return fmt.Errorf("world: it is of site %s, not %s", loaded.Site, options.Site)
	}
	if options.Now.IsZero() {
		w.clock = startClock(loaded.Now, options.realTime())
	}
	w.adopt(loaded)

	return nil
}

func (w *world) configure(settings map[string]string) error {
	for name, value := range settings {
		if err := checkSetting(name, value); err != nil {
			return err
		}
		w.Settings[name] = value
	}
	w.dirty, w.quietUntil = true, time.Time{}

	return nil
}

// save writes the state file after a change: a new file that replaces the old
// one whole.
func (s *Server) save() error {
	if s.options.StateFile == "" || !s.world.dirty {
		return nil
	}
	data, err := s.world.encode()
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(s.options.StateFile), ".bss-sim-*")
	if err != nil {
		return fmt.Errorf("state file: %w", err)
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), s.options.StateFile)
	}
	if err != nil {
		return fmt.Errorf("state file: %w", errors.Join(err, os.Remove(file.Name())))
	}
	s.world.dirty = false

	return nil
}
