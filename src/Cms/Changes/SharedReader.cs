namespace Cms.Changes;

/// <summary>
/// How far the servers together have read the change log for one purpose, such as telling a hub of changed feeds. One
/// server at a time reads for it.
/// </summary>
public sealed class SharedReader
{
    public const int MaxName = 32;

    /// <summary>The purpose.</summary>
    public required string Name { get; init; }

    /// <summary>The log that <see cref="Seq" /> belongs to.</summary>
    public required Guid Epoch { get; set; }

    /// <summary>The number of the last change that was read.</summary>
    public required long Seq { get; set; }

    /// <summary>The claim of the server that reads; null if none does.</summary>
    public Guid? Claim { get; set; }

    /// <summary>
    /// Until when no other server reads: a server reads, or a pause follows a failure. It is null if any server may.
    /// </summary>
    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>How often reading has failed since it last succeeded.</summary>
    public int Failures { get; set; }
}
