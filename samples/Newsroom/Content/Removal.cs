using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Content;

/// <summary>Deletes in eZ Publish's three ways: the node, the article temporarily, the article for good.</summary>
internal sealed class Removal(NewsroomDatabase database, Arranging arranging)
{
    /// <summary>Takes an article off the site; its node and its text stay.</summary>
    public async Task ArchiveAsync(long nodeId)
    {
        Node node = await arranging.GetBelowRootAsync(nodeId);
        node.Article.IsArchived = true;
        await database.SaveChangesAsync();
        ContentAudit.ArchiveObject(node.ArticleId, node.Article.Name);
    }

    /// <summary>Removes a node without children from the tree; the article stays.</summary>
    public async Task RemoveNodeAsync(long nodeId)
    {
        Node node = await GetLeafAsync(nodeId);
        database.Remove(node);
        await database.SaveChangesAsync();
        ContentAudit.RemoveNode(node.Id, node.ArticleId, node.Article.Name);
    }

    /// <summary>Deletes an article with its files and its node, which would otherwise be empty.</summary>
    public async Task PurgeAsync(long nodeId)
    {
        Node node = await GetLeafAsync(nodeId);
        database.RemoveRange(database.Attachments.Where(attachment => attachment.ArticleId == node.ArticleId));
        database.Remove(node);
        database.Remove(node.Article);
        await database.SaveChangesAsync();
        ContentAudit.PurgeObject(node.ArticleId, node.Article.Name);
    }

    private async Task<Node> GetLeafAsync(long nodeId)
    {
        Node node = await arranging.GetBelowRootAsync(nodeId);
        int below = await database.Nodes.CountAsync(other => other.ParentId == nodeId);
        return below == 0 ? node : throw new ContentException($"'{node.Article.Name}' has {below} child node(s). Delete or move them first.");
    }
}
