using EzAudit.Records;
using EzAudit.Sealing.Ledger;
using EzAudit.Tests.Support;
using EzAudit.Writing;
using Microsoft.Extensions.Time.Testing;

namespace EzAudit.Tests.Sealing;

/// <summary>A root whose log directory is sealed; each writer of it is closed before the ledger is verified.</summary>
internal sealed class SealedSite : IDisposable
{
    public const string Settings = $"{AuditSite.Enabled}[SealSettings]\nSeal=enabled\nKeyDir=keys\n";

    private static int _records = 100_000;

    private readonly List<string> _keys = [];

    /// <param name="settings">Further lines, the first of them in <c>[SealSettings]</c>.</param>
    public SealedSite(string settings = "") => Root.Write("settings/audit.ini", Settings + settings);

    public TempFolder Root { get; } = new();

    /// <summary>The length from which a segment of the ledger is full.</summary>
    public long SegmentBytes { get; init; } = WriterOptions.DefaultSegmentBytes;

    public FakeTimeProvider Clock { get; } = new(TestClock.Start);

    public string LogDirectory => Root[AuditSite.LogDirectory];

    /// <summary>The verification key of the first trust root.</summary>
    public string Key => Root.Read("keys/seal.vkey").Trim();

    /// <summary>The verification keys that <see cref="Verify"/> trusts.</summary>
    public IReadOnlyList<string> TrustedKeys => _keys.Count > 0 ? _keys : [Key];

    public string PathOf(string name) => Path.Combine(LogDirectory, name);

    /// <summary>A new writer; to be disposed by the caller.</summary>
    public AuditWriter NewWriter(FakeLoggerFactory? log = null) =>
        new AuditWriterBuilder(Root.Path) { TimeProvider = Clock, HostName = "host", LoggerFactory = log, LedgerSegmentBytes = SegmentBytes }.Build();

    /// <summary>Writes records with a writer of its own.</summary>
    public void Write(int count, int size = 50)
    {
        using AuditWriter writer = NewWriter();
        Write(writer, count, size);
    }

    public static void Write(AuditWriter writer, int count, int size = 50)
    {
        // No two records of a test are alike: verifiers recognize files by their content.
        for (int i = 0; i < count; i++) Assert.IsTrue(NumberedRecord.Write(writer, "user-login", $"{Interlocked.Increment(ref _records)}", size));
    }

    /// <summary>Signs what was written so far.</summary>
    public static void Sign(AuditWriter writer) => writer.Services.Sealers.Open.Single().Sealer.SignNow();

    /// <summary>Remembers the verification key that the key directory has now.</summary>
    public void Trust() => _keys.Add(Key);

    /// <summary>Verifies the directory with the keys trusted so far, or with the current one.</summary>
    public AuditVerification Verify(params string[] anchors) => AuditLedger.OpenDirectory(LogDirectory)
        .WithKeys(TrustedKeys).Verify(new AuditVerifyOptions { Anchors = anchors });

    /// <summary>Verifies the directory, and expects exactly these findings besides notes.</summary>
    public AuditVerification Expect(params string[] codes)
    {
        AuditVerification found = Verify();
        string[] problems = [.. found.Findings.Where(finding => finding.Severity != AuditFindingSeverity.Note).Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
        Assert.AreEqual(string.Join(' ', codes.Order(StringComparer.Ordinal)), string.Join(' ', problems), string.Join('\n', found.Findings));
        return found;
    }

    /// <summary>The lines of the ledger that are leaves of a kind.</summary>
    public string[] Leaves(LeafKind kind) => [.. Lines().Where(line => line.StartsWith($"{(char)kind} ", StringComparison.Ordinal))];

    public string[] Lines() => [.. Directory.EnumerateFiles(PathOf("ledger"), "*.ezl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)];

    public void Dispose() => Root.Dispose();
}
