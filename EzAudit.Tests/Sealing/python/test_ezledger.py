"""Tests of docs/ezledger.py on directories that ledgermaker writes: python3 -m unittest, in this directory."""
import base64, gzip, json, os, random, re, shutil, subprocess, sys, tempfile, unittest

HERE = os.path.dirname(os.path.abspath(__file__))
DOCS = os.path.join(HERE, "..", "..", "..", "docs")
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, DOCS]

import ezledger
from ledgermaker import LedgerMaker, Signer, b64, sha256, tree_root, inclusion

RECORDS = [f"[ Nov 29 2026 12:00:{i:02} ] [10.0.0.7] [editor:16]\nNode ID: {100 + i}\nComment: Moved node {i}\n\n".encode() for i in range(60)]


class Directory(unittest.TestCase):
    """A test with a directory and its ledger."""

    def setUp(self):
        self.temp = tempfile.mkdtemp(prefix="ezledger")
        self.addCleanup(shutil.rmtree, self.temp)
        self.made = self.make("log")

    def make(self, name, **options):
        folder = os.path.join(self.temp, name)
        os.makedirs(folder, exist_ok=True)
        return LedgerMaker(folder, **options)

    def small(self):
        """Two files, two epochs, hints, a removed file: everything is vouched for."""
        made = self.made
        made.write("login.log", RECORDS[0])
        made.write("old.log", RECORDS[9])
        made.checkpoint()
        made.next_epoch()
        made.write("login.log", RECORDS[1])
        made.write("login.log", RECORDS[2])
        made.remove("old.log")
        made.stop()
        return made

    def verify(self, made=None, keys=None, anchors=(), fresh_until=None):
        made = made or self.made
        keys = [ezledger.Key(key.vkey) for key in keys or [made.genesis]]
        anchors = [anchor for path in anchors for anchor in ezledger.anchors_in(path)]
        return ezledger.verify(made.folder, keys, anchors, fresh_until)

    def codes(self, *args, **options):
        return {finding["code"] for finding in self.verify(*args, **options)["findings"]}

    def assert_codes(self, *expected, **options):
        result = self.verify(**options)
        self.assertEqual({finding["code"] for finding in result["findings"]}, set(expected), result["findings"])
        return result

    def assert_tampered(self, **options):
        result = self.verify(**options)
        self.assertEqual(result["result"], "tampered", result["findings"])

    def read(self, name):
        with open(self.made.path(name), "rb") as file:
            return file.read()

    def put(self, name, data):
        with open(self.made.path(name), "wb") as file:
            file.write(data)

    def anchor(self, text, name="anchor"):
        path = os.path.join(self.temp, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path


class IntactTests(Directory):
    def test_a_small_directory_is_intact_without_a_finding(self):
        self.small()
        result = self.assert_codes()
        self.assertEqual(result["result"], "intact")
        self.assertEqual(result["leaves"], len(self.made.leaves))
        self.assertEqual(result["records"], 3)
        self.assertEqual(result["attestedBytes"], sum(map(len, RECORDS[:3])))

    def test_rotation_by_the_writer_compression_and_retention_are_intact(self):
        for i, record in enumerate(RECORDS[:12]):
            self.made.write("login.log", record)
            if i % 3 == 2:
                self.made.rename("login.log", f"login.log.{i}")
                self.made.checkpoint(hints=True)
                self.made.next_epoch()
        self.made.compress("login.log.2")
        self.made.compress("login.log.5")
        self.made.remove("login.log.8")
        self.made.stop()
        self.assert_codes()

    def test_rotation_by_logrotate_is_intact(self):
        self.made.write("login.log", RECORDS[0])
        os.rename(self.made.path("login.log"), self.made.path("login.log-20261129"))
        self.made.compress("login.log-20261129")
        self.made.file("login.log")
        self.made.extent("r", 2, 0, RECORDS[1])
        self.put("login.log", RECORDS[1])
        self.made.stop()
        self.assert_codes()

    def test_several_segments_are_intact(self):
        for record in RECORDS[:5]:
            self.made.write("login.log", record)
            self.made.next_segment()
            self.made.next_epoch()
        self.made.stop()
        self.assert_codes()

    def test_names_with_blanks_folders_and_other_letters_are_intact(self):
        self.made.write("sub/Anmeldung für alle.log", RECORDS[0])
        self.made.write("sub/Anmeldung für alle.log", RECORDS[1])
        self.made.stop()
        self.assert_codes()

    def test_an_older_file_is_noted(self):
        os.mkdir(os.path.join(self.temp, "older"))
        for name, data in (("login.log", RECORDS[0]), ("idle.log.1.gz", b"old")):
            with open(os.path.join(self.temp, "older", name), "wb") as file:
                file.write(data)
        self.made = self.make("older", base=["login.log", "idle.log.1.gz"])
        self.made.write("login.log", RECORDS[2])
        self.made.stop()
        result = self.assert_codes("base")
        self.assertEqual({(f["file"], f["offset"], f["length"]) for f in result["findings"]},
                         {("login.log", 0, len(RECORDS[0])), ("idle.log.1.gz", 0, 3)})

    def test_torn_writes_that_the_next_writer_described_are_notes(self):
        self.made.torn(b"r 3 17960000")
        self.made.write("login.log", RECORDS[0])
        for cut in (-1, -40, -130, -200):
            block = self.made.hints() + "".join(f"c {line}\n" for line in self.made.note().split("\n")[:-1])
            self.made.torn(block.encode()[:cut])
        self.made.torn(self.made.hints().encode())
        self.made.stop()
        result = self.assert_codes("torn-line")
        self.assertEqual(result["result"], "intact")

    def test_a_running_writer_and_pending_leaves_are_notes(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.write("login.log", RECORDS[1])
        self.assertEqual(self.assert_codes("pending", "not-stopped")["result"], "intact")

    def test_a_clock_that_goes_back_is_a_note(self):
        self.made.t -= 10_000_000
        self.small()
        self.assertEqual(self.assert_codes("clock-back")["result"], "intact")

    def test_a_new_trust_root_is_intact_only_if_it_is_trusted(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        other = Signer()
        self.made.begin_trust(other)
        self.made.write("login.log", RECORDS[1])
        self.made.next_epoch()
        self.made.stop()
        self.assert_codes("trust-root")
        self.assert_codes(keys=[self.made.genesis, other])
        self.assert_codes("trust-root", keys=[other])

    def test_a_key_that_comes_back_is_not_trusted(self):
        self.made.write("login.log", RECORDS[0])
        self.made.next_epoch()
        self.made.begin_trust(self.made.genesis)
        self.made.stop()
        self.assert_codes("trust-root")

    def test_the_last_of_several_pending_keys_counts(self):
        self.made.checkpoint()
        self.made.next_key()
        self.made.next_epoch()
        self.made.stop()
        self.assert_codes()


class IncompleteTests(Directory):
    def test_adopted_and_torn_bytes_are_incomplete_until_a_writer_vouches_for_them(self):
        self.made.write("login.log", RECORDS[0])
        self.made.write("login.log", RECORDS[1], kind="a")
        self.made.write("login.log", RECORDS[2][:20], kind="u", n=0)
        self.made.write("login.log", RECORDS[3])
        self.made.write("other.log", RECORDS[4], kind="a")
        self.made.extent("r", self.made.fid("other.log"), 0, RECORDS[4])
        self.made.stop()
        result = self.assert_codes("adopted", "torn")
        self.assertEqual(result["result"], "incomplete")
        adopted = next(finding for finding in result["findings"] if finding["code"] == "adopted")
        self.assertEqual((adopted["file"], adopted["offset"], adopted["length"]), ("login.log", len(RECORDS[0]), len(RECORDS[1])))

    def test_unknown_bytes_and_files_are_incomplete(self):
        self.small()
        self.made.append_only("login.log", RECORDS[5])
        self.put("login.log.1", RECORDS[6])
        self.put("login.log-2", b"")
        self.put("login.logs", b"another file")
        self.put(".login.log.swp", b"hidden")
        result = self.assert_codes("unattested", "unknown-file")
        self.assertEqual(result["result"], "incomplete")
        self.assertEqual([f["file"] for f in result["findings"]], ["login.log", "login.log.1"])

    def test_lost_records_are_incomplete(self):
        self.made.write("login.log", RECORDS[0])
        self.made.leaf("d", 1, 3, "no space left on device")
        self.made.leaf("d", 0, 1, "no file")
        self.made.stop()
        self.assertEqual(self.assert_codes("dropped")["result"], "incomplete")

    def test_what_a_power_cut_took_after_the_last_checkpoint_is_lost(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.write("login.log", RECORDS[1])
        self.made.write("new.log", RECORDS[2])
        self.put("login.log", RECORDS[0])
        os.remove(self.made.path("new.log"))
        self.assertEqual(self.assert_codes("lost", "pending", "not-stopped")["result"], "incomplete")
        self.made.alarm("login.log", len(RECORDS[0]))
        self.made.alarm("new.log", 0)
        self.made.write("login.log", RECORDS[3])
        self.made.stop()
        self.assertEqual(self.assert_codes("lost")["result"], "incomplete")

    def test_a_torn_end_of_the_ledger_is_incomplete_wherever_it_is_cut(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        begin = os.path.getsize(self.made.segment_path)
        self.made.checkpoint(hints=True, publish=False)
        whole = self.read("ledger/000001.ezl")
        for end in range(begin + 1, len(whole)):
            self.put("ledger/000001.ezl", whole[:end])
            self.assertEqual(self.codes(), {"torn-ledger-end", "not-stopped"}, end)

    def test_a_torn_segment_at_the_end_is_incomplete(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.next_segment()
        whole = self.read("ledger/000002.ezl")
        for end in range(len(whole)):
            self.put("ledger/000002.ezl", whole[:end])
            self.made.publish(self.made.notes[0])
            self.assertEqual(self.codes(), {"torn-ledger-end", "not-stopped"}, end)

    def test_a_stale_ledger_is_incomplete(self):
        self.small()
        self.assert_codes(fresh_until=self.made.t)
        self.assertEqual(self.assert_codes("stale", fresh_until=self.made.t + 1)["result"], "incomplete")

    def test_an_alarm_in_whose_file_the_writer_goes_on_keeps_what_is_there(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.write("login.log", RECORDS[1])
        self.put("login.log", RECORDS[0] + RECORDS[1][:7])
        self.made.alarm("login.log", len(RECORDS[0]) + 7)
        self.made.extent("a", 2, len(RECORDS[0]), RECORDS[1][:7], 0)
        self.made.write("login.log", RECORDS[2])
        self.made.stop()
        self.assert_codes("lost", "adopted")


class TamperedFileTests(Directory):
    def test_a_changed_file_is_located(self):
        self.small()
        data = bytearray(self.read("login.log"))
        data[len(RECORDS[0]) + 5] ^= 1
        self.put("login.log", data)
        finding, = self.assert_codes("extent")["findings"]
        self.assertEqual((finding["file"], finding["offset"], finding["length"]), ("login.log", len(RECORDS[0]), len(RECORDS[1])))
        self.assertRegex(finding["time"], r"^20\d\d-\d\d-\d\dT[\d:]+\.\d{6}Z$")

    def test_records_deleted_inserted_swapped_duplicated_and_cut_off_are_found(self):
        a, b, c = RECORDS[:3]
        self.small()
        for data, codes in ((a + c, {"extent", "shortened"}), (b + c, {"extent", "shortened"}), (a + b, {"shortened"}), (b"", {"shortened"}),
                            (b + a + c, {"extent"}), (a + c + b, {"extent"}), (a + b + b + c, {"extent", "unattested"}),
                            (a + RECORDS[7] + b + c, {"extent", "unattested"}), (a + b + c[:-1], {"shortened"})):
            self.put("login.log", data)
            self.assertEqual(self.codes(), codes, data)
            self.assert_tampered()

    def test_a_missing_file_is_found(self):
        self.small()
        os.remove(self.made.path("login.log"))
        self.assert_codes("missing-file")

    def test_a_missing_file_whose_name_another_has_is_found(self):
        self.made.write("login.log", RECORDS[0])
        self.made.rename("login.log", "login.log.1")
        self.made.write("login.log", RECORDS[1])
        self.made.stop()
        os.remove(self.made.path("login.log.1"))
        self.assert_codes("missing-file")
        os.rename(self.made.path("login.log"), self.made.path("login.log.1"))
        self.assert_codes("missing-file")

    def test_files_that_changed_their_places_are_no_fault(self):
        self.made.write("login.log", RECORDS[0])
        self.made.rename("login.log", "login.log.1")
        self.made.write("login.log", RECORDS[1])
        self.made.stop()
        self.put("login.log", RECORDS[0])
        self.put("login.log.1", RECORDS[1])
        self.assert_codes()

    def test_a_symbolic_link_is_no_log_file(self):
        self.small()
        os.rename(self.made.path("login.log"), self.made.path("elsewhere"))
        os.symlink("elsewhere", self.made.path("login.log"))
        self.assert_codes("missing-file")

    def test_a_file_cut_before_an_alarm_is_tampered_and_a_copy_of_it_heals_it(self):
        self.made.write("login.log", RECORDS[0])
        self.made.write("login.log", RECORDS[1])
        self.made.checkpoint()
        self.put("login.log", RECORDS[0])
        self.made.alarm("login.log", len(RECORDS[0]))
        self.made.write("login.log", RECORDS[2])
        self.made.stop()
        self.assert_codes("shortened")
        self.put("login.log.restored", RECORDS[0] + RECORDS[1])
        self.assert_codes()

    def test_copytruncate_is_intact(self):
        self.made.write("login.log", RECORDS[0])
        self.made.write("login.log", RECORDS[1])
        self.made.checkpoint()
        os.rename(self.made.path("login.log"), self.made.path("login.log.1"))
        self.made.alarm("login.log", 0)
        self.made.write("login.log", RECORDS[2])
        self.made.stop()
        self.assert_codes()

    def test_a_damaged_compressed_file_is_one_finding(self):
        self.made.write("login.log", b"".join(RECORDS))
        self.made.rename("login.log", "login.log.1")
        self.made.compress("login.log.1")
        self.made.stop()
        whole = self.read("login.log.1.gz")
        for data in (whole[:-1], whole[:40], whole[:100] + b"\0" + whole[101:], whole + b"x", whole + b"\x1f\x8b", whole[:-5] + b"\0" + whole[-4:]):
            self.put("login.log.1.gz", data)
            self.assertEqual(len(self.assert_codes("extent")["findings"]), 1)
        self.put("login.log.1.gz", gzip.compress(b"".join(RECORDS[:7])) + gzip.compress(b"".join(RECORDS[7:])))
        self.assert_codes()
        self.put("login.log.1.gz", b"")
        self.assert_codes("shortened")
        self.put("login.log.1.gz", gzip.compress(b"".join(RECORDS) + b"more"))
        self.assert_codes("unattested")


class ErasureTests(Directory):
    def test_an_erased_record_is_a_note_with_its_order(self):
        first = self.made.write("login.log", RECORDS[0])
        self.made.write("login.log", RECORDS[1])
        second = self.made.erase(first, b"*" * len(RECORDS[0]))
        self.made.stop()
        result = self.assert_codes("erased")
        self.assertEqual(result["result"], "intact")
        self.assertIn("request 12", result["findings"][0]["message"])
        self.made.erase(second, b"#" * len(RECORDS[0]), "again")
        self.made.stop()
        self.assertIn("again", self.assert_codes("erased")["findings"][0]["message"])

    def test_a_changed_erasure_is_found(self):
        first = self.made.write("login.log", RECORDS[0])
        self.made.erase(first, b"*" * len(RECORDS[0]))
        self.made.stop()
        self.put("login.log", b"+" + b"*" * (len(RECORDS[0]) - 1))
        self.assert_codes("erased", "extent")

    def test_a_salt_that_was_dropped_without_an_order_is_found(self):
        seq = self.made.write("login.log", RECORDS[0])
        self.made.stop()
        self.made.drop_salt(seq)
        self.assert_codes("erasure")

    def test_an_erasure_that_left_the_salt_is_found(self):
        seq = self.made.write("login.log", RECORDS[0])
        order = self.made.leaf("o", "admin")
        self.made.extent("e", 1, 0, b"*" * len(RECORDS[0]), extra=(seq, order))
        self.made.stop()
        self.assert_codes("erasure")

    def test_an_erasure_without_an_order_or_of_other_bytes_is_found(self):
        for target, order, off in ((3, 4, 0), (3, 2, 0), (3, 99, 0), (99, 4, 0), (1, 4, 0), (3, 4, 1)):
            made = self.made = self.make(f"{target}-{order}-{off}")
            self.assertEqual(made.write("login.log", RECORDS[0]), 3)
            made.leaf("o", "admin")
            made.extent("e", 1, off, b"*" * len(RECORDS[0]), extra=(target, order))
            made.drop_salt(3)
            self.put("login.log", b"*" * len(RECORDS[0]))
            made.stop()
            self.assertEqual("erasure" in self.codes(), (target, order, off) != (3, 4, 0))


class TamperedLedgerTests(Directory):
    def test_a_line_that_does_not_parse_is_found_at_its_place(self):
        self.small()
        lines = self.read("ledger/000001.ezl").split(b"\n")
        for i, line in enumerate(lines[:-8]):
            for bad in (line + b" ", b" " + line, line + b"\r", line.upper(), b"", line[:-1], line.replace(b" ", b"  ", 1), line + b"\xff", b"#" + line):
                self.put("ledger/000001.ezl", b"\n".join(lines[:i] + [bad] + lines[i + 1:]))
                self.assertEqual(self.verify()["result"], "tampered", bad)

    def test_leaves_left_out_doubled_and_swapped_are_found(self):
        self.small()
        lines = self.read("ledger/000001.ezl").split(b"\n")
        for i in range(1, len(lines) - 1):
            if lines[i][:2] not in (b"c ", b"h ", b"w "):
                self.put("ledger/000001.ezl", b"\n".join(lines[:i] + lines[i + 1:]))
                self.assertEqual(self.verify()["result"], "tampered", lines[i])
                self.put("ledger/000001.ezl", b"\n".join(lines[:i + 1] + lines[i:]))
                self.assert_codes("sequence")

    def test_a_leaf_that_was_changed_with_its_bytes_is_found_by_the_tree(self):
        self.small()
        data = self.read("login.log")
        changed = data[:len(RECORDS[0])] + RECORDS[5][:len(RECORDS[1])] + data[len(RECORDS[0]) + len(RECORDS[1]):]
        self.put("login.log", changed)
        line = next(line for line in self.read("ledger/000001.ezl").split(b"\n") if line.startswith(b"r ") and b" %d " % len(RECORDS[0]) in line)
        words = line.split(b" ")
        words[8] = b64(sha256(base64.b64decode(words[7]) + RECORDS[5])).encode()
        self.put("ledger/000001.ezl", self.read("ledger/000001.ezl").replace(line, b" ".join(words)))
        self.assert_codes("checkpoint-root")

    def test_the_key_of_another_epoch_does_not_count(self):
        for which in ("older", "newer", "foreign"):
            made = self.made = self.make(which)
            made.checkpoint()
            genesis = made.key
            made.next_epoch()
            made.write("login.log", RECORDS[0])
            newer = made.next_key() if which == "newer" else None
            made.checkpoint(key={"older": genesis, "newer": newer, "foreign": Signer()}[which])
            self.assert_codes("checkpoint-signature")

    def test_a_ledger_that_was_cut_at_an_old_epoch_cannot_be_continued(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        cut = self.made.fork(os.path.join(self.temp, "cut"))
        self.made.next_epoch()
        self.made.write("login.log", RECORDS[1])
        self.made.stop()
        # The attacker has the key of today only.
        today, self.made = self.made.key, cut
        again = cut.fork(os.path.join(self.temp, "again"))
        cut.write("login.log", RECORDS[2])
        cut.checkpoint(key=today)
        self.assert_codes("checkpoint-signature")
        # Nor can the key of today be made the next one.
        again.pending = (again.leaf("k", 1, today.vkey), "", today, again.t)
        again.checkpoint(key=today)
        self.assert_codes("checkpoint-signature", made=again)

    def test_a_missing_segment_is_found(self):
        for record in RECORDS[:3]:
            self.made.write("login.log", record)
            self.made.next_segment()
        self.made.stop()
        for number in (1, 2, 3):
            path = self.made.path(f"ledger/{number:06}.ezl")
            os.rename(path, path + ".away")
            self.assert_codes("ledger-damaged")
            os.rename(path + ".away", path)
        os.remove(self.made.path("ledger/000004.ezl"))
        self.assert_codes("checkpoint-file", "pending", "not-stopped")

    def test_a_cut_segment_that_is_not_the_last_is_damage(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.next_segment()
        self.made.stop()
        whole = self.read("ledger/000001.ezl")
        # A checkpoint that was taken out leaves no gap: the next one covers the same leaves.
        checkpoint = whole.index(b"\nc ") + 1
        for end in range(len(whole)):
            self.put("ledger/000001.ezl", whole[:end])
            self.assertEqual(self.verify()["result"], "intact" if end == checkpoint else "tampered", end)

    def test_a_segment_without_hints_is_damage(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        self.made.segment = 2
        self.made.append("ezaudit-ledger v1\n")
        self.made.checkpoint()
        self.made.stop()
        self.assert_codes("ledger-damaged")

    def test_hints_that_differ_are_found(self):
        self.small()
        whole = self.read("ledger/000001.ezl")
        w = re.search(rb"\nw [^\n]*", whole).group()
        h = re.search(rb"\nh [^\n]*", whole).group()
        for old, new in ((w, b""), (w, w + w), (w, w + b"x"), (w, w.replace(b" 0-", b" 1-")), (w, w.replace(b" 1001 ", b" 1002 ")), (h, h.replace(b" 1 ", b" 2 ", 1))):
            self.put("ledger/000001.ezl", whole.replace(old, new))
            self.assert_codes("hint")

    def test_a_ledger_without_a_checkpoint_is_tampered(self):
        self.made.write("login.log", RECORDS[0])
        self.assert_codes("checkpoint-missing", "checkpoint-file", "pending", "not-stopped")

    def test_a_pipe_in_place_of_a_file_is_a_missing_file(self):
        self.small()
        os.remove(self.made.path("ledger/checkpoint"))
        os.mkfifo(self.made.path("ledger/checkpoint"))
        self.assert_codes("checkpoint-file")
        os.remove(self.made.path("ledger/000001.ezl"))
        os.mkfifo(self.made.path("ledger/000001.ezl"))
        self.assert_codes("ledger-damaged")

    def test_another_newest_checkpoint_is_found(self):
        self.small()
        for note in (b"", b"x", self.read("ledger/checkpoint")[:-1], self.made.key.note(99, bytes(32)).encode()):
            self.put("ledger/checkpoint", note)
            self.assert_codes("checkpoint-file")
        os.remove(self.made.path("ledger/checkpoint"))
        self.assert_codes("checkpoint-file")
        self.put("ledger/checkpoint", self.made.notes[0].encode())
        self.assert_codes()

    def test_bytes_that_the_l_line_does_not_describe_are_damage(self):
        self.made.torn(b"r 3 1796")
        self.made.stop()
        whole = self.read("ledger/000001.ezl")
        self.put("ledger/000001.ezl", whole.replace(b"r 3 1796\0", b"r 3 1797\0"))
        self.assert_codes("ledger-damaged")
        self.put("ledger/000001.ezl", whole.replace(b"r 3 1796\0\n", b""))
        self.assert_codes("ledger-damaged")

    def test_meanings_that_no_writer_gives_are_damage(self):
        for leaf in (("f", 7, 0, 1, "x.log"), ("f", 1, 5, 1, "x.log"), ("f", 1, 0, 1, "../x.log"), ("f", 1, 0, 1, "/x.log"), ("f", 1, 0, 1, "a//b"),
                     ("m", 1, "x"), ("p", 3, "old"), ("d", 3, 1, "full"), ("x", 1, 1, 0, 0), ("k", 2, Signer().vkey), ("k", 1, Signer("other").vkey),
                     ("k", 1, Signer().vkey[:-4] + "AAAA"), ("k", 1, "a+b+c"), ("g", Signer("other").vkey), ("l", 5, b64(bytes(32))),
                     ("r", 1, 0, 5, 1, b64(bytes(16)), b64(bytes(32))), ("q", 1), ("n", 1), ("s", "0A1b2c3d", 1, "h"), ("i", "two words"),
                     ("f", 1, 0, 2**64, "x"), ("f", 1, 2**63, 1, "x"), ("f", "01", 0, 1, "x"), ("f", 1, 0, 1, "x" * 8200), ("f", 1, 0, 1, "a\tb")):
            shutil.rmtree(self.made.folder)
            self.made = self.make("log")
            self.made.checkpoint()
            self.made.leaf(*leaf)
            self.made.stop()
            self.assertEqual(self.codes(), {"ledger-damaged"}, leaf)

    def test_a_genesis_that_is_not_trusted_is_found(self):
        self.small()
        self.assert_codes("trust-root", keys=[Signer()])


class AnchorTests(Directory):
    def one_line(self, note):
        origin, size, root, _, signed = note.split("\n")[:5]
        return f"ezaudit-checkpoint {origin} {size} {root} {signed.split(' ')[2]}"

    def test_anchors_of_the_ledger_are_found_in_notes_and_in_lines_of_logs(self):
        self.small()
        text = "".join(self.made.notes) + "".join(f"<110>1 2026-11-29T12:00:00Z host audit - - - {self.one_line(note)}\n" for note in self.made.notes)
        line = self.one_line(self.made.notes[0])
        for line in (line, line.replace("+", "\\u002B").replace("/", "\\/"), "ezaudit-checkpoint " + line, "ezaudit-checkpoint a b c d " + line):
            text += '{"message":"' + line + '"}\n'
        path = self.anchor("noise\n" + text)
        self.assertEqual(len(ezledger.anchors_in(path)), 10)
        self.assert_codes(anchors=[path])

    def test_an_older_directory_is_found_with_an_anchor_only(self):
        self.made.write("login.log", RECORDS[0])
        self.made.checkpoint()
        shutil.copytree(self.made.folder, os.path.join(self.temp, "old"))
        self.made.write("login.log", RECORDS[1])
        self.made.checkpoint()
        shutil.rmtree(self.made.folder)
        os.rename(os.path.join(self.temp, "old"), self.made.folder)
        self.assert_codes("not-stopped")
        self.assert_codes("rollback", "not-stopped", anchors=[self.anchor(self.made.notes[1])])
        self.assert_codes("not-stopped", anchors=[self.anchor(self.made.notes[0])])

    def test_a_history_that_was_rewritten_with_the_key_is_found_with_an_anchor_only(self):
        self.made.write("login.log", RECORDS[0])
        anchor = self.anchor(self.made.checkpoint())
        # The attacker has the key of the running epoch, which is the first one.
        self.made = self.make("again", seed=2, key=self.made.key)
        self.made.write("login.log", RECORDS[1])
        self.made.stop()
        self.assert_codes()
        self.assert_codes("anchor", anchors=[anchor])

    def test_anchors_of_others_without_signature_or_with_another_key_are_found(self):
        self.small()
        size, root = len(self.made.leaves), tree_root(self.made.leaves)
        for key in (self.made.genesis, Signer(), Signer("example.com/other")):
            self.assert_codes("anchor", anchors=[self.anchor(key.note(size, root))])
        self.assert_codes("anchor", anchors=[self.anchor("nothing\n")])
        self.assert_codes("anchor", anchors=[self.anchor(self.made.key.note(size - 1, root))])


class ExhaustiveTests(Directory):
    def files(self):
        return ["login.log", "ledger/000001.ezl", "ledger/checkpoint"]

    def test_every_bit_that_flips_is_detected_but_for_salts_of_removed_files(self):
        made = self.small()
        removed = next(line for line in self.read("ledger/000001.ezl").split(b"\n") if line.startswith(b"r ") and line.split(b" ")[3] == b"2")
        salt = self.read("ledger/000001.ezl").index(removed.split(b" ")[7])
        undetected, flips = [], 0
        for name in self.files():
            whole = self.read(name)
            for i in range(len(whole)):
                for bit in range(8):
                    data = bytearray(whole)
                    data[i] ^= 1 << bit
                    self.put(name, data)
                    flips += 1
                    if self.verify()["result"] != "tampered":
                        undetected.append((name, i))
            self.put(name, whole)
        self.assertGreater(flips, 15_000)
        self.assertGreater(len(undetected), 0)
        self.assertLessEqual({name for name, _ in undetected}, {"ledger/000001.ezl"}, undetected)
        self.assertLessEqual({i for _, i in undetected}, set(range(salt, salt + 24)))
        self.assert_codes()

    def test_every_truncation_is_detected(self):
        self.small()
        for name in self.files():
            whole = self.read(name)
            for end in range(len(whole)):
                self.put(name, whole[:end])
                self.assertEqual(self.verify()["result"], "tampered", (name, end))
            os.remove(self.made.path(name))
            self.assertEqual(self.verify()["result"], "tampered", name)
            self.put(name, whole)
        self.assert_codes()

    def test_nothing_makes_the_verifier_fail(self):
        made = self.small()
        made.rename("login.log", "login.log.1")
        made.compress("login.log.1")
        made.next_segment()
        made.erase(made.write("user.log", RECORDS[4]), b"*" * len(RECORDS[4]))
        made.torn(b"half a li")
        made.next_segment()
        made.stop()
        names = [os.path.join(path, name)[len(made.folder) + 1:] for path, _, names in os.walk(made.folder) for name in names]
        whole = {name: self.read(name) for name in names}
        chance, seen = random.Random(5), set()
        for _ in range(1500):
            name = chance.choice(names)
            data = bytearray(whole[name])
            for _ in range(chance.randrange(1, 4)):
                at, length = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 5, 100))
                other = whole[chance.choice(names)]
                piece = chance.choice((chance.randbytes(chance.randrange(4)), b"", b"\n", bytes([chance.choice(b"0123456789- AZaz+/=")]),
                                       other[(start := chance.randrange(len(other))):start + chance.randrange(200)]))
                data[at:at + length] = piece
            self.put(name, data)
            seen |= self.codes()
            self.put(name, whole[name])
        self.assertGreater(len(seen), 10, seen)


class ProofTests(Directory):
    def proof(self):
        made = self.made
        made.checkpoint()
        made.write("login.log", RECORDS[5])
        made.next_epoch()
        seq = made.write("login.log", RECORDS[0] + RECORDS[1], n=2)
        made.next_epoch()
        made.write("login.log", RECORDS[2])
        made.stop()
        return made.proof(seq, len(RECORDS[0]), len(RECORDS[1]))

    def prove(self, proof, key=None):
        return ezledger.prove(proof, [ezledger.Key((key or self.made.genesis).vkey)])

    def test_a_proof_proves_its_record(self):
        extent, name, offset, record, checkpoint = self.prove(self.proof())
        self.assertEqual((name, record), ("login.log", RECORDS[1]))
        self.assertEqual(offset, len(RECORDS[5] + RECORDS[0]))
        self.assertEqual(checkpoint.size, len(self.made.leaves))

    def test_every_bit_of_a_proof_counts(self):
        proof = self.proof()
        for i in range(len(proof)):
            for bit in range(8):
                data = bytearray(proof)
                data[i] ^= 1 << bit
                self.assertRaises(ezledger.Fault, self.prove, bytes(data))

    def test_a_part_of_a_record_or_several_of_them_cannot_be_shown_as_one(self):
        self.proof()
        seq, length = max(seq for seq in self.made.extents if self.made.extents[seq][2] > len(RECORDS[0])), len(RECORDS[0])
        self.assertEqual(self.prove(self.made.proof(seq, 0, length))[3], RECORDS[0])
        for begin, end in ((0, length - 1), (1, length), (0, 2 * length), (length, length + 30), (length - 1, 2 * length), (length, length), (0, 999)):
            self.assertRaises(ezledger.Fault, self.prove, self.made.proof(seq, begin, end - begin))

    def test_every_truncation_of_a_proof_is_detected(self):
        proof = self.proof()
        for end in range(len(proof)):
            self.assertRaises(ezledger.Fault, self.prove, proof[:end])

    def test_a_proof_does_not_pass_with_another_key_or_without_a_link(self):
        proof = self.proof()
        self.assertRaises(ezledger.Fault, self.prove, proof, Signer())
        seq = max(self.made.extents)
        self.assertEqual(self.prove(self.made.proof(seq, 0, len(RECORDS[2])))[3], RECORDS[2])
        self.made.links.pop(0)
        self.assertRaises(ezledger.Fault, self.prove, self.made.proof(seq, 0, len(RECORDS[2])))
        self.made.links.clear()
        self.assertRaises(ezledger.Fault, self.prove, self.made.proof(seq, 0, len(RECORDS[2])))
        self.assertEqual(self.prove(self.made.proof(seq, 0, len(RECORDS[2])), self.made.key)[3], RECORDS[2])


class TreeTests(unittest.TestCase):
    LEAVES = [bytes.fromhex(leaf) for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]

    def test_the_tree_is_that_of_certificate_transparency(self):
        """The test vectors of google/certificate-transparency."""
        tree = ezledger.Tree()
        self.assertEqual(tree.root().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        roots = []
        for leaf in self.LEAVES:
            tree.add(ezledger.sha256(b"\0", leaf))
            roots.append(tree.root().hex())
        self.assertEqual(roots[0], "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")
        self.assertEqual(roots[1], "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")
        self.assertEqual(roots[7], "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")

    def test_inclusion_proofs_hold_for_their_leaf_only(self):
        leaves = [ezledger.sha256(b"\0", bytes([i])) for i in range(33)]
        for size in range(1, 34):
            root = tree_root(leaves[:size])
            for index in range(size):
                path = inclusion(index, leaves[:size])
                self.assertTrue(ezledger.is_in_tree(index, leaves[index], path, size, root))
                self.assertFalse(ezledger.is_in_tree(index, leaves[(index + 1) % 33], path, size, root))
                self.assertFalse(ezledger.is_in_tree(index, leaves[index], path + [root], size, root))
                self.assertFalse(size > 1 and ezledger.is_in_tree(index, leaves[index], path[:-1], size, root))
                self.assertFalse(ezledger.is_in_tree(size, leaves[index], path, size, root))


class CommandLineTests(Directory):
    def run_tool(self, *arguments):
        done = subprocess.run([sys.executable, os.path.join(DOCS, "ezledger.py"), *arguments], capture_output=True, text=True, encoding="utf-8")
        self.assertNotIn("Traceback", done.stderr)
        return done.returncode, done.stdout, done.stderr

    def test_exit_codes_and_json(self):
        self.small()
        key = self.made.genesis.vkey
        code, output, _ = self.run_tool("verify", self.made.folder, "--key", key, "--json", "--fresh-until", "2020-01-01T00:00:00Z")
        self.assertEqual(code, 0)
        self.assertEqual(list(json.loads(output)), ["result", "leaves", "checkpoints", "records", "attestedBytes", "findings"])
        self.made.append_only("login.log", b"more\n")
        code, output, _ = self.run_tool("verify", self.made.folder, "--key", key, "--json")
        self.assertEqual(code, 2)
        self.assertEqual(list(json.loads(output)["findings"][0]), ["severity", "code", "file", "offset", "length", "seq", "time", "message"])
        self.put("login.log", b"\x1b[31m\n" * 100)
        code, output, _ = self.run_tool("verify", self.made.folder, "--key", key)
        self.assertEqual(code, 1)
        self.assertIn("tampered (extent): login.log, at byte 0", output)

    def test_wrong_usage_is_3(self):
        self.small()
        key = self.made.genesis.vkey
        for arguments in ((), ("verify",), ("verify", self.made.folder), ("verify", self.made.folder, "--key", "x"), ("verify", self.temp, "--key", key),
                          ("verify", self.made.folder, "--key", key, "--fresh-until", "yesterday"), ("proof", "/nowhere", "--key", key),
                          ("verify", self.made.folder, "--key", key, "--anchor", "/nowhere")):
            code, output, errors = self.run_tool(*arguments)
            self.assertEqual((code, output), (3, ""), arguments)
            self.assertNotEqual(errors, "")

    def test_a_proof_prints_its_record(self):
        seq = self.made.write("login.log", RECORDS[0])
        self.made.stop()
        path = os.path.join(self.temp, "record.tlog-proof")
        with open(path, "wb") as file:
            file.write(self.made.proof(seq, 0, len(RECORDS[0])))
        code, output, _ = self.run_tool("proof", path, "--key", self.made.genesis.vkey)
        self.assertEqual(code, 0)
        self.assertIn("Comment: Moved node 0", output)
        code, output, _ = self.run_tool("proof", path, "--key", Signer().vkey)
        self.assertEqual(code, 1)


if __name__ == "__main__":
    unittest.main()
