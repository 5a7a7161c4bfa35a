namespace EzAudit.Cli.Commands;

/// <summary>Says what became of a record.</summary>
internal static class WriteResult
{
    public static string Of(AuditInspection inspection, string function, bool isWritten)
    {
        if (!inspection.IsEnabled) return $"{function}: not written, audit is off: Audit={inspection.Audit.Value} in {inspection.Audit.Place}";
        if (inspection.RouteOf(function) is not { } route) return $"{function}: not written, no line of AuditFileNames[] names a file for it; \"ezaudit explain {function}\" says more";
        if (!isWritten) return $"{function}: lost, and its OnFailure=continue allows that; the loss is counted";
        string where = string.Join(" and ", route.Targets.Where(target => !target.IsFallback).Select(target => target.Path ?? $"target {target.Name}"));
        return $"{function}: written to {where}, {Held(route.Settings.First(setting => setting.Key == "Durability").Value)}";
    }

    // The writer is closed by now, and that puts everything on disk.
    private static string Held(string durability) => durability == "disk" ? "on disk" : $"Durability={durability}, put on disk at the end";
}
