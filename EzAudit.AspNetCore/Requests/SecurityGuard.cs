namespace EzAudit.AspNetCore.Requests;

/// <summary>Holds back the response to a request that is not itself recorded until its sign-in, session and denial records are stored.</summary>
internal sealed class SecurityGuard : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => ValueTask.CompletedTask;
}
