// Checks a log of ours with Go's own libraries: golang.org/x/mod/sumdb/note for signatures, .../tlog for trees. Of ours it knows only
// the published formats (docs/formats/log.md). It rebuilds the tree from the entries and never asks TileHashReader, which believes forged
// tiles (CVE-2026-56865).
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build -o verify-log verify-log.go
//	verify-log log   <vkeys> <folder> [known checkpoint]...   a whole log
//	verify-log sizes <vkeys> <folder>                         the log as it was at every archived checkpoint
//	verify-log proof <vkeys> <proof>                          a .tlog-proof
//
// <vkeys> is a file: the log's key on the first line, and then those of witnesses, who must all have cosigned what stands at the head.
// Prints one line for each thing checked, OK or FAIL; exits with 1 if any failed.
package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type refusal string

func require(holds bool, why string, values ...any) {
	if !holds {
		panic(refusal(fmt.Sprintf(why, values...)))
	}
}

func value[T any](v T, err error) T {
	require(err == nil, "%v", err)
	return v
}

// witness verifies cosignature/v1 (c2sp.org/tlog-cosignature), which x/mod does not know.
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.id }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(signature))
	return ed25519.Verify(w.key, append([]byte(head), text...), signature[8:])
}

func newWitness(vkey string) note.Verifier {
	parts := strings.SplitN(vkey, "+", 3)
	require(len(parts) == 3, "a witness key has three parts")
	id := value(strconv.ParseUint(parts[1], 16, 32))
	key := value(base64.StdEncoding.DecodeString(parts[2]))
	require(len(key) == 1+ed25519.PublicKeySize && key[0] == 4, "a witness key is of type 4")
	return witness{parts[0], uint32(id), key[1:]}
}

type keys struct {
	log       note.Verifier
	witnesses []note.Verifier
}

func readKeys(path string) (k keys) {
	for i, line := range strings.Fields(string(value(os.ReadFile(path)))) {
		if i == 0 {
			k.log = value(note.NewVerifier(line))
		} else {
			k.witnesses = append(k.witnesses, newWitness(line))
		}
	}
	return k
}

// open gives the tree that a checkpoint speaks of.
func (k keys) open(message []byte, witnessed bool) tlog.Tree {
	opened := value(note.Open(message, note.VerifierList(append([]note.Verifier{k.log}, k.witnesses...)...)))
	by := map[string]bool{}
	for _, signature := range opened.Sigs {
		by[fmt.Sprint(signature.Name, signature.Hash)] = true
	}
	signed := func(v note.Verifier) bool { return by[fmt.Sprint(v.Name(), v.KeyHash())] }
	require(signed(k.log), "not signed by the log")
	for _, w := range k.witnesses {
		require(!witnessed || signed(w), "not cosigned by %s", w.Name())
	}
	lines := strings.Split(opened.Text, "\n")
	require(len(lines) == 4 && lines[3] == "", "a checkpoint has three lines")
	require(lines[0] == k.log.Name(), "another origin")
	size := value(strconv.ParseInt(lines[1], 10, 64))
	require(size >= 0 && strconv.FormatInt(size, 10) == lines[1], "the size is not written as it should be")
	return tlog.Tree{N: size, Hash: value(tlog.ParseHash(lines[2]))}
}

type history struct {
	folder string
	stored []tlog.Hash
}

func (h *history) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at >= int64(len(h.stored)) {
			return nil, fmt.Errorf("hash %d is beyond the entries", at)
		}
		hashes[i] = h.stored[at]
	}
	return hashes, nil
}

func (h *history) read(path string) []byte { return value(os.ReadFile(filepath.Join(h.folder, path))) }

// path names a tile as c2sp.org/tlog-tiles does: Go's own has the height in it.
func path(tile tlog.Tile, level string) string {
	parts := strings.SplitN(tile.Path(), "/", 4)
	return "tile/" + level + "/" + parts[3]
}

// build reads the entries of a tree, as they are published for its size.
func (h *history) build(size int64) {
	for n := int64(0); n*256 < size; n++ {
		width := size - n*256
		if width > 256 {
			width = 256
		}
		name := path(tlog.Tile{H: 8, L: 0, N: n, W: int(width)}, "entries")
		bundle := h.read(name)
		for i := int64(0); i < width; i++ {
			require(len(bundle) >= 2, "%s is cut off", name)
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			require(len(bundle) >= end, "%s is cut off", name)
			h.stored = append(h.stored, value(tlog.StoredHashes(n*256+i, bundle[2:end], h))...)
			bundle = bundle[end:]
		}
		require(len(bundle) == 0, "%s has more than its entries", name)
	}
}

func (h *history) root(size int64) tlog.Hash {
	if size == 0 { // RFC 6962, section 2.1; this version of x/mod says otherwise
		return value(tlog.ParseHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))
	}
	return value(tlog.TreeHash(size, h))
}

// holdTiles compares every tile of a tree with what the entries imply.
func (h *history) holdTiles(size int64) {
	for _, tile := range tlog.NewTiles(8, 0, size) {
		if tile.W < 256 && size>>(8*tile.L)%256 != int64(tile.W) {
			continue // a width that a smaller tree had
		}
		name := path(tile, strconv.Itoa(tile.L))
		require(bytes.Equal(h.read(name), value(tlog.ReadTileData(tile, h))), "%s is not what the entries imply", name)
	}
}

// holdOlder asks that a tree begins with an older one.
func (h *history) holdOlder(now, older tlog.Tree) {
	require(older.N <= now.N, "%d entries were known, and now there are %d", older.N, now.N)
	require(h.root(older.N) == older.Hash, "at %d entries there was another root", older.N)
	if older.N > 0 {
		proof := value(tlog.ProveTree(now.N, older.N, h))
		require(tlog.CheckTree(proof, now.N, now.Hash, older.N, older.Hash) == nil, "no proof that %d begins with %d", now.N, older.N)
	}
}

func (k keys) verify(folder string, head []byte, witnessed bool, known ...[]byte) string {
	h := &history{folder: folder}
	now := k.open(head, witnessed)
	h.build(now.N)
	require(h.root(now.N) == now.Hash, "the entries do not have the signed root")
	for _, each := range known {
		h.holdOlder(now, k.open(each, false))
	}
	h.holdTiles(now.N)
	return fmt.Sprintf("%d entries, %d older checkpoints", now.N, len(known))
}

func archive(folder string) (paths []string) {
	paths = value(filepath.Glob(filepath.Join(folder, "archive", "checkpoint.*")))
	size := func(path string) int64 {
		return value(strconv.ParseInt(strings.TrimPrefix(filepath.Base(path), "checkpoint."), 10, 64))
	}
	sort.Slice(paths, func(i, j int) bool { return size(paths[i]) < size(paths[j]) })
	return paths
}

func readAll(paths []string) (all [][]byte) {
	for _, path := range paths {
		all = append(all, value(os.ReadFile(path)))
	}
	return all
}

func (k keys) prove(file []byte) string {
	head, checkpoint, found := bytes.Cut(file, []byte("\n\n"))
	require(found, "no checkpoint in the proof")
	lines := strings.Split(string(head), "\n")
	require(len(lines) >= 3 && lines[0] == "c2sp.org/tlog-proof@v1", "not a proof with its entry")
	require(strings.HasPrefix(lines[1], "extra ") && strings.HasPrefix(lines[2], "index "), "not a proof with its entry")
	entry := value(base64.StdEncoding.DecodeString(lines[1][len("extra "):]))
	index := value(strconv.ParseInt(lines[2][len("index "):], 10, 64))
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		proof = append(proof, value(tlog.ParseHash(line)))
	}
	tree := k.open(checkpoint, true)
	require(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)) == nil, "the proof does not fit")
	return fmt.Sprintf("entry %d of %d", index, tree.N)
}

var failed bool

// report says what came of one check, and lets nothing else end the program.
func report(what string, check func() string) {
	defer func() {
		if why := recover(); why != nil {
			failed = true
			fmt.Printf("FAIL %s: %v\n", what, why)
		}
	}()
	fmt.Printf("OK %s: %s\n", what, check())
}

func main() {
	if len(os.Args) < 4 {
		fmt.Fprintln(os.Stderr, "usage: verify-log log|sizes|proof <vkeys> <folder or proof> [known checkpoint]...")
		os.Exit(2)
	}
	k, from := readKeys(os.Args[2]), os.Args[3]
	switch os.Args[1] {
	case "log":
		report("log", func() string {
			head := value(os.ReadFile(filepath.Join(from, "checkpoint")))
			return k.verify(from, head, true, readAll(append(archive(from), os.Args[4:]...))...)
		})
	case "sizes":
		for _, path := range archive(from) {
			path := path
			report(filepath.Base(path), func() string { return k.verify(from, value(os.ReadFile(path)), false) })
		}
	case "proof":
		report("proof", func() string { return k.prove(value(os.ReadFile(from))) })
	}
	if failed {
		os.Exit(1)
	}
}
