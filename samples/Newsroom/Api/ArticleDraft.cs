namespace Newsroom.Api;

/// <summary>An article that a program wants to have written.</summary>
internal sealed record ArticleDraft(long ParentId, string Name, string Text);
