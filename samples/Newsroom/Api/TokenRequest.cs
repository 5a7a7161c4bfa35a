namespace Newsroom.Api;

/// <summary>Who asks for a token, through which program.</summary>
internal sealed record TokenRequest(string Login, string Password, string Client);
