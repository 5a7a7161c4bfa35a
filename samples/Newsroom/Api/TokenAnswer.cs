using System.Text.Json.Serialization;

namespace Newsroom.Api;

/// <summary>A token, as OAuth 2 spells it.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("token_type")] string TokenType = "Bearer");
