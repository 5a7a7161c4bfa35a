"""Writes directories of log files with a ledger, for the tests of docs/ezledger.py. No code of the verifier is used."""
import base64, copy, gzip, hashlib, os, random, shutil

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

ORIGIN = "example.com/host1/audit"


def sha256(data):
    return hashlib.sha256(data).digest()


def b64(data):
    return base64.b64encode(data).decode()


def tree_root(leaves):
    """RFC 9162, section 2.1.1, as it is defined there."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return sha256(b"\x01" + tree_root(leaves[:k]) + tree_root(leaves[k:]))


def inclusion(index, leaves):
    """RFC 9162, section 2.1.3.1."""
    if len(leaves) <= 1:
        return []
    k = split(len(leaves))
    return inclusion(index, leaves[:k]) + [tree_root(leaves[k:])] if index < k else inclusion(index - k, leaves[k:]) + [tree_root(leaves[:k])]


def split(size):
    """The largest power of two that is smaller."""
    return 1 << ((size - 1).bit_length() - 1)


def perfect_subtrees(leaves):
    roots = []
    while leaves:
        size = 1 << (len(leaves).bit_length() - 1)
        roots.append(tree_root(leaves[:size]))
        leaves = leaves[size:]
    return roots


class Signer:
    def __init__(self, origin=ORIGIN):
        self.origin, self.private = origin, ec.generate_private_key(ec.SECP256R1())
        spki = self.private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        self.id = sha256(spki)[:4]
        self.vkey = f"{origin}+{self.id.hex()}+{b64(bytes([2]) + spki)}"

    def note(self, size, root):
        text = f"{self.origin}\n{size}\n{b64(root)}\n"
        signature = b64(self.id + self.private.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{text}\n\u2014 {self.origin} {signature}\n"


class LedgerMaker:
    """One writer, which seals what it is told to write."""

    def __init__(self, folder, seed=1, base=(), key=None):
        self.folder, self.random, self.t = folder, random.Random(seed), 1_796_000_000_000_000
        self.lines, self.leaves, self.files, self.extents, self.links, self.notes = [], [], {}, {}, [], []
        self.segment, self.signed, self.pending = 1, 0, None
        os.makedirs(self.path("ledger"))
        self.append("ezaudit-ledger v1\n")
        self.key = self.genesis = key or Signer()
        self.begin_trust(self.key)
        for name in base:
            self.file(name, os.path.getsize(self.path(name)))
        self.leaf("s", "0a1b2c3d", 4711, "host 1")

    def fork(self, folder):
        """A copy of the directory in which one can go on otherwise."""
        other = copy.copy(self)
        other.lines, other.leaves, other.notes = list(self.lines), list(self.leaves), list(self.notes)
        other.files, other.extents = copy.deepcopy(self.files), dict(self.extents)
        other.folder = folder
        shutil.copytree(self.folder, folder)
        return other

    # --- paths and bytes ---

    def path(self, name):
        return os.path.join(self.folder, name)

    @property
    def segment_path(self):
        return self.path(f"ledger/{self.segment:06}.ezl")

    def append(self, text):
        with open(self.segment_path, "ab") as file:
            file.write(text if isinstance(text, bytes) else text.encode())

    # --- leaves ---

    def leaf(self, kind, *fields, salt=None):
        """Appends a leaf, and returns its number. A salt stands in the place of the field "SALT"."""
        seq, self.t = len(self.leaves), self.t + 1000
        line = " ".join(str(field) for field in (kind, seq, self.t, *fields)) + "\n"
        self.leaves.append(sha256(b"\x00" + line.replace("SALT", "-").encode()))
        self.lines.append(line.replace("SALT", salt or "SALT")[:-1])
        self.append(self.lines[-1] + "\n")
        return seq

    def begin_trust(self, key):
        seq = self.leaf("g", key.vkey)
        self.key, self.epoch, self.began, self.pending = key, 0, self.t, None
        return seq

    def file(self, name, base=0):
        fid = len(self.files) + 1
        self.files[fid] = {"name": name, "base": base, "inode": 1000 + fid, "covered": set(range(base)), "removed": False}
        self.leaf("f", fid, base, 1000 + fid, name)
        return fid

    def fid(self, name):
        known = [fid for fid, file in self.files.items() if file["name"] == name and not file["removed"]]
        return known[-1] if known else self.file(name)

    def extent(self, kind, fid, off, data, n=1, extra=()):
        salt = self.random.randbytes(16)
        seq = self.leaf(kind, fid, off, len(data), n, "SALT", b64(sha256(salt + data)), *extra, salt=b64(salt))
        self.extents[seq] = (fid, off, len(data), salt)
        if kind != "e":
            self.files[fid]["covered"] |= set(range(off, off + len(data)))
        return seq

    def write(self, name, data, kind="r", n=1):
        """Appends bytes to a log file, and their extent to the ledger."""
        fid = self.fid(name)
        self.append_only(name, data)
        return self.extent(kind, fid, os.path.getsize(self.path(name)) - len(data), data, n)

    def append_only(self, name, data):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "ab") as file:
            file.write(data)

    def rename(self, name, other):
        fid = self.fid(name)
        os.rename(self.path(name), self.path(other))
        self.files[fid]["name"] = other
        self.leaf("m", fid, other)

    def compress(self, name):
        with open(self.path(name), "rb") as file, gzip.open(self.path(name + ".gz"), "wb") as packed:
            packed.write(file.read())
        os.remove(self.path(name))

    def remove(self, name):
        fid = self.fid(name)
        self.leaf("p", fid, "older than 90 days")
        self.files[fid]["removed"] = True
        os.remove(self.path(name))

    def alarm(self, name, actual):
        """The file is found shorter; what follows in it is another file of the ledger."""
        fid = self.fid(name)
        self.leaf("x", fid, max(self.files[fid]["covered"], default=-1) + 1, actual, self.signed)
        return self.file(name)

    def erase(self, seq, data, order="erased for admin: request 12"):
        """Overwrites the bytes of an extent, drops its salt, and writes the evidence."""
        fid, off, length, salt = self.extents[seq]
        assert len(data) == length
        order = self.leaf("o", order)
        with open(self.path(self.files[fid]["name"]), "r+b") as file:
            file.seek(off)
            file.write(data)
        erasure = self.extent("e", fid, off, data, extra=(seq, order))
        self.drop_salt(seq)
        return erasure

    def drop_salt(self, seq):
        salt = b64(self.extents[seq][3]).encode()
        for number in range(1, self.segment + 1):
            path = self.path(f"ledger/{number:06}.ezl")
            with open(path, "rb") as file:
                data = file.read()
            with open(path, "wb") as file:
                file.write(data.replace(salt, b"-" * 24))

    def torn(self, data):
        """Bytes that a killed writer left, closed and described by the next one."""
        self.append(data + b"\0\n")
        self.leaf("l", len(data) + 2, b64(sha256(data + b"\0\n")))

    # --- checkpoints, epochs, segments ---

    def hints(self):
        nodes = ",".join(b64(root) for root in perfect_subtrees(self.leaves)) or "-"
        lines = [f"h {len(self.leaves)} {self.epoch} {self.began} {len(self.files)} {self.key.vkey} {nodes}\n"]
        for fid, file in self.files.items():
            if not file["removed"]:
                ends = sorted(file["covered"])
                begins = [i for i in ends if i - 1 not in file["covered"]]
                ranges = ",".join(f"{begin}-{end + 1}" for begin, end in zip(begins, (i for i in ends if i + 1 not in file["covered"]))) or "-"
                lines.append(f"w {fid} {file['inode']} {file['base']} {ranges} {file['name']}\n")
        return "".join(lines)

    def note(self, key=None):
        return (key or self.key).note(len(self.leaves), tree_root(self.leaves))

    def checkpoint(self, hints=False, key=None, publish=True):
        note = self.note(key)
        self.append((self.hints() if hints else "") + "".join(f"c {line}\n" for line in note.split("\n")[:-1]))
        self.notes.append(note)
        if self.pending:
            seq, line, key, began = self.pending
            self.links.append((seq, line, [*inclusion(seq, self.leaves)], note))
            self.key, self.epoch, self.began, self.pending = key, self.epoch + 1, began, None
        self.signed = len(self.leaves)
        if publish:
            self.publish(note)
        return note

    def publish(self, note):
        with open(self.path("ledger/checkpoint"), "w", encoding="utf-8") as file:
            file.write(note)

    def next_key(self):
        key = Signer()
        seq = self.leaf("k", self.epoch + 1, key.vkey)
        self.pending = (seq, f"k {seq} {self.t} {self.epoch + 1} {key.vkey}", key, self.t)
        return key

    def next_epoch(self):
        self.next_key()
        self.checkpoint()

    def next_segment(self):
        self.segment += 1
        self.append("ezaudit-ledger v1\n")
        self.checkpoint(hints=True)

    def stop(self):
        self.leaf("z", "0a1b2c3d")
        self.checkpoint(hints=True)

    def proof(self, seq, begin, length):
        """The proof of a record in the extent of a leaf, against the newest checkpoint."""
        fid, off, size, salt = self.extents[seq]
        with open(self.path(self.files[fid]["name"]), "rb") as file:
            data = file.read()[off:off + size]
        line = self.lines[seq]
        file, name = next((i, line) for i, line in enumerate(self.lines) if line.startswith(f"f {i} ") and line.split(" ")[3] == str(fid))
        digest = b64(sha256(data[begin:begin + length]))
        extra = f"ezaudit-proof v1\n{line}\n{file} {name}\n{self.path_of(file)}\n{begin} {length} {digest}\n{len(self.links)}\n"
        for index, leaf, path, note in self.links:
            extra += f"{index} {leaf}\n{','.join(b64(hash) for hash in path) or '-'}\n{note}"
        path = self.path_of(seq).replace(",", "\n").strip("-") + "\n"
        return f"c2sp.org/tlog-proof@v1\nextra {b64(extra.encode() + data)}\nindex {seq}\n{path}\n{self.notes[-1]}".encode()

    def path_of(self, seq):
        return ",".join(b64(hash) for hash in inclusion(seq, self.leaves[:self.signed])) or "-"
