namespace EzAudit.AspNetCore.Views;

/// <summary>Details that the handler itself adds to its record; they override route, query and headers.</summary>
internal sealed record HandlerDetails
{
    public string? Id { get; init; }

    public string? Path { get; init; }

    public string? Project { get; init; }

    public string? Query { get; init; }

    public long? Count { get; init; }

    public string? FileName { get; init; }
}
