namespace EzAudit.Tests.Children;

/// <summary>Replaces the log file with a directory after the start, then writes: ROOT.</summary>
internal static class WriteIntoTrouble
{
    public static int Run(string[] args)
    {
        using AuditWriter writer = new AuditWriterBuilder(args[0]).Build();
        Directory.CreateDirectory(Path.Combine(args[0], "var/log/audit/login.log"));
        return writer.WriteAudit("user-login") ? 0 : 1;
    }
}
