using EzAudit.Routing;
using EzAudit.Storage;

namespace EzAudit.Composition;

/// <summary>A log file that routes share: its format, and how it does.</summary>
internal sealed record OpenFile(string Directory, string Name, LogFile Log, string Format, TargetMonitor Monitor);
