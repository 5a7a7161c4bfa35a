namespace Newsroom.Content;

/// <summary>A file that belongs to an article.</summary>
internal sealed class Attachment
{
    public long Id { get; set; }

    public long ArticleId { get; set; }

    public string FileName { get; set; } = "";

    public string MediaType { get; set; } = "";

    public byte[] Bytes { get; set; } = [];
}
