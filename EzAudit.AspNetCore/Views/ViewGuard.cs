using EzAudit.AspNetCore.Requests;

namespace EzAudit.AspNetCore.Views;

/// <summary>Holds back an endpoint's response until its record is stored.</summary>
internal sealed class ViewGuard(ObservedRequest request) : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => request.RecordAsync(outcome);
}
