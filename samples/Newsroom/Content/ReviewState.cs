namespace Newsroom.Content;

/// <summary>How far the review of an article is. The numbers are eZ Publish's ids of states: one series over all kinds.</summary>
internal enum ReviewState
{
    None = 1,
    Requested = 2,
    Approved = 3,
}
