namespace EzAudit.Settings;

/// <summary>The ten functions of eZ Publish. A file that only they share stays as eZ Publish writes it, byte for byte.</summary>
internal static class EzFunctions
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "user-login", "user-failed-login", "content-delete", "content-move", "content-hide",
        "role-change", "role-assign", "section-assign", "state-assign", "order-delete",
    };

    public static bool Contains(string function) => Names.Contains(function);
}
