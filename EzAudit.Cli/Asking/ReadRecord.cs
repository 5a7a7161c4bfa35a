using System.CommandLine;
using EzAudit.Cli.Tooling;
using EzAudit.PostgreSql;

namespace EzAudit.Cli.Asking;

/// <summary>Records that somebody read the audit trail, if its settings name a file for <c>audit-read</c>.</summary>
internal static class ReadRecord
{
    private const string Function = "audit-read";
    private const int MaxNames = 20;

    /// <summary>Writes the record after reading, so that the answer does not contain it. A failure is reported and never withholds the answer.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="parsed">The command line, which is the query.</param>
    /// <param name="files">The files that were read.</param>
    /// <param name="log">The log.</param>
    /// <param name="count">How many records were read.</param>
    /// <returns>False if a record was due and could not be written.</returns>
    public static bool Write(ToolContext context, ParseResult parsed, FileArguments files, IAuditSource log, long count)
    {
        if (!files.AreOfRoot(parsed)) return true;
        AuditInspection inspection = context.Place.Inspect(parsed);
        if (!inspection.IsEnabled || inspection.RouteOf(Function) is null) return true;
        string reason = inspection.CanStart ? "" : string.Join("; ", inspection.Problems.Where(problem => !problem.IsWarning));
        if (inspection.CanStart)
        {
            try
            {
                using AuditWriter writer = context.Place.OpenWriter(parsed);
                string query = string.Join(' ', parsed.Tokens.Select(token => token.Value));
                using (AuditContext.Use(CurrentUser.Actor))
                {
                    if (writer.WriteAudit(Function, ("Files", Names(log)), ("Query", query), ("Records", count))) return true;
                }
                reason = "the record was lost";
            }
            catch (Exception failure) when (failure is AuditWriteException or AuditSettingsException or IOException or UnauthorizedAccessException)
            {
                reason = failure.Message;
            }
        }
        context.Terminal.WriteError($"{Function}: this read was not recorded: {reason}");
        return false;
    }

    private static string Names(IAuditSource log)
    {
        if (log is AuditStoreReader store) return store.Place;
        string[] names = [.. ((AuditLogReader)log).FindFiles().Select(file => Path.GetFileName(file.Path)).Distinct(StringComparer.Ordinal)];
        string rest = names.Length > MaxNames ? $" and {names.Length - MaxNames} more" : "";
        return string.Join(", ", names.Take(MaxNames)) + rest;
    }
}
