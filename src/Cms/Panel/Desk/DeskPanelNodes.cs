using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel.Reading;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

/// <summary>A member of the panel as staff work on it.</summary>
[ObjectType<Persona>(
    Name = "DeskPersona",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Persona.Id),
        nameof(Persona.Slug),
        nameof(Persona.AccentColour),
        nameof(Persona.Order),
        nameof(Persona.IsActive),
        nameof(Persona.IsAi),
        nameof(Persona.ProfileNumber),
        nameof(Persona.UpdatedAt),
        nameof(Persona.UpdatedBy),
        nameof(Persona.Version),
    ]
)]
public static class DeskPersonaNode
{
    /// <summary>What it is called.</summary>
    public static string GetName([Parent] Persona persona) => persona.Profile.Name;

    /// <summary>The angle it reads the news from.</summary>
    public static string GetLens([Parent] Persona persona) => persona.Profile.Lens;

    /// <summary>Who it is; null when nothing is told.</summary>
    public static string? GetBio([Parent] Persona persona) => persona.Profile.Bio;

    /// <summary>Its picture; null when it has none, or none that may be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent] Persona persona,
        [Service] ShownImages images
    ) => images.OfAny(persona.AvatarId);

    /// <summary>How it writes; null when nothing is told. Only staff see this.</summary>
    public static string? GetVoiceGuide([Parent] Persona persona) => persona.Profile.VoiceGuide;
}

/// <summary>A take as staff work on it, whether or not readers see it.</summary>
[ObjectType<Take>(
    Name = "DeskTake",
    Bind = Bind.Explicit,
    Fields = [
        nameof(Take.Id),
        nameof(Take.Number),
        nameof(Take.Status),
        nameof(Take.Anchor),
        nameof(Take.InReplyTo),
        nameof(Take.CreatedAt),
        nameof(Take.ApprovedAt),
    ]
)]
public static class DeskTakeNode
{
    /// <summary>The take.</summary>
    public static string GetText([Parent] Take take) => take.Content.Text;

    /// <summary>Which way it leans.</summary>
    public static Stance GetStance([Parent] Take take) => take.Content.Stance;

    /// <summary>How sure the persona is, 0 to 100.</summary>
    public static int GetConfidence([Parent] Take take) => take.Content.Confidence;

    /// <summary>The take in one line; null when it has none.</summary>
    public static string? GetVerdict([Parent] Take take) => take.Content.Verdict;

    /// <summary>Who drafted it.</summary>
    public static string GetDrafter([Parent] Take take) => take.Drafter.Name;

    /// <summary>Who approved it; null while nobody has.</summary>
    public static string? GetReviewer([Parent] Take take) => take.Reviewer?.Name;

    /// <summary>Whose take it is, as the persona presents itself today.</summary>
    public static IDataLoaderResult<PublicPersona> GetPersonaAsync(
        [Parent] Take take,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(take.PersonaId, context.Asked<PublicPersona>())!;
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleTakes
{
    /// <summary>All takes on it, those not approved included, the earliest first.</summary>
    [ListSize(10)]
    public static IDataLoaderResult<List<Take>> GetTakesAsync(
        [Parent] Article article,
        [Service] TakesByArticle takes
    ) => takes.Load(article.Id);
}

/// <summary>All takes on articles, for whoever may see them.</summary>
public sealed class TakesByArticle(ReadContexts contexts) : GroupLoader<ArticleId, Take>
{
    protected override ArticleId KeyOf(Take row) => row.ArticleId;

    protected override async Task<List<Take>> ReadRowsAsync(
        List<ArticleId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease
            .Db.Takes.AsNoTracking()
            .Where(t => keys.Contains(t.ArticleId))
            .OrderBy(t => t.Id)
            .ToListAsync(cancellationToken);
    }
}
