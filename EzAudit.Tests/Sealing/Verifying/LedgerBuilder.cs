using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Sealing.Notes;
using EzAudit.Sealing.Verifying;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Verifying;

/// <summary>Writes a log directory with its ledger, line by line, as a test wants it: right or wrong.</summary>
internal sealed class LedgerBuilder : IDisposable
{
    public const string Origin = "example.com/shop";
    private const string Instance = "0a1b2c3d";

    private readonly LedgerState _state = new();
    private readonly List<ECDsa> _keys = [];
    private readonly List<string> _names = [];
    private ECDsa _current;
    private ECDsa? _next;
    private int _segment = 1;

    /// <summary>A ledger with its genesis, a writer and a checkpoint.</summary>
    public LedgerBuilder()
    {
        Append("ezaudit-ledger v1\n");
        _current = NewKey();
        Root = VerificationKey.Of(Origin, _current);
        Leaf("g", Root);
        Leaf("s", Instance, 17, "host");
    }

    public TempFolder Folder { get; } = new();

    /// <summary>The first key.</summary>
    public VerificationKey Root { get; }

    /// <summary>The time of the next leaf.</summary>
    public long Time { get; set; } = 1_700_000_000_000_000;

    public long Leaves => _state.Tree.Size;

    /// <summary>The leaves that the newest checkpoint covers.</summary>
    public long Signed => _state.CheckpointSize;

    /// <summary>The newest checkpoint.</summary>
    public SignedCheckpoint LastCheckpoint { get; private set; } = null!;

    public string LastNote => LastCheckpoint.Note;

    public string LedgerPath => Folder[$"ledger/{_segment:000000}.ezl"];

    public string CheckpointPath => Folder["ledger/checkpoint"];

    /// <summary>Two log files with two records each, a checkpoint, and a clean end.</summary>
    public static LedgerBuilder OfTwoFiles()
    {
        var ledger = new LedgerBuilder();
        ledger.Checkpoint();
        long login = ledger.File("login.log");
        ledger.Write(login, "one\n\n");
        long order = ledger.File("shop/order.log");
        ledger.Write(order, "order 1\n\n");
        ledger.Checkpoint(hasHint: true);
        ledger.Write(login, "two\n\nthree\n\n");
        ledger.Write(order, "order 2\n\n");
        return ledger.End();
    }

    /// <summary>Appends a leaf; returns its index.</summary>
    public long Leaf(string kind, params object[] fields)
    {
        long seq = _state.Tree.Size;
        string line = string.Create(CultureInfo.InvariantCulture, $"{kind} {seq} {Time++}{string.Concat(fields.Select(field => string.Create(CultureInfo.InvariantCulture, $" {field}")))}\n");
        Assert.IsTrue(LedgerLine.TryParse(Encoding.UTF8.GetBytes(line), out LedgerLine leaf), line);
        _state.Add(leaf);
        Append(line);
        return seq;
    }

    /// <summary>Appends a text that need not be a line.</summary>
    public void Append(string text) => Append(Encoding.UTF8.GetBytes(text));

    public void Append(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LedgerPath)!);
        using FileStream file = new(LedgerPath, FileMode.OpenOrCreate);
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes);
    }

    /// <summary>A log file becomes known; returns its number.</summary>
    public long File(string name, long baseLength = 0)
    {
        _names.Add(name);
        Leaf("f", _names.Count, baseLength, 0, name);
        return _names.Count;
    }

    /// <summary>Appends records to a log file, and their extent to the ledger; returns its leaf.</summary>
    public long Write(long file, string records, string kind = "r")
    {
        string path = PathOf(file);
        long offset = System.IO.File.Exists(path) ? new FileInfo(path).Length : 0;
        AppendTo(file, records);
        return Extent(kind, file, offset, Encoding.UTF8.GetByteCount(records));
    }

    /// <summary>Appends to a log file only.</summary>
    public void AppendTo(long file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        System.IO.File.AppendAllText(PathOf(file), text);
    }

    /// <summary>Appends the extent of bytes that are in a log file.</summary>
    public long Extent(string kind, long file, long offset, int length, params object[] more)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        ReadOnlySpan<byte> bytes = System.IO.File.ReadAllBytes(PathOf(file)).AsSpan((int)offset, length);
        string digest = Convert.ToBase64String(SHA256.HashData([.. salt, .. bytes]));
        return Leaf(kind, [file, offset, length, Math.Max(1, Encoding.UTF8.GetString(bytes).Split("\n\n").Length - 1), Convert.ToBase64String(salt), digest, .. more]);
    }

    /// <summary>Overwrites the bytes of an extent by order, as an erasure does; returns the order.</summary>
    public long Erase(long leaf, long file, long offset, int length)
    {
        long order = Leaf("o", "by admin: GDPR");
        using (FileStream log = new(PathOf(file), FileMode.Open))
        {
            log.Seek(offset, SeekOrigin.Begin);
            log.Write(Enumerable.Repeat((byte)'x', length - 2).ToArray());
        }
        DropSalt(leaf);
        Extent("e", file, offset, length, leaf, order);
        return order;
    }

    /// <summary>Replaces the salt of a leaf by hyphens.</summary>
    public void DropSalt(long leaf)
    {
        string[] lines = System.IO.File.ReadAllText(LedgerPath).Split('\n');
        int index = Array.FindIndex(lines, line => line.Length > 2 && "raue".Contains(line[0]) && line.Split(' ')[1] == leaf.ToString(CultureInfo.InvariantCulture));
        string[] fields = lines[index].Split(' ');
        fields[7] = new string('-', 24);
        lines[index] = string.Join(' ', fields);
        System.IO.File.WriteAllText(LedgerPath, string.Join('\n', lines));
    }

    /// <summary>Appends a checkpoint, and makes it the newest.</summary>
    /// <param name="hasHint">Whether a hint precedes it.</param>
    /// <param name="signer">The key that signs it, instead of the right one.</param>
    public void Checkpoint(bool hasHint = false, ECDsa? signer = null)
    {
        ECDsa key = signer ?? _current;
        var checkpoint = new Checkpoint(Origin, _state.Tree.Size, _state.Tree.Root);
        byte[] signature = key.SignData(Encoding.UTF8.GetBytes(checkpoint.Text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        LastCheckpoint = SignedCheckpoint.Of(checkpoint, VerificationKey.Of(Origin, key), signature);
        if (hasHint)
        {
            var lines = new LineBuffer();
            _state.WriteHint(lines);
            Append(lines.Bytes.ToArray());
        }
        Append(string.Concat(LastNote.Split('\n')[..5].Select(line => $"c {line}\n")));
        _state.AddCheckpoint();
        (_current, _next) = (_next ?? _current, null);
        System.IO.File.WriteAllText(CheckpointPath, LastNote);
    }

    /// <summary>Announces the key of the next epoch.</summary>
    public VerificationKey NextKey()
    {
        _next = NewKey();
        VerificationKey key = VerificationKey.Of(Origin, _next);
        Leaf("k", _state.Epoch + 1, key);
        return key;
    }

    /// <summary>Begins a new trust root.</summary>
    public VerificationKey NewRoot()
    {
        (_current, _next) = (NewKey(), null);
        VerificationKey key = VerificationKey.Of(Origin, _current);
        Leaf("g", key);
        return key;
    }

    /// <summary>Begins the next segment, with the hint and checkpoint that it must begin with.</summary>
    public void Segment()
    {
        _segment++;
        Append("ezaudit-ledger v1\n");
        Checkpoint(hasHint: true);
    }

    /// <summary>Ends the writer cleanly.</summary>
    public LedgerBuilder End()
    {
        Leaf("z", Instance);
        Checkpoint();
        return this;
    }

    /// <summary>Renames a log file and compresses it, as rotation does.</summary>
    public void Compress(long file, string name)
    {
        Leaf("m", file, name);
        using (FileStream target = System.IO.File.Create(Folder[name + ".gz"]))
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal)) gzip.Write(System.IO.File.ReadAllBytes(PathOf(file)));
        System.IO.File.Delete(PathOf(file));
    }

    /// <summary>Changes the ledger, or a log file, as text.</summary>
    public static void Replace(string path, string from, string to) => System.IO.File.WriteAllText(path, System.IO.File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));

    public string PathOf(long file) => Folder[_names[(int)file - 1]];

    /// <summary>Verifies the directory with the first key.</summary>
    public AuditVerification Verify(Func<VerifySetup, VerifySetup>? change = null)
    {
        var setup = new VerifySetup(Folder.Path, [Root]) { Threads = 1, SettleTime = TimeSpan.Zero };
        using LedgerVerification verification = LedgerVerification.Complete(change?.Invoke(setup) ?? setup, CancellationToken.None);
        return verification.Result;
    }

    /// <summary>Fails unless the verification finds exactly these codes.</summary>
    public AuditVerification Expect(params string[] codes) => Expect(null, codes);

    public AuditVerification Expect(Func<VerifySetup, VerifySetup>? change, params string[] codes)
    {
        AuditVerification verification = Verify(change);
        CollectionAssert.AreEquivalent(codes, verification.Findings.Select(finding => finding.Code).ToArray(), string.Join('\n', verification.Findings));
        return verification;
    }

    /// <summary>A key that the ledger does not know.</summary>
    public ECDsa NewKey()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _keys.Add(key);
        return key;
    }

    public void Dispose()
    {
        foreach (ECDsa key in _keys) key.Dispose();
        Folder.Dispose();
    }
}
