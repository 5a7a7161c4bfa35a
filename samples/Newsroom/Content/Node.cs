namespace Newsroom.Content;

/// <summary>A place in the content tree, and the article that stands there.</summary>
internal sealed class Node
{
    public long Id { get; set; }

    /// <summary>None for the root alone.</summary>
    public long? ParentId { get; set; }

    public long ArticleId { get; set; }

    public Article Article { get; set; } = null!;

    public bool IsHidden { get; set; }
}
