using EzAudit.Plugins;
using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Content;

/// <summary>Moves, copies, hides and classifies articles in the tree. Changes are recorded once they are stored.</summary>
internal sealed class Arranging(NewsroomDatabase database, ContentTree tree)
{
    public async Task MoveAsync(long nodeId, long newParentId)
    {
        Node node = await GetBelowRootAsync(nodeId);
        long oldParentId = node.ParentId!.Value;
        if (oldParentId == newParentId) return;
        await RefuseCircleAsync(node, newParentId);
        node.ParentId = newParentId;
        await database.SaveChangesAsync();
        ContentAudit.Move(node.Id, oldParentId, newParentId, node.ArticleId, node.Article.Name);
    }

    public async Task<Node> CopyAsync(long nodeId, long newParentId)
    {
        Node node = await GetBelowRootAsync(nodeId);
        await tree.GetAsync(newParentId);
        Article from = node.Article;
        var article = new Article { Name = from.Name, Text = from.Text, AuthorId = from.AuthorId, SectionId = from.SectionId };
        var copy = new Node { ParentId = newParentId, Article = article };
        database.Add(copy);
        await database.SaveChangesAsync();
        ContentWorkAudit.Copy(from.Id, article.Id, newParentId, from.Name);
        return copy;
    }

    /// <summary>Swaps the articles of two nodes; their children stay where they are.</summary>
    public async Task SwapAsync(long nodeId, long otherId)
    {
        Node node = await GetBelowRootAsync(nodeId);
        Node other = await GetBelowRootAsync(otherId);
        if (nodeId == otherId) throw new ContentException("A node cannot be swapped with itself.");
        (node.Article, other.Article) = (other.Article, node.Article);
        await database.SaveChangesAsync();
        ContentWorkAudit.Swap(nodeId, otherId);
    }

    public async Task HideAsync(long nodeId, bool hide)
    {
        Node node = await GetBelowRootAsync(nodeId);
        if (node.IsHidden == hide) return;
        node.IsHidden = hide;
        await database.SaveChangesAsync();
        if (hide) ContentAudit.Hide(node.Id, node.ArticleId, node.Article.Name);
        else ContentAudit.Unhide(node.Id, node.ArticleId, node.Article.Name);
    }

    public async Task AssignSectionAsync(long nodeId, long sectionId)
    {
        Node node = await tree.GetAsync(nodeId);
        Section section = await database.Sections.SingleOrDefaultAsync(section => section.Id == sectionId)
            ?? throw new ContentException($"There is no section {sectionId}.");
        foreach (Node below in await SubtreeAsync(node)) below.Article.SectionId = section.Id;
        await database.SaveChangesAsync();
        SectionAudit.Assign(section.Id, section.Name, node.Id, node.ArticleId, node.Article.Name);
    }

    public async Task<Node> GetBelowRootAsync(long nodeId)
    {
        Node node = await tree.GetAsync(nodeId);
        return node.ParentId is null ? throw new ContentException("The root of the tree cannot be changed.") : node;
    }

    public async Task<IReadOnlyList<Node>> SubtreeAsync(Node node)
    {
        ILookup<long?, Node> children = (await database.Nodes.Include(other => other.Article).ToListAsync()).ToLookup(other => other.ParentId);
        var found = new List<Node> { node };
        for (int i = 0; i < found.Count; i++) found.AddRange(children[found[i].Id]);
        return found;
    }

    private async Task RefuseCircleAsync(Node node, long newParentId)
    {
        await tree.GetAsync(newParentId);
        if ((await SubtreeAsync(node)).Any(below => below.Id == newParentId))
            throw new ContentException($"'{node.Article.Name}' cannot be moved below itself.");
    }
}
