using Cms.Articles;
using Cms.GraphQL;
using Cms.Media;
using Cms.Panel.Reading;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

/// <summary>A persona as staff see it.</summary>
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
    /// <summary>The persona's name.</summary>
    public static string GetName([Parent] Persona persona) => persona.Profile.Name;

    /// <summary>The persona's perspective on the news.</summary>
    public static string GetLens([Parent] Persona persona) => persona.Profile.Lens;

    /// <summary>A description of the persona; null if there is none.</summary>
    public static string? GetBio([Parent] Persona persona) => persona.Profile.Bio;

    /// <summary>The id of the picture as it was saved, whether or not it may be shown now; null if there is none.</summary>
    public static MediaId? GetAvatarId([Parent] Persona persona) => persona.AvatarId;

    /// <summary>The persona's picture; null if there is none or it may not be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent] Persona persona,
        [Service] ShownImages images
    ) => images.OfAny(persona.AvatarId);

    /// <summary>How the persona writes; null if nothing is specified. Visible to staff only.</summary>
    public static string? GetVoiceGuide([Parent] Persona persona) => persona.Profile.VoiceGuide;
}

/// <summary>A take as staff see it, whether or not it is public.</summary>
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
    /// <summary>The text of the take.</summary>
    public static string GetText([Parent] Take take) => take.Content.Text;

    /// <summary>The position that the take adopts.</summary>
    public static Stance GetStance([Parent] Take take) => take.Content.Stance;

    /// <summary>The persona's confidence in the take, from 0 to 100.</summary>
    public static int GetConfidence([Parent] Take take) => take.Content.Confidence;

    /// <summary>A one-line summary of the take; null if there is none.</summary>
    public static string? GetVerdict([Parent] Take take) => take.Content.Verdict;

    /// <summary>Who drafted the take.</summary>
    public static string GetDrafter([Parent] Take take) => take.Drafter.Name;

    /// <summary>Who approved the take; null if it has not been approved.</summary>
    public static string? GetReviewer([Parent] Take take) => take.Reviewer?.Name;

    /// <summary>The persona that wrote the take, with its current profile.</summary>
    public static IDataLoaderResult<PublicPersona> GetPersonaAsync(
        [Parent] Take take,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(take.PersonaId, context.Asked<PublicPersona>())!;
}

[ObjectType<Article>(Name = "DeskArticle", Bind = Bind.Explicit)]
public static class DeskArticleTakes
{
    /// <summary>All takes on the article, including those not approved, earliest first.</summary>
    [ListSize(10)]
    public static IDataLoaderResult<List<Take>> GetTakesAsync(
        [Parent] Article article,
        [Service] TakesByArticle takes
    ) => takes.Load(article.Id);
}

/// <summary>Loads all takes on articles, including those that readers cannot see.</summary>
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
