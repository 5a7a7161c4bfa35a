using EzAudit;
using EzAudit.AspNetCore.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the audit trail to a host's health checks.</summary>
public static class EzAuditHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of <see cref="AuditWriter.Health"/>: degraded if a fallback was used or edited settings are invalid, failed if records are not
    /// stored or wait too long for the disk. For each target its data lists the state, since when, the last error, and the number of records that
    /// failed, were lost or are waiting.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">The status to report when records are not stored; <see langword="null"/> for unhealthy.</param>
    /// <param name="tags">Tags that filter checks.</param>
    /// <param name="writer">The name of a writer added by <c>AddKeyedEzAudit</c>; <see langword="null"/> for the host's own.</param>
    public static IHealthChecksBuilder AddEzAudit(
        this IHealthChecksBuilder builder, string name = "ezaudit", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, string? writer = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, provider => new AuditHealthCheck(provider.GetRequiredKeyedService<AuditWriter>(writer)), failureStatus, tags));
    }
}
