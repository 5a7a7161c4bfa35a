namespace Newsroom.Content;

/// <summary>The review state of an article. The numbers are eZ Publish's state ids, one series across all kinds.</summary>
internal enum ReviewState
{
    None = 1,
    Requested = 2,
    Approved = 3,
}
