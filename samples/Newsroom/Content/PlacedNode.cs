namespace Newsroom.Content;

/// <summary>A node and its depth below the root.</summary>
internal sealed record PlacedNode(Node Node, int Depth)
{
    /// <summary>Its name for selection lists, indented by one dash per level.</summary>
    public string Label => $"{new string('–', Depth)} {Node.Article.Name} ({Node.Id})".TrimStart();
}
