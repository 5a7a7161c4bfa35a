using Newsroom.Content;

namespace Newsroom.Api;

/// <summary>An article as the API returns it.</summary>
internal sealed record ArticleView(long NodeId, long? ParentNodeId, long ArticleId, string Name, string Text)
{
    public static ArticleView Of(Node node) =>
        new(node.Id, node.ParentId, node.ArticleId, node.Article.PublishedName, node.Article.PublishedText);
}
