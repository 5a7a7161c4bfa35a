"""Writes random directories with ledgers, damages them, and writes down what docs/ezledger.py says about each.

    python3 damaged.py FOLDER COUNT SEED

FOLDER/cases.jsonl has a line for each: directory, keys, anchors, freshUntil, what was done, result, and the findings as "severity code".
"""
import gzip, json, os, random, re, shutil, sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "..", "docs")]

import ezledger
from ledgermaker import LedgerMaker, Signer, b64


class RandomWriter:
    """Writes a ledger as writers could, at random."""

    def __init__(self, folder, chance):
        self.chance, self.records, self.roots, self.done = chance, 0, [], []
        base = []
        if chance.random() < 0.3:
            os.makedirs(folder)
            for name, data in (("login.log", self.record()), ("old.log", b""), ("old.log.1.gz", b"whatever")):
                if chance.random() < 0.6:
                    with open(os.path.join(folder, name), "wb") as file:
                        file.write(data)
                    base.append(name)
        self.made = LedgerMaker(folder, seed=chance.random(), base=base)
        self.roots.append(self.made.genesis)

    def record(self):
        self.records = self.records + 1
        return f"[ Nov 29 2026 12:00:{self.records:02} ] [10.0.0.7] [editor:16]\nNode ID: {self.records}\n\n".encode()

    def go_on(self, steps):
        likely = ["write"] * 8 + ["checkpoint"] * 3 + ["epoch", "rotate", "rotate", "compress", "adopt", "adopt", "segment", "erase", "power_cut"]
        rare = ["remove", "logrotate", "copytruncate", "cut", "lose", "torn", "restart", "root", "heartbeat", "clock_back", "odd", "several_keys", "power_cut"]
        for _ in range(steps):
            name = self.chance.choice(likely if self.chance.random() < 0.7 else rare)
            if getattr(self, name)() is not False:
                self.done.append(name)
        if self.chance.random() < 0.7:
            self.made.stop()

    def name(self):
        return self.chance.choice(["login.log", "login.log", "sub/user.log", "ü b.log"])

    def existing(self, names=None):
        """A file that the ledger knows last under its name, and that is there."""
        files = {file["name"] for file in self.made.files.values() if not file["removed"] and os.path.exists(self.made.path(file["name"]))}
        files = sorted(name for name in files if not name.endswith(".gz") and (names is None or re.fullmatch(names, name)))
        return self.chance.choice(files) if files else None

    def write(self, kind="r"):
        count = self.chance.randrange(1, 4)
        self.made.write(self.name(), b"".join(self.record() for _ in range(count)), kind, count)

    def adopt(self):
        self.made.write(self.name(), self.record()[:self.chance.randrange(5, 40)], self.chance.choice("au"), 0)

    def checkpoint(self):
        self.made.checkpoint(hints=self.chance.random() < 0.6, publish=self.chance.random() < 0.8)

    def epoch(self):
        self.made.next_epoch()

    def several_keys(self):
        self.made.next_key()
        self.made.next_epoch()

    def segment(self):
        self.made.next_segment()

    def rotate(self):
        name = self.existing(".*[.]log")
        if name is None:
            return False
        number = 1
        while os.path.exists(self.made.path(f"{name}.{number}")) or os.path.exists(self.made.path(f"{name}.{number}.gz")):
            number += 1
        self.made.rename(name, f"{name}.{number}")

    def compress(self):
        name = self.existing(r".*[.]\d+")
        if name is None:
            return False
        self.made.compress(name)

    def remove(self):
        name = self.existing(r".*[.]\d+")
        if name is None:
            return False
        self.made.remove(name)

    def logrotate(self):
        name = self.existing(".*[.]log")
        if name is None or os.path.exists(self.made.path(name + "-20261129")):
            return False
        os.rename(self.made.path(name), self.made.path(name + "-20261129"))
        self.made.file(name)

    def copytruncate(self):
        name = self.existing(".*[.]log")
        if name is None or os.path.exists(self.made.path(name + "-copy")):
            return False
        shutil.copy(self.made.path(name), self.made.path(name + "-copy"))
        self.shorten(name, 0)

    def shorten(self, name, size):
        os.truncate(self.made.path(name), size)
        self.made.alarm(name, size)
        if size and self.chance.random() < 0.5:
            with open(self.made.path(name), "rb") as file:
                self.made.extent("a", self.made.fid(name), 0, file.read(), 0)

    def cut(self):
        name = self.existing(".*[.]log")
        size = name and os.path.getsize(self.made.path(name))
        if not size:
            return False
        self.shorten(name, self.chance.randrange(size))

    def power_cut(self):
        name = self.name()
        self.made.checkpoint()
        before = os.path.getsize(self.made.path(name)) if os.path.exists(self.made.path(name)) else 0
        self.made.write(name, self.record())
        size = self.chance.choice((before, before, before + 7))
        if before == 0 and size == 0 and self.chance.random() < 0.5:
            os.remove(self.made.path(name))
            self.made.alarm(name, 0)
        elif self.chance.random() < 0.8:
            self.shorten(name, size)
        else:
            os.truncate(self.made.path(name), size)

    def erase(self):
        seqs = [seq for seq, (fid, off, length, salt) in self.made.extents.items() if os.path.exists(self.made.path(self.made.files[fid]["name"]))
                and os.path.getsize(self.made.path(self.made.files[fid]["name"])) >= off + length]
        if not seqs:
            return False
        seq = self.chance.choice(seqs)
        self.made.erase(seq, b"*" * self.made.extents[seq][2])

    def lose(self):
        self.made.leaf("d", self.chance.choice([0, *self.made.files]), 3, "no space left on device")

    def torn(self):
        block = self.made.hints() + "".join(f"c {line}\n" for line in self.made.note().split("\n")[:-1]) + "r 7 1796"
        self.made.torn(block.encode()[:self.chance.randrange(len(block) - 9)])

    def restart(self):
        if self.chance.random() < 0.5:
            self.made.leaf("z", "0a1b2c3d")
        self.made.leaf("s", "0a1b2c3e", 4712, "host 1")

    def root(self):
        key = self.chance.choice([Signer(), Signer(), self.made.genesis])
        self.roots.append(key)
        self.made.begin_trust(key)

    def heartbeat(self):
        self.made.leaf("n")
        self.made.leaf("i", "settings")

    def clock_back(self):
        self.made.t -= 5_000_000

    def odd(self):
        """What no writer writes."""
        fid = self.chance.choice([1, 1, 99])
        self.made.leaf(*self.chance.choice([
            ("x", fid, 5, 3, 1), ("m", fid, "login.log-x"), ("p", fid, "odd"), ("f", 99, 0, 1, "x"), ("f", len(self.made.files) + 1, 7, 1, "x"), ("k", 7, Signer().vkey),
            ("k", self.made.epoch + 1, Signer("other").vkey), ("l", 5, b64(bytes(32))), ("q", 1), ("m", fid, "../x"), ("m", fid, "a//b"), ("m", fid, ""),
            ("r", fid, 0, 0, 1, b64(bytes(16)), b64(bytes(32))), ("r", fid, 2**63 - 5, 9, 1, b64(bytes(16)), b64(bytes(32))), ("o", "by  whom"),
            ("e", fid, 0, 9, 1, b64(bytes(16)), b64(bytes(32)), 3, 2), ("k", self.made.epoch + 1, "no+key+at all"), ("i", "\u00a0"), ("s", "0A0a0a0a", 1, "x")]))


class Damage:
    """Changes a directory at random."""

    def __init__(self, made, chance):
        self.made, self.chance = made, chance

    def do(self):
        kinds = ["flip", "flip", "edit", "edit", "truncate", "line", "line", "field", "field", "file", "file", "segment_end", "checkpoint", "salt", "block", "packed"]
        name = self.chance.choice(kinds)
        return f"{name}: {getattr(self, name)()}"

    def paths(self, pattern=".*"):
        paths = [os.path.join(path, name)[len(self.made.folder) + 1:] for path, _, names in os.walk(self.made.folder) for name in names]
        return sorted(path for path in paths if re.fullmatch(pattern, path) and os.path.isfile(self.made.path(path)))

    def read(self, name):
        with open(self.made.path(name), "rb") as file:
            return file.read()

    def put(self, name, data):
        os.makedirs(os.path.dirname(self.made.path(name)), exist_ok=True)
        with open(self.made.path(name), "wb") as file:
            file.write(data)

    def pick(self, pattern=".*"):
        paths = [path for path in self.paths(pattern) if os.path.getsize(self.made.path(path))]
        return self.chance.choice(paths) if paths else None

    def flip(self):
        name = self.pick()
        data = bytearray(self.read(name))
        at, bit = self.chance.randrange(len(data)), self.chance.randrange(8)
        data[at] ^= 1 << bit
        self.put(name, data)
        return f"{name} byte {at} bit {bit}"

    def edit(self):
        name = self.pick()
        data, other = self.read(name), self.read(self.pick())
        at, length = self.chance.randrange(len(data) + 1), self.chance.choice((0, 0, 1, 30))
        start = self.chance.randrange(len(other))
        piece = self.chance.choice((b"", b"\n", b"\0", b" ", b"\xff", b"0", other[start:start + self.chance.randrange(150)]))
        self.put(name, data[:at] + piece + data[at + length:])
        return f"{name} byte {at}, {length} bytes are now {piece[:20]!r}"

    def truncate(self):
        name = self.pick()
        size = self.chance.choice((0, self.chance.randrange(os.path.getsize(self.made.path(name)))))
        os.truncate(self.made.path(name), size)
        return f"{name} at {size}"

    def line(self):
        """Deletes, doubles or swaps lines."""
        name = self.pick(self.chance.choice(("ledger/.*ezl", ".*[.]log.*")))
        if name is None or name.endswith(".gz"):
            return None
        lines = self.read(name).split(b"\n")
        i, j, how = self.chance.randrange(len(lines)), self.chance.randrange(len(lines)), self.chance.choice(("delete", "double", "swap"))
        if how == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        else:
            lines[i:i + 1] = [lines[i]] * (2 if how == "double" else 0)
        self.put(name, b"\n".join(lines))
        return f"{how} {name} line {i}, {j}"

    def field(self):
        """Changes a field of a line of the ledger to another one."""
        name = self.pick("ledger/.*ezl")
        lines = self.read(name).split(b"\n") if name else [b""]
        i = self.chance.randrange(len(lines))
        words = lines[i].split(b" ")
        k = self.chance.randrange(len(words))
        words[k] = self.chance.choice((b"0", b"1", b"2", b"01", b"-1", b"", b"18446744073709551615", b"-", b"-" * 24, words[k][:-1], words[k] + b"0", self.chance.choice(words)))
        lines[i] = b" ".join(words)
        if name:
            self.put(name, b"\n".join(lines))
        return f"{name} line {i} is now {lines[i][:100]!r}"

    def file(self):
        """Deletes, empties, renames, copies, replaces or extends a file."""
        how, name = self.chance.choice(("delete", "rename", "copy", "extend", "swap", "link", "directory", "new")), self.chance.choice(self.paths())
        path = self.made.path(name)
        if how == "delete":
            os.remove(path)
        elif how == "rename":
            os.rename(path, path + self.chance.choice((".1", "-2", "x", ".gz")))
        elif how == "copy":
            shutil.copy(path, path + self.chance.choice((".1", "-2", "x", ".9")))
        elif how == "extend":
            with open(path, "ab") as file:
                file.write(self.chance.choice((b"[ Nov 29 2026 ]\n\n", b"\0", b"\x1f\x8b", b"x" * 500)))
        elif how == "swap":
            other = self.chance.choice(self.paths())
            data = self.read(name)
            self.put(name, self.read(other))
            self.put(other, data)
            name += f" and {other}"
        elif how == "link":
            os.rename(path, path + "~")
            os.symlink(os.path.basename(path) + "~", path)
        elif how == "directory":
            os.remove(path)
            os.mkdir(path)
        else:
            self.put(self.chance.choice(("login.log.77", "login.log-", "sub/user.log.gz", ".login.log.1", "ledger/login.log", "login.logx")), b"new")
        return f"{how} {name}"

    def segment_end(self):
        """Cuts the last segment at a line, and perhaps puts an older checkpoint in place."""
        names = self.paths("ledger/.*ezl")
        if not names:
            return None
        lines = self.read(names[-1]).split(b"\n")
        keep = self.chance.randrange(len(lines))
        self.put(names[-1], b"".join(line + b"\n" for line in lines[:keep]) + self.chance.choice((b"", b"", b"r 5 17", b"\0\n")))
        if self.made.notes and self.chance.random() < 0.7:
            self.put("ledger/checkpoint", self.chance.choice(self.made.notes).encode())
        return f"{names[-1]} at line {keep}"

    def checkpoint(self):
        notes = self.made.notes + [self.made.note(), Signer().note(5, bytes(32)), self.made.key.note(999, bytes(32))]
        self.put("ledger/checkpoint", self.chance.choice(notes).encode())

    def salt(self):
        if self.made.extents:
            seq = self.chance.choice(sorted(self.made.extents))
            for name in self.paths("ledger/.*ezl"):
                self.put(name, self.read(name).replace(b64(self.made.extents[seq][3]).encode(), b"-" * 24))
            return seq

    def block(self):
        """Takes a whole checkpoint out."""
        name = self.pick("ledger/.*ezl")
        blocks = list(re.finditer(rb"(?m)^(h .*\n(w .*\n)*)?(c .*\n){5}", self.read(name))) if name else []
        if blocks:
            block = self.chance.choice(blocks)
            self.put(name, self.read(name)[:block.start()] + self.read(name)[block.end():])
            return f"{name} byte {block.start()}"

    def packed(self):
        name = self.pick(r".*\d[.]gz")
        if name:
            data = self.read(name)
            try:
                plain = gzip.decompress(data)
            except (OSError, EOFError, ValueError):
                return None
            self.put(name, self.chance.choice((gzip.compress(plain[:9]) + gzip.compress(plain[9:]), gzip.compress(plain + b"more"), gzip.compress(plain[:-1]), gzip.compress(b""),
                                               data[:-1], data + b"\0", data + data)))
            return name


def anchors(made, chance, path):
    """Sometimes a file with checkpoints."""
    if chance.random() < 0.6 or not made.notes:
        return []
    notes = [chance.choice(made.notes) for _ in range(chance.randrange(3))]
    if chance.random() < 0.15:
        notes.append(chance.choice((Signer().note(1, bytes(32)), Signer("other").note(1, bytes(32)), made.key.note(len(made.leaves) + 9, bytes(32)), made.note())))
    text = chance.choice(("", "some line\n"))
    for note in notes:
        origin, size, root, _, signed = note.split("\n")[:5]
        text += note if chance.random() < 0.5 else f"2026-11-29 host ezaudit-checkpoint {origin} {size} {root} {signed.split(' ')[2]} end\n"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return [path]


def main(folder, count, seed):
    with open(os.path.join(folder, "cases.jsonl"), "w", encoding="utf-8") as cases:
        for i in range(count):
            chance = random.Random(f"{seed} {i}")
            directory = os.path.join(folder, f"{i:05}")
            writer = RandomWriter(directory, chance)
            writer.go_on(chance.randrange(3, 30))
            damage = Damage(writer.made, chance)
            done = [damage.do() for _ in range(chance.choice((0, 1, 1, 1, 2, 3)))]
            keys = [root.vkey for root in writer.roots if chance.random() < 0.9] or [Signer().vkey]
            kept = anchors(writer.made, chance, directory + ".anchors")
            fresh = writer.made.t + chance.choice((-1, 0, 1)) * 1000 if chance.random() < 0.2 else None
            result = ezledger.verify(directory, [ezledger.Key(key) for key in keys], [anchor for path in kept for anchor in ezledger.anchors_in(path)], fresh)
            found = sorted({f"{finding['severity']} {finding['code']}" for finding in result["findings"]})
            cases.write(json.dumps({"directory": directory, "keys": keys, "anchors": kept, "freshUntil": fresh, "written": " ".join(writer.done), "damage": done,
                                    "result": result["result"], "leaves": result["leaves"], "checkpoints": result["checkpoints"], "records": result["records"],
                                    "attestedBytes": result["attestedBytes"], "findings": found}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
