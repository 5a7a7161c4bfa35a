namespace EzAudit.AspNetCore.Views;

/// <summary>The functions that record what endpoints show, and their field names; a test compares them with the definitions.</summary>
internal static class ViewFields
{
    public const string View = "entity-view";
    public const string Search = "entity-search";
    public const string Download = "entity-download";
    public const string Call = "application-call";
    public const string Input = "page-input";
    public const string Output = "page-output";

    public const string EntityType = "Entity type";
    public const string EntityPath = "Entity path";
    public const string EntityId = "Entity ID";
    public const string ProjectName = "Project name";
    public const string Query = "Query";
    public const string ResultCount = "Result count";
    public const string FileName = "File name";
    public const string Bytes = "Bytes";
    public const string Resource = "Resource";
    public const string Operation = "Operation";
    public const string Duration = "Duration";
    public const string Status = "Status";
    public const string Page = "Page";
    public const string Parameters = "Parameters";
    public const string Rows = "Rows";
}
