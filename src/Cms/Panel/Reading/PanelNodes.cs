using Cms.Articles.Preview;
using Cms.Articles.Reading;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

/// <summary>A member of the panel, who writes takes on articles.</summary>
[ObjectType<PublicPersona>(
    Name = "Persona",
    Bind = Bind.Explicit,
    Fields = [
        nameof(PublicPersona.Id),
        nameof(PublicPersona.Slug),
        nameof(PublicPersona.Name),
        nameof(PublicPersona.Lens),
        nameof(PublicPersona.Bio),
        nameof(PublicPersona.AccentColour),
        nameof(PublicPersona.Order),
        nameof(PublicPersona.IsActive),
        nameof(PublicPersona.IsAi),
    ]
)]
[Node]
public static class PersonaNode
{
    [NodeResolver]
    public static IDataLoaderResult<PublicPersona?> GetAsync(PersonaId id, [Service] PersonaById personas) =>
        personas.Load(id, ColumnSet.All);

    /// <summary>
    /// The accent colour for dark pages: moved towards white until its contrast on `#1b1e21` is 3.1:1, which is enough
    /// for graphics. Null if the persona has no accent colour.
    /// </summary>
    public static string? GetAccentColourDark([Parent(nameof(PublicPersona.AccentColour))] PublicPersona persona) =>
        persona.AccentColour is { } colour ? Colour.OnDark(colour) : null;

    /// <summary>The persona's picture; null if there is none or it may not be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent(nameof(PublicPersona.AvatarId))] PublicPersona persona,
        [Service] ShownImages images,
        IResolveFieldContext context
    ) => images.OfAny(persona.AvatarId, context);

    /// <summary>The persona's published takes, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicTake>> GetTakesAsync(
        [Parent(nameof(PublicPersona.Id))] PublicPersona persona,
        PageArguments page,
        [Service] TakesByPersona takes,
        IResolveFieldContext context
    ) => takes.Load((persona.Id, page), context.AskedOfNodes<PublicTake>());
}

/// <summary>A persona's opinion on an article.</summary>
[ObjectType<PublicTake>(
    Name = "Take",
    Bind = Bind.Explicit,
    Fields = [
        nameof(PublicTake.Id),
        nameof(PublicTake.Text),
        nameof(PublicTake.Stance),
        nameof(PublicTake.Confidence),
        nameof(PublicTake.Verdict),
        nameof(PublicTake.Disclosure),
        nameof(PublicTake.DigitalSourceType),
        nameof(PublicTake.PublishedAt),
        nameof(PublicTake.UpdatedAt),
    ]
)]
[Node]
public static class TakeNode
{
    [NodeResolver]
    public static IDataLoaderResult<PublicTake?> GetAsync(TakeId id, [Service] TakeById takes) =>
        takes.Load(id, ColumnSet.All);

    /// <summary>The article that the take is about.</summary>
    public static IDataLoaderResult<PublicArticle> GetArticleAsync(
        [Parent(nameof(PublicTake.ArticleId))] PublicTake take,
        [Service] ShownArticles articles,
        IResolveFieldContext context
    ) => articles.LoadNamed(take.ArticleId, context.Asked<PublicArticle>())!;

    /// <summary>
    /// The status of the take in a preview of its article. Null if this is not a preview, because all takes are then
    /// published.
    /// </summary>
    public static TakePreviewStatus? GetPreviewStatus([Parent(nameof(PublicTake.Id))] PublicTake take) =>
        take.PreviewStatus;

    /// <summary>
    /// The take that this one replies to; null if it is not a reply, or if that take is no longer published.
    /// </summary>
    public static IDataLoaderResult<PublicTake?>? GetInReplyToAsync(
        [Parent(nameof(PublicTake.InReplyTo))] PublicTake take,
        [Service] TakeById takes,
        IResolveFieldContext context
    ) =>
        take.InReplyTo is not { } id ? null
        : take.PreviewedWith.FirstOrDefault(other => other.Id == id) is { } previewed
            ? LoaderResults.Ready<PublicTake?>(previewed)
        : takes.Load(id, context.Asked<PublicTake>());
}

/// <summary>
/// A take as readers saw it at a time in the past. It has no `id`, so that client caches do not merge it with the
/// current take.
/// </summary>
[ObjectType<TakeSnapshot>(
    Name = "TakeSnapshot",
    Bind = Bind.Explicit,
    Fields = [
        nameof(TakeSnapshot.Text),
        nameof(TakeSnapshot.Stance),
        nameof(TakeSnapshot.Confidence),
        nameof(TakeSnapshot.Verdict),
        nameof(TakeSnapshot.Disclosure),
        nameof(TakeSnapshot.DigitalSourceType),
        nameof(TakeSnapshot.PublishedAt),
        nameof(TakeSnapshot.UpdatedAt),
    ]
)]
public static class TakeSnapshotNode
{
    /// <summary>The id of the take.</summary>
    public static TakeId GetTakeId([Parent(nameof(TakeSnapshot.Id))] TakeSnapshot take) => take.Id;

    /// <summary>The id of the take that this one replies to; null if it is not a reply.</summary>
    public static TakeId? GetInReplyToId([Parent(nameof(TakeSnapshot.InReplyTo))] TakeSnapshot take) => take.InReplyTo;
}

/// <summary>The fields that a take and its snapshots share.</summary>
[ObjectType<PublicTake>]
[ObjectType<TakeSnapshot>]
public static class TakeViewNode
{
    /// <summary>The persona that wrote the take, with its current profile.</summary>
    public static IDataLoaderResult<PublicPersona> GetPersonaAsync(
        [Parent(nameof(TakeView.PersonaId))] TakeView take,
        [Service] PersonaById personas,
        IResolveFieldContext context
    ) => personas.Load(take.PersonaId, context.Asked<PublicPersona>())!;

    /// <summary>
    /// The passage that the take refers to; null for the whole article. Also null for partners whose agreement does not
    /// include the body of the article.
    /// </summary>
    public static TakeAnchor? GetAnchor(
        [Parent(nameof(TakeView.Anchor))] TakeView take,
        Viewer viewer,
        IResolveFieldContext context
    )
    {
        if (viewer.Entitlement is not { HasFullText: false })
        {
            return take.Anchor;
        }

        context.Withhold(Withheld.Text);
        return null;
    }

    /// <summary>The persona's name and lens when it wrote the take.</summary>
    public static TakeByline GetWrittenAs([Parent("PersonaName PersonaLens")] TakeView take) =>
        new(take.PersonaName, take.PersonaLens);
}

/// <summary>A persona's name and lens when it wrote a take.</summary>
/// <param name="Name">The persona's name at that time.</param>
/// <param name="Lens">The persona's perspective on the news at that time.</param>
public sealed record TakeByline(string Name, string Lens);
