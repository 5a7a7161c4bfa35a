namespace EzAudit.Formats;

/// <summary>Where a text stands in a classic record, which decides what must be escaped in it.</summary>
internal enum TextPlace
{
    Value,
    Name,
    Address,
    Login,
    Id,
}
