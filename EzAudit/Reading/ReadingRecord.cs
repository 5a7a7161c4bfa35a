using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Settings.Model;

namespace EzAudit;

/// <summary>Records that a log was read, with an existing writer or one built for the purpose.</summary>
/// <param name="open">Returns the writer.</param>
/// <param name="closes">Whether the writer is closed afterwards.</param>
/// <param name="places">The paths of the log's files.</param>
internal sealed class ReadingRecord(Func<AuditWriter> open, bool closes, IReadOnlyList<string> places)
{
    public const string Function = "audit-read";

    private const int MostNames = 20;

    /// <summary>For the log of a root; <see langword="null"/> if its settings name no file for <c>audit-read</c>.</summary>
    public static ReadingRecord? Of(AuditSettings settings, string? siteAccess, IEnumerable<IAuditPlugin>? plugins, IReadOnlyList<LogSource> places)
    {
        if (!settings.Enabled || !settings.FileNames.ContainsKey(Function)) return null;
        IAuditPlugin[] own = [.. plugins ?? []];
        return new ReadingRecord(Open, closes: true, [.. places.Select(place => place.Path)]);

        AuditWriter Open()
        {
            var builder = new AuditWriterBuilder(settings.Root) { RecordsStartAndStop = false };
            if (siteAccess is not null) builder.SiteAccess = siteAccess;
            foreach (IAuditPlugin plugin in own) builder.AddPlugin(plugin);
            return builder.Build();
        }
    }

    /// <summary>For the log of an existing writer; <see langword="null"/> if its settings name no file for <c>audit-read</c>.</summary>
    public static ReadingRecord? Of(AuditWriter writer, IReadOnlyList<LogSource> places) =>
        writer.Settings is { Enabled: true } settings && settings.FileNames.ContainsKey(Function)
            ? new ReadingRecord(() => writer, closes: false, [.. places.Select(place => place.Path)])
            : null;

    /// <exception cref="AuditWriteException">The record could not be stored, and its <c>OnFailure</c> is not <c>continue</c>.</exception>
    /// <exception cref="AuditSettingsException">No writer could be built.</exception>
    public void Write(string query, long count)
    {
        AuditWriter writer = open();
        try
        {
            writer.WriteAudit(Function, ("Files", Names()), ("Query", query), ("Records", count));
        }
        finally
        {
            if (closes) writer.Dispose();
        }
    }

    private string Names()
    {
        string[] names = [.. places.Select(path => Path.GetFileName(path)).Distinct(StringComparer.Ordinal)];
        return string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? $" and {names.Length - MostNames} more" : "");
    }
}
