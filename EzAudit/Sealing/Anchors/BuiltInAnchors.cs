using EzAudit.Extensibility;

namespace EzAudit.Sealing.Anchors;

/// <summary>The built-in anchors, registered like those of a plugin.</summary>
internal static class BuiltInAnchors
{
    public static void AddTo(AuditRegistry registry) => registry
        .AddAnchor("file", [FileAnchor.Key], FileAnchor.Create)
        .AddAnchor("console", [], _ => ConsoleAnchor.Create())
        .AddAnchor("log", [], settings => new LogAnchor(settings.TryLog))
        .AddAnchor("http", HttpAnchor.Keys, HttpAnchor.Create);
}
