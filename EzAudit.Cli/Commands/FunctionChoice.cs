using System.IO.Enumeration;
using EzAudit.Cli.Tooling;
using EzAudit.Records;

namespace EzAudit.Cli.Commands;

/// <summary>Chooses functions by patterns.</summary>
internal static class FunctionChoice
{
    /// <summary>What most applications need: sign-in, sessions, accounts, permissions, denied access and changed rows. Not reads, which write one record per request.</summary>
    public static string[] Default { get; } =
    [
        "user-*", "session-start", "session-end", "session-timeout", "password-*", "mfa-*", "passkey-*", "recovery-code-use", "group-*", "role-*",
        "access-denied-*", "service-*", "record-insert", "record-update", "record-delete",
    ];

    /// <summary>The functions that match one of the patterns; all if there are none. A name without a star may be unknown.</summary>
    public static IReadOnlyList<AuditFunction> Choose(IReadOnlyList<AuditFunction> known, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0) return known;
        var chosen = new List<AuditFunction>();
        foreach (string pattern in patterns)
        {
            AuditFunction[] fitting = [.. known.Where(function => FileSystemName.MatchesSimpleExpression(pattern, function.Name, ignoreCase: false))];
            if (fitting.Length == 0 && pattern.Contains('*', StringComparison.Ordinal))
                throw new ToolException("--function", $"no function matches \"{pattern}\"; \"ezaudit functions\" lists them all");
            chosen.AddRange(fitting.Length > 0 ? fitting : [new AuditFunction { Name = pattern }]);
        }
        return [.. chosen.DistinctBy(function => function.Name)];
    }
}
