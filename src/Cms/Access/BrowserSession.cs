namespace Cms.Access;

/// <summary>Somebody who signed in with a browser. The cookie holds what this is the hash of, so that reading the table signs nobody in.</summary>
public sealed class BrowserSession
{
    /// <summary>SHA-256 of the cookie's key, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required Guid TenantId { get; init; }

    public required Guid ObjectId { get; init; }

    /// <summary>Who it is, protected, in base64; it holds no token.</summary>
    public required string Ticket { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
