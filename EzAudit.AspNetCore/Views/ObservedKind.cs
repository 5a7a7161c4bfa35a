namespace EzAudit.AspNetCore.Views;

/// <summary>What an endpoint can be at once. The order is that of the records: that somebody saw something is written when the others are stored.</summary>
internal enum ObservedKind
{
    Call,
    Page,
    Access,
}
