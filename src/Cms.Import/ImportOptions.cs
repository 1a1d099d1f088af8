using Cms.People;

namespace Cms.Import;

/// <summary>How an import runs.</summary>
public sealed record ImportOptions
{
    /// <summary>Whether to check everything but save nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>
    /// Whether to believe the files about who reviewed the texts that AI models drafted. Anybody can write such a file,
    /// so the person who runs the import answers for it.
    /// </summary>
    public bool TrustReviews { get; init; }

    /// <summary>Who the audit log says has imported: <see cref="Actor.Import" />, or the person who runs the import.</summary>
    public Actor By { get; init; } = Actor.Import;
}
