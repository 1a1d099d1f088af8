using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

[QueryType]
public static class PanelQueries
{
    /// <summary>A persona; null if none has this slug.</summary>
    /// <param name="slug">The slug in the persona's URL.</param>
    public static Task<PublicPersona?> GetPersonaAsync(
        string slug,
        [Service] ReadPersona personas,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => personas.Handle(slug, context.Asked<PublicPersona>(), cancellationToken);

    /// <summary>The personas, in panel order.</summary>
    public static Task<Connection<PublicPersona>> GetPersonasAsync(
        PageArguments page,
        [Service] ListPersonas personas,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => personas.Handle(page, context.AskedOfNodes<PublicPersona>(), cancellationToken);

    /// <summary>A published take; null if none has this id.</summary>
    /// <param name="id">The id of the take.</param>
    public static IDataLoaderResult<PublicTake?> GetTakeAsync(
        TakeId id,
        [Service] TakeById takes,
        IResolveFieldContext context
    ) => takes.Load(id, context.Asked<PublicTake>());

    /// <summary>The published takes, newest first.</summary>
    /// <param name="where">Which takes to return.</param>
    public static Task<Connection<PublicTake>> GetTakesAsync(
        PageArguments page,
        [Service] ListTakes takes,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        TakeFilterInput? where = null
    ) => takes.Handle(page, where, context.AskedOfNodes<PublicTake>(), cancellationToken);

    /// <summary>
    /// Takes that readers saw and do not see any more, because they were retracted or because their article was withdrawn:
    /// the latest first, at most 100. For feeds, which must name what to remove.
    /// </summary>
    /// <param name="since">Only takes that were withdrawn at or after this time.</param>
    /// <param name="persona">Only takes of the persona with this id.</param>
    [ListSize(ListWithdrawnTakes.MaxSize)]
    public static Task<List<WithdrawnTake>> GetWithdrawnTakesAsync(
        DateTimeOffset since,
        [Service] ListWithdrawnTakes takes,
        CancellationToken cancellationToken,
        PersonaId? persona = null
    ) => takes.Handle(since, persona, cancellationToken);
}
