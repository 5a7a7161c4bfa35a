namespace Newsroom.Content;

/// <summary>The content of an article, eZ Publish's content object. Its place in the tree is a <see cref="Node"/>.</summary>
internal sealed class Article
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Text { get; set; } = "";

    public int Version { get; set; } = 1;

    /// <summary>0 until it is first published.</summary>
    public int PublishedVersion { get; set; }

    public string PublishedName { get; set; } = "";

    public string PublishedText { get; set; } = "";

    public long SectionId { get; set; }

    public ReviewState Review { get; set; } = ReviewState.None;

    public LockState Lock { get; set; } = LockState.Open;

    public bool IsArchived { get; set; }

    public long AuthorId { get; set; }
}
