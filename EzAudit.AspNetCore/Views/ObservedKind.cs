namespace EzAudit.AspNetCore.Views;

/// <summary>The kinds of observation of an endpoint, in the order of their records: a view is recorded after the others are stored.</summary>
internal enum ObservedKind
{
    Call,
    Page,
    Access,
}
