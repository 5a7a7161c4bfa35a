namespace Newsroom.Content;

/// <summary>What is written: eZ Publish's content object. Where it stands says a <see cref="Node"/>.</summary>
internal sealed class Article
{
    public long Id { get; set; }

    public string Name { get; set; } = "";

    public string Text { get; set; } = "";

    public int Version { get; set; } = 1;

    /// <summary>0 before it is published for the first time.</summary>
    public int PublishedVersion { get; set; }

    public string PublishedName { get; set; } = "";

    public string PublishedText { get; set; } = "";

    public long SectionId { get; set; }

    public ReviewState Review { get; set; } = ReviewState.None;

    public LockState Lock { get; set; } = LockState.Open;

    public bool IsArchived { get; set; }

    public long AuthorId { get; set; }
}
