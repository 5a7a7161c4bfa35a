using EzAudit.AspNetCore.Requests;

namespace EzAudit.AspNetCore.Views;

/// <summary>Guards the answer of an endpoint until what it shows is on record.</summary>
internal sealed class ViewGuard(ObservedRequest request) : ResponseGuard
{
    protected override ValueTask WriteRecordAsync(RequestOutcome outcome) => request.RecordAsync(outcome);
}
