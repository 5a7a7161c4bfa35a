namespace Newsroom.Api;

/// <summary>An article to be created through the API.</summary>
internal sealed record ArticleDraft(long ParentId, string Name, string Text);
