using EzAudit.Records;

namespace EzAudit.Cli.Asking;

/// <summary>Who runs the tool: login and user id.</summary>
internal static class CurrentUser
{
    private const string Status = "/proc/self/status";

    public static AuditActor Actor => new(Environment.UserName, UserId());

    // Effective id: whose rights the record was written with. "Uid: real effective saved file-system".
    private static string UserId()
    {
        if (!File.Exists(Status)) return Environment.UserDomainName;
        string line = File.ReadLines(Status).First(text => text.StartsWith("Uid:", StringComparison.Ordinal));
        return line.Split('\t')[2];
    }
}
