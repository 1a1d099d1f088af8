using Cms.Articles;
using Cms.Articles.Desk;
using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Microsoft.EntityFrameworkCore;

namespace Cms.Panel.Desk;

[ObjectType<DeskRoot>]
public static class PanelDesk
{
    /// <summary>A persona, including its voice guide; null if it does not exist.</summary>
    /// <param name="id">The id of the persona.</param>
    [Authorize(Policies.Author)]
    public static Task<Persona?> GetPersonaAsync(
        PersonaId id,
        [Service] ReadDeskPersona persona,
        CancellationToken cancellationToken
    ) => persona.Handle(id, cancellationToken);

    /// <summary>One take in any state; null if it does not exist or you cannot see its article.</summary>
    /// <param name="id">The id of the take.</param>
    [Authorize(Policies.Author)]
    public static Task<Take?> GetTakeAsync(
        TakeId id,
        Viewer viewer,
        [Service] ReadDeskTake take,
        CancellationToken cancellationToken
    ) => take.Handle(id, viewer, cancellationToken);

    /// <summary>
    /// The panels of articles, most recently changed article first: read <c>panel</c> of each article. Editors see all
    /// articles; authors see those that they work on.
    /// </summary>
    /// <param name="where">The conditions that the articles and their takes must meet.</param>
    [Authorize(Policies.Author)]
    [Cost(20)]
    public static Task<Connection<Article>?> GetPanelAsync(
        PageArguments page,
        Viewer viewer,
        [Service] ListDeskArticles articles,
        CancellationToken cancellationToken,
        DeskArticleFilterInput? where = null
    ) => articles.Handle(new DeskArticleList { Where = where }, page, viewer, cancellationToken);
}

/// <summary>Reads a persona, including the fields that only staff see.</summary>
public sealed class ReadDeskPersona(ReadContexts contexts)
{
    public async Task<Persona?> Handle(PersonaId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Personas.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken);
    }
}

/// <summary>Reads one take; returns null if it does not exist or the viewer is not allowed to see its article.</summary>
public sealed class ReadDeskTake(ReadContexts contexts)
{
    public async Task<Take?> Handle(TakeId id, Viewer viewer, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var articles = lease.Db.ArticlesOf(viewer);
        return await lease
            .Db.Takes.AsNoTracking()
            .SingleOrDefaultAsync(t => t.Id == id && articles.Any(a => a.Id == t.ArticleId), cancellationToken);
    }
}
