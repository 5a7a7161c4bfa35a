namespace EzAudit.AspNetCore.Requests;

/// <summary>The functions that record requests, and their field names; a test compares them with the definitions.</summary>
internal static class RequestFields
{
    public const string Access = "web-access";
    public const string Request = "web-request";
    public const string Response = "web-response";
    public const string PageAccess = "page-access";

    public const string User = "User";
    public const string Method = "Method";
    public const string Path = "Path";
    public const string Query = "Query";
    public const string Ids = "ids";
    public const string Endpoint = "Endpoint";
    public const string Status = "Status";
    public const string Duration = "Duration";
    public const string Outcome = "Outcome";
    public const string Url = "URL";
    public const string Protocol = "Protocol";
    public const string UserAgent = "User agent";
    public const string Bytes = "Bytes";
    public const string Page = "Page";
}
