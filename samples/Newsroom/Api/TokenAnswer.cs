using System.Text.Json.Serialization;

namespace Newsroom.Api;

/// <summary>A token response in the format of OAuth 2.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("token_type")] string TokenType = "Bearer");
