using System.Globalization;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Sealing.Erasing;

/// <summary>A root whose log directory is sealed, with records of several users.</summary>
internal sealed class SealedSite : IDisposable
{
    public const string LogDirectory = "var/log/audit";

    public SealedSite(string settings = "") => Root.Write("settings/audit.ini", $"""
        [AuditSettings]
        Audit=enabled
        OnUnknownFunction=ignore
        AuditFileNames[user-login]=login.log
        [SealSettings]
        Seal=enabled
        KeyDir=keys
        Origin=example.com/shop
        {settings}
        """);

    public TempFolder Root { get; } = new();

    public string Directory => Root[LogDirectory];

    public string Log => Root.Read($"{LogDirectory}/login.log");

    /// <summary>The length of the log file in bytes.</summary>
    public long Length => new FileInfo(Path.Combine(Directory, "login.log")).Length;

    public AuditWriter Open() => new AuditWriterBuilder(Root.Path) { HostName = "host" }.Build();

    /// <summary>Writes so many records, of the users 0 to 9 in turn, in a run of their own.</summary>
    public void Write(int count)
    {
        using AuditWriter writer = Open();
        Write(writer, count);
    }

    public static void Write(AuditWriter writer, int count)
    {
        for (int i = 0; i < count; i++) writer.WriteAudit("user-login", ("User id", i % 10), ("User login", $"Zoë {i % 10} of {i}"));
    }

    public static AuditQuery Of(int user) => new() { Fields = [new AuditFieldTest("User id", AuditFieldComparison.Equals, user.ToString(CultureInfo.InvariantCulture))] };

    public AuditErasure Erasure() => AuditErasure.Open(Root.Path);

    public AuditErased Erase(int user) => Erase(Erasure(), user);

    public static AuditErased Erase(AuditErasure erasure, int user) =>
        erasure.Execute(erasure.Find(Of(user)), new AuditErasureOrder { User = "admin:0", Reason = "request 7" });

    /// <summary>How many records of a user can still be found.</summary>
    public long Count(int user)
    {
        using AuditLogReader log = AuditLogReader.Open(Root.Path);
        return log.Count(Of(user), new AuditReadOptions { OnProblem = problem => Assert.Fail(problem.ToString()) });
    }

    public AuditVerification Verify() => AuditLedger.OpenDirectory(Directory).WithKeys(Root.Read("keys/seal.vkey").TrimEnd()).Verify();

    /// <summary>The codes of the findings, in order and each once; fails unless the verdict is the expected one.</summary>
    public string[] Codes(AuditVerificationResult expected = AuditVerificationResult.Intact)
    {
        AuditVerification verification = Verify();
        Assert.AreEqual(expected, verification.Result, string.Join('\n', verification.Findings));
        return [.. verification.Findings.Select(finding => finding.Code).Distinct().Order(StringComparer.Ordinal)];
    }

    public void Dispose() => Root.Dispose();
}
