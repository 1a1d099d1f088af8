namespace Cms.GraphQL.Tests.Sample;

public readonly record struct FilmId(Guid Value) : IEntityId<FilmId>
{
    public static string Prefix => "film";

    public override string ToString() => this.Format();
}

public readonly record struct StudioId(Guid Value) : IEntityId<StudioId>
{
    public static string Prefix => "studio";

    public override string ToString() => this.Format();
}

/// <summary>How a film is made.</summary>
public enum FilmKind
{
    /// <summary>Filmed with actors.</summary>
    LiveAction,

    /// <summary>Drawn.</summary>
    Animated,
}

/// <summary>Anything that has a title.</summary>
[InterfaceType("Titled")]
public interface ITitled
{
    /// <summary>The title.</summary>
    string Title { get; }
}

/// <summary>A search result.</summary>
[UnionType("Found")]
public interface IFound;

/// <summary>A film.</summary>
public sealed record Film : ITitled, IFound
{
    /// <summary>The film's permanent id.</summary>
    public FilmId Id { get; init; }

    public string Title { get; init; } = "";

    /// <summary>How it was made.</summary>
    public FilmKind Kind { get; init; }

    /// <summary>When it was first shown.</summary>
    public DateTimeOffset ShownAt { get; init; }

    /// <summary>The length in minutes; null if unknown.</summary>
    public int? Minutes { get; init; }

    [GraphQLIgnore]
    public StudioId StudioId { get; init; }

    [GraphQLIgnore]
    public string Notes { get; init; } = "";
}

/// <summary>A studio that makes films.</summary>
public sealed record Studio : ITitled, IFound
{
    /// <summary>The studio's permanent id.</summary>
    public StudioId Id { get; init; }

    public string Title { get; init; } = "";

    /// <summary>The studio's website.</summary>
    [Url]
    public string? Website { get; init; }

    public string Secret { get; init; } = "";
}
