namespace EzAudit.Formats.Pattern;

/// <summary>The date names of log4net and what they stand for.</summary>
internal static class PatternDate
{
    private const string Iso8601 = "yyyy-MM-dd HH:mm:ss,fff";

    /// <summary>The date pattern of an option: a name of log4net's, nothing, or a date pattern of .NET itself.</summary>
    public static string PatternOf(string? option) => option switch
    {
        null or "" or "ISO8601" => Iso8601,
        "ABSOLUTE" => "HH:mm:ss,fff",
        "DATE" => "dd MMM yyyy HH:mm:ss,fff",
        string pattern => pattern,
    };
}
