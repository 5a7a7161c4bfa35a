using System.Globalization;
using System.Text.Json;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing;

/// <summary>EzAudit and <c>docs/ezledger.py</c> say the same about directories that were written and damaged at random.</summary>
[TestClass]
public sealed class TwoVerifiersTests : IDisposable
{
    private const int Directories = 1000;
    private const int Shown = 5;

    private static readonly string[] Ends = ["tampered ledger-damaged", "tampered sequence", "tampered checkpoint-root", "tampered checkpoint-signature", "tampered hint"];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void BothVerifiersAgreeOnAThousandDamagedDirectories()
    {
        PythonVerifierTests.NeedPython();
        string seed = Environment.GetEnvironmentVariable("EZAUDIT_SEED") ?? "1";
        var (exitCode, _, errors) = PythonVerifierTests.Run("-B", "damaged.py", _folder.Path, Directories.ToString(CultureInfo.InvariantCulture), seed);
        Assert.AreEqual(0, exitCode, errors);

        DamagedDirectory[] cases = [.. File.ReadLines(_folder["cases.jsonl"]).Select(line => JsonSerializer.Deserialize<DamagedDirectory>(line, JsonSerializerOptions.Web)!)];
        string[] disagreements = [.. cases.Select(Disagreement).OfType<string>()];

        Assert.HasCount(Directories, cases);
        Assert.IsEmpty(disagreements, $"seed {seed}, {disagreements.Length} of {Directories}:\n{string.Join("\n\n", disagreements.Take(Shown))}");
        // Every kind of damage must have happened, and none must be all there is.
        foreach (string result in new[] { "intact", "tampered", "incomplete" }) Assert.Contains(result, cases.Select(one => one.Result));
        Assert.IsGreaterThan(25, cases.SelectMany(one => one.Findings).Distinct().Count());
    }

    private static string? Disagreement(DamagedDirectory one)
    {
        AuditVerification ours = AuditLedger.OpenDirectory(one.Directory).WithKeys(one.Keys).Verify(new AuditVerifyOptions
        {
            AnchorFiles = one.Anchors,
            FreshUntil = one.FreshUntil is { } micros ? DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond) : null,
        });
        string[] findings = [.. ours.Findings.Select(finding => $"{Lower(finding.Severity)} {finding.Code}").Distinct().Order(StringComparer.Ordinal)];
        // How far a verifier counted before damage of the ledger ended it says nothing.
        bool ended = findings.Any(finding => Ends.Contains(finding));
        string python = $"{one.Result}, {(ended ? "" : $"{one.Leaves} leaves, {one.Checkpoints} checkpoints, {one.Records} records, {one.AttestedBytes} bytes")}: {string.Join(", ", one.Findings)}";
        string csharp = $"{Lower(ours.Result)}, {(ended ? "" : $"{ours.Leaves} leaves, {ours.Checkpoints} checkpoints, {ours.Records} records, {ours.AttestedBytes} bytes")}: {string.Join(", ", findings)}";
        return python == csharp ? null : $"{one.Directory} ({one.Written}) {string.Join("; ", one.Damage)}\n  Python: {python}\n  C#:     {csharp}\n  {string.Join("\n  ", ours.Findings)}";
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>A line that damaged.py writes.</summary>
    private sealed record DamagedDirectory(
        string Directory, string[] Keys, string[] Anchors, long? FreshUntil, string Written, string[] Damage, string Result, long Leaves, long Checkpoints, long Records,
        long AttestedBytes, string[] Findings);
}
