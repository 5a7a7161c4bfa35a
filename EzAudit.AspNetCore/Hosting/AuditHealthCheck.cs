using System.Globalization;
using EzAudit.Records;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EzAudit.AspNetCore.Hosting;

/// <summary>Reports the audit trail's health to the host's health checks: paths and reasons, never the content of records.</summary>
internal sealed class AuditHealthCheck(AuditWriter writer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        AuditHealth health = writer.Health;
        HealthStatus status = health.State switch
        {
            AuditHealthState.Healthy => HealthStatus.Healthy,
            AuditHealthState.Degraded => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        return Task.FromResult(new HealthCheckResult(status, Describe(health), data: Data(health)));
    }

    private static string Describe(AuditHealth health)
    {
        string[] troubles =
        [
            .. health.Targets.Where(target => target.State != AuditHealthState.Healthy).Select(Describe),
            .. health.SettingsProblems.Where(problem => !problem.IsWarning).Select(problem => problem.ToString()),
        ];
        // Missing settings are only a warning, yet nothing is recorded.
        if (troubles.Length == 0 && health.State != AuditHealthState.Healthy) troubles = [.. health.SettingsProblems.Select(problem => problem.ToString())];
        return troubles.Length == 0 ? "All targets store records." : string.Join(' ', troubles);
    }

    private static string Describe(AuditTargetHealth target) =>
        string.Create(CultureInfo.InvariantCulture, $"{target.Target}: {Word(target.State)} since {target.Since:yyyy-MM-dd HH:mm:ss}Z. {target.LastError}").TrimEnd();

    // Simple values, which every health report writer can serialize.
    private static Dictionary<string, object> Data(AuditHealth health)
    {
        var data = new Dictionary<string, object>();
        // A health source added with AddHealth may share its name with a file; report the worse one.
        foreach (AuditTargetHealth target in health.Targets.OrderBy(target => target.State))
        {
            data[target.Target] = new Dictionary<string, object?>
            {
                ["state"] = Word(target.State),
                ["since"] = target.Since,
                ["lastError"] = target.LastError,
                ["failed"] = target.Failed,
                ["lost"] = target.Lost,
                ["queuedBytes"] = target.QueuedBytes,
            };
        }
        if (health.SettingsProblems.Count > 0) data["settings"] = health.SettingsProblems.Select(problem => problem.ToString()).ToArray();
        return data;
    }

    private static string Word(AuditHealthState state) => state.ToString().ToLowerInvariant();
}
