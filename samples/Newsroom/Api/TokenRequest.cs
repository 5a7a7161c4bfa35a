namespace Newsroom.Api;

/// <summary>A request for a token: the user's credentials and the client.</summary>
internal sealed record TokenRequest(string Login, string Password, string Client);
