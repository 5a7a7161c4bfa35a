using EzAudit.Records;
using EzAudit.Settings.Model;

namespace EzAudit.Writing;

/// <summary>Handles functions that the application writes but the settings name no file for, as configured.</summary>
internal sealed class UnwantedFunctions(Diagnostics diagnostics)
{
    /// <exception cref="ArgumentException">The settings say <c>OnUnknownFunction=throw</c>.</exception>
    public void Handle(AuditSettings settings, string function)
    {
        if (settings.OnUnknownFunction == UnknownFunctionPolicy.Throw) throw new ArgumentException(Text(function), nameof(function));
        if (settings.OnUnknownFunction == UnknownFunctionPolicy.Report && !diagnostics.HasReported(function))
            diagnostics.ReportOnce(function, Text(function));
    }

    private static string Text(string function) => AuditFunctionName.IsValid(function)
        ? $"Function \"{function}\" is written by the application, but AuditFileNames[] of audit.ini names no file for it: nothing is recorded."
        : $"The application wrote a function with an invalid name, expected {AuditFunctionName.Expected}: nothing is recorded.";
}
