using EzAudit.Extensibility;
using EzAudit.Reading.Files;
using EzAudit.Settings.Model;

namespace EzAudit;

/// <summary>Puts on record that a log was read: by a writer that is there, or one made for that.</summary>
/// <param name="open">Gives the writer.</param>
/// <param name="closes">Whether it is closed afterwards.</param>
/// <param name="places">Where the log's files lie.</param>
internal sealed class ReadingRecord(Func<AuditWriter> open, bool closes, IReadOnlyList<string> places)
{
    public const string Function = "audit-read";

    private const int MostNames = 20;

    /// <summary>What records the readings of a root's log; <see langword="null"/> where its settings name no file for that.</summary>
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

    /// <summary>The same of a writer that is there.</summary>
    public static ReadingRecord? Of(AuditWriter writer, IReadOnlyList<LogSource> places) =>
        writer.Settings is { Enabled: true } settings && settings.FileNames.ContainsKey(Function)
            ? new ReadingRecord(() => writer, closes: false, [.. places.Select(place => place.Path)])
            : null;

    /// <exception cref="AuditWriteException">The record could not be stored, and the settings do not allow that.</exception>
    /// <exception cref="AuditSettingsException">No writer could be made.</exception>
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
