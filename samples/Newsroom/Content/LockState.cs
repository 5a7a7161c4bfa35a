namespace Newsroom.Content;

/// <summary>Whether an article may be edited. The numbers continue those of <see cref="ReviewState"/>.</summary>
internal enum LockState
{
    Open = 4,
    Locked = 5,
}
