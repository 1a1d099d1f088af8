using Cms.GraphQL;

namespace Cms.Taxonomy;

/// <summary>A condition on a slug.</summary>
public sealed record SlugOperationFilterInput
{
    public const int MaxSlugs = 20;

    /// <summary>Equal to this slug.</summary>
    public string? Eq { get; init; }

    /// <summary>Equal to one of these slugs, at most 20.</summary>
    public List<string>? In { get; init; }

    /// <summary>Returns the slugs that match; null if there is no condition, empty if no slug can match.</summary>
    internal List<string>? Slugs(string path)
    {
        if (In?.Count > MaxSlugs)
        {
            throw new RequestError(
                ErrorCodes.BadUserInput,
                $"{path}.in can have at most {MaxSlugs} slugs, but {In.Count} were given. Split the query."
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

/// <summary>A condition on a time.</summary>
public sealed record DateTimeOperationFilterInput
{
    /// <summary>Later than this time.</summary>
    public DateTimeOffset? Gt { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? Gte { get; init; }

    /// <summary>Earlier than this time.</summary>
    public DateTimeOffset? Lt { get; init; }

    /// <summary>At this time or earlier.</summary>
    public DateTimeOffset? Lte { get; init; }
}
