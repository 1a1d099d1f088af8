using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>Compares a slug.</summary>
public sealed record SlugOperationFilterInput
{
    public const int MaxSlugs = 20;

    /// <summary>Is this slug.</summary>
    public string? Eq { get; init; }

    /// <summary>Is one of these slugs, 20 at most.</summary>
    public List<string>? In { get; init; }

    /// <summary>The slugs that pass; null where nothing is asked, empty where nothing can pass.</summary>
    internal List<string>? Slugs(string path)
    {
        if (In?.Count > MaxSlugs)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                $"{path}.in holds {MaxSlugs} slugs at most; {In.Count} were given. Ask in several queries."
            );
        }

        return (Eq, In) switch
        {
            (null, null) => null,
            (null, { } several) => [.. several.Distinct(StringComparer.Ordinal)],
            ({ } one, null) => [one],
            ({ } one, { } several) => several.Contains(one, StringComparer.Ordinal) ? [one] : [],
        };
    }
}

/// <summary>Compares a time.</summary>
public sealed record DateTimeOperationFilterInput
{
    /// <summary>Later than this.</summary>
    public DateTimeOffset? Gt { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? Gte { get; init; }

    /// <summary>Earlier than this.</summary>
    public DateTimeOffset? Lt { get; init; }

    /// <summary>At this time or earlier.</summary>
    public DateTimeOffset? Lte { get; init; }
}
