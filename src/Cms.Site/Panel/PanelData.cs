using System.Text.Json.Serialization;
using Cms.Site.Articles;
using Cms.Site.Layout;
using Cms.Site.Pages;
using Cms.Site.Parts;

namespace Cms.Site.Panel;

/// <summary>The panel, in its order.</summary>
public sealed record PanelAnswer(Nodes<PersonaSummary> Personas);

/// <summary>A persona and its newest takes.</summary>
public sealed record PersonaSummary(
    string Slug,
    string Name,
    string Lens,
    string? Bio,
    bool IsAi,
    bool IsActive,
    PictureData? Avatar,
    BarList Takes
);

/// <summary>The newest takes of a persona, newest first, and the number of all.</summary>
public sealed record BarList(int TotalCount, IReadOnlyList<Bar> Nodes);

/// <summary>A persona; null if there is none.</summary>
public sealed record PersonaAnswer(PersonaData? Persona);

/// <summary>A persona with its record and a page of its takes.</summary>
public sealed record PersonaData(
    string Slug,
    string Name,
    string Lens,
    string? Bio,
    bool IsAi,
    bool IsActive,
    PictureData? Avatar,
    StanceCounts Stances,
    RecordList Record,
    TakeList Takes
);

/// <summary>The number of takes for each stance.</summary>
public sealed record StanceCounts(int Supportive, int Mixed, int Skeptical)
{
    [JsonIgnore]
    public int Total => Supportive + Mixed + Skeptical;

    /// <summary>Counts stances.</summary>
    public static StanceCounts Of(IEnumerable<Stance> stances)
    {
        var counts = stances.CountBy(stance => stance).ToDictionary();
        return new(
            counts.GetValueOrDefault(Stance.Supportive),
            counts.GetValueOrDefault(Stance.Mixed),
            counts.GetValueOrDefault(Stance.Skeptical)
        );
    }
}

/// <summary>The newest takes of a persona, newest first, with what the others said about the same articles.</summary>
public sealed record RecordList(int TotalCount, IReadOnlyList<RecordTake> Nodes);

/// <summary>A take of a record.</summary>
public sealed record RecordTake(Stance Stance, int Confidence, RecordArticle Article);

/// <summary>The article of a take of a record.</summary>
public sealed record RecordArticle(SectionData? Category, IReadOnlyList<OtherTake> Takes);

/// <summary>The stance of any persona on an article.</summary>
public sealed record OtherTake(Stance Stance, SlugData Persona);

/// <summary>A page of the takes of a persona.</summary>
public sealed record TakeList(PageInfoData PageInfo, IReadOnlyList<ListedTake> Nodes);

/// <summary>A take in the list of its persona.</summary>
public sealed record ListedTake(
    string Id,
    string Text,
    string? Verdict,
    Stance Stance,
    int Confidence,
    DateTimeOffset PublishedAt,
    AnchorData? Anchor,
    TakeArticle Article
);

/// <summary>The article of a take.</summary>
public sealed record TakeArticle(string Slug, string Headline, IReadOnlyList<CardTake> Takes)
{
    public string Path => "/articles/" + Slug;
}
