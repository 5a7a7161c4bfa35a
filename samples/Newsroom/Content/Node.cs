namespace Newsroom.Content;

/// <summary>A place in the content tree, and the article at that place.</summary>
internal sealed class Node
{
    public long Id { get; set; }

    /// <summary>Null only for the root.</summary>
    public long? ParentId { get; set; }

    public long ArticleId { get; set; }

    public Article Article { get; set; } = null!;

    public bool IsHidden { get; set; }
}
