using EzAudit.Benchmarks.SideBySide;
using EzAudit.PostgreSql;

namespace EzAudit.Benchmarks.Store;

/// <summary>A root whose records go to a store through a spool.</summary>
internal sealed class SpooledRecords(string root)
{
    /// <summary>Writes records while the server is away, so that all of them wait in the spool.</summary>
    /// <param name="count">How many.</param>
    /// <param name="targets">The targets of the records: <c>central</c> is the store.</param>
    public void Write(int count, params string[] targets)
    {
        using AuditWriter writer = Open($"Host={root};Username=nobody;Database=away", targets);
        using IDisposable context = AuditContext.Use(new(SampleRecord.Login, SampleRecord.UserId), SampleRecord.Address);
        for (int number = 0; number < count; number++) SampleRecord.Write(writer, SampleRecord.FileOf(0, number), 0, number);
    }

    /// <summary>Sends everything that waits to a store; returns when it is committed and acknowledged.</summary>
    public void Send(string connection)
    {
        using AuditWriter writer = Open(connection, "central");
        while (writer.Health.Targets.Any(target => target.QueuedBytes > 0)) writer.Flush();
    }

    private AuditWriter Open(string connection, params string[] targets)
    {
        string settings = Path.Combine(root, "settings");
        Directory.CreateDirectory(settings);
        File.WriteAllLines(Path.Combine(settings, "audit.ini"),
        [
            "[AuditSettings]",
            "Audit=enabled",
            .. SampleRecord.Functions.ToArray().Select(function => $"AuditFileNames[{function}]=all.log"),
            "[FunctionDefaults]",
            "Durability=os",
            .. targets.Select(target => $"Targets[]={target}"),
            "[Target-central]",
            "Type=postgresql",
            $"Connection={connection}",
            "Spool=8GiB",
            $"Required={(targets is ["central"] ? "yes" : "no")}",
        ]);
        return new AuditWriterBuilder(root).AddPlugin(new PostgreSqlPlugin()).Build();
    }
}
