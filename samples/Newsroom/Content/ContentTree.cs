using Microsoft.EntityFrameworkCore;
using Newsroom.Data;

namespace Newsroom.Content;

/// <summary>Reads the content tree for readers and editors.</summary>
internal sealed class ContentTree(NewsroomDatabase database)
{
    public const long RootId = 2;

    public async Task<Node?> FindAsync(long id) =>
        await database.Nodes.Include(node => node.Article).SingleOrDefaultAsync(node => node.Id == id);

    public async Task<Node> GetAsync(long id) => await FindAsync(id) ?? throw new ContentException($"There is no node {id}.");

    /// <summary>A node that everyone may read: it is published, and neither it nor an ancestor is hidden.</summary>
    public async Task<Node?> FindPublicAsync(long id)
    {
        Dictionary<long, Node> nodes = await database.Nodes.Include(node => node.Article).AsNoTracking().ToDictionaryAsync(node => node.Id);
        return nodes.TryGetValue(id, out Node? found) && IsPublic(found) && PathOf(found, nodes).All(node => !node.IsHidden) ? found : null;
    }

    /// <summary>Whether everyone may read an article at one of its nodes.</summary>
    public async Task<bool> IsPublicAsync(long articleId) =>
        (await ListAsync(forEditors: false)).Any(placed => placed.Node.ArticleId == articleId);

    /// <summary>The whole tree in reading order, each node with its depth; for readers, without the nodes hidden from them.</summary>
    public async Task<IReadOnlyList<PlacedNode>> ListAsync(bool forEditors)
    {
        List<Node> nodes = await database.Nodes.Include(node => node.Article).AsNoTracking().OrderBy(node => node.Id).ToListAsync();
        var found = new List<PlacedNode>();
        Place(nodes.ToLookup(node => node.ParentId ?? 0), 0, 0, forEditors, found);
        return found;
    }

    /// <summary>Published articles with all words of a query in their title or text.</summary>
    public async Task<IReadOnlyList<Node>> SearchAsync(string query)
    {
        string[] words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (await ListAsync(forEditors: false))
            .Select(placed => placed.Node)
            .Where(node => words.All(word => $"{node.Article.PublishedName} {node.Article.PublishedText}".Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ToList();
    }

    private static bool IsPublic(Node node) => node.Article is { PublishedVersion: > 0, IsArchived: false };

    private static IEnumerable<Node> PathOf(Node node, Dictionary<long, Node> nodes)
    {
        for (Node? place = node; place is not null; place = place.ParentId is { } parent ? nodes[parent] : null) yield return place;
    }

    private static void Place(ILookup<long, Node> children, long parent, int depth, bool forEditors, List<PlacedNode> found)
    {
        foreach (Node node in children[parent])
        {
            if (!forEditors && (node.IsHidden || !IsPublic(node))) continue;
            found.Add(new PlacedNode(node, depth));
            Place(children, node.Id, depth + 1, forEditors, found);
        }
    }
}
