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

/// <summary>How a film is told.</summary>
public enum FilmKind
{
    /// <summary>With actors.</summary>
    LiveAction,

    /// <summary>Drawn.</summary>
    Animated,
}

/// <summary>Anything that has a title.</summary>
[InterfaceType("Titled")]
public interface ITitled
{
    /// <summary>What it is called.</summary>
    string Title { get; }
}

/// <summary>What a search may find.</summary>
[UnionType("Found")]
public interface IFound;

/// <summary>A film.</summary>
public sealed record Film : ITitled, IFound
{
    /// <summary>Names the film for good.</summary>
    public FilmId Id { get; init; }

    public string Title { get; init; } = "";

    /// <summary>How it is told.</summary>
    public FilmKind Kind { get; init; }

    /// <summary>When it was first shown.</summary>
    public DateTimeOffset ShownAt { get; init; }

    /// <summary>How long it takes, in minutes; null when nobody measured.</summary>
    public int? Minutes { get; init; }

    [GraphQLIgnore]
    public StudioId StudioId { get; init; }

    [GraphQLIgnore]
    public string Notes { get; init; } = "";
}

/// <summary>Who made a film.</summary>
public sealed record Studio : ITitled, IFound
{
    /// <summary>Names the studio for good.</summary>
    public StudioId Id { get; init; }

    public string Title { get; init; } = "";

    /// <summary>Where it is on the web.</summary>
    [Url]
    public string? Website { get; init; }

    public string Secret { get; init; } = "";
}
