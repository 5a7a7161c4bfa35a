#!/usr/bin/env python3
"""Verifies an EzAudit ledger, or the proof of one record, with nothing but a public key.

    python3 ezledger.py verify DIR --key VKEY [--key VKEY ...] [--anchor FILE ...] [--fresh-until ISO-TIME] [--json]
    python3 ezledger.py proof FILE --key VKEY [--key VKEY ...]

Exit code: 0 intact, 1 tampered, 2 incomplete, 3 wrong usage or nothing to check.
Written from ledger.md, without EzAudit's own code. Needs Python 3.8 and python3-cryptography.
"""
import argparse, base64, bisect, collections, functools, hashlib, itertools, json, os, re, stat, sys, tempfile, zlib
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

HEADER = b"ezaudit-ledger v1\n"
LONGEST_LINE = 8192
LARGEST = 2**63 - 1
DROPPED = "-" * 24
# A P-256 key in SPKI form: these bytes, then x and y.
P256 = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
SEVERITY = {code: severity for severity, codes in {
    "tampered": "ledger-damaged sequence checkpoint-root checkpoint-signature checkpoint-missing checkpoint-file trust-root "
                "hint extent missing-file shortened erasure anchor rollback",
    "incomplete": "lost adopted torn unattested unknown-file dropped torn-ledger-end stale",
    "note": "erased base pending clock-back not-stopped torn-line"}.items() for code in codes.split()}


class Fault(Exception):
    """Something after which verification cannot go on."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def damaged(message):
    return Fault("ledger-damaged", message)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def unbase64(text, length=None):
    """The bytes, or None if they have another length or the text is not their canonical form."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text and length in (None, len(data)) else None


def number(text, largest=LARGEST):
    return int(text) if re.fullmatch("0|[1-9][0-9]{0,19}", text) and int(text) <= largest else None


def utc(micros):
    try:
        return (datetime(1970, 1, 1) + timedelta(microseconds=micros)).isoformat(timespec="microseconds") + "Z"
    except OverflowError:
        return None


def read_file(path):
    """The bytes of a file, or None if there is no regular file."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None


# --- Keys and checkpoints (C2SP signed-note and tlog-checkpoint) ---

def is_origin(name):
    return name != "" and not any(c in "+\x7f" or c < " " or c.isspace() for c in name)


class Key:
    """A verification key: name+id+base64(0x02 || SPKI)."""

    def __init__(self, vkey):
        self.text, (self.name, id, data) = vkey, (vkey.split("+", 2) + ["", ""])[:3]
        spki = (unbase64(data, 92) or b"")[1:]
        self.id = sha256(spki)[:4]
        if not is_origin(self.name) or spki[:27] != P256 or unbase64(data)[0] != 2 or id != self.id.hex():
            raise damaged("not a P-256 verification key")
        try:
            self.public = serialization.load_der_public_key(spki)
        except Exception:  # Which class depends on the version of the library.
            raise damaged("the verification key is not a point on the curve") from None

    def signed(self, checkpoint):
        """Whether the checkpoint is signed with this key, in strict DER."""
        try:
            self.public.verify(checkpoint.signature, checkpoint.text, ec.ECDSA(hashes.SHA256()))
            strict = utils.encode_dss_signature(*utils.decode_dss_signature(checkpoint.signature))
        except (ValueError, InvalidSignature):
            return False
        return checkpoint.signature == strict and checkpoint.id == self.id and checkpoint.origin == self.name


Checkpoint = collections.namedtuple("Checkpoint", "origin size root id signature text note")


def checkpoint_of(origin, size, root, signature):
    """The checkpoint of these four texts, or None if one of them does not have its form."""
    leaves, hash, signed = number(size), unbase64(root, 32), unbase64(signature)
    if not is_origin(origin) or leaves is None or hash is None or signed is None or len(signed) < 5:
        return None
    text = f"{origin}\n{size}\n{root}\n"
    return Checkpoint(origin, leaves, hash, signed[:4], signed[4:], text.encode(), f"{text}\n\u2014 {origin} {signature}\n".encode())


def checkpoint_in(note):
    """The checkpoint that a note of five lines (bytes) is, or None."""
    try:
        origin, size, root, _, signed = note.decode().split("\n", 4)
    except ValueError:
        return None
    found = checkpoint_of(origin, size, root, signed.rstrip("\n").split(" ")[-1])
    return found if found and found.note == note else None


def anchors_in(path):
    """The checkpoints in an anchor file: notes, and lines that contain the form of one line. (path, None) if there is none."""
    with open(path, "rb") as file:
        lines, at, found = file.read().split(b"\n"), 0, []
    while at < len(lines):
        anchor = checkpoint_in(b"\n".join(lines[at:at + 5]) + b"\n")
        at += 5 if anchor else 1
        if not anchor:
            # As a logger in JSON may have escaped it.
            line = re.sub(r"\\u002[bB]", "+", lines[at - 1].decode(errors="replace")).replace("\\/", "/")
            forms = re.finditer("(?=ezaudit-checkpoint ([^ ]+) ([^ ]+) ([^ ]+) ([A-Za-z0-9+/]+=*))", line)
            anchor = next(filter(None, (checkpoint_of(*form.groups()) for form in forms)), None)
        if anchor:
            found.append((path, anchor))
    return found or [(path, None)]


# --- The tree (RFC 9162, section 2.1) ---

def node(left, right):
    return sha256(b"\x01", left, right)


class Tree:
    def __init__(self):
        self.size, self.nodes = 0, []  # The roots of the perfect subtrees, largest first.

    def add(self, leaf):
        rest = self.size
        while rest & 1:
            leaf, rest = node(self.nodes.pop(), leaf), rest >> 1
        self.nodes.append(leaf)
        self.size += 1

    def root(self):
        return functools.reduce(lambda right, left: node(left, right), reversed(self.nodes)) if self.nodes else sha256()


def is_in_tree(index, leaf, path, size, root):
    """Section 2.1.3.2."""
    at, last, result = index, size - 1, leaf
    for sibling in path:
        if last <= 0 or None in (sibling, result):
            return False
        if at & 1 or at == last:
            result = node(sibling, result)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            result = node(result, sibling)
        at, last = at >> 1, last >> 1
    return index < size and last == 0 and result == root


# --- Lines ---

# n number, i inode, x instance, s salt, d digest, k a word, t text to the end of the line.
FIELD = {"n": "(0|[1-9][0-9]{0,18})", "i": "(0|[1-9][0-9]{0,19})", "x": "([0-9a-f]{8})", "s": "([A-Za-z0-9+/]{22}==|-{24})",
         "d": "([A-Za-z0-9+/]{43}=)", "k": "([^\x00-\x20\x7f]+)", "t": "([^\x00-\x1f\x7f]+)", "c": "([^\x00-\x1f\x7f]*)"}
FORM = {"g": "nnk", "s": "nnxnt", "z": "nnx", "f": "nnnnit", "r": "nnnnnnsd", "a": "nnnnnnsd", "u": "nnnnnnsd", "e": "nnnnnnsdnn", "o": "nnt",
        "m": "nnnt", "p": "nnnt", "d": "nnnnt", "i": "nnk", "x": "nnnnnn", "k": "nnnk", "n": "nn", "l": "nnnd",
        "h": "nnnnkk", "w": "ninkt", "c": "c"}
LINE = {kind: re.compile(f"{kind} " + " ".join(FIELD[field] for field in form)) for kind, form in FORM.items()}
Line = collections.namedtuple("Line", "kind fields hash")


def parse(line):
    """A line (bytes, without its end) with its fields and its hash as a leaf."""
    try:
        text = line.decode() if len(line) < LONGEST_LINE else ""
    except ValueError:
        text = ""
    match = text[:1] in LINE and LINE[text[0]].fullmatch(text)
    if not match:
        raise damaged("the line does not have the form of any kind of line")
    kind, fields, hashed = text[0], list(match.groups()), text
    for i, field in enumerate(FORM[kind]):
        if field in "ni":
            fields[i] = number(fields[i], LARGEST if field == "n" else 2**64 - 1)
        elif field == "d":
            fields[i] = unbase64(fields[i], 32)
        elif field == "s":
            hashed = text[:match.start(i + 1)] + "-" + text[match.end(i + 1):]
            fields[i] = DROPPED if re.fullmatch("(?=.*-)[A-Za-z0-9+/=-]{24}", fields[i]) else unbase64(fields[i], 16)
    nodes = [] if kind != "h" or fields[5] == "-" else [unbase64(hash, 32) for hash in fields[5].split(",")]
    if None in fields + nodes or kind == "h" and len(nodes) != bin(fields[0]).count("1") or kind == "w" and not are_ranges(fields[3]) \
            or kind in "raue" and (fields[4] == 0 or fields[3] + fields[4] > LARGEST):
        raise damaged("a field of the line is too large or not canonical")
    return Line(kind, fields, sha256(b"\x00", hashed.encode(), b"\n"))


def are_ranges(text):
    ends = [number(end) for end in re.split("[,-]", text)]
    return text == "-" or re.fullmatch("[0-9]+-[0-9]+(,[0-9]+-[0-9]+)*", text) and None not in ends and all(a < b for a, b in zip(ends, ends[1:]))


def unit(lines, at):
    """The lines of the leaf, or block of hints and a checkpoint, that begins at a line."""
    first = parse(lines[at])
    if first.kind not in "hwc":
        return [first]
    end = at + (first.kind == "h")
    while first.kind == "h" and lines[end:] and lines[end][:2] == b"w ":
        end += 1
    block = [parse(line) for line in lines[at:end + 5]]
    if [line.kind for line in block[end - at:]] != ["c"] * 5:
        raise damaged("hints without a checkpoint, or a checkpoint without five lines")
    return block


class Extent:
    """A leaf r, a, u or e."""
    __slots__ = "kind seq t fid off end n salt digest target order".split()

    def __init__(self, kind, fields):
        self.kind = kind
        self.seq, self.t, self.fid, self.off, length, self.n, self.salt, self.digest, self.target, self.order = (fields + [None, None])[:10]
        self.end = self.off + length


class LogFile:
    """What the ledger says about one log file."""

    def __init__(self, fid, base, inode, name):
        self.fid, self.base, self.inode, self.names, self.removed = fid, base, inode, [name], False
        self.extents, self.alarms, self.covered = [], [], [[0, base]] if base else []

    def cover(self, begin, end):
        if self.covered and self.covered[-1][0] <= begin <= self.covered[-1][1]:
            self.covered[-1][1] = max(self.covered[-1][1], end)
            return
        bisect.insort(self.covered, [begin, end])
        ranges, self.covered = self.covered, []
        for begin, end in ranges:
            if self.covered and begin <= self.covered[-1][1]:
                self.covered[-1][1] = max(self.covered[-1][1], end)
            else:
                self.covered.append([begin, end])

    def hint(self):
        ranges = ",".join(f"{begin}-{end}" for begin, end in self.covered) or "-"
        return f"w {self.fid} {self.inode} {self.base} {ranges} {self.names[-1]}".encode()


# --- The ledger: steps 1 to 4 ---

class Ledger:
    def __init__(self, keys, report, sizes_of_anchors):
        self.trusted, self.seen, self.report, self.roots = {key.text for key in keys}, set(), report, dict.fromkeys(sizes_of_anchors)
        self.tree, self.files, self.extents, self.orders = Tree(), {}, {}, {}
        self.origin = self.t = self.began = self.key = self.next_key = self.instance = self.place = None
        self.epoch, self.stopped, self.checkpoints, self.notes = 0, True, 0, set()
        self.signed_size, self.spans, self.span_keys = 0, [], []  # Spans: which keys were current between two checkpoints.

    def read(self, folder):
        names = [name for name in os.listdir(folder) if re.fullmatch("([0-9]{6}|[1-9][0-9]{6,17})[.]ezl", name)]
        numbers = [int(name[:-4]) for name in names if os.path.isfile(os.path.join(folder, name))]
        last = max(numbers + [1])
        for segment in range(1, last + 1):
            name = f"{segment:06}.ezl"
            self.place = (f"ledger/{name}", None, None)
            data = read_file(os.path.join(folder, name))
            if data is None:
                raise damaged("the segment is missing")
            self.read_segment(f"ledger/{name}", data, segment > 1, segment == last)
        self.end_span(LARGEST)

    def read_segment(self, name, data, needs_block, is_last):
        lines = data.split(b"\n")
        starts = [0] + list(itertools.accumulate(len(line) + 1 for line in lines))
        lines.pop()  # What has no line feed; empty in a complete segment.
        self.place, at = (name, 0, len(HEADER)), 1
        if not data.startswith(HEADER):
            if not is_last or not HEADER.startswith(data):
                raise damaged("the segment does not begin with the line 'ezaudit-ledger v1'")
            at = 0
        while at < len(lines):
            self.place, begin, follows_torn = (name, starts[at], len(lines[at]) + 1), starts[at], False
            try:
                found = unit(lines, at)
            except Fault:
                at, found = self.next_leaf(lines, at)
                if found is None and is_last:
                    at = bisect.bisect_left(starts, begin)
                    break
                follows_torn = found is not None and found.kind == "l" and found.fields[2] == starts[at] - begin \
                    and found.fields[3] == sha256(data[begin:starts[at]])
                if not follows_torn:
                    raise
                self.report("torn-line", "left of a write by a writer that was killed", name, begin, starts[at] - begin, *found.fields[:2])
                found, self.place = [found], (name, starts[at], len(lines[at]) + 1)
            if needs_block and found[0].kind != "h" and not follows_torn:
                raise damaged("the segment does not begin with hints and a checkpoint")
            if len(found) > 1:
                self.place = (name, starts[at], starts[at + len(found)] - starts[at])
                self.block(found, lines[at:at + len(found)])
                needs_block = False
            else:
                self.leaf(found[0], follows_torn)
            at += len(found)
        torn = (name, starts[at], len(data) - starts[at])
        if torn[2] or needs_block or at == 0:
            self.place = torn
            if not is_last:
                raise damaged("the segment ends in the middle of a line or block, and is not the last one")
            self.report("torn-ledger-end", "the ledger ends in the middle of a line or block: a writer was killed", *torn)

    @staticmethod
    def next_leaf(lines, at):
        for i in range(at, len(lines)):
            try:
                line = parse(lines[i])
            except Fault:
                continue
            if line.kind not in "hwc":
                return i, line
        return len(lines), None

    def block(self, block, lines):
        note = b"".join(line[2:] + b"\n" for line in lines[-5:])
        checkpoint, size = checkpoint_in(note), self.tree.size
        if checkpoint is None:
            raise damaged("the five lines do not have the form of a checkpoint")
        if checkpoint.size != size or checkpoint.root != self.tree.root():
            raise Fault("checkpoint-root", f"the checkpoint is not of the {size} leaves before it")
        if not self.key or not self.key.signed(checkpoint):
            raise Fault("checkpoint-signature", f"the checkpoint is not signed with the key of epoch {self.epoch}")
        if len(block) > 5:
            nodes = ",".join(base64.b64encode(hash).decode() for hash in self.tree.nodes) or "-"
            hints = [f"h {size} {self.epoch} {self.began} {len(self.files)} {self.key.text} {nodes}".encode()]
            if self.next_key or lines[:-5] != hints + [file.hint() for file in self.files.values() if not file.removed]:
                raise Fault("hint", "the hints for writers differ from the state that the leaves before them lead to")
        self.end_span(size)
        self.signed_size, self.checkpoints = size, self.checkpoints + 1
        self.notes.add(note)
        if self.next_key:
            (self.key, self.began), self.next_key, self.epoch = self.next_key, None, self.epoch + 1
        self.span_keys = [self.key]

    def end_span(self, size):
        self.spans.append((self.signed_size if self.checkpoints else -1, size, self.span_keys))

    def leaf(self, line, follows_torn):
        kind, (seq, t, *rest), hash = line
        if seq != self.tree.size:
            raise Fault("sequence", f"the line has number {seq}, expected {self.tree.size}")
        if seq == 0 and kind != "g":
            raise damaged("the ledger does not begin with a genesis line")
        if kind == "l" and not follows_torn:
            raise damaged("the line describes torn bytes that are not before it")
        file = self.files.get(rest[0]) if kind in "rauempdx" else None
        if kind in "rauempdx" and file is None and (kind, rest[0]) != ("d", 0):
            raise damaged(f"the line names file {rest[0]}, which is not known")
        if self.t is not None and t < self.t:
            self.report("clock-back", "the clock went back", *self.place, seq, t)
        if kind in "raue":
            extent = self.extents[seq] = Extent(kind, line.fields)
            if kind != "e":
                file.extents.append(extent)
                file.cover(extent.off, extent.end)
        elif kind == "g":
            trusted = rest[0] in self.trusted - self.seen
            self.key, self.began, self.epoch, self.next_key = self.key_of_ledger(rest[0]), t, 0, None
            if not trusted:
                self.report("trust-root", f"a new trust root that nobody vouches for: {rest[0]}", *self.place, seq, t)
            self.span_keys.append(self.key)
        elif kind == "k":
            if rest[0] != self.epoch + 1:
                raise damaged(f"the key is of epoch {rest[0]}, expected {self.epoch + 1}")
            self.next_key = self.key_of_ledger(rest[1]), t
        elif kind == "s":
            self.instance, self.stopped = rest[0], False
        elif kind == "z":
            self.stopped = self.stopped or rest[0] == self.instance
        elif kind == "f":
            if rest[0] != len(self.files) + 1 or rest[1] and self.checkpoints:
                raise damaged("a file number out of order, or a file with older bytes behind the first checkpoint")
            self.files[rest[0]] = LogFile(*rest[:3], checked_name(rest[3]))
        elif kind == "m":
            file.names.append(checked_name(rest[1]))
        elif kind == "p":
            file.removed = True
        elif kind == "d":
            self.report("dropped", f"{rest[1]} records could not be stored: {rest[2]}", file and file.names[-1], None, None, seq, t)
        elif kind == "o":
            self.orders[seq] = rest[0]
        elif kind == "x":
            file.alarms.append((seq, rest[2], rest[3]))
        self.tree.add(hash)
        self.t = t
        if self.tree.size in self.roots:
            self.roots[self.tree.size] = self.tree.root()

    def key_of_ledger(self, vkey):
        key = Key(vkey)
        if self.origin not in (None, key.name):
            raise damaged("the verification key is of another ledger")
        self.origin = key.name
        self.seen.add(vkey)
        return key


def checked_name(name):
    if any(part in ("", ".", "..") for part in name.split("/")):
        raise damaged("the file name leads out of the directory")
    return name


# --- The log files: steps 5 to 8 ---

class Content:
    """The bytes of a log file, those of a .gz decompressed. A .gz that is damaged has none."""
    file = None

    def __init__(self, path):
        self.damaged, self.file = False, open(path, "rb")
        if path.endswith(b".gz"):
            packed, self.file = self.file, tempfile.TemporaryFile()
            with packed:
                self.damaged = not self.unpack(packed)
        self.size = 0 if self.damaged else self.file.seek(0, os.SEEK_END)

    def __del__(self):
        if self.file:
            self.file.close()

    def unpack(self, packed):
        """Decompresses all members; false if one of them is damaged or cut off, or if anything else follows."""
        stream, data, whole = zlib.decompressobj(31), packed.read(1 << 16), True
        while data:
            try:
                self.file.write(stream.decompress(data))
            except zlib.error:
                return False
            whole, data = stream.eof, stream.unused_data or packed.read(1 << 16)
            if whole:
                stream = zlib.decompressobj(31)
        return whole

    def digest(self, salt, begin, end):
        """The digest of a range, or None if it goes beyond the end."""
        digest = hashlib.sha256(salt)
        self.file.seek(begin)
        while begin < end <= self.size:
            data = self.file.read(min(end - begin, 1 << 20))
            if not data:
                return None
            digest.update(data)
            begin += len(data)
        return digest.digest() if begin == end else None


class Files:
    """Finds the files of the ledger in the directory, and compares them with it."""
    MESSAGE = {"lost": "not on disk: lost in a power cut before a checkpoint covered it", "extent": "the bytes are not those that were written",
               "shortened": "the file is shorter than what was written to it", "unattested": "bytes that the ledger does not know",
               "base": "older than the ledger, which does not vouch for it", "torn": "a torn record, left by a writer that was killed",
               "adopted": "found in the file, not written by a living writer: not attested"}

    def __init__(self, folder, ledger, report):
        self.folder, self.ledger, self.report, self.sizes = folder, ledger, report, self.listed(folder)
        self.content = functools.lru_cache(maxsize=16)(lambda path: Content(os.path.join(folder, path)))
        self.holds = collections.defaultdict(list)  # By path: the files found in it, with the extents of them that are elsewhere.
        self.evidence, self.records, self.attested = {}, 0, 0

    @classmethod
    def listed(cls, folder):
        """The sizes of the regular files by their names, without the ledger."""
        sizes = {}
        for path, folders, names in os.walk(folder, onerror=cls.fail):
            folders[:] = [name for name in folders if (path, name) != (folder, b"ledger")]
            for full in (os.path.join(path, name) for name in names):
                if os.path.lexists(full) and stat.S_ISREG(os.lstat(full).st_mode):
                    sizes[os.path.relpath(full, folder)] = os.lstat(full).st_size
        return sizes

    @staticmethod
    def fail(error):
        raise error

    def tell(self, code, extent, path=None, message=None):
        name = path.decode(errors="replace") if path else self.ledger.files[extent.fid].names[-1]
        self.report(code, message or self.MESSAGE[code], name, extent.off, extent.end - extent.off, extent.seq, extent.t)

    def check(self):
        self.resolve_erasures()
        found = self.locate()
        for fid, path in found.items():
            self.compare(self.ledger.files[fid], path)
        for path in sorted(self.holds):
            self.check_coverage(path)
        names = {name.encode() for file in self.ledger.files.values() for name in file.names}
        for path, size in sorted(self.sizes.items()):
            ends = [i for i in range(path.rfind(b"/") + 2, len(path) + 1) if path[i:i + 1] in (b"", b".", b"-")]
            hidden = any(part.startswith(b".") for part in path.split(b"/"))
            if size and path not in self.holds and not hidden and any(path[:end] in names for end in ends):
                self.report("unknown-file", "the file is not in the ledger", path.decode(errors="replace"), 0, size)

    def resolve_erasures(self):
        """Which salt and digest holds for each extent."""
        newest, extents, orders = {}, self.ledger.extents, self.ledger.orders
        for e in (x for x in extents.values() if x.kind == "e"):
            target = extents.get(e.target)
            if not target or e.target >= e.seq or e.order >= e.seq or e.order not in orders or (target.fid, target.off, target.end) != (e.fid, e.off, e.end):
                self.tell("erasure", e, None, "the erasure names no extent of these bytes, or no order")
                continue
            if target.salt != DROPPED:
                self.tell("erasure", e, None, "the erased extent still has its salt")
            newest[e.target] = e
        for extent in (x for file in self.ledger.files.values() for x in file.extents):
            last = extent
            while last.salt == DROPPED and last.seq in newest:
                last = newest[last.seq]
            if last.salt == DROPPED:
                self.tell("erasure", extent, None, "the salt was removed, and no order to erase says so")
            elif last is not extent:
                self.tell("erased", extent, None, f"erased by order: {orders[last.order]}")
            self.evidence[extent.seq] = None if last.salt == DROPPED else (last.salt, last.digest)

    def candidates(self, file):
        """The paths where a file may be: its name, that compressed, then what rotation may have made of its names."""
        names = {name.encode() for name in (file.names[0], file.names[-1])}
        likely = [path for path in (file.names[-1].encode(), file.names[-1].encode() + b".gz") if path in self.sizes]
        yield from likely
        yield from sorted(path for path in self.sizes if path not in likely and any(
            path.startswith(name) and path[len(name):len(name) + 1] in (b"", b".", b"-") and b"/" not in path[len(name):] for name in names))

    def is_right(self, path, extent):
        try:
            salt, digest = self.evidence[extent.seq]
            return self.content(path).digest(salt, extent.off, extent.end) == digest
        except FileNotFoundError:
            return False  # Renamed or removed since the directory was read.

    def locate(self):
        """The path of each file: that with its first bytes, else that with its name."""
        found = {}
        for fid, file in self.ledger.files.items():
            file.extents.sort(key=lambda x: (x.off, x.seq))
            first = next((x for x in file.extents if self.evidence[x.seq]), None)
            path = first and next((path for path in self.candidates(file) if self.is_right(path, first)), None)
            if path:
                found[fid] = path
        taken = set(found.values())
        for fid, file in self.ledger.files.items():
            if fid not in found and not file.removed:
                name = file.names[-1].encode()
                path = next((path for path in (name, name + b".gz") if path in self.sizes and path not in taken), None)
                if path:
                    found[fid] = path
                    taken.add(path)
                elif all(self.verdict(file, x, 0)[0] == "lost" for x in file.extents if self.evidence[x.seq]):
                    for extent in (x for x in file.extents if self.evidence[x.seq]):
                        self.tell("lost", extent)
                else:
                    self.report("missing-file", f"the file (number {fid}) is missing", file.names[-1])
        return found

    def verdict(self, file, extent, size):
        """Why bytes are not where they should be, and whether an alarm already said so."""
        for seq, actual, signed_size in file.alarms:
            if seq > extent.seq and actual < extent.end:
                return "lost" if extent.seq >= signed_size else "shortened", True
        if extent.end > size:
            return "lost" if extent.seq >= self.ledger.signed_size else "shortened", False
        return "extent", False

    def compare(self, file, path):
        old = file.names[0].endswith(".gz") and not file.extents
        if old or self.content(path).damaged:
            code, message = ("base", self.MESSAGE["base"]) if old else ("extent", "the compressed file is damaged")
            self.report(code, message, path.decode(errors="replace"), 0, self.sizes[path])
            self.holds[path].append((file, None))
            return
        checked = [extent for extent in file.extents if self.evidence[extent.seq]]
        wrong = {x.seq: self.verdict(file, x, self.content(path).size) for x in checked if not self.is_right(path, x)}
        self.holds[path].append((file, {seq for seq, (_, alarmed) in wrong.items() if alarmed}))
        if wrong and file.alarms:
            copy = next((other for other in self.candidates(file) if other != path and all(self.is_right(other, x) for x in checked)), None)
            if copy:  # Copied and truncated, as logrotate does, or restored.
                wrong = {}
                self.holds[copy].append((file, set()))
        for extent in checked:
            if extent.seq in wrong:
                self.tell(wrong[extent.seq][0], extent, path)
            elif extent.kind == "r":
                self.records, self.attested = self.records + extent.n, self.attested + extent.end - extent.off

    def check_coverage(self, path):
        """Reports the bytes of a file that no r vouches for."""
        if any(elsewhere is None for _, elsewhere in self.holds[path]):
            return
        # A plain file may have grown since the ledger was read.
        size = self.content(path).size if path.endswith(b".gz") else min(self.content(path).size, self.sizes[path])
        events, starts = [], {}
        for file, elsewhere in self.holds[path]:
            events += [(0, 0, 1), (file.base, 0, -1)]
            for x in file.extents:
                if x.seq not in elsewhere:
                    rank = " uar".index(x.kind)
                    events += [(x.off, rank, 1), (x.end, rank, -1)]
                    starts[x.off, rank] = x
        active, since, ranges = [0] * 4, 0, []
        for position, rank, step in sorted(events) + [(size, 0, 0)]:
            position = min(position, size)
            if position > since:
                best = max((r for r in range(4) if active[r]), default=-1)
                if ranges and ranges[-1][2] == best:
                    ranges[-1][1] = position
                else:
                    ranges.append([since, position, best])
                since = position
            active[rank] += step
        for begin, end, rank in ranges:
            if rank < 3:
                code, x = ("base", "torn", "adopted", "unattested")[rank], starts.get((begin, rank))
                self.report(code, self.MESSAGE[code], path.decode(errors="replace"), begin, end - begin, x and x.seq, x and x.t)


# --- Verification of a directory ---

def verify(folder, keys, anchors, fresh_until, attempts=5):
    """The result as --json prints it. A writer may rename and remove files meanwhile: then a verification that missed something is repeated."""
    result, names = verify_once(folder, keys, anchors, fresh_until)
    suspicious = {"unknown-file", "unattested"} & {finding["code"] for finding in result["findings"]} or result["result"] == "tampered"
    if attempts > 1 and suspicious and names != Files.listed(os.fsencode(folder)).keys():
        return verify(folder, keys, anchors, fresh_until, attempts - 1)
    return result


def verify_once(folder, keys, anchors, fresh_until):
    """The result of one attempt, and the names of the files."""
    findings = []

    def report(code, message, file=None, offset=None, length=None, seq=None, t=None):
        findings.append({"severity": SEVERITY[code], "code": code, "file": file, "offset": offset, "length": length, "seq": seq,
                         "time": None if t is None else utc(t), "message": message})

    # In this order: a writer may be at work, and what is read first must not be ahead of the ledger.
    note = read_file(os.path.join(folder, "ledger", "checkpoint"))
    ledger = Ledger(keys, report, {checkpoint.size for _, checkpoint in anchors if checkpoint})
    files = Files(os.fsencode(folder), ledger, report)
    try:
        ledger.read(os.path.join(folder, "ledger"))
    except Fault as fault:
        findings[:] = [finding for finding in findings if finding["code"] == "trust-root"]
        report(fault.code, str(fault), *ledger.place, ledger.tree.size, ledger.t)
    else:
        if not ledger.checkpoints:
            report("checkpoint-missing", "the ledger has no checkpoint")
        if note not in ledger.notes:
            report("checkpoint-file", "missing" if note is None else "not one of the ledger's checkpoints: damaged, or the ledger was cut off", "ledger/checkpoint")
        check_anchors(ledger, anchors, report)
        files.check()
        if ledger.tree.size > ledger.signed_size:
            report("pending", f"no checkpoint covers the leaves from {ledger.signed_size} on yet", seq=ledger.signed_size)
        if not ledger.stopped:
            report("not-stopped", f"the writer {ledger.instance} is running, or was killed")
        if fresh_until is not None and (ledger.t or 0) < fresh_until:
            report("stale", f"nothing in the ledger is as new as {utc(fresh_until)}", seq=ledger.tree.size - 1, t=ledger.t)
    found = {finding["severity"] for finding in findings}
    return {"result": next((severity for severity in ("tampered", "incomplete") if severity in found), "intact"),
            "leaves": ledger.tree.size, "checkpoints": ledger.checkpoints, "records": files.records, "attestedBytes": files.attested, "findings": findings}, files.sizes.keys()


def check_anchors(ledger, anchors, report):
    ours = {name for name, anchor in anchors if anchor and anchor.origin == ledger.origin}
    for name, anchor in anchors:
        if anchor is None or anchor.origin != ledger.origin:
            # One place may keep the checkpoints of several ledgers.
            if name not in ours:
                report("anchor", "there is no checkpoint of this ledger in the file", name)
        elif anchor.size > ledger.tree.size:
            report("rollback", f"the ledger has {ledger.tree.size} leaves, and had {anchor.size}: cut off, or replaced by an older one", name)
        elif anchor.root != ledger.roots[anchor.size]:
            report("anchor", f"the first {anchor.size} leaves are not those of the anchor", name, seq=anchor.size - 1)
        elif not any(key.signed(anchor) for begin, end, keys in ledger.spans if begin <= anchor.size <= end for key in keys):
            report("anchor", f"the anchor of {anchor.size} leaves is not signed with a key that was current then", name, seq=anchor.size - 1)


# --- The proof of one record (C2SP tlog-proof) ---

PROOF = re.compile(rb"c2sp[.]org/tlog-proof@v1\nextra ([^\n]+)\nindex ([0-9]+)\n((?:[^\n]+\n)*)\n(.*)", re.S)
EXTRA = re.compile(rb"ezaudit-proof v1\n(r [^\n]+)\n([0-9]+) (f [^\n]+)\n([^\n]+)\n([0-9]+) ([0-9]+) ([^\n]+)\n([0-9]+)\n(.*)", re.S)
LINK = re.compile(rb"([0-9]+) (k [^\n]+)\n([^\n]+)\n((?:[^\n]*\n){5})")


def prove(data, keys):
    """Checks a proof; returns its extent, the name of the log file, the record's place in the file and its bytes, and the checkpoint."""
    proof = PROOF.fullmatch(data)
    extra = EXTRA.fullmatch(unbase64(proof[1].decode(errors="replace")) or b"") if proof else None
    begin, length, links = (number(text.decode()) for text in extra.group(5, 6, 8)) if extra else (None, None, None)
    if None in (begin, length, links):
        raise damaged("this is not the proof of a record")
    rest, epoch, size = extra[9], None, 0
    for _ in range(links):
        link = LINK.match(rest)
        if not link:
            raise damaged("the chain of keys is damaged")
        rest, line, checkpoint = rest[link.end():], parse(link[2]), checkpoint_in(link[4])
        key = Key(line.fields[3])
        check_inclusion(link[1], line, hashes_of(link[3]), checkpoint, keys)
        if checkpoint.origin != key.name or epoch not in (None, line.fields[2] - 1) or line.fields[0] < size:
            raise damaged("the chain of keys is damaged")
        keys, epoch, size = [key], line.fields[2], checkpoint.size
    line, file, checkpoint = parse(extra[1]), parse(extra[3]), checkpoint_in(proof[4])
    check_inclusion(proof[2], line, proof[3].split(b"\n")[:-1], checkpoint, keys)
    check_inclusion(extra[2], file, hashes_of(extra[4]), checkpoint, keys)
    extent = Extent(*line[:2])
    if extent.salt == DROPPED or file.fields[2] != extent.fid or file.fields[0] > extent.seq or checkpoint.size < size:
        raise damaged("the leaves do not belong together")
    record = rest[begin:begin + length]
    if len(rest) != extent.end - extent.off or sha256(extent.salt, rest) != extent.digest:
        raise Fault("extent", "the bytes are not those that were written")
    if (begin, begin + length) not in records(rest, extent.n) or unbase64(extra[7].decode(errors="replace"), 32) != sha256(record):
        raise damaged("the bytes shown are not one record")
    return extent, file.fields[5], extent.off + begin, record, checkpoint


def hashes_of(text):
    return [] if text == b"-" else text.split(b",")


def check_inclusion(index, line, path, checkpoint, keys):
    if checkpoint is None or not any(key.signed(checkpoint) for key in keys):
        raise Fault("checkpoint-signature", "the checkpoint is not signed with a trusted key, nor one that a trusted key leads to")
    path = [unbase64(hash.decode(errors="replace"), 32) for hash in path]
    if number(index.decode()) != line.fields[0] or not is_in_tree(line.fields[0], line.hash, path, checkpoint.size, checkpoint.root):
        raise Fault("checkpoint-root", "the line is not in the tree of the checkpoint")


def records(data, count):
    """Where the records of an extent begin and end: the shortest of its ends that occurs as often as there are records ends each of them."""
    for length in range(1, min(64, len(data)) + 1):
        *parts, rest = data.split(data[-length:])
        if count and len(parts) == count and not rest:
            ends = list(itertools.accumulate(len(part) + length for part in parts))
            return list(zip([0] + ends, ends))
    return []


# --- The command line ---

def printable(text):
    """The text without what could control a terminal."""
    return "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)


def describe(finding):
    unit = {"offset": "at byte {}", "length": "{} bytes", "seq": "leaf {}"}
    place = ", ".join(unit.get(key, "{}").format(finding[key]) for key in ("file", "offset", "length", "seq", "time") if finding[key] is not None)
    return f"{finding['severity']} ({finding['code']}): " + (f"{place}: " if place else "") + finding["message"]


def run_verify(arguments):
    if not os.path.isdir(os.path.join(arguments.directory, "ledger")):
        print(f"there is no ledger in {arguments.directory}", file=sys.stderr)
        return 3
    anchors = [anchor for path in arguments.anchor for anchor in anchors_in(path)]
    result = verify(arguments.directory, arguments.key, anchors, arguments.fresh_until)
    if arguments.json:
        print(json.dumps(result))
    else:
        for finding in result["findings"]:
            print(printable(describe(finding)))
        print("{result}: {leaves} leaves, {checkpoints} checkpoints, {records} records in {attestedBytes} bytes attested".format(**result))
    return ("intact", "tampered", "incomplete").index(result["result"])


def run_proof(arguments):
    with open(arguments.file, "rb") as file:
        data = file.read()
    try:
        extent, name, offset, record, checkpoint = prove(data, arguments.key)
    except Fault as fault:
        print(f"tampered ({fault.code}): {printable(str(fault))}")
        return 1
    print(printable(f"intact: {name}, at byte {offset}, leaf {extent.seq}, {utc(extent.t)}, in the checkpoint of {checkpoint.size} leaves"))
    print(printable(record.decode(errors="replace")))
    return 0


def vkey(text):
    try:
        return Key(text.strip())
    except Fault as fault:
        raise argparse.ArgumentTypeError(str(fault)) from None


def instant(text):
    time = datetime.fromisoformat(re.sub("[Zz]$", "+00:00", text))
    return (time if time.tzinfo else time.replace(tzinfo=timezone.utc)) - datetime(1970, 1, 1, tzinfo=timezone.utc)


class Arguments(argparse.ArgumentParser):
    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(3, f"{self.prog}: {message}\n")


def main():
    parser = Arguments(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    verifying = commands.add_parser("verify", help="verifies a directory of log files with its ledger")
    verifying.add_argument("directory", metavar="DIR")
    verifying.add_argument("--anchor", action="append", default=[], metavar="FILE", help="a file with checkpoints that were kept elsewhere")
    verifying.add_argument("--fresh-until", type=lambda text: instant(text) // timedelta(microseconds=1), metavar="ISO-TIME",
                           help="the newest line of the ledger must not be older")
    verifying.add_argument("--json", action="store_true", help="prints the result as one JSON object")
    proving = commands.add_parser("proof", help="checks the proof of one record, and prints the record")
    proving.add_argument("file", metavar="FILE")
    for command, run in ((verifying, run_verify), (proving, run_proof)):
        command.add_argument("--key", action="append", required=True, type=vkey, metavar="VKEY", help="a verification key that is trusted")
        command.set_defaults(run=run)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return arguments.run(arguments)
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
