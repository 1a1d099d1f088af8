namespace Cms.Access;

/// <summary>
/// The session of a person who signed in with a browser. The cookie contains the key, and this row only the key's hash,
/// so nobody can sign in with data from the table.
/// </summary>
public sealed class BrowserSession
{
    /// <summary>The SHA-256 of the cookie's key, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required Guid TenantId { get; init; }

    public required Guid ObjectId { get; init; }

    /// <summary>The person's authentication ticket, encrypted, in base64. It contains no token.</summary>
    public required string Ticket { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }
}
