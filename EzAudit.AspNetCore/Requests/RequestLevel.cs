namespace EzAudit.AspNetCore.Requests;

/// <summary>How much to record of a request.</summary>
internal enum RequestLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>User, method, path, endpoint, status, duration.</summary>
    Metadata,

    /// <summary>Also the requested ids: route values, query and form fields whose names are allowed.</summary>
    Ids,
}
