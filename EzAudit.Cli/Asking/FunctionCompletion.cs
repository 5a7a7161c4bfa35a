using System.CommandLine;
using System.CommandLine.Completions;
using EzAudit.Cli.Tooling;

namespace EzAudit.Cli.Asking;

/// <summary>The function names that the shell offers: those in the settings, and those that plugins define.</summary>
internal static class FunctionCompletion
{
    public static IEnumerable<CompletionItem> Names(PlaceOptions place, ParseResult parsed)
    {
        try
        {
            AuditInspection inspection = place.Inspect(parsed);
            return [.. inspection.Routes.Select(route => route.Function)
                .Concat(inspection.Functions.Select(function => function.Name))
                .Where(name => name != "*").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => new CompletionItem(name))];
        }
        catch (ToolException)
        {
            // Without settings there is nothing to offer, and a message would land in the middle of the user's command line.
            return [];
        }
    }
}
