namespace Newsroom.Content;

/// <summary>A requested change to the content tree is not possible; the message tells the user why.</summary>
internal sealed class ContentException(string message) : Exception(message);
