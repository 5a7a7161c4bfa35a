namespace EzAudit.AspNetCore.Requests;

/// <summary>Guards the answer to a request that need not be on record itself, for the sake of what happens in it: a sign-in, a session, a denial.</summary>
internal sealed class SecurityGuard : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => ValueTask.CompletedTask;
}
