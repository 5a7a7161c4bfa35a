namespace Newsroom.Content;

/// <summary>A section of the paper, such as Sport.</summary>
internal sealed class Section
{
    public long Id { get; set; }

    public string Name { get; set; } = "";
}
