namespace EzAudit.Cli.Commands;

/// <summary>Describes what happened to a record.</summary>
internal static class WriteResult
{
    public static string Of(AuditInspection inspection, string function, bool isWritten)
    {
        if (!inspection.IsEnabled) return $"{function}: not written, audit is off: Audit={inspection.Audit.Value} in {inspection.Audit.Place}";
        if (inspection.RouteOf(function) is not { } route) return $"{function}: not written, no line of AuditFileNames[] names a file for it; run \"ezaudit explain {function}\" for details";
        if (!isWritten) return $"{function}: lost, as OnFailure=continue permits; the loss is counted";
        string where = string.Join(" and ", route.Targets.Where(target => !target.IsFallback).Select(target => target.Path ?? $"target {target.Name}"));
        return $"{function}: written to {where}, {Describe(route.Settings.First(setting => setting.Key == "Durability").Value)}";
    }

    // The writer is closed by now, which has synced everything to disk.
    private static string Describe(string durability) => durability == "disk" ? "on disk" : $"Durability={durability}, synced to disk at exit";
}
