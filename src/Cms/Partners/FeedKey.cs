using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Cms.Audit;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Partners;

/// <summary>
/// A secret with which a partner's programs read its feeds. A partner can have two that work, so that it can change to a
/// new one without a gap. Only the hash of the key is stored.
/// </summary>
public sealed class FeedKey : IAudited
{
    /// <summary>The maximum number of keys of one partner that work.</summary>
    public const int MaxPerPartner = 2;

    /// <summary>How every key begins, so that people and scanners of secrets recognise it.</summary>
    public const string Prefix = "cmsf_";

    private const int SecretBytes = 32;

    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(SecretBytes);

    string IAudited.AuditSubject => PartnerId.ToString();

    string? IAudited.AuditPart => "feedKey";

    /// <summary>The id of the key. It is not secret, and it never changes.</summary>
    public required FeedKeyId Id { get; init; }

    public required PartnerId PartnerId { get; init; }

    /// <summary>The SHA-256 hash of the key.</summary>
    [NotAudited]
    [SuppressMessage("Performance", "CA1819", Justification = "EF Core stores it as bytes, and nothing changes it.")]
    public required byte[] Hash { get; init; }

    /// <summary>The last four characters of the key, by which people recognise it.</summary>
    public required string Ending { get; init; }

    /// <summary>When the key was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who created the key.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When the key was revoked; null if it works.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Who revoked the key; null if it works.</summary>
    public string? RevokedBy { get; private set; }

    /// <summary>The day on which the key was last used (UTC); null if it was never used.</summary>
    [NotAudited]
    public DateOnly? LastUsedOn { get; internal set; }

    /// <summary>The key. It is not stored, so it is known only to the mutation that created it.</summary>
    internal string? Secret { get; private init; }

    internal static FeedKey New(PartnerId partner, Contributor by, DateTimeOffset now)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return new FeedKey
        {
            Id = FeedKeyId.New(),
            PartnerId = partner,
            Hash = HashOf(secret),
            Ending = secret[^4..],
            CreatedAt = now,
            CreatedBy = by.Name,
            Secret = secret,
        };
    }

    /// <summary>Computes the hash that is stored. Returns false if the text cannot be a key.</summary>
    public static bool TryHash([NotNullWhen(true)] string? key, [NotNullWhen(true)] out byte[]? hash)
    {
        hash =
            key is not null
            && key.Length == Length
            && key.StartsWith(Prefix, StringComparison.Ordinal)
            && Base64Url.IsValid(key.AsSpan(Prefix.Length))
                ? HashOf(key)
                : null;
        return hash is not null;
    }

    /// <summary>Makes the key stop working. Returns false if it was already revoked.</summary>
    internal bool Revoke(Contributor by, DateTimeOffset now)
    {
        if (RevokedAt is not null)
        {
            return false;
        }

        (RevokedAt, RevokedBy) = (now, by.Name);
        return true;
    }

    // The key is random and long, so a fast hash without salt is safe.
    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.ASCII.GetBytes(key));
}
