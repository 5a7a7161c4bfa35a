using EzAudit.Records;

namespace EzAudit.Cli.Asking;

/// <summary>The user who runs the tool: login and user id.</summary>
internal static class CurrentUser
{
    private const string Status = "/proc/self/status";

    public static AuditActor Actor => new(Environment.UserName, UserId());

    // The effective id, because the record is written with its rights. The line reads "Uid: real effective saved file-system".
    private static string UserId()
    {
        if (!File.Exists(Status)) return Environment.UserDomainName;
        string line = File.ReadLines(Status).First(text => text.StartsWith("Uid:", StringComparison.Ordinal));
        return line.Split('\t')[2];
    }
}
