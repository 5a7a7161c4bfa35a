namespace EzAudit.Settings;

/// <summary>The rule for plugins: the name of an assembly beside the application, not a path.</summary>
internal static class PluginName
{
    public const string Wanted = "the name of an assembly beside the application, such as EzAudit.Plugins, without path and \".dll\"";

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 200
        && name.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-')
        && name[0] != '.'
        && !name.EndsWith('.')
        && !name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
