using Cms.GraphQL;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Panel.Reading;

[QueryType]
public static class PanelQueries
{
    /// <summary>One member of the panel; null if there is none of that slug.</summary>
    /// <param name="slug">The words of its URL.</param>
    public static Task<PublicPersona?> GetPersonaAsync(
        string slug,
        [Service] ReadPersona personas,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => personas.Handle(slug, context.Asked<PublicPersona>(), cancellationToken);

    /// <summary>The members of the panel, in its order.</summary>
    public static Task<Connection<PublicPersona>> GetPersonasAsync(
        PageArguments page,
        [Service] ListPersonas personas,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => personas.Handle(page, context.AskedOfNodes<PublicPersona>(), cancellationToken);

    /// <summary>One published take; null if there is none.</summary>
    /// <param name="id">Its id, as another answer gave it.</param>
    public static IDataLoaderResult<PublicTake?> GetTakeAsync(
        TakeId id,
        [Service] TakeById takes,
        IResolveFieldContext context
    ) => takes.Load(id, context.Asked<PublicTake>());

    /// <summary>Published takes, the newest first.</summary>
    /// <param name="where">Which takes.</param>
    public static Task<Connection<PublicTake>> GetTakesAsync(
        PageArguments page,
        [Service] ListTakes takes,
        IResolveFieldContext context,
        CancellationToken cancellationToken,
        TakeFilterInput? where = null
    ) => takes.Handle(page, where, context.AskedOfNodes<PublicTake>(), cancellationToken);
}
