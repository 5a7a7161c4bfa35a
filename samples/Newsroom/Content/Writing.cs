using EzAudit.Plugins;
using Newsroom.Data;

namespace Newsroom.Content;

/// <summary>Creates, edits and publishes articles. Changes are recorded once they are stored.</summary>
internal sealed class Writing(NewsroomDatabase database, ContentTree tree)
{
    public async Task<Node> CreateAsync(long parentId, string name, string text, long authorId)
    {
        Node parent = await tree.GetAsync(parentId);
        var article = new Article { Name = name, Text = text, AuthorId = authorId, SectionId = parent.Article.SectionId };
        var node = new Node { ParentId = parent.Id, Article = article };
        database.Add(node);
        await database.SaveChangesAsync();
        ContentWorkAudit.Create(article.Id, parent.Id, name);
        return node;
    }

    public async Task EditAsync(long nodeId, string name, string text)
    {
        Article article = (await tree.GetAsync(nodeId)).Article;
        if (article.Lock == LockState.Locked) throw new ContentException($"'{article.Name}' is locked.");
        (article.Name, article.Text) = (name, text);
        article.Version++;
        await database.SaveChangesAsync();
        ContentWorkAudit.Edit(article.Id, article.Version, name);
    }

    public async Task PublishAsync(long nodeId)
    {
        Article article = (await tree.GetAsync(nodeId)).Article;
        (article.PublishedVersion, article.PublishedName, article.PublishedText) = (article.Version, article.Name, article.Text);
        await database.SaveChangesAsync();
        ContentWorkAudit.Publish(article.Id, article.Version, article.Name);
    }

    public async Task AssignStatesAsync(long nodeId, ReviewState review, LockState lockState)
    {
        Article article = (await tree.GetAsync(nodeId)).Article;
        (article.Review, article.Lock) = (review, lockState);
        await database.SaveChangesAsync();
        StateAudit.Assign(article.Id, article.Name, [(int)review, (int)lockState]);
    }
}
