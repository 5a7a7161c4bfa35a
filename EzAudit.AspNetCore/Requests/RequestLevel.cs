namespace EzAudit.AspNetCore.Requests;

/// <summary>How much is recorded of a request.</summary>
internal enum RequestLevel
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Who, method, path, endpoint, status, duration.</summary>
    Metadata,

    /// <summary>Besides, the ids asked for: route values, query and form fields whose names are allowed.</summary>
    Ids,
}
