namespace EzAudit.Settings;

/// <summary>The rule for names that become one directory in a path: siteaccesses and extensions.</summary>
internal static class PathName
{
    public const string Wanted = "the name of a directory, without \"/\", \"\\\" and \"..\"";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 128 && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '\\', ':') && !name.Any(char.IsControl);
}
