namespace Newsroom.Content;

/// <summary>What somebody wanted of the content tree cannot be done; the message tells them why.</summary>
internal sealed class ContentException(string message) : Exception(message);
