namespace Newsroom.Content;

/// <summary>A node and how deep below the root it stands.</summary>
internal sealed record PlacedNode(Node Node, int Depth)
{
    /// <summary>Its name behind as many dashes as it is deep, for lists to choose from.</summary>
    public string Label => $"{new string('–', Depth)} {Node.Article.Name} ({Node.Id})".TrimStart();
}
