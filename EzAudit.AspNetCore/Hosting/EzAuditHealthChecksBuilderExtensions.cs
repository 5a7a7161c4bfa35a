using EzAudit;
using EzAudit.AspNetCore.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the audit trail to a host's health checks.</summary>
public static class EzAuditHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of <see cref="AuditWriter.Health"/>: degraded where a fallback was used or an edit of the settings cannot be used, else failed
    /// where records are not stored or wait too long for the disk. Its data has for each target state, since, last error, and the records that
    /// failed, are lost or wait.
    /// </summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What is reported when records are not stored; <see langword="null"/> for unhealthy.</param>
    /// <param name="tags">Tags by which checks are chosen.</param>
    /// <param name="writer">The name of a writer added by <c>AddKeyedEzAudit</c>; <see langword="null"/> for the host's own.</param>
    public static IHealthChecksBuilder AddEzAudit(
        this IHealthChecksBuilder builder, string name = "ezaudit", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, string? writer = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, provider => new AuditHealthCheck(provider.GetRequiredKeyedService<AuditWriter>(writer)), failureStatus, tags));
    }
}
