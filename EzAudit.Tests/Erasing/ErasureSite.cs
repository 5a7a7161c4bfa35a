using System.IO.Compression;
using EzAudit.Records;
using EzAudit.Tests.Support;

namespace EzAudit.Tests.Erasing;

/// <summary>A root with log files, which nothing seals.</summary>
internal sealed class ErasureSite : IDisposable
{
    public ErasureSite(string settings) => Root.Write("settings/audit.ini", settings);

    public static AuditErasureOrder Order { get; } = new() { User = "admin:0", Reason = "request 7" };

    public TempFolder Root { get; } = new();

    public static AuditQuery Of(int user) => new() { Fields = [new AuditFieldTest("User id", AuditFieldComparison.Equals, $"{user}")] };

    public string Log(string name, params string[] records) => Root.Write($"var/log/audit/{name}", string.Concat(records));

    public string LogCompressed(string name, params string[] records)
    {
        string path = Log(name);
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal);
        gzip.Write(System.Text.Encoding.UTF8.GetBytes(string.Concat(records)));
        return path;
    }

    public AuditErasurePlan Find(int user) => AuditErasure.Open(Root.Path).Find(Of(user));

    public AuditErased Erase(int user)
    {
        AuditErasure erasure = AuditErasure.Open(Root.Path);
        return erasure.Execute(erasure.Find(Of(user)), Order);
    }

    public void Dispose() => Root.Dispose();
}
