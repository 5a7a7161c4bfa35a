using Microsoft.Extensions.DependencyInjection;

namespace EzAudit.AspNetCore.Authentication;

/// <summary>Puts what the capturing parts see on record, with the host's writer where there is one; asks first whether anybody wants it.</summary>
internal sealed class SecurityTrail(IServiceProvider services)
{
    private readonly AuditWriter? _writer = services.GetService<AuditWriter>();

    /// <summary>Whether the settings have a file for a function. What is not written must not be looked up either.</summary>
    public bool Writes(string function) => (_writer ?? AuditTrail.Current).IsWritten(function);

    /// <summary>Makes one of the typed calls of EzAudit.Plugins, unless the settings do not write its function.</summary>
    /// <param name="function">The function that the call writes.</param>
    /// <param name="call">The call.</param>
    /// <returns>What the call answered.</returns>
    public bool Write(string function, Func<bool> call)
    {
        if (!Writes(function)) return false;
        if (_writer is null) return call();
        using (AuditTrail.Use(_writer)) return call();
    }
}
